import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { certificateKey } from '../../src/verify/certificate.js'
import { newCertificate } from '../harness/certificate.js'

const { cert, key } = newCertificate()
const spki = createPublicKey(createPrivateKey(key)).export({ format: 'der', type: 'spki' })
const sha256 = createHash('sha256').update(spki).digest('hex')

describe('the key of a certificate', () => {
  it('is named by the hash of its SubjectPublicKeyInfo', () => {
    expect(certificateKey(cert)).toBe(sha256)
  })

  it('is that of the first certificate of a chain', () => {
    expect(certificateKey(`${cert}${newCertificate().cert}`)).toBe(sha256)
    expect(certificateKey(`${newCertificate().cert}${cert}`)).not.toBe(sha256)
  })

  it('is the same with other line ends', () => {
    expect(certificateKey(cert.replaceAll('\n', '\r\n'))).toBe(sha256)
  })

  it('is another for another key', () => {
    expect(certificateKey(newCertificate().cert)).toMatch(/^[0-9a-f]{64}$/)
    expect(certificateKey(newCertificate().cert)).not.toBe(sha256)
  })

  it.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['a private key', key],
    [
      'a public key',
      createPublicKey(createPrivateKey(key)).export({ format: 'pem', type: 'spki' }).toString(),
    ],
    ['a certificate cut off', cert.slice(0, -60)],
    ['a label without a body', '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n'],
    ['another label', cert.replaceAll('CERTIFICATE', 'CERTIFICATE REQUEST')],
    ['a body that is no base64', cert.replace(/\nM/, '\n!')],
    ['ten megabytes of text', 'A'.repeat(10_000_000)],
  ])('is not in %s', (_, text) => {
    expect(certificateKey(text)).toBeUndefined()
  })
})
