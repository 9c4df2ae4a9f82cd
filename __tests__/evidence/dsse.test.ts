import { createPublicKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  type Envelope,
  inTotoType,
  parseEnvelope,
  preAuthEncoding,
  writeEnvelope,
} from '../../src/evidence/dsse.js'
import { publicKeyFromSpki } from '../../src/verify/public-key.js'
import { verifySignature } from '../../src/verify/signature.js'

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const envelope = { payload: base64('hello world'), payloadType: inTotoType, signatures: [{ sig: 'AAEC' }] }
const parse = (value: unknown): Envelope | string => parseEnvelope(Buffer.from(JSON.stringify(value)))
const encoded = (payloadType: string, payload: Uint8Array): string =>
  Buffer.from(preAuthEncoding({ payloadType, payload })).toString('utf8')

describe('the bytes that are signed', () => {
  // DSSE 1.0.2, protocol.md, section "Test Vectors": the key, the encoding and the signature are printed there.
  const example = { payloadType: 'http://example.com/HelloWorld', payload: Buffer.from('hello world') }
  const sig = 'A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA=='
  const coordinate = (decimal: string): string =>
    Buffer.from(BigInt(decimal).toString(16).padStart(64, '0'), 'hex').toString('base64url')

  it('are those of the example of the specification', () => {
    expect(encoded(example.payloadType, example.payload)).toBe(
      'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
    )
  })

  it('verify with the signature and the key of that example', async () => {
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      x: coordinate('46950820868899156662930047687818585632848591499744589407958293238635476079160'),
      y: coordinate('5640078356564379163099075877009565129882514886557779369047442380624545832820'),
    }
    const spki = createPublicKey({ key: jwk, format: 'jwk' }).export({ format: 'der', type: 'spki' })
    const read = publicKeyFromSpki(spki)
    if (read.kind === 'refused') throw new Error(read.reason)
    const parsed = parse({ ...example, payload: base64('hello world'), signatures: [{ keyid: 'x', sig }] })
    if (typeof parsed === 'string') throw new Error(parsed)
    const [signature = new Uint8Array()] = parsed.signatures
    expect(await verifySignature(read.key, preAuthEncoding(parsed), signature)).toEqual({
      kind: 'valid',
      scheme: 'ecdsa-sha256',
    })
  })

  it('count bytes, not letters, and take the payload as it is', () => {
    expect(encoded('typ\u00e9', Buffer.from('h\u00e9 \ud83d\ude00'))).toBe(
      'DSSEv1 5 typ\u00e9 8 h\u00e9 \ud83d\ude00',
    )
    const raw = preAuthEncoding({ payloadType: '', payload: Uint8Array.of(0, 0xff) })
    expect(raw).toEqual(Buffer.concat([Buffer.from('DSSEv1 0  2 '), Buffer.of(0, 0xff)]))
  })

  it('differ where type and payload are cut elsewhere', () => {
    expect(encoded('a 1 b', Buffer.from('c'))).not.toBe(encoded('a', Buffer.from('b 1 c')))
  })
})

describe('an envelope', () => {
  it('is its type, its payload and its signatures', () => {
    expect(parse({ ...envelope, more: 1 })).toEqual({
      payloadType: inTotoType,
      payload: new TextEncoder().encode('hello world'),
      signatures: [Uint8Array.of(0, 1, 2)],
    })
  })

  it('may be read from an object that was parsed before', () => {
    expect(parseEnvelope(envelope)).toEqual(parse(envelope))
  })

  it('may be in either alphabet of base64', () => {
    for (const sig of ['-_-_', '+/+/', '-/+_'])
      expect(parse({ ...envelope, signatures: [{ sig }] })).toMatchObject({
        signatures: [Uint8Array.of(0xfb, 0xff, 0xbf)],
      })
  })

  it.each([
    ['no payload', { payload: undefined }, 'its payload is no base64'],
    ['an empty payload', { payload: '' }, 'its payload is no base64'],
    ['a payload without padding', { payload: 'aGVsbG8' }, 'its payload is no base64'],
    ['a payload with more after it', { payload: 'aGVsbG8=x' }, 'its payload is no base64'],
    ['a payload of another type', { payload: { a: 1 } }, 'its payload is no base64'],
    ['no signatures', { signatures: undefined }, 'it holds no signature'],
    ['an empty list of signatures', { signatures: [] }, 'it holds no signature'],
    ['signatures that are no list', { signatures: { sig: 'AAEC' } }, 'it holds no signature'],
    ['a signature that is no object', { signatures: ['AAEC'] }, 'a signature in it is no base64'],
    ['a signature that is null', { signatures: [null] }, 'a signature in it is no base64'],
    ['an empty signature', { signatures: [{ sig: '' }] }, 'a signature in it is no base64'],
    ['a good and a bad signature', { signatures: [{ sig: 'AAEC' }, {}] }, 'a signature in it is no base64'],
    ['inherited names only', { payload: undefined, ['__proto__']: envelope }, 'its payload is no base64'],
  ])('is none with %s', (_, changes, reason) => {
    expect(parse({ ...envelope, ...changes })).toBe(reason)
  })

  it.each(['', 'null', '[]', 'x', '{', '[1]'])('is none in %j', (text) => {
    expect(parseEnvelope(Buffer.from(text))).toBe('it is no JSON object')
  })

  it('without a type, or with one that is no text, has an empty one', () => {
    for (const payloadType of [undefined, null, 7, [inTotoType]])
      expect(parse({ ...envelope, payloadType })).toMatchObject({ payloadType: '' })
  })
})

describe('an envelope that is written', () => {
  it('reads as it was', () => {
    const parsed = parse(envelope)
    if (typeof parsed === 'string') throw new Error(parsed)
    expect(parseEnvelope(Buffer.from(writeEnvelope(parsed)))).toEqual(parsed)
    expect(writeEnvelope(parsed)).not.toContain('\n')
  })
})
