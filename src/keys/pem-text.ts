import { type KeyLoad, keyInvalid, oneKey } from './key-source.js'
import { readPem } from './pem.js'

/** Most bytes of a key file or answer. */
export const keyLimit = 1024 * 1024

/**
 * The public key in a text with a PEM block: a public key, or the public half of an encrypted `cosign.key`, which
 * opens with `COSIGN_PASSWORD` (unset means the empty password, as in cosign without a terminal).
 *
 * @param name how the key is called in messages
 */
export async function keyFromText(name: string, text: string): Promise<KeyLoad> {
  const pem = readPem(text)
  switch (pem.kind) {
    case 'key':
      return oneKey(pem.key)
    case 'refused':
      return keyInvalid(`${name}: ${pem.reason}`)
    case 'encrypted': {
      const { openCosignKey } = await import('./cosign-key.js')
      const opened = await openCosignKey(pem.body, process.env['COSIGN_PASSWORD'] ?? '')
      return opened.kind === 'key' ? oneKey(opened.key) : keyInvalid(`${name}: ${opened.reason}`)
    }
  }
}
