import { createHash } from 'node:crypto'
import zlib from 'node:zlib'
import { isObject } from '../../src/evidence/json.js'
import { indexType, manifestType } from './registry-answers.js'
import { type KeyPair, newRecord } from './store.js'

const configType = 'application/vnd.oci.image.config.v1+json'
const layerType = 'application/vnd.oci.image.layer.v1.tar'

/** An image with everything that a pull of it reads. */
export interface DeepImage {
  readonly digest: string
  /** The manifest or the index that its reference leads to. */
  readonly root: Buffer
  /** All else, by key in s3lo's layout: `blobs/sha256/<hex>`, `recipes/…`, `chunks/…`. */
  readonly files: ReadonlyMap<string, Buffer>
  /** The keys of those that are manifests of an index. */
  readonly manifests: readonly string[]
}

export interface Shape {
  /** An index of two platforms and the attestations of one; else one manifest. */
  readonly index?: boolean
  /** One layer is kept in chunks. */
  readonly chunked?: boolean
  /** Makes it another image. */
  readonly salt?: string
}

export function newDeepImage({ index = false, chunked = false, salt = '' }: Shape = {}): DeepImage {
  const files = new Map<string, Buffer>()
  const shared = `the layer that both have ${salt}`
  const one = (architecture: string): Buffer => {
    const whole = [Buffer.from(`the layer of ${architecture} ${salt}`), Buffer.from(shared)]
    const pieces = ['a', 'b', 'c'].map((name) =>
      Buffer.from(`chunk ${name} ${architecture} ${salt} `.repeat(8)),
    )
    const layers = whole.map((bytes) => ({ diffId: sha256(bytes), listed: put(files, layerType, bytes) }))
    if (chunked) layers.push(putChunked(files, pieces))
    const diffIds = layers.map(({ diffId }) => `sha256:${diffId}`)
    const config = { architecture, os: 'linux', rootfs: { type: 'layers', diff_ids: diffIds } }
    const manifest = {
      schemaVersion: 2,
      mediaType: manifestType,
      config: put(files, configType, Buffer.from(JSON.stringify(config))),
      layers: layers.map(({ listed }) => listed),
    }
    return Buffer.from(JSON.stringify(manifest))
  }
  if (!index) return { ...rooted(one('amd64')), files, manifests: [] }
  const platforms = ['amd64', 'arm64'].map((architecture) => ({
    ...put(files, manifestType, one(architecture)),
    platform: { os: 'linux', architecture },
  }))
  const statement = {
    schemaVersion: 2,
    mediaType: manifestType,
    config: put(files, configType, Buffer.from(`{"rootfs":{"type":"layers","diff_ids":[]}}`)),
    layers: [put(files, 'application/vnd.in-toto+json', Buffer.from(`{"_type":"a statement ${salt}"}`))],
  }
  const attestations = {
    ...put(files, manifestType, Buffer.from(JSON.stringify(statement))),
    platform: { os: 'unknown', architecture: 'unknown' },
    annotations: {
      'vnd.docker.reference.type': 'attestation-manifest',
      'vnd.docker.reference.digest': platforms[0]?.digest,
    },
  }
  const manifests = [...platforms, attestations]
  const root = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests }))
  return { ...rooted(root), files, manifests: manifests.map(({ digest }) => keyOf('blobs', digest)) }
}

/** A layer in pieces, as s3lo 3 keeps it. @returns its descriptor, and the digest of what it unpacks to */
export function putChunked(
  files: Map<string, Buffer>,
  pieces: readonly Buffer[],
): { readonly diffId: string; readonly listed: Listed } {
  const frames = pieces.map(pack)
  const chunks = pieces.map((piece, at) => ({
    digest: sha256(piece),
    size: piece.length,
    compressedSize: frames[at]?.length ?? 0,
  }))
  for (const [at, { digest }] of chunks.entries()) files.set(`chunks/sha256/${digest}`, frames[at]!)
  const packed = Buffer.concat(frames)
  const layer = Buffer.concat(pieces)
  const recipe = {
    layer: sha256(layer),
    size: layer.length,
    compressedDigest: sha256(packed),
    compressedSize: packed.length,
    chunks,
  }
  files.set(`recipes/sha256/${recipe.compressedDigest}`, Buffer.from(JSON.stringify(recipe)))
  const digest = `sha256:${recipe.compressedDigest}`
  return { diffId: recipe.layer, listed: { mediaType: `${layerType}+zstd`, digest, size: packed.length } }
}

/** One zstd frame with a checksum, as s3lo writes it. */
export function pack(piece: Buffer): Buffer {
  return zlib.zstdCompressSync(piece, { params: { [zlib.constants.ZSTD_c_checksumFlag]: 1 } })
}

export function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Changes a recipe, or another file in JSON. */
export function edited(
  bytes: Buffer | undefined,
  change: (value: Record<string, unknown>) => unknown,
): Buffer {
  const value: unknown = JSON.parse(String(bytes))
  if (!isObject(value)) throw new Error('no object')
  return Buffer.from(JSON.stringify(change({ ...value })))
}

/** The first key of a kind, such as `recipes`. */
export function keyIn({ files }: DeepImage, kind: string, at = 0): string {
  const key = [...files.keys()].filter((name) => name.startsWith(`${kind}/`))[at]
  if (key === undefined) throw new Error(`nothing in ${kind}`)
  return key
}

/** With some files as they should not be; undefined takes one away. */
export function changedIn(
  image: DeepImage,
  changes: Readonly<Record<string, Buffer | undefined>>,
): DeepImage {
  const files = new Map(image.files)
  for (const [key, bytes] of Object.entries(changes)) {
    if (bytes) files.set(key, bytes)
    else files.delete(key)
  }
  return { ...image, files }
}

/** Every k-th byte of every file, one at a time and with changing bits, is another one. */
export function flips(
  image: DeepImage,
  every: number,
): readonly { readonly key: string; readonly at: number; readonly image: DeepImage }[] {
  return [...image.files].flatMap(([key, bytes]) =>
    Array.from(bytes.keys())
      .filter((at) => at % every === 0 || at === bytes.length - 1)
      .map((at) => ({ key, at, image: changedIn(image, { [key]: flipped(bytes, at) }) })),
  )
}

export function flipped(bytes: Buffer, at: number, bit = 1 << (at % 8)): Buffer {
  const changed = Buffer.from(bytes)
  changed[at] = (changed[at] ?? 0) ^ bit
  return changed
}

/** The objects of a signed image, in s3lo's layout. */
export function objectsOf(
  { digest, root, files }: DeepImage,
  key: KeyPair,
  bucket: string,
  name = 'app',
): Record<string, Buffer | string> {
  const folder = `manifests/${name}/v1`
  return {
    [`${folder}/manifest.json`]: root,
    [`${folder}/signatures/${key.id}.json`]: newRecord(key, `${bucket}/${name}:v1`, digest),
    ...Object.fromEntries(files),
  }
}

interface Listed {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
}

function put(files: Map<string, Buffer>, mediaType: string, bytes: Buffer): Listed {
  const digest = `sha256:${sha256(bytes)}`
  files.set(keyOf('blobs', digest), bytes)
  return { mediaType, digest, size: bytes.length }
}

function keyOf(kind: string, digest: string): string {
  return `${kind}/${digest.replace(':', '/')}`
}

function rooted(root: Buffer): { readonly root: Buffer; readonly digest: string } {
  return { root, digest: `sha256:${sha256(root)}` }
}
