import path from 'node:path'
import { readPieces, readWhole } from '../../files/read.js'
import { absent, failed, found, type Lookup } from '../../network/lookup.js'
import { type Digest, isDigest, type LayoutReference } from '../../reference/reference.js'
import { isObject, readObject } from '../../evidence/json.js'
import { digestOf, takeManifest } from '../manifest.js'
import { type ImageStore, manifestLimit, type Place, type Resolved } from '../store.js'

const refName = 'org.opencontainers.image.ref.name'
/** What `cosign save` writes beside each manifest: whether it is the image or something about it. */
const cosignKind = 'kind'
const companionName = /^sha256-[0-9a-f]{64}(\.(sig|att|sbom))?$/

interface Descriptor {
  readonly digest: string
  readonly annotations: Readonly<Record<string, unknown>>
}

/** Opens an OCI image layout (image-spec 1.1, image-layout.md): `index.json` and `blobs/sha256/<hex>`. */
export function openLayout(reference: LayoutReference): Place {
  const resolve = async (): Promise<Lookup<Resolved>> => {
    const index = await readIndex(reference.path)
    if (index.kind !== 'found') return index
    const images = index.value.filter((descriptor) => !isCompanion(descriptor))
    const chosen = images.filter((descriptor) => isMeant(descriptor, reference))
    const first = chosen[0]
    if (!first) return absent(`${reference.text}: not among the ${images.length} images of the layout`)
    if (chosen.some((other) => other.digest !== first.digest)) {
      return failed(
        'reference-invalid',
        `${reference.text}: ${chosen.length} images match, name one by its tag or digest`,
      )
    }
    return readBlob(reference.path, first.digest)
  }

  /** Whatever lies beside the image could be a signature in a format that is not read here: then nobody may say unsigned. */
  const find = async (image: Promise<Lookup<Resolved>>): Promise<Lookup<never>> => {
    const resolved = await image
    if (resolved.kind !== 'found') return resolved
    const index = await readIndex(reference.path)
    if (index.kind !== 'found') return index
    for (const descriptor of index.value) {
      if (descriptor.digest === resolved.value.digest) continue
      const about =
        isCompanion(descriptor) || (await hasSubject(reference.path, descriptor, resolved.value.digest))
      if (!about) continue
      return failed(
        'unsupported',
        `${reference.text}: signatures in the formats of cosign are not read by this version (found ${descriptor.digest})`,
      )
    }
    return absent(`${reference.text}: the layout holds nothing beside the image`)
  }

  return {
    images: { resolve, stream: streamOf(reference.path) },
    evidence: { look: (image) => () => [find(image)], list: find, byKey: false },
  }
}

async function readIndex(folder: string): Promise<Lookup<readonly Descriptor[]>> {
  const marker = await readWhole(path.join(folder, 'oci-layout'), manifestLimit, 'storage')
  if (marker.kind !== 'found') return marker
  if (readObject(marker.value)?.['imageLayoutVersion'] !== '1.0.0') {
    return failed(
      'response-invalid',
      `${folder}: expected imageLayoutVersion 1.0.0 in the file oci-layout`,
      'storage',
    )
  }
  const file = path.join(folder, 'index.json')
  const index = await readWhole(file, manifestLimit, 'storage')
  if (index.kind !== 'found') return index
  const manifests = readObject(index.value)?.['manifests']
  if (!Array.isArray(manifests))
    return failed('response-invalid', `${file}: expected a list of manifests`, 'storage')
  const descriptors: Descriptor[] = []
  for (const entry of manifests as readonly unknown[]) {
    const digest = isObject(entry) ? entry['digest'] : undefined
    if (!isObject(entry) || typeof digest !== 'string') {
      return failed('response-invalid', `${file}: expected a descriptor with a digest`, 'storage')
    }
    descriptors.push({ digest, annotations: isObject(entry['annotations']) ? entry['annotations'] : {} })
  }
  return found(descriptors)
}

function blobFile(folder: string, digest: Digest): string {
  return path.join(folder, 'blobs', 'sha256', digest.slice('sha256:'.length))
}

function streamOf(folder: string): NonNullable<ImageStore['stream']> {
  return async ({ digest }, limit, open, { signal }) => {
    const where = blobFile(folder, digest)
    const whole = await readPieces(where, limit, 'storage', open(), signal)
    return whole.kind === 'found' ? found({ where, whole: whole.value }) : whole
  }
}

async function readBlob(folder: string, digest: string): Promise<Lookup<Resolved>> {
  if (!isDigest(digest))
    return failed('unsupported', `${folder}: only sha256 digests are read, got ${digest}`)
  const file = blobFile(folder, digest)
  const blob = await readWhole(file, manifestLimit, 'storage')
  if (blob.kind !== 'found') return blob
  const got = digestOf(blob.value)
  if (got !== digest) return failed('response-invalid', `${file}: expected ${digest}, got ${got}`, 'storage')
  return takeManifest(blob.value, file)
}

async function hasSubject(folder: string, descriptor: Descriptor, digest: string): Promise<boolean> {
  const manifest = await readBlob(folder, descriptor.digest)
  // What cannot be read may well be a signature of the image.
  if (manifest.kind !== 'found') return true
  const subject = readObject(manifest.value.manifest ?? new Uint8Array())?.['subject']
  return isObject(subject) && subject['digest'] === digest
}

function isCompanion({ annotations }: Descriptor): boolean {
  const kind = annotations[cosignKind]
  const name = annotations[refName]
  if (typeof kind === 'string' && /^dev\.cosignproject\.cosign\/(sigs|atts|sboms)$/.test(kind)) return true
  return typeof name === 'string' && companionName.test(name)
}

function isMeant({ digest, annotations }: Descriptor, reference: LayoutReference): boolean {
  if (reference.digest !== undefined) return digest === reference.digest
  if (reference.tag === undefined) return true
  const name = annotations[refName]
  return typeof name === 'string' && (name === reference.tag || name.endsWith(`:${reference.tag}`))
}
