import { type Answer, ask, type Call } from '../../network/call.js'
import type { Question, Reply } from '../../network/exchange.js'
import { failed, found } from '../../network/lookup.js'
import type { OpenSink } from '../../network/sink.js'
import { type Checksums, openSumming, type Summing } from './checksum.js'
import { nothingCame, type ObjectStore } from './objects.js'

/** How one bucket of a cloud is spoken to over HTTP. */
export interface CloudBucket {
  /** The key as a user would name the place. */
  readonly where: (key: string) => string
  /** Asks for an object, signed in; found is any answer that is whole. */
  readonly request: (key: string, how: Pick<Question, 'limit' | 'into'>, call: Call) => Promise<Answer<Reply>>
  /** What an answer other than 200 means: absent only where the store itself said so of this very object. */
  readonly refuse: (reply: Reply, key: string, call: Call) => Promise<Answer<never>>
  /** What the store says of the bytes that it holds, where they are the ones that it sent. */
  readonly stored: (reply: Reply) => Partial<Checksums>
  readonly names: (prefix: string, most: number, call: Call) => Promise<Answer<readonly string[]>>
}

/** Objects of a bucket that is read with plain GET requests: bounded, checked, and asked for again where that can help. */
export function openCloudObjects(bucket: CloudBucket): ObjectStore {
  const { where } = bucket
  const get = async (key: string, limit: number, call: Call): Promise<Answer<Uint8Array>> => {
    const summing = openSumming()
    const answer = await bucket.request(key, { limit }, call)
    if (answer.kind !== 'found') return answer
    if (answer.value.status !== 200) return bucket.refuse(answer.value, key, call)
    summing.add(answer.value.body)
    return spoiled(answer.value, summing, bucket, where(key)) ?? found(answer.value.body)
  }

  const stream = async (key: string, limit: number, open: OpenSink, call: Call): Promise<Answer<boolean>> => {
    let summing = openSumming()
    const into: OpenSink = () => {
      const sink = open()
      summing = openSumming()
      return (bytes) => {
        summing.add(bytes)
        sink(bytes)
      }
    }
    const answer = await bucket.request(key, { limit, into }, call)
    if (answer.kind !== 'found') return answer
    if (answer.value.status !== 200) return bucket.refuse(answer.value, key, call)
    if (answer.value.cut) return found(false)
    return spoiled(answer.value, summing, bucket, where(key)) ?? found(true)
  }

  return {
    where,
    get: (key, limit, call) => ask(`GET ${where(key)}`, 'storage', call, () => get(key, limit, call)),
    stream: (key, limit, open, call) =>
      ask(`GET ${where(key)}`, 'storage', call, () => stream(key, limit, open, call)),
    names: (prefix, most, call) =>
      ask(`LIST ${where(prefix)}`, 'storage', call, () => bucket.names(prefix, most, call)),
  }
}

/** Why these are not the bytes that the store holds. */
function spoiled(
  reply: Reply,
  summing: Summing,
  { stored }: CloudBucket,
  where: string,
): Answer<never> | undefined {
  const type = reply.headers['content-type'] ?? ''
  if (/^text\/html\b/i.test(type)) {
    return failed('response-invalid', `${where}: expected an object, got a page of type ${type}`, 'storage')
  }
  const said = stored(reply)
  const got = summing.sums()
  const isVouched = reply.headers.etag !== undefined || Object.keys(said).length > 0
  if (summing.size() === 0 && !isVouched) return nothingCame(where)
  for (const name of ['crc32c', 'md5'] as const) {
    const [expected, sum] = [said[name], got[name]]
    if (expected === undefined || sum === undefined || expected === sum) continue
    const message = `${where}: checksum ${name}: expected ${expected}, got ${sum}`
    return failed('response-invalid', message, 'storage')
  }
  return undefined
}
