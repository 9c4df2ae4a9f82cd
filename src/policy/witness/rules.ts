import {
  type Answer,
  describeFault,
  type Fault,
  type PolicyText,
  type Question,
} from '../../engine/question.js'
import type { Problem } from '../../verdict/finding.js'
import type { RequiredAttestation } from './policy-model.js'
import type { Profile } from './profile.js'

export type Ask = (question: Question) => Promise<Answer>

/** What rules say of one input. */
export type Ruling =
  | { readonly kind: 'passed' }
  /** In the tool's words. */
  | { readonly kind: 'denied'; readonly reason: string }
  /** The rules themselves, or their engine, came to no answer. */
  | { readonly kind: 'open'; readonly problem: Problem; readonly reason: string }

const passed: Ruling = { kind: 'passed' }

/**
 * Asks the modules of one entry about an attestation (policy/rego.go): all are compiled together, and each package's
 * `deny` is asked for. The syntax is the old one unless a module imports the new.
 *
 * @param type as it is named in reasons
 * @param input JSON
 */
export async function rule(
  { modules, aiPolicies }: RequiredAttestation,
  type: string,
  input: string,
  ask: Ask,
  profile: Profile,
): Promise<Ruling> {
  const ruling = modules.length === 0 ? passed : await ruleModules(modules, type, input, ask, profile)
  if (ruling.kind !== 'passed' || aiPolicies === 0 || !profile.cilockFields) return ruling
  return denied(
    'AI policy requires --ai-server-url to be set; the open-source policy engine does not ship a default',
  )
}

function denied(reason: string): Ruling {
  return { kind: 'denied', reason }
}

async function ruleModules(
  modules: RequiredAttestation['modules'],
  type: string,
  input: string,
  ask: Ask,
  profile: Profile,
): Promise<Ruling> {
  const references = modules.flatMap(({ reference }) => reference ?? [])
  const twice = references.find((one, index) => references.indexOf(one) !== index)
  if (twice !== undefined && profile.duplicatePackages === 'reject') {
    return denied(
      `duplicate rego package name ${twice} across modules; OPA merges same-package rules which can shadow each other — give each module a distinct package (#6266)`,
    )
  }
  // As in both tools the last module of a name replaces those before it, though their packages are still asked for.
  const files: readonly PolicyText[] = [...new Map(modules.map(({ name, text }) => [name, text]))].map(
    ([name, text]) => ({ name, text }),
  )
  const queries = [...new Set(references)].map((reference) => `${reference}.deny`)
  const answer = await ask({
    language: 'rego',
    files,
    inputs: [input],
    rego: { version: 'v0', queries, strict: profile.strictBuiltins, capabilities: profile.capabilities },
  })
  if (answer.kind === 'failed')
    return { kind: 'open', problem: answer.problem, reason: answer.problem.message }
  if (answer.kind === 'refused') return refusedBy(answer.faults, type, profile)
  // Whoever's package cannot be read here is not asked, so nothing may rest on the others' silence.
  const unread = modules.find(({ reference }) => reference === undefined)
  if (unread) {
    const message = `expected a package clause on the first line of the module ${JSON.stringify(unread.name)}, got another form`
    return { kind: 'open', problem: { code: 'policy-invalid', message }, reason: message }
  }
  const [{ values = [], faults = [] } = {}] = answer.results
  if (faults.length > 0) return denied(`${errorPrefix(type, profile)}${faults.map(faultText).join(' ')}`)
  if (values.length !== queries.length || values.some(({ defined }) => !defined)) {
    return profile.undefinedDeny === 'pass' && values.length === queries.length
      ? passed
      : denied(
          `rego policy evaluation returned no results for attestor type ${type}: one or more policy modules may be missing a 'deny' rule`,
        )
  }
  const reasons: string[] = []
  for (const [index, { value }] of values.entries()) {
    const read = reasonsOf(value, queries[index] ?? '', profile)
    if (typeof read === 'string') return denied(read)
    reasons.push(...read)
  }
  return reasons.length === 0
    ? passed
    : denied(
        `rego policy evaluation failed for attestor type ${type}: policy was denied due to: ${reasons.join(', ')}`,
      )
}

/** @returns in the tool's words what is wrong with a value */
function reasonsOf(value: unknown, query: string, { anyReasons }: Profile): readonly string[] | string {
  const wanted = anyReasons ? '[]interface{} or map[string]interface{}' : '[]interface{}'
  if (Array.isArray(value)) {
    const items = value as readonly unknown[]
    if (!anyReasons && !items.every((item) => typeof item === 'string'))
      return `invalid data from rego at ${query}, expected string but got []interface {}`
    return items.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)))
  }
  if (anyReasons && typeof value === 'object' && value !== null) return Object.keys(value).sort()
  return `invalid data from rego at ${query}, expected ${wanted} but got ${goType(value)}`
}

function goType(value: unknown): string {
  if (value === null) return '<nil>'
  const types: Readonly<Record<string, string>> = { boolean: 'bool', number: 'json.Number', string: 'string' }
  return types[typeof value] ?? 'map[string]interface {}'
}

const mostShown = 5

/** Rules that do not compile say nothing about the evidence: whoever wrote the policy must mend it. */
function refusedBy(faults: readonly Fault[], type: string, profile: Profile): Ruling {
  const shown = faults.slice(0, mostShown)
  const count = `${faults.length} ${faults.length === 1 ? 'error' : 'errors'} occurred:`
  const texts = shown.map(faultText).join(' ')
  const parsed = faults.every(({ code }) => code === 'rego_parse_error')
  return {
    kind: 'open',
    problem: {
      code: 'policy-invalid',
      message: `the rules about ${type} do not compile: ${shown.map(describeFault).join('; ')}`,
    },
    reason: parsed ? `${count} ${texts}` : `${errorPrefix(type, profile)}${count} ${texts}`,
  }
}

function errorPrefix(type: string, { name }: Profile): string {
  return name === 'cilock' ? `rego policy evaluation error for attestor type ${type}: ` : ''
}

function faultText({ file, row, code, message }: Fault): string {
  const place = file === undefined || file === '' ? '' : `${file}:${row ?? 0}: `
  return `${place}${code}: ${message}`
}

/** The same question is asked once: of a rule that does not end, that is the first time. */
export function askOnce(ask: Ask): Ask {
  const answers = new Map<string, Promise<Answer>>()
  const stuck = new Map<string, Answer>()
  return async (question) => {
    const files = JSON.stringify(question.files)
    const before = stuck.get(files)
    if (before) return before
    const id = JSON.stringify(question)
    const known = answers.get(id)
    if (known) return known
    const answer = ask(question)
    answers.set(id, answer)
    const said = await answer
    if (said.kind === 'failed') stuck.set(files, said)
    return said
  }
}
