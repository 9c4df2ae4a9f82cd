/** The one entry of the bundle; the stubs in dist/ start a face, programs import the library. */
export { action } from './action/run.js'
export { cli } from './cli/run.js'
export * from './library.js'

/** What the thread runs in which policies are evaluated (dist/policy-engine.js). */
export async function answerQuestions(): Promise<void> {
  return (await import('./engine/worker.js')).answerQuestions()
}
