import { type JsonObject, textField } from '../../evidence/json.js'
import { failed, found, type Lookup } from '../../network/lookup.js'
import type { Credential } from './credential.js'

/** The logins of one registry, by the repository that is asked for. */
export type Credentials = (repository: string) => Lookup<Credential>

/**
 * Whose rules say what an entry is for. `docker`: the most specific of its registry, whatever path it names
 * (docker's cli, cli/config/configfile); `kubernetes`: a path limits it, and labels of the host may hold `*`
 * (Kubernetes, images, "Interpretation of config.json"). Unlike there, a path ends where a name in it ends.
 */
export type EntryRule = 'docker' | 'kubernetes'

/** The names under which docker keeps the credentials of its own registry. */
const dockerHub = ['index.docker.io', 'docker.io', 'registry-1.docker.io']

interface Entry {
  /** As it stands in the file. */
  readonly name: string
  readonly host: string
  /** Empty for the whole registry. */
  readonly path: string
  readonly value: unknown
}

/** Chooses among the entries of `auths`; anonymous where there is none. */
export function credentialsIn(
  auths: JsonObject | undefined,
  registry: string,
  rule: EntryRule,
  file: string,
): Credentials {
  const hosts = registry === 'docker.io' ? dockerHub : [registry]
  const isMeant = (host: string): boolean =>
    hosts.includes(host) || (rule === 'kubernetes' && hosts.some((one) => matches(host, one)))
  // Sorting keeps the order of the file among equals.
  const own = Object.entries(auths ?? {})
    .map(([name, value]) => ({ name, value, ...partsOf(name) }))
    .filter(({ host }) => isMeant(host))
    .sort((a, b) => b.path.length - a.path.length || stars(a) - stars(b))
  return (repository) => {
    const entry =
      own.find(({ path }) => path === '' || `${repository}/`.startsWith(`${path}/`)) ??
      (rule === 'docker' ? own.at(-1) : undefined)
    if (entry === undefined) return found({ kind: 'anonymous' })
    const credential = readEntry(entry.value)
    if (credential) return found(credential)
    return failed('input-invalid', `${file}: the entry for ${entry.name} cannot be read`)
  }
}

/** What an entry is for, however it is written: two for the same are one too many. */
export function placeOf(name: string): string {
  const { host, path } = partsOf(name)
  return `${dockerHub.includes(host) ? 'docker.io' : host}/${path}`
}

/** Older entries are URLs: of them, host and path count, without the version of the API. */
function partsOf(name: string): Pick<Entry, 'host' | 'path'> {
  const [host = '', ...path] = name.replace(/^https?:\/\//, '').split('/')
  if (/^v[12]$/.test(path[0] ?? '')) path.shift()
  return { host, path: path.filter((part) => part !== '').join('/') }
}

function stars({ host }: Entry): number {
  return host.includes('*') ? 1 : 0
}

/** `*.registry.example`: a star stands for anything within one label, and never for a port. */
function matches(pattern: string, host: string): boolean {
  if (!pattern.includes('*')) return false
  const [name = '', port] = host.split(':')
  const [wanted = '', wantedPort] = pattern.split(':')
  const labels = name.split('.')
  const globs = wanted.split('.')
  if (port !== wantedPort || labels.length !== globs.length) return false
  return globs.every((glob, index) => isLike(labels[index] ?? '', glob))
}

function isLike(label: string, glob: string): boolean {
  const [start = '', ...parts] = glob.split('*')
  const end = parts.pop()
  if (end === undefined) return label === glob
  if (!label.startsWith(start) || !label.endsWith(end) || label.length < start.length + end.length)
    return false
  let rest = label.slice(start.length, label.length - end.length)
  return parts.every((part) => {
    const at = rest.indexOf(part)
    rest = rest.slice(at + part.length)
    return at >= 0
  })
}

/** @returns undefined for an entry that cannot be read */
export function readEntry(value: unknown): Credential | undefined {
  const entry = typeof value === 'object' && value !== null ? (value as JsonObject) : {}
  const registryToken = textField(entry, 'registrytoken')
  if (registryToken !== undefined && registryToken !== '') {
    // It goes into a header as it is.
    return /^[\x21-\x7e]+$/.test(registryToken) ? { kind: 'registry-token', token: registryToken } : undefined
  }
  const identity = textField(entry, 'identitytoken')
  if (identity !== undefined && identity !== '') return { kind: 'identity-token', token: identity }
  const auth = textField(entry, 'auth')
  if (auth !== undefined && auth !== '') {
    const decoded = Buffer.from(auth, 'base64').toString('utf8').replace(/\0+$/, '')
    const colon = decoded.indexOf(':')
    if (colon < 0) return undefined
    return { kind: 'login', username: decoded.slice(0, colon), password: decoded.slice(colon + 1) }
  }
  const username = textField(entry, 'username')
  const password = textField(entry, 'password')
  if (username === undefined || password === undefined) return { kind: 'anonymous' }
  return { kind: 'login', username, password }
}
