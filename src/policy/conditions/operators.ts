import type { Meter } from '../jmespath/meter.js'
import { isEqual } from './equality.js'
import { isMember, isMemberOld } from './membership.js'
import { durationOrder, type Order, orderOf } from './ordering.js'

export interface Operator {
  readonly name: string
  readonly holds: (key: unknown, value: unknown, meter: Meter) => boolean
  /** What a policy should say instead. */
  readonly instead?: string
}

const ordered = (
  name: string,
  by: (key: unknown, value: unknown) => Order | undefined,
  test: (order: Order) => boolean,
  instead?: string,
): Operator => ({
  name,
  holds: (key, value) => {
    const order = by(key, value)
    return order !== undefined && test(order)
  },
  ...(instead !== undefined && { instead }),
})

const equals: Operator['holds'] = (key, value, meter) => isEqual(key, value, meter) === true
const differs: Operator['holds'] = (key, value, meter) => isEqual(key, value, meter) === false

const orders: readonly (readonly [string, (order: Order) => boolean])[] = [
  ['GreaterThan', (order) => order > 0],
  ['GreaterThanOrEquals', (order) => order >= 0],
  ['LessThan', (order) => order < 0],
  ['LessThanOrEquals', (order) => order <= 0],
]

const all: readonly Operator[] = [
  { name: 'Equals', holds: equals },
  { name: 'Equal', holds: equals },
  { name: 'NotEquals', holds: differs },
  { name: 'NotEqual', holds: differs },
  { name: 'AnyIn', holds: (key, value, meter) => isMember('any-in', key, value, meter) },
  { name: 'AllIn', holds: (key, value, meter) => isMember('all-in', key, value, meter) },
  { name: 'AnyNotIn', holds: (key, value, meter) => isMember('any-not-in', key, value, meter) },
  { name: 'AllNotIn', holds: (key, value, meter) => isMember('all-not-in', key, value, meter) },
  {
    name: 'In',
    holds: (key, value, meter) => isMemberOld(key, value, false, meter),
    instead: 'AllIn or AnyIn',
  },
  {
    name: 'NotIn',
    holds: (key, value, meter) => isMemberOld(key, value, true, meter),
    instead: 'AllNotIn or AnyNotIn',
  },
  ...orders.map(([name, test]) => ordered(name, orderOf, test)),
  ...orders.map(([name, test]) => ordered(`Duration${name}`, durationOrder, test, name)),
]

const byName = new Map(all.map((one) => [one.name, one]))

export const operatorNames: readonly string[] = [...byName.keys()]

/**
 * The operator of a name. Kyverno's API takes the exact names only; its engine would take others in any case, and
 * then answer false for those that order, whatever they are given.
 */
export function operatorNamed(name: string): Operator | undefined {
  return byName.get(name)
}
