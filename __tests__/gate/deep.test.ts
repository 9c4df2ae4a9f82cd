import zlib from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readDeep } from '../../src/gate/deep.js'
import { openTurns } from '../../src/gate/turns.js'
import { failed } from '../../src/network/lookup.js'
import type { Digest } from '../../src/reference/reference.js'
import type { Finding } from '../../src/verdict/finding.js'
import { newCall } from '../harness/call.js'
import {
  changedIn,
  type DeepImage,
  edited,
  flipped,
  flips,
  keyIn,
  newDeepImage,
  pack,
  putChunked,
  sha256,
} from '../harness/deep-images.js'
import { type HeldOptions, heldStore } from '../harness/deep-store.js'

const call = newCall()

/** What reading everything of an image comes to. */
async function read(
  image: DeepImage,
  options: HeldOptions = {},
): Promise<Finding & { reads: readonly string[] }> {
  const { images, reads } = heldStore(image.files, options)
  const resolved = { digest: image.digest as Digest, manifest: image.root, where: 'memory:root' }
  const finding = await readDeep(resolved, { images, service: 'storage', turns: openTurns(4), call })
  return { ...finding, reads }
}

/** Each thing that is not right: its status and code, and what it says. */
function said(finding: Finding): readonly string[] {
  return (finding.children ?? []).map((one) => {
    const code = 'code' in one ? ` ${one.code}` : ''
    return `${one.status}${code}: ${one.message}`
  })
}

const whole = newDeepImage()
const chunked = newDeepImage({ chunked: true })
const index = newDeepImage({ index: true, chunked: true })

/** One manifest of a list of layers, all there unless changed. */
function imageOf(manifest: object, files: Readonly<Record<string, Buffer>> = {}): DeepImage {
  const root = Buffer.from(JSON.stringify(manifest))
  return { root, digest: `sha256:${sha256(root)}`, files: new Map(Object.entries(files)), manifests: [] }
}

describe('an image that is whole', () => {
  it('is met, and says how much was read', async () => {
    const bytes = [whole.root, ...whole.files.values()].reduce((sum, one) => sum + one.length, 0)
    expect(await read(whole)).toMatchObject({
      status: 'met',
      check: 'deep',
      message: `1 manifest, 3 blobs, ${bytes} bytes are what was signed`,
      facts: { manifests: '1', blobs: '3', bytes: String(bytes) },
    })
  })

  it('may have a layer in pieces: the bytes are those of the layer that was signed', async () => {
    const packed = [...chunked.files].filter(([key]) => !key.startsWith('recipes/'))
    const bytes = [chunked.root, ...packed.map(([, one]) => one)].reduce((sum, one) => sum + one.length, 0)
    const finding = await read(chunked)
    expect(finding).toMatchObject({
      status: 'met',
      facts: { manifests: '1', blobs: '4', bytes: String(bytes) },
    })
  })

  it('may be an index: platforms and attestations are read, what they share once', async () => {
    const finding = await read(index)
    expect(finding).toMatchObject({
      status: 'met',
      message: expect.stringMatching(/^4 manifests \(1 of attestations\), 9 blobs, /) as string,
    })
    const counts = new Map<string, number>()
    for (const key of finding.reads) counts.set(key, (counts.get(key) ?? 0) + 1)
    expect([...index.files.keys()].map((key) => counts.get(key))).toEqual([...index.files].map(() => 1))
  })

  it('may lie in a store that cannot be read in a stream', async () => {
    expect((await read(index, { whole: true })).status).toBe('met')
    const layer = keyIn(whole, 'blobs', 1)
    const longer = changedIn(whole, { [layer]: Buffer.concat([whole.files.get(layer)!, Buffer.from('x')]) })
    expect(said(await read(longer, { whole: true }))).toEqual([
      expect.stringMatching(/^unmet digest-mismatch: layer memory:.*: expected .*, got more than \d+ bytes$/),
    ])
  })

  it('is read by few at the same time', async () => {
    const { images, most } = heldStore(index.files)
    const resolved = { digest: index.digest as Digest, manifest: index.root, where: 'memory:root' }
    await readDeep(resolved, { images, service: 'storage', turns: openTurns(2), call })
    expect(most()).toBe(2)
  })

  it('may come in any order', async () => {
    const names = [...chunked.files.keys()].filter((key) => key.startsWith('chunks/'))
    const slowness = (key: string): number => 1 + 20 * (names.length - names.indexOf(key))
    expect((await read(chunked, { slowness })).status).toBe('met')
  })

  it('may have very many chunks', async () => {
    const files = new Map(whole.files)
    const pieces = Array.from({ length: 300 }, (_, at) => Buffer.from(`piece ${at % 70}`))
    const { listed } = putChunked(files, pieces)
    const manifest = edited(whole.root, (value) => ({ ...value, layers: [listed] }))
    const image = { ...whole, root: manifest, files }
    expect(await read(image)).toMatchObject({ status: 'met', facts: { blobs: '2' } })
  })
})

describe('one byte that is another one', () => {
  const images = { whole, chunked, index }
  it.for(Object.entries(images))('is found in every file of an image that is %s', async ([, image]) => {
    const all = flips(image, 1)
    expect(all.length).toBeGreaterThan(250)
    for (const { key, at, image: changed } of all) {
      const finding = await read(changed)
      const what = `${key} at ${at}: ${finding.status} ${said(finding).join('; ')}`
      expect(finding.status, what).toBe('unmet')
      expect(finding, what).toMatchObject({ code: 'digest-mismatch' })
      const name = key.split('/').at(-1) ?? ''
      const recipe = [...image.files].find(
        ([one, text]) => one.startsWith('recipes/') && text.includes(name),
      )?.[0]
      // A frame that is packed otherwise and unpacks alike is told by the layer alone.
      const names = key.startsWith('chunks/') ? [name, String(recipe)] : [name]
      expect(
        names.some((one) => said(finding).join().includes(one)),
        what,
      ).toBe(true)
    }
  })

  it('is found in every bit of a recipe', async () => {
    const key = keyIn(chunked, 'recipes')
    const bytes = chunked.files.get(key)!
    for (const at of bytes.keys())
      for (let bit = 1; bit < 256; bit *= 2) {
        const finding = await read(changedIn(chunked, { [key]: flipped(bytes, at, bit) }))
        expect(finding, `${at} ${bit}`).toMatchObject({ status: 'unmet', code: 'digest-mismatch' })
      }
  })
})

describe('a file that is another one', () => {
  const layer = keyIn(whole, 'blobs', 0)
  const other = keyIn(whole, 'blobs', 1)
  const bytes = whole.files.get(layer)!

  it.for([
    ['cut short', bytes.subarray(0, -1), `(${bytes.length - 1} bytes)`],
    ['empty', Buffer.alloc(0), '(0 bytes)'],
    ['longer', Buffer.concat([bytes, Buffer.from('x')]), `more than ${bytes.length} bytes`],
    ['another layer', whole.files.get(other)!, ''],
  ] as const)('is named when it is %s', async ([, changed, got]) => {
    const finding = await read(changedIn(whole, { [layer]: changed }))
    expect(said(finding)).toEqual([
      expect.stringMatching(
        new RegExp(`^unmet digest-mismatch: layer memory:${layer}: expected sha256:${layer.slice(13)} `),
      ),
    ])
    expect(said(finding)[0]).toContain(got)
  })

  it('is named each time', async () => {
    const finding = await read(changedIn(whole, { [layer]: Buffer.alloc(3), [other]: Buffer.alloc(3) }))
    expect(said(finding)).toHaveLength(2)
    expect(finding).toMatchObject({
      message: '2 parts not right, or not read; 1 manifest and 1 blob are what was signed',
    })
  })

  it('of another size than the manifest says is not what was signed, whatever its digest', async () => {
    const root = edited(whole.root, (value) => ({
      ...value,
      config: { ...(value['config'] as object), size: 1 },
    }))
    expect(said(await read({ ...whole, root }))[0]).toMatch(
      /^unmet digest-mismatch: config .*more than 1 bytes/,
    )
    const longer = edited(whole.root, (value) => {
      const config = value['config'] as { size: number }
      return { ...value, config: { ...config, size: config.size + 1 } }
    })
    expect(said(await read({ ...whole, root: longer }))[0]).toMatch(/^unmet digest-mismatch: config /)
  })

  it('is not looked into: what a wrong manifest lists is not read', async () => {
    const [child = ''] = index.manifests
    const finding = await read(changedIn(index, { [child]: Buffer.from('{"layers":[]}') }))
    expect(said(finding)).toHaveLength(1)
    expect(said(finding)[0]).toContain(`manifest memory:${child}: expected sha256:`)
    expect(finding.reads.some((key) => key === keyIn(index, 'recipes', 1))).toBe(true)
    expect(finding.reads.some((key) => key === keyIn(index, 'recipes', 0))).toBe(false)
  })
})

describe('a file that is not there', () => {
  it('is as good as another one: the store itself says that what was signed cannot be pulled', async () => {
    for (const key of index.files.keys()) {
      const finding = await read(changedIn(index, { [key]: undefined }))
      expect(finding, key).toMatchObject({ status: 'unmet', code: 'digest-mismatch' })
      expect(said(finding).join(), key).toContain(key.split('/').at(-1))
    }
  })

  it('is an outage where the store does not say so', async () => {
    for (const key of index.files.keys()) {
      const instead = (asked: string): ReturnType<typeof failed> | undefined =>
        asked === key ? failed('server-error', 'the store is down', 'storage') : undefined
      const finding = await read(index, { instead })
      expect(finding, key).toMatchObject({ status: 'unknown', code: 'server-error', service: 'storage' })
    }
  })

  it('is no proof where its recipe could not be read', async () => {
    const instead = (key: string): ReturnType<typeof failed> | undefined =>
      key.startsWith('recipes/') ? failed('denied', 'no right to it', 'storage') : undefined
    const finding = await read(chunked, { instead })
    expect(finding).toMatchObject({ status: 'unknown', code: 'denied', service: 'storage' })
  })
})

describe('a recipe', () => {
  const key = keyIn(chunked, 'recipes')
  const recipe = chunked.files.get(key)
  const other = newDeepImage({ chunked: true, salt: 'another' })
  const foreign = other.files.get(keyIn(other, 'recipes'))
  const both = changedIn(chunked, Object.fromEntries(other.files))
  const rewritten = (change: (value: Record<string, unknown>) => object): DeepImage =>
    changedIn(both, { [key]: edited(recipe, change) })
  type Chunks = readonly Record<string, unknown>[]

  it.for([
    [
      'that of another layer',
      changedIn(both, { [key]: foreign }),
      /expected the recipe of sha256:\w+, got that of/,
    ],
    [
      'that of another layer under its name',
      rewritten((own) => ({
        ...(JSON.parse(String(foreign)) as object),
        compressedDigest: own['compressedDigest'],
      })),
      /expected a layer of \d+ bytes, got one of|expected to lead to the layer that the configuration names/,
    ],
    [
      'one that leads to the chunks of another layer',
      rewritten((own) => ({ ...own, chunks: (JSON.parse(String(foreign)) as { chunks: unknown }).chunks })),
      /add up to|in their order, got/,
    ],
    [
      'one with its chunks in another order',
      rewritten((own) => ({ ...own, chunks: [...(own['chunks'] as Chunks)].reverse() })),
      /expected its 3 chunks to be sha256:\w+ in their order, got sha256:/,
    ],
    [
      'one that hands on a file outside',
      rewritten((own) => ({ ...own, layer: '../../../../ESCAPED' })),
      /layer: expected 64 lower-case hex digits, got "..\/..\/..\/..\/ESCAPED"/,
    ],
    [
      'one that reads a file outside',
      rewritten((own) => ({ ...own, chunks: [{ digest: '../../manifests/x', size: 1, compressedSize: 1 }] })),
      /chunk 1: digest: expected 64 lower-case hex digits/,
    ],
    [
      'one that gives the layer another name',
      rewritten((own) => ({ ...own, layer: sha256('another') })),
      /expected to lead to the layer that the configuration names, sha256:\w+, got/,
    ],
    [
      'one that shifts the borders of its chunks',
      rewritten((own) => {
        const [first, second, ...rest] = own['chunks'] as { size: number }[]
        return {
          ...own,
          chunks: [{ ...first, size: first!.size + 1 }, { ...second, size: second!.size - 1 }, ...rest],
        }
      }),
      /chunk memory:chunks\/\S+: expected to unpack to sha256:/,
    ],
    [
      'one of a smaller layer',
      rewritten((own) => {
        const [first] = own['chunks'] as { size: number; compressedSize: number }[]
        return { ...own, size: first!.size, compressedSize: first!.compressedSize, chunks: [first] }
      }),
      /expected a layer of \d+ bytes, got one of/,
    ],
    ['nothing', changedIn(both, { [key]: Buffer.alloc(0) }), /expected a recipe of sha256/],
  ] as const)('is rejected when it is %s', async ([, image, message]) => {
    const finding = await read(image)
    expect(finding).toMatchObject({ status: 'unmet', code: 'digest-mismatch' })
    expect(said(finding).join('\n')).toMatch(message)
  })

  it('does not count where the whole layer beside it is wrong, nor the other way round', async () => {
    const blob = key.replace('recipes', 'blobs')
    const right = Buffer.concat(
      (JSON.parse(String(recipe)) as { chunks: { digest: string }[] }).chunks.map(({ digest }) =>
        chunked.files.get(`chunks/sha256/${digest}`)!,
      ),
    )
    expect((await read(changedIn(chunked, { [blob]: right }))).status).toBe('met')
    const wrong = await read(changedIn(chunked, { [blob]: Buffer.from('another layer') }))
    expect(said(wrong)).toEqual([expect.stringContaining(`layer memory:${blob}: expected `)])
    const misled = await read(changedIn(both, { [blob]: right, [key]: foreign }))
    expect(said(misled)).toEqual([expect.stringContaining(`recipe memory:${key}: expected `)])
  })

  it('may belong to an image whose configuration names no layers', async () => {
    const config = Buffer.from('{}')
    const root = edited(chunked.root, (value) => ({
      ...value,
      config: { mediaType: 'x', digest: `sha256:${sha256(config)}`, size: 2 },
    }))
    const image = changedIn({ ...chunked, root }, { [`blobs/sha256/${sha256(config)}`]: config })
    expect((await read(image)).status).toBe('met')
    const unpacked = edited(recipe, (own) => ({ ...own, layer: sha256('another') }))
    expect(said(await read(changedIn(image, { [key]: unpacked })))[0]).toMatch(
      /expected to unpack to sha256:/,
    )
  })
})

describe('a chunk', () => {
  const piece = Buffer.alloc(1024 * 1024)
  /** A layer of one chunk, which is packed like this. */
  function imageWith(packed: Buffer, changes: object = {}): DeepImage {
    const hex = sha256(packed)
    const chunk = { digest: sha256(piece), size: piece.length, compressedSize: packed.length, ...changes }
    const recipe = {
      layer: sha256(piece),
      size: chunk.size,
      compressedDigest: hex,
      compressedSize: chunk.compressedSize,
      chunks: [chunk],
    }
    const config = Buffer.from('{}')
    return imageOf(
      {
        config: { digest: `sha256:${sha256(config)}`, size: 2 },
        layers: [{ digest: `sha256:${hex}`, size: chunk.compressedSize }],
      },
      {
        [`blobs/sha256/${sha256(config)}`]: config,
        [`recipes/sha256/${hex}`]: Buffer.from(JSON.stringify(recipe)),
        [`chunks/sha256/${chunk.digest}`]: packed,
      },
    )
  }

  it('is unpacked', async () => expect((await read(imageWith(pack(piece)))).status).toBe('met'))

  it('is not unpacked further than its recipe says', async () => {
    const bomb = pack(Buffer.alloc(64 * 1024 * 1024))
    expect(said(await read(imageWith(bomb)))).toEqual([
      expect.stringMatching(/^unmet digest-mismatch: chunk .*, got more than 1048576 bytes$/),
    ])
  })

  it('asks for no more memory than chunks need', async () => {
    const window = { [zlib.constants.ZSTD_c_windowLog]: 27, [zlib.constants.ZSTD_c_contentSizeFlag]: 0 }
    const large = zlib.zstdCompressSync(piece, { params: window })
    // Written piece by piece, a frame cannot say how small it is: its window is what it asks for.
    const streamed = await new Promise<Buffer>((resolve) => {
      const parts: Buffer[] = []
      const stream = zlib.createZstdCompress({ params: window })
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => resolve(Buffer.concat(parts)))
      stream.write(piece.subarray(0, 1000), () => stream.end(piece.subarray(1000)))
    })
    expect((await read(imageWith(large))).status).toBe('met')
    expect(said(await read(imageWith(streamed)))).toEqual([
      expect.stringMatching(/^unmet digest-mismatch: chunk .*cannot be unpacked: .*memory/),
    ])
  })

  it.for([
    ['is larger than any', pack(piece), { size: 33 * 1024 * 1024 }],
    ['is larger than any, packed', pack(piece), { compressedSize: 33 * 1024 * 1024 }],
  ] as const)('that %s is not read', async ([, packed, changes]) => {
    const finding = await read(imageWith(packed, changes))
    expect(finding).toMatchObject({ status: 'unknown', code: 'limit-exceeded', service: 'storage' })
    expect(finding.reads.some((key) => key.startsWith('chunks/'))).toBe(false)
  })

  it('of more than one frame is not called wrong, and not right', async () => {
    const packed = Buffer.concat([pack(piece.subarray(0, 1000)), pack(piece.subarray(1000))])
    expect(await read(imageWith(packed))).toMatchObject({ status: 'unknown', code: 'unsupported' })
    const image = imageWith(packed)
    const key = keyIn(image, 'chunks')
    // One frame of the same length, and another second one: now it is not what was signed.
    expect(await read(changedIn(image, { [key]: flipped(packed, packed.length - 1) }))).toMatchObject({
      status: 'unmet',
      code: 'digest-mismatch',
    })
  })

  it('has the name of what is in it', async () => {
    const image = imageWith(pack(piece), { digest: sha256('another') })
    expect(said(await read(image))[0]).toMatch(
      /^unmet digest-mismatch: chunk .*expected to unpack to sha256:/,
    )
  })

  it('is no zstd', async () => {
    expect(said(await read(imageWith(Buffer.from('hello'))))[0]).toMatch(/cannot be unpacked/)
  })
})

describe('what cannot be read', () => {
  const listed = { mediaType: 'x', digest: `sha256:${sha256('{}')}`, size: 2 }
  const config = { [`blobs/sha256/${sha256('{}')}`]: Buffer.from('{}') }
  const foreign = { ...listed, urls: ['https://elsewhere.example/layer'] }
  const windows = { ...listed, mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip' }
  const private_ = { ...listed, mediaType: 'application/vnd.oci.image.layer.nondistributable.v1.tar' }

  it.for([
    ['a layer that lies elsewhere', { config: listed, layers: [foreign] }, 'unsupported'],
    ['a foreign layer', { config: listed, layers: [windows] }, 'unsupported'],
    ['a layer that is not distributed', { config: listed, layers: [private_] }, 'unsupported'],
    [
      'a digest of another kind',
      { config: { ...listed, digest: `sha512:${'a'.repeat(128)}` } },
      'unsupported',
    ],
    ['a digest that leads elsewhere', { config: { ...listed, digest: 'sha256:../../x' } }, 'unsupported'],
    [
      'a layer beyond all bounds',
      { config: listed, layers: [{ ...listed, size: 17 * 1024 ** 3 }] },
      'limit-exceeded',
    ],
    [
      'a manifest beyond all bounds',
      { manifests: [{ ...listed, mediaType: '', size: 5_000_000 }] },
      'limit-exceeded',
    ],
    [
      'a form that lists nothing',
      { schemaVersion: 1, fsLayers: [{ blobSum: listed.digest }] },
      'unsupported',
    ],
    ['an index of nothing', { manifests: [] }, 'unsupported'],
    ['an index of something else', { manifests: [{ ...listed, mediaType: 'application/x' }] }, 'unsupported'],
    ['an index of what is none', { manifests: [{ ...listed, mediaType: '' }] }, 'unsupported'],
    ['a list that is none', { config: listed, layers: [{ size: 3 }] }, 'unsupported'],
    [
      'more layers than any image has',
      { config: listed, layers: Array.from({ length: 10_001 }, (_, size) => ({ ...listed, size })) },
      'limit-exceeded',
    ],
    [
      'more manifests than any index has',
      { manifests: Array.from({ length: 1001 }, (_, size) => ({ ...listed, mediaType: '', size })) },
      'limit-exceeded',
    ],
  ] as const)('%s is neither right nor wrong', async ([, manifest, code]) => {
    const finding = await read(imageOf(manifest, config))
    expect(finding).toMatchObject({ status: 'unknown', code })
  })

  it('does not hide what is wrong', async () => {
    const wrong = { ...listed, digest: `sha256:${sha256('x')}` }
    const files = { ...config, [`blobs/sha256/${sha256('x')}`]: Buffer.from('yy') }
    const finding = await read(imageOf({ config: listed, layers: [foreign, wrong] }, files))
    expect(finding).toMatchObject({ status: 'unmet', code: 'digest-mismatch' })
  })

  it('is an index within an index, and within that, without an end', async () => {
    const files = new Map<string, Buffer>()
    let root = whole.root
    const depths: string[] = []
    for (let depth = 1; depth < 8; depth++) {
      files.set(`blobs/sha256/${sha256(root)}`, root)
      const manifests = [{ mediaType: '', digest: `sha256:${sha256(root)}`, size: root.length }]
      root = Buffer.from(JSON.stringify({ manifests }))
      const image = { ...whole, root, files: new Map([...files, ...whole.files]) }
      depths.push((await read(image)).status)
    }
    expect(depths).toEqual(['met', 'met', 'met', 'met', 'unknown', 'unknown', 'unknown'])
  })

  it('is a store without a way to read parts', async () => {
    const resolved = { digest: whole.digest as Digest, manifest: whole.root, where: 'x' }
    const images = { resolve: async () => Promise.reject(new Error('nobody asks')) }
    const finding = await readDeep(resolved, { images, service: 'storage', turns: openTurns(4), call })
    expect(finding).toMatchObject({ status: 'unknown', code: 'unsupported' })
  })
})

describe('a store that is down', () => {
  it('is asked a few times, not for every layer', async () => {
    const layers = Array.from({ length: 500 }, (_, at) => ({
      digest: `sha256:${sha256(String(at))}`,
      size: 3,
    }))
    const config = { digest: `sha256:${sha256('{}')}`, size: 2 }
    const image = imageOf({ config, layers }, { [`blobs/sha256/${sha256('{}')}`]: Buffer.from('{}') })
    const instead = (key: string): ReturnType<typeof failed> | undefined =>
      key.endsWith(sha256('{}')) ? undefined : failed('unreachable', 'nobody is there', 'storage')
    const finding = await read(image, { instead })
    expect(finding).toMatchObject({ status: 'unknown', code: 'unreachable', service: 'storage' })
    expect(finding.reads.length).toBeLessThan(50)
    expect(said(finding).at(-1)).toMatch(/^exempt: \d{3} more parts not read after these$/)
  })

  it('is asked for a few chunks, not for all', async () => {
    const files = new Map(whole.files)
    const { listed } = putChunked(
      files,
      Array.from({ length: 200 }, (_, at) => Buffer.from(`piece ${at}`)),
    )
    const root = edited(whole.root, (value) => ({ ...value, layers: [listed] }))
    const instead = (key: string): ReturnType<typeof failed> | undefined =>
      key.startsWith('chunks/') ? failed('unreachable', 'nobody is there', 'storage') : undefined
    const finding = await read({ ...whole, root, files }, { instead })
    expect(finding).toMatchObject({ status: 'unknown', code: 'unreachable' })
    expect(finding.reads.length).toBeLessThan(50)
  })
})
