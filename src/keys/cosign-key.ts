import { scrypt } from 'node:crypto'
import { decodeBase64 } from '../evidence/s3lo-record.js'
import { publicKeyFromPkcs8, type KeyOutcome } from '../verify/public-key.js'

interface Sealed {
  readonly cost: number
  readonly salt: Uint8Array
  readonly nonce: Uint8Array
  readonly ciphertext: Uint8Array
}

/** The costs that cosign accepts (secure-systems-lab/go-securesystemslib, encrypted.go); block size 8, lanes 1. */
const costs = [32_768, 65_536, 131_072]
const blockSize = 8
const lanes = 1
const keyBytes = 32
const saltBytes = 32
const nonceBytes = 24
const tagBytes = 16
/** A sealed RSA key of 16,384 bits takes less. */
const largestBody = 65_536

/**
 * Opens the body of a cosign.key (PEM `ENCRYPTED SIGSTORE PRIVATE KEY`) and gives its public half. `password` is
 * UTF-8 text, empty when there is none. Neither it nor what was opened enters a message.
 */
export async function openCosignKey(body: Uint8Array, password: string): Promise<KeyOutcome> {
  const sealed = readSealed(body)
  if (typeof sealed === 'string') return { kind: 'refused', reason: sealed }
  const secret = await deriveKey(password, sealed)
  const { xsalsa20poly1305 } = await import('@noble/ciphers/salsa.js')
  let plaintext: Uint8Array
  try {
    plaintext = xsalsa20poly1305(secret, sealed.nonce).decrypt(sealed.ciphertext)
  } catch {
    const got = password === '' ? 'an empty one' : 'one that does not open it, or a damaged file'
    return { kind: 'refused', reason: `expected the password of the encrypted private key, got ${got}` }
  } finally {
    secret.fill(0)
  }
  const outcome = publicKeyFromPkcs8(plaintext)
  plaintext.fill(0)
  return outcome
}

/** The fields of the JSON, or why they cannot be those of a cosign.key. */
function readSealed(body: Uint8Array): Sealed | string {
  const wrong = (what: string): string => `expected an encrypted private key as cosign writes it, got ${what}`
  if (body.length > largestBody) return wrong(`${body.length} bytes`)
  let document: unknown
  try {
    document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return wrong('a body that is not JSON')
  }
  const kdf = pick(document, 'kdf')
  const cipher = pick(document, 'cipher')
  const params = pick(kdf, 'params')
  if (pick(kdf, 'name') !== 'scrypt') return wrong('another key derivation than scrypt')
  if (pick(cipher, 'name') !== 'nacl/secretbox') return wrong('another cipher than nacl/secretbox')
  const cost = costs.find((candidate) => candidate === pick(params, 'N'))
  if (cost === undefined || pick(params, 'r') !== blockSize || pick(params, 'p') !== lanes) {
    return wrong(`scrypt parameters other than N ${costs.join(', ')}, r ${blockSize}, p ${lanes}`)
  }
  const salt = readBytes(pick(kdf, 'salt'))
  if (salt?.length !== saltBytes) return wrong(`a salt that is not ${saltBytes} bytes in base64`)
  const nonce = readBytes(pick(cipher, 'nonce'))
  if (nonce?.length !== nonceBytes) return wrong(`a nonce that is not ${nonceBytes} bytes in base64`)
  const ciphertext = readBytes(pick(document, 'ciphertext'))
  if (ciphertext === undefined || ciphertext.length <= tagBytes) return wrong('no ciphertext in base64')
  return { cost, salt, nonce, ciphertext }
}

function pick(holder: unknown, name: string): unknown {
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, name)) return undefined
  return (holder as Record<string, unknown>)[name]
}

function readBytes(text: unknown): Uint8Array | undefined {
  if (typeof text !== 'string') return undefined
  const bytes = decodeBase64(text)
  return 'illegalAt' in bytes ? undefined : bytes
}

function deriveKey(password: string, { cost, salt }: Sealed): Promise<Buffer> {
  // Node's default of 32 MiB is too small for every cost that cosign knows; scrypt needs 128 * N * r and a little.
  const maxmem = 2 * 128 * cost * blockSize
  return new Promise((resolve, reject) => {
    scrypt(password, salt, keyBytes, { N: cost, r: blockSize, p: lanes, maxmem }, (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })
}
