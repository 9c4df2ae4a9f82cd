import { parentPort, workerData } from 'node:worker_threads'
import { type End, EnginesEnded, loadEngines } from './module.js'

/** What a worker says: once that it is ready, then one answer for each question. */
export type Said =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'ended'; readonly why: End; readonly message: string }

/** The thread that policies are evaluated in: it can be stopped from outside, whatever it does. */
export async function answerQuestions(): Promise<void> {
  const port = parentPort
  if (port === null) return
  const say = (said: Said): void => port.postMessage(said)
  try {
    const engines = await loadEngines(String(workerData))
    port.on('message', (question: string) => {
      try {
        say({ kind: 'answer', text: engines(question) })
      } catch (error) {
        say(ended(error))
      }
    })
    say({ kind: 'ready' })
  } catch (error) {
    say(ended(error))
  }
}

function ended(error: unknown): Said {
  const message = error instanceof Error ? error.message : String(error)
  return { kind: 'ended', why: error instanceof EnginesEnded ? error.why : 'defect', message }
}
