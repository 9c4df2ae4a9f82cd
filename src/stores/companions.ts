import type { Evidence } from '../evidence/evidence.js'
import { type Descriptor, parseManifest } from '../evidence/oci-manifest.js'
import { isBundleType } from '../evidence/sigstore-bundle.js'
import { signaturePredicate } from '../evidence/statement.js'
import type { Call } from '../network/call.js'
import { failed, found, type Lookup } from '../network/lookup.js'
import { type Digest, isDigest } from '../reference/reference.js'
import type { Service } from '../verdict/codes.js'
import {
  bundleLimit,
  type Channel,
  type Look,
  type Offer,
  type Reading,
  recordLimit,
  signatureLimit,
  type Wanted,
} from './store.js'

/** The type of an image of signatures that refers to its image by itself (cosign's experiment with OCI 1.1). */
const signatureArtifact = 'application/vnd.dev.cosign.artifact.sig.v1+json'
/** What cosign 3 and GitHub write beside a bundle: a hint what is in it, and no more than that. */
const bundleHint = 'dev.sigstore.bundle.predicateType'
const attestationHint = 'predicateType'

/** What keeps images, and the evidence beside them as images of its own: a repository of a registry, a layout. */
export interface Keeper {
  /** As it stands in references, for messages. */
  readonly name: string
  readonly service: Service
  /** A manifest; by its digest it is held against it. */
  readonly manifest: (reference: string, call: Call) => Promise<Lookup<{ readonly bytes: Uint8Array }>>
  /** A blob that a manifest lists, checked against its digest: never absent. */
  readonly blob: (descriptor: Descriptor, limit: number, call: Call) => Promise<Lookup<Uint8Array>>
}

/** What the layers of a manifest are taken for: signatures (`.sig`) or attestations (`.att`). */
export type LayerFormat = 'simple-signing' | 'dsse-envelope'

/** The layers of a tag `sha256-….sig` or `.att`, one offer each. */
export async function offersOfTag(
  keeper: Keeper,
  tag: string,
  format: LayerFormat,
  wanted: Wanted,
  call: Call,
): Promise<Lookup<readonly Offer[]>> {
  const manifest = await keeper.manifest(tag, call)
  if (manifest.kind !== 'found') return manifest
  return offersOfLayers(keeper, manifest.value.bytes, `${keeper.name}:${tag}`, format, wanted, call)
}

/** The layers of a manifest, one offer each. */
export function offersOfLayers(
  keeper: Keeper,
  manifest: Uint8Array,
  where: string,
  format: LayerFormat,
  wanted: Wanted,
  call: Call,
): Lookup<readonly Offer[]> {
  const layers = parseManifest(manifest)?.layers ?? []
  if (layers.length > signatureLimit) {
    return failed('limit-exceeded', `${where}: more than ${signatureLimit} signatures`, keeper.service)
  }
  const limit = format === 'simple-signing' ? recordLimit : bundleLimit
  return found(
    layers.map((layer, index) => ({
      rank: rankOf(layer.annotations[attestationHint], wanted),
      read: async () => {
        const blob = await keeper.blob(layer, limit, call)
        const { annotations } = layer
        const at = layers.length === 1 ? where : `${where} (layer ${index + 1})`
        return reading(blob, (bytes) => [{ format, where: at, bytes, annotations }])
      },
    })),
  )
}

/**
 * One offer for each descriptor of a listing: the manifest says what it is, whatever the listing claims.
 *
 * @param of given where the listing is none of referrers: only what says of itself that it is about this is evidence
 */
export function offersOfReferrers(
  keeper: Keeper,
  listed: readonly Descriptor[],
  wanted: Wanted,
  call: Call,
  of?: Digest,
): readonly Offer[] {
  return listed.map((descriptor) => ({
    rank: rankOf(descriptor.annotations[bundleHint], wanted, descriptor),
    read: async () => readReferrer(keeper, descriptor, wanted, call, of),
  }))
}

/** The evidence that a referrer holds: a bundle, signatures, or none. */
async function readReferrer(
  keeper: Keeper,
  { digest }: Descriptor,
  wanted: Wanted,
  call: Call,
  of: Digest | undefined,
): Promise<Reading> {
  const where = `${keeper.name}@${digest}`
  if (!isDigest(digest)) return reading(failed('unsupported', `${where}: only sha256 digests are read`))
  const fetched = await keeper.manifest(digest, call)
  if (fetched.kind === 'absent') {
    return reading(failed('response-invalid', `${where}: listed, and not there`, keeper.service))
  }
  if (fetched.kind === 'failed') return reading(fetched)
  const manifest = parseManifest(fetched.value.bytes)
  if (of !== undefined && manifest?.subject?.digest !== of) return reading(fetched)
  const [layer, ...others] = manifest?.layers ?? []
  if (layer && others.length === 0 && isBundleType(layer.mediaType)) {
    const blob = await keeper.blob(layer, bundleLimit, call)
    return reading(blob, (bytes) => [{ format: 'sigstore-bundle', where, bytes }])
  }
  if (wanted.builds && layer && others.length === 0 && isEnvelopeType(layer.mediaType)) {
    const blob = await keeper.blob(layer, bundleLimit, call)
    return reading(blob, (bytes) => [
      { format: 'dsse-envelope', where, bytes, annotations: layer.annotations },
    ])
  }
  if (manifest?.artifactType !== signatureArtifact && manifest?.config?.mediaType !== signatureArtifact) {
    return { evidence: [], problems: [] }
  }
  const offers = offersOfLayers(keeper, fetched.value.bytes, where, 'simple-signing', wanted, call)
  return offers.kind === 'found' ? readAll(offers.value) : reading(offers)
}

/** Several signers ask for the same evidence: it is listed once, and each piece is read once. */
export function lookOnce(open: (wanted: Wanted) => readonly Channel[]): Look {
  const shared = new Map<string, readonly Channel[]>()
  return (wanted) => {
    const key = JSON.stringify([wanted.predicateType, wanted.only, wanted.builds])
    const channels =
      shared.get(key) ?? open(wanted).map(async (channel): Channel => shareReads(await channel))
    shared.set(key, channels)
    return channels
  }
}

function shareReads(offers: Lookup<readonly Offer[]>): Lookup<readonly Offer[]> {
  if (offers.kind !== 'found') return offers
  return found(
    offers.value.map(({ rank, read }) => {
      let once: Promise<Reading> | undefined
      return { rank, read: async () => (once ??= read()) }
    }),
  )
}

/** Reads several at the same time; one that fails hides no other. */
export async function readAll(offers: readonly Offer[]): Promise<Reading> {
  const readings = await Promise.all(offers.map(async ({ read }) => read()))
  return {
    evidence: readings.flatMap(({ evidence }) => evidence),
    problems: readings.flatMap(({ problems }) => problems),
  }
}

export function reading<Value>(
  lookup: Lookup<Value>,
  take: (value: Value) => readonly Evidence[] = () => [],
): Reading {
  if (lookup.kind === 'failed') return { evidence: [], problems: [lookup.problem] }
  return { evidence: lookup.kind === 'found' ? take(lookup.value) : [], problems: [] }
}

/** Likely first: a hint may lie or be missing, so it orders and never decides. */
function rankOf(hint: string | undefined, wanted: Wanted, descriptor?: Descriptor): Offer['rank'] {
  const type = wanted.predicateType ?? signaturePredicate
  if (hint !== undefined) return hint === type || (wanted.builds === true && mayHoldBuild(hint)) ? 1 : 3
  const artifact = descriptor?.artifactType
  const known = artifact === undefined || isBundleType(artifact) || artifact === signatureArtifact
  return known ? 1 : artifact === 'application/vnd.oci.empty.v1+json' ? 1 : 2
}

/** Whether a listing gives any hint that this is evidence. */
export function mayMatter(descriptor: Descriptor | undefined): boolean {
  return descriptor?.artifactType !== undefined || descriptor?.annotations[bundleHint] !== undefined
}

/** Layers of envelopes that were attached without a bundle around them. */
function isEnvelopeType(mediaType: string): boolean {
  return /^application\/(vnd\.dsse\.envelope\b|vnd\.in-toto\+json$|vnd\.in-toto\.dsse\b)/.test(mediaType)
}

/** Types that `cosign attest` is given for an envelope of cilock or witness (no type is fixed for it). */
function mayHoldBuild(predicateType: string): boolean {
  return /^https:\/\/(aflock\.ai|witness\.[a-z.]+|cosign\.sigstore\.dev\/attestation)\//.test(predicateType)
}
