import { createPublicKey } from 'node:crypto'
import { field, type JsonObject, listField, objectField, textField } from '../evidence/json.js'
import { absent, failed, found, type Lookup } from '../network/lookup.js'
import { type PublicKey, publicKeyFromSpki } from '../verify/public-key.js'

const expected = 'expected an EC key on P-256, P-384 or P-521, or an RSA key'
const curves: readonly unknown[] = ['P-256', 'P-384', 'P-521']

/**
 * Reads a KeyBundle of Key Vault (REST 7.4: `key` is a JSON Web Key, RFC 7517, whose type may end in `-HSM`;
 * `attributes.enabled`). A validity that is over bars a key from signing, not its signatures from being checked.
 *
 * @param version how the version is called in messages
 */
export function readAzureKey(version: string, document: JsonObject): Lookup<PublicKey> {
  const key = objectField(document, 'key')
  const type = textField(key, 'kty')
  if (type === undefined) {
    return failed('response-invalid', `${version}: Key Vault answered without a key`, 'key')
  }
  const refused = (why: string): Lookup<never> => absent(`${version}: ${why}`)
  if (field(objectField(document, 'attributes'), 'enabled') === false) return refused('the key is disabled')
  const operations = listField(key, 'key_ops')
  if (operations && !operations.includes('verify') && !operations.includes('sign')) {
    return refused(`expected a key that signs, got one for ${operations.join(', ') || 'nothing'}`)
  }
  const plain = type.replace(/-HSM$/, '')
  const curve = textField(key, 'crv')
  if (plain === 'EC' && !curves.includes(curve)) {
    return refused(`${expected}, got one on ${curve ?? 'no curve'}`)
  }
  if (plain !== 'EC' && plain !== 'RSA') return refused(`${expected}, got one of type ${type}`)
  const fields = plain === 'EC' ? ['crv', 'x', 'y'] : ['n', 'e']
  const spki = spkiOf(
    plain,
    fields.map((name) => [name, textField(key, name)]),
  )
  if (spki === undefined) {
    return failed('response-invalid', `${version}: Key Vault answered with a key that is none`, 'key')
  }
  const read = publicKeyFromSpki(spki)
  return read.kind === 'key' ? found(read.key) : refused(read.reason)
}

function spkiOf(
  kty: string,
  fields: readonly (readonly [string, string | undefined])[],
): Uint8Array | undefined {
  if (fields.some(([, value]) => value === undefined)) return undefined
  try {
    const key = createPublicKey({ key: { kty, ...Object.fromEntries(fields) }, format: 'jwk' })
    return key.export({ format: 'der', type: 'spki' })
  } catch {
    return undefined
  }
}
