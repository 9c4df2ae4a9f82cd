/**
 * The engine as a library: `decide` answers a complete Request and never throws for what it finds outside.
 *
 * @module
 */
export { decide, type Outside } from './gate/gate.js'
export { inspectImage, type FoundSignature, type Inspection, type InspectRequest } from './gate/inspect.js'
export { type Clock, systemClock } from './gate/clock.js'
export type { NonEmpty, Patience, Request, Signers, Threshold } from './verdict/request.js'
export type { Calls, Failure, ImageResult, KeyResult, Result, Signature, Verdict } from './verdict/result.js'
export type { Finding, Facts, NearMiss } from './verdict/finding.js'
export { type Code, codes, type FailureClass, type Service } from './verdict/codes.js'
export { type Ending, endingOf, type Leniency } from './verdict/ending.js'
