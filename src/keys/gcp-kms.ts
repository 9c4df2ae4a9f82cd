import { gcpKeyName, type GcpKeyName } from './gcp-kms-name.js'
import { type KeySource, keyInvalid } from './key-source.js'

/** `gcpkms://projects/…`: public keys are fetched, the check stays here. */
export const gcpKmsKey: KeySource = {
  matches: (reference) => reference.startsWith('gcpkms:'),
  load: async (reference, call) => {
    const name: GcpKeyName | string = gcpKeyName(reference)
    if (typeof name === 'string') return keyInvalid(`${reference}: ${name}`)
    // Google's library is loaded for such references only.
    const { fetchGcpKey } = await import('./gcp-kms-client.js')
    return fetchGcpKey(reference, name, call)
  },
}
