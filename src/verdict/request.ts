/** A list with at least one item: a Request without an image or a signer does not type-check. */
export type NonEmpty<Item> = readonly [Item, ...Item[]]

/** How many of the signers must have signed. */
export type Threshold = 'all' | 'any' | number

/** Who must have signed. `keys` are key references or inline PEM, as given. */
export interface Signers {
  readonly keys: NonEmpty<string>
  readonly require: Threshold
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
  readonly patience: Patience
}
