import { keyName } from '../keys/inline.js'
import type { LoadedKey } from '../keys/key-source.js'
import { loadKey } from '../keys/load.js'
import type { Call } from '../network/call.js'
import type { KeyResult } from '../verdict/result.js'

/** The keys of a run, each loaded once, all at the same time; none waits for another. */
export interface Keyring {
  readonly load: (reference: string) => Promise<LoadedKey>
  /** The other reference that this key counts for; undefined when it counts for this one. */
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
  const spkiOf = (reference: string): string | undefined => {
    const result = results.get(reference)
    return result?.kind === 'key' ? result.key.sha256 : undefined
  }
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
      const own = spkiOf(reference)
      if (own === undefined) return undefined
      const one = counted.get(own) ?? [...loads.keys()].find((other) => spkiOf(other) === own) ?? reference
      counted.set(own, one)
      return one === reference ? undefined : one
    },
    loaded: () =>
      [...loads.keys()].flatMap((reference) => {
        const result = results.get(reference)
        if (result?.kind !== 'key') return []
        const { id, sha256, type } = result.key
        return [{ reference: keyName(reference), id, sha256, type }]
      }),
  }
}
