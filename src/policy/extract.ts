import type { Evaluate } from '../kubernetes/extractor.js'
import { evaluate } from './jmespath/evaluate.js'
import { parseExpression } from './jmespath/parse.js'

/** What the `jmesPath` of an image extractor makes of a text. */
export function extractWith(now: number): Evaluate {
  return (expression, value) => {
    const parsed = parseExpression(expression)
    if (parsed.kind !== 'parsed') return { problem: parsed.message }
    const found = evaluate(parsed.expression, value, { now })
    if (found.kind === 'open') return { problem: `${found.name} is not known` }
    if (found.kind === 'failed') return { problem: found.message }
    return typeof found.value === 'string' ? found.value : { problem: `${expression} gives no text` }
  }
}
