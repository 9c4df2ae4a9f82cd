import { isObject, readObject, textField } from '../evidence/json.js'
import type { Descriptor } from '../evidence/oci-manifest.js'
import type { Call } from '../network/call.js'
import type { Lookup } from '../network/lookup.js'
import { isDigest } from '../reference/reference.js'
import { type ImageStore, recordLimit, type Resolved } from '../stores/store.js'
import type { Service } from '../verdict/codes.js'
import type { Problem } from '../verdict/finding.js'
import { readChild, readManifestOf } from './child-manifest.js'
import { isAttestation } from './subjects.js'

type Configs = { readonly config: Readonly<Record<string, unknown>> } | Problem

/** The configurations of an image by platform, `linux/amd64` or `linux/arm/v7`; of an index those of its images. */
export async function readConfigs(
  images: ImageStore,
  resolved: Lookup<Resolved>,
  service: Service,
  call: Call,
): Promise<Configs> {
  if (resolved.kind !== 'found') return unreadable('the image was not found', service)
  const manifest = await readManifestOf(images, resolved.value, service, call)
  if (manifest.kind !== 'found')
    return manifest.kind === 'failed' ? manifest.problem : unreadable('it is gone', service)
  const descriptors: (Descriptor | undefined)[] = []
  if (manifest.value.manifests === undefined) descriptors.push(manifest.value.config)
  else
    for (const { digest } of manifest.value.manifests.filter((one) => !isAttestation(one))) {
      const read = isDigest(digest) ? await readChild(images, digest, service, call) : undefined
      if (read?.kind === 'failed') return read.problem
      descriptors.push(read?.kind === 'found' ? read.value.config : undefined)
    }
  const configs: [string, unknown][] = []
  for (const descriptor of descriptors) {
    const blob = descriptor && (await images.blob?.(descriptor, recordLimit, call))
    if (blob?.kind === 'failed') return blob.problem
    const object = blob?.kind === 'found' ? readObject(blob.value) : undefined
    if (!isObject(object)) return unreadable('a configuration of it cannot be read', service)
    const platform = ['os', 'architecture', 'variant'].map((name) => textField(object, name) ?? '')
    configs.push([platform.filter((part) => part !== '').join('/'), object])
  }
  return { config: Object.fromEntries(configs) }
}

function unreadable(why: string, service: Service): Problem {
  return { code: 'response-invalid', service, message: `fetchConfigFile: ${why}` }
}
