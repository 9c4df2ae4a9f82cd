import { systemClock } from '../gate/clock.js'
import { decide } from '../gate/gate.js'
import type { Inspection } from '../gate/inspect.js'
import { type Question, readQuestion } from '../inputs/question.js'
import { inspected } from '../inputs/subsets.js'
import { forReports, type ResultDocument, toDocument } from '../report/document.js'
import { redact } from '../report/redaction.js'
import type { Problem } from '../verdict/finding.js'
import type { Request } from '../verdict/request.js'
import { refuse } from './answer.js'
import { type Following, openListeners } from './following.js'
import { inspectGiven } from './inspection.js'
import { describeProgram } from './program.js'
import { type ReadInputs, readNamed } from './read-inputs.js'
import { secretsOfRequest } from './secrets.js'

/** Inputs that an inspection has; the names mean what they mean to `verify`. */
export type InspectQuestion = Pick<Question, (typeof inspected)[number]> & { readonly image: string }

/** What the inputs of a program come to. */
export type ReadQuestion =
  | { readonly kind: 'request'; readonly request: Request; readonly warnings: readonly string[] }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] }

/** Decides what the inputs ask, and answers with the document that the action and the command write. */
export async function verify(question: Question, following: Following = {}): Promise<ResultDocument> {
  const read = await readAll(question)
  const { secrets, problems } = await secretsOfRequest(read.request)
  const listeners = openListeners(following, secrets)
  const raw =
    read.request && problems.length === 0
      ? await decide(read.request, { clock: systemClock, kept: forReports, ...listeners.outside })
      : refuse([...read.problems, ...problems])
  listeners.rethrow()
  const result = redact({ ...raw, warnings: [...read.warnings, ...raw.warnings] }, secrets)
  return toDocument(result, redact(read.effective, secrets), describeProgram(undefined), read.plan)
}

/** Reads the inputs and decides nothing: for `decide`, which gives more than the document, at another time if need be. */
export async function readRequest(question: Question): Promise<ReadQuestion> {
  const { request, problems, warnings } = await readAll(question)
  return request ? { kind: 'request', request, warnings } : { kind: 'problems', problems }
}

/** Lists what lies beside an image and decides nothing. */
export async function inspect(
  question: InspectQuestion,
  { signal }: Pick<Following, 'signal'> = {},
): Promise<Inspection> {
  const { given, problems } = readQuestion(question, ['image', ...inspected])
  return inspectGiven(given, 'program', problems, signal)
}

async function readAll(question: Question): Promise<ReadInputs> {
  const { given, problems } = readQuestion(question)
  const read = await readNamed(given, 'program')
  // What is wrong with a name says more than what then is missing.
  if (problems.length > 0) return { ...read, request: undefined, problems: [...problems, ...read.problems] }
  return read
}
