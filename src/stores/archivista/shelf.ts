import type { Call } from '../../network/call.js'
import { found, type Lookup } from '../../network/lookup.js'
import { within } from './turns.js'

type Fetch = (gitoid: string, call: Call) => Promise<Lookup<Uint8Array>>

/**
 * Envelopes that several images of a run ask for are fetched once. Only what was found is kept, and so many bytes of
 * it: beyond that an envelope is fetched again. A failure is that of one call, with its time, and is nobody else's.
 */
export function openShelf(fetch: Fetch, mostBytes: number): Fetch {
  const kept = new Map<string, Uint8Array>()
  const underWay = new Map<string, Promise<Lookup<Uint8Array>>>()
  let size = 0
  const get: Fetch = async (gitoid, call) => {
    const answer = await fetch(gitoid, call)
    if (answer.kind === 'found' && !kept.has(gitoid) && size + answer.value.length <= mostBytes) {
      size += answer.value.length
      kept.set(gitoid, answer.value)
    }
    return answer
  }
  return async (gitoid, call) => {
    const bytes = kept.get(gitoid)
    if (bytes !== undefined) return found(bytes)
    const others = underWay.get(gitoid)
    if (others !== undefined) {
      const answer = await within(others, call.signal)
      if (answer?.kind === 'found') return answer
      // Not one after the other: each of those who waited would add its time to the next one's.
      return get(gitoid, call)
    }
    const own = get(gitoid, call)
    underWay.set(gitoid, own)
    try {
      return await own
    } finally {
      underWay.delete(gitoid)
    }
  }
}
