import {
  field,
  isObject,
  type JsonObject,
  listField,
  objectField,
  readObject,
  textField,
} from '../evidence/json.js'
import { azureAuthority, azureScope } from '../network/azure-cloud.js'
import { logInToAzure } from '../network/azure-login.js'
import { type Answer, ask, type Call } from '../network/call.js'
import type { Reply } from '../network/exchange.js'
import { absent, failed, found, type Lookup } from '../network/lookup.js'
import { readRefusal } from '../network/refusal.js'
import { openRelay, type Relay } from '../network/relay.js'
import { retryAfter, statusCode } from '../network/status.js'
import { shown } from '../network/url.js'
import type { PublicKey } from '../verify/public-key.js'
import { readAzureKey } from './azure-json-web-key.js'
import type { AzureKeyName } from './azure-key-name.js'
import { type KeyLoad, keyInvalid, oneKey } from './key-source.js'
import { keyOfVersions, mostVersions, type VersionLookup } from './versions.js'

/** Of Key Vault's REST; vaults and managed HSMs know it. */
const apiVersion = '7.4'

const getRight = 'keys/get, or Microsoft.KeyVault/vaults/keys/read with RBAC (in Key Vault Reader)'
const listRight = `keys/list, or Microsoft.KeyVault/vaults/keys/read with RBAC (in Key Vault Reader), or a version in the reference`

/** What every request of one key needs. */
interface Session {
  readonly name: AzureKeyName
  readonly token: string
  readonly relay: Relay
  readonly call: Call
}

/** Asks Key Vault (REST) for the key of the version named, or of every version that is enabled. */
export async function fetchAzureKey(reference: string, name: AzureKeyName, call: Call): Promise<KeyLoad> {
  const relay = openRelay('key')
  const authority = azureAuthority(name.host, process.env)
  if (authority.kind === 'refused') {
    return {
      kind: 'failed',
      problem: { code: 'input-invalid', message: `${reference}: ${authority.reason}` },
    }
  }
  const purpose = {
    what: reference,
    scope: azureScope(name.host),
    service: 'key',
    authority: authority.url,
  } as const
  const login = await ask('log in to Azure', 'key', call, () => logInToAzure(purpose, relay, call))
  if (login.kind === 'failed') return login
  // As a login step that failed would leave it.
  if (login.kind === 'absent') {
    return { kind: 'failed', problem: { code: 'denied', message: login.message, service: 'key' } }
  }
  const session = { name, token: login.value, relay, call }
  if (name.version !== undefined) {
    const one = await getKey(name.version, session)
    if (one.kind === 'absent') return keyInvalid(one.message)
    return one.kind === 'found' ? oneKey(one.value) : one
  }
  const listed = await listVersions(session)
  if (listed.kind === 'failed') return listed
  if (listed.kind === 'absent') return keyInvalid(listed.message)
  const versions = await Promise.all(
    listed.value.map(async (version): Promise<VersionLookup> => {
      return { version, lookup: await getKey(version, session) }
    }),
  )
  return keyOfVersions(reference, versions)
}

async function getKey(version: string, session: Session): Promise<Lookup<PublicKey>> {
  const { host, key } = session.name
  const what = `azurekms://${host}/${key}/${version}`
  const document = await get(new URL(`https://${host}/keys/${key}/${version}`), what, getRight, session)
  if (document.kind !== 'found') return document
  const id = textField(objectField(document.value, 'key'), 'kid')
  if (versionIn(id, session.name) !== version.toLowerCase()) {
    return failed('response-invalid', `${what}: Key Vault answered with another key`, 'key')
  }
  return readAzureKey(what, document.value)
}

interface Listed {
  readonly version: string
  /** Seconds since 1970. */
  readonly created: number
}

/** The enabled versions, the newest first. */
async function listVersions(session: Session): Promise<Lookup<readonly string[]>> {
  const { name } = session
  const what = `azurekms://${name.host}/${name.key}`
  const invalid = (why: string): Lookup<never> => failed('response-invalid', `${what}: ${why}`, 'key')
  const versions: Listed[] = []
  let url: URL | undefined = new URL(`https://${name.host}/keys/${name.key}/versions`)
  for (let pages = 0; url; pages++) {
    const page = await get(url, what, listRight, session)
    if (page.kind !== 'found') return page
    const items = listField(page.value, 'value')
    if (items === undefined || pages > mostVersions)
      return invalid('Key Vault answered with no list of versions')
    for (const item of items) {
      const entry = isObject(item) ? item : undefined
      const version = versionIn(textField(entry, 'kid'), name)
      if (version === undefined) return invalid('Key Vault listed a version of another key')
      const attributes = objectField(entry, 'attributes')
      if (field(attributes, 'enabled') === false) continue
      versions.push({ version, created: Number(field(attributes, 'created') ?? 0) })
    }
    if (versions.length > mostVersions) {
      const message = `${what}: more than ${mostVersions} enabled versions; name the one that signed`
      return failed('limit-exceeded', message, 'key')
    }
    const next: URL | 'elsewhere' | undefined = nextPage(field(page.value, 'nextLink'), url)
    // The token goes to this vault only.
    if (next === 'elsewhere') return invalid('Key Vault continues its list at another host')
    url = next
  }
  return found(versions.sort((a, b) => b.created - a.created).map(({ version }) => version))
}

function nextPage(link: unknown, from: URL): URL | 'elsewhere' | undefined {
  if (link === undefined || link === null || link === '') return undefined
  if (typeof link !== 'string' || !URL.canParse(link)) return 'elsewhere'
  const next = new URL(link)
  return next.origin === from.origin && next.username === '' ? next : 'elsewhere'
}

/** The version that a key id names (`https://<host>/keys/<key>/<version>`); undefined when it is of another key. */
function versionIn(id: string | undefined, { key }: AzureKeyName): string | undefined {
  if (id === undefined) return undefined
  const [, named = '', version] = /^https:\/\/[^/]+\/keys\/([^/]+)\/([0-9a-zA-Z]{1,64})$/.exec(id) ?? []
  return named.toLowerCase() === key.toLowerCase() ? version?.toLowerCase() : undefined
}

/** @param right what the caller must be allowed, for the message */
async function get(url: URL, what: string, right: string, session: Session): Promise<Lookup<JsonObject>> {
  const { token, relay, call } = session
  const asked = new URL(url)
  asked.searchParams.set('api-version', apiVersion)
  return ask(`GET ${shown(asked)}`, 'key', call, async () => {
    const headers = { authorization: `Bearer ${token}`, accept: 'application/json' }
    const reply = await relay.send({ url: asked, headers }, call)
    return reply.kind === 'found' ? readReply(reply.value, what, right, relay) : reply
  })
}

function readReply(reply: Reply, what: string, right: string, { clean }: Relay): Answer<JsonObject> {
  const { status, headers, body } = reply
  if (status === 200) {
    const document = readObject(body)
    return document
      ? found(document)
      : failed('response-invalid', `${what}: Key Vault answered with something else than JSON`, 'key')
  }
  const refusal = readRefusal(body)
  const said = refusal ? clean(`${refusal.code} (${status}): ${refusal.message}`) : `status ${status}`
  // These it says itself; a page with 404 may be anybody's.
  if (status === 404 && refusal?.code === 'KeyNotFound') return absent(`${what}: ${said}`)
  if (status === 400 && refusal?.code === 'BadParameter') return absent(`${what}: ${said}`)
  if (status === 403 && refusal?.detail === 'KeyDisabled') return absent(`${what}: ${said}`)
  const pause = retryAfter(headers['retry-after'])
  return {
    ...failed(statusCode(status), `${what}: ${said}${advice(reply, right)}`, 'key'),
    ...(pause !== undefined && { retryAfterMs: pause }),
  }
}

function advice({ status, headers }: Reply, right: string): string {
  if (status === 403) return `; needed is ${right}`
  // A vault takes the tokens of its own tenant only, and says which that is.
  const tenant = /authorization="(https:\/\/[^"\s]{1,200})"/.exec(headers['www-authenticate'] ?? '')?.[1]
  return status === 401 && tenant !== undefined ? `; it takes tokens of ${tenant}` : ''
}
