/**
 * The engine as a library. `verify` answers a question that is put in the names of the inputs (docs/inputs.md) with the
 * document of which schema/verify-result.schema.json is the schema; `decide` is the gate itself. Neither throws for what
 * it is given or finds outside: that is a failure in the answer. With examples: docs/library.md.
 *
 * @module
 */
import type { Inspection, InspectRequest } from './gate/inspect.js'
import type { Question } from './inputs/question.js'
import type { ResultDocument } from './report/document.js'
import type { Following } from './run/following.js'
import type { InspectQuestion, ReadQuestion } from './run/question.js'

export type { Question } from './inputs/question.js'
export type { Following } from './run/following.js'
export type { InspectQuestion, ReadQuestion } from './run/question.js'
export type { ImageDocument, ResultDocument } from './report/document.js'
export { decide } from './gate/gate.js'
export type { Outside } from './gate/outside.js'
export type { Inspection, InspectRequest } from './gate/inspect.js'
export type { FoundSignature } from './gate/inspected-signature.js'
export { type Clock, systemClock } from './gate/clock.js'
export type { NonEmpty, Patience, Request, Signers, Threshold } from './verdict/request.js'
export type {
  Asked,
  Calls,
  Failure,
  ImageResult,
  KeyResult,
  Result,
  Signature,
  Verdict,
} from './verdict/result.js'
export type { StatementSummary } from './verdict/statement-summary.js'
export type { Finding, Facts, NearMiss, Problem } from './verdict/finding.js'
export { type Code, codes, type FailureClass, type Service } from './verdict/codes.js'
export { type Ended, type Ending, endingOf, type Leniency } from './verdict/ending.js'

/**
 * Decides whether the images of a question may be promoted.
 *
 * @param question inputs by their names: `{ image: 'registry/name:v1', key: 'release.pub' }`. What only a step or a
 *   command has (files of reports, exits) is no input here
 * @param following listeners, and a signal that ends the run
 * @returns the document, for every ending: `verdict`, `failure` with class, code and what to do, and for each image
 *   `pinned`, which is null unless that image is verified. It holds no secret that the run knows
 * @throws only what a listener threw
 */
export async function verify(question: Question, following: Following = {}): Promise<ResultDocument> {
  return (await import('./run/question.js')).verify(question, following)
}

/**
 * Reads a question and decides nothing: the request is what `decide` takes, and its warnings are about the inputs. Files
 * that name images (`images-file`, `plan`) are read, nothing else is.
 */
export async function readRequest(question: Question): Promise<ReadQuestion> {
  return (await import('./run/question.js')).readRequest(question)
}

/**
 * Lists every signature and attestation beside an image, checks those whose signer is given, and decides nothing.
 *
 * @returns `kind: 'found'`, or `'failed'` with the problem where the list could not be made
 */
export async function inspect(
  question: InspectQuestion,
  following: Pick<Following, 'signal'> = {},
): Promise<Inspection> {
  return (await import('./run/question.js')).inspect(question, following)
}

/** The same of a complete request; loaded when it is called first. */
export async function inspectImage(request: InspectRequest): Promise<Inspection> {
  return (await import('./gate/inspect.js')).inspectImage(request)
}
