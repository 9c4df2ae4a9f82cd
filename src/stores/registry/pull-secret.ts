import {
  field,
  isObject,
  type JsonObject,
  listField,
  objectField,
  readObject,
  textField,
} from '../../evidence/json.js'
import { decodeBase64 } from '../../evidence/s3lo-record.js'
import { placeOf, readEntry } from './auth-entry.js'

/** Where the two types of a pull secret keep the logins (Kubernetes, secrets, "Docker config Secrets"). */
const entries: Readonly<Record<string, string>> = {
  'kubernetes.io/dockerconfigjson': '.dockerconfigjson',
  'kubernetes.io/dockercfg': '.dockercfg',
}

/** Whether this is something of Kubernetes' rather than docker's configuration. */
export function isManifest(value: unknown): value is JsonObject {
  return isObject(value) && textField(value, 'kind') !== undefined
}

/**
 * The logins of all pull secrets among these manifests, as a pod has those of all its `imagePullSecrets`; of other
 * manifests nothing is looked at. Of a secret only its logins count, as for the kubelet: it names no program to start.
 *
 * @returns docker's `auths`; a text says what is wrong
 */
export function loginsIn(manifests: readonly unknown[]): JsonObject | string {
  const secrets = manifests.flatMap(itemsOf).filter(isPullSecret)
  if (secrets.length === 0) return `expected a Secret of type ${Object.keys(entries).join(' or ')}, got none`
  const auths = new Map<string, { readonly name: string; readonly entry: unknown }>()
  for (const secret of secrets) {
    const own = authsOf(secret)
    if (typeof own === 'string') return own
    for (const [name, entry] of Object.entries(own)) {
      const before = auths.get(placeOf(name))
      // Which of two is meant is for nobody to guess.
      if (before && !isSameLogin(before.entry, entry))
        return `expected one login for ${name}, got two that differ`
      auths.set(placeOf(name), { name, entry })
    }
  }
  return Object.fromEntries([...auths.values()].map(({ name, entry }) => [name, entry]))
}

function itemsOf(manifest: unknown): readonly unknown[] {
  if (!isManifest(manifest)) return []
  const kind = textField(manifest, 'kind')
  return kind === 'List' || kind === 'SecretList' ? (listField(manifest, 'items') ?? []) : [manifest]
}

function isPullSecret(value: unknown): value is JsonObject {
  if (!isManifest(value)) return false
  return textField(value, 'kind') === 'Secret' && Object.hasOwn(entries, textField(value, 'type') ?? '')
}

function authsOf(secret: JsonObject): JsonObject | string {
  const type = textField(secret, 'type') ?? ''
  const entry = entries[type] ?? ''
  // What is written in clear wins over what is written in base64, as in a cluster.
  const clear = textField(objectField(secret, 'stringData'), entry)
  const coded = field(objectField(secret, 'data'), entry)
  const bytes =
    clear !== undefined ? Buffer.from(clear) : typeof coded === 'string' ? decodeBase64(coded) : undefined
  if (bytes === undefined) return `expected ${entry} in a Secret of type ${type}, got none`
  if ('illegalAt' in bytes) return `expected ${entry} in base64`
  const config = readObject(bytes)
  const auths = entry === '.dockercfg' ? config : objectField(config, 'auths')
  return auths ?? `expected ${entry} to hold docker's configuration with auths, got something else`
}

function isSameLogin(one: unknown, other: unknown): boolean {
  return JSON.stringify(readEntry(one)) === JSON.stringify(readEntry(other))
}
