import { readObject, textField } from '../../evidence/json.js'
import type { Trust } from '../../network/agents.js'
import type { Answer, Call } from '../../network/call.js'
import { exchange } from '../../network/exchange.js'
import { failed, found } from '../../network/lookup.js'
import { retryAfter, statusCode } from '../../network/status.js'
import { mayCarry, shown } from '../../network/url.js'
import type { Challenge } from './challenge.js'
import type { Credential } from './credential.js'
import { refusalIn } from './refusal.js'

const tokenLimit = 1024 * 1024

/**
 * Asks the service that the registry named for a token (distribution, docs/spec/auth/token.md and oauth.md). The
 * credentials go there over https only, or on this machine.
 */
export async function fetchToken(
  challenge: Challenge & { scheme: 'bearer' },
  scope: string,
  credential: Credential,
  { trust, plain }: { readonly trust: Trust; readonly plain: boolean },
  call: Call,
): Promise<Answer<string>> {
  if (!URL.canParse(challenge.realm)) {
    return failed('response-invalid', 'the registry names no URL to ask for a token', 'registry')
  }
  const url = new URL(challenge.realm)
  if (!mayCarry(url) && !(plain && url.protocol === 'http:')) {
    return failed('denied', `${shown(url)}: the registry names a token service without https`, 'registry')
  }
  const question =
    credential.kind === 'identity-token'
      ? refresh(url, challenge, scope, credential.token)
      : login(url, challenge, scope, credential)
  const reply = await exchange({ ...question, service: 'registry', limit: tokenLimit, trust }, call)
  return reply.kind === 'found' ? readToken(reply.value, url) : reply
}

type Request = Pick<Parameters<typeof exchange>[0], 'url' | 'method' | 'headers' | 'body'>

function login(
  realm: URL,
  { service, scope: asked }: { service?: string; scope?: string },
  scope: string,
  credential: Credential,
): Request {
  const url = new URL(realm)
  if (service !== undefined) url.searchParams.set('service', service)
  for (const one of (asked ?? scope).split(' ')) url.searchParams.append('scope', one)
  return { url, ...(credential.kind === 'login' && { headers: { authorization: basic(credential) } }) }
}

function refresh(
  url: URL,
  { service, scope: asked }: { service?: string; scope?: string },
  scope: string,
  token: string,
): Request {
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: 'verify-image',
    refresh_token: token,
    scope: asked ?? scope,
    ...(service !== undefined && { service }),
  })
  return {
    url,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  }
}

function readToken(
  reply: { status: number; headers: { 'retry-after'?: string | undefined }; body: Uint8Array },
  url: URL,
): Answer<string> {
  const { status, headers, body } = reply
  if (status !== 200) {
    const pause = retryAfter(headers['retry-after'])
    return {
      ...failed(
        refusalIn(reply) ?? statusCode(status),
        `${shown(url)}: the token service answered ${status}`,
        'registry',
      ),
      ...(pause !== undefined && { retryAfterMs: pause }),
    }
  }
  const object = readObject(body)
  const token = textField(object, 'token') ?? textField(object, 'access_token')
  // What is no token would break the header it goes into.
  if (token === undefined || !/^[\x21-\x7e]+$/.test(token)) {
    return failed(
      'response-invalid',
      `${shown(url)}: expected a token, got an answer without one`,
      'registry',
    )
  }
  return found(token)
}

export function basic({ username, password }: { username: string; password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`
}
