import { createHash } from 'node:crypto'
import type http from 'node:http'
import { openWeb, type Web, type WebRequest } from '../../harness/web.js'

export interface Server extends Web {
  readonly host: string
  /** Stores bytes as an upload does. @returns their gitoid */
  readonly store: (bytes: Uint8Array, ...digests: readonly string[]) => string
  /** What is sent for a gitoid, where that is not what was stored. */
  readonly instead: Map<string, Uint8Array>
  /** Entries a page has at most, whatever is asked for. */
  pageSize: number
  /** Answers instead of the server where it says so. */
  fault: ((request: WebRequest, response: http.ServerResponse) => boolean) | undefined
  readonly searches: () => readonly Search[]
  /** Gitoids that were asked for, in order. */
  readonly downloads: () => readonly string[]
}

export interface Search {
  readonly query: string
  readonly variables: {
    readonly digests: readonly string[]
    readonly first: number
    readonly after: string | null
  }
}

export function gitoidOf(bytes: Uint8Array): string {
  return createHash('sha256').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}

/** An envelope as it is uploaded, about these digests; its signature is none. */
export function envelope(name: string, ...digests: readonly string[]): Buffer {
  const statement = {
    _type: 'https://in-toto.io/Statement/v0.1',
    subject: digests.map((sha256) => ({ name, digest: { sha256 } })),
    predicateType: 'https://aflock.ai/attestation-collection/v0.1',
    predicate: { name, attestations: [] },
  }
  const payload = Buffer.from(JSON.stringify(statement)).toString('base64')
  return Buffer.from(JSON.stringify({ payloadType: 'application/vnd.in-toto+json', payload, signatures: [] }))
}

/**
 * Archivista as 0.11.1 was seen to answer, with its FILE store, under a path: an unknown gitoid is a 500 that names a
 * file, a search for no digests an error, and pages follow each other by cursors.
 */
export async function openServer(path = ''): Promise<Server> {
  const stored = new Map<string, { readonly bytes: Uint8Array; readonly digests: readonly string[] }>()
  const web = await openWeb((request, response) => {
    if (server.fault?.(request, response) === true) return
    const { method, target } = request
    if (method === 'POST' && target === `${path}/v1/query`) {
      answer(JSON.parse(request.body) as Search, response)
      return
    }
    const gitoid = target.startsWith(`${path}/v1/download/`) ? target.split('/').at(-1) : undefined
    if (method !== 'GET' || gitoid === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found\n')
      return
    }
    const bytes = server.instead.get(gitoid) ?? stored.get(gitoid)?.bytes
    if (bytes === undefined)
      response.writeHead(500).end(`open /tmp/${gitoid}.json: no such file or directory\n`)
    else response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(bytes)
  })
  const answer = ({ variables: { digests, first, after } }: Search, response: http.ServerResponse): void => {
    const say = (body: object): void =>
      void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (digests.length === 0) {
      say({ errors: [{ message: 'ent: empty predicate', path: ['dsses'] }], data: null })
      return
    }
    const all = [...stored]
      .filter(([, { digests: own }]) => own.some((digest) => digests.includes(digest)))
      .map(([gitoid]) => ({ node: { gitoidSha256: gitoid } }))
    const begin = after === null ? 0 : Number(/^at-(\d+)$/.exec(after)?.[1])
    const end = begin + Math.min(first, server.pageSize)
    const pageInfo = {
      hasNextPage: end < all.length,
      endCursor: all.length === 0 ? null : `at-${Math.min(end, all.length)}`,
    }
    say({ data: { dsses: { edges: all.slice(begin, end), pageInfo } } })
  }
  const server: Server = {
    ...web,
    url: `${web.url}${path}`,
    host: new URL(web.url).host,
    store: (bytes, ...digests) => {
      const gitoid = gitoidOf(bytes)
      stored.set(gitoid, { bytes, digests })
      return gitoid
    },
    instead: new Map(),
    pageSize: 1000,
    fault: undefined,
    searches: () =>
      web.requests
        .filter(({ target }) => target.endsWith('/v1/query'))
        .map(({ body }) => JSON.parse(body) as Search),
    downloads: () =>
      web.requests
        .filter(({ target }) => target.includes('/v1/download/'))
        .map(({ target }) => target.split('/').at(-1) ?? ''),
  }
  return server
}
