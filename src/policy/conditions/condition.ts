import { field, isObject } from '../../evidence/json.js'
import { type Operator, operatorNamed, operatorNames } from './operators.js'
import { readTemplate } from './template.js'

export interface Condition {
  readonly key: unknown
  readonly operator: Operator
  readonly value: unknown
  /** The policy's own words, told when the condition decides. */
  readonly message?: string
  /** Where it stands, such as `/0/all/1`. */
  readonly path: string
}

/** All of `all` and, where there is an `any`, one of it. */
export interface ConditionBlock {
  readonly any?: readonly Condition[]
  readonly all: readonly Condition[]
}

export interface ConditionProblem {
  readonly path: string
  readonly message: string
}

export type ReadConditions =
  | {
      readonly kind: 'read'
      /** All must hold. */
      readonly blocks: readonly ConditionBlock[]
      readonly warnings: readonly ConditionProblem[]
    }
  | { readonly kind: 'wrong'; readonly problems: readonly ConditionProblem[] }

const mostConditions = 1000
const deepest = 50

/**
 * Reads the conditions of a policy: one `{any, all}`, a list of such blocks, or the old list of conditions, which is
 * one block of `all`. Expressions are parsed here, so that a policy is refused when it is loaded.
 */
export function readConditions(given: unknown): ReadConditions {
  const problems: ConditionProblem[] = []
  const warnings: ConditionProblem[] = []
  let count = 0

  const condition = (one: unknown, path: string): readonly Condition[] => {
    if (++count > mostConditions) {
      if (count === mostConditions + 1)
        problems.push({ path, message: `more than ${mostConditions} conditions` })
      return []
    }
    if (!isObject(one)) {
      problems.push({ path, message: `expected a condition, got ${kindOf(one)}` })
      return []
    }
    const name = field(one, 'operator')
    const operator = typeof name === 'string' ? operatorNamed(name) : undefined
    const message = field(one, 'message')
    if (operator === undefined)
      problems.push({
        path: `${path}/operator`,
        message: `expected ${operatorNames.join(', ')}, got ${typeof name === 'string' ? JSON.stringify(name) : kindOf(name)}`,
      })
    else if (operator.instead !== undefined)
      warnings.push({
        path: `${path}/operator`,
        message: `${operator.name} is deprecated, use ${operator.instead}`,
      })
    for (const unknown of Object.keys(one).filter(
      (key) => !['key', 'operator', 'value', 'message'].includes(key),
    ))
      problems.push({
        path: `${path}/${unknown}`,
        message: 'a condition has key, operator, value and message only',
      })
    if (message !== undefined && typeof message !== 'string')
      problems.push({ path: `${path}/message`, message: `expected a text, got ${kindOf(message)}` })
    checkTexts(field(one, 'key'), `${path}/key`, 0, problems)
    checkTexts(field(one, 'value'), `${path}/value`, 0, problems)
    if (operator === undefined) return []
    return [
      {
        key: field(one, 'key') ?? null,
        operator,
        value: field(one, 'value') ?? null,
        ...(typeof message === 'string' && { message }),
        path,
      },
    ]
  }

  const conditions = (list: unknown, path: string): readonly Condition[] => {
    if (list === undefined || list === null) return []
    if (!Array.isArray(list)) {
      problems.push({ path, message: `expected a list of conditions, got ${kindOf(list)}` })
      return []
    }
    return list.flatMap((one: unknown, index) => condition(one, `${path}/${index}`))
  }

  const block = (one: unknown, path: string): readonly ConditionBlock[] => {
    if (!isObject(one)) {
      problems.push({ path, message: `expected {any, all}, got ${kindOf(one)}` })
      return []
    }
    for (const unknown of Object.keys(one).filter((key) => key !== 'any' && key !== 'all'))
      problems.push({ path: `${path}/${unknown}`, message: 'expected any or all' })
    const any = field(one, 'any')
    return [
      {
        ...(any !== undefined && any !== null && { any: conditions(any, `${path}/any`) }),
        all: conditions(field(one, 'all'), `${path}/all`),
      },
    ]
  }

  const isOld =
    Array.isArray(given) && given.length > 0 && given.every((one) => isObject(one) && 'operator' in one)
  const blocks = isOld
    ? [{ all: conditions(given, '') }]
    : Array.isArray(given)
      ? given.flatMap((one: unknown, index) => block(one, `/${index}`))
      : block(given, '')
  return problems.length > 0 ? { kind: 'wrong', problems } : { kind: 'read', blocks, warnings }
}

function checkTexts(value: unknown, path: string, depth: number, problems: ConditionProblem[]): void {
  if (depth > deepest) {
    problems.push({ path, message: `nested deeper than ${deepest}` })
    return
  }
  if (typeof value === 'string') {
    const read = readTemplate(value)
    if (read.kind === 'wrong') problems.push({ path, message: read.message })
  } else if (Array.isArray(value)) {
    value.forEach((one: unknown, index) => checkTexts(one, `${path}/${index}`, depth + 1, problems))
  } else if (isObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      checkTexts(name, `${path}/${name}`, depth + 1, problems)
      checkTexts(member, `${path}/${name}`, depth + 1, problems)
    }
  }
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  return value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`
}
