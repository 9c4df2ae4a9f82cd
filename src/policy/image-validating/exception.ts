import { compile, type Expression, isProblem } from '../cel/expression.js'
import { makeLanguage } from '../cel/language.js'
import { newBudget } from '../cel/budget.js'
import { celValue, type CelValue } from '../cel/value.js'
import {
  type Fields,
  has,
  listOf,
  objectOf,
  openFields,
  openResource,
  type Reading,
  refuse,
  textOf,
} from '../cluster-image/fields.js'
import { readMetadata } from '../cluster-image/read-metadata.js'
import type { Located } from '../located.js'
import type { ImageValidatingPolicy } from './model.js'

/** A PolicyException of policies.kyverno.io that names ImageValidatingPolicies. */
export interface ExpressionException {
  /** `namespace/name`. */
  readonly name: string
  readonly policies: readonly { readonly name: string; readonly kind: string }[]
  /** All must hold. */
  readonly conditions: readonly Expression[]
}

const language = makeLanguage(
  ['object', 'oldObject', 'request', 'namespaceObject'].map((name) => ({ name, type: 'dyn' })),
  [],
)

/** What narrows an exception beyond its conditions is refused: to leave it out would exempt more than is meant. */
export function readExpressionException(reading: Reading, node: Located): ExpressionException | undefined {
  const before = reading.problems.length
  const document = openResource(reading, node)
  const metadata = document && readMetadata(document)
  const spec =
    document &&
    objectOf(document, 'spec', ['policyRefs', 'matchConditions', 'images', 'allowedValues', 'reportResult'])
  if (!document || !spec) return undefined
  for (const name of ['images', 'allowedValues'] as const)
    if (has(spec, name)) refuse(spec, name, { message: `${name} of an exception are not applied here` })
  const policies = readList(spec, 'policyRefs', ['name', 'kind'], (fields) => ({
    name: textOf(fields, 'name') ?? '',
    kind: textOf(fields, 'kind') ?? '',
  }))
  const conditions = readList(spec, 'matchConditions', ['name', 'expression'], (fields) => {
    const expression = compile(textOf(fields, 'expression') ?? '', language, ['bool'])
    if (!isProblem(expression)) return expression
    refuse(fields, 'expression', { message: expression.message })
    return undefined
  }).filter((one) => one !== undefined)
  if (policies.length === 0) refuse(spec, 'policyRefs', { message: 'expected at least one policy, got none' })
  if (reading.problems.length > before) return undefined
  const namespace = (metadata && textOf(metadata.fields, 'namespace')) ?? 'default'
  return { name: `${namespace}/${metadata?.name ?? ''}`, policies, conditions }
}

function readList<Value>(
  owner: Fields,
  name: string,
  known: readonly string[],
  read: (fields: Fields) => Value,
): readonly Value[] {
  return listOf(owner, name).flatMap((item) => {
    const fields = openFields(owner.reading, item, known)
    return fields ? [read(fields)] : []
  })
}

/**
 * The exception that takes a policy off a resource, by name; `{ problem }` where a condition cannot be worked out.
 * Undefined: none does.
 */
export function exceptionFor(
  exceptions: readonly ExpressionException[],
  policy: Pick<ImageValidatingPolicy, 'name' | 'kind'>,
  object: unknown,
): string | { readonly problem: string } | undefined {
  const budget = newBudget()
  const data = new Map<string, CelValue>([
    ['object', celValue(object)],
    ['oldObject', null],
    ['request', new Map<string, CelValue>([['operation', 'CREATE']])],
    ['namespaceObject', null],
  ])
  for (const { name, policies, conditions } of exceptions) {
    if (!policies.some((one) => one.name === policy.name && one.kind === policy.kind)) continue
    const outcomes = conditions.map((one) => one.evaluate(data, budget))
    if (outcomes.some((one) => one.kind === 'value' && one.value !== true)) continue
    const broken = outcomes.find((one) => one.kind !== 'value')
    if (broken === undefined) return name
    return {
      problem: `exception ${name}: ${broken.kind === 'error' ? broken.message : 'a condition is open'}`,
    }
  }
  return undefined
}
