import { field, isObject, type JsonObject, objectField, textField } from '../evidence/json.js'
import { decodeBase64 } from '../evidence/s3lo-record.js'
import type { NonEmpty } from '../verdict/request.js'
import { type KeyOutcome, publicKeyFromSpki } from '../verify/public-key.js'
import { type KeyLoad, keyInvalid, type KeyVersion } from './key-source.js'
import { readPem } from './pem.js'

/** Key types of a transit engine that sign and that are verified here. */
const signing = ['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'ed25519', 'rsa-2048', 'rsa-3072', 'rsa-4096']
/** Each version is a key to look for and to verify with. */
const mostVersions = 1000
/** A SubjectPublicKeyInfo of Ed25519 up to the key itself (RFC 8410, 4). */
const ed25519Info = Buffer.from('302a300506032b6570032100', 'hex')

/**
 * The public halves in the answer of `GET /v1/<mount>/keys/<name>`, newest first. Versions that the engine would not
 * verify with any more (below `min_decryption_version`) are left out, as it leaves them out itself.
 *
 * @param name the key as it is called in messages
 */
export function readTransitKey(name: string, document: JsonObject): KeyLoad {
  const data = objectField(document, 'data')
  const type = textField(data, 'type')
  if (data === undefined || type === undefined) {
    return failure('response-invalid', `${name}: expected a key of a transit engine, got other JSON`)
  }
  if (!signing.includes(type)) {
    return keyInvalid(`${name}: expected a key of type ${signing.join(', ')}, got one of type ${type}`)
  }
  if (field(data, 'soft_deleted') === true) return keyInvalid(`${name}: the key is deleted (soft-deleted)`)
  const oldest = field(data, 'min_decryption_version')
  const least = typeof oldest === 'number' ? oldest : 0
  const entries = Object.entries(objectField(data, 'keys') ?? {})
    .filter(([version]) => !(Number(version) < least))
    .sort(([a], [b]) => Number(b) - Number(a))
  if (entries.length > mostVersions) {
    const message = `${name}: more than ${mostVersions} versions; raise min_decryption_version of the key`
    return failure('limit-exceeded', message)
  }
  const versions: KeyVersion[] = []
  for (const [version, entry] of entries) {
    const read = readVersion(type, entry)
    // Passing over one would call its signatures missing.
    if (read.kind === 'refused') return keyInvalid(`${name}: version ${version}: ${read.reason}`)
    versions.push({ key: read.key, version })
  }
  return isNonEmpty(versions)
    ? { kind: 'keys', keys: versions }
    : keyInvalid(`${name}: expected a version of the key that can be verified with, got none`)
}

function readVersion(type: string, entry: unknown): KeyOutcome {
  const text = isObject(entry) ? textField(entry, 'public_key') : undefined
  if (text === undefined) return { kind: 'refused', reason: 'expected a public key, got none' }
  if (text === '') {
    return {
      kind: 'refused',
      reason: 'expected a public key, got none (a derived key has one for each context)',
    }
  }
  if (type !== 'ed25519') {
    const pem = readPem(text)
    return pem.kind === 'encrypted'
      ? { kind: 'refused', reason: 'expected a public key, got a private one' }
      : pem
  }
  const raw = decodeBase64(text)
  if ('illegalAt' in raw || raw.length !== 32) {
    return { kind: 'refused', reason: 'expected the 32 bytes of an Ed25519 key in base64' }
  }
  return publicKeyFromSpki(Buffer.concat([ed25519Info, raw]))
}

function failure(code: 'response-invalid' | 'limit-exceeded', message: string): KeyLoad {
  return { kind: 'failed', problem: { code, message, service: 'key' } }
}

function isNonEmpty(versions: readonly KeyVersion[]): versions is NonEmpty<KeyVersion> {
  return versions.length > 0
}
