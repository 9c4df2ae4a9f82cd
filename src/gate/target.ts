import type { Manifest } from '../kubernetes/manifest.js'
import type { ManifestImage } from '../kubernetes/place.js'
import type { Part } from '../policy/part.js'
import type { Requirement } from '../requirement/requirement.js'
import type { Problem } from '../verdict/finding.js'
import type { ImageResult, Origin, PolicyFile, PolicyResult } from '../verdict/result.js'

/** What a rule demands of one place where an image stands. */
export interface PlacedPart extends Part {
  readonly resource?: PolicyResult['resource']
}

/** An image that is judged, once, whatever number of places it stands at. */
export interface Target {
  /** As it is resolved. */
  readonly reference: string
  readonly requirement: Requirement
  readonly parts: readonly PlacedPart[]
  readonly origins: readonly Origin[]
  /** No policy covers it, and that is allowed: it counts for nothing. */
  readonly allowed: boolean
  /** No image: digests that policies about builds are asked about. */
  readonly isSubjects?: true
}

export interface Plan {
  readonly targets: readonly Target[]
  readonly manifests: readonly Manifest[]
  /** The places whose images are targets. */
  readonly places: readonly { readonly image: ManifestImage; readonly reference: string }[]
  /** Rules that leave images out. */
  readonly skipped: readonly PolicyResult[]
  readonly policyFiles: readonly PolicyFile[]
  readonly warnings: readonly string[]
  /** What keeps the run from being whole; the images that are known are judged all the same. */
  readonly problems: readonly Problem[]
}

/** The result of an image with where it stands. */
export function withPlace(result: ImageResult, { origins, allowed }: Target): ImageResult {
  return { ...result, ...(origins.length > 0 && { origins }), ...(allowed && { allowed }) }
}
