import { shortNameOf } from '../evidence/statement.js'
import type { ImageResult, Signature } from '../verdict/result.js'
import { distinct } from './distinct.js'
import { type Outcome, outcomeOf } from './outcomes.js'

/** Who vouched for an image and how that is known; nothing in it is escaped yet. */
export interface Voucher {
  readonly image: ImageResult
  readonly outcome: Outcome
  readonly signer: string
  /** The id of the key, or who vouches for the identity. */
  readonly signerDetail: string
  readonly kind: string
  /** Proven ones only. */
  readonly times: readonly string[]
  /** A time that nothing proves. */
  readonly claimed?: string
  readonly where: string
}

/** The same signer with the same kind of evidence, over images of one outcome. */
export interface VoucherGroup extends Pick<Voucher, 'outcome' | 'signer' | 'signerDetail' | 'kind'> {
  readonly images: number
  /** The earliest and the latest proven time. */
  readonly times: readonly string[]
  /** Where the evidence of the first of them lies. */
  readonly where: string
}

const formats: Readonly<Record<Signature['format'], string>> = {
  's3lo-record': 's3lo record',
  'simple-signing': 'cosign signature',
  'dsse-envelope': 'DSSE envelope',
  'sigstore-bundle': 'sigstore bundle',
}

/** Signatures and attestations that were verified, each once. */
export function vouchersOf(image: ImageResult): readonly Voucher[] {
  return distinct(image.signatures.filter(({ verified }) => verified)).map((signature) => {
    const { format, attests, keyRef, keyId, identity, times = [], claimed, where } = signature
    return {
      image,
      outcome: outcomeOf(image),
      signer: identity?.subject ?? keyRef,
      signerDetail: identity === undefined ? keyId : `by ${identity.issuer}`,
      kind:
        attests === undefined ? formats[format] : `attestation ${shortNameOf(attests)} (${formats[format]})`,
      // Logs and authorities know seconds.
      times: times.map(
        ({ at, by }) => `${at.replace('.000Z', 'Z')} (${by === 'timestamp' ? by : 'transparency log'})`,
      ),
      ...(claimed.signedAt !== undefined && claimed.signedAt !== '' && { claimed: claimed.signedAt }),
      where,
    }
  })
}

/** Of many images: who vouched for how many. */
export function groupVouchers(images: readonly ImageResult[]): readonly VoucherGroup[] {
  const groups = new Map<
    string,
    VoucherGroup & { readonly of: Set<ImageResult>; readonly all: Set<string> }
  >()
  for (const voucher of images.flatMap(vouchersOf)) {
    const { image, outcome, signer, signerDetail, kind, times, where } = voucher
    const key = JSON.stringify([outcome, signer, signerDetail, kind])
    const group = groups.get(key) ?? {
      ...{ outcome, signer, signerDetail, kind, where, images: 0, times: [] },
      of: new Set<ImageResult>(),
      all: new Set<string>(),
    }
    group.of.add(image)
    for (const time of times) group.all.add(time)
    groups.set(key, group)
  }
  return [...groups.values()]
    .map(({ of, all, ...group }) => {
      const sorted = [...all].sort()
      return { ...group, images: of.size, times: [...new Set([...sorted.slice(0, 1), ...sorted.slice(-1)])] }
    })
    .sort((one, other) => other.images - one.images)
}

/** A time for a cell: what is proven; a claim is called one. */
export function timesText({ times, claimed }: Pick<Voucher, 'times' | 'claimed'>): readonly string[] {
  if (times.length > 0) return times
  return claimed === undefined ? ['none proven'] : [`none proven; it claims ${claimed}`]
}
