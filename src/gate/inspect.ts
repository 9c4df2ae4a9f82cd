import { keyName } from '../keys/inline.js'
import { openJournal } from '../network/journal.js'
import { parseReference } from '../reference/parse.js'
import type { Digest } from '../reference/reference.js'
import { openStores } from '../stores/open.js'
import { signatureLimit } from '../stores/store.js'
import type { Problem } from '../verdict/finding.js'
import type { IdentityDemand, LogDemand, Patience, RegistryAccess, TrustDemand } from '../verdict/request.js'
import { systemClock } from './clock.js'
import { type FoundSignature, type GivenKey, inspectCosign, inspectRecord } from './inspected-signature.js'
import { openKeyring, versionName } from './keyring.js'
import { whyOf } from './stop.js'
import { openVoucher } from './vouching.js'

export interface InspectRequest {
  readonly image: string
  /** Keys to check the found signatures with; none is fine. */
  readonly keys: readonly string[]
  /** Keyless signers to check the found signatures with; none is fine. */
  readonly identities?: readonly IdentityDemand[]
  readonly trust?: TrustDemand
  /** Undefined: of keyless signatures an entry is demanded. */
  readonly log?: LogDemand
  readonly endpoint?: string
  readonly registry?: RegistryAccess
  readonly patience: Patience
  /** Ends the inspection early, which then is `failed`. */
  readonly stop?: AbortSignal
}

export type Inspection =
  | {
      readonly kind: 'found'
      readonly reference: string
      readonly digest: Digest
      readonly manifest: Uint8Array
      readonly signatures: readonly FoundSignature[]
    }
  | { readonly kind: 'failed'; readonly problem: Problem }

/** Lists every signature beside an image, and checks those whose key or identity was given. */
export async function inspectImage(request: InspectRequest): Promise<Inspection> {
  const { stop } = request
  const found = await inspectUntil(request, stop)
  // What was found when it was stopped may not be all.
  return stop?.aborted === true
    ? { kind: 'failed', problem: { code: 'internal-error', message: whyOf('inspection', stop) } }
    : found
}

async function inspectUntil(request: InspectRequest, stop: AbortSignal | undefined): Promise<Inspection> {
  const failed = (problem: Problem): Inspection => ({ kind: 'failed', problem })
  const reference = parseReference(request.image)
  if (reference.kind === 'unreadable') {
    return failed({
      code: 'reference-invalid',
      message: `invalid reference "${request.image}": ${reference.reason}`,
    })
  }
  const { endpoint, registry } = request
  const stores = openStores({ ...(endpoint !== undefined && { endpoint }), ...(registry && { registry }) })
  const place = await stores(reference)
  if ('code' in place) return failed(place)

  const { patience } = request
  const call = {
    signal: AbortSignal.any([AbortSignal.timeout(patience.timeoutMs), ...(stop ? [stop] : [])]),
    retries: patience.retries,
    journal: openJournal(),
  }
  const keyring = openKeyring(request.keys, call)
  const image = place.images.resolve(call, 'manifest')
  const [resolved, listed, ...loaded] = await Promise.all([
    image,
    place.evidence.list(image, signatureLimit, call),
    ...request.keys.map(keyring.load),
  ])
  if (resolved.kind === 'failed') return failed(resolved.problem)
  if (resolved.kind === 'absent')
    return failed({
      code: 'not-found',
      service: reference.kind === 'registry' ? 'registry' : 'storage',
      message: resolved.message,
    })
  if (listed.kind === 'failed') return failed(listed.problem)
  const keys: GivenKey[] = []
  for (const one of loaded) {
    if (one.kind === 'failed') return failed(one.problem)
    for (const { key, version } of one.keys)
      keys.push({ reference: versionName(keyName(one.reference), version), key })
  }

  const { digest, manifest = new Uint8Array() } = resolved.value
  const { identities = [], log = 'require', trust } = request
  const given = { digest, keys, identities, log, vouching: openVoucher(trust, log, systemClock, call).load }
  const signatures: FoundSignature[] = []
  for (const evidence of listed.kind === 'found' ? listed.value : []) {
    signatures.push(
      evidence.format === 's3lo-record'
        ? await inspectRecord(evidence, given)
        : await inspectCosign(evidence, given),
    )
  }
  return { kind: 'found', reference: request.image, digest, manifest, signatures }
}
