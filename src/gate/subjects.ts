import { type Descriptor, parseManifest } from '../evidence/oci-manifest.js'
import { objectField, readObject, textField } from '../evidence/json.js'
import type { Call } from '../network/call.js'
import { found, type Lookup } from '../network/lookup.js'
import { isDigest, type Reference } from '../reference/reference.js'
import { type Place, recordLimit, type Resolved } from '../stores/store.js'
import type { Service } from '../verdict/codes.js'
import type { Problem } from '../verdict/finding.js'
import type { Platforms } from '../verdict/request.js'

/** One manifest that has to be vouched for. */
export interface Subject {
  /** `index`, or a platform such as `linux/amd64`; empty where there is only the image itself. */
  readonly name: string
  readonly image: Promise<Lookup<Resolved>>
  /** A manifest of an index. */
  readonly isChild: boolean
}

/** The manifests that the input `platforms` asks for. */
export async function findSubjects(
  reference: Reference,
  place: Place,
  image: Promise<Lookup<Resolved>>,
  platforms: Platforms,
  call: Call,
): Promise<readonly Subject[] | Problem> {
  const whole: Subject = { name: '', image, isChild: false }
  if (platforms === 'index') return [whole]
  if (reference.kind === 's3lo') {
    const message = `platforms: ${reference.text}: only images in registries and OCI layouts are signed by platform`
    return { code: 'input-invalid', message }
  }
  const resolved = await image
  if (resolved.kind !== 'found') return [whole]
  const { manifest: bytes = new Uint8Array(), where } = resolved.value
  const manifest = parseManifest(bytes)
  if (manifest?.manifests === undefined) {
    if (platforms === 'all') return [whole]
    const own = await ownPlatform(
      place,
      manifest?.config,
      reference.kind === 'registry' ? 'registry' : 'storage',
      call,
    )
    if (typeof own !== 'string') return own
    const missing = platforms.find((platform) => platform !== 'index' && !isPlatform(platform, own))
    return missing === undefined ? [whole] : absentPlatform(missing, [own])
  }
  const children = manifest.manifests.filter((entry) => !isAttestation(entry))
  const subjectOf = (entry: Descriptor): Subject => ({
    name: entry.platform ?? entry.digest,
    image: Promise.resolve(childOf(entry, where)),
    isChild: true,
  })
  const index: Subject = { ...whole, name: 'index' }
  if (platforms === 'all') return [index, ...children.map(subjectOf)]
  const subjects: Subject[] = []
  for (const platform of platforms) {
    const meant = children.filter(
      (entry) => entry.platform !== undefined && isPlatform(platform, entry.platform),
    )
    if (platform === 'index') subjects.push(index)
    else if (meant.length === 0)
      return absentPlatform(
        platform,
        children.map((entry) => entry.platform ?? entry.digest),
      )
    subjects.push(...meant.map(subjectOf))
  }
  return subjects
}

function childOf({ digest }: Descriptor, where: string): Lookup<Resolved> {
  if (!isDigest(digest)) {
    const message = `${where}: only sha256 digests are read, got ${digest}`
    return { kind: 'failed', problem: { code: 'unsupported', message } }
  }
  return found({ digest, where: `${where}, manifest ${digest}` })
}

/**
 * Whether an entry of an index describes another one, and is no image. buildkit also marks such entries by an annotation,
 * but whoever pulls goes by the platform alone: an image with that mark would run.
 */
export function isAttestation({ platform }: Descriptor): boolean {
  return platform === 'unknown/unknown'
}

/** `linux/arm64` means every variant of it. */
export function isPlatform(wanted: string, got: string): boolean {
  return got === wanted || got.startsWith(`${wanted}/`)
}

function absentPlatform(wanted: string, there: readonly string[]): Problem {
  const message = `platforms: expected a manifest for ${wanted}, got ${there.length === 0 ? 'none' : there.join(', ')}`
  return { code: 'input-invalid', message }
}

/** What a single image was built for: its configuration says it (image-spec, config.md). */
async function ownPlatform(
  place: Place,
  config: Descriptor | undefined,
  service: Service,
  call: Call,
): Promise<string | Problem> {
  const blob = config && (await place.images.blob?.(config, recordLimit, call))
  if (blob?.kind === 'failed') return blob.problem
  const object = blob?.kind === 'found' ? readObject(blob.value) : undefined
  if (object === undefined || objectField(object, 'rootfs') === undefined) {
    return {
      code: 'response-invalid',
      service,
      message: 'platforms: the image has no readable configuration',
    }
  }
  const parts = ['os', 'architecture', 'variant'].map((name) => textField(object, name) ?? '')
  return parts.filter((part) => part !== '').join('/')
}
