import type { Finding } from '../verdict/finding.js'
import type { ImageResult, PolicyResult } from '../verdict/result.js'
import type { JudgedImage } from './judged.js'
import { type Plan, type Target, withPlace } from './target.js'

/**
 * What a run keeps of an image that is decided. Evidence, manifests and questions are let go with it, or a fleet of
 * thousands would hold all of them to its end; only where a policy looks at several images is everything kept.
 */
export interface Settled {
  readonly result: ImageResult
  /** What each rule says to it. */
  readonly rows: readonly PolicyResult[]
  readonly warnings: readonly string[]
  readonly judged?: JudgedImage
}

/** What each rule says to an image: `conclusion.ts`, which is loaded where there are rules. */
export type RowsOf = (
  target: Target,
  one: JudgedImage,
  joint: (id: string) => Finding | undefined,
) => readonly PolicyResult[]

/** Whether some policy is about several images at once. */
export function looksAcross({ targets }: Plan): boolean {
  return targets.some(({ parts }) => parts.some(({ joints = [] }) => joints.some(({ across }) => across)))
}

/** @param rowsOf undefined where there are no rules */
export function settle(one: JudgedImage, target: Target, rowsOf: RowsOf | undefined): Settled {
  const rows = rowsOf?.(target, one, () => undefined) ?? []
  return { result: withPlace(one.result, target), rows, warnings: one.warnings }
}
