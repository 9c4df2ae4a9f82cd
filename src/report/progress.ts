import type { Asked, ImageResult } from '../verdict/result.js'
import { line } from './escape.js'

/** How far a run is. */
export interface Progress {
  readonly total: number
  readonly decided: number
  readonly rejected: number
  readonly undetermined: number
}

export function noneOf(total: number): Progress {
  return { total, decided: 0, rejected: 0, undetermined: 0 }
}

export function oneMore(before: Progress, { verdict, allowed }: ImageResult): Progress {
  const counts = (one: ImageResult['verdict']): number => (verdict === one && allowed !== true ? 1 : 0)
  return {
    total: before.total,
    decided: before.decided + 1,
    rejected: before.rejected + counts('rejected'),
    undetermined: before.undetermined + counts('undetermined'),
  }
}

/** `1200 of 5000 images: 3 rejected, 1 undetermined` */
export function progressText({ total, decided, rejected, undetermined }: Progress): string {
  const failed = [
    ...(rejected > 0 ? [`${rejected} rejected`] : []),
    ...(undetermined > 0 ? [`${undetermined} undetermined`] : []),
  ]
  return `${decided} of ${total} images${failed.length === 0 ? '' : `: ${failed.join(', ')}`}`
}

/** A request for the log of a run: how it ended, after which time. */
export function askedText({ request, ended, ms }: Asked): string {
  return `${Math.round(ms).toString().padStart(6)} ms  ${line(ended).padEnd(4)} ${line(request)}`
}
