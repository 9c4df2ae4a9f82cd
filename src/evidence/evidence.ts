import type { Location } from './s3lo-record.js'

/** The bytes of an s3lo signature record and where they were found; nothing in them is believed yet. */
export interface S3loEvidence {
  readonly format: 's3lo-record'
  readonly where: string
  /** The key id in the record's name. */
  readonly keyId: string
  /** The place that the signature has to be bound to: that of the image asked for. */
  readonly location: Location
  readonly bytes: Uint8Array
}

/** One layer of an image of signatures, as cosign 1 and 2 write them: a payload, and the signature as an annotation. */
export interface SimpleSigningEvidence {
  readonly format: 'simple-signing'
  readonly where: string
  readonly bytes: Uint8Array
  readonly annotations: Readonly<Record<string, string>>
}

/** One layer of an image of attestations, as cosign 1 and 2 write them: a DSSE envelope. */
export interface EnvelopeEvidence {
  readonly format: 'dsse-envelope'
  readonly where: string
  readonly bytes: Uint8Array
  readonly annotations: Readonly<Record<string, string>>
}

/** A sigstore bundle, as cosign 3 and GitHub write them. */
export interface BundleEvidence {
  readonly format: 'sigstore-bundle'
  readonly where: string
  readonly bytes: Uint8Array
}

/** Evidence in the formats of cosign: found beside an image in a registry. */
export type CosignEvidence = SimpleSigningEvidence | EnvelopeEvidence | BundleEvidence

/** Something found beside an image that may vouch for it. A new format is one more member. */
export type Evidence = S3loEvidence | CosignEvidence
