import { type Digest, pin } from '../reference/reference.js'
import { readManifestReference } from './image-reference.js'
import { type Manifest, parseManifest } from './manifest.js'
import { type Node, type Position, type ScalarNode } from './node.js'
import { type ManifestImage, pathText } from './place.js'

export interface Pinning {
  readonly image: ManifestImage
  readonly digest: Digest
}

export type Pinned =
  | { readonly kind: 'pinned'; readonly text: string; readonly changed: number }
  | { readonly kind: 'unpinned'; readonly problems: readonly PinProblem[] }

export interface PinProblem extends Position {
  readonly file: string
  readonly message: string
}

/** What a scalar gets, and at which places of which resources it was asked for. */
interface Wanted {
  readonly suffix: string
  readonly places: Set<string>
  readonly image: ManifestImage
}

/**
 * Writes digests behind images: `name:tag` becomes `name:tag@sha256:…`, `name` becomes `name:latest@sha256:…`, and no
 * other letter of the text changes. (Kyverno also writes the registry that is meant: `docker.io/nginx:latest@…`.) So
 * whatever the way a text is quoted, there is only something to insert. An image with this digest stays as it is.
 *
 * An image that an anchor repeats is one text: it is pinned only when all its uses are pinned, and to one digest.
 * The outcome is read again, and given back only if nothing but those images changed.
 */
export function pinImages(manifest: Manifest, pinnings: readonly Pinning[]): Pinned {
  const problems: PinProblem[] = []
  const wanted = new Map<ScalarNode, Wanted>()
  const resources = new Map(manifest.resources.map((resource, index) => [resource, index]))
  for (const { image, digest } of pinnings) {
    const suffix = suffixFor(image, digest)
    const index = resources.get(image.resource)
    const before = wanted.get(image.node)
    if (index === undefined) problems.push(problem(image, 'it is in another manifest'))
    else if (typeof suffix !== 'string') problems.push(problem(image, suffix.message))
    else if (before && before.suffix !== suffix)
      problems.push(
        problem(
          image,
          `an anchor (&, *) shares it with ${placeOf(before.image)}, which gets ${before.suffix}`,
        ),
      )
    else {
      const places = before?.places ?? new Set<string>()
      places.add(JSON.stringify([index, image.origin.path]))
      wanted.set(image.node, { suffix, places, image })
    }
  }
  for (const [node, uses] of usesOf(manifest.roots, wanted)) {
    const { image, places, suffix } = wanted.get(node) ?? { image: undefined, places: new Set(), suffix: '' }
    if (image && suffix !== '' && uses !== places.size)
      problems.push(
        problem(image, `an anchor (&, *) uses it at ${uses} places, and ${places.size} of them are pinned`),
      )
  }
  if (problems.length > 0) return { kind: 'unpinned', problems }
  const changes = [...wanted].filter(([, { suffix }]) => suffix !== '')
  const text = inserted(manifest.text, changes)
  const after = changes.length === 0 ? manifest : parseManifest(manifest.file, text)
  if (isSame(manifest, after, wanted)) return { kind: 'pinned', text, changed: changes.length }
  const message = 'the file is left as it is: to write digests into it would change more than its images'
  return { kind: 'unpinned', problems: [{ file: manifest.file, line: 1, column: 1, message }] }
}

/** What to write behind an image; nothing where the digest stands already. */
function suffixFor(
  { text, isWritten }: ManifestImage,
  digest: Digest,
): string | { readonly message: string } {
  if (!isWritten) return { message: 'an image extractor makes it of another text, and back there is no way' }
  const read = readManifestReference(text)
  if (!('reference' in read)) return { message: read.reason }
  const { reference } = read
  if (reference.digest === digest) return ''
  if (reference.digest !== undefined) return { message: `it is pinned to another digest, not to ${digest}` }
  return pin(reference, digest).slice(text.length)
}

function placeOf({ origin }: ManifestImage): string {
  const { kind, name, path } = origin
  return [kind, ...(name === undefined ? [] : [name]), pathText(path)].join(' ')
}

function problem(image: ManifestImage, why: string): PinProblem {
  const { file, line, column } = image.origin
  return { file, line, column, message: `expected to pin ${image.text} (${placeOf(image)}): ${why}` }
}

/** How often each of the scalars is met in the documents, wherever an alias or a merge key brings it. */
function usesOf(
  roots: readonly Node[],
  of: ReadonlyMap<ScalarNode, unknown>,
): ReadonlyMap<ScalarNode, number> {
  const uses = new Map<ScalarNode, number>()
  const visit = (node: Node): void => {
    if (node.kind === 'list') node.items.forEach(visit)
    else if (node.kind === 'map') node.entries.forEach(visit)
    else if (of.has(node)) uses.set(node, (uses.get(node) ?? 0) + 1)
  }
  roots.forEach(visit)
  return uses
}

function inserted(text: string, changes: readonly (readonly [ScalarNode, Wanted])[]): string {
  const pieces: string[] = []
  let done = 0
  for (const [{ tail }, { suffix }] of changes.toSorted(([a], [b]) => a.tail - b.tail)) {
    pieces.push(text.slice(done, tail), suffix)
    done = tail
  }
  return pieces.join('') + text.slice(done)
}

/** Whether the manifests are equal but for the suffixes, aliases and all. */
function isSame(before: Manifest, after: Manifest, wanted: ReadonlyMap<ScalarNode, Wanted>): boolean {
  const met = new Map<Node, Node>()
  const same = (old: Node, now: Node | undefined): boolean => {
    if (now === undefined) return false
    const known = met.get(old)
    if (known !== undefined) return known === now
    met.set(old, now)
    if (old.kind === 'scalar' && now.kind === 'scalar') {
      const suffix = wanted.get(old)?.suffix ?? ''
      return suffix === '' ? Object.is(old.value, now.value) : now.value === `${String(old.value)}${suffix}`
    }
    if (old.kind === 'list' && now.kind === 'list')
      return (
        old.items.length === now.items.length &&
        old.items.every((item, index) => same(item, now.items[index]))
      )
    if (old.kind === 'map' && now.kind === 'map')
      return (
        old.entries.size === now.entries.size &&
        [...old.entries].every(([key, value]) => same(value, now.entries.get(key)))
      )
    return false
  }
  return (
    before.roots.length === after.roots.length &&
    before.roots.every((root, index) => same(root, after.roots[index])) &&
    problemsOf(before) === problemsOf(after)
  )
}

function problemsOf({ problems }: Manifest): string {
  return JSON.stringify(problems.map(({ kind, line, message }) => [kind, line, message]))
}
