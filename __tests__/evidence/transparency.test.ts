import type { TransparencyLogEntry } from '@sigstore/bundle'
import { describe, expect, it } from 'vitest'
import {
  type Companions,
  companionsOfAnnotations,
  companionsOfBundle,
  verifierOf,
} from '../../src/evidence/transparency.js'

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const bytes = (text: string): Buffer => Buffer.from(text)
const v3 = 'application/vnd.dev.sigstore.bundle.v0.3+json'
const v2 = 'application/vnd.dev.sigstore.bundle+json;version=0.2'
const envelope = { payload: base64('x'), payloadType: 'y', signatures: [{ sig: base64('z') }] }

const entry = {
  logIndex: '5',
  logId: { keyId: base64('log') },
  kindVersion: { kind: 'dsse', version: '0.0.1' },
  integratedTime: '1700000000',
  inclusionPromise: { signedEntryTimestamp: base64('promise') },
  inclusionProof: {
    logIndex: '5',
    rootHash: base64('root'),
    treeSize: '6',
    hashes: [],
    checkpoint: { envelope: 'a checkpoint' },
  },
  canonicalizedBody: base64('{}'),
}

const read = (material: object, mediaType = v3): Companions | string =>
  companionsOfBundle(
    bytes(JSON.stringify({ mediaType, verificationMaterial: material, dsseEnvelope: envelope })),
  )
const key = { publicKey: { hint: 'x' } }
const stamps = (count: number): object => ({
  timestampVerificationData: {
    rfc3161Timestamps: Array.from({ length: count }, () => ({ signedTimestamp: base64('stamp') })),
  },
})

describe('what a bundle carries beside its signature', () => {
  it('is nothing beside a bare key', () => {
    expect(read(key)).toEqual({ logEntries: [], timestamps: [] })
  })

  it('is a certificate, by itself or the first of a chain', () => {
    const certificates = [{ rawBytes: base64('leaf') }, { rawBytes: base64('root') }]
    expect(read({ certificate: { rawBytes: base64('leaf') } })).toMatchObject({ certificate: bytes('leaf') })
    expect(read({ x509CertificateChain: { certificates }, tlogEntries: [entry] }, v2)).toMatchObject({
      certificate: bytes('leaf'),
    })
  })

  it('is entries of logs and timestamps', () => {
    expect(read({ ...key, tlogEntries: [entry, entry], ...stamps(2) })).toMatchObject({
      logEntries: [{ integratedTime: '1700000000' }, { canonicalizedBody: bytes('{}') }],
      timestamps: [bytes('stamp'), bytes('stamp')],
    })
  })

  it('is no more than anybody looks at', () => {
    const entries = (count: number): object => ({ tlogEntries: Array.from({ length: count }, () => entry) })
    expect(read({ ...key, ...entries(32), ...stamps(32) })).toBeTypeOf('object')
    expect(read({ ...key, ...entries(33) })).toBe('it carries 33 log entries, more than 32')
    expect(read({ ...key, ...stamps(33) })).toBe('it carries 33 timestamps, more than 32')
  })

  it('is nothing that can be read, of what is no bundle', () => {
    expect(companionsOfBundle(bytes('hello'))).toBe('it is no JSON object')
    expect(read(key, 'text/plain')).toBe('its media type is "text/plain"')
    expect(read({})).toBe('invalid bundle')
    expect(companionsOfBundle(bytes(JSON.stringify({ mediaType: v3 })))).toBeTypeOf('string')
  })
})

const pem = (text: string, label = 'CERTIFICATE'): string =>
  `-----BEGIN ${label}-----\n${base64(text)}\n-----END ${label}-----\n`
const claimed = {
  SignedEntryTimestamp: base64('promise'),
  Payload: {
    body: base64('{"kind":"hashedrekord","apiVersion":"0.0.1"}'),
    integratedTime: 1_700_000_000,
    logIndex: 5,
    logID: 'ab'.repeat(32),
  },
}

describe('what annotations carry beside a signature', () => {
  const nothing = { logEntries: [], timestamps: [] }

  it('is nothing where there are none', () => {
    expect(companionsOfAnnotations({})).toEqual(nothing)
  })

  it('is the first certificate of the text', () => {
    expect(companionsOfAnnotations({ certificate: `text ${pem('one')}${pem('two')}` })).toEqual({
      ...nothing,
      certificate: bytes('one'),
    })
    for (const certificate of ['', 'hello', pem('one', 'PUBLIC KEY'), pem('one').replace('MIN', '!')])
      expect(companionsOfAnnotations({ certificate: certificate.replace(base64('one'), '!') })).toEqual(
        nothing,
      )
  })

  it('is a chain of no more certificates than anybody looks at', () => {
    const chain = (count: number): string => Array.from({ length: count }, () => pem('one')).join('')
    expect(companionsOfAnnotations({ chain: chain(2) })).toEqual({
      ...nothing,
      chain: [bytes('one'), bytes('one')],
    })
    expect(companionsOfAnnotations({ chain: chain(40) }).chain).toHaveLength(32)
    const odd = '-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n'
    expect(companionsOfAnnotations({ chain: `${odd}${pem('one')}` }).chain).toEqual([bytes('one')])
    for (const none of ['', odd, 'hello']) expect(companionsOfAnnotations({ chain: none })).toEqual(nothing)
  })

  it('is an entry with a promise and without a proof', () => {
    expect(companionsOfAnnotations({ logEntry: claimed })).toEqual({
      ...nothing,
      logEntries: [
        {
          logIndex: '5',
          logId: { keyId: Buffer.from('ab'.repeat(32), 'hex') },
          kindVersion: { kind: 'hashedrekord', version: '0.0.1' },
          integratedTime: '1700000000',
          inclusionPromise: { signedEntryTimestamp: bytes('promise') },
          inclusionProof: undefined,
          canonicalizedBody: bytes('{"kind":"hashedrekord","apiVersion":"0.0.1"}'),
        },
      ],
    })
  })

  it('is an entry of no kind where its body says none', () => {
    for (const text of ['hello', '{}', '{"kind":1,"apiVersion":2}']) {
      const logEntry = { ...claimed, Payload: { ...claimed.Payload, body: base64(text) } }
      expect(companionsOfAnnotations({ logEntry }).logEntries).toMatchObject([
        { kindVersion: { kind: '', version: '' } },
      ])
    }
  })

  it.each([
    ['a body that is no text', { body: {} }],
    ['a log without a name', { logID: '' }],
    ['a name that is too short', { logID: 'ab'.repeat(31) }],
    ['one that is too long', { logID: `${'ab'.repeat(32)}0` }],
    ['one with something before it', { logID: `0${'ab'.repeat(32)}` }],
    ['one in capitals', { logID: 'AB'.repeat(32) }],
  ])('is no entry with %s', (_, change) => {
    const logEntry = { ...claimed, Payload: { ...claimed.Payload, ...change } }
    expect(companionsOfAnnotations({ logEntry })).toEqual(nothing)
  })

  it('is a timestamp', () => {
    const timestamp = JSON.stringify({ SignedRFC3161Timestamp: base64('stamp') })
    expect(companionsOfAnnotations({ timestamp })).toEqual({ ...nothing, timestamps: [bytes('stamp')] })
    for (const none of ['', 'hello', '{}', '{"SignedRFC3161Timestamp":1}'])
      expect(companionsOfAnnotations({ timestamp: none })).toEqual(nothing)
  })
})

describe('the signer that an entry names', () => {
  const name = (kind: string, version: string, spec: unknown): Uint8Array | undefined =>
    verifierOf({
      kindVersion: { kind, version },
      canonicalizedBody: bytes(JSON.stringify({ spec })),
    } as TransparencyLogEntry)
  const named = base64(pem('key', 'PUBLIC KEY'))
  const raw = base64('key')

  it.each<[string, string, (verifier: string) => unknown]>([
    ['hashedrekord', '0.0.1', (content) => ({ signature: { publicKey: { content } } })],
    ['dsse', '0.0.1', (verifier) => ({ signatures: [{ verifier }] })],
    ['intoto', '0.0.2', (publicKey) => ({ content: { envelope: { signatures: [{ publicKey }] } } })],
    ['intoto', '0.0.1', (publicKey) => ({ publicKey })],
  ])('in PEM: %s %s', (kind, version, spec) => {
    expect(name(kind, version, spec(named))).toEqual(bytes('key'))
    expect(name(kind, version, spec(base64(`text ${pem('key', 'RSA PUBLIC KEY')}`)))).toEqual(bytes('key'))
    expect(name(kind, version, spec(base64(pem('key'))))).toEqual(bytes('key'))
    for (const none of [base64('hello'), '', raw]) expect(name(kind, version, spec(none))).toBeUndefined()
    expect(name(kind, version, {})).toBeUndefined()
    expect(name(kind, version, undefined)).toBeUndefined()
    expect(name(kind, '9', spec(named))).toBeUndefined()
    expect(name('rekord', version, spec(named))).toBeUndefined()
  })

  it('in DER, a certificate before a key: hashedrekord 0.0.2', () => {
    const spec = (verifier: object): unknown => ({ hashedRekordV002: { signature: { verifier } } })
    const kind = ['hashedrekord', '0.0.2'] as const
    expect(name(...kind, spec({ publicKey: { rawBytes: raw } }))).toEqual(bytes('key'))
    const both = { x509Certificate: { rawBytes: base64('certificate') }, publicKey: { rawBytes: raw } }
    expect(name(...kind, spec(both))).toEqual(bytes('certificate'))
    for (const none of [{}, { publicKey: {} }, { publicKey: { rawBytes: 7 } }])
      expect(name(...kind, spec(none))).toBeUndefined()
  })

  it('is nobody where it names several, or none', () => {
    const one = { verifier: named }
    for (const signatures of [[], [one, one], {}, [null], ['x'], undefined])
      expect(name('dsse', '0.0.1', { signatures })).toBeUndefined()
  })
})
