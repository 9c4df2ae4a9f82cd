import {
  type Answer,
  describeFault,
  type Evaluation,
  type PolicyText,
  type Question,
} from '../engine/question.js'
import { all } from '../verdict/algebra.js'
import { type Finding, met, type Problem, unknown, unmet } from '../verdict/finding.js'
import type { SignedStatement, StatementRule } from '../verify/statement-rule.js'

/** The files of a policy about statements, by their language. */
export interface StatementPolicy {
  readonly rego: readonly PolicyText[]
  readonly cue: readonly PolicyText[]
}

type Ask = (question: Question) => Promise<Answer>

const check = 'attestation-policy'
/** cosign's rule: `package signature`, `allow` (pkg/cosign/rego/rego.go). */
const query = 'data.signature.allow'

/**
 * A policy in Rego or CUE that every verified statement must satisfy, with the answers of `cosign verify-attestation
 * --policy`: `data.signature.allow` must be true, and undefined is no; the constraints of CUE must hold and (other than
 * there) leave nothing open. The input is the whole statement. Modules are read as v0, as cosign does, and as v1 where only that
 * works.
 *
 * @param load what does not need the engine yet is read when it is asked for first
 */
export function compileStatementPolicy(
  id: string,
  load: () => Promise<StatementPolicy | Problem>,
  ask: Ask,
): StatementRule {
  let version: Promise<'v0' | 'v1' | Problem> | undefined
  /** Asked about nothing, an engine says whether the policy loads. */
  const ready = async (): Promise<'v0' | 'v1' | Problem> =>
    (version ??= load().then(async (policy) => prepare(policy, ask)))
  return {
    id,
    over: 'every',
    problem: async () => {
      const known = await ready()
      return typeof known === 'string' ? undefined : known
    },
    judge: async (statement) => {
      const policy = await load()
      const known = await ready()
      if ('code' in policy) return unknown(check, policy)
      if (typeof known !== 'string') return unknown(check, known)
      const inputs = [Buffer.from(statement.payload).toString()]
      const parts: Finding[] = []
      if (policy.rego.length > 0)
        parts.push(judgeRego(await ask(regoQuestion(policy.rego, known, inputs)), statement))
      if (policy.cue.length > 0) parts.push(judgeCue(await ask(cueQuestion(policy.cue, inputs)), statement))
      const [only, ...others] = parts
      return only && others.length === 0 ? only : all(check, parts)
    },
  }
}

async function prepare(policy: StatementPolicy | Problem, ask: Ask): Promise<'v0' | 'v1' | Problem> {
  if ('code' in policy) return policy
  if (policy.cue.length > 0) {
    const answer = await ask(cueQuestion(policy.cue, []))
    if (answer.kind !== 'answered') return problemOf(answer)
  }
  if (policy.rego.length === 0) return 'v0'
  const older = await ask(regoQuestion(policy.rego, 'v0', []))
  if (older.kind === 'answered') return 'v0'
  if (older.kind === 'failed') return older.problem
  if (!older.faults.every(({ code }) => code === 'rego_parse_error')) return problemOf(older)
  const newer = await ask(regoQuestion(policy.rego, 'v1', []))
  return newer.kind === 'answered' ? 'v1' : problemOf(newer.kind === 'failed' ? newer : older)
}

function regoQuestion(
  files: readonly PolicyText[],
  version: 'v0' | 'v1',
  inputs: readonly string[],
): Question {
  // As in cosign the error of a builtin is undefined; what it hid is said beside the answer.
  return { language: 'rego', files, inputs, rego: { version, queries: [query], strict: false } }
}

function cueQuestion(files: readonly PolicyText[], inputs: readonly string[]): Question {
  // Stricter than cosign, where a field that the policy constrains may be missing: what is not there satisfies nothing.
  return { language: 'cue', files, inputs, cue: { concrete: true } }
}

function judgeRego(answer: Answer, { where }: SignedStatement): Finding {
  if (answer.kind !== 'answered') return unknown(check, problemOf(answer))
  const [{ values: [value] = [], faults = [] } = nothing] = answer.results
  if (value === undefined || faults.length > 0) return broken(faults, where)
  const hidden = value.swallowed ?? []
  const also =
    hidden.length === 0
      ? ''
      : `; ${hidden.length} errors of builtins were read as undefined, first ${describe(hidden[0])}`
  const what = `${query} of the statement at ${where}`
  if (value.defined && value.value === true) return met(check, `${what} is true${also}`)
  const got = value.defined ? JSON.stringify(value.value).slice(0, longest) : 'undefined'
  return unmet(check, 'policy-denied', `expected ${what} to be true, got ${got}${also}`, {
    peerReason: value.defined
      ? `expression value, ${got}, is not true`
      : `result is undefined for query '${query}'`,
  })
}

function judgeCue(answer: Answer, { where }: SignedStatement): Finding {
  if (answer.kind !== 'answered') return unknown(check, problemOf(answer))
  const [{ faults = [] } = nothing] = answer.results
  if (faults.some(({ code }) => code !== 'cue_unmet')) return broken(faults, where)
  if (faults.length === 0) return met(check, `the statement at ${where} satisfies the policy in CUE`)
  const which = faults.slice(0, mostShown).map(describe).join('; ')
  const more = faults.length > mostShown ? ` and ${faults.length - mostShown} more` : ''
  const message = `expected the statement at ${where} to satisfy the policy in CUE, got ${which}${more}`
  return unmet(check, 'policy-denied', message, { peerReason: faults[0]?.message ?? '' })
}

const nothing: Evaluation = {}
const mostShown = 3
const longest = 300

/** The statement is JSON, so what breaks off is the policy: two rules that contradict each other, say. */
function broken(faults: Evaluation['faults'] = [], where: string): Finding {
  const message = `the policy does not come to an answer about the statement at ${where}: ${describe(faults[0])}`
  return unknown(check, { code: 'policy-invalid', message })
}

function problemOf(answer: Exclude<Answer, { kind: 'answered' }> | Answer): Problem {
  if (answer.kind === 'failed') return answer.problem
  const faults = answer.kind === 'refused' ? answer.faults : []
  const which = faults.slice(0, mostShown).map(describe).join('; ')
  return { code: 'policy-invalid', message: `the policy does not load: ${which}` }
}

function describe(fault: Parameters<typeof describeFault>[0] | undefined): string {
  return fault === undefined ? 'nothing' : describeFault(fault).slice(0, longest)
}
