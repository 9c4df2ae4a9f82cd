import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { recordPayload, type Location } from '../../src/evidence/s3lo-record.js'
import { publicKeyFromSpki } from '../../src/verify/public-key.js'
import { checkRecord, type RecordCheck } from '../../src/verify/record.js'

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const outcome = publicKeyFromSpki(pair.publicKey.export({ format: 'der', type: 'spki' }))
if (outcome.kind === 'refused') throw new Error(outcome.reason)
const { key } = outcome

const location: Location = { bucket: './store', image: 'org/app', tag: 'v1' }
const digest = `sha256:${'ab'.repeat(32)}`
const otherDigest = `sha256:${'cd'.repeat(32)}`
const signFor = (where: Location, what: string): string =>
  sign('sha256', recordPayload(where, what), pair.privateKey).toString('base64')

function check(changes: Record<string, unknown> | string, where = location): Promise<RecordCheck> {
  const record = {
    schemaVersion: 2,
    digest,
    keyRef: 'their.key',
    keyID: 'nonsense',
    algorithm: 'UNKNOWN',
    signature: signFor(location, digest),
    signedAt: '2026-11-21T02:36:03Z',
  }
  const text = typeof changes === 'string' ? changes : JSON.stringify({ ...record, ...changes })
  return checkRecord({
    bytes: new TextEncoder().encode(text),
    location: where,
    digest,
    key,
    where: 'signatures/x.json',
    keyRef: 'my.pub',
  })
}

const steps = (result: RecordCheck): string[] =>
  result.findings.map(({ check, status }) => `${check} ${status}`)

describe('a genuine record', () => {
  it('meets all three questions, whatever its unsigned fields claim', async () => {
    const result = await check({})
    expect(steps(result)).toEqual(['record-found met', 'digest-signed met', 'signature-valid met'])
    expect(result).toMatchObject({ scheme: 'ecdsa-sha256', record: { signedAt: '2026-11-21T02:36:03Z' } })
    expect(steps(await check({ keyRef: '', keyID: '', signedAt: '\n::error::x', extra: 1 }))).toHaveLength(3)
  })
})

describe('a record that is none', () => {
  it.each([
    ['{"schemaVersion":2', 'malformed signature record: unexpected end of JSON input'],
    ['null', 'unsupported signature schema version 0 (this build verifies version 2); re-sign the image'],
    [
      '{"schemaVersion":1,"signedAt":"x"}',
      'unsupported signature schema version 1 (this build verifies version 2); re-sign the image',
    ],
    [
      '{"schemaVersion":9007199254740993}',
      'unsupported signature schema version 9007199254740993 (this build verifies version 2); re-sign the image',
    ],
  ])('%s', async (text, peerReason) => {
    const { findings } = await check(text)
    expect(findings).toMatchObject([
      { check: 'record-found', status: 'unmet', code: 'record-malformed', peerReason },
    ])
  })

  it('still hands over what an unsupported one claims', async () => {
    expect((await check({ schemaVersion: 1 })).record?.signedAt).toBe('2026-11-21T02:36:03Z')
    expect((await check('{')).record).toBeUndefined()
  })

  it('is told from a signature that is not base64', async () => {
    const { findings } = await check({ signature: '!' })
    expect(findings[2]).toMatchObject({
      check: 'signature-valid',
      status: 'unmet',
      code: 'record-malformed',
      peerReason: 'malformed signature encoding: illegal base64 data at input byte 0',
    })
  })
})

describe('a record of another digest', () => {
  const reason = {
    code: 'digest-mismatch',
    peerReason: `manifest changed: signed ${otherDigest}, current ${digest}`,
  }

  it('tells a changed image when it is genuine', async () => {
    const result = await check({ digest: otherDigest, signature: signFor(location, otherDigest) })
    expect(steps(result)).toEqual(['record-found met', 'digest-signed unmet'])
    expect(result.findings[1]).toMatchObject(reason)
    expect(result.findings[1]?.nearMisses?.[0]?.message).toContain('changed after it was signed')
  })
  it('proves nothing when it is not', async () => {
    const result = await check({ digest: otherDigest })
    expect(result.findings[1]).toMatchObject(reason)
    expect(result.findings[1]?.nearMisses?.[0]?.message).toContain('proves nothing')
  })
  it.each(['', digest.toUpperCase(), `${digest}\n`, 'sha256:dead\n::error::x'])(
    'stops at %j',
    async (signed) => {
      const result = await check({ digest: signed, signature: signFor(location, signed) })
      expect(result.findings).toHaveLength(2)
      expect(result.findings[1]).toMatchObject({
        status: 'unmet',
        peerReason: `manifest changed: signed ${signed}, current ${digest}`,
      })
      expect(result.findings[1]?.nearMisses?.[0]?.message).toContain('proves nothing')
    },
  )
})

describe('a signature for something else', () => {
  const peerReason = 'invalid signature: invalid signature when validating ASN.1 encoded signature'

  it.each([
    ['tag', { ...location, tag: 'v2' }],
    ['image', { ...location, image: 'org/other' }],
    ['bucket', { ...location, bucket: 'bucket' }],
  ])('is refused at another %s', async (_name, where) => {
    const result = await check({}, where)
    expect(steps(result)).toEqual(['record-found met', 'digest-signed met', 'signature-valid unmet'])
    expect(result.findings[2]).toMatchObject({ code: 'signature-invalid', peerReason })
    expect(result.findings[2]?.nearMisses).toBeUndefined()
    expect(result.scheme).toBeUndefined()
  })

  it('is explained, not accepted, when only the root is spelled otherwise', async () => {
    const bare = await check({}, { ...location, bucket: 'store' })
    expect(bare.findings[2]).toMatchObject({ status: 'unmet', peerReason })
    expect(bare.findings[2]?.nearMisses?.[0]?.message).toContain('valid for ./store/org/app:v1')
    const dotted = await check({ signature: signFor({ ...location, bucket: 'store' }, digest) })
    expect(dotted.findings[2]?.nearMisses?.[0]?.message).toContain('valid for store/org/app:v1')
  })

  it('is refused when empty or rubbish', async () => {
    const empty = await check({ signature: '' })
    expect(empty.findings[2]).toMatchObject({
      code: 'signature-invalid',
      peerReason: 'invalid signature: ecdsa: Invalid IEEE_P1363 encoded bytes',
    })
  })
})
