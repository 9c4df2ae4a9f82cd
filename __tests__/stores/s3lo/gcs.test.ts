import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openJournal } from '../../../src/network/journal.js'
import type { Lookup } from '../../../src/network/lookup.js'
import { openGcs } from '../../../src/stores/s3lo/gcs.js'
import type { ObjectStore } from '../../../src/stores/s3lo/objects.js'
import { newCall } from '../../harness/call.js'
import { bodyFaults } from '../../harness/cloud-faults.js'
import type { CloudRequest, CloudServer } from '../../harness/cloud-server.js'
import { gcsHeaders, openGcsServer } from '../../harness/gcs.js'
import type { Fault } from '../../harness/s3.js'
import { manifest } from '../../harness/store.js'

let gcs: CloudServer
beforeEach(async () => {
  gcs = await openGcsServer()
  gcs.put('bucket', { 'a/manifest.json': manifest })
})
afterEach(async () => gcs.stop())

function open(name = 'bucket', host = gcs.url): ObjectStore {
  const cloud = openGcs({ STORAGE_EMULATOR_HOST: host })
  if ('code' in cloud) throw new Error(cloud.message)
  const bucket = cloud.bucket(name)
  if ('code' in bucket) throw new Error(bucket.message)
  return bucket
}
const get = async (key: string, limit = 1000): Promise<Lookup<Uint8Array>> =>
  open().get(key, limit, newCall())
const word = (answer: Lookup<unknown>): string =>
  answer.kind === 'failed' ? answer.problem.code : answer.kind

/** Lists answer with these documents, one after the other; contents are not found. */
function lists(...pages: readonly object[]): Fault {
  let at = 0
  return (request, response) => {
    const list = (request as CloudRequest).kind === 'list'
    response.writeHead(list ? 200 : 404, { 'content-type': list ? 'application/json' : 'text/html' })
    response.end(list ? JSON.stringify(pages[at++] ?? pages.at(-1)) : 'No such object: bucket/key')
  }
}
const page = (items: readonly string[], nextPageToken?: string): object => ({
  kind: 'storage#objects',
  ...(items.length > 0 && { items: items.map((name) => ({ name })) }),
  ...(nextPageToken !== undefined && { nextPageToken }),
})

describe('an object in a bucket', () => {
  it('is its bytes, up to the limit, and named as a user would', async () => {
    const size = Buffer.byteLength(manifest)
    const answer = await get('a/manifest.json', size)
    expect(answer.kind === 'found' && Buffer.from(answer.value).toString()).toBe(manifest)
    expect(word(await get('a/manifest.json', size - 1))).toBe('limit-exceeded')
    expect(open().where('a/b')).toBe('gs://bucket/a/b')
  })

  it('may have any name: nothing in it becomes a path, a query or a fragment', async () => {
    const names = ['a b', 'a?b=c', 'a#b', 'a%2Fb', 'ü/文', 'a+b', 'a//b', '../o/x', './y', 'a/../../z']
    gcs.put('bucket', Object.fromEntries(names.map((name) => [name, name])))
    for (const name of names) {
      const answer = await get(name)
      expect(answer.kind === 'found' ? Buffer.from(answer.value).toString() : answer.kind, name).toBe(name)
    }
  })

  it('goes to a sink as it comes, and is checked there too', async () => {
    const pieces: Uint8Array[] = []
    const stream = async (limit: number): Promise<Lookup<boolean> | undefined> => {
      pieces.length = 0
      return open().stream?.('a/manifest.json', limit, () => (piece) => void pieces.push(piece), newCall())
    }
    expect(await stream(1000)).toEqual({ kind: 'found', value: true })
    expect(Buffer.concat(pieces).toString()).toBe(manifest)
    expect(await stream(10)).toEqual({ kind: 'found', value: false })
    gcs.fault('manifest.json', 'always', bodyFaults(gcsHeaders).flipsBit)
    expect(await stream(1000)).toMatchObject({ kind: 'failed', problem: { code: 'response-invalid' } })
  })

  it('is asked for again after what may pass, and each call and attempt is written down', async () => {
    gcs.fault('manifest.json', 'first', bodyFaults(gcsHeaders).breaksOff)
    const journal = openJournal()
    const answer = await open().get('a/manifest.json', 1000, newCall({ retries: 1, journal }))
    expect(word(answer)).toBe('found')
    expect(journal.calls()).toEqual([{ host: `127.0.0.1:${gcs.port}`, count: 2 }])
    expect(journal.attempts()).toMatchObject([{ call: 'GET gs://bucket/a/manifest.json', attempt: 2 }])
  })

  it('is asked for below the path of the emulator', async () => {
    await open('bucket', `${gcs.url}/below/`).get('a', 10, newCall())
    expect(gcs.requests[0]?.target).toBe('/below/storage/v1/b/bucket/o/a?alt=media')
  })
})

describe('an absence is what the list of the bucket says', () => {
  it.each([
    ['nothing', [page([])], 'absent'],
    ['another name with the same start', [page(['nope2'])], 'absent'],
    ['an empty page, then nothing', [page([], 'next'), page([])], 'absent'],
    ['an empty page, then the object', [page([], 'next'), page(['nope'])], 'response-invalid'],
    ['the object', [page(['nope'])], 'response-invalid'],
    ['empty pages without end', [page([], 'next')], 'response-invalid'],
    ['an item without a name', [{ kind: 'storage#objects', items: [{}] }], 'response-invalid'],
    ['another document', [{}], 'response-invalid'],
  ] as const)('where it is asked and says %s: %s', async (_, pages, expected) => {
    gcs.fault('nope', 'always', lists(...pages))
    const answer = await get('nope')
    expect(word(answer)).toBe(expected)
    expect(gcs.requests.length).toBeLessThan(30)
  })

  it('and it is asked for this very name only', async () => {
    expect(await get('nope')).toEqual({ kind: 'absent', message: 'object not found: gs://bucket/nope' })
    expect(gcs.requests[1]?.query.get('prefix')).toBe('nope')
    expect(gcs.requests[1]?.query.get('maxResults')).toBe('1')
  })
})

describe('names in a bucket', () => {
  it('are those directly below a prefix, from all pages, sorted', async () => {
    gcs.put('bucket', { 'p/b': '', 'p/a': '', 'p/c/d': '', 'q/e': '' })
    expect(await open().names('p/', 10, newCall())).toEqual({ kind: 'found', value: ['a', 'b'] })
    expect(await open().names('p/', 1, newCall())).toEqual({ kind: 'found', value: ['a'] })
    expect(await open().names('none/', 10, newCall())).toEqual({ kind: 'found', value: [] })
    gcs.fault('z/', 'always', lists(page(['z/b'], 'next'), page([], 'next'), page(['z/a'])))
    expect(await open().names('z/', 10, newCall())).toEqual({ kind: 'found', value: ['a', 'b'] })
  })

  it('are unknown where the bucket is not there', async () => {
    expect(word(await open('nowhere').names('p/', 10, newCall()))).toBe('not-found')
  })
})

it.each(['..', '.', 'a', 'A'.repeat(5), 'a/b', 'bücket', '-bucket', 'a'.repeat(223), ''])(
  'no bucket is called %j',
  (name) => {
    const cloud = openGcs({ STORAGE_EMULATOR_HOST: gcs.url })
    expect('bucket' in cloud && cloud.bucket(name)).toMatchObject({ code: 'reference-invalid' })
  },
)
