import { describe, expect, it } from 'vitest'
import { findSubjects, type Subject } from '../../src/gate/subjects.js'
import { openJournal } from '../../src/network/journal.js'
import { absent, failed, found, type Lookup } from '../../src/network/lookup.js'
import { parseReference } from '../../src/reference/parse.js'
import type { Reference } from '../../src/reference/reference.js'
import type { Place, Resolved } from '../../src/stores/store.js'
import type { Problem } from '../../src/verdict/finding.js'
import type { Platforms } from '../../src/verdict/request.js'

const digest = (letter: string): `sha256:${string}` => `sha256:${letter.repeat(64)}`
const call = { signal: new AbortController().signal, retries: 0, journal: openJournal() }

function read(text: string): Reference {
  const reference = parseReference(text)
  if (reference.kind === 'unreadable') throw new Error(reference.reason)
  return reference
}
const inRegistry = read('registry.example/app:v1')

const entry = (letter: string, platform?: object, annotations?: object): object => ({
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  digest: digest(letter),
  platform,
  annotations,
})
const linux = (architecture: string, variant?: string): object => ({ os: 'linux', architecture, variant })
const unknown = { os: 'unknown', architecture: 'unknown' }
/** buildkit's mark of an entry that describes another. */
const marked = { 'vnd.docker.reference.type': 'attestation-manifest' }
const index = {
  manifests: [
    entry('a', linux('amd64')),
    entry('b', linux('arm64', 'v8')),
    entry('c', linux('arm', 'v6')),
    entry('d', linux('arm', 'v7')),
    entry('e', unknown),
    entry('f', unknown, marked),
    entry('1'),
  ],
}
const single = { config: { digest: digest('0'), size: 2 }, layers: [] }
const configuration = { os: 'linux', architecture: 'arm64', variant: 'v8', rootfs: { type: 'layers' } }

interface World {
  readonly manifest?: object | string
  readonly image?: Lookup<Resolved>
  readonly config?: Lookup<Uint8Array>
  readonly reference?: Reference
}

async function ask(platforms: Platforms, world: World = {}): Promise<readonly Subject[] | Problem> {
  const { manifest = index, reference = inRegistry } = world
  const bytes = Buffer.from(typeof manifest === 'string' ? manifest : JSON.stringify(manifest))
  const image = world.image ?? found({ digest: digest('9'), manifest: bytes, where: 'registry.example/app' })
  const config = world.config ?? found(Buffer.from(JSON.stringify(configuration)))
  const place: Place = {
    images: { resolve: async () => Promise.resolve(image), blob: async () => Promise.resolve(config) },
    evidence: { look: () => () => [], list: async () => Promise.resolve(found([])), byKey: false },
  }
  return findSubjects(reference, place, Promise.resolve(image), platforms, call)
}

/** Names and the first digit of their digests, such as `linux/amd64 a`. */
async function subjects(platforms: Platforms, world?: World): Promise<readonly string[]> {
  const got = await ask(platforms, world)
  if (!Array.isArray(got)) throw new Error((got as Problem).message)
  return Promise.all(
    (got as readonly Subject[]).map(async ({ name, image }) => {
      const resolved = await image
      return `${name} ${resolved.kind === 'found' ? resolved.value.digest.charAt(7) : resolved.kind}`
    }),
  )
}

async function problem(platforms: Platforms, world?: World): Promise<Problem> {
  const got = await ask(platforms, world)
  if (Array.isArray(got)) throw new Error('expected a problem, got subjects')
  return got as Problem
}

describe('the manifests of an index', () => {
  it('are not asked for as long as the index itself is what counts', async () => {
    const [only, ...others] = (await ask('index')) as readonly Subject[]
    expect(others).toEqual([])
    expect(only).toMatchObject({ name: '', isChild: false })
  })

  it('are all asked for beside the index, but for those that describe others', async () => {
    expect(await subjects('all')).toEqual([
      'index 9',
      'linux/amd64 a',
      'linux/arm64/v8 b',
      'linux/arm/v6 c',
      'linux/arm/v7 d',
      `${digest('1')} 1`,
    ])
  })

  it('are marked as parts, the index is not', async () => {
    const got = (await ask('all')) as readonly Subject[]
    expect(got.map(({ isChild }) => isChild)).toEqual([false, true, true, true, true, true])
  })

  it('are asked for by name, in the order in which they are named', async () => {
    expect(await subjects(['linux/arm/v7', 'linux/amd64'])).toEqual(['linux/arm/v7 d', 'linux/amd64 a'])
    expect(await subjects(['linux/amd64', 'index'])).toEqual(['linux/amd64 a', 'index 9'])
  })

  it('are asked for in every variant where none is named', async () => {
    expect(await subjects(['linux/arm'])).toEqual(['linux/arm/v6 c', 'linux/arm/v7 d'])
    expect(await subjects(['linux/arm64'])).toEqual(['linux/arm64/v8 b'])
  })

  it.each([
    'linux/riscv64',
    'linux/arm64/v9',
    'linux/a',
    'linux/arm6',
    'windows/amd64',
    'unknown/unknown',
    '',
  ])('that are not there cannot be asked for: %j', async (name) => {
    const got = await problem(['linux/amd64', name])
    expect(got.code).toBe('input-invalid')
    expect(got.message).toContain(
      `expected a manifest for ${name}, got linux/amd64, linux/arm64/v8, linux/arm/v6, linux/arm/v7, ${digest('1')}`,
    )
  })

  it('that describe others do not make up for one that is missing', async () => {
    const manifests = [entry('f', unknown, marked)]
    expect(await problem(['linux/amd64'], { manifest: { manifests } })).toMatchObject({
      code: 'input-invalid',
      message: 'platforms: expected a manifest for linux/amd64, got none',
    })
  })

  it('that only say so are asked for: whoever pulls goes by the platform, or by the configuration', async () => {
    const manifests = [
      entry('a', linux('amd64')),
      entry('f', linux('amd64'), marked),
      entry('1', undefined, marked),
    ]
    expect(await subjects('all', { manifest: { manifests } })).toEqual([
      'index 9',
      'linux/amd64 a',
      'linux/amd64 f',
      `${digest('1')} 1`,
    ])
    expect(await subjects(['linux/amd64'], { manifest: { manifests } })).toEqual([
      'linux/amd64 a',
      'linux/amd64 f',
    ])
  })

  it('of another kind of digest cannot be told apart, so nothing is proven of them', async () => {
    const odd = { ...entry('a', linux('amd64')), digest: `sha512:${'a'.repeat(128)}` }
    for (const platforms of ['all', ['linux/amd64']] as const) {
      const got = (await ask(platforms, { manifest: { manifests: [odd] } })) as readonly Subject[]
      expect(await got.at(-1)?.image).toMatchObject({ kind: 'failed', problem: { code: 'unsupported' } })
    }
  })

  it('for a platform without a name have their digest for one', async () => {
    const manifests = [entry('a', {}), entry('b', { os: '' })]
    expect(await subjects('all', { manifest: { manifests } })).toEqual([
      'index 9',
      `${digest('a')} a`,
      `${digest('b')} b`,
    ])
  })
})

describe('an image that is no index', () => {
  it('is all there is to ask for', async () => {
    expect(await subjects('all', { manifest: single })).toEqual([' 9'])
  })

  it('is for the platform that its configuration names', async () => {
    for (const name of ['linux/arm64', 'linux/arm64/v8', 'index'])
      expect(await subjects([name], { manifest: single })).toEqual([' 9'])
  })

  it('is for no other platform', async () => {
    for (const name of ['linux/amd64', 'linux/arm', 'linux/arm64/v9'])
      expect(await problem(['linux/arm64', name], { manifest: single })).toEqual({
        code: 'input-invalid',
        message: `platforms: expected a manifest for ${name}, got linux/arm64/v8`,
      })
  })

  it.each([
    ['is no JSON', found(Buffer.from('hello'))],
    ['is empty, as for what is no image', found(Buffer.from('{}'))],
    ['is absent', absent('not there')],
  ])('is not judged by platform when its configuration %s', async (_, config) => {
    expect(await problem(['linux/arm64'], { manifest: single, config })).toMatchObject({
      code: 'response-invalid',
      service: 'registry',
    })
  })

  it('is not judged by platform when it has no configuration at all', async () => {
    expect(await problem(['linux/arm64'], { manifest: {} })).toMatchObject({ code: 'response-invalid' })
  })

  it('is not judged by platform when its configuration cannot be read, and says why', async () => {
    const config = failed('denied', 'no right', 'registry')
    expect(await problem(['linux/arm64'], { manifest: single, config })).toEqual({
      code: 'denied',
      message: 'no right',
      service: 'registry',
    })
  })
})

describe('an image that was not found', () => {
  it('is one subject, so that its absence is said once', async () => {
    for (const image of [absent('not there'), failed('timeout', 'no answer')]) {
      expect(await subjects('all', { image })).toEqual([` ${image.kind}`])
      expect(await subjects(['linux/amd64'], { image })).toEqual([` ${image.kind}`])
    }
  })
})

describe('an image outside a registry', () => {
  it('is signed as a whole in a store of s3lo', async () => {
    for (const text of ['s3://bucket/app:v1', 'local://store/app:v1']) {
      expect(await subjects('index', { reference: read(text) })).toEqual([' 9'])
      for (const platforms of ['all', ['linux/amd64']] as const)
        expect(await problem(platforms, { reference: read(text) })).toMatchObject({ code: 'input-invalid' })
    }
  })

  it('may be signed by platform in a layout', async () => {
    const reference = read('oci-layout://folder')
    expect(await subjects('index', { reference })).toEqual([' 9'])
    expect(await subjects(['index', 'linux/amd64'], { reference })).toEqual(['index 9', 'linux/amd64 a'])
    const broken = { reference, manifest: single, config: found(Buffer.from('{}')) }
    const message = { code: 'response-invalid', service: 'storage' }
    expect(await problem(['linux/amd64'], broken)).toMatchObject(message)
  })
})
