import type { Answer, Call } from '../../network/call.js'

/** An answer that several images wait for, and the end of the one that asked. */
export interface SharedAnswer<Value> {
  readonly answer: Promise<Answer<Value>>
  readonly asker: AbortSignal
}

/** Whether it came to nothing only because the image that asked was decided without it. */
export function isForsaken(answer: Answer<unknown>, { asker }: SharedAnswer<unknown>, call: Call): boolean {
  return answer.kind === 'failed' && asker.aborted && !call.signal.aborted
}

/** Asks once for all images; whoever still needs what another gave up asks anew. */
export function shareAnswer<Value>(
  once: (call: Call) => Promise<Answer<Value>>,
): (call: Call) => Promise<Answer<Value>> {
  let current: SharedAnswer<Value> | undefined
  return async (call) => {
    for (;;) {
      const asked: SharedAnswer<Value> = (current ??= { answer: once(call), asker: call.signal })
      const answer = await asked.answer
      if (!isForsaken(answer, asked, call)) return answer
      if (current === asked) current = undefined
    }
  }
}
