import { type Descriptor, parseManifest } from '../../evidence/oci-manifest.js'
import type { Call } from '../../network/call.js'
import { absent, failed, found, type Lookup } from '../../network/lookup.js'
import type { Digest } from '../../reference/reference.js'
import { type LayerFormat, mayMatter, offersOfLayers, offersOfReferrers, reading } from '../companions.js'
import { type Offer, signatureLimit, type Wanted } from '../store.js'
import { distinct, hasKind, isSaved, isTagged } from './entry.js'
import type { LayoutFolder } from './folder.js'
import { mostProblems, type Unlisted } from './unlisted.js'

/** How signatures and attestations are tagged and called. */
export const signatures = { suffix: 'sig', kind: 'sigs', format: 'simple-signing' } as const
export const attestations = { suffix: 'att', kind: 'atts', format: 'dsse-envelope' } as const
interface Tagged {
  readonly suffix: 'sig' | 'att'
  readonly kind: 'sigs' | 'atts'
  readonly format: LayerFormat
}

interface TagQuestion {
  readonly digest: Digest
  readonly listed: readonly Descriptor[]
  readonly tagPrefix: string
  readonly what: Tagged
}

/** The layers of what is tagged `sha256-<hex>.sig` or `.att`, or is called so by `cosign save`. */
export async function tagOffers(
  layout: LayoutFolder,
  { digest, listed, tagPrefix, what: { suffix, kind, format } }: TagQuestion,
  wanted: Wanted,
  call: Call,
): Promise<Lookup<readonly Offer[]>> {
  const tag = `${tagPrefix}${digest.replace(':', '-')}.${suffix}`
  // As cosign has it: what it saved is about the image that it saved, and no other.
  const saved = listed.filter(isSaved)
  const isOwn = saved.length === 0 || saved.some((image) => image.digest === digest)
  const chosen = distinct(listed.filter((one) => isTagged(one, tag) || (isOwn && hasKind(one, kind))))
  if (chosen.length === 0) return absent(`${layout.name}:${tag}: not in the layout`)
  const offers: Offer[] = []
  for (const entry of chosen) {
    const manifest = await listedManifest(layout, entry, call)
    const where = isTagged(entry, tag) ? `${layout.name}:${tag}` : `${layout.name}@${entry.digest}`
    const layers =
      manifest.kind === 'found'
        ? offersOfLayers(layout, manifest.value, where, format, wanted, call)
        : manifest
    if (layers.kind === 'found') offers.push(...layers.value)
    else offers.push(unread(layers))
    if (offers.length > signatureLimit) return tooMany(layout, digest)
  }
  return found(offers)
}

/** Looks for what nothing lists. */
export type FindUnlisted = (digest: Digest, known: ReadonlySet<string>, call: Call) => Promise<Unlisted>

interface ReferrerQuestion {
  readonly digest: Digest
  readonly listed: readonly Descriptor[]
  readonly find: FindUnlisted
}

/** Whatever is listed, or only there, and says that it is about the image; one offer each. */
export async function referrerOffers(
  layout: LayoutFolder,
  { digest, listed, find }: ReferrerQuestion,
  wanted: Wanted,
  call: Call,
): Promise<readonly Offer[]> {
  const known = new Set<string>([digest])
  const fresh = (entries: readonly Descriptor[]): readonly Descriptor[] => {
    const added = distinct(entries).filter((entry) => !known.has(entry.digest))
    for (const entry of added) known.add(entry.digest)
    return added
  }
  const offers: Offer[] = []
  for (const entry of fresh(listed.filter((one) => isTagged(one, digest.replace(':', '-'))))) {
    const fallback = await listedManifest(layout, entry, call)
    const entries = fallback.kind === 'found' ? (parseManifest(fallback.value)?.manifests ?? []) : []
    if (fallback.kind !== 'found') offers.push(unread(fallback))
    else offers.push(...offersOfReferrers(layout, fresh(entries), wanted, call))
    if (offers.length > signatureLimit) return [unread(tooMany(layout, digest))]
  }
  // What is listed may be anything: most of it other images. What gives no hint is read last.
  const others = fresh(listed)
  const perhaps = offersOfReferrers(layout, others, wanted, call, digest)
  offers.push(
    ...atMost(
      perhaps.map(({ rank, read }, index) => ({ rank: mayMatter(others[index]) ? rank : 3, read })),
      layout,
      digest,
    ),
  )
  if (!listed.some(isSaved)) return offers
  const { about, problems } = await find(digest, known, call)
  offers.push(...offersOfReferrers(layout, about, wanted, call))
  offers.push(...problems.map((problem) => unread({ kind: 'failed', problem })))
  return offers
}

/** Of what turns out to be evidence, as much as an image may have; of what cannot be read, enough to say so. */
function atMost(offers: readonly Offer[], layout: LayoutFolder, digest: Digest): readonly Offer[] {
  let count = 0
  let broken = 0
  return offers.map(({ rank, read }) => ({
    rank,
    read: async () => {
      if (count > signatureLimit) return { evidence: [], problems: [] }
      const { evidence, problems } = await read()
      count += evidence.length
      broken += problems.length
      if (count > signatureLimit) return reading(tooMany(layout, digest))
      return { evidence, problems: broken > mostProblems ? [] : problems }
    },
  }))
}

function tooMany({ name }: LayoutFolder, digest: Digest): Lookup<never> {
  return failed('limit-exceeded', `${name}@${digest}: more than ${signatureLimit} signatures`, 'storage')
}

/** The bytes of a manifest that is listed: then it is there, or the layout is not whole. */
async function listedManifest(
  layout: LayoutFolder,
  { digest }: Descriptor,
  call: Call,
): Promise<Lookup<Uint8Array>> {
  const manifest = await layout.manifest(digest, call)
  if (manifest.kind === 'found') return found(manifest.value.bytes)
  if (manifest.kind === 'failed') return manifest
  return failed('response-invalid', `${layout.name}@${digest}: listed, and not there`, 'storage')
}

/** What could not be read hides no other. */
function unread(problem: Lookup<unknown>): Offer {
  return { rank: 1, read: async () => Promise.resolve(reading(problem)) }
}
