import { parseManifest, type ParsedManifest } from '../evidence/oci-manifest.js'
import type { Call } from '../network/call.js'
import { failed, found, type Lookup } from '../network/lookup.js'
import type { Digest } from '../reference/reference.js'
import { type ImageStore, manifestLimit, type Resolved } from '../stores/store.js'
import type { Service } from '../verdict/codes.js'
import { measure } from './part.js'

/** The manifest of an image that resolved; where only its digest was asked for, it is read now. */
export async function readManifestOf(
  images: ImageStore,
  { digest, manifest, where }: Resolved,
  service: Service,
  call: Call,
): Promise<Lookup<ParsedManifest>> {
  return manifest === undefined
    ? readChild(images, digest, service, call)
    : taken(parseManifest(manifest), where, service)
}

/** A manifest by its digest, held against it: one that an index lists. */
export async function readChild(
  { stream }: ImageStore,
  digest: Digest,
  service: Service,
  call: Call,
): Promise<Lookup<ParsedManifest>> {
  const name = `manifest ${digest}`
  if (!stream)
    return failed(
      'unsupported',
      `${name}: parts of images in this kind of store are not read by this version`,
    )
  const { answer, measured } = await measure(manifestLimit, async (open) =>
    stream({ kind: 'manifest', digest }, manifestLimit, open, call),
  )
  // Whatever lists it says that it is there.
  if (answer.kind === 'absent')
    return failed('response-invalid', `${name}: listed, but ${answer.message}`, service)
  if (answer.kind === 'failed') return answer
  if (!answer.value.whole)
    return failed('limit-exceeded', `${name}: larger than ${manifestLimit} bytes`, service)
  const got = measured()
  if (got.digest !== digest)
    return failed('response-invalid', `${answer.value.where}: expected ${digest}, got ${got.digest}`, service)
  return taken(parseManifest(got.bytes), answer.value.where, service)
}

function taken(
  manifest: ParsedManifest | undefined,
  where: string,
  service: Service,
): Lookup<ParsedManifest> {
  if (manifest) return found(manifest)
  return failed('response-invalid', `${where}: expected a manifest, got something else`, service)
}
