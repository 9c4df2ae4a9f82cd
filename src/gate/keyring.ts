import { keyName } from '../keys/inline.js'
import type { KeyVersion, LoadedKey } from '../keys/key-source.js'
import { loadKey } from '../keys/load.js'
import type { Call } from '../network/call.js'
import type { KeyResult } from '../verdict/result.js'

/** The keys of a run, each loaded once, all at the same time; none waits for another. */
export interface Keyring {
  readonly load: (reference: string) => Promise<LoadedKey>
  /** The other reference that this key counts for, as they have a version in common; undefined: it counts for itself. */
  readonly sameAs: (reference: string) => string | undefined
  /** What is known by now, in the order given. */
  readonly loaded: () => readonly KeyResult[]
}

export function openKeyring(references: readonly string[], call: Call): Keyring {
  const results = new Map<string, LoadedKey>()
  const loads = new Map<string, Promise<LoadedKey>>()
  for (const reference of new Set(references)) {
    const load = loadKey(reference, call).then((result) => {
      results.set(reference, result)
      return result
    })
    // Whoever needs the key awaits the same promise and sees the failure there.
    load.catch(() => undefined)
    loads.set(reference, load)
  }
  const versionsOf = (reference: string): readonly KeyVersion[] => {
    const result = results.get(reference)
    return result?.kind === 'keys' ? result.keys : []
  }
  const spkisOf = (reference: string): readonly string[] => versionsOf(reference).map(({ key }) => key.sha256)
  // Of references that are one key, one counts, the same for every image: the first in order that had loaded when it
  // was first asked.
  const counted = new Map<string, string>()
  return {
    load: async (reference) => {
      const load = loads.get(reference)
      if (!load) throw new Error('a key was asked for that is not in the keyring')
      return load
    },
    sameAs: (reference) => {
      const own = spkisOf(reference)
      if (own.length === 0) return undefined
      const known = own.map((spki) => counted.get(spki)).find((other) => other !== undefined)
      const first = [...loads.keys()].find((other) => spkisOf(other).some((spki) => own.includes(spki)))
      const one = known ?? first ?? reference
      for (const spki of own) counted.set(spki, one)
      return one === reference ? undefined : one
    },
    loaded: () =>
      [...loads.keys()].flatMap((reference) => {
        const name = keyName(reference)
        return versionsOf(reference).map(({ key: { id, sha256, type }, version }) => ({
          reference: name,
          id,
          sha256,
          type,
          ...(version !== undefined && { version }),
        }))
      }),
  }
}

/** A key as it is called where one of its versions is meant. */
export function versionName(name: string, version: string | undefined): string {
  return version === undefined ? name : `${name} (version ${version})`
}
