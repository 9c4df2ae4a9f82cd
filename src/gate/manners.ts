import type { Manner } from '../requirement/manner.js'
import type { Stores } from '../stores/open.js'
import type { LogDemand, TrustDemand } from '../verdict/request.js'
import type { TrustResult } from '../verdict/result.js'
import type { Vouching } from '../verify/keyless.js'
import type { Voucher } from './vouching.js'

/** What is opened for policies that look elsewhere or trust others, each once. */
export interface Manners {
  readonly stores: (manner: Manner) => Stores
  readonly vouching: (manner: Manner) => () => Promise<Vouching>
  /** What was trusted because a policy says so. */
  readonly trusted: () => readonly TrustResult[]
  readonly warnings: () => readonly string[]
}

export function openManners(
  log: LogDemand,
  usual: Stores,
  openStoresAt: (place: Pick<Manner, 'signatureRepository' | 'tagPrefix'>) => Stores,
  openVoucherFor: (trust: TrustDemand, log: LogDemand) => Voucher,
): Manners {
  const stores = new Map<string, Stores>()
  const vouchers = new Map<string, Voucher>()
  return {
    stores: ({ signatureRepository, tagPrefix }) => {
      if (signatureRepository === undefined && tagPrefix === undefined) return usual
      const place = {
        ...(signatureRepository !== undefined && { signatureRepository }),
        ...(tagPrefix !== undefined && { tagPrefix }),
      }
      const id = JSON.stringify(place)
      const opened = stores.get(id) ?? openStoresAt(place)
      stores.set(id, opened)
      return opened
    },
    vouching: ({ trust, log: own = log }) => {
      const id = JSON.stringify([trust, own])
      const voucher =
        vouchers.get(id) ?? openVoucherFor(trust ?? { sct: 'require', signedTimestamps: false }, own)
      vouchers.set(id, voucher)
      return voucher.load
    },
    trusted: () => [...vouchers.values()].flatMap((voucher) => voucher.trusted() ?? []),
    warnings: () => [...vouchers.values()].flatMap((voucher) => voucher.warnings()),
  }
}
