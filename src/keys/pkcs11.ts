import { keyName } from './inline.js'
import type { KeySource } from './key-source.js'

/** Why a key on a hardware token is not read, and what does instead. */
export const tokensUnsupported =
  'keys on hardware tokens (PKCS#11, PIV) are not read: a runner has none; export the public key as PEM once and give that (cosign public-key, or pkcs11-tool --read-object --type pubkey)'

/** `pkcs11:…` (RFC 7512), which cosign reads through a module of the token's maker. */
export const pkcs11Key: KeySource = {
  matches: (reference) => reference.startsWith('pkcs11:'),
  load: (reference) => {
    const message = `${keyName(reference)}: ${tokensUnsupported}`
    return Promise.resolve({ kind: 'failed', problem: { code: 'unsupported', message } })
  },
}
