import type { Call } from '../../network/call.js'
import type { Lookup } from '../../network/lookup.js'

/** A store of objects under keys with slashes: a folder, a bucket. */
export interface ObjectStore {
  /** @param limit most bytes that are read; more is `limit-exceeded` */
  readonly get: (key: string, limit: number, call: Call) => Promise<Lookup<Uint8Array>>
  /** Names directly below a prefix that ends with a slash, sorted; none when there is nothing. */
  readonly names: (prefix: string, most: number, call: Call) => Promise<Lookup<readonly string[]>>
  /** The key as a user would name the place: a path or a URL. */
  readonly where: (key: string) => string
}
