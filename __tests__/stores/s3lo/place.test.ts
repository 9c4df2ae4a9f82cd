import { describe, expect, it } from 'vitest'
import { openJournal } from '../../../src/network/journal.js'
import { failed, found, type Lookup } from '../../../src/network/lookup.js'
import { parseReference } from '../../../src/reference/parse.js'
import { openPlace } from '../../../src/stores/s3lo/place.js'
import type { Channel, Place, Resolved } from '../../../src/stores/store.js'
import { memoryStore, never } from '../../harness/bench.js'
import { digestOf, manifest, newKey, signedImage } from '../../harness/store.js'

const call = { signal: new AbortController().signal, retries: 0, journal: openJournal() }
const key = newKey()
const signed = signedImage(key, 'bucket')
const recordKey = `manifests/app/v1/signatures/${key.id}.json`

function open(store = memoryStore(signed), text = 's3://bucket/app:v1'): Place {
  const reference = parseReference(text)
  if (reference.kind !== 's3lo') throw new Error(`${text} is not in s3lo's layout`)
  return openPlace(reference, store)
}
const image = Promise.resolve(found<Resolved>({ digest: `sha256:${'ab'.repeat(32)}`, where: 'here' }))

/** What the one channel of a look comes to. */
async function look(place: Place, keyId: string): Promise<Awaited<Channel>> {
  const [channel, ...others] = place.evidence.look(image, call)({ keyId })
  expect(others).toEqual([])
  return (await channel) ?? failed('internal-error', 'no channel')
}

describe('an image', () => {
  it('is where s3lo puts it', async () => {
    expect(await open().images.resolve(call, 'digest')).toEqual({
      kind: 'found',
      value: {
        digest: digestOf(manifest),
        manifest: Buffer.from(manifest),
        where: 'memory:manifests/app/v1/manifest.json',
      },
    })
  })

  it('may be absent, unreachable, or something else', async () => {
    const answers: readonly (readonly [Lookup<Uint8Array> | undefined, string])[] = [
      [failed('timeout', 'no answer', 'storage'), 'timeout'],
      [found(Buffer.from('<html>sign in</html>')), 'response-invalid'],
      [undefined, 'absent'],
    ]
    for (const [answer, word] of answers) {
      const place = open(memoryStore({}, async () => Promise.resolve(answer)))
      const resolved = await place.images.resolve(call, 'digest')
      expect(resolved.kind === 'failed' ? resolved.problem.code : resolved.kind).toBe(word)
    }
  })
})

describe('the evidence of a key', () => {
  it('is the record under its id, with the place that it must be bound to', async () => {
    const offers = await look(open(), key.id)
    const [offer] = offers.kind === 'found' ? offers.value : []
    expect(await offer?.read()).toEqual({
      problems: [],
      evidence: [
        {
          format: 's3lo-record',
          where: `memory:${recordKey}`,
          keyId: key.id,
          location: { bucket: 'bucket', image: 'app', tag: 'v1' },
          bytes: Buffer.from(signed[recordKey] ?? ''),
        },
      ],
    })
  })

  it('is looked for without waiting for the image', async () => {
    const store = memoryStore(signed)
    const [channel] = open(store).evidence.look(never, call)({ keyId: key.id })
    expect(await channel).toMatchObject({ kind: 'found' })
    expect(store.reads).toEqual([recordKey])
  })

  it('is absent where there is none, and unknown where it cannot be read', async () => {
    expect(await look(open(), newKey().id)).toMatchObject({ kind: 'absent' })
    const broken = memoryStore(signed, async () => Promise.resolve(failed('denied', 'no right', 'storage')))
    expect(await look(open(broken), key.id)).toMatchObject({ kind: 'failed', problem: { code: 'denied' } })
  })

  it.each(['../../other', '', 'ABCDEF0123456789', `${'a'.repeat(16)}/x`, 'a'.repeat(15), 'a'.repeat(17)])(
    'is not looked for under %j, which is no key id',
    async (keyId) => {
      const store = memoryStore(signed)
      expect(await look(open(store), keyId)).toMatchObject({
        kind: 'failed',
        problem: { code: 'internal-error' },
      })
      expect(store.reads).toEqual([])
    },
  )
})

describe('the evidence of all keys', () => {
  const other = newKey()
  const both = { ...signed, ...signedImage(other, 'bucket') }
  const keyIds = async (place: Place, most = 10): Promise<unknown> => {
    const listed = await place.evidence.list(image, most, call)
    if (listed.kind !== 'found') return listed.kind === 'failed' ? listed.problem.code : listed.kind
    return listed.value.map((one) => (one.format === 's3lo-record' ? one.keyId : one.format))
  }

  it('is listed by key id, at most so many', async () => {
    const sorted = [key.id, other.id].toSorted()
    expect(await keyIds(open(memoryStore(both)))).toEqual(sorted)
    expect(await keyIds(open(memoryStore(both)), 1)).toEqual(sorted.slice(0, 1))
  })

  it('is nothing that has another name', async () => {
    const folder = 'manifests/app/v1/signatures/'
    const odd = ['manifest.json', 'README', `${key.id}.json.bak`, `${key.id.toUpperCase()}x.json`, 'x/y.json']
    const store = memoryStore({
      ...signed,
      ...Object.fromEntries(odd.map((name) => [`${folder}${name}`, '{}'])),
    })
    expect(await keyIds(open(store))).toEqual([key.id])
  })

  it('is none where there is none', async () => {
    expect(await keyIds(open(memoryStore({})))).toEqual([])
  })

  it('leaves out a record that is gone again, and fails where one cannot be read', async () => {
    const gone = memoryStore(both, async (name) =>
      name.includes(key.id) ? Promise.resolve({ kind: 'absent', message: 'gone' }) : undefined,
    )
    expect(await keyIds(open(gone))).toEqual([other.id])
    const broken = memoryStore(both, async (name) =>
      name.includes(key.id) ? Promise.resolve(failed('server-error', 'broken', 'storage')) : undefined,
    )
    expect(await keyIds(open(broken))).toBe('server-error')
  })
})
