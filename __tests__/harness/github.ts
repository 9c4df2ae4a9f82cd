import type http from 'node:http'
import { createRequire } from 'node:module'
import { openWeb, type Web, type WebRequest } from './web.js'

const { compress } = createRequire(import.meta.url)('snappyjs') as { compress: (bytes: Buffer) => Buffer }

/** An attestation as the listing has it: whole, or at an address, compressed or as it is. */
export type Listed =
  | { readonly bundle: object }
  | { readonly bundle: object; readonly at: 'snappy' | 'plain' }
  | { readonly entry: object }

export interface Github extends Web {
  /** The store that GitHub sends for larger bundles; not the same host. */
  readonly blobs: Web
  /** Attestations by `owner/name` and digest; a repository that is not a key is not there, or not to be read. */
  readonly repositories: Map<string, Map<string, readonly Listed[]>>
  /** The token that may read; undefined: everybody may. */
  token: string | undefined
  /** How many attestations go on one page. */
  pageSize: number
  fault: ((request: WebRequest, response: http.ServerResponse) => boolean) | undefined
  blobFault: ((request: WebRequest, response: http.ServerResponse) => boolean) | undefined
}

/** GitHub's REST interface on loopback, as far as attestations are read. */
export async function openGithub(): Promise<Github> {
  const stored: Buffer[] = []
  const blobs = await openWeb((request, response) => {
    if (github.blobFault?.(request, response) === true) return
    const body = stored[Number(/^\/attestations\/(\d+)\.json/.exec(request.target)?.[1])]
    response.writeHead(body ? 200 : 404, { 'content-type': 'application/x-snappy' }).end(body)
  })
  const put = (bytes: Buffer): string =>
    `${blobs.url}/attestations/${stored.push(bytes) - 1}.json.sn?sig=a-signed-secret`
  const listed = (one: Listed): object => {
    const usual = { repository_id: 1, initiator: 'user' }
    if ('entry' in one) return one.entry
    const bytes = Buffer.from(JSON.stringify(one.bundle))
    if (!('at' in one)) return { ...usual, bundle: one.bundle, bundle_url: put(compress(bytes)) }
    return { ...usual, bundle: null, bundle_url: put(one.at === 'snappy' ? compress(bytes) : bytes) }
  }
  const web = await openWeb((request, response) => {
    if (github.fault?.(request, response) === true) return
    const say = (status: number, body: object, headers: http.OutgoingHttpHeaders = {}): void =>
      void response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(body))
    const { authorization } = request.headers
    const allowed = github.token === undefined || authorization === `Bearer ${github.token}`
    if (authorization !== undefined && !allowed) {
      say(401, { message: 'Bad credentials' })
      return
    }
    const url = new URL(request.target, web.url)
    const [, name = '', rest = ''] = /^\/repos\/([^/]+\/[^/]+)(.*)$/.exec(url.pathname) ?? []
    const kept = allowed ? github.repositories.get(name) : undefined
    if (kept === undefined) {
      say(404, { message: 'Not Found' })
      return
    }
    if (rest === '') {
      say(200, { full_name: name })
      return
    }
    const all = kept.get(decodeURIComponent(rest.replace('/attestations/', ''))) ?? []
    if (all.length === 0) {
      say(404, { message: 'Not Found' })
      return
    }
    const after = Number(url.searchParams.get('after') ?? 0)
    const end = after + github.pageSize
    url.searchParams.set('after', String(end))
    const link = end < all.length ? { link: `<${url.href}>; rel="next"` } : {}
    say(200, { attestations: all.slice(after, end).map(listed) }, link)
  })
  const github: Github = {
    ...web,
    blobs,
    repositories: new Map(),
    token: undefined,
    pageSize: 100,
    fault: undefined,
    blobFault: undefined,
    stop: async () => {
      await web.stop()
      await blobs.stop()
    },
  }
  return github
}
