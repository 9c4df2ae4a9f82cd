import type { Evidence } from '../evidence/evidence.js'
import type { Descriptor } from '../evidence/oci-manifest.js'
import type { Call } from '../network/call.js'
import type { Lookup } from '../network/lookup.js'
import type { OpenSink } from '../network/sink.js'
import type { Digest } from '../reference/reference.js'
import type { Problem } from '../verdict/finding.js'

/** An image as its reference resolved, once: all else works by the digest. */
export interface Resolved {
  readonly digest: Digest
  /** Its bytes; undefined where only the digest was asked for and was known beforehand. */
  readonly manifest?: Uint8Array
  readonly where: string
}

/** A part of an image, as a signed manifest lists it. */
export interface Part {
  readonly kind: 'manifest' | 'config' | 'layer'
  readonly digest: Digest
}

/** A body that went to a sink, unchecked. */
export interface Streamed {
  /** A path or a URL without credentials. */
  readonly where: string
  /** False: there is more than was to be read. */
  readonly whole: boolean
}

/** Layers that are kept in pieces, as s3lo does: a recipe lists chunks, each one packed by itself. */
export interface ChunkedLayers {
  /** The list for the layer of this digest; it is what s3lo's pull looks for first. */
  readonly recipe: (
    layer: Digest,
    call: Call,
  ) => Promise<Lookup<{ readonly bytes: Uint8Array; readonly where: string }>>
  /** A chunk as it is packed. @param name 64 hex digits: the SHA-256 of what it unpacks to */
  readonly chunk: (name: string, limit: number, open: OpenSink, call: Call) => Promise<Lookup<Streamed>>
}

/** Where images lie. */
export interface ImageStore {
  readonly resolve: (call: Call, need: 'digest' | 'manifest') => Promise<Lookup<Resolved>>
  /** A blob of the image; undefined where the store keeps none that could be read. */
  readonly blob?: (descriptor: Descriptor, limit: number, call: Call) => Promise<Lookup<Uint8Array>>
  /**
   * What is there as a part of the image, unchecked: at most `limit` bytes go to the sink. Absent is what the store
   * itself calls absent. Undefined where parts cannot be read.
   */
  readonly stream?: (part: Part, limit: number, open: OpenSink, call: Call) => Promise<Lookup<Streamed>>
  /** Undefined where all layers are kept whole. */
  readonly chunked?: ChunkedLayers
}

/** What evidence is looked for: made with this key; a signature, or an attestation of this type. */
export interface Wanted {
  readonly keyId: string
  readonly predicateType?: string
  /** Elsewhere it is not looked for. */
  readonly only?: 'tags' | 'referrers'
  /** Envelopes about a build, of cilock or witness: as they are, or within an attestation of any type. */
  readonly builds?: true
}

/** What was read, and what could not be: one failing hides no other. */
export interface Reading {
  readonly evidence: readonly Evidence[]
  readonly problems: readonly Problem[]
}

/** Evidence that is listed and not yet read. */
export interface Offer {
  /** 1: likely what is wanted, 3: hardly. It orders the reading and never decides. */
  readonly rank: 1 | 2 | 3
  readonly read: () => Promise<Reading>
}

/** One place where evidence may lie. Absent: the place itself said that there is none. */
export type Channel = Promise<Lookup<readonly Offer[]>>

/** One look at the evidence of an image: what several signers need is read once. */
export type Look = (wanted: Wanted) => readonly Channel[]

/** Where evidence lies. A source that needs the digest awaits `image`; one that does not starts at once. */
export interface EvidenceSource {
  /** @param isChild the image is a manifest of an index: the digest in the reference is not its own */
  readonly look: (image: Promise<Lookup<Resolved>>, call: Call, isChild?: boolean) => Look
  /** Evidence lies under the id of its key: a look sees that of the key asked for, and no other. */
  readonly byKey: boolean
  /** Attestations of whomever are seen too, whatever `byKey` says of signatures. */
  readonly attestationsByAnyone?: true
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
/** Most bytes of a signature record, a payload or an image's configuration. */
export const recordLimit = 1024 * 1024
/** Most bytes of a recipe of a chunked layer: some 60,000 chunks. */
export const recipeLimit = 8 * 1024 * 1024
/** Most bytes of a bundle or an attestation: they hold whole bills of materials. */
export const bundleLimit = 128 * 1024 * 1024
/** Most signatures of an image that are listed. */
export const signatureLimit = 1000
