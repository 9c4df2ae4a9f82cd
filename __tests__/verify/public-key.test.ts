import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  publicKeyFromCertificate,
  publicKeyFromPkcs1,
  publicKeyFromPkcs8,
  publicKeyFromSpki,
} from '../../src/verify/public-key.js'
import { der } from './der.js'

const ec = (namedCurve: string): { publicKey: KeyObject; privateKey: KeyObject } =>
  generateKeyPairSync('ec', { namedCurve })
const spki = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' })
const refusal = (bytes: Uint8Array): string => {
  const outcome = publicKeyFromSpki(bytes)
  return outcome.kind === 'refused' ? outcome.reason : `accepted ${outcome.key.type}`
}
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const p256 = ec('P-256')
const ed25519 = generateKeyPairSync('ed25519')

describe('kinds of keys', () => {
  it.each([
    ['ecdsa-p256', p256.publicKey],
    ['ecdsa-p384', ec('P-384').publicKey],
    ['ecdsa-p521', ec('P-521').publicKey],
    ['ed25519', ed25519.publicKey],
    ['rsa', rsa.publicKey],
  ])('accepts %s, with ids over the whole SPKI', (type, key) => {
    const sha256 = createHash('sha256').update(spki(key)).digest('hex')
    const outcome = publicKeyFromSpki(spki(key))
    expect(outcome).toMatchObject({ kind: 'key', key: { type, sha256, id: sha256.slice(0, 16) } })
    expect(outcome.kind === 'key' && Buffer.from(outcome.key.spki).equals(spki(key))).toBe(true)
  })

  it('tells the bits of RSA, and gives PKCS#1 the id of its SPKI', () => {
    const one = publicKeyFromSpki(spki(rsa.publicKey))
    const two = publicKeyFromPkcs1(rsa.publicKey.export({ format: 'der', type: 'pkcs1' }))
    expect(one).toMatchObject({ kind: 'key', key: { bits: 2048 } })
    expect(two).toMatchObject({ kind: 'key', key: { bits: 2048, id: one.kind === 'key' ? one.key.id : '' } })
  })

  it('takes the public half of a private key', () => {
    for (const pair of [p256, rsa, ed25519]) {
      const outcome = publicKeyFromPkcs8(pair.privateKey.export({ format: 'der', type: 'pkcs8' }))
      expect(outcome.kind).toBe('key')
      if (outcome.kind !== 'key') continue
      expect(Buffer.from(outcome.key.spki).equals(spki(pair.publicKey))).toBe(true)
      expect(outcome.key.key.type).toBe('public')
    }
  })

  it('leaves no copy of a private key behind', () => {
    // A small copy lies in memory that all small buffers share.
    const shared = (): Buffer => Buffer.from(Buffer.from('x').buffer)
    const own = Buffer.from(Uint8Array.from(p256.privateKey.export({ format: 'der', type: 'pkcs8' })).buffer)
    const before = shared()
    expect(publicKeyFromPkcs8(own).kind).toBe('key')
    for (const memory of [before, shared()]) expect(memory.includes(own)).toBe(false)
  })

  it.each([
    ['RSA of 1024 bits', generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey, 'got 1024 bits'],
    ['RSA of 2040 bits', generateKeyPairSync('rsa', { modulusLength: 2040 }).publicKey, 'got 2040 bits'],
    ['RSASSA-PSS', generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).publicKey, 'id-RSASSA-PSS'],
    ['P-224', ec('secp224r1').publicKey, 'the curve secp224r1'],
    ['secp256k1', ec('secp256k1').publicKey, 'the curve secp256k1'],
    ['DSA', generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 256 }).publicKey, 'type dsa'],
    ['X25519', generateKeyPairSync('x25519').publicKey, 'type x25519'],
    ['Ed448', generateKeyPairSync('ed448').publicKey, 'type ed448'],
  ])('refuses %s', (_name, key, got) => {
    expect(refusal(spki(key))).toMatch(/^expected .*, got /)
    expect(refusal(spki(key))).toContain(got)
  })

  it('refuses RSA exponents that let everybody sign', () => {
    const modulus = Buffer.from(rsa.publicKey.export({ format: 'jwk' }).n ?? '', 'base64url')
    const pkcs1 = (exponent: number[]): Uint8Array =>
      der(0x30, der(0x02, [0, ...modulus]), der(0x02, exponent))
    expect(publicKeyFromPkcs1(pkcs1([1, 0, 1]))).toMatchObject({ kind: 'key' })
    for (const exponent of [[1], [2], [1, 0, 0], [1, 0, 0, 0, 1]]) {
      expect(publicKeyFromPkcs1(pkcs1(exponent)).kind).toBe('refused')
    }
  })
})

describe('the modulus of RSA', () => {
  it.each([
    [2047, 'refused'],
    [2048, 'key'],
    [16_384, 'key'],
    [16_385, 'refused'],
  ])('of %i bits: %s', (bits, kind) => {
    const bytes = Buffer.alloc(Math.ceil(bits / 8), 0xff)
    bytes[0] = 2 ** (bits % 8 === 0 ? 8 : bits % 8) - 1
    // A number whose first bit is set would be a negative one.
    const modulus = der(0x02, [...(bits % 8 === 0 ? [0] : []), ...bytes])
    const read = publicKeyFromPkcs1(der(0x30, modulus, der(0x02, [1, 0, 1])))
    expect(read.kind).toBe(kind)
    if (read.kind === 'refused') expect(read.reason).toContain(`2048 to 16384 bits, got ${bits} bits`)
  })
})

describe('encodings of keys', () => {
  const point = spki(p256.publicKey).subarray(-65)
  const header = spki(p256.publicKey).subarray(0, -65)

  it('refuses compressed and hybrid points', () => {
    const parity = 2 + ((point[64] ?? 0) & 1)
    const algorithm = header.subarray(2, -3)
    const compressed = der(0x30, algorithm, der(0x03, [0, parity, ...point.subarray(1, 33)]))
    expect(refusal(compressed)).toContain('expected an EC key with a named curve and an uncompressed point')
    const hybrid = Buffer.concat([header, Buffer.of(parity + 4), point.subarray(1)])
    expect(refusal(hybrid)).toMatch(/^expected /)
  })
  it('refuses points that are not on the curve', () => {
    const wrong = Buffer.from(spki(p256.publicKey))
    wrong[90] = (wrong[90] ?? 0) ^ 1
    expect(refusal(wrong)).toMatch(/^expected DER/)
  })
  it('refuses explicit curve parameters', () => {
    const explicit = generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' })
    expect(refusal(spki(explicit.publicKey))).toMatch(/^expected /)
  })
  it('refuses a curve that was spelled out with another base point: whoever chose it knows a private key', () => {
    const base = '4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5'
    const prime = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n
    const other = (prime - BigInt(`0x${base}`)).toString(16)
    const explicit = generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' })
    const hex = spki(explicit.publicKey).toString('hex')
    expect(hex).toContain(base)
    expect(refusal(Buffer.from(hex.replace(base, other), 'hex'))).toMatch(/^expected .*, got an EC key on /)
  })
  it.each(['spki', 'pkcs1', 'pkcs8'] as const)('refuses bytes after the DER of %s', (form) => {
    const whole =
      form === 'pkcs8'
        ? rsa.privateKey.export({ format: 'der', type: form })
        : rsa.publicKey.export({ format: 'der', type: form })
    const read = { spki: publicKeyFromSpki, pkcs1: publicKeyFromPkcs1, pkcs8: publicKeyFromPkcs8 }[form]
    expect(read(whole).kind).toBe('key')
    const longer = read(Buffer.concat([whole, Buffer.of(0, 0)]))
    expect(longer).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('got 2 bytes after it') as string,
    })
    expect(read(whole.subarray(0, -1)).kind).toBe('refused')
  })
  it('refuses lengths that are not minimal', () => {
    const bytes = spki(p256.publicKey)
    expect(refusal(Buffer.concat([Buffer.of(0x30, 0x81), bytes.subarray(1)]))).toMatch(/^expected /)
  })
  it('refuses RSA without its NULL parameter, as Go does', () => {
    const oid = der(0x06, [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1])
    const pkcs1 = rsa.publicKey.export({ format: 'der', type: 'pkcs1' })
    const bits = der(0x03, [0, ...pkcs1])
    expect(publicKeyFromSpki(der(0x30, der(0x30, oid, [5, 0]), bits)).kind).toBe('key')
    expect(publicKeyFromSpki(der(0x30, der(0x30, oid), bits)).kind).toBe('refused')
  })
  it('refuses one form for another, and rubbish', () => {
    expect(publicKeyFromPkcs1(spki(rsa.publicKey)).kind).toBe('refused')
    expect(publicKeyFromSpki(rsa.publicKey.export({ format: 'der', type: 'pkcs1' })).kind).toBe('refused')
    expect(publicKeyFromPkcs1(spki(p256.publicKey)).kind).toBe('refused')
    const privateKey = createPrivateKey(p256.privateKey.export({ format: 'pem', type: 'pkcs8' }))
    expect(publicKeyFromSpki(privateKey.export({ format: 'der', type: 'pkcs8' })).kind).toBe('refused')
    for (const bytes of [[], [0x30], [0x30, 0x80], [0x30, 0], [0x31, 0], [0x30, 0x84, 1, 1, 1, 1]]) {
      expect(refusal(Uint8Array.from(bytes))).toMatch(/^expected DER/)
    }
    expect(refusal(Buffer.alloc(100_000, 0x30))).toContain('100000 bytes')
  })
})

describe('what is refused', () => {
  it('is called by the form that was expected', () => {
    const none = Buffer.from('3003020101', 'hex')
    const reasons = [publicKeyFromSpki, publicKeyFromPkcs1, publicKeyFromPkcs8].map((read) => read(none))
    const why = 'got DER that is none or whose key is of an unknown kind'
    expect(reasons).toEqual([
      { kind: 'refused', reason: `expected DER of a SubjectPublicKeyInfo, ${why}` },
      { kind: 'refused', reason: `expected DER of a PKCS#1 RSAPublicKey, ${why}` },
      { kind: 'refused', reason: `expected DER of a PKCS#8 private key, ${why}` },
    ])
    expect(publicKeyFromCertificate(none)).toEqual({
      kind: 'refused',
      reason: 'expected DER of a certificate',
    })
  })

  it('is an exponent that anybody can use, or nobody does', () => {
    const odd = 'expected an RSA key with an odd exponent from 3 to 2^31 - 1, got another exponent'
    const { n = '' } = rsa.publicKey.export({ format: 'jwk' })
    const withExponent = (hex: string): string => {
      const e = Buffer.from(hex, 'hex').toString('base64url')
      return refusal(spki(createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' })))
    }
    expect(withExponent('03')).toBe('accepted rsa')
    expect(withExponent('010001')).toBe('accepted rsa')
    expect(withExponent('7fffffff')).toBe('accepted rsa')
    for (const hex of ['01', '02', '04', '80000001', '7ffffffe']) expect(withExponent(hex), hex).toBe(odd)
  })

  it('is a key too large to compute with, by its length alone', () => {
    const large = Buffer.alloc(65_537, 0x30)
    expect(refusal(large)).toBe(
      'expected DER of a SubjectPublicKeyInfo, got 65537 bytes, more than any key needs',
    )
    expect(refusal(large.subarray(1))).not.toContain('more than any key needs')
  })

  it.each([
    ['nothing', ''],
    ['a lone byte', '30'],
    ['another tag', '310100'],
    ['a length of unknown length', '3080'],
    ['a length of four bytes', '308400000000'],
    ['a length that breaks off', '3082'],
    ['half a length', '308201'],
    ['less than it says', '300500'],
    ['much less than it says', '3082ffff00'],
  ])('is no whole sequence: %s', (_, hex) => {
    const bytes = Buffer.from(hex, 'hex')
    expect(refusal(bytes)).toBe(
      `expected DER of a SubjectPublicKeyInfo, got ${String(bytes.length)} bytes that are no whole DER sequence`,
    )
  })

  it('is what comes after it', () => {
    const whole = spki(p256.publicKey)
    expect(refusal(Buffer.concat([whole, Buffer.alloc(3)]))).toBe(
      'expected DER of a SubjectPublicKeyInfo and nothing more, got 3 bytes after it',
    )
  })
})
