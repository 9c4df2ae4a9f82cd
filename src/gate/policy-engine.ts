import type { OpenEngine } from '../engine/engine.js'
import type { Answer, Question } from '../engine/question.js'
import { describe } from '../network/fault.js'

/** OPA and CUE for one run; they start with the first question, and not at all without one. Never throws. */
export interface LazyEngine {
  readonly ask: (question: Question) => Promise<Answer>
  readonly close: () => void
}

/** A run may take longer than an image: the engine's own limits end an evaluation, and whoever asks waits no longer than its image. */
export function lazyEngine(): LazyEngine {
  const closing = new AbortController()
  let engine: Promise<OpenEngine> | undefined
  return {
    ask: async (question) => {
      try {
        engine ??= import('../engine/engine.js').then(({ openEngine }) => openEngine())
        return await (await engine).ask(question, closing.signal)
      } catch (error) {
        const message = `the policy engine did not start: ${describe(error)}`
        return { kind: 'failed', problem: { code: 'internal-error', service: 'engine', message } }
      }
    },
    close: () => {
      closing.abort()
      engine?.then((one) => one.close()).catch(() => undefined)
    },
  }
}
