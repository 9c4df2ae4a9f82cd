import { type Answer, describeFault, type Evaluation, type Question } from '../../engine/question.js'
import { type Finding, met, type Problem, unknown, unmet } from '../../verdict/finding.js'
import type { StatementRule } from '../../verify/statement-rule.js'
import type { EvaluatedPolicy } from './model.js'

type Ask = (question: Question) => Promise<Answer>

/** policy-controller's rule (cosign, pkg/cosign/rego): `package sigstore`, `isCompliant`. */
const query = 'data.sigstore.isCompliant'
const longest = 300

/** A policy about statements of one attestation: one that satisfies it is enough. */
export function ruleOf(name: string, policy: EvaluatedPolicy, ask: Ask): StatementRule | Problem {
  const text = textOf(policy)
  if (typeof text !== 'string') return text
  const judge = async (input: string, where: string): Promise<Finding> =>
    evaluatePolicy(`policy of attestation ${name}`, policy.type, text, input, where, ask)
  let loaded: Promise<Problem | undefined> | undefined
  return {
    id: `${policy.type} ${text}`,
    over: 'some',
    problem: async () => (loaded ??= loadProblem(policy.type, text, ask)),
    judge: async ({ payload, where }) => judge(Buffer.from(payload).toString(), `the statement at ${where}`),
  }
}

/** The text of a policy where it is at hand. */
export function textOf({ source }: EvaluatedPolicy): string | Problem {
  switch (source.kind) {
    case 'data':
      return source.text
    case 'remote':
      return {
        code: 'unsupported',
        message: `a policy at ${source.url} is not fetched: put its text into the policy as data`,
      }
    case 'configMap':
      return {
        code: 'unsupported',
        message: `the policy lies in ConfigMap ${source.name}, which only a cluster has: put its text into the policy as data (policy-tester would let everything pass)`,
      }
  }
}

async function loadProblem(type: 'cue' | 'rego', text: string, ask: Ask): Promise<Problem | undefined> {
  const answer = await ask(questionOf(type, text, []))
  return answer.kind === 'answered' ? undefined : problemOf(answer)
}

/** What a policy in Rego or CUE says of an input in JSON. */
export async function evaluatePolicy(
  name: string,
  type: 'cue' | 'rego',
  text: string,
  input: string,
  about: string,
  ask: Ask,
): Promise<Finding> {
  const answer = await ask(questionOf(type, text, [input]))
  // A constraint that names what the input does not have fails in CUE before it is held against anything.
  if (answer.kind === 'refused' && answer.faults.every(({ code }) => code === 'cue_compile_error'))
    return judgeCue(name, { faults: answer.faults.map((fault) => ({ ...fault, code: 'cue_unmet' })) }, about)
  if (answer.kind !== 'answered') return unknown(name, problemOf(answer))
  const [result = {}] = answer.results
  return type === 'cue' ? judgeCue(name, result, about) : judgeRego(name, result, about)
}

function questionOf(type: 'cue' | 'rego', text: string, inputs: readonly string[]): Question {
  if (type === 'cue') return { language: 'cue', files: [{ name: 'policy.cue', text }], inputs }
  return {
    language: 'rego',
    files: [{ name: 'sigstore.rego', text }],
    inputs,
    rego: { version: 'v0', queries: [query], strict: false },
  }
}

function judgeCue(name: string, { faults = [] }: Evaluation, about: string): Finding {
  if (faults.some(({ code }) => code !== 'cue_unmet')) return unknown(name, invalid(faults))
  if (faults.length === 0) return met(name, `${about} satisfies it`)
  return unmet(name, 'policy-denied', `expected ${about} to satisfy the policy in CUE, got ${list(faults)}`, {
    peerReason: `failed evaluating cue policy: ${faults[0]?.message ?? ''}`,
  })
}

/** true; or objects with `result`, `error` and `warning`, all of whose results are true. */
function judgeRego(name: string, { values: [value] = [], faults = [] }: Evaluation, about: string): Finding {
  if (value === undefined || faults.length > 0) return unknown(name, invalid(faults))
  const said = Array.isArray(value.value) ? (value.value as readonly unknown[]) : [value.value]
  const responses = said.map(readResponse)
  const warnings = responses.flatMap(({ warning }) => warning ?? [])
  const also = warnings.length === 0 ? '' : `; it warns: ${warnings.join('; ').slice(0, longest)}`
  if (value.defined && responses.length > 0 && responses.every(({ result }) => result)) {
    return met(name, `${about} is compliant${also}`)
  }
  const errors = responses.flatMap(({ result, error }) => (result ? [] : (error ?? [])))
  const got = !value.defined
    ? 'undefined'
    : errors.length > 0
      ? errors.join('; ').slice(0, longest)
      : JSON.stringify(value.value).slice(0, longest)
  return unmet(name, 'policy-denied', `expected ${query} of ${about} to be true, got ${got}${also}`, {
    peerReason: `policy is not compliant for query 'isCompliant = ${query}'${errors.length > 0 ? ` with errors: ${got}` : ''}`,
  })
}

interface Response {
  readonly result: boolean
  readonly error?: string
  readonly warning?: string
}

function readResponse(value: unknown): Response {
  if (typeof value !== 'object' || value === null) return { result: value === true }
  const { result, error, warning } = value as Readonly<Record<string, unknown>>
  return {
    result: result === true,
    ...(typeof error === 'string' && error !== '' && { error }),
    ...(typeof warning === 'string' && warning !== '' && { warning }),
  }
}

function problemOf(answer: Exclude<Answer, { kind: 'answered' }>): Problem {
  return answer.kind === 'failed' ? answer.problem : invalid(answer.faults)
}

function invalid(faults: Evaluation['faults'] = []): Problem {
  return { code: 'policy-invalid', message: `the policy does not come to an answer: ${list(faults)}` }
}

function list(faults: NonNullable<Evaluation['faults']>): string {
  return faults
    .slice(0, 3)
    .map((fault) => describeFault(fault).slice(0, longest))
    .join('; ')
}
