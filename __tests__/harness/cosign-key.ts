import { randomBytes, scryptSync } from 'node:crypto'
import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js'
import type { KeyPair } from './store.js'

/** The private half of a key as `cosign generate-key-pair` writes it. */
export function sealKey({ privateKey }: Pick<KeyPair, 'privateKey'>, password: string): string {
  const [salt, nonce] = [randomBytes(32), randomBytes(24)]
  const secret = scryptSync(password, salt, 32, { N: 32_768, r: 8, p: 1, maxmem: 2 ** 27 })
  const plaintext = privateKey.export({ type: 'pkcs8', format: 'der' })
  const body = {
    kdf: { name: 'scrypt', params: { N: 32_768, r: 8, p: 1 }, salt: salt.toString('base64') },
    cipher: { name: 'nacl/secretbox', nonce: nonce.toString('base64') },
    ciphertext: Buffer.from(xsalsa20poly1305(secret, nonce).encrypt(plaintext)).toString('base64'),
  }
  const lines =
    Buffer.from(JSON.stringify(body))
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  const label = 'ENCRYPTED SIGSTORE PRIVATE KEY'
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}
