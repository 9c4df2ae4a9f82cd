import { describe, expect, it } from 'vitest'
import { readImageDigests } from '../../../src/gate/build/image-digests.js'
import { absent, failed, found, type Lookup } from '../../../src/network/lookup.js'
import type { Digest } from '../../../src/reference/reference.js'
import type { ImageStore, Resolved, Streamed } from '../../../src/stores/store.js'
import type { Platforms } from '../../../src/verdict/request.js'
import { type BuiltImage, newBuiltImage } from '../../harness/built-image.js'
import { newCall } from '../../harness/call.js'
import { indexType, manifestType } from '../../harness/registry-answers.js'
import { digestOf } from '../../harness/store.js'

type Instead = (digest: string) => Lookup<Streamed> | Buffer | undefined

/** A store that holds these manifests; it answers instead where it is told to. */
function storeOf(
  manifests: ReadonlyMap<string, Buffer>,
  instead: Instead = () => undefined,
): ImageStore & { read: string[] } {
  const read: string[] = []
  return {
    read,
    resolve: async () => Promise.resolve(absent('not asked for')),
    stream: async ({ digest }, limit, open) => {
      read.push(digest)
      const other = instead(digest)
      if (other && !Buffer.isBuffer(other)) return Promise.resolve(other)
      const bytes = other ?? manifests.get(digest)
      if (!bytes) return Promise.resolve(absent(`no manifest ${digest}`))
      open()(bytes.subarray(0, limit))
      return Promise.resolve(found({ where: digest, whole: bytes.length <= limit }))
    },
  }
}

const manifestsOf = ({ blobs }: BuiltImage): Map<string, Buffer> =>
  new Map(blobs.map(({ digest, bytes }) => [digest, bytes]))

async function digestsOf(
  {
    digest,
    manifests,
    isRead = true,
  }: { digest: string; manifests: ReadonlyMap<string, Buffer>; isRead?: boolean },
  platforms: Platforms = 'index',
  instead?: Instead,
): Promise<unknown> {
  const bytes = manifests.get(digest)
  const resolved: Resolved = {
    digest: digest as Digest,
    where: 'here',
    ...(isRead && bytes && { manifest: bytes }),
  }
  const images = storeOf(manifests, instead)
  return readImageDigests(found(resolved), { images, service: 'registry', platforms }, newCall())
}

const imageOf = (image: BuiltImage): { digest: string; manifests: Map<string, Buffer> } => ({
  digest: image.digest,
  manifests: manifestsOf(image),
})
const pair = ({ manifest, config }: BuiltImage['platforms'][number]): object => ({ manifest, config })
const two = newBuiltImage({ architectures: ['amd64', 'arm64'] })

interface Entry {
  readonly mediaType?: string
  readonly digest: string
  readonly platform?: object
  readonly annotations?: object
}

/** An index of the tests' own beside the manifests of another image. */
function indexOf(entries: readonly Entry[], image = two): { digest: string; manifests: Map<string, Buffer> } {
  const listed = entries.map((entry) => ({ mediaType: manifestType, size: 1, ...entry }))
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests: listed }))
  const digest = digestOf(bytes.toString())
  return { digest, manifests: new Map([...manifestsOf(image), [digest, bytes]]) }
}

const [amd64, arm64] = two.platforms
const asAmd64 = { digest: amd64.manifest, platform: { os: 'linux', architecture: 'amd64' } }
const asArm64 = { digest: arm64?.manifest ?? '', platform: { os: 'linux', architecture: 'arm64' } }

describe('the digests of an image', () => {
  it('are its own and that of its configuration', async () => {
    const image = newBuiltImage()
    const expected = { signed: image.digest, platforms: [pair(image.platforms[0])] }
    expect(await digestsOf(imageOf(image))).toEqual(expected)
    // Where only its digest was resolved, the manifest is read now.
    expect(await digestsOf({ ...imageOf(image), isRead: false })).toEqual(expected)
  })

  it('of an index are its own and those of all its platforms', async () => {
    const expected = { signed: two.digest, index: two.digest, platforms: two.platforms.map(pair) }
    for (const platforms of ['index', 'all', ['index', 'linux/amd64']] as const)
      expect(await digestsOf(imageOf(two), platforms)).toEqual(expected)
  })

  it('of platforms that are named are the index and theirs alone', async () => {
    const images = storeOf(manifestsOf(two))
    const resolved = found({
      digest: two.digest as Digest,
      where: 'here',
      manifest: manifestsOf(two).get(two.digest)!,
    })
    const read = await readImageDigests(
      resolved,
      { images, service: 'registry', platforms: ['linux/arm64'] },
      newCall(),
    )
    expect(read).toEqual({ signed: two.digest, index: two.digest, platforms: [pair(arm64!)] })
    expect(images.read).toEqual([arm64?.manifest])
  })

  it('leave out what describes other entries', async () => {
    const annotations = { 'vnd.docker.reference.type': 'attestation-manifest' }
    const note = {
      digest: arm64?.manifest ?? '',
      platform: { os: 'unknown', architecture: 'unknown' },
      annotations,
    }
    const read = await digestsOf(indexOf([asAmd64, note]))
    expect(read).toMatchObject({ platforms: [pair(amd64)] })
  })

  // A node pulls by platform and looks at no annotation: whoever can add one must not hide an image from the policy.
  it.each<[string, object]>([
    ['for a platform that nodes have', { platform: asArm64.platform }],
    ['for none', { platform: undefined }],
  ])('leave out no image for an annotation: %s', async (_, { platform }: { platform?: object }) => {
    const annotations = { 'vnd.docker.reference.type': 'attestation-manifest' }
    const hidden = { digest: arm64?.manifest ?? '', annotations, ...(platform && { platform }) }
    const read = await digestsOf(indexOf([asAmd64, hidden]))
    expect(read).toMatchObject({ platforms: two.platforms.map(pair) })
  })
})

describe('an image whose digests cannot be told', () => {
  const nested = indexOf([{ mediaType: indexType, digest: two.digest, platform: asAmd64.platform }])
  const bare = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: manifestType, layers: [] }))
  const bareDigest = digestOf(bare.toString())
  const withBare = indexOf([asAmd64, { ...asArm64, digest: bareDigest }])
  withBare.manifests.set(bareDigest, bare)
  const many = Array.from({ length: 101 }, () => asAmd64)

  it.each<[string, Parameters<typeof digestsOf>, string]>([
    ['an index in an index', [nested], 'unsupported'],
    [
      'a manifest without a configuration',
      [{ digest: bareDigest, manifests: new Map([[bareDigest, bare]]) }],
      'unsupported',
    ],
    ['a platform without a configuration', [withBare], 'unsupported'],
    ['an index of nothing', [indexOf([])], 'unsupported'],
    [
      'an index of attestations alone',
      [indexOf([{ digest: amd64.manifest, platform: { os: 'unknown', architecture: 'unknown' } }])],
      'unsupported',
    ],
    ['none of the platforms that are named', [imageOf(two), ['linux/s390x']], 'unsupported'],
    [
      'a digest of another algorithm',
      [indexOf([{ ...asAmd64, digest: `sha512:${'a'.repeat(128)}` }])],
      'unsupported',
    ],
    ['too many platforms', [indexOf(many)], 'limit-exceeded registry'],
    [
      'a platform that is listed, and not there',
      [indexOf([asAmd64, { ...asArm64, digest: `sha256:${'a'.repeat(64)}` }])],
      'response-invalid registry',
    ],
    [
      'another manifest than was asked for',
      [imageOf(two), 'index', () => manifestsOf(two).get(amd64.manifest)],
      'response-invalid registry',
    ],
    [
      'a platform whose store is down',
      [imageOf(two), 'index', () => failed('server-error', 'down', 'registry')],
      'server-error registry',
    ],
    [
      'one of two platforms whose store is down',
      [
        imageOf(two),
        'index',
        (digest) => (digest === arm64?.manifest ? failed('timeout', 'slow', 'registry') : undefined),
      ],
      'timeout registry',
    ],
    [
      'a manifest that is too large',
      [imageOf(two), 'index', () => Buffer.alloc(5 * 1024 * 1024)],
      'limit-exceeded registry',
    ],
    [
      'what is no manifest',
      [{ digest: digestOf('{}x'), manifests: new Map([[digestOf('{}x'), Buffer.from('{}x')]]) }],
      'response-invalid registry',
    ],
  ])('%s', async (_, given, expected) => {
    const read = (await digestsOf(...given)) as { code?: string; service?: string; message: string }
    expect([read.code, read.service].filter(Boolean).join(' '), read.message).toBe(expected)
  })

  it('one that was not found, and one in a store that reads no parts', async () => {
    const images = storeOf(new Map())
    const source = { images, service: 'storage', platforms: 'index' } as const
    expect(await readImageDigests(absent('nothing'), source, newCall())).toMatchObject({
      code: 'not-found',
      service: 'storage',
    })
    const { resolve } = images
    const resolved = found({ digest: two.digest as Digest, where: 'here' })
    expect(await readImageDigests(resolved, { ...source, images: { resolve } }, newCall())).toMatchObject({
      code: 'unsupported',
    })
  })
})
