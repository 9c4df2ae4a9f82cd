import { pinImages } from '../kubernetes/pin.js'
import { isDigest } from '../reference/reference.js'
import type { ImageResult, PinnedManifest } from '../verdict/result.js'
import type { Plan } from './target.js'

/** The manifests of a run with the digests of what was verified, and of nothing else. */
export async function pinVerified(
  { manifests, places }: Plan,
  images: readonly ImageResult[],
): Promise<{ readonly manifests: readonly PinnedManifest[]; readonly warnings: readonly string[] }> {
  const digests = new Map(
    images.flatMap(({ reference, digest, verdict }) =>
      verdict === 'verified' && digest !== null && isDigest(digest) ? [[reference, digest] as const] : [],
    ),
  )
  const pinned: PinnedManifest[] = []
  const warnings: string[] = []
  for (const manifest of manifests) {
    const own = places.flatMap(({ image, reference }) => {
      const digest = digests.get(reference)
      return digest !== undefined &&
        image.isWritten &&
        image.resource.file === manifest.file &&
        manifest.resources.includes(image.resource)
        ? [{ image, digest }]
        : []
    })
    const outcome = pinImages(manifest, own)
    if (outcome.kind === 'pinned')
      pinned.push({ file: manifest.file, text: outcome.text, changed: outcome.changed })
    else
      warnings.push(
        ...outcome.problems.map(
          ({ file, line, message }) =>
            `${file}:${line}: the manifest is not written with digests: ${message}`,
        ),
      )
  }
  return Promise.resolve({ manifests: pinned, warnings })
}
