import { isObject, readObject, textField } from '../evidence/json.js'
import { type Descriptor, parseManifest } from '../evidence/oci-manifest.js'
import type { Call } from '../network/call.js'
import type { Lookup } from '../network/lookup.js'
import { isDigest } from '../reference/reference.js'
import { type ImageStore, manifestLimit, recordLimit, type Resolved } from '../stores/store.js'
import type { Problem } from '../verdict/finding.js'
import { isAttestation } from './subjects.js'

type Configs = { readonly config: Readonly<Record<string, unknown>> } | Problem

/** The configurations of an image by platform, `linux/amd64` or `linux/arm/v7`; of an index those of its images. */
export async function readConfigs(
  images: ImageStore,
  resolved: Lookup<Resolved>,
  call: Call,
): Promise<Configs> {
  if (resolved.kind !== 'found') return unreadable('the image was not found')
  const { manifest: given } = resolved.value
  const bytes = given ?? (await manifestOf(images, call))
  const manifest = bytes && parseManifest(bytes)
  if (!manifest) return unreadable('its manifest cannot be read')
  const descriptors: (Descriptor | undefined)[] = []
  if (manifest.manifests === undefined) descriptors.push(manifest.config)
  else
    for (const child of manifest.manifests.filter((one) => !isAttestation(one))) {
      const read = isDigest(child.digest) ? await images.blob?.(child, manifestLimit, call) : undefined
      descriptors.push(read?.kind === 'found' ? parseManifest(read.value)?.config : undefined)
    }
  const configs: [string, unknown][] = []
  for (const descriptor of descriptors) {
    const blob = descriptor && (await images.blob?.(descriptor, recordLimit, call))
    if (blob?.kind === 'failed') return blob.problem
    const object = blob?.kind === 'found' ? readObject(blob.value) : undefined
    if (!isObject(object)) return unreadable('a configuration of it cannot be read')
    const platform = ['os', 'architecture', 'variant'].map((name) => textField(object, name) ?? '')
    configs.push([platform.filter((part) => part !== '').join('/'), object])
  }
  return { config: Object.fromEntries(configs) }
}

async function manifestOf(images: ImageStore, call: Call): Promise<Uint8Array | undefined> {
  const again = await images.resolve(call, 'manifest')
  return again.kind === 'found' ? again.value.manifest : undefined
}

function unreadable(why: string): Problem {
  return { code: 'response-invalid', service: 'registry', message: `fetchConfigFile: ${why}` }
}
