import { isObject, textField, texts } from '../../evidence/json.js'
import { readDocuments } from '../documents.js'
import { plain } from '../located.js'
import { problemText } from '../problem.js'
import type { Data } from './variables.js'

/** What a values file of Kyverno's CLI says (cmd/cli/kubectl-kyverno/apis/v1alpha1, Values). */
export interface PolicyValues {
  /** Variables for every rule. */
  readonly global: Data
  /** By `policy/rule`; those of a policy under `policy/`. */
  readonly rules: ReadonlyMap<string, Data>
  /** Labels of namespaces by name. */
  readonly namespaces: ReadonlyMap<string, ReadonlyMap<string, string>>
}

export const noValues: PolicyValues = { global: {}, rules: new Map(), namespaces: new Map() }

const known = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'globalValues',
  'policies',
  'namespaceSelector',
  'spec',
])

/**
 * Reads a values file: `globalValues`, `policies[].rules[].values` and `namespaceSelector[]`. Values for single
 * resources and mocked calls are no part of it here, and a field of that kind is a problem.
 *
 * @returns a text that says what is wrong
 */
export function readPolicyValues(file: string, text: string): PolicyValues | string {
  const { documents, problems } = readDocuments(file, text)
  const [problem] = problems
  if (problem) return problemText(problem)
  const rules = new Map<string, Data>()
  const namespaces = new Map<string, ReadonlyMap<string, string>>()
  let global: Data = {}
  for (const document of documents) {
    const whole = plain(document)
    if (!isObject(whole)) return `${file}:${document.line}: expected an object with values`
    const strange = Object.keys(whole).find((name) => !known.has(name))
    if (strange !== undefined)
      return `${file}:${document.line}: unknown field ${strange}: ${[...known].join(', ')} are read`
    const body = isObject(whole['spec']) ? { ...whole, ...whole['spec'] } : whole
    if (isObject(body['globalValues'])) global = { ...global, ...body['globalValues'] }
    for (const policy of list(body['policies'])) {
      const name = textField(policy, 'name') ?? ''
      if (policy['resources'] !== undefined)
        return `${file}: values for single resources are not read (policy ${name}): give them for its rules`
      for (const rule of list(policy['rules'])) {
        if (rule['foreachValues'] !== undefined) return `${file}: foreachValues are not read (policy ${name})`
        const values = rule['values']
        if (isObject(values)) rules.set(`${name}/${textField(rule, 'name') ?? ''}`, values)
      }
    }
    for (const one of list(body['namespaceSelector']))
      namespaces.set(
        textField(one, 'name') ?? '',
        new Map(Object.entries(texts(isObject(one['labels']) ? one['labels'] : {}))),
      )
  }
  return { global, rules, namespaces }
}

/** The variables for a rule; a generated one has those of the rule that it comes from. */
export function valuesFor({ global, rules }: PolicyValues, policy: string, rule: string): Data {
  const source = rule.replace(/^autogen-(?:cronjob-)?/, '')
  return { ...global, ...rules.get(`${policy}/${source}`), ...rules.get(`${policy}/${rule}`) }
}

function list(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}
