import { type JsonObject, textField } from '../evidence/json.js'
import { absent, failed, found, type Lookup } from '../network/lookup.js'
import type { PublicKey } from '../verify/public-key.js'
import { crc32c } from './crc32c.js'
import { readPem } from './pem.js'

/** Algorithms that sign with a key of a kind that is verified here (CryptoKeyVersionAlgorithm). */
const signing = /^(EC_SIGN_(P256_SHA256|P384_SHA384|ED25519)|RSA_SIGN_(PSS|PKCS1|RAW_PKCS1)_[0-9A-Z_]+)$/

/** @returns why no signature of a version with this algorithm can be checked; undefined when it can */
export function unusableAlgorithm(algorithm: string | undefined): string | undefined {
  if (algorithm === undefined) return 'got a version without an algorithm'
  if (signing.test(algorithm)) return undefined
  const purpose = algorithm.includes('_SIGN_')
    ? 'which is not supported'
    : 'which does not sign: the purpose must be ASYMMETRIC_SIGN'
  return `expected a key for ECDSA P-256 or P-384, RSA or Ed25519 signatures, got ${algorithm}, ${purpose}`
}

/**
 * Reads a `PublicKey` of Cloud KMS (REST v1: `pem`, `algorithm`, `pemCrc32c`, `name`). The checksum is that of the PEM;
 * an answer for another version, without it or with another is damaged.
 *
 * @param version resource name of the version that was asked for
 */
export function readGcpPublicKey(version: string, document: JsonObject): Lookup<PublicKey> {
  const damaged = (what: string): Lookup<never> => failed('response-invalid', `${version}: ${what}`, 'key')
  const pem = textField(document, 'pem')
  const name = textField(document, 'name')
  if (pem === undefined) return damaged('Cloud KMS answered without a public key')
  // A project has a name and a number, and the answer may use either.
  if (name === undefined || belowProject(name) !== belowProject(version)) {
    return damaged('Cloud KMS answered with the key of another version')
  }
  const unusable = unusableAlgorithm(textField(document, 'algorithm'))
  if (unusable !== undefined) return absent(`${version}: ${unusable}`)
  // A 64-bit number is a text in this JSON.
  if (textField(document, 'pemCrc32c') !== String(crc32c(Buffer.from(pem)))) {
    return damaged('the checksum of the public key (pemCrc32c) is missing or wrong')
  }
  const read = readPem(pem)
  if (read.kind === 'key') return found(read.key)
  return absent(`${version}: ${read.kind === 'refused' ? read.reason : 'expected a public key'}`)
}

function belowProject(name: string): string {
  return name.replace(/^projects\/[^/]+\//, '')
}
