import { type JsonObject } from '../../evidence/json.js'
import type { Meter } from './meter.js'
import { Open, OpenPart, Stop } from './stop.js'
import type { Node } from './syntax.js'

/** An expression as an argument (`&name`): no JSON value, and never part of a result. */
export class ExpressionReference {
  readonly node: Node

  constructor(node: Node) {
    this.node = node
  }
}

export type JsonType = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object' | 'expref'

/** @throws {@link Open} when asked of a part that is not known */
export function typeOf(value: unknown): JsonType {
  if (value === null || value === undefined) return 'null'
  if (value instanceof OpenPart) throw new Open(value.name)
  if (value instanceof ExpressionReference) return 'expref'
  if (Array.isArray(value)) return 'array'
  const type = typeof value
  if (type === 'boolean' || type === 'number' || type === 'string') return type
  return 'object'
}

export function isList(value: unknown): value is readonly unknown[] {
  return typeOf(value) === 'array'
}

export function isMap(value: unknown): value is JsonObject {
  return typeOf(value) === 'object'
}

/** What counts as false: null, false and whatever is empty. The number 0 is true. */
export function isFalse(value: unknown): boolean {
  if (isList(value)) return value.length === 0
  if (isMap(value)) return Object.keys(value).length === 0
  return value === null || value === undefined || value === false || value === ''
}

export function areEqual(left: unknown, right: unknown, meter: Meter, depth = 0): boolean {
  meter.step()
  if (depth > meter.depth) throw tooDeep(meter)
  const type = typeOf(left)
  if (type !== typeOf(right)) return false
  if (isList(left) && isList(right)) {
    return (
      left.length === right.length &&
      left.every((one, index) => areEqual(one, right[index], meter, depth + 1))
    )
  }
  if (isMap(left) && isMap(right)) {
    const names = Object.keys(left)
    return (
      names.length === Object.keys(right).length &&
      names.every((name) => Object.hasOwn(right, name) && areEqual(left[name], right[name], meter, depth + 1))
    )
  }
  return type === 'null' || left === right
}

/** Walks a result that is about to be given out: bounded, and no open part may leave unseen. */
export function checkResult(value: unknown, meter: Meter): void {
  let count = 0
  const walk = (one: unknown, depth: number): void => {
    if (++count > meter.values)
      throw new Stop('limit-exceeded', `a result of more than ${meter.values} values`)
    meter.step()
    if (depth > meter.depth) throw tooDeep(meter)
    const type = typeOf(one)
    if (type === 'expref') throw new Stop('type', 'expected a value, got an expression reference')
    if (isList(one)) for (const element of one) walk(element, depth + 1)
    else if (isMap(one)) for (const member of Object.values(one)) walk(member, depth + 1)
  }
  walk(value, 0)
}

export function tooDeep(meter: Meter): Stop {
  return new Stop('limit-exceeded', `values nested deeper than ${meter.depth}`)
}

/** By code point, as Go compares the bytes of UTF-8: UTF-16 units would put some signs elsewhere. */
export function compareText(left: string, right: string): -1 | 0 | 1 {
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index++) {
    const one = left.charCodeAt(index)
    const other = right.charCodeAt(index)
    if (one === other) continue
    const isPair = one >= 0xd800 && one <= 0xdfff
    const isOtherPair = other >= 0xd800 && other <= 0xdfff
    if (isPair !== isOtherPair) return isPair ? 1 : -1
    return one < other ? -1 : 1
  }
  return left.length === right.length ? 0 : left.length < right.length ? -1 : 1
}
