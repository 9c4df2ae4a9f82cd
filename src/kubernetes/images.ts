import { type Evaluate, extractedImages, type ImageExtractors } from './extractor.js'
import type { Resource } from './manifest.js'
import type { ManifestImage, OddImage } from './place.js'
import { type Suspect, suspects } from './suspect.js'
import { isWorkload, workloadImages } from './workload.js'

export interface ResourceImages {
  readonly images: readonly ManifestImage[]
  /** Places without a usable image, each said aloud: `unusable` ones leave the resource undecided. */
  readonly odd: readonly OddImage[]
  /**
   * Who says where the images are: Kubernetes, image extractors of a policy, or nobody. Of a kind that nobody knows
   * there are no images, only what looks like some.
   */
  readonly knownFrom: 'kubernetes' | 'extractors' | 'nobody'
  /** What looks like an image and is none of `images`: it would run unchecked. */
  readonly unlisted: readonly Suspect[]
}

/**
 * The images of a resource, in the order of its places.
 *
 * @param extractors of a policy's rule: for a kind that they name they take the place of what is known of it
 */
export function imagesOf(
  resource: Resource,
  extractors: ImageExtractors = new Map(),
  evaluate?: Evaluate,
): ResourceImages {
  const own = extractors.get(resource.kind)
  const known = workloadImages(resource)
  const found = own ? own.flatMap((extractor) => extractedImages(resource, extractor, evaluate)) : known
  const images = found.filter((one): one is ManifestImage => one.kind === 'image')
  const listed = new Set(found.map((one) => JSON.stringify(one.origin.path)))
  const passedBy = own ? known.filter((one): one is ManifestImage => one.kind === 'image') : []
  return {
    images,
    odd: found.filter((one): one is OddImage => one.kind !== 'image'),
    knownFrom: own ? 'extractors' : isWorkload(resource) ? 'kubernetes' : 'nobody',
    unlisted: [
      ...(isWorkload(resource)
        ? passedBy.filter(({ origin }) => !listed.has(JSON.stringify(origin.path)))
        : []),
      ...suspects(resource, listed),
    ].map(({ text, origin }) => ({ text, origin })),
  }
}
