import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { recordPayload, type Location, unboundPayload } from '../../src/evidence/s3lo-record.js'
import { publicKeyFromSpki } from '../../src/verify/public-key.js'
import { checkRecord, type RecordCheck } from '../../src/verify/record.js'
import { told } from './told.js'

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

describe('what is said of a record', () => {
  const tell = async (changes: Parameters<typeof check>[0], where = location): Promise<readonly string[]> =>
    told((await check(changes, where)).findings)
  const claims = (named = digest): readonly string[] => [
    `  digest: ${named}`,
    '  keyRef: their.key',
    '  keyID: nonsense',
    '  algorithm: UNKNOWN',
    '  signedAt: 2026-11-21T02:36:03Z',
  ]
  const found = ['met (record-found) found a signature record at signatures/x.json', ...claims()]
  const names = `met (digest-signed) the record at signatures/x.json names the digest ${digest}`

  it('that is genuine', async () => {
    expect(await tell({})).toEqual([
      ...found,
      names,
      `met (signature-valid) the signature by key my.pub (${key.id}) is valid for ./store/org/app:v1 with ${digest} (ecdsa-sha256)`,
      `  keyId: ${key.id}`,
      '  scheme: ecdsa-sha256',
      '  location: ./store/org/app:v1',
      `  digest: ${digest}`,
    ])
  })

  it('that is none', async () => {
    expect(await tell('hello')).toEqual([
      "unmet record-malformed (record-found) expected an s3lo signature record of schema version 2 at signatures/x.json, got something unreadable: invalid character 'h' looking for beginning of value",
      "  peer: malformed signature record: invalid character 'h' looking for beginning of value",
    ])
    expect(await tell({ schemaVersion: 3 })).toEqual([
      'unmet record-malformed (record-found) expected a signature record of schema version 2 at signatures/x.json, got version 3; sign the image again with s3lo 3',
      '  peer: unsupported signature schema version 3 (this build verifies version 2); re-sign the image',
    ])
    expect(await tell({ signature: 'AA!=' })).toEqual([
      ...found,
      names,
      'unmet record-malformed (signature-valid) expected a signature in padded standard base64 in the record at signatures/x.json, got text that is none from byte 2 on',
      '  peer: malformed signature encoding: illegal base64 data at input byte 2',
    ])
  })

  it('of another digest, and whether the key really signed it', async () => {
    const expected = `unmet digest-mismatch (digest-signed) expected a record that names the digest ${digest}, got`
    const nothing = `  near: the record at signatures/x.json is not signed by key my.pub (${key.id}) for ./store/org/app:v1: it proves nothing`
    const other = [found[0], ...claims(otherDigest)]
    const peer = `  peer: manifest changed: signed ${otherDigest}, current ${digest}`
    expect(await tell({ digest: otherDigest, signature: signFor(location, otherDigest) })).toEqual([
      ...other,
      `${expected} ${otherDigest} at signatures/x.json`,
      peer,
      `  near: key my.pub (${key.id}) really signed ${otherDigest} for ./store/org/app:v1: the image was changed after it was signed`,
    ])
    for (const signature of [signFor(location, digest), 'no base64'])
      expect(await tell({ digest: otherDigest, signature })).toEqual([
        ...other,
        `${expected} ${otherDigest} at signatures/x.json`,
        peer,
        nothing,
      ])
    expect((await tell({ digest: '' })).slice(6)).toEqual([
      `${expected} none at signatures/x.json`,
      `  peer: manifest changed: signed , current ${digest}`,
      nothing,
    ])
  })

  it('with another signature, and whether it is for the place spelled otherwise', async () => {
    const refused = (place: string): readonly string[] => [
      `unmet signature-invalid (signature-valid) expected a signature by key my.pub (${key.id}) for ${place}/org/app:v1 with ${digest}, got one at signatures/x.json that does not verify: made with another key, for another place, or forged`,
      '  peer: invalid signature: invalid signature when validating ASN.1 encoded signature',
    ]
    const near = (signed: string, asked: string): string =>
      `  near: valid for ${signed}/org/app:v1, not for ${asked}/org/app:v1: the image was signed with the root spelled ${signed}`
    const at = async (signed: string, asked: string): Promise<readonly string[]> => {
      const signature = signFor({ ...location, bucket: signed }, digest)
      return (await tell({ signature }, { ...location, bucket: asked })).slice(7)
    }
    expect(await at('store', './store')).toEqual([...refused('./store'), near('store', './store')])
    expect(await at('./store', 'store')).toEqual([...refused('store'), near('./store', 'store')])
    expect(await at('.//store', '/store')).toEqual(refused('/store'))
    expect(await at('./../store', '../store')).toEqual(refused('../store'))
    expect(await at('./store/', 'store/')).toEqual([...refused('store/'), near('./store/', 'store/')])
    expect(await at('./store../', 'store../')).toEqual([
      ...refused('store../'),
      near('./store../', 'store../'),
    ])
    expect(await at('elsewhere', 'store')).toEqual(refused('store'))
  })

  it('whose claims are longer than anybody reads', async () => {
    const long = 'x'.repeat(1001)
    const cut = `${'x'.repeat(1000)}…`
    const { record } = await check({ keyRef: long, keyID: long, algorithm: long, signedAt: long.slice(1) })
    expect(record).toMatchObject({ keyRef: cut, keyID: cut, algorithm: cut, signedAt: long.slice(1) })
    expect((await tell({ schemaVersion: Number('1e300') })).join()).not.toContain('0'.repeat(1001))
  })
})

describe('a record that binds no place', () => {
  const signature = sign('sha256', unboundPayload(digest), pair.privateKey).toString('base64')
  const judge = async (schemaVersion: number, acceptUnbound?: boolean): Promise<readonly string[]> => {
    const record = { schemaVersion, digest, keyRef: '', keyID: '', algorithm: '', signature, signedAt: '' }
    const check = await checkRecord({
      bytes: new TextEncoder().encode(JSON.stringify(record)),
      location,
      digest,
      key,
      where: 'signatures/x.json',
      keyRef: 'my.pub',
      ...(acceptUnbound !== undefined && { acceptUnbound }),
    })
    return told(check.findings).filter((line) => !line.startsWith('  '))
  }

  it('counts where that is asked for, and is said to', async () => {
    expect((await judge(1, true)).at(-1)).toBe(
      `met (signature-valid) the signature by key my.pub (${key.id}) is valid for any place (schema 1 binds none) with ${digest} (ecdsa-sha256)`,
    )
  })

  it('counts nowhere else', async () => {
    for (const accept of [undefined, false])
      expect((await judge(1, accept)).at(-1)).toMatch(/^unmet record-malformed \(record-found\)/)
    for (const version of [0, 3])
      expect((await judge(version, true)).at(-1)).toMatch(/^unmet record-malformed/)
    // Of version 2 a signature that binds no place is none.
    expect((await judge(2, true)).at(-1)).toMatch(/^unmet signature-invalid/)
  })
})
