import { setTimeout as delay } from 'node:timers/promises'
import type { Service } from '../verdict/codes.js'
import type { Problem } from '../verdict/finding.js'
import { longestAsked } from './host-turns.js'
import type { Journal } from './journal.js'
import { failed, type Lookup } from './lookup.js'

/** What travels with every call to the outside: when to stop, how often to try, where to write it down. */
export interface Call {
  readonly signal: AbortSignal
  readonly retries: number
  readonly journal: Journal
}

/** No answer and no further byte for this long ends one request; milliseconds. */
export const idleLimit = 30_000

const firstPause = 200
const longestPause = 20_000

/** Failures that may pass by themselves. */
const passing: ReadonlySet<string> = new Set(['unreachable', 'rate-limited', 'server-error', 'timeout'])

/** A failed lookup may say how long the service asks to wait. */
export type Answer<Value> = Lookup<Value> & { readonly retryAfterMs?: number }

/**
 * Asks again where that can help, at most `call.retries` times, and writes each further attempt down.
 *
 * @param name the call as it is shown in the report: no credentials in it
 */
export async function ask<Value>(
  name: string,
  service: Service,
  call: Call,
  once: () => Promise<Answer<Value>>,
): Promise<Lookup<Value>> {
  const outOfTime = (last?: Problem): Lookup<never> => {
    const before =
      last && last.code !== 'timeout' ? `; the last attempt ended with ${last.code}: ${last.message}` : ''
    return failed('timeout', `${name}: no answer within the time for this image${before}`, service)
  }
  const isOver = (): boolean => call.signal.aborted
  for (let attempt = 1; ; attempt++) {
    if (isOver()) return outOfTime()
    const answer = await once()
    if (answer.kind !== 'failed') return answer
    if (isOver()) return outOfTime(answer.problem)
    if (attempt > call.retries || !passing.has(answer.problem.code)) return answer
    const { retryAfterMs } = answer
    // Earlier than it asked for, the service would only refuse again.
    if (retryAfterMs !== undefined && retryAfterMs > longestAsked) return answer
    const usual = firstPause * 2 ** (attempt - 1) * (0.75 + Math.random() / 2)
    const pause = retryAfterMs ?? Math.min(usual, longestPause)
    call.journal.retried({
      call: name,
      attempt: attempt + 1,
      ended: `${answer.problem.code}: ${answer.problem.message}`,
    })
    try {
      await delay(pause, undefined, { signal: call.signal })
    } catch {
      return outOfTime(answer.problem)
    }
  }
}
