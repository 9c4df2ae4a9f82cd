import type { Call } from '../../src/network/call.js'
import { absent, found, type Lookup } from '../../src/network/lookup.js'
import { openPlace } from '../../src/stores/s3lo/place.js'
import type { ObjectStore } from '../../src/stores/s3lo/objects.js'
import type { ImageStore } from '../../src/stores/store.js'

export interface HeldStore {
  readonly images: ImageStore
  /** The keys of all reads, in order. */
  readonly reads: readonly string[]
  /** The most reads that there were at the same time. */
  readonly most: () => number
}

export interface HeldOptions {
  /** Answers a read instead of the objects. */
  readonly instead?: (key: string, call: Call) => Lookup<never> | undefined
  /** How long a read takes, in turns of the event loop. */
  readonly slowness?: (key: string) => number
  /** The store has no way to read in a stream. */
  readonly whole?: boolean
}

/** Objects in memory as a store in s3lo's layout; they come in pieces of a few bytes. */
export function heldStore(
  files: ReadonlyMap<string, Buffer>,
  { instead = () => undefined, slowness = () => 1, whole = false }: HeldOptions = {},
): HeldStore {
  const reads: string[] = []
  let now = 0
  let most = 0
  const take = async (key: string, call: Call): Promise<Lookup<Buffer>> => {
    reads.push(key)
    most = Math.max(most, ++now)
    for (let turn = slowness(key); turn > 0; turn--) await new Promise((resolve) => setImmediate(resolve))
    now--
    const refused = instead(key, call)
    if (refused) return refused
    const bytes = files.get(key)
    return bytes ? found(bytes) : absent(`object not found: memory:${key}`)
  }
  const objects: ObjectStore = {
    where: (key) => `memory:${key}`,
    names: async () => Promise.reject(new Error('nobody asks for this')),
    get: async (key, limit, call) => {
      const bytes = await take(key, call)
      if (bytes.kind !== 'found' || bytes.value.length <= limit) return bytes
      return { kind: 'failed', problem: { code: 'limit-exceeded', message: `memory:${key}: too large` } }
    },
    ...(!whole && {
      stream: async (key, limit, open, call) => {
        const bytes = await take(key, call)
        if (bytes.kind !== 'found') return bytes
        // What an attempt leaves behind that failed does not count.
        open()(Buffer.from('an attempt that broke off'))
        const sink = open()
        const buffer = Buffer.alloc(7)
        for (let at = 0; at < Math.min(limit, bytes.value.length); at += buffer.length) {
          const size = bytes.value.copy(buffer, 0, at, Math.min(at + buffer.length, limit))
          sink(buffer.subarray(0, size))
        }
        return found(bytes.value.length <= limit)
      },
    }),
  }
  const reference = {
    kind: 's3lo',
    scheme: 's3',
    bucket: 'bucket',
    image: 'app',
    tag: 'v1',
    text: 's3://bucket/app:v1',
  }
  return { images: openPlace(reference as never, objects).images, reads, most: () => most }
}
