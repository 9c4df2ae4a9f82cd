import type { Location } from '../../../src/evidence/s3lo-record.js'
import type { IdentityDemand } from '../../../src/verdict/request.js'

/** The files and texts that an attacker may change, by what they are. All of them are text. */
export type Parts = Readonly<Record<string, string>>

interface Common {
  readonly name: string
  readonly parts: Parts
}

/** Of cosign's formats, and of bundles about files. */
interface Signed extends Common {
  /** Of the image or the file, `sha256:` and 64 hex digits. */
  readonly digest: string
  /** PEM; undefined: an identity is asked for. */
  readonly key?: string
  readonly identity?: IdentityDemand
  /** The text of a trusted root; undefined: none is needed. */
  readonly root?: string
  readonly log: 'require' | 'ignore'
  readonly sct?: 'ignore'
  /** A timestamp by an authority is demanded. */
  readonly stamped?: true
}

/** Evidence that is accepted, with the question that it answers. */
export type EvidenceCase =
  | (Signed & {
      readonly kind: 'simple-signing' | 'dsse-envelope' | 'sigstore-bundle'
      /** The predicate type of an attestation; undefined: a signature is asked for. */
      readonly type?: string
      readonly annotations?: Readonly<Record<string, string>>
    })
  | (Signed & {
      readonly kind: 'artifact-bundle'
      /** The file, where it is asked about by its bytes. */
      readonly artifact?: string
    })
  | (Common & {
      readonly kind: 's3lo-record'
      readonly digest: string
      readonly key: string
      readonly location: Location
    })
  | (Common & {
      /** `policy`, and every other part an envelope. */
      readonly kind: 'build-policy'
      readonly profile: 'cilock' | 'witness'
      readonly key: string
      readonly subjects: readonly string[]
    })

export type Kind = EvidenceCase['kind']

/** What evidence proves: compared as text. */
export interface Proof {
  readonly content: string
  readonly signer: string
  /** In the order of time. */
  readonly times: readonly string[]
}
