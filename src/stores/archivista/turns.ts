import type { Answer, Call } from '../../network/call.js'
import { failed } from '../../network/lookup.js'

/** Waits for a promise no longer than a call lasts: undefined is what is left then. */
export async function within<Value>(
  promise: Promise<Value>,
  signal: AbortSignal,
): Promise<Value | undefined> {
  if (signal.aborted) return undefined
  let stop = (): void => undefined
  const over = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined)
  })
  signal.addEventListener('abort', stop)
  try {
    return await Promise.race([promise, over])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** Sends so many requests at the same time, in the order in which they came. */
export type Turns = <Value>(call: Call, once: () => Promise<Answer<Value>>) => Promise<Answer<Value>>

export function openTurns(most: number): Turns {
  const waiting = new Set<() => void>()
  let running = 0
  const release = (): void => {
    const [next] = waiting
    if (next === undefined) {
      running--
      return
    }
    // The place is handed on, so that nobody who asks in between comes first.
    waiting.delete(next)
    next()
  }
  return async ({ signal }, once) => {
    if (running < most) running++
    else {
      let mine = (): void => undefined
      const turn = new Promise<true>((resolve) => {
        mine = () => resolve(true)
      })
      waiting.add(mine)
      if ((await within(turn, signal)) === undefined) {
        // Whoever is no longer in the row got the place in the same moment, and hands it on.
        if (!waiting.delete(mine)) release()
        return failed('timeout', 'the time was over before its turn came', 'archivista')
      }
    }
    try {
      return await once()
    } finally {
      release()
    }
  }
}
