import { CelError, type CelFunction } from './functions.js'

type List = readonly unknown[]

/** Values that can be put in order, in CEL's sense of it: of one type. */
function compare(one: unknown, other: unknown): number {
  const isNumber = (value: unknown): value is bigint | number =>
    typeof value === 'bigint' || typeof value === 'number'
  if (isNumber(one) && isNumber(other)) return one < other ? -1 : one > other ? 1 : 0
  if (typeof one === 'string' && typeof other === 'string')
    return Buffer.compare(Buffer.from(one), Buffer.from(other))
  if (typeof one === 'boolean' && typeof other === 'boolean') return Number(one) - Number(other)
  throw new CelError('the elements of the list cannot be put in order')
}

function extreme(list: List, sign: 1 | -1, name: string): unknown {
  if (list.length === 0) throw new CelError(`${name} called on empty list`)
  return list.reduce((best, one) => (compare(one, best) * sign > 0 ? one : best))
}

function sum(list: List): unknown {
  if (list.every((one) => typeof one === 'bigint')) return list.reduce((total, one) => total + one, 0n)
  if (list.every((one) => typeof one === 'number')) return list.reduce((total, one) => total + one, 0)
  throw new CelError('sum: expected numbers of one type')
}

function isSorted(list: List): boolean {
  return list.every((one, index) => index === 0 || compare(list[index - 1], one) <= 0)
}

/** What makes two simple values the same; others are never the same as another. */
function keyOf(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value
  if (['string', 'number', 'boolean'].includes(typeof value) || value === null) return value
  throw new CelError('only lists of texts, numbers and booleans can be compared as sets here')
}

const keysOf = (list: List): ReadonlySet<unknown> => new Set(list.map(keyOf))
const contains = (list: List, part: List): boolean => {
  const keys = keysOf(list)
  return part.every((one) => keys.has(keyOf(one)))
}

function distinct(list: List): List {
  const seen = new Set<unknown>()
  return list.filter((one) => {
    const key = keyOf(one)
    return !seen.has(key) && seen.add(key)
  })
}

function indexOf(list: List, value: unknown): bigint {
  const key = keyOf(value)
  return BigInt(list.findIndex((one) => keyOf(one) === key))
}

function lastIndexOf(list: List, value: unknown): bigint {
  const key = keyOf(value)
  return BigInt(list.findLastIndex((one) => keyOf(one) === key))
}

function slice(list: List, from: bigint, to: bigint): List {
  if (from < 0n || from > to || to > BigInt(list.length))
    throw new CelError(`cannot slice(${from}, ${to}), list is length ${list.length}`)
  return list.slice(Number(from), Number(to))
}

/** Functions on lists: Kubernetes' list library and cel-go's list extensions. */
export const listFunctions: readonly CelFunction[] = [
  { signature: 'list.isSorted(): bool', run: isSorted },
  { signature: 'list.sum(): dyn', run: sum },
  { signature: 'list.min(): dyn', run: (list: List) => extreme(list, -1, 'min') },
  { signature: 'list.max(): dyn', run: (list: List) => extreme(list, 1, 'max') },
  { signature: 'list.indexOf(dyn): int', run: indexOf },
  { signature: 'list.lastIndexOf(dyn): int', run: lastIndexOf },
  { signature: 'list.distinct(): list', run: distinct },
  { signature: 'list.flatten(): list', run: (list: List) => list.flat() },
  { signature: 'list.reverse(): list', run: (list: List) => list.toReversed() },
  { signature: 'list.slice(int, int): list', run: slice },
  { signature: 'list.sort(): list', run: (list: List) => list.toSorted(compare) },
  {
    signature: 'SetsLibrary.contains(list, list): bool',
    run: (_: unknown, list: List, part: List) => contains(list, part),
  },
  {
    signature: 'SetsLibrary.equivalent(list, list): bool',
    run: (_: unknown, one: List, other: List) => contains(one, other) && contains(other, one),
  },
  {
    signature: 'SetsLibrary.intersects(list, list): bool',
    run: (_: unknown, one: List, other: List): boolean => {
      const keys = keysOf(one)
      return other.some((value) => keys.has(keyOf(value)))
    },
  },
]

/** What `sets` is in an expression. */
export class SetsLibrary {
  readonly kind = 'sets'
}
