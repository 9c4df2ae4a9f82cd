/** Requests to one host at the same time: what registries and browsers take for polite. */
export const mostAtOnce = 20
/** A host that asks for more patience than this is not waited for, milliseconds. */
export const longestAsked = 120_000

/** A place among the requests to a host, to be given back; or why there is none. */
export type Turn =
  | { readonly kind: 'go'; readonly done: () => void }
  /** The time of the caller was over; `waited`: while the host had asked for a pause */
  | { readonly kind: 'over'; readonly waited: boolean }
  /** The host asked for a longer pause than anybody waits; milliseconds that are left of it. */
  | { readonly kind: 'refused'; readonly leftMs: number }

/** The requests to one host, of all images of a run: so many at a time, and none while the host wants a pause. */
export interface HostTurns {
  readonly take: (call: { readonly signal: AbortSignal }) => Promise<Turn>
  /** The host answered that it gets too many requests, and for how long it wants none. */
  readonly pause: (ms: number) => void
}

export function openHostTurns(now: () => number = () => performance.now()): HostTurns {
  const waiting = new Set<(turn: Turn) => void>()
  let running = 0
  let resumesAt = 0
  let timer: NodeJS.Timeout | undefined

  const take = (): Turn => {
    running++
    let isBack = false
    return {
      kind: 'go',
      done: () => {
        if (!isBack) running--
        isBack = true
        wake()
      },
    }
  }
  const wake = (): void => {
    clearTimeout(timer)
    if (waiting.size === 0) return
    const leftMs = resumesAt - now()
    if (leftMs > longestAsked) {
      for (const end of waiting) end({ kind: 'refused', leftMs })
    } else if (leftMs > 0) {
      timer = setTimeout(wake, leftMs)
    } else {
      for (const go of waiting) if (running < mostAtOnce) go(take())
    }
  }

  return {
    take: async ({ signal }) => {
      if (signal.aborted) return { kind: 'over', waited: false }
      if (now() >= resumesAt && waiting.size === 0 && running < mostAtOnce) return take()
      return new Promise((resolve) => {
        const settle = (turn: Turn): void => {
          waiting.delete(settle)
          signal.removeEventListener('abort', end)
          resolve(turn)
        }
        const end = (): void => {
          settle({ kind: 'over', waited: now() < resumesAt })
          // Nobody is left whom the timer would wake.
          if (waiting.size === 0) clearTimeout(timer)
        }
        waiting.add(settle)
        signal.addEventListener('abort', end)
        wake()
      })
    },
    pause: (ms) => {
      resumesAt = Math.max(resumesAt, now() + ms)
      wake()
    },
  }
}

const hosts = new Map<string, HostTurns>()

/** The turns of a host (`name:port`); a host is the same one for every run of this process. */
export function turnsOf(host: string): HostTurns {
  const turns = hosts.get(host) ?? openHostTurns()
  hosts.set(host, turns)
  return turns
}
