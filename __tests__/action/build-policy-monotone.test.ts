import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decide, type Result } from '../../src/library.js'
import { type LoopbackArchivista, openArchivistaServer } from '../harness/archivista.js'
import * as made from '../harness/built-image.js'
import { manifestType, ociError, sendAnswer } from '../harness/registry-answers.js'
import { signByBundle, signSimply } from '../harness/registry-images.js'
import type { Kind } from '../harness/registry.js'
import type { Demands } from '../../src/verdict/request.js'
import { newKey } from '../harness/store.js'

const { hands, signBill, signBuild, signPolicy } = made
const cosign = newKey()
const collectionType = 'https://aflock.ai/attestation-collection/v0.1'
const scanType = 'https://acme.example/scan/v1'

type Way = 404 | 403 | 500 | 'dropped'
const ways: readonly Way[] = [404, 403, 500, 'dropped']
const kinds: readonly Kind[] = [
  'tag',
  'head',
  'manifest',
  'referrers',
  'fallback',
  'sig',
  'att',
  'blob',
  'other',
]

let shop: made.Workshop
let archivista: LoopbackArchivista
let blocked: readonly [string, Way] | undefined
const seen = new Set<string>()

beforeAll(async () => {
  shop = await made.openWorkshop()
  archivista = await openArchivistaServer()
  for (const kind of kinds)
    shop.registry.fault('', kind, 'always', (response, usual, { method, target }) => {
      const name = `${method} ${target}`
      seen.add(name)
      if (blocked?.[0] !== name) sendAnswer(response, usual, method)
      else if (blocked[1] === 'dropped') response.socket?.destroy()
      else
        sendAnswer(
          response,
          ociError(blocked[1], blocked[1] === 404 ? 'MANIFEST_UNKNOWN' : 'UNKNOWN'),
          method,
        )
    })
  archivista.fault = ({ method, target, body }, response) => {
    // Searches are told apart by what they ask for.
    const name = `${method} ${target} ${body}`
    seen.add(name)
    if (blocked?.[0] !== name) return false
    if (blocked[1] === 'dropped') response.socket?.destroy()
    else response.writeHead(blocked[1]).end('')
    return true
  }
})
afterAll(async () => {
  await shop.registry.stop()
  await archivista.stop()
})

interface Scene {
  readonly there: made.BuiltImage
  /** Put beside the image in its registry, each in a bundle or as it is. */
  readonly beside?: readonly Buffer[]
  readonly uploaded?: readonly Buffer[]
  readonly policy?: Buffer
  readonly given?: string
  readonly signed?: 'well' | 'not'
}

/** @returns what runs the whole thing again, with one request blocked or none */
function open(
  scene: Scene,
): (block?: readonly [string, Way]) => Promise<Result & { requests: readonly string[] }> {
  const {
    there,
    beside = [],
    uploaded = [],
    policy = made.plainPolicy()['policy.json'],
    given,
    signed,
  } = scene
  const { at, repository } = shop.stage(there)
  const { holdings } = shop.registry
  beside.forEach((envelope, index) => {
    if (index % 2 === 0)
      signByBundle(
        holdings,
        repository,
        there.digest,
        newKey(),
        collectionType,
        JSON.parse(envelope.toString()) as object,
      )
    else
      holdings.putManifest(repository, {
        schemaVersion: 2,
        mediaType: manifestType,
        config: holdings.putBlob(repository, 'application/vnd.oci.empty.v1+json', '{}'),
        layers: [holdings.putBlob(repository, 'application/vnd.dsse.envelope.v1+json', envelope)],
        subject: { mediaType: manifestType, digest: there.digest, size: 1 },
      })
  })
  uploaded.forEach(archivista.upload)
  if (signed === 'well') signSimply(holdings, repository, there.digest, cosign)
  const cwd = made.layEvidence(there, { 'policy.json': policy ?? '' })
  return async (block) => {
    blocked = block
    seen.clear()
    const policies = { files: [path.join(cwd, 'policy.json')] as const, auditWarns: false }
    const demands: Demands = signed
      ? { signers: { keys: [cosign.publicPem], require: 'all' }, policies }
      : { policies }
    const result = await decide({
      images: [at],
      ...demands,
      log: 'ignore',
      build: {
        profile: 'cilock',
        keys: [hands.policy.pem],
        caRoots: [],
        caIntermediates: [],
        timestampAuthorities: [],
        signer: {},
        attestations: given === undefined ? [] : given.split(' ').map((name) => path.join(cwd, name)),
        subjects: [],
        ...(uploaded.length > 0 && { archivista: { url: archivista.url, headers: {} } }),
      },
      patience: { waitMs: 0, timeoutMs: 20_000, retries: 0, concurrency: 1 },
    })
    return { ...result, requests: [...seen] }
  }
}

const both = { architectures: ['amd64', 'arm64'] } as const
const build = (image: made.BuiltImage, more?: made.BuildPieces): Buffer =>
  signBuild(made.buildOf(image, more))
const bill = (image: made.BuiltImage, more?: made.BuildPieces): Buffer => signBill(made.billOf(image, more))
const sibling = made.newBuiltImage({ salt: 'sibling' })

/** A policy about which an optional statement may say no. */
const optional = signPolicy(
  made.policyOf(made.plainSteps(), {
    externalAttestations: {
      scan: {
        name: 'scan',
        predicateType: scanType,
        required: false,
        functionaries: [{ type: 'publickey', publickeyid: hands.builder.id }],
        regopolicies: [],
      },
    },
  }),
)
const scan = (image: made.BuiltImage, by = hands.stranger): Buffer =>
  signBuild(
    {
      _type: 'https://in-toto.io/Statement/v0.1',
      subject: [{ name: 'image', digest: { sha256: made.bare(image.digest) } }],
      predicateType: scanType,
      predicate: { passed: false },
    },
    by,
  )

const rejected: readonly [string, () => Scene][] = [
  [
    'a build by a stranger, beside the image',
    () => {
      const there = shop.newImage()
      return { there, beside: [signBuild(made.buildOf(there), hands.stranger), bill(there)] }
    },
  ],
  [
    'a build by a stranger, in Archivista',
    () => {
      const there = shop.newImage()
      return { there, uploaded: [signBuild(made.buildOf(there), hands.stranger), bill(there)] }
    },
  ],
  [
    'no bill at all',
    () => {
      const there = shop.newImage()
      return { there, beside: [build(there)], uploaded: [build(there)] }
    },
  ],
  [
    'a bill of a sibling, in two places',
    () => {
      const there = shop.newImage()
      return { there, given: 'build.json', beside: [bill(sibling)], uploaded: [bill(sibling)] }
    },
  ],
  [
    'an index of which one platform was not built',
    () => {
      const there = shop.newImage(both)
      const one = [made.sayDocker(there.platforms[0].manifest)]
      return { there, beside: [build(there, { instead: one }), bill(there)] }
    },
  ],
  [
    'a good build of an image that is not signed',
    () => {
      const there = shop.newImage()
      return { there, signed: 'not', beside: [build(there), bill(there)] }
    },
  ],
  [
    'a signed image that was not built so',
    () => {
      const there = shop.newImage()
      return { there, signed: 'well', beside: [build(sibling), bill(there)] }
    },
  ],
  [
    'a policy that nobody trusts',
    () => {
      const there = shop.newImage()
      const policy = signPolicy(made.policyOf(made.plainSteps()), hands.stranger)
      return { there, policy, beside: [build(there), bill(there)], uploaded: [build(there)] }
    },
  ],
  [
    'an optional statement by a stranger, beside good evidence in files',
    () => {
      const there = shop.newImage()
      return { there, policy: optional, given: 'build.json sbom.json', beside: [scan(there)] }
    },
  ],
  [
    'an optional statement by a stranger, in Archivista',
    () => {
      const there = shop.newImage()
      return { there, policy: optional, given: 'build.json sbom.json', uploaded: [scan(there)] }
    },
  ],
  [
    'an optional statement by a stranger, beside good evidence in both places',
    () => {
      const there = shop.newImage()
      return { there, policy: optional, beside: [build(there), scan(there)], uploaded: [bill(there)] }
    },
  ],
]

const accepted: readonly [string, () => Scene][] = [
  [
    'beside the image',
    () => {
      const there = shop.newImage()
      return { there, beside: [build(there), bill(there)] }
    },
  ],
  [
    'in Archivista',
    () => {
      const there = shop.newImage()
      return { there, uploaded: [build(there), bill(there)] }
    },
  ],
  [
    'an index, signed, in several places',
    () => {
      const there = shop.newImage(both)
      return { there, signed: 'well', given: 'build.json', beside: [build(there)], uploaded: [bill(there)] }
    },
  ],
  [
    'with an optional statement that is good',
    () => {
      const there = shop.newImage()
      return {
        there,
        policy: optional,
        given: 'build.json',
        beside: [bill(there)],
        uploaded: [scan(there, hands.builder)],
      }
    },
  ],
]

/** The registry itself says that nothing is listed: then an optional statement is not there, by whoever's doing. */
const isListing = (request: string): boolean =>
  /\/referrers\/|\.att$|manifests\/sha256-[0-9a-f]{64}$/.test(request)

describe(
  'an image that is not built as the policy says, with one request blocked',
  { timeout: 120_000 },
  () => {
    it.each(rejected)('is never verified: %s', async (name, make) => {
      const run = open(make())
      const { verdict, requests } = await run()
      expect(verdict).toBe('rejected')
      expect(requests.length).toBeGreaterThan(0)
      for (const request of requests) {
        for (const how of ways) {
          const { verdict: got, requests: asked } = await run([request, how])
          expect(asked, 'the block was met').toContain(request)
          if (how === 404 && name.includes('optional') && isListing(request)) continue
          expect(got, `${request} answered ${how}`).not.toBe('verified')
        }
      }
    })
  },
)

describe('an image that is built as the policy says, with one request blocked', { timeout: 120_000 }, () => {
  // Only what a store itself calls absent may turn a good build into a missing one.
  it.each(accepted)('is never rejected by an outage: %s', async (_, make) => {
    const run = open(make())
    const { verdict, requests, failure } = await run()
    expect(verdict, failure?.message).toBe('verified')
    for (const request of requests) {
      for (const how of ways) {
        if (how === 404 && !request.includes('/v1/')) continue
        const { verdict: got } = await run([request, how])
        expect(got, `${request} answered ${how}`).not.toBe('rejected')
      }
    }
  })
})
