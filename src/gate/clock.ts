import { setTimeout as delay } from 'node:timers/promises'

/** The time, given to the gate so that a test can be at any. */
export interface Clock {
  readonly now: () => Date
  /** Ends early, without complaint, when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (ms, signal) => {
    try {
      await delay(ms, undefined, { signal })
    } catch {
      // Aborted: whoever aborted knows why.
    }
  },
}
