import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { ServerResponse } from 'node:http'
import { type Certificate, newCertificateFor } from './certificate.js'
import { openNamedHostsProxy } from './named-hosts-proxy.js'
import { type Answer, answerFrom, type Holdings, newHoldings, sendAnswer } from './registry-answers.js'
import { putImage, signSimply } from './registry-images.js'
import { signer } from './registry-guarded.js'
import type { Kind, RegistryRequest } from './registry.js'
import { type RanAction, runAction, temporaryFolder } from './run.js'
import { openWeb, type Web, type WebRequest } from './web.js'

/**
 * Who asks: nobody in particular, somebody who may read, one whose login was good until now, one who may read other
 * repositories, and one with a wrong password.
 */
export type Who = 'nobody' | 'reader' | 'expired' | 'stranger' | 'unknown'

export interface Login {
  readonly username: string
  readonly password: string
}

/** How a registry signs in and refuses, as its documentation says. */
export interface Flow {
  readonly name: string
  /** As it stands in references. */
  readonly registry: string
  /** Where its API answers, where that is another host. */
  readonly api?: string
  readonly repository: string
  /** The host that it hands its blobs out through; undefined: itself. */
  readonly storage?: string
  readonly logins: Readonly<Record<Exclude<Who, 'nobody' | 'unknown'>, Login>>
  /** A long-lived token that is changed for a token by POST. */
  readonly identityToken?: string
  /** Undefined: the registry asks for the password itself. */
  readonly tokens?: {
    readonly host: string
    readonly path: string
    readonly service: string
    /** The challenge names no scope: whoever asks must know it. */
    readonly unscoped?: true
    /** Undefined: a token is given out, which says who asked. */
    readonly refuses: (who: Who) => Answer | undefined
  }
  /** What the registry says to whom may not read; `challenge` is what it asks for. */
  readonly refuses: (who: Who, challenge: { readonly 'www-authenticate': string }) => Answer
  /** Everybody may read, with a token that everybody gets. */
  readonly open?: true
  /** How it answers for what it does not have, where that is not as usual; `challenge` as above. */
  readonly missing?: (
    request: RegistryRequest,
    challenge: { readonly 'www-authenticate': string },
  ) => Answer | undefined
  /** How it answers for a listing of referrers, where it has none. */
  readonly referrers?: Answer | ((repository: string) => Answer)
  /** Hosts that only show pages to people. */
  readonly pages?: readonly string[]
}

export interface Documented {
  readonly flow: Flow
  readonly image: string
  /** Digest of the signed image `v1`. */
  readonly digest: string
  readonly holdings: Holdings
  /** What each host heard. */
  readonly heard: Readonly<Record<string, readonly WebRequest[]>>
  /** Plays an answer instead of the usual; of a host, or of one kind of call to the registry. */
  readonly play: (where: string, answer: (response: ServerResponse, request: WebRequest) => void) => void
  /** Nothing listens where this host was. */
  readonly close: (host: string) => Promise<void>
  readonly verify: (
    inputs?: Readonly<Record<string, string>>,
    env?: Readonly<Record<string, string>>,
  ) => Promise<RanAction>
  readonly stop: () => Promise<void>
}

const certificates = new Map<string, Certificate>()

export function basicOf({ username, password }: Login): string {
  return Buffer.from(`${username}:${password}`).toString('base64')
}

/** Opens all hosts of a registry under their own names, with certificates of their own, behind one proxy. */
export async function openDocumented(flow: Flow, alsoUnsigned = 'unsigned'): Promise<Documented> {
  const api = flow.api ?? flow.registry
  const holdings = newHoldings()
  const digest = putImage(holdings, flow.repository)
  signSimply(holdings, flow.repository, digest, signer)
  putImage(holdings, flow.repository, alsoUnsigned)
  const issued = new Map<string, Who>()
  const played = new Map<string, (response: ServerResponse, request: WebRequest) => void>()

  const onApi = (request: WebRequest, response: ServerResponse): void => {
    const asked = read(request)
    const fault = played.get(asked.kind) ?? played.get(api)
    if (fault) fault(response, request)
    else sendAnswer(response, answerApi(flow, holdings, issued, asked), request.method)
  }
  const onTokens = (request: WebRequest, response: ServerResponse): void => {
    const fault = played.get('token')
    if (fault) fault(response, request)
    else sendAnswer(response, answerToken(flow, issued, request), request.method)
  }
  const onStorage = (request: WebRequest, response: ServerResponse): void => {
    const blob = holdings
      .repository(flow.repository)
      .blobs.get(new URL(request.target, 'https://host').pathname.slice(1))
    response.writeHead(blob ? 200 : 404).end(blob)
  }
  const onPages = (_request: WebRequest, response: ServerResponse): void =>
    void response.writeHead(404, { 'content-type': 'text/html' }).end('<html>nothing here</html>')

  const answers: Record<string, (request: WebRequest, response: ServerResponse) => void> = {
    ...Object.fromEntries((flow.pages ?? []).map((host) => [host, onPages])),
    ...(flow.storage !== undefined && { [flow.storage]: onStorage }),
    ...(flow.tokens && { [flow.tokens.host]: onTokens }),
    [api]: (request, response) => {
      const isToken = flow.tokens?.host === api && request.target.startsWith(`${flow.tokens.path}?`)
      const isPost = flow.tokens?.host === api && request.target === flow.tokens.path
      if (isToken || isPost) onTokens(request, response)
      else onApi(request, response)
    },
  }
  const webs: Record<string, Web> = {}
  for (const [host, answer] of Object.entries(answers)) {
    const certificate = certificates.get(host) ?? newCertificateFor([host], host)
    certificates.set(host, certificate)
    webs[host] = await openWeb(answer, certificate)
  }
  const ports = Object.entries(webs).map(([host, { url }]) => [host, Number(new URL(url).port)] as const)
  const proxy = await openNamedHostsProxy(Object.fromEntries(ports))
  const authorities = path.join(temporaryFolder(), 'ca.pem')
  writeFileSync(
    authorities,
    Object.keys(webs)
      .map((host) => certificates.get(host)?.cert)
      .join(''),
  )

  const image = `${flow.registry}/${flow.repository}:v1`
  return {
    flow,
    image,
    digest,
    holdings,
    heard: Object.fromEntries(Object.entries(webs).map(([host, { requests }]) => [host, requests])),
    play: (where, answer) => played.set(where, answer),
    close: async (host) => webs[host]?.stop(),
    verify: async (inputs = {}, env = {}) => {
      const usual = {
        image,
        key: signer.publicPem,
        retries: '1',
        timeout: '20s',
        'insecure-ignore-tlog': 'true',
      }
      const way = { HTTPS_PROXY: proxy.url, SSL_CERT_FILE: authorities }
      return runAction({ ...usual, ...inputs }, { env: { ...way, ...env } })
    },
    stop: async () => {
      await proxy.stop()
      for (const web of Object.values(webs)) await web.stop().catch(() => undefined)
    },
  }
}

function read({ method, target, headers, body }: WebRequest): RegistryRequest {
  const [, repository = '', section = '', reference = ''] =
    /^\/v2\/(.+)\/(manifests|blobs|referrers)\/([^/?]+)/.exec(target) ?? []
  return {
    kind: kindOf(section, reference, method),
    method,
    target,
    repository,
    reference,
    headers,
    body,
    attempt: 1,
  }
}

function kindOf(section: string, reference: string, method: string): Kind {
  if (section === 'blobs') return 'blob'
  if (section === 'referrers') return 'referrers'
  if (section !== 'manifests') return 'other'
  if (reference.startsWith('sha256:')) return method === 'HEAD' ? 'head' : 'manifest'
  if (reference.endsWith('.sig')) return 'sig'
  if (reference.endsWith('.att')) return 'att'
  return reference.startsWith('sha256-') ? 'fallback' : 'tag'
}

/** What the registry asks for. */
export function challengeOf(
  { registry, tokens }: Flow,
  repository: string,
): { readonly 'www-authenticate': string } {
  const scope = tokens?.unscoped ? '' : `,scope="repository:${repository}:pull"`
  return {
    'www-authenticate': tokens
      ? `Bearer realm="https://${tokens.host}${tokens.path}",service="${tokens.service}"${scope}`
      : `Basic realm="https://${registry}/",service="ecr.amazonaws.com"`,
  }
}

function answerApi(flow: Flow, holdings: Holdings, issued: Map<string, Who>, asked: RegistryRequest): Answer {
  const who = whoOf(flow, issued, asked.headers.authorization)
  const challenge = challengeOf(flow, asked.repository)
  if (who !== 'reader') return flow.refuses(who, challenge)
  if (asked.kind === 'referrers' && flow.referrers !== undefined)
    return typeof flow.referrers === 'function' ? flow.referrers(asked.repository) : flow.referrers
  const usual = answerFrom(holdings, asked)
  if (usual.status === 404) return flow.missing?.(asked, challenge) ?? usual
  if (asked.kind !== 'blob' || flow.storage === undefined) return usual
  const location = `https://${flow.storage}/${asked.reference}?X-Signature=signed-for-a-while`
  return { status: 307, headers: { location }, body: Buffer.alloc(0) }
}

function answerToken(flow: Flow, issued: Map<string, Who>, { method, headers, body }: WebRequest): Answer {
  const form = new URLSearchParams(body)
  const isRefresh = method === 'POST' && form.get('grant_type') === 'refresh_token'
  const refreshed = form.get('refresh_token') === flow.identityToken ? 'reader' : 'unknown'
  const known = isRefresh ? refreshed : whoOf(flow, issued, headers.authorization)
  const who = flow.open && known === 'nobody' ? 'reader' : known
  const refusal = flow.tokens?.refuses(who)
  if (refusal) return refusal
  const token = `issued-${randomUUID()}`
  issued.set(token, who)
  const text = JSON.stringify({ [isRefresh ? 'access_token' : 'token']: token, expires_in: 300 })
  return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(text) }
}

function whoOf({ logins, tokens }: Flow, issued: Map<string, Who>, authorization: string | undefined): Who {
  if (authorization === undefined) return 'nobody'
  const bearer = authorization.replace(/^Bearer /, '')
  if (issued.has(bearer)) return issued.get(bearer) ?? 'unknown'
  const asToken = tokens?.host !== undefined && authorization.startsWith('Bearer ')
  if (asToken) return 'unknown'
  for (const who of ['reader', 'expired', 'stranger'] as const)
    if (authorization === `Basic ${basicOf(logins[who])}`) return who
  return 'unknown'
}
