import { listOf, objectOf, openFields, refuse, textMapOf, textOf, textsOf, type Fields } from './fields.js'

/** Kubernetes' label selector: every label and every expression must hold. */
export interface LabelSelector {
  readonly labels: ReadonlyMap<string, string>
  readonly expressions: readonly LabelExpression[]
}

export interface LabelExpression {
  readonly key: string
  readonly operator: LabelOperator
  readonly values: readonly string[]
}

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const
type LabelOperator = (typeof operators)[number]

/** Reads a field that holds a selector. */
export function readLabelSelector(fields: Fields, name: string): LabelSelector | undefined {
  const selector = objectOf(fields, name, ['matchLabels', 'matchExpressions'])
  if (selector === undefined) return undefined
  const expressions = listOf(selector, 'matchExpressions').flatMap((item) => {
    const expression = openFields(selector.reading, item, ['key', 'operator', 'values'])
    return expression === undefined ? [] : readExpression(expression)
  })
  return { labels: textMapOf(selector, 'matchLabels'), expressions }
}

function readExpression(fields: Fields): readonly LabelExpression[] {
  const key = textOf(fields, 'key')
  const said = textOf(fields, 'operator')
  const operator = operators.find((one) => one === said)
  const values = textsOf(fields, 'values')
  if (key === undefined) refuse(fields, undefined, { message: 'expected the key of a label in "key"' })
  if (operator === undefined) {
    refuse(fields, 'operator', { message: `expected one of ${operators.join(', ')}, got ${said ?? 'none'}` })
    return []
  }
  const wantsValues = operator === 'In' || operator === 'NotIn'
  if (wantsValues !== values.length > 0) {
    refuse(fields, 'values', {
      message: `${operator} goes with ${wantsValues ? 'at least one value' : 'no values'}, got ${values.length}`,
    })
    return []
  }
  return key === undefined ? [] : [{ key, operator, values }]
}

export function selects(selector: LabelSelector, labels: ReadonlyMap<string, string>): boolean {
  for (const [key, value] of selector.labels) if (labels.get(key) !== value) return false
  return selector.expressions.every(({ key, operator, values }) => {
    const value = labels.get(key)
    switch (operator) {
      case 'In':
        return value !== undefined && values.includes(value)
      case 'NotIn':
        return value === undefined || !values.includes(value)
      case 'Exists':
        return value !== undefined
      case 'DoesNotExist':
        return value === undefined
    }
  })
}
