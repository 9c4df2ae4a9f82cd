import type { OpenEngine } from '../engine/engine.js'
import type { Answer, Question } from '../engine/question.js'

/** OPA and CUE for one run; they start with the first question, and not at all without one. */
export interface LazyEngine {
  readonly ask: (question: Question) => Promise<Answer>
  readonly close: () => void
}

export function lazyEngine(signal: AbortSignal): LazyEngine {
  let engine: Promise<OpenEngine> | undefined
  return {
    ask: async (question) => {
      engine ??= import('../engine/engine.js').then(({ openEngine }) => openEngine())
      return (await engine).ask(question, signal)
    },
    close: () => void engine?.then((one) => one.close()),
  }
}
