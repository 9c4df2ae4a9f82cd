import { createHash } from 'node:crypto'
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { RegistryRequest } from './registry.js'

/** An answer whole, before it is sent. */
export interface Answer {
  readonly status: number
  readonly headers: OutgoingHttpHeaders
  readonly body: Buffer
}

interface Held {
  readonly mediaType: string
  readonly bytes: Buffer
  /** The digest that it refers to. */
  readonly subject?: string
}

export interface HeldRepository {
  readonly manifests: Map<string, Held>
  readonly tags: Map<string, string>
  readonly blobs: Map<string, Buffer>
  /** Whether the listing of referrers is answered. */
  referrers: boolean
}

/** What a registry holds. */
export interface Holdings {
  /** It is made if need be. */
  readonly repository: (name: string) => HeldRepository
  readonly has: (name: string) => boolean
  /** @returns its digest */
  readonly putManifest: (repository: string, manifest: object, tag?: string) => string
  /** @returns a descriptor */
  readonly putBlob: (repository: string, mediaType: string, content: string | Buffer) => Descriptor
  readonly pageSize: number
}

export interface Descriptor {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
}

export const manifestType = 'application/vnd.oci.image.manifest.v1+json'
export const indexType = 'application/vnd.oci.image.index.v1+json'

export function newHoldings(pageSize = 100): Holdings {
  const repositories = new Map<string, HeldRepository>()
  const repository = (name: string): HeldRepository => {
    const held = repositories.get(name) ?? {
      manifests: new Map<string, Held>(),
      tags: new Map<string, string>(),
      blobs: new Map<string, Buffer>(),
      referrers: true,
    }
    repositories.set(name, held)
    return held
  }
  return {
    repository,
    has: (name) => repositories.has(name),
    pageSize,
    putManifest: (name, manifest, tag) => {
      const text = JSON.stringify(manifest)
      const digest = digestOf(Buffer.from(text))
      const { mediaType = manifestType, subject } = manifest as {
        mediaType?: string
        subject?: Descriptor
      }
      const held = repository(name)
      const bytes = Buffer.from(text)
      held.manifests.set(digest, { mediaType, bytes, ...(subject && { subject: subject.digest }) })
      if (tag !== undefined) held.tags.set(tag, digest)
      return digest
    },
    putBlob: (name, mediaType, content) => {
      const bytes = Buffer.from(content)
      const digest = digestOf(bytes)
      repository(name).blobs.set(digest, bytes)
      return { mediaType, digest, size: bytes.length }
    },
  }
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

export function answerFrom(holdings: Holdings, request: RegistryRequest): Answer {
  const { kind, repository, reference, target } = request
  if (kind === 'token')
    return { status: 404, headers: { 'content-type': 'text/plain' }, body: Buffer.from('') }
  // Whether this is a registry at all (end-1 of the specification).
  if (target === '/v2/')
    return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from('{}') }
  if (!holdings.has(repository)) return ociError(404, 'NAME_UNKNOWN')
  const held = holdings.repository(repository)
  if (kind === 'blob') {
    const bytes = held.blobs.get(reference)
    return bytes ? content('application/octet-stream', bytes, reference) : ociError(404, 'BLOB_UNKNOWN')
  }
  if (kind === 'referrers') return held.referrers ? listing(holdings, held, request) : noSuchPage
  const digest = reference.startsWith('sha256:') ? reference : held.tags.get(reference)
  const manifest = digest === undefined ? undefined : held.manifests.get(digest)
  return digest !== undefined && manifest
    ? content(manifest.mediaType, manifest.bytes, digest)
    : ociError(404, 'MANIFEST_UNKNOWN')
}

/** How registries without the listing answer for it: as Go's servers do for any path that they do not know. */
const noSuchPage: Answer = {
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: Buffer.from('404 page not found\n'),
}

function listing(holdings: Holdings, held: HeldRepository, { target, reference }: RegistryRequest): Answer {
  const url = new URL(target, 'http://localhost')
  const from = Number(url.searchParams.get('from') ?? 0)
  const all = [...held.manifests].filter(([, { subject }]) => subject === reference)
  const manifests = all.slice(from, from + holdings.pageSize).map(([digest, { mediaType, bytes }]) => {
    const { artifactType, annotations } = JSON.parse(bytes.toString('utf8')) as Record<string, unknown>
    return { mediaType, digest, size: bytes.length, artifactType, annotations }
  })
  const next = from + holdings.pageSize
  const link = next < all.length ? { link: `<${url.pathname}?from=${next}>; rel="next"` } : {}
  const body = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests }))
  return { status: 200, headers: { 'content-type': indexType, ...link }, body }
}

function content(type: string, body: Buffer, digest: string): Answer {
  return { status: 200, headers: { 'content-type': type, 'docker-content-digest': digest }, body }
}

/** An error in the words of the OCI distribution specification. */
export function ociError(
  status: number,
  code: string,
  headers: OutgoingHttpHeaders = {},
  message = code.toLowerCase(),
): Answer {
  const body = Buffer.from(JSON.stringify({ errors: [{ code, message }] }))
  return { status, headers: { 'content-type': 'application/json', ...headers }, body }
}

export function sendAnswer(
  response: ServerResponse,
  { status, headers, body }: Answer,
  method: string,
): void {
  response.writeHead(status, { 'content-length': body.length, ...headers })
  response.end(method === 'HEAD' ? undefined : body)
}
