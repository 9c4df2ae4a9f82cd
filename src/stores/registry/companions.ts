import type { Evidence } from '../../evidence/evidence.js'
import { type Descriptor, parseManifest } from '../../evidence/oci-manifest.js'
import { isBundleType } from '../../evidence/sigstore-bundle.js'
import { signaturePredicate } from '../../evidence/statement.js'
import type { Call } from '../../network/call.js'
import { failed, found, type Lookup } from '../../network/lookup.js'
import { isDigest } from '../../reference/reference.js'
import { bundleLimit, type Offer, type Reading, recordLimit, signatureLimit, type Wanted } from '../store.js'
import type { Repository } from './client.js'

/** The type of an image of signatures that refers to its image by itself (cosign's experiment with OCI 1.1). */
const signatureArtifact = 'application/vnd.dev.cosign.artifact.sig.v1+json'
/** What cosign 3 and GitHub write beside a bundle: a hint what is in it, and no more than that. */
const bundleHint = 'dev.sigstore.bundle.predicateType'
const attestationHint = 'predicateType'

/** The layers of a tag `sha256-….sig` or `.att`, one offer each. */
export async function offersOfTag(
  repository: Repository,
  tag: string,
  format: 'simple-signing' | 'dsse-envelope',
  wanted: Wanted,
  call: Call,
): Promise<Lookup<readonly Offer[]>> {
  const manifest = await repository.manifest(tag, call)
  if (manifest.kind !== 'found') return manifest
  return layersOf(repository, manifest.value.bytes, `${repository.name}:${tag}`, format, wanted, call)
}

function layersOf(
  repository: Repository,
  manifest: Uint8Array,
  where: string,
  format: 'simple-signing' | 'dsse-envelope',
  wanted: Wanted,
  call: Call,
): Lookup<readonly Offer[]> {
  const layers = parseManifest(manifest)?.layers ?? []
  if (layers.length > signatureLimit) {
    return failed('limit-exceeded', `${where}: more than ${signatureLimit} signatures`, 'registry')
  }
  const limit = format === 'simple-signing' ? recordLimit : bundleLimit
  return found(
    layers.map((layer, index) => ({
      rank: rankOf(layer.annotations[attestationHint], wanted),
      read: async () => {
        const blob = await repository.blob(layer, limit, call)
        const { annotations } = layer
        const at = layers.length === 1 ? where : `${where} (layer ${index + 1})`
        return reading(blob, (bytes) => [{ format, where: at, bytes, annotations }])
      },
    })),
  )
}

/** One offer for each descriptor of a listing: the manifest says what it is, whatever the listing claims. */
export function offersOfReferrers(
  repository: Repository,
  listed: readonly Descriptor[],
  wanted: Wanted,
  call: Call,
): readonly Offer[] {
  return listed.map((descriptor) => ({
    rank: rankOf(descriptor.annotations[bundleHint], wanted, descriptor),
    read: async () => readReferrer(repository, descriptor, wanted, call),
  }))
}

/** The evidence that a referrer holds: a bundle, signatures, or none. */
async function readReferrer(
  repository: Repository,
  { digest }: Descriptor,
  wanted: Wanted,
  call: Call,
): Promise<Reading> {
  const where = `${repository.name}@${digest}`
  if (!isDigest(digest)) return reading(failed('unsupported', `${where}: only sha256 digests are read`))
  const fetched = await repository.manifest(digest, call)
  if (fetched.kind === 'absent') {
    return reading(failed('response-invalid', `${where}: listed, and not there`, 'registry'))
  }
  if (fetched.kind === 'failed') return reading(fetched)
  const manifest = parseManifest(fetched.value.bytes)
  const [layer, ...others] = manifest?.layers ?? []
  if (layer && others.length === 0 && isBundleType(layer.mediaType)) {
    const blob = await repository.blob(layer, bundleLimit, call)
    return reading(blob, (bytes) => [{ format: 'sigstore-bundle', where, bytes }])
  }
  if (wanted.builds && layer && others.length === 0 && isEnvelopeType(layer.mediaType)) {
    const blob = await repository.blob(layer, bundleLimit, call)
    return reading(blob, (bytes) => [
      { format: 'dsse-envelope', where, bytes, annotations: layer.annotations },
    ])
  }
  if (manifest?.artifactType !== signatureArtifact && manifest?.config?.mediaType !== signatureArtifact) {
    return { evidence: [], problems: [] }
  }
  const offers = layersOf(repository, fetched.value.bytes, where, 'simple-signing', wanted, call)
  return offers.kind === 'found' ? readAll(offers.value) : reading(offers)
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

/** Layers of envelopes that were attached without a bundle around them. */
function isEnvelopeType(mediaType: string): boolean {
  return /^application\/(vnd\.dsse\.envelope\b|vnd\.in-toto\+json$|vnd\.in-toto\.dsse\b)/.test(mediaType)
}

/** Types that `cosign attest` is given for an envelope of cilock or witness (no type is fixed for it). */
function mayHoldBuild(predicateType: string): boolean {
  return /^https:\/\/(aflock\.ai|witness\.[a-z.]+|cosign\.sigstore\.dev\/attestation)\//.test(predicateType)
}
