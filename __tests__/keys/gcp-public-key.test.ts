import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { crc32c } from '../../src/keys/crc32c.js'
import { readGcpPublicKey, unusableAlgorithm } from '../../src/keys/gcp-public-key.js'

const version = 'projects/p/locations/l/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1'

function answerFor(publicKey: KeyObject, algorithm: string): Record<string, string> {
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  return { pem, algorithm, pemCrc32c: String(crc32c(Buffer.from(pem))), name: version }
}

describe('a CRC-32C', () => {
  // RFC 3720, B.4, and the usual check value.
  it.each([
    [Buffer.from('123456789'), 0xe3069283],
    [Buffer.alloc(32), 0x8a9136aa],
    [Buffer.alloc(32, 0xff), 0x62a8ab43],
    [Buffer.alloc(0), 0],
  ])('of %j is %i', (bytes, sum) => {
    expect(crc32c(bytes)).toBe(sum)
  })
})

describe('a public key of Cloud KMS', () => {
  it.each([
    ['EC_SIGN_P256_SHA256', 'ecdsa-p256', generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey],
    ['EC_SIGN_P384_SHA384', 'ecdsa-p384', generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey],
    ['EC_SIGN_ED25519', 'ed25519', generateKeyPairSync('ed25519').publicKey],
    ['RSA_SIGN_PKCS1_2048_SHA256', 'rsa', generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey],
    ['RSA_SIGN_PSS_3072_SHA256', 'rsa', generateKeyPairSync('rsa', { modulusLength: 3072 }).publicKey],
  ])('for %s is read as %s', (algorithm, type, publicKey) => {
    const read = readGcpPublicKey(version, answerFor(publicKey, algorithm))
    expect(read).toMatchObject({ kind: 'found', value: { type } })
  })

  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const good = answerFor(publicKey, 'EC_SIGN_P256_SHA256')
  it.each([
    ['pem', undefined],
    ['pem', 7],
    ['pem', String(good['pem']).replace('M', 'N')],
    ['pemCrc32c', undefined],
    ['pemCrc32c', '0'],
    ['name', undefined],
    ['name', version.replace(/1$/, '2')],
    ['name', version.replace('/k/', '/other/')],
  ])('with the field %s %j is damaged', (field, value) => {
    const read = readGcpPublicKey(version, { ...good, [field]: value })
    expect(read).toMatchObject({ kind: 'failed', problem: { code: 'response-invalid', service: 'key' } })
  })

  it('may be named by the number of its project', () => {
    const name = version.replace('projects/p', 'projects/123')
    expect(readGcpPublicKey(version, { ...good, name }).kind).toBe('found')
  })

  it.each([
    'EC_SIGN_SECP256K1_SHA256',
    'PQ_SIGN_ML_DSA_65',
    'HMAC_SHA256',
    'GOOGLE_SYMMETRIC_ENCRYPTION',
    'RSA_DECRYPT_OAEP_2048_SHA256',
    'EXTERNAL_SYMMETRIC_ENCRYPTION',
    '',
    undefined,
  ])('with the algorithm %j is no key to verify with', (algorithm) => {
    expect(unusableAlgorithm(algorithm)).toMatch(/got/)
    expect(readGcpPublicKey(version, { ...good, algorithm }).kind).toBe('absent')
  })
})
