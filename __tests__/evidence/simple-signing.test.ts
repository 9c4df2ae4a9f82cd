import { describe, expect, it } from 'vitest'
import { parseLogEntry, parseSimpleSigning, type SimpleSigning } from '../../src/evidence/simple-signing.js'

const digest = `sha256:${'ab'.repeat(32)}`
const critical = {
  identity: { 'docker-reference': 'registry.example/app' },
  image: { 'docker-manifest-digest': digest },
  type: 'cosign container image signature',
}
const parse = (value: unknown): SimpleSigning | undefined =>
  parseSimpleSigning(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)))

describe('a payload', () => {
  it('names a digest, a place and a type', () => {
    expect(parse({ critical, optional: { team: 'release', build: 7 } })).toEqual({
      digest,
      dockerReference: 'registry.example/app',
      type: 'cosign container image signature',
      optional: { team: 'release', build: 7 },
    })
  })

  it.each([
    '',
    'null',
    '[]',
    '{}',
    '{"Critical":{}}',
    '{"critical":null}',
    '{"critical":[]}',
    '{"critical":"x"}',
  ])('is none in %j', (text) => {
    expect(parse(text)).toBeUndefined()
  })

  it('keeps the digest as it is written: comparing is for others', () => {
    for (const odd of [digest.toUpperCase(), `sha512:${'ab'.repeat(64)}`, ` ${digest}`])
      expect(parse({ critical: { image: { 'docker-manifest-digest': odd } } })?.digest).toBe(odd)
  })

  it.each([undefined, null, 7, [digest], { sha256: digest }])('with %j for a digest has none', (given) => {
    expect(parse({ critical: { ...critical, image: { 'docker-manifest-digest': given } } })?.digest).toBe('')
  })

  it('takes fields of another type for none', () => {
    const odd = { identity: 'registry.example/app', image: digest, type: 7 }
    expect(parse({ critical: odd })).toEqual({ digest: '', dockerReference: '', type: '', optional: null })
  })

  it('inherits nothing', () => {
    const text = JSON.stringify({ critical: 'C', optional: null }).replace(
      '"C"',
      `{"__proto__":${JSON.stringify(critical)}}`,
    )
    expect(parse(text)).toMatchObject({ digest: '', type: '' })
  })

  it.each([undefined, null, 'x', 7, ['team']])('with %j for annotations has none', (optional) => {
    expect(parse({ critical, optional })?.optional).toBeNull()
  })

  it('said twice means the last', () => {
    const once = JSON.stringify(critical)
    expect(parse(`{"critical":${once.replace('sha256', 'sha999')},"critical":${once}}`)?.digest).toBe(digest)
  })

  it('of great depth is none', () => {
    const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
    const text = (depth: number): string =>
      `{"critical":${JSON.stringify(critical)},"optional":{"b":${nested(depth)}}}`
    expect(parse(text(900))?.digest).toBe(digest)
    expect(parse(text(100_000))).toBeUndefined()
  })
})

describe('the entry of a log beside a signature', () => {
  const entry = {
    SignedEntryTimestamp: 'cHJvbWlzZQ==',
    Payload: { body: 'Ym9keQ==', integratedTime: 1_700_000_000, logIndex: 5, logID: 'c0ff' },
  }
  const read = (value: unknown): ReturnType<typeof parseLogEntry> =>
    parseLogEntry(typeof value === 'string' ? value : JSON.stringify(value))

  it('is read as what it claims', () => {
    expect(read(entry)).toEqual(entry)
    expect(read({ ...entry, more: 1, Payload: { ...entry.Payload, more: 1 } })).toEqual(entry)
  })

  it('may have a body of any type and no id of a log', () => {
    const { integratedTime, logIndex } = entry.Payload
    const Payload = { body: { a: 1 }, integratedTime, logIndex }
    expect(read({ ...entry, Payload })).toEqual({ ...entry, Payload: { ...Payload, logID: '' } })
  })

  it.each([
    ['text', 'hello'],
    ['an empty text', ''],
    ['a list', '[]'],
    ['no promise', { ...entry, SignedEntryTimestamp: undefined }],
    ['no payload', { ...entry, Payload: undefined }],
    ['a payload of another type', { ...entry, Payload: 'x' }],
    ['a time that is a text', { ...entry, Payload: { ...entry.Payload, integratedTime: '1700000000' } }],
    ['no index', { ...entry, Payload: { ...entry.Payload, logIndex: undefined } }],
  ])('is none in %s', (_, value) => {
    expect(read(value)).toBeUndefined()
  })

  it('is none where there is no annotation', () => {
    expect(parseLogEntry(undefined)).toBeUndefined()
  })
})
