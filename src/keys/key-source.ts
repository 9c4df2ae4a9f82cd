import type { Call } from '../network/call.js'
import type { Problem } from '../verdict/finding.js'
import type { NonEmpty } from '../verdict/request.js'
import type { PublicKey } from '../verify/public-key.js'

/** A public key, and which version of a key that rotates it is. */
export interface KeyVersion {
  readonly key: PublicKey
  /** As its service names it; undefined where there is only the one. */
  readonly version?: string
}

export type KeyLoad =
  /** A key that rotates has several: any of them may have signed. */
  | { readonly kind: 'keys'; readonly keys: NonEmpty<KeyVersion> }
  | { readonly kind: 'failed'; readonly problem: Problem }

/** A key reference and what it led to. */
export type LoadedKey = KeyLoad & { readonly reference: string }

/** One kind of key reference. A new one is a new file and a line in `load.ts`. */
export interface KeySource {
  readonly matches: (reference: string) => boolean
  readonly load: (reference: string, call: Call) => Promise<KeyLoad>
}

export function oneKey(key: PublicKey): KeyLoad {
  return { kind: 'keys', keys: [{ key }] }
}

export function keyInvalid(message: string): KeyLoad {
  return { kind: 'failed', problem: { code: 'key-invalid', message } }
}
