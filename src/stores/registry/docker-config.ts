import path from 'node:path'
import { type JsonObject, objectField, readObject, textField } from '../../evidence/json.js'
import { readWhole } from '../../files/read.js'
import { homeFolder } from '../../network/home-folder.js'
import { failed, found, type Lookup } from '../../network/lookup.js'
import { type Credentials, credentialsIn, type EntryRule } from './auth-entry.js'
import type { Credential } from './credential.js'
import { askHelper } from './credential-helper.js'

const configLimit = 4 * 1024 * 1024
/** The name under which docker keeps the credentials of its own registry. */
const dockerHub = 'https://index.docker.io/v1/'

/**
 * What docker's `config.json` has for a registry: in `DOCKER_CONFIG` or the home folder. Anonymous where there is
 * nothing.
 */
export async function readDockerConfig(registry: string, signal: AbortSignal): Promise<Lookup<Credentials>> {
  const named = process.env['DOCKER_CONFIG']
  // Empty is unset, as for docker: the working directory may be that of a pull request.
  const home = named === undefined || named === '' ? homeFolder() : undefined
  const folder = home === undefined ? named : path.join(home, '.docker')
  if (folder === undefined || folder === '') return nobody()
  const file = path.join(folder, 'config.json')
  const read = await readWhole(file, configLimit, 'registry')
  if (read.kind === 'absent') return nobody()
  if (read.kind === 'failed') return read
  const config = readObject(read.value)
  if (!config) return failed('input-invalid', `${file}: expected docker's configuration, got no JSON object`)
  return signInsOf({ config, rule: 'docker', file }, registry, signal)
}

function nobody(): Lookup<Credentials> {
  return found(() => found({ kind: 'anonymous' }))
}

/** The order is docker's: the helper of the registry, the common store, then the file itself. */
export async function signInsOf(
  { config, rule, file }: { readonly config: JsonObject; readonly rule: EntryRule; readonly file: string },
  registry: string,
  signal: AbortSignal,
): Promise<Lookup<Credentials>> {
  const names = namesOf(registry)
  const helpers = objectField(config, 'credHelpers')
  const helperName = names.find((name) => textField(helpers, name) !== undefined)
  const store = textField(config, 'credsStore')
  if (helperName !== undefined)
    return forAll(await askHelper(textField(helpers, helperName) ?? '', helperName, signal))
  if (store !== undefined && store !== '') {
    const stored = await askHelper(store, names[0] ?? registry, signal)
    if (stored.kind !== 'found' || stored.value.kind !== 'anonymous') return forAll(stored)
  }
  return found(credentialsIn(objectField(config, 'auths'), registry, rule, file))
}

/** A helper is asked for a registry, not for a repository in it. */
function forAll(credential: Lookup<Credential>): Lookup<Credentials> {
  return credential.kind === 'found' ? found(() => credential) : credential
}

function namesOf(registry: string): readonly string[] {
  return registry === 'docker.io'
    ? [dockerHub, 'index.docker.io', 'docker.io', 'registry-1.docker.io']
    : [registry, `https://${registry}`, `http://${registry}`]
}
