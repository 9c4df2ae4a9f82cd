import type { Call } from '../network/call.js'
import type { Problem } from '../verdict/finding.js'
import type { PublicKey } from '../verify/public-key.js'

/** A key reference and what it led to. */
export type LoadedKey =
  | { readonly kind: 'key'; readonly reference: string; readonly key: PublicKey }
  | { readonly kind: 'failed'; readonly reference: string; readonly problem: Problem }

export type KeyLoad =
  { readonly kind: 'key'; readonly key: PublicKey } | { readonly kind: 'failed'; readonly problem: Problem }

/** One kind of key reference. A new one is a new file and a line in `load.ts`. */
export interface KeySource {
  readonly matches: (reference: string) => boolean
  readonly load: (reference: string, call: Call) => Promise<KeyLoad>
}

export function keyInvalid(message: string): KeyLoad {
  return { kind: 'failed', problem: { code: 'key-invalid', message } }
}
