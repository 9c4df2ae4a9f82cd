import path from 'node:path'
import { type Descriptor, parseManifest } from '../../evidence/oci-manifest.js'
import { readObject } from '../../evidence/json.js'
import { readPieces, readWhole } from '../../files/read.js'
import type { Call } from '../../network/call.js'
import { failed, found, type Lookup } from '../../network/lookup.js'
import { layoutScheme } from '../../reference/oci-layout.js'
import { type Digest, isDigest } from '../../reference/reference.js'
import type { Keeper } from '../companions.js'
import { digestOf, takeManifest } from '../manifest.js'
import { type ImageStore, manifestLimit, type Resolved } from '../store.js'

/** The files of an OCI image layout (image-spec 1.1, image-layout.md): `index.json` and `blobs/sha256/<hex>`. */
export interface LayoutFolder extends Keeper {
  /** Where the blobs lie, by the hex digits of their digests. */
  readonly blobs: string
  /** What `index.json` lists. */
  readonly index: () => Promise<Lookup<readonly Descriptor[]>>
  readonly manifest: (
    digest: string,
    call: Call,
  ) => Promise<Lookup<Resolved & { readonly bytes: Uint8Array }>>
  readonly stream: NonNullable<ImageStore['stream']>
}

export function openLayoutFolder(folder: string): LayoutFolder {
  const name = `${layoutScheme}${folder}`
  const blobs = path.join(folder, 'blobs', 'sha256')
  const fileOf = (digest: Digest): string => path.join(blobs, digest.slice('sha256:'.length))
  const invalid = (message: string): Lookup<never> => failed('response-invalid', message, 'storage')
  /** Files are read without a wait that could be broken off: of thousands the next one is not begun. */
  const readFile = async (file: string, limit: number, { signal }: Call): Promise<Lookup<Uint8Array>> =>
    signal.aborted
      ? failed('timeout', `${file}: not read within the time for it`, 'storage')
      : readWhole(file, limit, 'storage')

  const index: LayoutFolder['index'] = async () => {
    const marker = await readWhole(path.join(folder, 'oci-layout'), manifestLimit, 'storage')
    if (marker.kind !== 'found') return marker
    if (readObject(marker.value)?.['imageLayoutVersion'] !== '1.0.0')
      return invalid(`${folder}: expected imageLayoutVersion 1.0.0 in the file oci-layout`)
    const file = path.join(folder, 'index.json')
    const bytes = await readWhole(file, manifestLimit, 'storage')
    if (bytes.kind !== 'found') return bytes
    const listed = parseManifest(bytes.value)?.manifests
    return listed ? found(listed) : invalid(`${file}: expected a list of manifests, each with its digest`)
  }

  const manifest: LayoutFolder['manifest'] = async (digest, call) => {
    if (!isDigest(digest))
      return failed('unsupported', `${folder}: only sha256 digests are read, got ${digest}`)
    const file = fileOf(digest)
    const blob = await readFile(file, manifestLimit, call)
    if (blob.kind !== 'found') return blob
    const bytes = blob.value
    const got = digestOf(bytes)
    if (got !== digest) return invalid(`${file}: expected ${digest}, got ${got}`)
    const taken = takeManifest(bytes, file)
    if (taken.kind !== 'found') return taken
    return parseManifest(bytes) ? found({ ...taken.value, bytes }) : invalid(`${file}: a list in it is none`)
  }

  const blob: Keeper['blob'] = async ({ digest, size }, limit, call) => {
    if (!isDigest(digest)) return failed('unsupported', `${name}@${digest}: only sha256 digests are read`)
    const file = fileOf(digest)
    if (size !== undefined && size > limit)
      return failed('limit-exceeded', `${file}: ${size} bytes, more than ${limit}`, 'storage')
    const bytes = await readFile(file, size ?? limit, call)
    // What a manifest lists is there, or the layout is not whole: never an absence.
    if (bytes.kind === 'absent') return invalid(`${file}: a manifest lists this blob, and it is not there`)
    // Longer than its manifest says is not too much, but something else.
    if (bytes.kind === 'failed' && bytes.problem.code === 'limit-exceeded' && size !== undefined)
      return invalid(`${file}: expected ${size} bytes, got more`)
    if (bytes.kind === 'failed') return bytes
    const got = digestOf(bytes.value)
    return got === digest ? bytes : invalid(`${file}: expected ${digest}, got ${got}`)
  }

  const stream: LayoutFolder['stream'] = async ({ digest }, limit, open, { signal }) => {
    const where = fileOf(digest)
    const whole = await readPieces(where, limit, 'storage', open(), signal)
    return whole.kind === 'found' ? found({ where, whole: whole.value }) : whole
  }

  return { name, service: 'storage', blobs, index, manifest, blob, stream }
}
