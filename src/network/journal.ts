import type { Asked, Attempt, Calls } from '../verdict/result.js'

/** What a run did on the network: hosts with counts, and each further attempt. One per image, and one for the run. */
export interface Journal {
  /** A call to a host begins; to be told how it ended. */
  readonly contacted: (host: string, request?: string) => (ended: string) => void
  readonly retried: (attempt: Attempt) => void
  readonly calls: () => readonly Calls[]
  readonly attempts: () => readonly Attempt[]
}

const unheard = (): void => undefined

/** Who else is told of a call. */
interface Hearers {
  /** The journal of the run, for that of an image: told at once, so that a run that is stopped has it too. */
  readonly within?: Journal
  /** Is told of each request as it ends; nothing of it is kept. */
  readonly listen?: (asked: Asked) => void
}

export function openJournal({ within, listen }: Hearers = {}): Journal {
  const hosts = new Map<string, number>()
  const attempts: Attempt[] = []
  return {
    contacted: (host, request = host) => {
      hosts.set(host, (hosts.get(host) ?? 0) + 1)
      if (within) return within.contacted(host, request)
      if (!listen) return unheard
      const from = performance.now()
      return (ended) => {
        listen({ request, ended, ms: performance.now() - from })
      }
    },
    retried: (attempt) => void attempts.push(attempt),
    calls: () =>
      [...hosts].map(([host, count]) => ({ host, count })).sort((a, b) => (a.host < b.host ? -1 : 1)),
    attempts: () => [...attempts].sort((a, b) => compare(a.call, b.call) || a.attempt - b.attempt),
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
