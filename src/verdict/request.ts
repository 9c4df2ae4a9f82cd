/** A list with at least one item: a Request without an image or a signer does not type-check. */
export type NonEmpty<Item> = readonly [Item, ...Item[]]

/** A keyless signer: what its certificate must say. At least a subject and an issuer are demanded, each in some form. */
export interface IdentityDemand {
  readonly subject?: string
  /** RE2, not anchored. */
  readonly subjectRegexp?: string
  readonly issuer?: string
  readonly issuerRegexp?: string
  readonly github?: {
    readonly trigger?: string
    readonly sha?: string
    readonly name?: string
    readonly repository?: string
    readonly ref?: string
  }
}

/** How many of the signers must have signed. */
export type Threshold = 'all' | 'any' | number

/** Who must have signed. `keys` are key references or inline PEM, as given. */
export type Signers = { readonly require: Threshold } & (
  | { readonly keys: NonEmpty<string>; readonly identities?: readonly IdentityDemand[] }
  | { readonly keys: readonly []; readonly identities: NonEmpty<IdentityDemand> }
)

/** What the signers must have made; the usual is a signature. */
export interface Demand {
  /** Annotations that a signature must carry. */
  readonly annotations?: Readonly<Record<string, string>>
  /** Predicate types that must be attested instead of a signature. */
  readonly attestationTypes?: readonly string[]
  /** A signature too, beside the attestations. */
  readonly requireSignature?: boolean
}

/** With what and how strictly identities, logs and times are checked. */
export interface TrustDemand {
  /** File with a trusted root. */
  readonly root?: string
  /** Files with certificates in PEM: authorities instead of those of the trusted root. */
  readonly caRoots?: string
  readonly caIntermediates?: string
  /** The embedded root of the public instance; no call but to the image's own store. */
  readonly offline?: boolean
  /** Whether a log of certificates must know the certificate. */
  readonly sct: 'require' | 'ignore'
  /** Whether a timestamp by an authority is demanded. */
  readonly signedTimestamps: boolean
}

/** Whether an entry in a transparency log is demanded of evidence in cosign's formats. */
export type LogDemand = 'require' | 'ignore'

/** Which manifests of an index must be signed: itself, itself and every platform, or those that are named. */
export type Platforms = 'index' | 'all' | readonly string[]

/** Hosts that something is allowed for: all registries that are named as references, or a list. */
export type Hosts = 'none' | 'all' | readonly string[]

/** How registries are spoken with. */
export interface RegistryAccess {
  /** For the one registry that all references share. */
  readonly login?: { readonly username: string; readonly password: string }
  /** File with certificate authorities in PEM. */
  readonly cacert?: string
  readonly allowHttp: Hosts
  readonly allowInsecure: Hosts
  /** `registry/repository` where signatures lie instead of beside the image. */
  readonly signatureRepository?: string
  /** What stands before the tags of signatures and attestations. */
  readonly tagPrefix: string
}

/** How patient a run is; milliseconds and counts. */
export interface Patience {
  /** Time that evidence may take to appear after the image was found. */
  readonly waitMs: number
  /** Time for an image beyond `waitMs`. */
  readonly timeoutMs: number
  /** Further attempts after a failure that may pass. */
  readonly retries: number
  /** Images judged at the same time. */
  readonly concurrency: number
}

/** What the gate is asked: the same for both faces, complete, with nothing left to read from the outside. */
export interface Request {
  readonly images: NonEmpty<string>
  readonly signers: Signers
  /** The digest that the (one) image must have beside everything else. */
  readonly expectedDigest?: string
  /** URL of an S3-compatible service. */
  readonly endpoint?: string
  /** Undefined: a signature. */
  readonly demand?: Demand
  /** Undefined: an entry is demanded, as in cosign. */
  readonly log?: LogDemand
  /** How identities and logs are checked. */
  readonly trust?: TrustDemand
  /** Undefined: the index itself. */
  readonly platforms?: Platforms
  /** All evidence is read even when the first piece settles it, for reports that list it. */
  readonly thorough?: boolean
  /** Undefined: docker's configuration, https. */
  readonly registry?: RegistryAccess
  readonly patience: Patience
}
