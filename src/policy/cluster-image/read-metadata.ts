import { objectOf, refuse, textOf, type Fields } from './fields.js'

/** Kubernetes' ObjectMeta. */
const fieldsOfMetadata = [
  'name',
  'generateName',
  'namespace',
  'selfLink',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
  'managedFields',
]

/** Opens `metadata`, which must have a name. */
export function readMetadata(document: Fields): { fields: Fields; name: string } | undefined {
  const fields = objectOf(document, 'metadata', fieldsOfMetadata)
  const name = fields && textOf(fields, 'name')
  if (fields !== undefined && name !== undefined) return { fields, name }
  refuse(fields ?? document, undefined, {
    message: 'expected a name in metadata.name',
    peerReason: 'missing field(s): metadata.name',
  })
  return undefined
}
