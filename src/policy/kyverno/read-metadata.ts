import { fieldsOf, type Place, problemAt, readRaw, readText, readTextMap, required } from '../fields.js'

const fields = [
  'name',
  'generateName',
  'namespace',
  'annotations',
  'labels',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'finalizers',
  'ownerReferences',
  'managedFields',
  'selfLink',
] as const

export interface Metadata {
  readonly name: string
  readonly namespace: string | undefined
  readonly annotations: ReadonlyMap<string, string>
}

/** The metadata of a document (Kubernetes' ObjectMeta), of which name, namespace and annotations count. */
export function readMetadata(place: Place): Metadata {
  required(place)
  const at = fieldsOf(place, fields)
  const name = readText(at('name')) ?? ''
  if (name === '' && place.node !== undefined) problemAt(at('name'), `missing field ${at('name').path}`)
  readTextMap(at('labels'))
  // Written by a cluster, kept by an export.
  readRaw(at('managedFields'))
  return {
    name,
    namespace: readText(at('namespace')) ?? undefined,
    annotations: readTextMap(at('annotations')),
  }
}
