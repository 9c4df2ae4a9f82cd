import type { Resource } from './manifest.js'
import { entry, nameOf, type Node, type Path, textOf } from './node.js'
import { type ManifestImage, odd, type OddImage, type Place } from './place.js'
import { readImage, type Transform } from './read-image.js'

/** Where the images of a kind are, by Kyverno's `imageExtractors`. */
export interface ImageExtractor {
  /** Keys separated by slashes; `*` for all members of a list or mapping. */
  readonly path: string
  /** The key of the image; the last of the path where it is left out. */
  readonly value?: string
  /** The key of what the image is called. */
  readonly key?: string
  /** What the images are called together; `custom` where it is left out. */
  readonly name?: string
  /** Makes the image of the text that is found. */
  readonly jmesPath?: string
}

/** By kind, as in a rule: what a rule says of a kind takes the place of what is known of it. */
export type ImageExtractors = ReadonlyMap<string, readonly ImageExtractor[]>

/** Evaluates a JMESPath expression on a text; `{ problem }` when it fails or gives no text. */
export type Evaluate = (expression: string, value: string) => string | { readonly problem: string }

interface Walk {
  readonly resource: Resource
  readonly list: string
  readonly key: string | undefined
  readonly value: string
  readonly transform: Transform | undefined
  readonly found: (ManifestImage | OddImage)[]
}

/**
 * The images that an extractor finds (Kyverno, pkg/utils/api/image.go). What is not there is passed by, as there;
 * what has another shape is odd, where Kyverno gives up on the whole resource.
 */
export function extractedImages(
  resource: Resource,
  extractor: ImageExtractor,
  evaluate: Evaluate | undefined,
): readonly (ManifestImage | OddImage)[] {
  const steps = extractor.path
    .split('/')
    .map((step) => step.trim())
    .filter((step) => step !== '')
  const value = extractor.value ?? steps.pop()
  const list = extractor.name ?? 'custom'
  const { jmesPath } = extractor
  const whole: Place = {
    resource,
    list,
    container: undefined,
    path: [],
    node: resource.node,
    parent: resource.node,
  }
  if (value === undefined || value === '' || value === '*') {
    const got = JSON.stringify(extractor.path)
    return [odd('unusable', whole, 'an image extractor whose path ends with the key of the image', got)]
  }
  const transform: Transform | undefined =
    jmesPath === undefined || jmesPath === ''
      ? undefined
      : (text) =>
          evaluate ? evaluate(jmesPath, text) : { problem: 'a jmesPath, which is not evaluated here' }
  const found: (ManifestImage | OddImage)[] = []
  const key = extractor.key === '' ? undefined : extractor.key
  follow({ resource, list, key, value, transform, found }, resource.node, resource.node, [], steps)
  return found
}

function follow(
  walk: Walk,
  node: Node | undefined,
  parent: Node,
  path: Path,
  steps: readonly string[],
): void {
  if (node === undefined || (node.kind === 'scalar' && node.value === null)) return
  const { resource, list, key, value, transform, found } = walk
  const place: Place = { resource, list, container: undefined, path, node, parent }
  const [step, ...rest] = steps
  if (step === '*') {
    if (node.kind === 'scalar') found.push(odd('unusable', place, 'a list or a mapping', nameOf(node)))
    else if (node.kind === 'list')
      node.items.forEach((item, index) => follow(walk, item, node, [...path, index], rest))
    else for (const [name, item] of node.entries) follow(walk, item, node, [...path, name], rest)
    return
  }
  if (node.kind !== 'map') {
    found.push(odd('unusable', place, 'a mapping', nameOf(node)))
    return
  }
  if (step !== undefined) {
    follow(walk, node.entries.get(step), node, [...path, step], rest)
    return
  }
  const container = key === undefined ? undefined : textOf(entry(node, key))
  const image: Place = {
    ...place,
    container,
    path: [...path, value],
    node: node.entries.get(value),
    parent: node,
  }
  found.push(readImage(image, transform))
}
