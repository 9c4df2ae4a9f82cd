import { field, isObject, listField, readObject } from '../../evidence/json.js'
import { type Descriptor, parseManifest } from '../../evidence/oci-manifest.js'
import type { Call } from '../../network/call.js'
import type { Reply } from '../../network/exchange.js'
import { absent, failed, found, type Lookup } from '../../network/lookup.js'
import type { OpenSink } from '../../network/sink.js'
import { type Digest, isDigest } from '../../reference/reference.js'
import { digestOf } from '../manifest.js'
import { manifestLimit, type Part, type Streamed } from '../store.js'
import { apiHost } from './host.js'
import type { Session } from './session.js'

export const indexType = 'application/vnd.oci.image.index.v1+json'
const manifestTypes = [
  indexType,
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

export interface FetchedManifest {
  readonly digest: Digest
  readonly bytes: Uint8Array
}

/** A registry as far as it is read (OCI distribution specification 1.1), for one repository. */
export interface Repository {
  /** `registry/repository`, for messages. */
  readonly name: string
  readonly service: 'registry'
  /** The host that answers for it. */
  readonly host: string
  /** The name below the registry. */
  readonly path: string
  /** @param reference a tag or a digest */
  readonly manifest: (reference: string, call: Call) => Promise<Lookup<FetchedManifest>>
  /** Whether a manifest of this digest is there. */
  readonly has: (digest: Digest, call: Call) => Promise<Lookup<true>>
  /** A blob, checked against its digest. */
  readonly blob: (descriptor: Descriptor, limit: number, call: Call) => Promise<Lookup<Uint8Array>>
  /** What is there as a part of an image, unchecked. */
  readonly stream: (part: Part, limit: number, open: OpenSink, call: Call) => Promise<Lookup<Streamed>>
  /** One page of a listing, by its whole path, as it was answered. */
  readonly page: (path: string, call: Call) => Promise<Lookup<Reply>>
}

export function openRepository(
  session: Pick<Session, 'send'>,
  registry: string,
  repository: string,
): Repository {
  const name = `${registry}/${repository}`

  const manifest = async (reference: string, call: Call): Promise<Lookup<FetchedManifest>> => {
    const what = `${name}${reference.includes(':') ? '@' : ':'}${reference}`
    const path = `manifests/${reference}`
    const reply = await session.send(
      { method: 'GET', repository, path, accept: manifestTypes, limit: manifestLimit },
      call,
    )
    if (reply.kind !== 'found') return reply
    const { status, headers, body } = reply.value
    if (status !== 200) return missing(reply.value, what)
    // By its digest whatever has it was meant; of a tag's answer only its form tells an image from a gateway's words.
    if (parseManifest(body) === undefined || (!isDigest(reference) && !hasForm(body))) {
      return invalid(what, `expected a manifest, got something else (${typeOf(reply.value)})`)
    }
    const digest = digestOf(body)
    if (isDigest(reference) && digest !== reference)
      return invalid(what, `expected ${reference}, got ${digest}`)
    const claimed = headers['docker-content-digest']
    if (typeof claimed === 'string' && isDigest(claimed) && claimed !== digest) {
      return invalid(what, `the registry calls it ${claimed}, but it is ${digest}`)
    }
    return found({ digest, bytes: body })
  }

  const has = async (digest: Digest, call: Call): Promise<Lookup<true>> => {
    const what = `${name}@${digest}`
    const path = `manifests/${digest}`
    const reply = await session.send(
      { method: 'HEAD', repository, path, accept: manifestTypes, limit: manifestLimit },
      call,
    )
    if (reply.kind !== 'found') return reply
    if (reply.value.status !== 200) return missing(reply.value, what)
    if (isPage(reply.value)) return invalid(what, `expected a manifest, got ${typeOf(reply.value)}`)
    const claimed = reply.value.headers['docker-content-digest']
    if (claimed !== undefined && claimed !== digest)
      return invalid(what, `the registry calls it ${String(claimed)}`)
    return found(true)
  }

  const blob = async (
    { digest, size }: Descriptor,
    limit: number,
    call: Call,
  ): Promise<Lookup<Uint8Array>> => {
    const what = `${name}@${digest}`
    if (!isDigest(digest)) return failed('unsupported', `${what}: only sha256 digests are read`)
    if (size !== undefined && size > limit) {
      return failed('limit-exceeded', `${what}: ${size} bytes, more than ${limit}`, 'registry')
    }
    const path = `blobs/${digest}`
    const reply = await session.send({ method: 'GET', repository, path, limit: size ?? limit }, call)
    // Longer than its manifest says is not too much, but something else.
    if (reply.kind === 'failed' && reply.problem.code === 'limit-exceeded' && size !== undefined)
      return invalid(what, `expected ${size} bytes, got more`)
    if (reply.kind !== 'found') return reply
    const { status, body } = reply.value
    // What a manifest lists is there, or the registry is broken: never an absence.
    if (status !== 200)
      return invalid(what, `the manifest lists this blob, and the registry answered ${status}`)
    const got = digestOf(body)
    return got === digest ? found(body) : invalid(what, `expected ${digest}, got ${got}`)
  }

  const stream: Repository['stream'] = async ({ kind, digest }, limit, open, call) => {
    const where = `${name}@${digest}`
    const api =
      kind === 'manifest'
        ? { path: `manifests/${digest}`, accept: manifestTypes }
        : { path: `blobs/${digest}` }
    const reply = await session.send({ method: 'GET', repository, ...api, limit, into: open }, call)
    if (reply.kind !== 'found') return reply
    const { status, cut, elsewhere } = reply.value
    // Where a registry sends on to, it has the thing itself: another host's 404 is no word of the registry.
    if (status !== 200 && elsewhere)
      return invalid(where, `the host that the registry sent on to answered ${status}`)
    if (status !== 200) return missing(reply.value, where)
    if (isPage(reply.value)) return invalid(where, `expected a ${kind}, got ${typeOf(reply.value)}`)
    return found({ where, whole: cut !== true })
  }

  const page = async (path: string, call: Call): Promise<Lookup<Reply>> =>
    session.send({ method: 'GET', repository, path, accept: indexType, limit: manifestLimit }, call)

  return {
    name,
    service: 'registry',
    host: apiHost(registry),
    path: repository,
    manifest,
    has,
    blob,
    stream,
    page,
  }
}

/** Any of the fields that manifests and indexes have: an error that came with 200 is no image that nobody signed. */
function hasForm(body: Uint8Array): boolean {
  const object = readObject(body)
  return ['schemaVersion', 'mediaType', 'config', 'layers', 'manifests'].some(
    (name) => field(object, name) !== undefined,
  )
}

/** Absent is what the registry itself calls absent: 404 with its own error, or with no body at all. */
function missing(reply: Reply, what: string): Lookup<never> {
  const { status, body } = reply
  if (status !== 404) return invalid(what, `the registry answered ${status}`)
  const errors = listField(readObject(body), 'errors')
  const own = errors?.some(isObject) === true || (body.length === 0 && !isPage(reply))
  if (!own)
    return invalid(what, `expected an answer of a registry, got 404 with something else (${typeOf(reply)})`)
  return absent(`${what}: not in the registry`)
}

function invalid(what: string, message: string): Lookup<never> {
  return failed('response-invalid', `${what}: ${message}`, 'registry')
}

/** A page for people comes from something that stands before the registry, whatever its status says. */
export function isPage(reply: Reply): boolean {
  return typeOf(reply).includes('html')
}

export function typeOf({ headers }: Reply): string {
  return (headers['content-type'] ?? 'no content type').replace(/;.*$/s, '').trim().toLowerCase()
}
