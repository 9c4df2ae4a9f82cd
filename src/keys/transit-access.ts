import path from 'node:path'
import { readWhole } from '../files/read.js'
import { homeFolder } from '../network/home-folder.js'
import { isLoopback } from '../network/url.js'
import { keyLimit } from './pem-text.js'
import {
  firstVariable,
  headerText,
  noToken,
  serviceUrl,
  setTo,
  type Setting,
  unusable,
} from './service-setting.js'
import { isMount, type TransitName } from './transit-name.js'

/** How a transit engine is asked: address, mount and credentials. */
export interface TransitAccess {
  /** Of the server, without `/v1`. */
  readonly url: URL
  readonly mount: string
  readonly headers: Readonly<Record<string, string>>
  /** PEM of an authority to trust besides the usual ones. */
  readonly ca?: string
}

const usualMount = 'transit'
const tokenFile = '.vault-token'
const tokenLimit = 64 * 1024

/**
 * Reads the environment as Vault, OpenBao and sigstore do: for `hashivault://` the names `VAULT_…` first, for
 * `openbao://` the names `BAO_…`, each with the other as a fallback; the token at last from `~/.vault-token`.
 */
export async function transitAccess({ scheme, address }: TransitName): Promise<Setting<TransitAccess>> {
  const named = (what: string): string[] =>
    scheme === 'openbao' ? [`BAO_${what}`, `VAULT_${what}`] : [`VAULT_${what}`, `BAO_${what}`]
  const url = serverUrl(scheme, named('ADDR'), address?.host)
  if (url.kind === 'failed') return url
  const mount = address?.mount ?? engineMount()
  if (!isMount(mount)) {
    const got = JSON.stringify(mount)
    return unusable(`TRANSIT_SECRET_ENGINE_PATH: expected the path of a transit engine, got ${got}`)
  }
  const token = await readToken(named('TOKEN'))
  if (token.kind === 'failed') return token
  const given = firstVariable(named('NAMESPACE'))
  const namespace = given && headerText(given.name, given.value)
  if (namespace?.kind === 'failed') return namespace
  const authority = await readAuthority(named('CACERT'))
  if (authority.kind === 'failed') return authority
  return setTo({
    url: url.value,
    mount,
    headers: {
      'x-vault-request': 'true',
      'x-vault-token': token.value,
      ...(namespace && { 'x-vault-namespace': namespace.value }),
    },
    ...(authority.value !== undefined && { ca: authority.value }),
  })
}

/** The token belongs to the server that the environment names: a reference cannot send it elsewhere. */
function serverUrl(scheme: string, variables: readonly string[], host: string | undefined): Setting<URL> {
  const set = firstVariable(variables)
  const usual = set && serviceUrl(set.name, set.value)
  if (usual?.kind === 'failed') return usual
  if (host === undefined)
    return usual ?? unusable(`${scheme}: no server to ask; set ${variables.join(' or ')}`)
  const local = isLoopback(new URL(`https://${host}`))
  const own = new URL(`${usual?.value.protocol ?? (local ? 'http:' : 'https:')}//${host}`)
  if (usual === undefined || usual.value.host === own.host) return setTo(own)
  const both = `the reference names ${own.host}, ${String(set?.name)} names ${usual.value.host}`
  return unusable(`${scheme}: ${both}: the token is sent to one server only, unset the other`)
}

function engineMount(): string {
  const given = firstVariable(['TRANSIT_SECRET_ENGINE_PATH'])?.value ?? usualMount
  return given.replace(/^\//, '').replace(/\/$/, '')
}

async function readToken(variables: readonly string[]): Promise<Setting<string>> {
  const set = firstVariable(variables)
  if (set) return headerText(set.name, set.value)
  const home = homeFolder()
  const file = home === undefined ? undefined : await readWhole(path.join(home, tokenFile), tokenLimit, 'key')
  if (file?.kind === 'failed') return file
  const text = file?.kind === 'found' ? Buffer.from(file.value).toString('utf8').trim() : ''
  if (text !== '') return headerText(`~/${tokenFile}`, text)
  return noToken(`set ${variables.join(' or ')}, or log in (~/${tokenFile})`)
}

async function readAuthority(variables: readonly string[]): Promise<Setting<string | undefined>> {
  const set = firstVariable(variables)
  if (!set) return setTo(undefined)
  const file = await readWhole(set.value, keyLimit, 'key')
  if (file.kind === 'found') {
    const pem = Buffer.from(file.value).toString('utf8')
    if (pem.includes('-----BEGIN CERTIFICATE-----')) return setTo(pem)
  }
  return unusable(`${set.name}: expected a file with certificates in PEM, got ${set.value}`)
}
