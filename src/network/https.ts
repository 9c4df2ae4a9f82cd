import type { Service } from '../verdict/codes.js'
import { type Answer, ask, type Call } from './call.js'
import { exchange } from './exchange.js'
import { absent, failed, found, type Lookup } from './lookup.js'
import { retryAfter, statusCode } from './status.js'
import { mayCarry, shown } from './url.js'

const mostRedirects = 5

interface Download {
  readonly url: URL
  readonly service: Service
  /** Most bytes that are read. */
  readonly limit: number
}

/** Gets a small document; redirects are followed to https (or loopback) only and without any credentials. */
export async function download(what: Download, call: Call): Promise<Lookup<Uint8Array>> {
  return ask(`GET ${shown(what.url)}`, what.service, call, () => follow(what, call))
}

async function follow(what: Download, call: Call): Promise<Answer<Uint8Array>> {
  let url = what.url
  for (let hop = 0; hop <= mostRedirects; hop++) {
    if (!mayCarry(url)) {
      const message = `${shown(url)}: expected https, got ${url.protocol}//`
      // Whoever gave the first URL did not choose the ones after it.
      return hop === 0 ? failed('input-invalid', message) : failed('response-invalid', message, what.service)
    }
    const reply = await exchange({ url, service: what.service, limit: what.limit }, call)
    if (reply.kind !== 'found') return reply
    const { status, headers, body } = reply.value
    const { location } = headers
    if (status >= 300 && status < 400 && location !== undefined) {
      const next = redirectTarget(url, location)
      if (typeof next === 'string') return failed('response-invalid', `${shown(url)}: ${next}`, what.service)
      url = next
      continue
    }
    const said = `${shown(url)}: the server answered ${status}`
    if (status === 404 || status === 410) return absent(said)
    if (status === 200) return found(body)
    const pause = retryAfter(headers['retry-after'])
    return {
      ...failed(statusCode(status), said, what.service),
      ...(pause !== undefined && { retryAfterMs: pause }),
    }
  }
  return failed('response-invalid', `${shown(what.url)}: more than ${mostRedirects} redirects`, what.service)
}

/** Where a redirect leads; a text says why it is not followed. */
export function redirectTarget(from: URL, location: string): URL | string {
  if (!URL.canParse(location, from.href)) return 'the redirect leads to no URL'
  const next = new URL(location, from)
  // A relative redirect inherits user and password.
  next.username = ''
  next.password = ''
  if (from.protocol === 'https:' && next.protocol !== 'https:') return 'the redirect leaves https'
  return next
}
