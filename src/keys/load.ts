import type { Call } from '../network/call.js'
import { awsKmsKey } from './aws-kms.js'
import { azureKeyVaultKey } from './azure-key-vault.js'
import { environmentKey } from './environment.js'
import { keyFile } from './file.js'
import { gcpKmsKey } from './gcp-kms.js'
import { gitlabKey } from './gitlab.js'
import { inlineKey, keyName } from './inline.js'
import type { KeySource, LoadedKey } from './key-source.js'
import { kubernetesKey } from './kubernetes-secret.js'
import { pkcs11Key } from './pkcs11.js'
import { transitKey } from './transit.js'
import { webKey } from './web.js'

/** Every kind of key reference, in the order in which they are tried. */
const sources: readonly KeySource[] = [
  inlineKey,
  environmentKey,
  webKey,
  awsKmsKey,
  gcpKmsKey,
  azureKeyVaultKey,
  transitKey,
  kubernetesKey,
  gitlabKey,
  pkcs11Key,
  keyFile,
]

/** Leads a key reference to its public key. */
export async function loadKey(reference: string, call: Call): Promise<LoadedKey> {
  const source = sources.find(({ matches }) => matches(reference))
  if (!source) {
    const message = `${keyName(reference)}: expected a file, inline PEM, env://NAME, https://…, awskms:///…, gcpkms://…, azurekms://…, hashivault://…, openbao://…, k8s://… or gitlab://…`
    return { reference, kind: 'failed', problem: { code: 'key-invalid', message } }
  }
  return { reference, ...(await source.load(reference, call)) }
}
