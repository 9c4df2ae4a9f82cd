import type { FunctionCall } from './function-table.js'
import { checkArguments, functionNamed } from './functions.js'
import { type Limits, type Meter, startMeter, usualLimits } from './meter.js'
import { childrenOf, type Expression } from './parse.js'
import { type Failure, Open, OpenPart, Stop } from './stop.js'
import type { Node } from './syntax.js'
import { areEqual, checkResult, ExpressionReference, isFalse, isList, isMap } from './value.js'

export interface EvaluationOptions {
  /** The current time in milliseconds since 1970, for the functions that ask for it. */
  readonly now: number
  readonly limits?: Limits
  /** Shared by evaluations that belong together, so that many small ones cost no more than one; else a new one. */
  readonly meter?: Meter
}

export type Evaluation =
  | { readonly kind: 'value'; readonly value: unknown }
  | Failure
  /** It depends on a part of the data that is not known yet, by the name of that part. */
  | { readonly kind: 'open'; readonly name: string }

/** A key that an object does not have: no value, and no error yet, for most nodes take it for null. */
class Missing {
  readonly key: string
  readonly at: number

  constructor(key: string, at: number) {
    this.key = key
    this.at = at
  }
}

/**
 * Evaluates an expression on JSON data, as Kyverno's fork of go-jmespath does: a key that is missing at the end of a
 * path is `not-found`, not null; it becomes null as an operand, an argument, an element of a list or of a projection,
 * and on either side of `||`. An index outside a list and a field of what is no object are null.
 *
 * Never throws and always ends: the data and the expression may be anybody's.
 */
export function evaluate(expression: Expression, data: unknown, options: EvaluationOptions): Evaluation {
  const meter = options.meter ?? startMeter(options.limits ?? usualLimits)
  try {
    const value = visit(expression.root, data, { meter, now: options.now })
    if (value instanceof Missing) {
      return {
        kind: 'failed',
        code: 'not-found',
        message: `Unknown key ${JSON.stringify(value.key)} in path`,
        at: value.at,
      }
    }
    checkResult(value, meter)
    return { kind: 'value', value }
  } catch (error) {
    if (error instanceof Open) return { kind: 'open', name: error.part }
    if (error instanceof Stop)
      return { kind: 'failed', code: error.code, message: error.message, at: error.at ?? 0 }
    // Deep nesting is bounded everywhere; should a bound be missed, it is still no crash.
    if (error instanceof RangeError)
      return { kind: 'failed', code: 'limit-exceeded', message: error.message, at: 0 }
    throw error
  }
}

/** The functions that an expression names and that there are not, or not here: what a policy should not rest on. */
export function functionProblems(expression: Expression): readonly Failure[] {
  const problems: Failure[] = []
  const search = (node: Node): void => {
    if (node.kind === 'call') {
      const found = functionNamed(node.name)
      if (found.kind !== 'function')
        problems.push({ kind: 'failed', code: found.kind, message: found.message, at: node.at })
    }
    for (const child of childrenOf(node)) search(child)
  }
  search(expression.root)
  return problems
}

interface Scope {
  readonly meter: Meter
  readonly now: number
}

function visit(node: Node, value: unknown, scope: Scope): unknown {
  scope.meter.step()
  const result = resolve(node, value, scope)
  if (result instanceof OpenPart) throw new Open(result.name)
  return result
}

/** Where a missing key is as good as null. */
function soft(node: Node, value: unknown, scope: Scope): unknown {
  const result = visit(node, value, scope)
  return result instanceof Missing ? null : result
}

function resolve(node: Node, value: unknown, scope: Scope): unknown {
  switch (node.kind) {
    case 'current':
      return value
    case 'literal':
      return node.value
    case 'field':
      if (!isMap(value)) return null
      return Object.hasOwn(value, node.name) ? value[node.name] : new Missing(node.name, node.at)
    case 'index':
      return isList(value) ? (value.at(node.index) ?? null) : null
    case 'slice':
      return isList(value) ? slice(value, node, scope.meter) : null
    case 'chain': {
      const left = visit(node.left, value, scope)
      return left instanceof Missing ? left : visit(node.right, left, scope)
    }
    case 'pipe':
      return soft(node.right, soft(node.left, value, scope), scope)
    case 'elements': {
      const list = soft(node.left, value, scope)
      return isList(list) ? project(list, node.each, scope) : null
    }
    case 'members': {
      const map = soft(node.left, value, scope)
      return isMap(map) ? project(Object.values(map), node.each, scope) : null
    }
    case 'flatten': {
      const list = soft(node.left, value, scope)
      return isList(list) ? flatten(list, scope.meter) : null
    }
    case 'filter': {
      const list = soft(node.left, value, scope)
      if (!isList(list)) return null
      return project(
        list.filter((one) => !isFalse(soft(node.condition, one, scope))),
        node.each,
        scope,
      )
    }
    case 'compare':
      return compare(node.by, soft(node.left, value, scope), soft(node.right, value, scope), scope.meter)
    case 'or': {
      const left = soft(node.left, value, scope)
      return isFalse(left) ? soft(node.right, value, scope) : left
    }
    case 'and': {
      const left = soft(node.left, value, scope)
      return isFalse(left) ? left : visit(node.right, value, scope)
    }
    case 'not':
      return isFalse(soft(node.of, value, scope))
    case 'list':
      return value === null || value === undefined ? null : node.of.map((one) => soft(one, value, scope))
    case 'hash':
      if (value === null || value === undefined) return null
      return Object.fromEntries(node.of.map(([name, one]) => [name, soft(one, value, scope)]))
    case 'reference':
      return new ExpressionReference(node.to)
    case 'call':
      return call(node, value, scope)
  }
}

function call(node: Node & { kind: 'call' }, value: unknown, scope: Scope): unknown {
  const found = functionNamed(node.name)
  if (found.kind !== 'function') throw new Stop(found.kind, found.message, node.at)
  const given = node.of.map((one) => soft(one, value, scope))
  const context: FunctionCall = {
    name: node.name,
    meter: scope.meter,
    now: scope.now,
    apply: (reference, element) => soft(reference.node, element, scope),
  }
  try {
    checkArguments(node.name, found.definition, given)
    return found.definition.run(given, context)
  } catch (error) {
    if (error instanceof Stop && error.at === undefined) throw new Stop(error.code, error.message, node.at)
    throw error
  }
}

function project(list: readonly unknown[], each: Node, scope: Scope): readonly unknown[] {
  const results: unknown[] = []
  for (const element of list) {
    const result = soft(each, element, scope)
    if (result !== null && result !== undefined) results.push(result)
  }
  return results
}

/** One level: what is a list gives its elements, the rest stays as it is. */
function flatten(list: readonly unknown[], meter: Meter): readonly unknown[] {
  const results: unknown[] = []
  for (const element of list) {
    const inner = isList(element) ? element : [element]
    meter.step(inner.length)
    for (const one of inner) results.push(one)
  }
  return results
}

function compare(by: string, left: unknown, right: unknown, meter: Meter): boolean | null {
  if (by === '==') return areEqual(left, right, meter)
  if (by === '!=') return !areEqual(left, right, meter)
  if (typeof left !== 'number' || typeof right !== 'number') return null
  if (by === '<') return left < right
  if (by === '<=') return left <= right
  return by === '>' ? left > right : left >= right
}

function slice(
  list: readonly unknown[],
  { start, stop, step }: Node & { kind: 'slice' },
  meter: Meter,
): readonly unknown[] {
  const { length } = list
  const bound = (index: number | undefined, whole: number): number => {
    if (index === undefined) return whole
    const from = index < 0 ? index + length : index
    return step > 0 ? Math.min(Math.max(from, 0), length) : Math.min(Math.max(from, -1), length - 1)
  }
  const first = bound(start, step > 0 ? 0 : length - 1)
  const last = bound(stop, step > 0 ? length : -1)
  const results: unknown[] = []
  for (let at = first; step > 0 ? at < last : at > last; at += step) results.push(list[at])
  meter.step(results.length)
  return results
}
