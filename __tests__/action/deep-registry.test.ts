import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changedIn, type DeepImage, flips, keyIn, newDeepImage, type Shape } from '../harness/deep-images.js'
import { type Expected, expectEnding } from '../harness/endings.js'
import { manifestType, ociError, sendAnswer } from '../harness/registry-answers.js'
import { signSimply } from '../harness/registry-images.js'
import { type Fault, type LoopbackRegistry, openRegistry } from '../harness/registry.js'
import { type RanAction, runAction } from '../harness/run.js'
import { newKey } from '../harness/store.js'

const key = newKey()
const opened: LoopbackRegistry[] = []
afterAll(async () => {
  for (const one of opened) await one.stop()
})
async function open(options: Parameters<typeof openRegistry>[0] = {}): Promise<LoopbackRegistry> {
  const registry = await openRegistry(options)
  opened.push(registry)
  return registry
}

/** Puts a signed image, as it is: nothing is checked. */
function put({ holdings }: LoopbackRegistry, repository: string, image: DeepImage): void {
  const held = holdings.repository(repository)
  const add = (digest: string, bytes: Buffer): void =>
    void held.manifests.set(digest, { mediaType: manifestType, bytes })
  add(image.digest, image.root)
  held.tags.set('v1', image.digest)
  for (const [name, bytes] of image.files) {
    const digest = name.replace('blobs/sha256/', 'sha256:')
    if (image.manifests.includes(name)) add(digest, bytes)
    else held.blobs.set(digest, bytes)
  }
  signSimply(holdings, repository, image.digest, key)
}
const verify = async (image: string, inputs: Readonly<Record<string, string>> = {}): Promise<RanAction> =>
  runAction({
    image,
    key: key.publicPem,
    'insecure-ignore-tlog': 'true',
    deep: 'true',
    retries: '0',
    ...inputs,
  })

const shapes: Readonly<Record<string, Shape>> = { whole: {}, index: { index: true } }

describe('an image in a registry', () => {
  let registry: LoopbackRegistry
  beforeAll(async () => {
    registry = await open()
  })

  it.for(Object.entries(shapes))('is verified when it is %s, by tag and by digest', async ([name, shape]) => {
    const image = newDeepImage(shape)
    put(registry, name, image)
    for (const end of [':v1', `@${image.digest}`]) {
      const ran = await verify(`${registry.host}/${name}${end}`)
      expectEnding(ran, 'verified', image.digest)
      const deep = ran.document?.images[0]?.findings.children?.find(({ check }) => check === 'deep')
      expect(deep?.message).toContain(
        shape.index ? '4 manifests (1 of attestations), 7 blobs' : '1 manifest, 3 blobs',
      )
    }
  })

  it('asks for nothing more unless it is told to', async () => {
    const image = newDeepImage({ index: true })
    put(registry, 'plain', image)
    expectEnding(await verify(`${registry.host}/plain:v1`, { deep: 'false' }), 'verified', image.digest)
    const asked = registry.requests
      .filter(({ repository }) => repository === 'plain')
      .map(({ reference }) => reference)
    for (const name of image.files.keys())
      expect(asked).not.toContain(name.replace('blobs/sha256/', 'sha256:'))
  })

  it('names every file in which a byte is another one', async () => {
    const all = flips(newDeepImage({ index: true }), 7)
    expect(all.length).toBeGreaterThan(250)
    for (const [at, { image }] of all.entries()) put(registry, `flip/${at}`, image)
    const images = all.map((_, at) => `${registry.host}/flip/${at}:v1`).join('\n')
    const ran = await verify(images, { concurrency: '50' })
    expect(ran.exit).toBe(1)
    for (const [index, { key: changed, at }] of all.entries()) {
      const { verdict, failure } = ran.document!.images[index]!
      const what = `${changed} at ${at}: ${JSON.stringify(failure)}`
      expect(`${verdict} ${String(failure?.code)}`, what).toBe('rejected digest-mismatch')
      expect(failure?.message, what).toContain(`@${changed.replace('blobs/sha256/', 'sha256:')}: expected`)
    }
  }, 120_000)

  it('is rejected by the registry’s own word that a part of it is not there', async () => {
    const image = newDeepImage({ index: true })
    for (const [at, missing] of [image.manifests[1]!, keyIn(image, 'blobs')].entries()) {
      put(registry, `missing/${at}`, changedIn(image, { [missing]: undefined }))
      const ran = await verify(`${registry.host}/missing/${at}:v1`)
      expectEnding(ran, 'digest-mismatch', image.digest)
      expect(ran.document?.failure?.message).toContain(missing.replace('blobs/sha256/', 'sha256:'))
      expect(ran.document?.failure?.message).toContain('not in the registry')
    }
  })

  it('is undetermined where a layer lies elsewhere', async () => {
    const image = newDeepImage()
    const manifest = JSON.parse(String(image.root)) as { layers: object[] }
    const layers = manifest.layers.map((layer) => ({ ...layer, urls: ['https://elsewhere.example/layer'] }))
    const { holdings, host } = registry
    put(registry, 'foreign', image)
    const digest = holdings.putManifest('foreign', { ...manifest, layers }, 'v1')
    signSimply(holdings, 'foreign', digest, key)
    expectEnding(await verify(`${host}/foreign:v1`), 'unsupported', digest)
  })
})

describe('a registry that wants a token, and hands its blobs out through another host', () => {
  it('is read as any other, and gets no token sent elsewhere', async () => {
    const registry = await open({ auth: { scheme: 'bearer' } })
    const store = await open()
    const image = newDeepImage({ index: true })
    put(registry, 'app', image)
    put(store, 'app', image)
    registry.fault('app', 'blob', 'always', (response, usual, { target }) => {
      if (usual.status !== 200) {
        sendAnswer(response, usual, 'GET')
        return
      }
      response.writeHead(307, { location: `${store.url}${target}` })
      response.end()
    })
    expectEnding(await verify(`${registry.host}/app:v1`), 'verified', image.digest)
    expect(store.requests.length).toBeGreaterThan(5)
    expect(store.requests.map(({ headers }) => headers.authorization)).toEqual(
      store.requests.map(() => undefined),
    )
    // What that host says of itself is no word of the registry, which has the blob.
    store.holdings.repository('app').blobs.clear()
    expectEnding(await verify(`${registry.host}/app:v1`), 'response-invalid registry', image.digest)
  })
})

describe('a part that cannot be read', () => {
  const image = newDeepImage({ index: true })
  const layer = keyIn(image, 'blobs').replace('blobs/sha256/', 'sha256:')
  const child = image.manifests[0]!.replace('blobs/sha256/', 'sha256:')
  const bare =
    (status: number, type: string, body: string): Fault =>
    (response) => {
      response.writeHead(status, { 'content-type': type })
      response.end(body)
    }
  const cut: Fault = (response, { body }) => {
    response.writeHead(200, { 'content-length': body.length })
    response.write(body.subarray(0, 3), () => response.socket?.destroy())
  }
  const endless: Fault = (response) => {
    response.writeHead(200)
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536, ' ')));
      if (!response.destroyed) response.once('drain', more)
    }
    more()
  }
  const rows: readonly (readonly [string, Fault, Expected, Readonly<Record<string, string>>?])[] = [
    ['403', (response) => sendAnswer(response, ociError(403, 'DENIED'), 'GET'), 'denied registry'],
    ['500', bare(500, 'text/plain', 'oops'), 'server-error registry'],
    ['404 that is a page', bare(404, 'text/html', '<html>404'), 'response-invalid registry'],
    ['a page', bare(200, 'text/html', '<html>sign in'), 'response-invalid registry'],
    ['a reset', (response) => void response.socket?.resetAndDestroy(), 'unreachable registry'],
    ['a body that breaks off', cut, 'unreachable registry'],
    ['a body without end', endless, 'digest-mismatch'],
    ['no answer', () => undefined, 'timeout registry', { timeout: '1s' }],
  ]

  it.for(rows)('%s', async ([, fault, expected, inputs]) => {
    for (const [kind, reference] of [
      ['blob', layer],
      ['manifest', child],
    ] as const) {
      const registry = await open()
      put(registry, 'app', image)
      registry.fault('app', kind, 'always', (response, usual, request) => {
        if (request.reference === reference) fault(response, usual, request)
        else sendAnswer(response, usual, 'GET')
      })
      const ran = await verify(`${registry.host}/app:v1`, inputs)
      expectEnding(ran, expected, image.digest)
      expect(ran.document?.failure?.message).toContain(reference)
    }
  })
})
