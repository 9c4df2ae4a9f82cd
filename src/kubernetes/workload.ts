import type { Resource } from './manifest.js'
import { entry, nameOf, type Node, nodeAt, type Path, textOf } from './node.js'
import { type ManifestImage, odd, type OddImage, type Place } from './place.js'
import { readImage } from './read-image.js'

const template: Path = ['spec', 'template', 'spec']

/** Where the kinds of Kubernetes that run containers have their Pod (core/v1, apps/v1, batch/v1 and their betas). */
const pods: ReadonlyMap<string, { readonly groups: readonly string[]; readonly path: Path }> = new Map([
  ['Pod', { groups: [''], path: ['spec'] }],
  ['ReplicationController', { groups: [''], path: template }],
  ['PodTemplate', { groups: [''], path: ['template', 'spec'] }],
  ['Deployment', { groups: ['apps', 'extensions'], path: template }],
  ['ReplicaSet', { groups: ['apps', 'extensions'], path: template }],
  ['DaemonSet', { groups: ['apps', 'extensions'], path: template }],
  ['StatefulSet', { groups: ['apps'], path: template }],
  ['Job', { groups: ['batch'], path: template }],
  ['CronJob', { groups: ['batch'], path: ['spec', 'jobTemplate', 'spec', 'template', 'spec'] }],
])

const containerLists = ['initContainers', 'containers', 'ephemeralContainers'] as const

/** The API group of an apiVersion, empty for the core. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
}

/** Whether Kubernetes itself says where the images of the kind are: a `Job` of another group may have more. */
export function isWorkload({ apiVersion, kind }: Resource): boolean {
  return pods.get(kind)?.groups.includes(groupOf(apiVersion)) === true
}

/**
 * The images of the kinds that run containers: the containers of all lists, and image volumes. A kind of another
 * group with such a name (Kyverno goes by the name alone) is read where it has the same fields.
 */
export function workloadImages(resource: Resource): readonly (ManifestImage | OddImage)[] {
  const pod = pods.get(resource.kind)
  if (pod === undefined) return []
  const spec = nodeAt(resource.node, pod.path)
  const place: Place = {
    resource,
    list: 'containers',
    container: undefined,
    path: pod.path,
    node: spec,
    parent: resource.node,
  }
  if (spec?.kind !== 'map')
    return isWorkload(resource) ? [odd('unusable', place, 'a Pod', spec ? nameOf(spec) : 'nothing')] : []
  const images = containerLists.flatMap((list) =>
    listImages(resource, spec, pod.path, list, (item, path) => ({
      list,
      path: [...path, 'image'],
      node: entry(item, 'image'),
    })),
  )
  const volumes = listImages(resource, spec, pod.path, 'volumes', (item, path) => {
    const image = entry(item, 'image')
    if (image === undefined || (image.kind === 'scalar' && image.value === null)) return undefined
    return image.kind === 'map'
      ? { list: 'volumes', path: [...path, 'image', 'reference'], node: entry(image, 'reference') }
      : { list: 'volumes', path: [...path, 'image'], node: image }
  })
  if (entry(spec, 'containers') === undefined && isWorkload(resource))
    return [
      ...images,
      ...volumes,
      odd('absent', { ...place, node: undefined, parent: spec }, 'containers', 'none'),
    ]
  return [...images, ...volumes]
}

function listImages(
  resource: Resource,
  spec: Node,
  podPath: Path,
  list: string,
  find: (item: Node, path: Path) => Pick<Place, 'list' | 'path' | 'node'> | undefined,
): readonly (ManifestImage | OddImage)[] {
  const node = entry(spec, list)
  const path = [...podPath, list]
  if (node === undefined || (node.kind === 'scalar' && node.value === null)) return []
  const whole: Place = { resource, list, container: undefined, path, node, parent: spec }
  if (node.kind !== 'list') return [odd('unusable', whole, 'a list', nameOf(node))]
  return node.items.flatMap((item, index) => {
    const here: Path = [...path, index]
    if (item.kind !== 'map')
      return [odd('unusable', { ...whole, path: here, node: item }, 'a mapping', nameOf(item))]
    const found = find(item, here)
    return found
      ? [readImage({ resource, container: textOf(entry(item, 'name')), parent: item, ...found })]
      : []
  })
}
