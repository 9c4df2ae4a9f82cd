import os from 'node:os'
import path from 'node:path'
import { type JsonObject, objectField, readObject, textField } from '../../evidence/json.js'
import { readWhole } from '../../files/read.js'
import { failed, found, type Lookup } from '../../network/lookup.js'
import { askHelper } from './credential-helper.js'
import type { Credential } from './credential.js'

const configLimit = 4 * 1024 * 1024
/** The name under which docker keeps the credentials of its own registry. */
const dockerHub = ['https://index.docker.io/v1/', 'index.docker.io', 'docker.io', 'registry-1.docker.io']

/**
 * What docker's `config.json` has for a registry: in `DOCKER_CONFIG` or the home folder. The order is docker's: the
 * helper of the registry, the common store, then the file itself. Anonymous where there is nothing.
 */
export async function readDockerConfig(registry: string, signal: AbortSignal): Promise<Lookup<Credential>> {
  const named = process.env['DOCKER_CONFIG']
  // Empty is unset, as for docker: the working directory may be that of a pull request.
  const folder = named === undefined || named === '' ? path.join(os.homedir(), '.docker') : named
  const file = path.join(folder, 'config.json')
  const read = await readWhole(file, configLimit, 'registry')
  if (read.kind === 'absent') return found({ kind: 'anonymous' })
  if (read.kind === 'failed') return read
  const config = readObject(read.value)
  if (!config) return failed('input-invalid', `${file}: expected docker's configuration, got no JSON object`)
  return credentialIn(config, registry, file, signal)
}

async function credentialIn(
  config: JsonObject,
  registry: string,
  file: string,
  signal: AbortSignal,
): Promise<Lookup<Credential>> {
  const names = namesOf(registry)
  const auths = objectField(config, 'auths')
  const helpers = objectField(config, 'credHelpers')
  const store = textField(config, 'credsStore')
  for (const name of names) {
    const helper = textField(helpers, name)
    if (helper !== undefined) return askHelper(helper, name, signal)
  }
  if (store !== undefined && store !== '') {
    const stored = await askHelper(store, names[0] ?? registry, signal)
    if (stored.kind === 'failed' || stored.kind === 'absent' || stored.value.kind !== 'anonymous')
      return stored
  }
  for (const name of Object.keys(auths ?? {})) {
    if (!names.includes(hostOf(name)) && !names.includes(name)) continue
    const entry = readEntry(objectField(auths, name) ?? {})
    if (entry === undefined) return failed('input-invalid', `${file}: the entry for ${name} cannot be read`)
    return found(entry)
  }
  return found({ kind: 'anonymous' })
}

function namesOf(registry: string): readonly string[] {
  return registry === 'docker.io' ? dockerHub : [registry, `https://${registry}`, `http://${registry}`]
}

/** Older entries are URLs: only their host counts. */
function hostOf(name: string): string {
  return name.replace(/^https?:\/\//, '').replace(/\/.*$/, '')
}

function readEntry(entry: JsonObject): Credential | undefined {
  const registryToken = textField(entry, 'registrytoken')
  if (registryToken !== undefined && registryToken !== '')
    return { kind: 'registry-token', token: registryToken }
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
