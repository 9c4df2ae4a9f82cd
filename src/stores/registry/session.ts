import { readWhole } from '../../files/read.js'
import type { Trust } from '../../network/agents.js'
import { ask, type Answer, type Call } from '../../network/call.js'
import { exchange, type Reply } from '../../network/exchange.js'
import { redirectTarget } from '../../network/https.js'
import { failed, found, type Lookup } from '../../network/lookup.js'
import type { RegistryAccess } from '../../verdict/request.js'
import { retryAfter, statusCode } from '../../network/status.js'
import { shown } from '../../network/url.js'
import type { Credential } from './credential.js'
import { credentialFor } from './credentials.js'
import { allows, apiHost, type Scheme, schemesOf, speaksOther } from './host.js'
import { parseChallenge } from './challenge.js'
import { basic, fetchToken } from './token.js'

const mostRedirects = 5
const authorityLimit = 4 * 1024 * 1024

/** A request to a registry's API below `/v2/<repository>/`. */
export interface ApiRequest {
  readonly method: 'GET' | 'HEAD'
  readonly repository: string
  /** `manifests/v1`, say; or a whole path that the registry itself named. */
  readonly path: string
  readonly accept?: string
  readonly limit: number
}

/** A registry that is spoken with: what was learnt of it (scheme, sign-in) holds for the run. */
export interface Session {
  /** Any answer of the registry that speaks of the thing asked for: 2xx and 4xx other than refusals and limits. */
  readonly send: (request: ApiRequest, call: Call) => Promise<Lookup<Reply>>
}

/** What goes into the header, for all requests of a repository; shared by requests that are refused at the same time. */
type Authorization = Promise<Answer<string>>

export function openSession(registry: string, settings: RegistryAccess): Session {
  const host = apiHost(registry)
  let schemes = schemesOf(registry, settings)
  let trusted: Promise<Lookup<Trust>> | undefined
  let credential: Promise<Lookup<Credential>> | undefined
  const authorizations = new Map<string, Authorization>()

  const send = async (request: ApiRequest, call: Call): Promise<Lookup<Reply>> => {
    trusted ??= trustFor(registry, settings)
    const trust = await trusted
    if (trust.kind !== 'found') return trust
    const { method, path } = request
    const name = `${method} ${host}/v2/${path.startsWith('/') ? path.slice(1) : `${request.repository}/${path}`}`
    return ask(name, 'registry', call, async () => {
      const used = authorizations.get(request.repository)
      const first = await sendAs(request, used, trust.value, call)
      if (first.kind !== 'found' || first.value.status !== 401) return settle(first, name)
      // Others may have been refused at the same time and have signed in meanwhile.
      if (authorizations.get(request.repository) === used) {
        authorizations.set(request.repository, signIn(first.value, request.repository, trust.value, call))
      }
      const renewed = authorizations.get(request.repository)
      const header = await renewed
      if (header?.kind !== 'found') {
        authorizations.delete(request.repository)
        return header ?? settle(first, name)
      }
      return settle(await sendAs(request, renewed, trust.value, call), name)
    })
  }

  const sendAs = async (
    request: ApiRequest,
    authorization: Authorization | undefined,
    trust: Trust,
    call: Call,
  ): Promise<Answer<Reply>> => {
    const header = authorization && (await authorization)
    const authorized = header?.kind === 'found' ? { authorization: header.value } : {}
    const attempt = async (scheme: Scheme): Promise<Answer<Reply>> =>
      follow(urlOf(scheme, host, request), request, authorized, trust, call)
    const [scheme = 'https', ...others] = schemes
    const answer = await attempt(scheme)
    const [other] = others
    if (other === undefined || !speaksOther(scheme, said(answer))) return answer
    schemes = [other]
    return attempt(other)
  }

  const signIn = async (refused: Reply, repository: string, trust: Trust, call: Call): Authorization => {
    const challenge = parseChallenge(refused.headers['www-authenticate'])
    if (!challenge)
      return failed('denied', `${host}: the registry refuses and does not say how to sign in`, 'registry')
    credential ??= credentialFor(registry, settings.login, call.signal)
    const known = await credential
    if (known.kind !== 'found') return known
    if (known.value.kind === 'registry-token') return found(`Bearer ${known.value.token}`)
    if (challenge.scheme === 'basic') {
      if (known.value.kind === 'login') return found(basic(known.value))
      return failed(
        'denied',
        `${host}: the registry wants a user and a password, and none is configured for it`,
        'registry',
      )
    }
    const own = URL.canParse(challenge.realm) && new URL(challenge.realm).host === host
    // Plain http to the token service only where it is spoken with this very host, on the user's wish.
    const way = { trust: own ? trust : withoutLeave(trust), plain: own && schemes[0] === 'http' }
    const token = await fetchToken(challenge, `repository:${repository}:pull`, known.value, way, call)
    return token.kind === 'found' ? found(`Bearer ${token.value}`) : token
  }

  return { send }
}

function urlOf(scheme: Scheme, host: string, { repository, path }: ApiRequest): URL {
  return new URL(path.startsWith('/') ? path : `/v2/${repository}/${path}`, `${scheme}://${host}`)
}

/** Redirects are followed without any credentials; a registry hands its blobs out through other hosts. */
async function follow(
  start: URL,
  { method, accept, limit }: ApiRequest,
  authorized: Readonly<Record<string, string>>,
  trust: Trust,
  call: Call,
): Promise<Answer<Reply>> {
  let url = start
  for (let hop = 0; hop <= mostRedirects; hop++) {
    const own = hop === 0
    const headers = { ...(accept !== undefined && { accept }), ...(own && authorized) }
    const reply = await exchange(
      {
        url,
        method,
        headers,
        service: 'registry',
        limit,
        trust: url.host === start.host ? trust : withoutLeave(trust),
      },
      call,
    )
    if (reply.kind !== 'found') return reply
    const { status, headers: got } = reply.value
    if (status < 300 || status >= 400 || got.location === undefined) return reply
    const next = redirectTarget(url, got.location)
    if (typeof next === 'string') return failed('response-invalid', `${shown(url)}: ${next}`, 'registry')
    url = next
  }
  return failed('response-invalid', `${shown(start)}: more than ${mostRedirects} redirects`, 'registry')
}

/** Authorities hold for every host that a registry sends on to; leave to check nothing only for the one named. */
function withoutLeave({ ca }: Trust): Trust {
  return ca === undefined ? {} : { ca }
}

/** Takes an answer that is none for what could not be found out. */
function settle(answer: Answer<Reply>, name: string): Answer<Reply> {
  if (answer.kind !== 'found') return answer
  const { status, headers } = answer.value
  if (status === 200 || [400, 404, 406].includes(status)) return answer
  const pause = retryAfter(headers['retry-after'])
  return {
    ...failed(statusCode(status), `${name}: the registry answered ${status}`, 'registry'),
    ...(pause !== undefined && { retryAfterMs: pause }),
  }
}

function said(answer: Answer<Reply>): { code?: string; message: string } {
  if (answer.kind === 'failed') return answer.problem
  if (answer.kind === 'absent' || answer.value.status !== 400) return { message: '' }
  return { message: Buffer.from(answer.value.body).toString('latin1') }
}

async function trustFor(registry: string, { cacert, allowInsecure }: RegistryAccess): Promise<Lookup<Trust>> {
  const insecure = allows(allowInsecure, registry)
  if (cacert === undefined) return found({ insecure })
  const file = await readWhole(cacert, authorityLimit, 'registry')
  if (file.kind === 'failed') return file
  const pem = file.kind === 'found' ? Buffer.from(file.value).toString('utf8') : ''
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) {
    return failed('input-invalid', `registry-cacert: expected a file with certificates in PEM, got ${cacert}`)
  }
  return found({ insecure, ca: pem })
}
