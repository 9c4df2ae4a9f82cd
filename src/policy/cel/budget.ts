import { OpenQuestion } from '../../requirement/requirement.js'

/** Thrown where an expression asks for more than is computed for anybody: nothing is found out then. */
export class LimitExceeded extends OpenQuestion {
  constructor(message: string) {
    super({ code: 'limit-exceeded', service: 'engine', message })
  }
}

/** Steps that one expression may take: a second or two. A policy over an SBOM of 20 000 components takes a tenth. */
const mostSteps = 3_000_000
/** Longest text and list that an expression may build. What it is given may be longer. */
export const longestText = 1024 * 1024
export const longestList = 100_000

/** What an evaluation has used up. Once it is empty every further step throws. */
export interface Budget {
  readonly spend: (steps: number) => void
  /** Notes a question that was met, answered or not. */
  readonly doubt: (question: OpenQuestion) => void
  readonly doubts: () => { readonly count: number; readonly last?: OpenQuestion }
}

export function newBudget(steps: number = mostSteps): Budget {
  let left = steps
  let doubts: ReturnType<Budget['doubts']> = { count: 0 }
  return {
    doubt: (question) => {
      doubts = { count: doubts.count + 1, last: question }
    },
    doubts: () => doubts,
    spend: (count) => {
      left -= count
      if (left < 0) throw new LimitExceeded(`the expression takes more than ${steps} steps`)
    },
  }
}

/** What looking at a value costs: its length, or with `deep` that of all parts of it. */
export function weightOf(value: unknown, deep: boolean, most = mostSteps): number {
  if (typeof value === 'string') return value.length
  if (value instanceof Uint8Array) return value.length
  const isList = Array.isArray(value)
  if (!isList && !(value instanceof Map)) return 1
  const size = isList ? value.length : value.size
  if (!deep) return size
  let weight = size
  const parts: Iterable<unknown> = isList ? (value as unknown[]) : (value as Map<unknown, unknown>).values()
  for (const part of parts) {
    weight += weightOf(part, true, most - weight)
    if (weight > most) break
  }
  return weight
}

/** Refuses what an expression built and nobody needs. */
export function checkSize(value: unknown): void {
  if (typeof value === 'string' && value.length > longestText) {
    throw new LimitExceeded(`the expression builds a text of more than ${longestText} characters`)
  }
  if (Array.isArray(value) && value.length > longestList) {
    throw new LimitExceeded(`the expression builds a list of more than ${longestList} elements`)
  }
}
