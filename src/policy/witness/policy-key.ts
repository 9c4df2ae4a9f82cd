import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import type { VerifyingKey } from './signers.js'
import { keyIdOf } from './certificate.js'

const block = /-----BEGIN ([A-Z0-9 ]{1,40})-----/

/**
 * The key of the first PEM block: PKIX, PKCS#1, or the public half of a private key (cryptoutil/util.go).
 *
 * @returns a text that says what is wrong
 */
export function readVerifyingKey(bytes: Uint8Array): VerifyingKey | string {
  const pem = Buffer.from(bytes).toString('utf8')
  const [, label = ''] = block.exec(pem) ?? []
  if (label === '') return 'invalid pem block: expected a key in PEM, with its BEGIN and END lines'
  // A certificate among keys has no roots, so it never verifies: said here, not found out later.
  if (label === 'CERTIFICATE')
    return 'expected a public key, got a certificate: name its authority under roots'
  try {
    const key = label.endsWith('PRIVATE KEY') ? createPublicKey(createPrivateKey(pem)) : createPublicKey(pem)
    return verifyingKey(key)
  } catch {
    return `expected a public key, got a block ${label} that is none`
  }
}

const smallestModulus = 1024

/** @returns a text that says what is wrong */
export function verifyingKey(key: KeyObject): VerifyingKey | string {
  const type = key.asymmetricKeyType ?? 'unknown'
  if (type !== 'ed25519' && type !== 'ec' && type !== 'rsa')
    return `expected an Ed25519, ECDSA or RSA key, got ${type}`
  const bits = key.asymmetricKeyDetails?.modulusLength ?? smallestModulus
  // As Go's crypto/rsa.
  if (bits < smallestModulus) return `expected an RSA key of at least ${smallestModulus} bits, got ${bits}`
  return { keyId: keyIdOf(key), key }
}
