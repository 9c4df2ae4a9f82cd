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

/** @param listen is told of each request as it ends; nothing of it is kept */
export function openJournal(listen?: (asked: Asked) => void): Journal {
  const hosts = new Map<string, number>()
  const attempts: Attempt[] = []
  return {
    contacted: (host, request = host) => {
      hosts.set(host, (hosts.get(host) ?? 0) + 1)
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

/** Adds the calls of one journal to another, so that the one need not be kept. */
export function addCalls(sum: Journal, journal: Journal): void {
  for (const { host, count } of journal.calls()) for (let n = 0; n < count; n++) sum.contacted(host)
}
