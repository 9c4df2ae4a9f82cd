import { readObject, textField } from '../evidence/json.js'
import type { Answer, Call } from './call.js'
import { absent, failed, found } from './lookup.js'
import type { Relay } from './relay.js'
import { statusCode } from './status.js'
import { isLoopback, isMetadataServer } from './url.js'
import { type GoogleLogin, type LoginPurpose, usualUniverse } from './login-purpose.js'

/** Where there is none, its address often leads nowhere; milliseconds. */
const patience = 3_000

const remedy =
  'run google-github-actions/auth before this step, or set GOOGLE_APPLICATION_CREDENTIALS to a file of credentials'

/**
 * The token of the service account that the machine runs as (Compute Engine's metadata server, also that of GKE).
 * `GCE_METADATA_HOST` names another; only where it is set is a server that cannot be reached an outage.
 */
export async function logInByMetadataServer(
  { what, scope, service }: LoginPurpose,
  relay: Relay,
  call: Call,
): Promise<Answer<GoogleLogin>> {
  const none = absent(`${what}: no Google credentials; ${remedy}`)
  const set = process.env['GCE_METADATA_HOST'] ?? ''
  if (process.env['METADATA_SERVER_DETECTION'] === 'none') return none
  const at = `http://${set === '' ? '169.254.169.254' : set}/computeMetadata/v1/instance/service-accounts/default/token`
  if (!URL.canParse(at))
    return failed('input-invalid', `${what}: GCE_METADATA_HOST: expected a host, got ${set}`)
  const url = new URL(at)
  if (!isLoopback(url) && !isMetadataServer(url)) {
    return failed('input-invalid', `${what}: GCE_METADATA_HOST: expected a metadata server, got ${set}`)
  }
  url.searchParams.set('scopes', scope)
  const signal = AbortSignal.any([call.signal, AbortSignal.timeout(patience)])
  const answer = await relay.send({ url, headers: { 'metadata-flavor': 'Google' } }, { ...call, signal })
  if (answer.kind !== 'found') return set === '' ? none : answer
  const { status, headers, body } = answer.value
  // Other clouds answer at the same address.
  if (headers['metadata-flavor'] !== 'Google' || status === 404) return none
  if (status !== 200)
    return failed(statusCode(status), `${url.host}: the metadata server answered ${status}`, service)
  const token = tokenIn(body)
  if (token === undefined)
    return failed('response-invalid', `${url.host}: the metadata server gave no token`, service)
  return found({ headers: { authorization: `Bearer ${token}` }, universe: usualUniverse })
}

function tokenIn(body: Uint8Array): string | undefined {
  const token = textField(readObject(body), 'access_token')
  return token !== undefined && /^[\x21-\x7e]+$/.test(token) ? token : undefined
}
