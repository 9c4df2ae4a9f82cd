import type { Call } from '../network/call.js'
import { loadTrust } from '../trust/load.js'
import type { LogDemand, TrustDemand } from '../verdict/request.js'
import type { TrustResult } from '../verdict/result.js'
import type { Vouching } from '../verify/keyless.js'
import type { Clock } from './clock.js'

/** What identities and logs are checked with: loaded once, when it is needed first. */
export interface Voucher {
  readonly load: () => Promise<Vouching>
  /** What was trusted; undefined where it was not needed or could not be read. */
  readonly trusted: () => TrustResult | undefined
  readonly warnings: () => readonly string[]
}

export function openVoucher(
  demand: TrustDemand | undefined,
  log: LogDemand,
  clock: Clock,
  /** Asked for when trust is needed first: its time begins then, however late in a long run. */
  call: Call | (() => Call),
): Voucher {
  let once: Promise<Vouching> | undefined
  let trusted: TrustResult | undefined
  const warnings: string[] = []
  const sct = demand?.sct ?? 'require'
  const signedTimestamps = demand?.signedTimestamps ?? false
  const load = async (): Promise<Vouching> => {
    const now = clock.now()
    const withLogs =
      log === 'require' || sct === 'require' || signedTimestamps || demand?.maxAgeMs !== undefined
    const loaded = await loadTrust(demand, withLogs, now, typeof call === 'function' ? call() : call)
    const failed = 'code' in loaded
    if (!failed) {
      trusted = loaded.result
      if (loaded.warning !== undefined) warnings.push(loaded.warning)
    }
    const age = demand?.maxAgeMs === undefined ? {} : { maxAgeMs: demand.maxAgeMs }
    return { trust: failed ? loaded : loaded.trust, now, sct, signedTimestamps, ...age }
  }
  return { load: async () => (once ??= load()), trusted: () => trusted, warnings: () => warnings }
}
