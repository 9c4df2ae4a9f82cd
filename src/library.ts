/**
 * The engine as a library: `decide` answers a complete Request and never throws for what it finds outside.
 *
 * @module
 */
import type { Inspection, InspectRequest } from './gate/inspect.js'

export { decide } from './gate/gate.js'
export type { Outside } from './gate/outside.js'
export type { Inspection, InspectRequest } from './gate/inspect.js'
export type { FoundSignature } from './gate/inspected-signature.js'
export { type Clock, systemClock } from './gate/clock.js'
export type { NonEmpty, Patience, Request, Signers, Threshold } from './verdict/request.js'
export type { Calls, Failure, ImageResult, KeyResult, Result, Signature, Verdict } from './verdict/result.js'
export type { StatementSummary } from './verdict/statement-summary.js'
export type { Finding, Facts, NearMiss } from './verdict/finding.js'
export { type Code, codes, type FailureClass, type Service } from './verdict/codes.js'
export { type Ending, endingOf, type Leniency } from './verdict/ending.js'

/** Lists every signature beside an image, and checks those whose key was given; loaded when it is called first. */
export async function inspectImage(request: InspectRequest): Promise<Inspection> {
  return (await import('./gate/inspect.js')).inspectImage(request)
}
