import { readObject, textField } from '../../evidence/json.js'
import { type Answer, ask, type Call } from '../../network/call.js'
import { exchange, type Reply } from '../../network/exchange.js'
import { redirectTarget } from '../../network/https.js'
import { failed, found, type Lookup } from '../../network/lookup.js'
import { retryAfter, statusCode } from '../../network/status.js'
import { shown } from '../../network/url.js'

/** GitHub's REST interface at one address. */
export interface GithubApi {
  /** `https://api.github.com`, or that of an enterprise. */
  readonly url: URL
  /** Found is a page (200) or a plain no (404): everything else is a failure. */
  readonly get: (url: URL, limit: number, call: Call) => Promise<Lookup<Reply>>
}

const mostRedirects = 3

/** @param token sent to this address and no other */
export function openApi(url: URL, token: string | undefined): GithubApi {
  const getOnce = async (from: URL, limit: number, call: Call): Promise<Answer<Reply>> => {
    let at = from
    for (let hop = 0; hop <= mostRedirects; hop++) {
      const headers = {
        accept: 'application/vnd.github+json',
        // A repository that was renamed answers with a redirect: whoever is sent on comes as a stranger.
        ...(token !== undefined && hop === 0 && { authorization: `Bearer ${token}` }),
      }
      const reply = await exchange({ url: at, service: 'github', limit, headers }, call)
      if (reply.kind !== 'found') return reply
      const { status, headers: got } = reply.value
      const { location } = got
      if (status < 300 || status >= 400 || location === undefined) return settle(reply.value, at)
      const next = redirectTarget(at, location)
      if (typeof next === 'string') return failed('response-invalid', `${shown(at)}: ${next}`, 'github')
      at = next
    }
    return failed('response-invalid', `${shown(from)}: more than ${mostRedirects} redirects`, 'github')
  }
  return {
    url,
    get: async (at, limit, call) =>
      ask(`GET ${shown(at)}`, 'github', call, async () => getOnce(at, limit, call)),
  }
}

function settle(reply: Reply, at: URL): Answer<Reply> {
  const { status, headers, body } = reply
  const said = `${shown(at)}: GitHub answered ${status}`
  // Its own no says why, in JSON: that of something in between would be an absence of attestations.
  if (status === 404 && textField(readObject(body), 'message') === undefined)
    return failed('response-invalid', `${said} without JSON: a proxy or a page, not GitHub`, 'github')
  if (status === 200 || status === 404) return found(reply)
  const pause = retryAfter(headers['retry-after'])
  const wait = pause === undefined ? {} : { retryAfterMs: pause }
  // GitHub says 403 for both: no right, and too often (its documentation, rate limits for the REST API).
  const tooOften =
    status === 429 || (status === 403 && (pause !== undefined || headers['x-ratelimit-remaining'] === '0'))
  return { ...failed(tooOften ? 'rate-limited' : statusCode(status), said, 'github'), ...wait }
}
