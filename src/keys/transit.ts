import { keyName } from './inline.js'
import { type KeySource, keyInvalid } from './key-source.js'
import { transitName } from './transit-name.js'

/**
 * `hashivault://…` and `openbao://…`: keys of a transit engine of Vault or OpenBao. The public halves of all versions
 * are fetched, the check stays here (never `<mount>/verify`).
 */
export const transitKey: KeySource = {
  matches: (reference) => /^(hashivault|openbao):/.test(reference),
  load: async (reference, call) => {
    const name = transitName(reference)
    if (typeof name === 'string') return keyInvalid(`${keyName(reference)}: ${name}`)
    // HTTP and TLS are loaded for such references only.
    const { fetchTransitKey } = await import('./transit-client.js')
    return fetchTransitKey(reference, name, call)
  },
}
