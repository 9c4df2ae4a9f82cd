import type { ImageResult } from '../verdict/result.js'
import type { Clock } from './clock.js'

/** What a run has of the world beside its request. */
export interface Outside {
  readonly clock: Clock
  /** Told of each image as it is decided, in no particular order. */
  readonly decided?: (image: ImageResult) => void
}
