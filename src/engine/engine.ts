import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Problem } from '../verdict/finding.js'
import type { Answer, Evaluation, Fault, PolicyEngine, Question } from './question.js'
import type { Said } from './worker.js'

export interface EngineLimits {
  /** For the module to be unpacked and started. */
  readonly startMs: number
  /** For one question. */
  readonly answerMs: number
}

/** An evaluation is as long as cilock allows (30 s); the memory's limit is in the module itself (engines/build.js). */
export const usualLimits: EngineLimits = { startMs: 60_000, answerMs: 30_000 }
const memoryLimit = '512 MiB'

/** An engine that is stopped when nobody needs it any more. */
export interface OpenEngine extends PolicyEngine {
  readonly close: () => void
}

/**
 * OPA and CUE in a thread of their own, which starts with the first question. Questions are answered one after the
 * other. A question that reaches a limit is stopped, and so is whatever asks with the same policies later: a policy that
 * does not end costs its time once.
 *
 * @param folder where the program lies: the worker's entry and the module
 */
export function openEngine(folder = besideThis(), limits = usualLimits): OpenEngine {
  let running: Promise<Running | Problem> | undefined
  let turn: Promise<unknown> = Promise.resolve()
  const given = new Map<string, Problem>()
  let closed = false

  const answer = async (question: Question, signal: AbortSignal): Promise<Answer> => {
    const id = JSON.stringify([question.language, question.files])
    const before = given.get(id)
    if (before) return { kind: 'failed', problem: before }
    if (signal.aborted || closed) return { kind: 'failed', problem: outOfTime() }
    running ??= start(folder, limits.startMs)
    const engine = await untilAborted(running, signal)
    // It goes on starting: others may still ask.
    if (engine === undefined) return { kind: 'failed', problem: outOfTime() }
    if ('code' in engine) {
      running = undefined
      return { kind: 'failed', problem: engine }
    }
    const said = await engine.ask(JSON.stringify(question), limits.answerMs, signal)
    if (said.kind === 'answer') return readAnswer(said.text, question.inputs.length)
    running = undefined
    if (said.kind === 'ended') given.set(id, said.problem)
    return { kind: 'failed', problem: said.problem }
  }

  return {
    ask: async (question, signal) => {
      const mine = turn
        .then(async () => answer(question, signal))
        .catch((error: unknown): Answer => ({ kind: 'failed', problem: defect(error) }))
      turn = mine
      return mine
    },
    close: () => {
      closed = true
      void running?.then((engine) => 'code' in engine || engine.stop())
      running = undefined
    },
  }
}

type Reply =
  | { readonly kind: 'answer'; readonly text: string }
  /** The policy brought the engine to its end. */
  | { readonly kind: 'ended'; readonly problem: Problem }
  /** Nobody waits any longer. */
  | { readonly kind: 'left'; readonly problem: Problem }

interface Running {
  readonly ask: (question: string, ms: number, signal: AbortSignal) => Promise<Reply>
  readonly stop: () => void
}

async function start(folder: string, ms: number): Promise<Running | Problem> {
  try {
    return await startWorker(folder, ms)
  } catch (error) {
    return defect(error)
  }
}

async function startWorker(folder: string, ms: number): Promise<Running | Problem> {
  const worker = new Worker(path.join(folder, 'policy-engine.js'), {
    workerData: path.join(folder, 'policy-engines.wasm.br'),
    // What the program was started with is not the worker's: --import hooks, say, or secrets in the environment.
    argv: [],
    env: {},
    execArgv: [],
    stdin: false,
  })
  // The run does not wait for a worker that nobody waits for.
  worker.unref()
  const stop = (): void => void worker.terminate()
  const first = await listen(worker, ms)
  if (first === 'late') {
    stop()
    return failed('timeout', `the policy engine did not start within ${ms / 1000} s`)
  }
  if (first.kind !== 'ready') {
    stop()
    return failed(
      'internal-error',
      `the policy engine did not start: ${'message' in first ? first.message : ''}`,
    )
  }
  return { stop, ask: async (question, limit, signal) => converse(worker, question, limit, signal) }
}

async function converse(worker: Worker, question: string, ms: number, signal: AbortSignal): Promise<Reply> {
  const said = listen(worker, ms, signal)
  worker.postMessage(question)
  const reply = await said
  if (reply !== 'late' && reply.kind === 'answer') return reply
  void worker.terminate()
  if (reply === 'late') {
    if (signal.aborted) return { kind: 'left', problem: outOfTime() }
    const message = `the policy did not come to an end within ${ms / 1000} s`
    return { kind: 'ended', problem: failed('timeout', message) }
  }
  const ended = reply.kind === 'ended' ? reply : { why: 'defect' as const, message: 'it started again' }
  return { kind: 'ended', problem: problemOf(ended) }
}

function problemOf({ why, message }: Pick<Said & { kind: 'ended' }, 'why' | 'message'>): Problem {
  switch (why) {
    case 'memory':
      return failed('limit-exceeded', `the policy needs more than ${memoryLimit} of memory`)
    case 'depth':
      return failed('limit-exceeded', 'the policy, or what it is asked about, is nested too deep')
    case 'defect':
      return failed('internal-error', `the policy engine broke down: ${message}`)
  }
}

async function untilAborted<Value>(value: Promise<Value>, signal: AbortSignal): Promise<Value | undefined> {
  if (signal.aborted) return undefined
  return new Promise((resolve, reject) => {
    const stop = (): void => resolve(undefined)
    signal.addEventListener('abort', stop, { once: true })
    void value.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

/** The next thing that a worker says; that it ended, if it says nothing more. */
async function listen(worker: Worker, ms: number, signal?: AbortSignal): Promise<Said | 'late'> {
  worker.ref()
  return new Promise((resolve) => {
    const done = (said: Said | 'late'): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', late)
      for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event)
      // An error that nobody listens to would end the whole program.
      worker.on('error', () => undefined)
      worker.unref()
      resolve(said)
    }
    const late = (): void => done('late')
    const timer = setTimeout(late, ms)
    signal?.addEventListener('abort', late, { once: true })
    worker.on('message', (said: Said) => done(said))
    worker.on('error', (error: unknown) => {
      const message = error instanceof Error ? error.message : String(error)
      done({ kind: 'ended', why: 'defect', message })
    })
    worker.on('exit', (code) =>
      done({ kind: 'ended', why: 'defect', message: `its thread ended with ${code}` }),
    )
  })
}

/** @throws when it is no answer */
function readAnswer(text: string, inputs: number): Answer {
  const { results = [], faults = [] } = JSON.parse(text) as {
    results?: readonly Evaluation[]
    faults?: readonly Fault[]
  }
  const own = faults.find(({ code }) => code.startsWith('engine_'))
  if (own) return { kind: 'failed', problem: failed('internal-error', `the policy engine: ${own.message}`) }
  if (faults.length > 0) return { kind: 'refused', faults }
  if (results.length === inputs) return { kind: 'answered', results }
  const message = `the policy engine answered for ${results.length} of ${inputs} inputs`
  return { kind: 'failed', problem: failed('internal-error', message) }
}

/** Of this program, not of a policy. */
function defect(error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error)
  return failed('internal-error', `the policy engine did not start or answer: ${message}`)
}

function outOfTime(): Problem {
  return failed('timeout', 'the policy was not evaluated within the time for this image')
}

function failed(code: 'timeout' | 'limit-exceeded' | 'internal-error', message: string): Problem {
  return { code, service: 'engine', message }
}

/** The folder of the bundle: every chunk of it lies there. */
function besideThis(): string {
  return path.dirname(fileURLToPath(import.meta.url))
}
