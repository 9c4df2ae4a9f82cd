import type { Evidence } from '../evidence/evidence.js'
import type { Call } from '../network/call.js'
import type { Lookup } from '../network/lookup.js'
import type { Digest } from '../reference/reference.js'

/** An image as its reference resolved, once: all else works by the digest. */
export interface Resolved {
  readonly digest: Digest
  readonly manifest: Uint8Array
  readonly where: string
}

/** Where images lie. */
export interface ImageStore {
  readonly resolve: (call: Call) => Promise<Lookup<Resolved>>
}

/** Where evidence lies. A source that needs the digest awaits `image`; one that does not starts at once. */
export interface EvidenceSource {
  /** The evidence that could have been made with the key of this id; absent when there is none. */
  readonly find: (keyId: string, image: Promise<Lookup<Resolved>>, call: Call) => Promise<Lookup<Evidence>>
  /** Evidence of any key, at most so many pieces, for `inspect` and near misses. */
  readonly list: (
    image: Promise<Lookup<Resolved>>,
    most: number,
    call: Call,
  ) => Promise<Lookup<readonly Evidence[]>>
}

/** A reference opened: its image and the evidence beside it. */
export interface Place {
  readonly images: ImageStore
  readonly evidence: EvidenceSource
}

/** Most bytes of a manifest or an index. */
export const manifestLimit = 4 * 1024 * 1024
/** Most bytes of a signature record. */
export const recordLimit = 1024 * 1024
/** Most signatures of an image that are listed. */
export const signatureLimit = 1000
