import { existsSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  changedIn,
  type DeepImage,
  edited,
  flips,
  keyIn,
  newDeepImage,
  objectsOf,
  sha256,
  type Shape,
} from '../harness/deep-images.js'
import { type Expected, expectEnding } from '../harness/endings.js'
import { type RanAction, runAction, runCli, temporaryFolder } from '../harness/run.js'
import { hangs, neverEnds, resets, says } from '../harness/s3-faults.js'
import { type Fault, objectHeaders, openS3Server, sendObject, type S3Server } from '../harness/s3.js'
import { newKey, writeStore } from '../harness/store.js'

const key = newKey()
const credentials = { AWS_ACCESS_KEY_ID: 'someone', AWS_SECRET_ACCESS_KEY: 'something secret' }
const shapes: Readonly<Record<string, Shape>> = {
  whole: {},
  chunked: { chunked: true },
  index: { index: true },
  'chunked-index': { index: true, chunked: true },
}

/** The finding about what was read; of the first image. */
function deepOf(ran: RanAction, at = 0): { status?: string; message?: string } {
  const children = ran.document?.images[at]?.findings.children ?? []
  return children.find(({ check }) => check === 'deep') ?? {}
}

describe('an image in a folder', () => {
  let cwd = ''
  beforeAll(() => {
    cwd = temporaryFolder()
    writeFileSync(path.join(cwd, 'key.pub'), key.publicPem)
    for (const [name, shape] of Object.entries(shapes))
      writeStore(path.join(cwd, name), objectsOf(newDeepImage(shape), key, name))
  })
  const verify = async (store: string, inputs: Readonly<Record<string, string>> = {}): Promise<RanAction> =>
    runAction({ image: `local://${store}/app:v1`, key: 'key.pub', deep: 'true', ...inputs }, { cwd })

  it.for(Object.entries(shapes))('is verified when it is %s', async ([name, shape]) => {
    const ran = await verify(name)
    expectEnding(ran, 'verified', newDeepImage(shape).digest)
    const manifests = shape.index ? '4 manifests (1 of attestations)' : '1 manifest'
    expect(deepOf(ran)).toMatchObject({ status: 'met' })
    expect(deepOf(ran).message).toContain(`${manifests}, `)
  })

  it('says on a terminal what was read', async () => {
    const ran = await runCli(['verify', 'local://index/app:v1', '--key', 'key.pub', '--deep'], { cwd })
    expect(ran.stdout).toMatch(
      /\n {2}Read: {4}4 manifests \(1 of attestations\), 7 blobs, \d+ bytes are what was signed\n$/,
    )
    const plain = await runCli(['verify', 'local://index/app:v1', '--key', 'key.pub'], { cwd })
    expect(plain.stdout).not.toContain('Read:')
    expect(`${ran.exit} ${plain.exit}`).toBe('0 0')
  })

  it('is not read where nobody asks for it, nor where it is rejected already', async () => {
    const image = newDeepImage({ chunked: true })
    writeStore(path.join(cwd, 'hollow'), objectsOf({ ...image, files: new Map() }, key, 'hollow'))
    expectEnding(await verify('hollow', { deep: 'false' }), 'verified', image.digest)
    expectEnding(await verify('hollow'), 'digest-mismatch', image.digest)
    writeFileSync(path.join(cwd, 'other.pub'), newKey().publicPem)
    const unsigned = await verify('hollow', { key: 'other.pub' })
    expectEnding(unsigned, 'unsigned')
    expect(deepOf(unsigned)).toMatchObject({ status: 'exempt', message: 'not read: already rejected' })
  })

  it('names every file in which a byte is another one', async () => {
    const image = newDeepImage({ index: true, chunked: true })
    const all = flips(image, 9)
    expect(all.length).toBeGreaterThan(300)
    for (const [at, one] of all.entries())
      writeStore(path.join(cwd, `flip-${at}`), objectsOf(one.image, key, `flip-${at}`))
    expectAllNamed(
      await verify('', {
        image: all.map((_, at) => `local://flip-${at}/app:v1`).join('\n'),
        concurrency: '50',
      }),
      image,
      all,
    )
  }, 120_000)

  it('writes nothing and reads nothing outside, whatever a recipe says', async () => {
    const image = newDeepImage({ chunked: true })
    const recipe = keyIn(image, 'recipes')
    const escaping = edited(image.files.get(recipe), (own) => ({ ...own, layer: '../../../../ESCAPED' }))
    writeStore(path.join(cwd, 'escape'), objectsOf(changedIn(image, { [recipe]: escaping }), key, 'escape'))
    const ran = await verify('escape')
    expectEnding(ran, 'digest-mismatch', image.digest)
    expect(ran.document?.failure?.message).toContain(`${recipe}: expected a recipe of`)
    expect(existsSync(path.resolve(cwd, '../../../../ESCAPED'))).toBe(false)
  })

  it('that takes longer to read than there is time is undetermined', async () => {
    const image = newDeepImage()
    const size = 8 * 1024 ** 3
    const digest = `sha256:${sha256('nobody knows its content')}`
    const root = edited(image.root, (value) => ({ ...value, layers: [{ digest, size }] }))
    const long = { ...image, root, digest: `sha256:${sha256(root)}` }
    writeStore(path.join(cwd, 'long'), objectsOf(long, key, 'long'))
    const file = path.join(cwd, 'long/blobs/sha256', digest.slice(7))
    writeFileSync(file, '')
    truncateSync(file, size)
    const ran = await verify('long', { timeout: '701ms' })
    expectEnding(ran, 'timeout storage', long.digest)
    expect(ran.document?.failure?.message).toContain(`${file}: not read within the time for it`)
  })
})

/** Each image is rejected for the file that was changed, and for no other. */
function expectAllNamed(
  ran: RanAction,
  image: DeepImage,
  all: readonly { readonly key: string; readonly at: number }[],
): void {
  expect(ran.exit, ran.stderr.slice(0, 2000)).toBe(1)
  expect(ran.document?.images).toHaveLength(all.length)
  const recipes = [...image.files].filter(([name]) => name.startsWith('recipes/'))
  for (const [index, { key: changed, at }] of all.entries()) {
    const { verdict, failure } = ran.document!.images[index]!
    const hex = changed.split('/').at(-1) ?? ''
    const what = `${changed} at ${at}: ${JSON.stringify(failure)}`
    expect(`${verdict} ${String(failure?.code)}`, what).toBe('rejected digest-mismatch')
    // A frame that is packed otherwise and unpacks alike is told by the layer alone.
    const layer = changed.startsWith('chunks/')
      ? recipes.find(([, text]) => text.includes(hex))?.[0]
      : undefined
    expect(
      [hex, layer ?? hex].some((name) => failure?.message.includes(name)),
      what,
    ).toBe(true)
  }
}

describe('an image in a bucket', () => {
  const s3Servers: S3Server[] = []
  let s3: S3Server
  beforeAll(async () => {
    s3 = await open()
  })
  afterAll(async () => {
    for (const one of s3Servers) await one.stop()
  })
  async function open(): Promise<S3Server> {
    const server = await openS3Server()
    s3Servers.push(server)
    for (const [name, shape] of Object.entries(shapes))
      server.put(name, objectsOf(newDeepImage(shape), key, name))
    return server
  }
  const verify = async (
    image: string,
    inputs: Readonly<Record<string, string>> = {},
    server = s3,
  ): Promise<RanAction> =>
    runAction(
      { image, key: key.publicPem, endpoint: server.url, deep: 'true', retries: '0', ...inputs },
      { env: credentials },
    )

  it.for(Object.entries(shapes))('is verified when it is %s', async ([name, shape]) => {
    const ran = await verify(`s3://${name}/app:v1`)
    expectEnding(ran, 'verified', newDeepImage(shape).digest)
    expect(deepOf(ran)).toMatchObject({ status: 'met' })
  })

  it('names every file in which a byte is another one', async () => {
    const image = newDeepImage({ index: true, chunked: true })
    const all = flips(image, 9)
    for (const [at, one] of all.entries()) s3.put(`flip-${at}`, objectsOf(one.image, key, `flip-${at}`))
    const images = all.map((_, at) => `s3://flip-${at}/app:v1`).join('\n')
    expectAllNamed(await verify(images, { concurrency: '50' }), image, all)
  }, 120_000)

  it('is rejected by the store’s own word that a part of it is not there', async () => {
    const image = newDeepImage({ chunked: true })
    for (const kind of ['blobs', 'recipes', 'chunks']) {
      const missing = keyIn(image, kind)
      s3.put(`no-${kind}`, objectsOf(changedIn(image, { [missing]: undefined }), key, `no-${kind}`))
      const ran = await verify(`s3://no-${kind}/app:v1`)
      expectEnding(ran, 'digest-mismatch', image.digest)
      expect(ran.document?.failure?.message).toContain(missing.split('/').at(-1))
      expect(ran.document?.failure?.message).toContain('object not found')
    }
  })

  it('is rejected where the recipe of a layer is that of another one', async () => {
    const [image, other] = [newDeepImage({ chunked: true }), newDeepImage({ chunked: true, salt: 'other' })]
    const recipe = keyIn(image, 'recipes')
    const swapped = { ...Object.fromEntries(other.files), [recipe]: other.files.get(keyIn(other, 'recipes')) }
    s3.put('swapped', objectsOf(changedIn(image, swapped), key, 'swapped'))
    const ran = await verify('s3://swapped/app:v1')
    expectEnding(ran, 'digest-mismatch', image.digest)
    expect(ran.document?.failure?.message).toMatch(/expected the recipe of sha256:\w+, got that of sha256:/)
  })

  /** What goes wrong with one object, and what that comes to. */
  const html = '<html>NoSuchKey</html>'
  const page: Fault = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end(html)
  }
  const breaksOff: Fault = (request, response) => {
    const bytes = newDeepImage(shapes['chunked-index']).files.get(request.key) ?? Buffer.alloc(4)
    response.writeHead(200, objectHeaders(bytes))
    response.write(bytes.subarray(0, bytes.length / 2), () => response.socket?.destroy())
  }
  const flipsOnTheWay: Fault = (request, response) => {
    const bytes = newDeepImage(shapes['chunked-index']).files.get(request.key) ?? Buffer.alloc(4)
    // The checksum is the one that S3 keeps of the object: the change happened on the way.
    sendObject(
      response,
      bytes.map((byte) => byte ^ 1),
      {
        'x-amz-checksum-crc32': 'AAAAAA==',
      },
    )
  }
  const faults: readonly (readonly [string, Fault, Expected, Readonly<Record<string, string>>?])[] = [
    ['403', says(403, 'AccessDenied', 'Access Denied'), 'denied storage'],
    ['500', says(500, 'InternalError', 'We encountered an internal error.'), 'server-error storage'],
    ['503', says(503, 'SlowDown', 'Please reduce your request rate.'), 'rate-limited storage'],
    ['404 with another code', says(404, 'NoSuchVersion', 'NoSuchKey'), 'response-invalid storage'],
    ['404 NoSuchBucket', says(404, 'NoSuchBucket', 'no bucket'), 'not-found storage'],
    ['a reset', resets, 'unreachable storage'],
    ['a body that breaks off', breaksOff, 'unreachable storage'],
    ['a page', page, 'response-invalid storage'],
    ['a change on the way', flipsOnTheWay, 'response-invalid storage'],
    ['no answer', hangs, 'timeout storage', { timeout: '1s' }],
  ]
  const parts = {
    config: ['blobs', 0],
    layer: ['blobs', 1],
    manifest: ['blobs', -1],
    recipe: ['recipes', 0],
    chunk: ['chunks', 0],
  } as const

  describe.for(Object.entries(parts))('of which the %s', ([, [kind, at]]) => {
    const image = newDeepImage(shapes['chunked-index'])
    const chosen = at < 0 ? image.manifests[0]! : keyIn(image, kind, at)
    it.for(faults)('cannot be read (%s) is undetermined', async ([, fault, expected, inputs]) => {
      const server = await open()
      server.fault(chosen, 'always', fault)
      const ran = await verify('s3://chunked-index/app:v1', inputs, server)
      expectEnding(ran, expected, image.digest)
      expect(ran.document?.failure?.message).toContain(chosen.split('/').at(-1))
    })

    it('has no end is bounded', async () => {
      const server = await open()
      server.fault(chosen, 'always', neverEnds)
      const ran = await verify('s3://chunked-index/app:v1', {}, server)
      // What the manifest gives a length is longer then; a recipe has none.
      expectEnding(ran, kind === 'recipes' ? 'limit-exceeded storage' : 'digest-mismatch', image.digest)
    })

    it('stalls half way is undetermined', async () => {
      const server = await open()
      server.fault(chosen, 'always', (_request, response) => {
        response.writeHead(200, { 'content-length': 10 })
        response.write('half')
      })
      const ran = await verify('s3://chunked-index/app:v1', { timeout: '1s' }, server)
      expectEnding(ran, 'timeout storage', image.digest)
    })
  })

  it('is read again after what may pass', async () => {
    const server = await open()
    const image = newDeepImage(shapes['chunked-index'])
    for (const name of image.files.keys()) server.fault(name, 'first', breaksOff)
    const ran = await verify('s3://chunked-index/app:v1', { retries: '2' }, server)
    expectEnding(ran, 'verified', image.digest)
  })

  it('is undetermined when the store goes down half way', async () => {
    const server = await open()
    const image = newDeepImage(shapes['chunked-index'])
    const down: Fault = (_request, response) => {
      response.socket?.resetAndDestroy()
      void server.stop()
    }
    server.fault(keyIn(image, 'recipes'), 'always', down)
    const ran = await verify('s3://chunked-index/app:v1', {}, server)
    expectEnding(ran, 'unreachable storage', image.digest)
  })
})
