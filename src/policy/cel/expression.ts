import { OpenQuestion } from '../../requirement/requirement.js'
import { type Budget, LimitExceeded, newBudget } from './budget.js'
import { type Language, ownSuffix } from './language.js'
import { meter } from './metering.js'
import type { ExpressionProblem, Outcome } from './outcome.js'
import { isCall, nodeOf, type Node, nodesOf } from './syntax-tree.js'
import { findUnsupported } from './unsupported.js'
import type { CelValue } from './value.js'

/** Longest expression; Kubernetes takes no more of a whole policy than this many times ten. */
const longestExpression = 16_384

export interface Expression {
  readonly text: string
  /** As far as it is known without evaluating: `bool`, `dyn`, `list<string>`. */
  readonly type: string
  /** Evaluates it; never throws. `budget` is shared by expressions that use each other. */
  readonly evaluate: (variables: ReadonlyMap<string, CelValue>, budget?: Budget) => Outcome<CelValue>
}

/** @returns what is wrong, with its place, for an expression that cannot be used */
export function compile(
  text: string,
  language: Language,
  wanted: readonly string[] = [],
): Expression | ExpressionProblem {
  if (text.length > longestExpression) {
    return problem(text, 0, `longer than the ${longestExpression} characters that an expression may have`)
  }
  try {
    const program = language.environment.parse(text)
    const root = nodeOf(program.ast)
    const unsupported = findUnsupported(root, language.variables)
    if (unsupported) return { ...problem(text, unsupported.start, unsupported.message), code: 'unsupported' }
    useOwnFunctions(root, language)
    const checked = program.check()
    if (!checked.valid) return problemOf(text, checked.error)
    const type = checked.type ?? 'dyn'
    if (wanted.length > 0 && type !== 'dyn' && !wanted.includes(type)) {
      return problem(text, 0, `must evaluate to ${wanted.join(' or ')}, got ${type}`)
    }
    let current = newBudget(0)
    meter(root, () => current)
    const evaluate: Expression['evaluate'] = (variables, budget = newBudget()) => {
      const outer = current
      current = budget
      try {
        return run(() => program(variables) as CelValue, budget)
      } finally {
        current = outer
      }
    }
    return { text, type, evaluate }
  } catch (error) {
    return problemOf(text, error)
  }
}

/** The engine does not let its functions be replaced, so calls of them are sent to ours by name. */
function useOwnFunctions(root: Node, { replaced }: Language): void {
  for (const node of nodesOf(root)) {
    if (isCall(node) && replaced.has(node.args[0])) node.args[0] += ownSuffix
  }
}

/**
 * An error beside an open question decides nothing: `open || error` is true once the question is answered so. Hence
 * an evaluation in which a question was met is open, unless it has a value all the same.
 */
function run(evaluate: () => CelValue, budget: Budget): Outcome<CelValue> {
  const before = budget.doubts().count
  try {
    return { kind: 'value', value: evaluate() }
  } catch (error) {
    if (error instanceof OpenQuestion) return { kind: 'open', problem: error.problem }
    // A text longer than the machine holds, or a deeper stack than it has.
    if (error instanceof RangeError)
      return { kind: 'open', problem: new LimitExceeded(error.message).problem }
    const { count, last } = budget.doubts()
    if (last && count > before) return { kind: 'open', problem: last.problem }
    return { kind: 'error', message: summaryOf(error) }
  }
}

/** The first line, in cel-go's words where they are known from runs of it. */
export function summaryOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const [line = ''] = message.replaceAll(ownSuffix, '').split('\n')
  return line.replace(/^No such key: /, 'no such key: ')
}

function problemOf(text: string, error: unknown): ExpressionProblem {
  const start = typeof error === 'object' && error !== null && 'range' in error ? startOf(error.range) : 0
  return problem(text, start, summaryOf(error))
}

function startOf(range: unknown): number {
  return typeof range === 'object' && range !== null && 'start' in range && typeof range.start === 'number'
    ? range.start
    : 0
}

function problem(text: string, start: number, message: string): ExpressionProblem {
  const before = text.slice(0, start).split('\n')
  return { code: 'policy-invalid', message, line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

export function isProblem(value: Expression | ExpressionProblem): value is ExpressionProblem {
  return 'code' in value
}
