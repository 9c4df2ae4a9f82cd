import { readManifestReference } from './image-reference.js'
import type { Resource } from './manifest.js'
import { entry, type Node, type Path, textOf } from './node.js'
import { type ImageOrigin, originOf } from './place.js'
import { groupOf, isWorkload } from './workload.js'

/** Something that looks like an image at a place where nobody looks for one. */
export interface Suspect {
  readonly text: string
  readonly origin: ImageOrigin
}

/** As many as a report can show. */
const mostSuspects = 100

/**
 * Groups whose kinds run no image but the workloads: those of Kubernetes itself, and policies, which write image
 * names down to ask about them.
 */
const quiet: ReadonlySet<string> = new Set([
  ...['', 'apps', 'batch', 'extensions', 'policy', 'autoscaling'],
  ...[
    ...['rbac.authorization', 'authentication', 'authorization', 'networking', 'storage', 'scheduling'],
    ...['coordination', 'discovery', 'node', 'certificates', 'apiextensions', 'admissionregistration'],
    ...['apiregistration', 'events', 'flowcontrol.apiserver', 'resource', 'storagemigration'],
  ].map((name) => `${name}.k8s.io`),
  ...['kyverno.io', 'policies.kyverno.io', 'cli.kyverno.io', 'policy.sigstore.dev'],
])

/**
 * Searches a resource for images that no list of places names: a custom kind with a Pod template, an operator's
 * `image:` or `baseImage:`, the `repository` and `tag` of Helm values.
 *
 * @param listed the paths at which images are known, as JSON
 */
export function suspects(resource: Resource, listed: ReadonlySet<string>): readonly Suspect[] {
  if (isWorkload(resource) || quiet.has(groupOf(resource.apiVersion))) return []
  const found: Suspect[] = []
  const visit = (node: Node, path: Path): void => {
    if (node.kind === 'scalar' || found.length >= mostSuspects) return
    if (node.kind === 'list') {
      node.items.forEach((item, index) => visit(item, [...path, index]))
      return
    }
    for (const [key, value] of node.entries) {
      const here = [...path, key]
      const text = imageText(key, value)
      if (text !== undefined && found.length < mostSuspects && !listed.has(JSON.stringify(here))) {
        const place = {
          resource,
          list: key,
          container: textOf(entry(node, 'name')),
          path: here,
          node: value,
          parent: node,
        }
        found.push({ text, origin: originOf(place) })
      }
      visit(value, here)
    }
  }
  visit(resource.node, [])
  return found
}

function imageText(key: string, value: Node): string | undefined {
  if (key === 'image') {
    const named = textOf(value) ?? textOf(entry(value, 'reference')) ?? textOf(entry(value, 'repository'))
    return named === '' ? undefined : named
  }
  const text = key.endsWith('Image') ? textOf(value) : undefined
  if (text === undefined || !/[/:]/.test(text)) return undefined
  return 'reference' in readManifestReference(text) ? text : undefined
}
