import { azureKeyName, type AzureKeyName } from './azure-key-name.js'
import { type KeySource, keyInvalid } from './key-source.js'

/** `azurekms://<vault host>/<key>[/<version>]`: public keys are fetched, the check stays here (never `verify`). */
export const azureKeyVaultKey: KeySource = {
  matches: (reference) => reference.startsWith('azurekms:'),
  load: async (reference, call) => {
    const name: AzureKeyName | string = azureKeyName(reference)
    if (typeof name === 'string') return keyInvalid(`${reference}: ${name}`)
    // Azure's library is loaded for such references only.
    const { fetchAzureKey } = await import('./azure-key-vault-client.js')
    return fetchAzureKey(reference, name, call)
  },
}
