import { isObject, type JsonObject, listField, readObject, textField } from '../evidence/json.js'
import { type Answer, ask, type Call } from '../network/call.js'
import type { Reply } from '../network/exchange.js'
import { logInToGoogle } from '../network/google-login.js'
import type { GoogleLogin } from '../network/login-purpose.js'
import { absent, failed, found, type Lookup } from '../network/lookup.js'
import { readRefusal } from '../network/refusal.js'
import { openRelay, type Relay } from '../network/relay.js'
import { retryAfter, statusCode } from '../network/status.js'
import { mayCarry, shown } from '../network/url.js'
import type { PublicKey } from '../verify/public-key.js'
import type { GcpKeyName } from './gcp-kms-name.js'
import { readGcpPublicKey, unusableAlgorithm } from './gcp-public-key.js'
import { type KeyLoad, keyInvalid, oneKey } from './key-source.js'
import { keyOfVersions, mostVersions, type VersionLookup } from './versions.js'

/** The narrowest one that Cloud KMS knows. */
const scope = 'https://www.googleapis.com/auth/cloudkms'

/** Where gcloud is told of another endpoint (property `api_endpoint_overrides/cloudkms`). */
const endpointVariable = 'CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDKMS'

const viewRight = 'cloudkms.cryptoKeyVersions.viewPublicKey (in roles/cloudkms.publicKeyViewer)'
const listRight = 'cloudkms.cryptoKeyVersions.list (in roles/cloudkms.viewer)'

/** What every request of one key needs. */
interface Session {
  readonly endpoint: URL
  readonly login: GoogleLogin
  readonly relay: Relay
  readonly call: Call
}

/** Asks Cloud KMS (REST v1) for the public key of the version named, or of every version that is enabled. */
export async function fetchGcpKey(
  reference: string,
  { key, version }: GcpKeyName,
  call: Call,
): Promise<KeyLoad> {
  const relay = openRelay('key')
  const purpose = { what: reference, scope, service: 'key' } as const
  const login = await ask('log in to Google Cloud', 'key', call, () => logInToGoogle(purpose, relay, call))
  if (login.kind === 'failed') return login
  // As a login step that failed would leave it.
  if (login.kind === 'absent') {
    return { kind: 'failed', problem: { code: 'denied', message: login.message, service: 'key' } }
  }
  const endpoint = kmsEndpoint(login.value.universe)
  if (typeof endpoint === 'string') {
    return { kind: 'failed', problem: { code: 'input-invalid', message: `${reference}: ${endpoint}` } }
  }
  const session = { endpoint, login: login.value, relay, call }
  if (version !== undefined) {
    const one = await getPublicKey(`${key}/cryptoKeyVersions/${version}`, session)
    if (one.kind === 'absent') return keyInvalid(one.message)
    return one.kind === 'found' ? oneKey(one.value) : one
  }
  const listed = await listVersions(key, session)
  if (listed.kind === 'failed') return listed
  if (listed.kind === 'absent') return keyInvalid(listed.message)
  const versions = await Promise.all(
    listed.value.map(async ({ name, algorithm }): Promise<VersionLookup> => {
      const unusable = unusableAlgorithm(algorithm)
      const lookup =
        unusable === undefined ? await getPublicKey(name, session) : absent(`${name}: ${unusable}`)
      return { version: numberOf(name), lookup }
    }),
  )
  return keyOfVersions(reference, versions)
}

/** @returns why the endpoint that is set cannot be one */
function kmsEndpoint(universe: string): URL | string {
  const set = process.env[endpointVariable]
  if (set === undefined || set === '') return new URL(`https://cloudkms.${universe}/`)
  if (!URL.canParse(set) || !mayCarry(new URL(set)))
    return `${endpointVariable}: expected an https URL, got ${set}`
  return new URL(set.endsWith('/') ? set : `${set}/`)
}

async function getPublicKey(version: string, session: Session): Promise<Lookup<PublicKey>> {
  const document = await get(`${version}/publicKey`, version, viewRight, session)
  return document.kind === 'found' ? readGcpPublicKey(version, document.value) : document
}

interface Version {
  readonly name: string
  readonly algorithm: string | undefined
}

/** The enabled versions, the newest first. */
async function listVersions(key: string, session: Session): Promise<Lookup<readonly Version[]>> {
  const versions: Version[] = []
  let token = ''
  do {
    const query = new URLSearchParams({ filter: 'state=ENABLED', pageSize: String(mostVersions) })
    if (token !== '') query.set('pageToken', token)
    const page = await get(
      `${key}/cryptoKeyVersions?${query.toString()}`,
      key,
      `${listRight}, or a version in the reference`,
      session,
    )
    if (page.kind !== 'found') return page
    const items = 'cryptoKeyVersions' in page.value ? listField(page.value, 'cryptoKeyVersions') : []
    const next = textField(page.value, 'nextPageToken') ?? ''
    if (items === undefined || (items.length === 0 && next !== '')) {
      return failed('response-invalid', `${key}: Cloud KMS answered with no list of versions`, 'key')
    }
    for (const item of items) {
      const version = isObject(item) ? item : undefined
      const name = textField(version, 'name')
      if (name === undefined || !/\/cryptoKeyVersions\/[1-9][0-9]{0,9}$/.test(name)) {
        return failed('response-invalid', `${key}: Cloud KMS listed a version without a name`, 'key')
      }
      if (textField(version, 'state') !== 'ENABLED') continue
      versions.push({
        name: `${key}/cryptoKeyVersions/${numberOf(name)}`,
        algorithm: textField(version, 'algorithm'),
      })
    }
    if (versions.length > mostVersions) {
      const message = `${key}: more than ${mostVersions} enabled versions; name the one that signed`
      return failed('limit-exceeded', message, 'key')
    }
    token = next
  } while (token !== '')
  return found(versions.sort((a, b) => Number(numberOf(b.name)) - Number(numberOf(a.name))))
}

function numberOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}

/** @param right what the caller must be allowed, for the message */
async function get(path: string, what: string, right: string, session: Session): Promise<Lookup<JsonObject>> {
  const { endpoint, login, relay, call } = session
  const url = new URL(`v1/${path}`, endpoint)
  return ask(`GET ${shown(url)}`, 'key', call, async () => {
    const reply = await relay.send({ url, headers: login.headers }, call)
    return reply.kind === 'found' ? readReply(reply.value, what, right, relay) : reply
  })
}

function readReply(reply: Reply, what: string, right: string, { clean }: Relay): Answer<JsonObject> {
  const { status, headers, body } = reply
  if (status === 200) {
    const document = readObject(body)
    return document
      ? found(document)
      : failed('response-invalid', `${what}: Cloud KMS answered with something else than JSON`, 'key')
  }
  const refusal = readRefusal(body)
  const said = refusal ? clean(`${refusal.code} (${status}): ${refusal.message}`) : `status ${status}`
  // These it says itself; a page with 404 may be anybody's.
  if (status === 404 && refusal?.code === 'NOT_FOUND') return absent(`${what}: ${said}`)
  if (status === 400 && /^(FAILED_PRECONDITION|INVALID_ARGUMENT)$/.test(refusal?.code ?? '')) {
    return absent(`${what}: ${said}`)
  }
  const pause = retryAfter(headers['retry-after'])
  const needed = status === 403 ? `; needed is ${right}` : ''
  return {
    ...failed(statusCode(status), `${what}: ${said}${needed}`, 'key'),
    ...(pause !== undefined && { retryAfterMs: pause }),
  }
}
