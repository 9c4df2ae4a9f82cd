import { randomUUID } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import type { SecureContextOptions } from 'node:tls'
import {
  type Answer,
  answerFrom,
  type Holdings,
  newHoldings,
  ociError,
  sendAnswer,
} from './registry-answers.js'
import { close, listen } from './s3.js'

/** The calls that a verification makes: `head` is the one by digest, `manifest` that of a referrer. */
export type Kind =
  'tag' | 'head' | 'manifest' | 'referrers' | 'fallback' | 'sig' | 'att' | 'blob' | 'token' | 'other'

export interface RegistryRequest {
  readonly kind: Kind
  readonly method: string
  readonly target: string
  /** Empty for what is of no repository. */
  readonly repository: string
  /** Tag or digest. */
  readonly reference: string
  readonly headers: http.IncomingHttpHeaders
  readonly body: string
  /** How often this was asked for, this time included. */
  readonly attempt: number
}

/** What goes wrong with a request; `usual` is the answer that it would have had. */
export type Fault = (response: http.ServerResponse, usual: Answer, request: RegistryRequest) => void

export interface Auth {
  readonly scheme: 'basic' | 'bearer'
  /** Undefined: everybody gets a token. */
  readonly login?: { readonly username: string; readonly password: string }
  readonly identityToken?: string
  /** A token that the registry takes as it is. */
  readonly registryToken?: string
  /** Where tokens are to be had, if not here. */
  readonly realm?: string
  /** How many requests a token is good for. */
  readonly tokenUses?: number
}

export interface RegistryOptions {
  readonly auth?: Auth
  readonly certificate?: SecureContextOptions
  /** How many referrers go on one page. */
  readonly pageSize?: number
}

export interface LoopbackRegistry {
  /** `127.0.0.1:port`, as it stands in references. */
  readonly host: string
  readonly url: string
  readonly port: number
  readonly requests: readonly RegistryRequest[]
  readonly holdings: Holdings
  /** Plays a fault for one kind of call to one repository; empty for all of them. */
  readonly fault: (repository: string, kind: Kind, when: 'first' | 'always', fault: Fault) => void
  readonly stop: () => Promise<void>
}

/** A small registry on a free port of this machine, as far as it is read (OCI distribution specification 1.1). */
export async function openRegistry(options: RegistryOptions = {}): Promise<LoopbackRegistry> {
  const { auth, certificate, pageSize } = options
  const holdings = newHoldings(pageSize)
  const requests: RegistryRequest[] = []
  const faults: { repository: string; kind: Kind; when: 'first' | 'always'; fault: Fault }[] = []
  const gate = openGate(auth)
  let url = ''

  const answer = (request: RegistryRequest, response: http.ServerResponse): void => {
    requests.push(request)
    const usual = gate(request, url) ?? answerFrom(holdings, request)
    const { kind, repository, attempt } = request
    const played = faults.find(
      (one) =>
        one.kind === kind &&
        (one.repository === repository || one.repository === '') &&
        (one.when === 'always' || attempt === 1),
    )
    if (played) played.fault(response, usual, request)
    else sendAnswer(response, usual, request.method)
  }
  const listener: http.RequestListener = (message, response) => {
    const chunks: Buffer[] = []
    message.on('data', (chunk: Buffer) => chunks.push(chunk))
    message.on('end', () => answer(read(message, Buffer.concat(chunks).toString('utf8'), requests), response))
  }
  const server = certificate ? https.createServer(certificate, listener) : http.createServer(listener)
  const port = await listen(server, 0)
  const host = `127.0.0.1:${port}`
  url = `${certificate ? 'https' : 'http'}://${host}`
  return {
    host,
    url,
    port,
    requests,
    holdings,
    fault: (repository, kind, when, fault) => faults.push({ repository, kind, when, fault }),
    stop: async () => close(server),
  }
}

function read(
  { method = '', url = '', headers }: http.IncomingMessage,
  body: string,
  before: readonly RegistryRequest[],
): RegistryRequest {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  const [, repository = '', section = '', reference = ''] =
    /^\/v2\/(.+)\/(manifests|blobs|referrers)\/([^/]+)$/.exec(pathname) ?? []
  const kind = pathname === '/token' ? 'token' : kindOf(method, section, reference)
  // A token is of a repository too: the scope names it.
  const scope = /repository:([^:]+):/.exec(searchParams.get('scope') ?? decodeURIComponent(body))?.[1] ?? ''
  const of = kind === 'token' ? scope : repository
  const attempt =
    before.filter((one) => one.kind === kind && one.repository === of && one.target === url).length + 1
  return { kind, method, target: url, repository: of, reference, headers, body, attempt }
}

function kindOf(method: string, section: string, reference: string): Kind {
  if (section === 'blobs') return 'blob'
  if (section === 'referrers') return 'referrers'
  if (section !== 'manifests') return 'other'
  if (reference.startsWith('sha256:')) return method === 'HEAD' ? 'head' : 'manifest'
  if (reference.endsWith('.sig')) return 'sig'
  if (reference.endsWith('.att')) return 'att'
  return /^sha256-[0-9a-f]{64}$/.test(reference) ? 'fallback' : 'tag'
}

/** Who may read. @returns the refusal or the token; undefined where the request may pass */
function openGate(auth: Auth | undefined): (request: RegistryRequest, url: string) => Answer | undefined {
  const tokens = new Map<string, { readonly repository: string; uses: number }>()
  const { login, identityToken, registryToken, tokenUses = Number.MAX_SAFE_INTEGER } = auth ?? {}
  const basic =
    login && `Basic ${Buffer.from(`${login.username}:${login.password}`, 'utf8').toString('base64')}`

  const issue = ({ method, headers, body, repository }: RegistryRequest): Answer => {
    const form = new URLSearchParams(body)
    const mayHave =
      method === 'POST'
        ? form.get('grant_type') === 'refresh_token' && form.get('refresh_token') === identityToken
        : headers.authorization === basic
    if (!mayHave) return ociError(401, 'UNAUTHORIZED')
    const token = `token-${randomUUID()}`
    tokens.set(token, { repository, uses: tokenUses })
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify({ [method === 'POST' ? 'access_token' : 'token']: token })),
    }
  }

  const mayRead = ({ headers, repository }: RegistryRequest): boolean => {
    if (auth?.scheme === 'basic') return headers.authorization === basic
    const bearer = headers.authorization?.replace(/^Bearer /, '') ?? ''
    const token = tokens.get(bearer)
    if (token?.repository === repository && token.uses > 0) {
      token.uses--
      return true
    }
    return registryToken !== undefined && bearer === registryToken
  }

  return (request, url) => {
    if (auth === undefined) return undefined
    if (request.kind === 'token') return issue(request)
    if (mayRead(request)) return undefined
    const realm = auth.realm ?? `${url}/token`
    const challenge =
      auth.scheme === 'basic'
        ? 'Basic realm="registry"'
        : `Bearer realm="${realm}",service="registry",scope="repository:${request.repository}:pull"`
    return ociError(401, 'UNAUTHORIZED', { 'www-authenticate': challenge })
  }
}
