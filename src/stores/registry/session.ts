import { X509Certificate } from 'node:crypto'
import { readWhole } from '../../files/read.js'
import type { Trust } from '../../network/agents.js'
import { ask, type Answer, type Call } from '../../network/call.js'
import { exchange, type Reply } from '../../network/exchange.js'
import { redirectTarget } from '../../network/https.js'
import { failed, found, type Lookup } from '../../network/lookup.js'
import type { OpenSink } from '../../network/sink.js'
import type { RegistryAccess } from '../../verdict/request.js'
import { retryAfter, statusCode } from '../../network/status.js'
import { mayCarry, shown } from '../../network/url.js'
import type { Credentials } from './auth-entry.js'
import { credentialsFor } from './credentials.js'
import { allows, apiHost, type Scheme, schemesOf, speaksOther } from './host.js'
import { parseChallenge } from './challenge.js'
import { openSecrets, type Secrets } from './secrets.js'
import { refusalIn } from './refusal.js'
import { isForsaken, shareAnswer, type SharedAnswer } from './shared-answer.js'
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
  /** Takes the body instead of the reply. */
  readonly into?: OpenSink
}

/** A registry that is spoken with: what was learnt of it (scheme, sign-in) holds for the run. */
export interface Session {
  /** Any answer of the registry that speaks of the thing asked for: 2xx and 4xx other than refusals and limits. */
  readonly send: (request: ApiRequest, call: Call) => Promise<Lookup<Reply>>
  /** Takes what was sent to sign in out of the message of a failure. */
  readonly conceal: Secrets['conceal']
}

/** What goes into the header, for all requests of a repository; shared by requests that are refused at the same time. */
type Authorization = SharedAnswer<string>

export function openSession(registry: string, settings: RegistryAccess): Session {
  const host = apiHost(registry)
  let schemes = schemesOf(registry, settings)
  let trusted: Promise<Lookup<Trust>> | undefined
  const credentialsOf = shareAnswer<Credentials>(async ({ signal }) =>
    credentialsFor(registry, settings, signal),
  )
  const authorizations = new Map<string, Authorization>()
  const secrets = openSecrets()

  const send = async (request: ApiRequest, call: Call): Promise<Lookup<Reply>> => {
    trusted ??= trustFor(registry, settings)
    const trust = await trusted
    if (trust.kind !== 'found') return trust
    const { method, path } = request
    const name = `${method} ${host}${path.startsWith('/') ? path : `/v2/${request.repository}/${path}`}`
    return ask(name, 'registry', call, async () =>
      secrets.conceal(await sendOnce(request, name, trust.value, call)),
    )
  }

  const sendOnce = async (
    request: ApiRequest,
    name: string,
    trust: Trust,
    call: Call,
  ): Promise<Answer<Reply>> => {
    const used = authorizations.get(request.repository)
    const first = await sendAs(request, used, trust, call)
    // A host that the registry sent on to may refuse, and not ask for the registry's credentials.
    const isOwnRefusal = first.kind === 'found' && first.value.status === 401 && !first.value.elsewhere
    if (!isOwnRefusal) return settle(first, name)
    for (;;) {
      const { repository } = request
      // Others may have been refused at the same time and have signed in meanwhile.
      const known = authorizations.get(repository)
      const renewed =
        known === undefined || known === used
          ? { answer: signIn(first.value, repository, trust, call), asker: call.signal }
          : known
      authorizations.set(repository, renewed)
      const header = await renewed.answer
      if (header.kind === 'found') return settle(await sendAs(request, renewed, trust, call), name)
      if (authorizations.get(repository) === renewed) authorizations.delete(repository)
      if (!isForsaken(header, renewed, call)) return header
    }
  }

  const sendAs = async (
    request: ApiRequest,
    authorization: Authorization | undefined,
    trust: Trust,
    call: Call,
  ): Promise<Answer<Reply>> => {
    const header = await authorization?.answer
    const authorized = header?.kind === 'found' ? { authorization: header.value } : {}
    const attempt = async (scheme: Scheme): Promise<Answer<Reply>> =>
      follow(
        urlOf(scheme, host, request),
        request,
        { authorized, trust, allowHttp: settings.allowHttp },
        call,
      )
    const [scheme = 'https', ...others] = schemes
    const answer = await attempt(scheme)
    const [other] = others
    if (other === undefined || !speaksOther(scheme, said(answer))) return answer
    schemes = [other]
    return attempt(other)
  }

  const signIn = async (
    refused: Reply,
    repository: string,
    trust: Trust,
    call: Call,
  ): Promise<Answer<string>> => {
    const challenge = parseChallenge(refused.headers['www-authenticate'])
    if (!challenge)
      return failed('denied', `${host}: the registry refuses and does not say how to sign in`, 'registry')
    const all = await credentialsOf(call)
    if (all.kind !== 'found') return all
    const known = all.value(repository)
    if (known.kind !== 'found') return known
    secrets.keepCredential(known.value)
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
    if (token.kind !== 'found') return token
    const header = `Bearer ${token.value}`
    secrets.keepHeader(header)
    return found(header)
  }

  return { send, conceal: secrets.conceal }
}

function urlOf(scheme: Scheme, host: string, { repository, path }: ApiRequest): URL {
  return new URL(path.startsWith('/') ? path : `/v2/${repository}/${path}`, `${scheme}://${host}`)
}

/** What goes along on the way, and where it may lead. */
interface Leave extends Pick<RegistryAccess, 'allowHttp'> {
  readonly authorized: Readonly<Record<string, string>>
  readonly trust: Trust
}

/** Redirects are followed without any credentials; a registry hands its blobs out through other hosts. */
async function follow(
  start: URL,
  { method, accept, limit, into }: ApiRequest,
  { authorized, trust, allowHttp }: Leave,
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
        ...(into && { into }),
        trust: url.host === start.host ? trust : withoutLeave(trust),
      },
      call,
    )
    if (reply.kind !== 'found') return reply
    const { status, headers: got } = reply.value
    if (status < 300 || status >= 400 || got.location === undefined) {
      return url.host === start.host ? reply : found({ ...reply.value, elsewhere: true as const })
    }
    const next = redirectTarget(url, got.location)
    if (typeof next === 'string') return failed('response-invalid', `${shown(url)}: ${next}`, 'registry')
    if (!mayCarry(next) && !(next.protocol === 'http:' && allows(allowHttp, next.host))) {
      const where = `${next.protocol}//${next.host}`
      return failed(
        'response-invalid',
        `${shown(url)}: the redirect leads to ${where}, not to https`,
        'registry',
      )
    }
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
  const refusal = refusalIn(answer.value)
  if (status === 200 || (refusal === undefined && [400, 404, 406].includes(status))) return answer
  const pause = retryAfter(headers['retry-after'])
  return {
    ...failed(refusal ?? statusCode(status), `${name}: the registry answered ${status}`, 'registry'),
    ...(pause !== undefined && { retryAfterMs: pause }),
  }
}

function said(answer: Answer<Reply>): { code?: string; message: string } {
  if (answer.kind === 'failed') return answer.problem
  if (answer.kind === 'absent' || answer.value.status !== 400) return { message: '' }
  return { message: Buffer.from(answer.value.body).toString('latin1') }
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    return false
  }
}

async function trustFor(registry: string, { cacert, allowInsecure }: RegistryAccess): Promise<Lookup<Trust>> {
  const insecure = allows(allowInsecure, registry)
  if (cacert === undefined) return found({ insecure })
  const file = await readWhole(cacert, authorityLimit, 'registry')
  if (file.kind === 'failed') return file
  const pem = file.kind === 'found' ? Buffer.from(file.value).toString('utf8') : ''
  const certificates = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g)
  // TLS passes over what it cannot read, and then trusts nobody.
  if (certificates?.every(isCertificate) !== true) {
    return failed('input-invalid', `registry-cacert: expected a file with certificates in PEM, got ${cacert}`)
  }
  return found({ insecure, ca: pem })
}
