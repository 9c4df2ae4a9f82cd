import type { Evidence } from '../../evidence/evidence.js'
import type { Descriptor } from '../../evidence/oci-manifest.js'
import type { Call } from '../../network/call.js'
import { failed, found, type Lookup } from '../../network/lookup.js'
import type { Digest } from '../../reference/reference.js'
import { lookOnce, readAll } from '../companions.js'
import type { Channel, EvidenceSource, Offer, Resolved, Wanted } from '../store.js'
import type { LayoutFolder } from './folder.js'
import { attestations, type FindUnlisted, referrerOffers, signatures, tagOffers } from './offers.js'
import { findUnlisted, type Unlisted } from './unlisted.js'

/** Pieces that are read at the same time when all are listed. */
const batch = 10

/** What lies beside an image in a layout, as a registry would have it, and as `cosign save` writes it. */
export function evidenceIn(layout: LayoutFolder, tagPrefix: string): EvidenceSource {
  const open = (
    image: Promise<Lookup<Resolved>>,
    wanted: Wanted,
    find: FindUnlisted,
    call: Call,
  ): readonly Channel[] => {
    const after = async (
      list: (digest: Digest, listed: readonly Descriptor[]) => Promise<Lookup<readonly Offer[]>>,
    ): Channel => {
      const resolved = await image
      if (resolved.kind !== 'found') return resolved
      const listed = await listedIn(layout)
      return listed.kind === 'found' ? list(resolved.value.digest, listed.value) : listed
    }
    const what = wanted.predicateType === undefined ? signatures : attestations
    const tag = (): Channel =>
      after(async (digest, listed) => tagOffers(layout, { digest, listed, tagPrefix, what }, wanted, call))
    const referrers = (): Channel =>
      after(async (digest, listed) =>
        found(await referrerOffers(layout, { digest, listed, find }, wanted, call)),
      )
    if (wanted.only === 'tags') return [tag()]
    return wanted.only === 'referrers' ? [referrers()] : [tag(), referrers()]
  }

  const list: EvidenceSource['list'] = async (image, most, call) => {
    const resolved = await image
    if (resolved.kind !== 'found') return resolved
    const index = await listedIn(layout)
    if (index.kind !== 'found') return index
    const { digest } = resolved.value
    const wanted: Wanted = { keyId: '' }
    const offers: Offer[] = []
    for (const what of [signatures, attestations]) {
      const tagged = await tagOffers(layout, { digest, listed: index.value, tagPrefix, what }, wanted, call)
      if (tagged.kind === 'found') offers.push(...tagged.value)
    }
    offers.push(
      ...(await referrerOffers(layout, { digest, listed: index.value, find: findIn(layout) }, wanted, call)),
    )
    const all: Evidence[] = []
    for (let at = 0; at < offers.length && all.length < most; at += batch) {
      const { evidence, problems } = await readAll(offers.slice(at, at + batch))
      const [problem] = problems
      if (problem) return { kind: 'failed', problem }
      all.push(...evidence)
    }
    return found(all.slice(0, most))
  }

  return {
    look: (image, call) => {
      const find = findIn(layout)
      return lookOnce((wanted) => open(image, wanted, find, call))
    },
    list,
    byKey: false,
  }
}

/** Looks through the blobs once, for all questions of a look. */
function findIn({ blobs }: LayoutFolder): FindUnlisted {
  let once: Promise<Unlisted> | undefined
  return async (digest, known, call) => (once ??= findUnlisted(blobs, digest, known, call))
}

/** The image was there a moment ago: without its index a layout is not whole, and says of nothing that it is absent. */
async function listedIn(layout: LayoutFolder): Promise<Lookup<readonly Descriptor[]>> {
  const index = await layout.index()
  return index.kind === 'absent' ? failed('response-invalid', index.message, 'storage') : index
}
