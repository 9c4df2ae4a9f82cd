import { setTimeout as delay } from 'node:timers/promises'
import type { Call } from '../network/call.js'
import { type Ask, askId } from '../requirement/leaves.js'
import type { Finding } from '../verdict/finding.js'
import type { Bench } from './bench.js'
import type { Answered } from './signer.js'
import type { Trial } from './trial.js'

/** What is decided waits this long for what else is just arriving, so that reports do not depend on races. */
const settleMs = 250
const firstPoll = 1000
const longestPoll = 15_000

type JudgeOn = (answerOf: (trial: Trial, ask: Ask) => Answered | undefined) => Promise<Finding>

/**
 * Asks until the whole is met, or no answer could change it, or time is up. Evidence that is not there yet is asked
 * for again as long as the run waits and it could still decide.
 *
 * @param over whether there is nothing to ask about: the image was not found
 */
export async function runTrials(
  trials: readonly Trial[],
  judgeOn: JudgeOn,
  over: () => Promise<boolean>,
  { asks, clock, patience }: Pick<Bench, 'asks' | 'clock' | 'patience'>,
  call: Call,
): Promise<void> {
  const deadline = clock.now().getTime() + patience.waitMs
  const isMet = async (): Promise<boolean> => (await over()) || (await judgeOn(answered)).status === 'met'
  const mayStillBeMet = async (): Promise<boolean> => {
    if (!trials.some(({ answers }) => [...answers.values()].some(({ absent }) => absent))) return false
    return (await judgeOn(unlessAbsent)).status === 'unknown'
  }
  for (let poll = firstPoll; ; poll = Math.min(poll * 2, longestPoll)) {
    const left = deadline - clock.now().getTime()
    // A call that hangs does not keep evidence that may appear from being looked for again.
    await askRound(trials, asks, isMet, left > 0 ? poll : undefined, call)
    const rest = deadline - clock.now().getTime()
    if (call.signal.aborted || (await isMet()) || !(await mayStillBeMet())) {
      // What still hangs may matter although nothing has to appear any more.
      if (left > 0) await askRound(trials, asks, isMet, undefined, call, true)
      return
    }
    if (rest <= 0) {
      if (left > 0) await askRound(trials, asks, isMet, undefined, call, true)
      return
    }
    await clock.sleep(Math.min(poll, rest), call.signal)
  }
}

function answered({ answers }: Trial, ask: Ask): Answered | undefined {
  return answers.get(askId(ask))
}

/** What is absent counts as open: it may appear. */
function unlessAbsent(trial: Trial, ask: Ask): Answered | undefined {
  const answer = answered(trial, ask)
  return answer?.absent ? undefined : answer
}

/** Asks what is open and waits until all have answered, or no further answer could matter, or the round is over. */
async function askRound(
  trials: readonly Trial[],
  asks: readonly Ask[],
  isMet: () => Promise<boolean>,
  limit: number | undefined,
  call: Call,
  pendingOnly = false,
): Promise<void> {
  const early = new Promise<void>((resolve, reject) => {
    const look = (): void => {
      isMet().then((yes) => {
        if (yes) setTimeout(resolve, settleMs).unref()
      }, reject)
    }
    look()
    const asked = trials.map(async (trial) => {
      const open = asks.filter((ask) => answered(trial, ask)?.absent ?? !trial.answers.has(askId(ask)))
      return trial.ask(pendingOnly ? [] : open, look)
    })
    Promise.all(asked).then(() => resolve(), reject)
  })
  // Calls that are stopped say themselves what they were waiting for.
  const stopped = aborted(call.signal).then(async () => delay(settleMs, undefined, { ref: false }))
  const over = limit === undefined ? [] : [delay(limit, undefined, { ref: false })]
  await Promise.race([early, stopped, ...over])
}

export async function aborted(signal: AbortSignal): Promise<undefined> {
  if (signal.aborted) return undefined
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }))
}
