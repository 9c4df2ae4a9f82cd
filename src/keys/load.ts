import type { Call } from '../network/call.js'
import { awsKmsKey } from './aws-kms.js'
import { environmentKey } from './environment.js'
import { keyFile } from './file.js'
import { inlineKey, keyName } from './inline.js'
import type { KeySource, LoadedKey } from './key-source.js'
import { webKey } from './web.js'

/** Every kind of key reference, in the order in which they are tried. */
const sources: readonly KeySource[] = [inlineKey, environmentKey, webKey, awsKmsKey, keyFile]

/** Schemes that other tools know and this version does not. */
const elsewhere = /^(gcpkms|azurekms|hashivault|openbao|k8s|gitlab|pkcs11):/

/** Leads a key reference to its public key. */
export async function loadKey(reference: string, call: Call): Promise<LoadedKey> {
  const source = sources.find(({ matches }) => matches(reference))
  const known = elsewhere.exec(reference)
  if (known || !source) {
    const message = known
      ? `${keyName(reference)}: keys in ${String(known[1])} are not supported by this version`
      : `${keyName(reference)}: expected a file, inline PEM, env://NAME, https://… or awskms:///…`
    return { reference, kind: 'failed', problem: { code: known ? 'unsupported' : 'key-invalid', message } }
  }
  return { reference, ...(await source.load(reference, call)) }
}
