import { type KyvernoImage, parseImage, type UnreadableImage } from './image.js'
import type { ImageExtractor, KyvernoRule } from './model.js'
import type { Resource } from './resource.js'

export type Path = readonly (string | number)[]

/** An image of a resource; those that the manifests' reader finds fit. */
export interface ResourceImage {
  readonly text: string
  readonly origin: {
    /** `containers`, `initContainers`, `ephemeralContainers`, `volumes`, or the name of an image extractor. */
    readonly list: string
    readonly container?: string
    readonly path: Path
  }
}

/** What is found in a resource, by the usual places or by a rule's extractors. */
export interface Found<Image extends ResourceImage> {
  readonly images: readonly Image[]
  /** Places without a usable image; `absent` ones are left to whoever fills them in. */
  readonly odd: readonly { readonly kind: 'absent' | 'unusable'; readonly message: string }[]
  /** What looks like an image where nobody looks for one. */
  readonly unlisted: readonly { readonly text: string }[]
}

/** Finds the images of the resource; given extractors take the place of the usual places of their kinds. */
export type FindImages<Image extends ResourceImage> = (
  extractors: ReadonlyMap<string, readonly ImageExtractor[]> | undefined,
) => Found<Image>

export interface ViewedImage<Image extends ResourceImage> {
  readonly image: Image
  readonly reference: KyvernoImage | UnreadableImage
  /** Whether Kyverno looks at it: not at the images of volumes, nor into kinds that it does not know. */
  readonly seen: boolean
}

const kinds = new Set([
  'Pod',
  'DaemonSet',
  'Deployment',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
  'CronJob',
  'Job',
])
const lists = new Set(['initContainers', 'containers', 'ephemeralContainers'])

export interface View<Image extends ResourceImage> {
  readonly images: readonly ViewedImage<Image>[]
  /** Whether Kyverno looks into the kind at all. */
  readonly looks: boolean
  /** Where Kyverno gives up on the resource, or misses a container. */
  readonly faults: readonly string[]
  readonly unlisted: Found<Image>['unlisted']
}

/** The images of a resource as a rule sees them (pkg/utils/api/image.go). */
export function viewImages<Image extends ResourceImage>(
  rule: Pick<KyvernoRule, 'imageExtractors'>,
  resource: Resource,
  find: FindImages<Image>,
): View<Image> {
  const own = rule.imageExtractors?.has(resource.kind) === true
  const found = find(own ? rule.imageExtractors : undefined)
  const images = found.images.map((image) => ({
    image,
    reference: parseImage(image.text),
    seen: own || (kinds.has(resource.kind) && lists.has(image.origin.list)),
  }))
  return {
    images,
    looks: own || kinds.has(resource.kind),
    unlisted: found.unlisted,
    faults: [
      ...found.odd.flatMap(({ kind, message }) => (kind === 'unusable' ? message : [])),
      ...images.flatMap(({ image, reference, seen }) =>
        seen && reference.kind === 'unreadable' ? `${JSON.stringify(image.text)}: ${reference.reason}` : [],
      ),
      ...(own ? [] : namelessAndTwins(images)),
    ],
  }
}

/** Kyverno keeps containers by name: without one it gives up, and of two with one name it sees the last. */
function namelessAndTwins<Image extends ResourceImage>(
  images: readonly ViewedImage<Image>[],
): readonly string[] {
  const names = new Set<string>()
  return images.flatMap(({ image: { text, origin }, seen }) => {
    if (!seen) return []
    if (origin.container === undefined) return `the container with ${text} has no name`
    const name = `${origin.list} ${origin.container}`
    if (names.has(name)) return `two of the ${origin.list} are called ${origin.container}`
    names.add(name)
    return []
  })
}
