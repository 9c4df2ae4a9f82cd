import { type Problem, unknown } from '../verdict/finding.js'
import type { StatementRule } from '../verify/statement-rule.js'

/** The same rule for one image, which waits for it no longer than its own time. */
export function boundRule(rule: StatementRule, signal: AbortSignal): StatementRule {
  const problem: Problem = {
    code: 'timeout',
    service: 'engine',
    message: 'the policy was not evaluated within the time for this image',
  }
  const inTime = async <Value>(answer: Promise<Value>, late: Value): Promise<Value> =>
    new Promise((resolve, reject) => {
      const stop = (): void => resolve(late)
      if (signal.aborted) stop()
      signal.addEventListener('abort', stop, { once: true })
      void answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
    })
  return {
    ...rule,
    problem: async () => inTime<Problem | undefined>(rule.problem(), problem),
    judge: async (statement) => inTime(rule.judge(statement), unknown('attestation-policy', problem)),
  }
}
