import { evaluate, type EvaluationOptions } from '../../../src/policy/jmespath/evaluate.js'
import { parseExpression } from '../../../src/policy/jmespath/parse.js'

/** 2026-11-21T15:04:05Z */
export const now = 1_795_273_445_000

/** The value of an expression, or in short why there is none. */
export function ask(text: string, data: unknown = {}, options: Partial<EvaluationOptions> = {}): unknown {
  const read = parseExpression(text)
  if (read.kind === 'failed') return { failed: read.code, at: read.at }
  const result = evaluate(read.expression, data, { now, ...options })
  if (result.kind === 'value') return result.value
  return result.kind === 'open' ? { open: result.name } : { failed: result.code }
}
