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

/** Something found beside an image that may vouch for it. A new format is one more member. */
export type Evidence = S3loEvidence
