import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Holdings, indexType, manifestType } from './registry-answers.js'
import { writeStore } from './store.js'

/**
 * How a repository is written to an OCI layout: `copied` with its tags, and what refers to the image listed without a
 * name (oras); `tagged` with a listing under the tag `sha256-<hex>` instead (regctl); `saved` as `cosign save` does it,
 * which calls its parts by their kind and lists no bundle.
 */
export type Way = 'copied' | 'tagged' | 'saved'
export const ways = ['copied', 'tagged', 'saved'] as const satisfies readonly Way[]

const kinds = 'dev.cosignproject.cosign/'

/** Writes one repository of a registry to a folder, all that it holds. */
export function layLayout(folder: string, holdings: Holdings, repository: string, way: Way): void {
  const { manifests, tags, blobs } = holdings.repository(repository)
  const files: Record<string, Buffer> = {}
  const put = (digest: string, bytes: Buffer): void => {
    files[`blobs/sha256/${digest.slice('sha256:'.length)}`] = bytes
  }
  for (const [digest, bytes] of blobs) put(digest, bytes)
  for (const [digest, { bytes }] of manifests) put(digest, bytes)
  const entry = (digest: string, annotations: object): object => {
    const held = manifests.get(digest)
    return { mediaType: held?.mediaType ?? manifestType, digest, size: held?.bytes.length, annotations }
  }
  const named = [...tags].flatMap(([tag, digest]) => {
    const kind = tag.endsWith('.sig') ? 'sigs' : tag.endsWith('.att') ? 'atts' : 'image'
    if (way === 'saved') return [entry(digest, { kind: `${kinds}${kind}` })]
    return [entry(digest, { 'org.opencontainers.image.ref.name': tag })]
  })
  const referring = [...manifests].filter(([, { subject }]) => subject !== undefined)
  const listed = referring.map(([digest]) => entry(digest, {}))
  if (way === 'copied') named.push(...listed)
  for (const subject of way === 'tagged' ? new Set(referring.map(([, held]) => held.subject ?? '')) : []) {
    const own = referring.filter(([, held]) => held.subject === subject).map(([digest]) => entry(digest, {}))
    const tag = subject.replace(':', '-')
    const digest = holdings.putManifest(
      repository,
      { schemaVersion: 2, mediaType: indexType, manifests: own },
      tag,
    )
    put(digest, manifests.get(digest)?.bytes ?? Buffer.from(''))
    named.push(entry(digest, { 'org.opencontainers.image.ref.name': tag }))
  }
  writeStore(folder, {
    'oci-layout': '{"imageLayoutVersion":"1.0.0"}',
    'index.json': JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests: named }),
    ...files,
  })
}

/** The blobs of a layout whose bytes hold a text. */
export function blobsWith(folder: string, text: string): readonly string[] {
  const blobs = path.join(folder, 'blobs/sha256')
  return readdirSync(blobs)
    .map((name) => path.join(blobs, name))
    .filter((file) => readFileSync(file).includes(text))
}

/** Flips a bit of a byte in the middle of a file. */
export function flipIn(file: string): void {
  const bytes = readFileSync(file)
  const at = Math.floor(bytes.length / 2)
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(file, bytes)
}
