import type { FunctionCall, FunctionTable } from './function-table.js'
import type { Meter } from './meter.js'
import { Stop } from './stop.js'
import { areEqual, compareText, type ExpressionReference, isList, isMap, typeOf } from './value.js'

type Sortable = number | string

/** The standard functions on lists and numbers (JMESPath specification, Built-in Functions). */
export const listFunctions: FunctionTable = {
  abs: { takes: [['number']], run: ([one]) => Math.abs(one as number) },
  ceil: { takes: [['number']], run: ([one]) => Math.ceil(one as number) },
  floor: { takes: [['number']], run: ([one]) => Math.floor(one as number) },
  avg: {
    takes: [['numbers']],
    run: ([list]) => {
      const numbers = list as readonly number[]
      return numbers.length === 0 ? null : numbers.reduce((sum, one) => sum + one, 0) / numbers.length
    },
  },
  contains: {
    takes: [['array', 'string'], ['any']],
    run: ([search, wanted], { meter }) => {
      if (isList(search)) return search.some((one) => areEqual(one, wanted, meter))
      meter.text((search as string).length)
      return typeof wanted === 'string' && (search as string).includes(wanted)
    },
  },
  length: {
    takes: [['string', 'array', 'object']],
    run: ([one], { meter }) => {
      if (isList(one)) return one.length
      if (isMap(one)) return Object.keys(one).length
      meter.text((one as string).length)
      return Array.from(one as string).length
    },
  },
  map: {
    takes: [['expref'], ['array']],
    run: ([reference, list], call) =>
      (list as readonly unknown[]).map((one) => call.apply(reference as ExpressionReference, one)),
  },
  max: { takes: [['numbers', 'texts']], run: ([list], { meter }) => extreme(list as Sortable[], 1, meter) },
  min: { takes: [['numbers', 'texts']], run: ([list], { meter }) => extreme(list as Sortable[], -1, meter) },
  max_by: {
    takes: [['array'], ['expref']],
    run: ([list, reference], call) => extremeBy(list, reference, 1, call),
  },
  min_by: {
    takes: [['array'], ['expref']],
    run: ([list, reference], call) => extremeBy(list, reference, -1, call),
  },
  not_null: {
    takes: [['any']],
    isVariadic: true,
    run: (given) => given.find((one) => one !== null && one !== undefined) ?? null,
  },
  reverse: {
    takes: [['array', 'string']],
    run: ([one], { meter }) => {
      if (isList(one)) return [...one].reverse()
      meter.text((one as string).length)
      return Array.from(one as string)
        .reverse()
        .join('')
    },
  },
  sort: {
    takes: [['numbers', 'texts']],
    run: ([list], { meter }) => {
      chargeSort((list as readonly unknown[]).length, meter)
      return [...(list as Sortable[])].sort(order)
    },
  },
  sort_by: {
    takes: [['array'], ['expref']],
    run: ([list, reference], call) => {
      const pairs = keyed(list, reference, call)
      chargeSort(pairs.length, call.meter)
      return pairs.sort((one, other) => order(one.key, other.key)).map(({ element }) => element)
    },
  },
  to_array: { takes: [['any']], run: ([one]) => (isList(one) ? one : [one]) },
  type: { takes: [['any']], run: ([one]) => typeOf(one) },
}

function order(one: Sortable, other: Sortable): number {
  if (typeof one === 'string' && typeof other === 'string') return compareText(one, other)
  return Number(one) - Number(other)
}

function chargeSort(length: number, meter: Meter): void {
  meter.step(length * Math.ceil(Math.log2(length + 2)))
}

function extreme(list: readonly Sortable[], side: 1 | -1, meter: Meter): Sortable | null {
  meter.step(list.length)
  let best: Sortable | undefined
  for (const one of list) if (best === undefined || order(one, best) * side > 0) best = one
  return best ?? null
}

function extremeBy(list: unknown, reference: unknown, side: 1 | -1, call: FunctionCall): unknown {
  const pairs = keyed(list, reference, call)
  let best = pairs[0]
  for (const one of pairs) if (best !== undefined && order(one.key, best.key) * side > 0) best = one
  return best?.element ?? null
}

interface Keyed {
  readonly key: Sortable
  readonly element: unknown
}

/** Elements with what they are ordered by: all numbers or all texts. */
function keyed(list: unknown, reference: unknown, call: FunctionCall): Keyed[] {
  const pairs: Keyed[] = []
  for (const element of list as readonly unknown[]) {
    const key = call.apply(reference as ExpressionReference, element)
    const type = typeOf(key)
    if (type !== 'number' && type !== 'string')
      throw new Stop('type', `${call.name}() expected numbers or strings to order by, got ${type}`)
    const first = pairs[0]
    if (first !== undefined && typeof first.key !== type)
      throw new Stop('type', `${call.name}() expected ${typeof first.key}s to order by, got a ${type}`)
    pairs.push({ key: key as Sortable, element })
  }
  return pairs
}
