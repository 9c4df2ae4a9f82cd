import { loadTrust } from '../trust/load.js'
import type { TrustResult } from '../verdict/result.js'
import type { TrustDemand } from '../verdict/request.js'
import type { Vouching } from '../verify/keyless.js'
import type { Clock } from './clock.js'

/** What identities and logs are checked with: the trusted root is read once, when it is needed first. */
export interface Voucher {
  readonly load: () => Promise<Vouching>
  /** What was trusted; undefined where it was not needed or could not be read. */
  readonly trusted: () => TrustResult | undefined
}

export function openVoucher(demand: TrustDemand | undefined, clock: Clock): Voucher {
  let once: Promise<Vouching> | undefined
  let trusted: TrustResult | undefined
  const load = async (): Promise<Vouching> => {
    const trust = await loadTrust(demand)
    if (!('code' in trust)) trusted = { name: trust.name, sha256: trust.sha256 }
    return {
      trust,
      now: clock.now(),
      sct: demand?.sct ?? 'require',
      signedTimestamps: demand?.signedTimestamps ?? false,
    }
  }
  return { load: async () => (once ??= load()), trusted: () => trusted }
}
