import { type Descriptor, type ParsedManifest, parseManifest } from '../../evidence/oci-manifest.js'
import type { Call } from '../../network/call.js'
import { absent, failed, type Lookup } from '../../network/lookup.js'
import type { LayoutReference } from '../../reference/reference.js'
import type { Place, Resolved } from '../store.js'
import { distinct, isCompanion, isTagged } from './entry.js'
import { evidenceIn } from './evidence.js'
import { type LayoutFolder, openLayoutFolder } from './folder.js'

/** Manifests that are read to find out which of them is meant. */
const mostRead = 100

/** Opens an OCI image layout (image-spec 1.1, image-layout.md). */
export function openLayout(reference: LayoutReference, tagPrefix = ''): Place {
  const layout = openLayoutFolder(reference.path)
  const resolve = async (call: Call): Promise<Lookup<Resolved>> => {
    const index = await layout.index()
    if (index.kind !== 'found') return index
    const images = index.value.filter((entry) => !isCompanion(entry, tagPrefix))
    const { digest, tag, text } = reference
    const chosen = distinct(
      digest !== undefined
        ? images.filter((entry) => entry.digest === digest)
        : images.filter((entry) => tag === undefined || isTagged(entry, tag)),
    )
    const [first, ...others] = chosen
    if (first && others.length === 0) return layout.manifest(first.digest, call)
    if (!first) {
      const child = digest !== undefined && (await isChild(layout, images, digest, call))
      return child
        ? layout.manifest(digest, call)
        : absent(`${text}: not among the ${images.length} images of the layout`)
    }
    const [only, ...more] = tag === undefined ? await roots(layout, chosen, call) : chosen
    if (only && more.length === 0) return layout.manifest(only.digest, call)
    return failed(
      'reference-invalid',
      `${text}: ${chosen.length} images match, name one by its tag or digest`,
    )
  }
  return {
    images: { resolve, blob: layout.blob, stream: layout.stream },
    evidence: evidenceIn(layout, tagPrefix),
  }
}

/** Whether an index that is listed lists it. */
async function isChild(
  layout: LayoutFolder,
  images: readonly Descriptor[],
  digest: string,
  call: Call,
): Promise<boolean> {
  const manifests = await readSome(layout, distinct(images).slice(0, mostRead), call)
  return manifests.some((one) => one?.manifests?.some((entry) => entry.digest === digest))
}

/**
 * The entries that are images by themselves. Some tools list all manifests that they copied, also those of an index and
 * those that are about another one. What cannot be read may be an image.
 */
async function roots(
  layout: LayoutFolder,
  images: readonly Descriptor[],
  call: Call,
): Promise<readonly Descriptor[]> {
  if (images.length > mostRead) return images
  const manifests = await readSome(layout, images, call)
  const children = new Set(manifests.flatMap((one) => one?.manifests?.map(({ digest }) => digest) ?? []))
  return images.filter(({ digest }, at) => manifests[at]?.subject === undefined && !children.has(digest))
}

async function readSome(
  layout: LayoutFolder,
  entries: readonly Descriptor[],
  call: Call,
): Promise<readonly (ParsedManifest | undefined)[]> {
  const manifests: (ParsedManifest | undefined)[] = []
  for (const { digest } of entries) {
    const manifest = await layout.manifest(digest, call)
    manifests.push(manifest.kind === 'found' ? parseManifest(manifest.value.bytes) : undefined)
  }
  return manifests
}
