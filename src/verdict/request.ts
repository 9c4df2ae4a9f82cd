/** A list with at least one item: a Request without an image or a signer does not type-check. */
export type NonEmpty<Item> = readonly [Item, ...Item[]]

/** How many of the signers must have signed. */
export type Threshold = 'all' | 'any' | number

/** Who must have signed. `keys` are key references or inline PEM, as given. */
export interface Signers {
  readonly keys: NonEmpty<string>
  readonly require: Threshold
}

/** What the signers must have made; the usual is a signature. */
export interface Demand {
  /** Annotations that a signature must carry. */
  readonly annotations?: Readonly<Record<string, string>>
  /** Predicate types that must be attested instead of a signature. */
  readonly attestationTypes?: readonly string[]
  /** A signature too, beside the attestations. */
  readonly requireSignature?: boolean
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
  /** Undefined: the index itself. */
  readonly platforms?: Platforms
  /** All evidence is read even when the first piece settles it, for reports that list it. */
  readonly thorough?: boolean
  /** Undefined: docker's configuration, https. */
  readonly registry?: RegistryAccess
  readonly patience: Patience
}
