import type { Call } from '../../network/call.js'
import { failed, found, type Lookup } from '../../network/lookup.js'
import type { OpenSink } from '../../network/sink.js'

/** A store of objects under keys with slashes: a folder, a bucket. */
export interface ObjectStore {
  /** @param limit most bytes that are read; more is `limit-exceeded` */
  readonly get: (key: string, limit: number, call: Call) => Promise<Lookup<Uint8Array>>
  /**
   * Hands at most `limit` bytes of an object to a sink as they come: false where there is more. Without it objects are
   * held in memory, up to `heldLimit`.
   */
  readonly stream?: (key: string, limit: number, open: OpenSink, call: Call) => Promise<Lookup<boolean>>
  /** Names directly below a prefix that ends with a slash, sorted; none when there is nothing. */
  readonly names: (prefix: string, most: number, call: Call) => Promise<Lookup<readonly string[]>>
  /** The key as a user would name the place: a path or a URL. */
  readonly where: (key: string) => string
}

/** Most bytes of an object that is held in memory because its store cannot be read in a stream. */
export const heldLimit = 64 * 1024 * 1024

/** @returns false where there is more than `limit` bytes; the rest is not read */
export async function streamObject(
  objects: ObjectStore,
  key: string,
  limit: number,
  open: OpenSink,
  call: Call,
): Promise<Lookup<boolean>> {
  if (objects.stream) return objects.stream(key, limit, open, call)
  const answer = await objects.get(key, Math.min(limit, heldLimit), call)
  if (answer.kind === 'found') {
    open()(answer.value)
    return found(true)
  }
  if (answer.kind === 'absent' || answer.problem.code !== 'limit-exceeded') return answer
  if (limit <= heldLimit) return found(false)
  return failed(
    'unsupported',
    `${objects.where(key)}: larger than ${heldLimit} bytes, the most that is read there`,
  )
}

/**
 * An empty answer of which the store says nothing: a store that holds an empty object has an ETag or a checksum for it.
 * It would read as a record that somebody emptied, which is a rejection.
 */
export function nothingCame(where: string): Lookup<never> {
  const message = `${where}: expected an object, got an answer with nothing in it, neither an ETag nor a checksum`
  return failed('response-invalid', message, 'storage')
}
