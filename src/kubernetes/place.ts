import { type Node, type Path, type Position, positionAt, type ScalarNode } from './node.js'
import type { Resource } from './manifest.js'

/** Where an image stands, for those who read a report. */
export interface ImageOrigin extends Position {
  readonly file: string
  readonly apiVersion: string
  readonly kind: string
  readonly namespace?: string
  readonly name?: string
  /** `containers`, `initContainers`, `ephemeralContainers`, `volumes`, or the name of an image extractor. */
  readonly list: string
  /** The name of the container or volume, if it has one. */
  readonly container?: string
  /** From the resource. */
  readonly path: Path
}

/** An image that a resource asks for. */
export interface ManifestImage {
  readonly kind: 'image'
  /** As written, or as the image extractor makes it of that; read it with `readManifestReference`. */
  readonly text: string
  /** False when an image extractor made the text of another: there is no place to write a digest to. */
  readonly isWritten: boolean
  readonly origin: ImageOrigin
  readonly node: ScalarNode
  readonly resource: Resource
}

/** A place that should name an image and does not. It hides none of its siblings. */
export interface OddImage {
  /**
   * `absent`: no image, which Kubernetes leaves to controllers and Kyverno passes by. `unusable`: there is something
   * that is no image, so nothing is known of what would run.
   */
  readonly kind: 'absent' | 'unusable'
  readonly message: string
  readonly origin: ImageOrigin
}

/** A node that should be an image, and how it is called. */
export interface Place {
  readonly resource: Resource
  readonly list: string
  readonly container: string | undefined
  readonly path: Path
  /** What stands there. */
  readonly node: Node | undefined
  /** What it stands in, for the position of what is missing. */
  readonly parent: Node
}

export function originOf({ resource, list, container, path, node, parent }: Place): ImageOrigin {
  const { file, apiVersion, kind, namespace, name, generateName, lines } = resource
  const called = name ?? (generateName === undefined ? undefined : `${generateName}*`)
  return {
    file,
    ...positionAt(lines, (node ?? parent).start),
    apiVersion,
    kind,
    list,
    path,
    ...(namespace !== undefined && { namespace }),
    ...(called !== undefined && { name: called }),
    ...(container !== undefined && { container }),
  }
}

export function odd(kind: OddImage['kind'], place: Place, expected: string, got: string): OddImage {
  return {
    kind,
    origin: originOf(place),
    message: `expected ${expected} at ${pathText(place.path)}, got ${got}`,
  }
}

/** A path as people write it: `spec.containers[0].image`. */
export function pathText(path: Path): string {
  const steps = path.map((step) =>
    typeof step === 'number' ? `[${step}]` : /^[\w-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`,
  )
  return steps.length === 0 ? 'the resource' : steps.join('').replace(/^\./, '')
}
