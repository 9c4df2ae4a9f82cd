import { constants, createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { ed25519ph } from '@noble/curves/ed25519.js'
import { describe, expect, it } from 'vitest'
import { publicKeyFromSpki, type PublicKey } from '../../src/verify/public-key.js'
import { largestSignatureBytes, verifySignature } from '../../src/verify/signature.js'
import { der } from './der.js'

interface Signer {
  readonly key: PublicKey
  readonly privateKey: KeyObject
}

function signer(pair: { publicKey: KeyObject; privateKey: KeyObject }): Signer {
  const outcome = publicKeyFromSpki(pair.publicKey.export({ format: 'der', type: 'spki' }))
  if (outcome.kind === 'refused') throw new Error(outcome.reason)
  return { key: outcome.key, privateKey: pair.privateKey }
}

const message = Buffer.from('s3lo-signature-v2\nbucket/image:tag\nsha256:00\n')
const ecdsa = (namedCurve: string): Signer => signer(generateKeyPairSync('ec', { namedCurve }))
const p256 = ecdsa('P-256')
const p384 = ecdsa('P-384')
const p521 = ecdsa('P-521')
const rsa = signer(generateKeyPairSync('rsa', { modulusLength: 2048 }))
const ed25519 = signer(generateKeyPairSync('ed25519'))
const asn1 = { kind: 'invalid', peerReason: 'invalid signature when validating ASN.1 encoded signature' }
const ieee = { kind: 'invalid', peerReason: 'invalid signature when validating IEEE_P1363 encoded signature' }
const neither = { kind: 'invalid', peerReason: 'ecdsa: Invalid IEEE_P1363 encoded bytes' }
const check = (one: Signer, signature: Uint8Array): ReturnType<typeof verifySignature> =>
  verifySignature(one.key, message, signature)
const valid = (scheme: string): object => ({ kind: 'valid', scheme })

describe('ECDSA', () => {
  it.each([
    ['P-256', 'sha256', p256],
    ['P-384', 'sha384', p384],
    ['P-384', 'sha256', p384],
    ['P-521', 'sha512', p521],
    ['P-521', 'sha256', p521],
  ])('%s with %s verifies in DER and in IEEE P1363', async (_curve, hash, one) => {
    const p1363 = sign(hash, message, { key: one.privateKey, dsaEncoding: 'ieee-p1363' })
    expect(await check(one, sign(hash, message, one.privateKey))).toEqual(valid(`ecdsa-${hash}`))
    expect(await check(one, p1363)).toEqual(valid(`ecdsa-${hash}`))
  })

  it('takes no other hash', async () => {
    expect(await check(p256, sign('sha512', message, p256.privateKey))).toEqual(asn1)
    expect(await check(p384, sign('sha512', message, p384.privateKey))).toEqual(asn1)
    expect(await check(p521, sign('sha1', message, p521.privateKey))).toEqual(asn1)
  })

  it('takes halves of P1363 that are longer or shorter than the curve', async () => {
    const p1363 = sign('sha256', message, { key: p256.privateKey, dsaEncoding: 'ieee-p1363' })
    const zero = Buffer.alloc(4)
    const wide = Buffer.concat([zero, p1363.subarray(0, 32), zero, p1363.subarray(32)])
    expect(await check(p256, wide)).toEqual(valid('ecdsa-sha256'))
    expect(await check(p256, p1363.subarray(1))).toEqual(neither)
    expect(await check(p256, p1363.subarray(2))).toEqual(ieee)
  })

  const integers = (...values: number[][]): Uint8Array =>
    der(0x30, ...values.map((value) => der(0x02, value)))

  it.each([
    ['nothing', [], neither],
    ['one byte', [1], neither],
    ['64 zeros', Buffer.alloc(64), ieee],
    ['64 times ff', Buffer.alloc(64, 0xff), ieee],
    ['132 bytes', Buffer.alloc(132), ieee],
    ['134 bytes', Buffer.alloc(134), neither],
    ['r = s = 0', integers([0], [0]), asn1],
    ['r = s = 1', integers([1], [1]), asn1],
    ['r = s = -1', integers([0xff], [0xff]), asn1],
    ['an empty integer', integers([], [1]), neither],
    ['a padded integer', integers([0, 1], [0, 1]), ieee],
    ['one integer', integers([1]), neither],
    ['three integers', integers([1], [1], [1]), asn1],
    ['a set', der(0x31, der(2, [1]), der(2, [1])), ieee],
    ['an indefinite length', [0x30, 0x80, 2, 1, 1, 2, 1, 1, 0, 0], ieee],
    ['a long length of a short sequence', [0x30, 0x81, 6, 2, 1, 1, 2, 1, 1], neither],
    ['a sequence cut short', [0x30, 7, 2, 1, 1, 2, 1, 1], ieee],
    ['r of 300 bytes', integers([1, ...Buffer.alloc(299)], [1]), asn1],
    ['more than the limit', integers([1, ...Buffer.alloc(largestSignatureBytes)], [1]), asn1],
  ])('refuses %s', async (_name, bytes, expected) => {
    expect(await check(p256, Uint8Array.from(bytes))).toEqual(expected)
  })

  it('refuses DER that is genuine but not strict', async () => {
    const genuine = sign('sha256', message, p256.privateKey)
    const trailing = Buffer.concat([genuine, Buffer.of(0)])
    const inner = der(0x30, genuine.subarray(2), der(0x05))
    expect(await check(p256, trailing)).toEqual(asn1)
    expect(await check(p256, inner)).toEqual(asn1)
    expect((await check(p256, Buffer.concat([Buffer.of(0x30, 0x81), genuine.subarray(1)]))).kind).toBe(
      'invalid',
    )
  })

  it('refuses another message, key and curve', async () => {
    const genuine = sign('sha256', message, p256.privateKey)
    expect(await verifySignature(p256.key, Buffer.from('other'), genuine)).toEqual(asn1)
    expect(await check(ecdsa('P-256'), genuine)).toEqual(asn1)
    expect(await check(p384, genuine)).toEqual(asn1)
  })
})

describe('RSA', () => {
  const failed = { kind: 'invalid', peerReason: 'crypto/rsa: verification error' }
  const pss = (hash: string, saltLength: number): Buffer =>
    sign(hash, message, { key: rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength })

  it.each([
    ['sha256', 32],
    ['sha384', 48],
    ['sha512', 64],
  ])('verifies PKCS#1 v1.5 and PSS with %s', async (hash, salt) => {
    expect(await check(rsa, sign(hash, message, rsa.privateKey))).toEqual(valid(`rsa-pkcs1-${hash}`))
    expect(await check(rsa, pss(hash, salt))).toEqual(valid(`rsa-pss-${hash}`))
  })

  it('refuses other hashes, other salts and rubbish', async () => {
    expect(await check(rsa, sign('sha1', message, rsa.privateKey))).toEqual(failed)
    expect(await check(rsa, pss('sha256', 20))).toEqual(failed)
    expect(await check(rsa, pss('sha256', 0))).toEqual(failed)
    for (const length of [0, 1, 255, 256, 257, 5000]) {
      expect(await check(rsa, Buffer.alloc(length))).toEqual(failed)
      expect(await check(rsa, Buffer.alloc(length, 0xff))).toEqual(failed)
    }
    const genuine = sign('sha256', message, rsa.privateKey)
    expect(await check(rsa, Buffer.concat([Buffer.of(0), genuine]))).toEqual(failed)
    expect(await verifySignature(rsa.key, Buffer.from('other'), genuine)).toEqual(failed)
  })
})

describe('Ed25519', () => {
  const failed = { kind: 'invalid', peerReason: 'failed to verify signature' }
  const seed = Buffer.from(ed25519.privateKey.export({ format: 'jwk' }).d ?? '', 'base64url')

  it('verifies pure, prehashed, and pure over SHA-256', async () => {
    const sha256 = createHash('sha256').update(message).digest()
    expect(await check(ed25519, sign(null, message, ed25519.privateKey))).toEqual(valid('ed25519'))
    expect(await check(ed25519, sign(null, sha256, ed25519.privateKey))).toEqual(valid('ed25519-sha256'))
    expect(await check(ed25519, ed25519ph.sign(message, seed))).toEqual(valid('ed25519ph'))
  })

  it('verifies the Ed25519ph vector of RFC 8032, 7.3', async () => {
    const point = 'ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf'
    const outcome = publicKeyFromSpki(Buffer.from(`302a300506032b6570032100${point}`, 'hex'))
    const signature = Buffer.from(
      '98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae41' +
        '31f85042463c2a355a2003d062adf5aaa10b8c61e636062aaad11c2a26083406',
      'hex',
    )
    if (outcome.kind === 'refused') throw new Error(outcome.reason)
    expect(await verifySignature(outcome.key, Buffer.from('abc'), signature)).toEqual(valid('ed25519ph'))
  })

  it('refuses another message, lengths, and s beyond the order', async () => {
    const genuine = sign(null, message, ed25519.privateKey)
    expect(await verifySignature(ed25519.key, Buffer.from('other'), genuine)).toEqual(failed)
    for (const length of [0, 1, 63, 64, 65, 5000]) {
      expect(await check(ed25519, Buffer.alloc(length))).toEqual(failed)
      expect(await check(ed25519, Buffer.alloc(length, 0xff))).toEqual(failed)
    }
    for (const signature of [genuine, Buffer.from(ed25519ph.sign(message, seed))]) {
      const order = 2n ** 252n + 27742317777372353535851937790883648493n
      const s = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`) + order
      const malleable = Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse()
      expect(await check(ed25519, Buffer.concat([signature.subarray(0, 32), malleable]))).toEqual(failed)
    }
  })

  it('refuses every signature by a key that is no point', async () => {
    const bytes = Buffer.from(`302a300506032b6570032100${'02'.padEnd(64, '0')}`, 'hex')
    const outcome = publicKeyFromSpki(bytes)
    if (outcome.kind === 'key') {
      expect(await verifySignature(outcome.key, message, Buffer.alloc(64))).toEqual(failed)
    }
  })
})
