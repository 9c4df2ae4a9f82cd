import { Stop } from './stop.js'

export interface Limits {
  /** Nodes visited, elements walked, and a step for every 16 characters worked on. */
  readonly steps: number
  /** Values in a result, and characters of text made on the way. */
  readonly values: number
  readonly characters: number
  /** Nesting of values that are compared, written or given out. */
  readonly depth: number
}

/** A bill of materials with some 100 000 components passes; nothing takes longer than seconds. */
export const usualLimits: Limits = { steps: 5_000_000, values: 2_000_000, characters: 16_777_216, depth: 500 }

/** Counts what an evaluation costs; one meter may serve many evaluations that belong together. */
export interface Meter {
  readonly depth: number
  readonly values: number
  step(count?: number): void
  /** To be called before a text of that length is made. */
  text(length: number): void
}

export function startMeter(limits: Limits): Meter {
  let steps = 0
  let characters = 0
  const step = (count = 1): void => {
    steps += count
    if (steps > limits.steps) throw new Stop('limit-exceeded', `more than ${limits.steps} steps`)
  }
  return {
    depth: limits.depth,
    values: limits.values,
    step,
    text(length) {
      characters += length
      if (characters > limits.characters) {
        throw new Stop('limit-exceeded', `more than ${limits.characters} characters of text`)
      }
      step(1 + (length >> 4))
    },
  }
}
