import type { Facts } from '../policy/part.js'
import type { Known, Requirement } from '../requirement/requirement.js'
import type { Finding } from '../verdict/finding.js'
import type { ImageResult } from '../verdict/result.js'

/** An image that was judged, and what policies over several images may still ask of it. */
export interface JudgedImage {
  readonly result: ImageResult
  readonly warnings: readonly string[]
  /** What was found out, for policies that are evaluated by themselves. */
  readonly facts: Facts
  /** What a requirement comes to, with what those policies came to. */
  readonly findingOf: (requirement: Requirement, joint?: Known['joint']) => Finding
  /** The result with what those policies came to. */
  readonly conclude: (joint: NonNullable<Known['joint']>) => Promise<ImageResult>
}

export type Judged = Pick<JudgedImage, 'result' | 'facts' | 'findingOf' | 'conclude'>
