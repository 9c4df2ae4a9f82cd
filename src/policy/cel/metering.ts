import { OpenQuestion } from '../../requirement/requirement.js'
import { type Budget, checkSize, weightOf } from './budget.js'
import { ownSuffix } from './language.js'
import { childrenOf, isCall, type Node, nodesOf } from './syntax-tree.js'

type Evaluate = (this: unknown, ...args: unknown[]) => unknown

/** Macros evaluate their arguments many times, and each time those count for themselves. */
const macros = new Set(['all', 'exists', 'exists_one', 'map', 'filter', 'has', 'bind', 'or', 'orValue'])
const deepOperators = new Set(['==', '!=', 'in'])
/** How much of a value is looked at in the time of one step. */
const perStep = 16
/** A pattern is tried at each letter: a text costs more there. */
const patterns = new Set(['matches', 'find', 'findAll'].flatMap((name) => [name, name + ownSuffix]))

/**
 * Makes every step of an expression count. The engine has no limit of its own on steps, and asks each node for its
 * `evaluate`: that is where each is counted, with what it looked at and what it built.
 */
export function meter(root: Node, budget: () => Budget): void {
  for (const node of nodesOf(root)) {
    const counts = isCall(node) ? !macros.has(node.args[0]) : node.op === '+' || deepOperators.has(node.op)
    wrap(node, budget, counts ? childrenOf(node) : [])
  }
}

/** The last value of each node; a node is evaluated and its value used before it is evaluated again. */
const lastValue = new WeakMap<Node, unknown>()

function wrap(node: Node, budget: () => Budget, operands: readonly Node[]): void {
  const original = Reflect.get(node, 'evaluate') as Evaluate
  const builds = isCall(node) || ['+', 'list', 'map'].includes(node.op)
  const deep = deepOperators.has(node.op)
  const price = isCall(node) && patterns.has(node.args[0]) ? 1 : perStep
  let inner: Evaluate = original
  const metered: Evaluate = (...args) => {
    const { spend, doubt } = budget()
    spend(1)
    let value: unknown
    try {
      value = inner.apply(node, args)
    } catch (error) {
      if (error instanceof OpenQuestion) doubt(error)
      throw error
    }
    for (const operand of operands) spend(Math.floor(weightOf(lastValue.get(operand), deep) / price))
    if (builds) {
      checkSize(value)
      spend(Math.floor(weightOf(value, false) / perStep))
    }
    lastValue.set(node, value)
    return value
  }
  // On its first call the engine puts a faster function in the place of the general one.
  Object.defineProperty(node, 'evaluate', {
    get: () => metered,
    set: (faster: Evaluate) => {
      inner = faster
    },
  })
}
