import type { Asked, ImageResult } from '../verdict/result.js'
import type { Clock } from './clock.js'

/** What a run has of the world beside its request. */
export interface Outside {
  readonly clock: Clock
  /** Told how many images are judged, as soon as that is known. */
  readonly planned?: (images: number) => void
  /** Told of each image as it is decided, in no particular order. */
  readonly decided?: (image: ImageResult) => void
  /** What of an image the reports need: the rest is not held until the end. Undefined: all of it. */
  readonly kept?: (image: ImageResult) => ImageResult
  /** Told of each request as it ends. */
  readonly asked?: (asked: Asked) => void
  /** Ends the run early: images that are not decided by then stay so. The reason (`stopped by SIGTERM`) is shown. */
  readonly stop?: AbortSignal
}
