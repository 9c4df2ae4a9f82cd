import type { Lookup } from '../network/lookup.js'
import type { NonEmpty } from '../verdict/request.js'
import type { PublicKey } from '../verify/public-key.js'
import { type KeyLoad, type KeyVersion, keyInvalid } from './key-source.js'

/** What asking for one version came to; absent: it is no key to verify with. */
export interface VersionLookup {
  readonly version: string
  readonly lookup: Lookup<PublicKey>
}

/** Most versions of one key that are fetched; a key that has more must be pinned. */
export const mostVersions = 100

/**
 * The versions of a key, any of which may have signed. All must have been had: passing over one would call its
 * signatures missing.
 *
 * @param name how the key is called in messages
 */
export function keyOfVersions(name: string, versions: readonly VersionLookup[]): KeyLoad {
  const keys: KeyVersion[] = []
  for (const { version, lookup } of versions) {
    if (lookup.kind === 'failed') return lookup
    if (lookup.kind === 'absent')
      return keyInvalid(`${lookup.message}; disable it or name the one that signed`)
    keys.push({ key: lookup.value, version })
  }
  return isNonEmpty(keys)
    ? { kind: 'keys', keys }
    : keyInvalid(`${name}: expected a version that is enabled, got none`)
}

function isNonEmpty<Item>(items: readonly Item[]): items is NonEmpty<Item> {
  return items.length > 0
}
