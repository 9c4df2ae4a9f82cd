/** Runs so many at the same time, in the order in which they were asked for. */
export type Turns = <Out>(run: () => Promise<Out>) => Promise<Out>

/** Parts of images that are read at the same time, in the whole run: each may hold a chunk in memory. */
export const partsAtOnce = 4

export function openTurns(most: number): Turns {
  const waiting: (() => void)[] = []
  let running = 0
  return async (run) => {
    if (running === most) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
    try {
      return await run()
    } finally {
      const next = waiting.shift()
      // The place is handed on, so that nobody who asks in between comes first.
      if (next) next()
      else running--
    }
  }
}
