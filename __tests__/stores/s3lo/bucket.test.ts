import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openJournal } from '../../../src/network/journal.js'
import type { Lookup } from '../../../src/network/lookup.js'
import { openS3 } from '../../../src/stores/s3lo/bucket.js'
import { newCall } from '../../harness/call.js'
import { breaksOff, elsewhere, livesIn, says } from '../../harness/s3-faults.js'
import { openS3Server, type S3Server } from '../../harness/s3.js'
import { manifest } from '../../harness/store.js'

let s3: S3Server
beforeEach(async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'someone')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'something secret')
  vi.stubEnv('AWS_REGION', '')
  vi.stubEnv('AWS_DEFAULT_REGION', '')
  s3 = await openS3Server()
  s3.put('bucket', { 'a/manifest.json': manifest })
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await s3.stop()
})

async function get(key: string, limit = 1000, call = newCall()): Promise<Lookup<Uint8Array>> {
  return openS3(s3.url).bucket('bucket').get(key, limit, call)
}
const word = (answer: Lookup<unknown>): string =>
  answer.kind === 'failed' ? answer.problem.code : answer.kind

describe('an object in a bucket', () => {
  it('is its bytes, and named as a user would', async () => {
    const answer = await get('a/manifest.json')
    expect(answer.kind === 'found' && Buffer.from(answer.value).toString()).toBe(manifest)
    expect(openS3(s3.url).bucket('bucket').where('a/b')).toBe('s3://bucket/a/b')
    expect(s3.requests.map(({ method, bucket, key }) => `${method} ${bucket} ${key}`)).toEqual([
      'GET bucket a/manifest.json',
    ])
  })

  it('is read up to the limit', async () => {
    expect(word(await get('a/manifest.json', Buffer.byteLength(manifest)))).toBe('found')
    expect(word(await get('a/manifest.json', Buffer.byteLength(manifest) - 1))).toBe('limit-exceeded')
  })

  it('is absent where the service says so itself', async () => {
    expect(await get('nope')).toEqual({ kind: 'absent', message: 'object not found: s3://bucket/nope' })
  })

  it('may have any name: nothing in it becomes a query or a fragment', async () => {
    const names = ['a b', 'a?b=c', 'a#b', 'a%2Fb', 'ü/文', 'a+b', 'a//b']
    s3.put('bucket', Object.fromEntries(names.map((name) => [name, name])))
    for (const name of names) {
      const answer = await get(name)
      expect(answer.kind === 'found' ? Buffer.from(answer.value).toString() : answer.kind, name).toBe(name)
    }
  })

  it('is asked for again after what may pass, and each call and attempt is written down', async () => {
    s3.fault('manifest.json', 'first', breaksOff)
    const journal = openJournal()
    expect(word(await get('a/manifest.json', 1000, newCall({ retries: 1, journal })))).toBe('found')
    expect(journal.calls()).toEqual([{ host: `127.0.0.1:${s3.port}`, count: 2 }])
    expect(journal.attempts()).toMatchObject([{ call: 'GET s3://bucket/a/manifest.json', attempt: 2 }])
  })

  it('is out of time when its time is over', async () => {
    expect(word(await get('a/manifest.json', 1000, newCall({ signal: AbortSignal.abort() })))).toBe('timeout')
    expect(s3.requests).toEqual([])
  })
})

describe('a bucket of another region', () => {
  it('says so once: what follows is asked there at once', async () => {
    s3.fault(
      '.json',
      'always',
      livesIn('eu-west-3', elsewhere(301, 'PermanentRedirect', 'eu-west-3', 'header')),
    )
    const bucket = openS3(s3.url).bucket('bucket')
    expect(word(await bucket.get('a/manifest.json', 1000, newCall()))).toBe('found')
    expect(word(await bucket.get('a/manifest.json', 1000, newCall()))).toBe('found')
    expect(s3.requests.map(({ region }) => region)).toEqual(['us-east-1', 'eu-west-3', 'eu-west-3'])
  })

  it('that sends on and on is not followed further than once', async () => {
    s3.fault('.json', 'always', (request, response, usual) => {
      const next = `eu-west-${request.attempt}`
      elsewhere(301, 'PermanentRedirect', next, 'header')(request, response, usual)
    })
    expect(word(await get('a/manifest.json'))).toBe('response-invalid')
    expect(s3.requests.length).toBeLessThanOrEqual(2)
  })
})

describe('names in a bucket', () => {
  const names = async (prefix: string, most: number): Promise<unknown> => {
    const answer = await openS3(s3.url).bucket('bucket').names(prefix, most, newCall())
    return answer.kind === 'found' ? answer.value : word(answer)
  }

  it('are those directly below a prefix, sorted, at most so many', async () => {
    s3.put('bucket', { 'sig/b': '', 'sig/a': '', 'sig/c/d': '', signature: '', other: '' })
    expect(await names('sig/', 10)).toEqual(['a', 'b'])
    expect(await names('sig/', 1)).toEqual(['a'])
  })

  it('are none where there is nothing, and unknown where they may not be listed', async () => {
    expect(await names('sig/', 10)).toEqual([])
    s3.fault('', 'always', says(403, 'AccessDenied', 'no'))
    expect(await names('sig/', 10)).toBe('denied')
  })
})

describe('a service that wants fewer requests', () => {
  it('gets none of any image until its pause is over', async () => {
    s3.fault('manifest.json', 'first', says(429, 'TooManyRequests', 'slow', { 'retry-after': '1' }))
    s3.put('bucket', { other: manifest })
    const open = openS3(s3.url)
    const from = performance.now()
    const first = open.bucket('bucket').get('a/manifest.json', 1000, newCall({ retries: 1 }))
    await vi.waitFor(() => expect(s3.requests.length).toBe(1))
    await new Promise((resolve) => setTimeout(resolve, 200))
    const other = await open.bucket('bucket').get('other', 1000, newCall({ retries: 0 }))
    expect(word(other)).toBe('found')
    expect(performance.now() - from).toBeGreaterThan(950)
    expect(word(await first)).toBe('found')
    expect(s3.requests).toHaveLength(3)
  })

  it('is not asked again where it wants more patience than there is', async () => {
    s3.fault('manifest.json', 'always', says(429, 'TooManyRequests', 'slow', { 'retry-after': '7200' }))
    const open = openS3(s3.url)
    const call = newCall({ retries: 0 })
    expect(word(await open.bucket('bucket').get('a/manifest.json', 1000, call))).toBe('rate-limited')
    const later = await open.bucket('bucket').get('other', 1000, newCall({ retries: 3 }))
    expect(later).toMatchObject({ kind: 'failed', problem: { code: 'rate-limited', service: 'storage' } })
    expect(s3.requests).toHaveLength(1)
  })
})
