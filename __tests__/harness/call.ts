import type { Call } from '../../src/network/call.js'
import { openJournal } from '../../src/network/journal.js'

/** What a call needs besides: no further attempts, nothing that ends it, and a journal of its own. */
export function newCall(changes: Partial<Call> = {}): Call {
  return { signal: new AbortController().signal, retries: 0, journal: openJournal(), ...changes }
}
