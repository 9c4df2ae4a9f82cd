import { objectField, readObject, textField } from '../evidence/json.js'
import { decodeBase64 } from '../evidence/s3lo-record.js'
import { keyName } from './inline.js'
import { type KeyLoad, type KeySource, keyInvalid } from './key-source.js'
import { keyFromText } from './pem-text.js'

const entry = 'cosign.pub'
/** Kubernetes' own patterns (object names and ids: RFC 1123 label and subdomain): no name can be taken for a flag. */
const label = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?'
const shape = new RegExp(String.raw`^k8s://(${label})/(${label}(?:\.${label})*)$`)
const longestNamespace = 63
const longestName = 253

/** `k8s://<namespace>/<secret>`: the entry `cosign.pub` of a secret, as `cosign generate-key-pair k8s://…` writes it. */
export const kubernetesKey: KeySource = {
  matches: (reference) => reference.startsWith('k8s:'),
  load: async (reference, call) => {
    const [, namespace = '', name = ''] = shape.exec(reference) ?? []
    if (name === '' || name.length > longestName || namespace.length > longestNamespace) {
      return keyInvalid(`${keyName(reference)}: expected k8s://<namespace>/<secret>`)
    }
    const { getSecret } = await import('./kubectl.js')
    const answer = await getSecret({ namespace, name }, call)
    if (answer.kind === 'failed') return answer
    if (answer.kind === 'absent') return keyInvalid(`${reference}: ${answer.message}`)
    return readSecret(reference, answer.value)
  },
}

/** Nothing else of the secret is looked at: beside the public key lie the private one and its password. */
async function readSecret(reference: string, bytes: Uint8Array): Promise<KeyLoad> {
  const secret = readObject(bytes)
  if (textField(secret, 'kind') !== 'Secret') {
    const message = `${reference}: expected a Secret in JSON from kubectl, got something else`
    return { kind: 'failed', problem: { code: 'response-invalid', message, service: 'key' } }
  }
  const text = textField(objectField(secret, 'data'), entry)
  if (text === undefined)
    return keyInvalid(`${reference}: expected the entry ${entry} in the secret, got none`)
  const pem = decodeBase64(text)
  if ('illegalAt' in pem) return keyInvalid(`${reference}: expected the entry ${entry} in base64`)
  return keyFromText(`${reference}, ${entry}`, Buffer.from(pem).toString('utf8'))
}
