import { field, isObject, type JsonObject, objectField, readObject, textField } from '../../evidence/json.js'
import { readWhole } from '../../files/read.js'
import { failed, found, type Lookup } from '../../network/lookup.js'
import { type EntryRule, readEntry } from './auth-entry.js'
import { isManifest, loginsIn } from './pull-secret.js'
import { basic } from './token.js'

/** What `registry-config` comes to. */
export interface RegistryConfig {
  /** docker's configuration; of pull secrets their `auths` alone. */
  readonly config: JsonObject
  readonly rule: EntryRule
  /** All passwords and tokens in it, in each form in which they stand there or travel. */
  readonly secrets: readonly string[]
}

/** A Secret of Kubernetes has at most as much. */
const sizeLimit = 1024 * 1024
const parts = ['auths', 'credHelpers'] as const
const secretTexts = ['auth', 'password', 'identitytoken', 'registrytoken'] as const
const wanted =
  "docker's configuration with auths, credHelpers or credsStore, or a Secret of type kubernetes.io/dockerconfigjson"

/**
 * Reads docker's configuration or Kubernetes' pull secrets. Whatever is wrong is a wrong input, and no message shows
 * any of it: what is taken for the name of a file may be a password that was pasted.
 *
 * @param given the text itself where it starts with `{` or has several lines; else a file
 */
export async function readRegistryConfig(given: string): Promise<Lookup<RegistryConfig>> {
  const text = await textOf(given)
  if (text.kind !== 'found') return text
  const config = readObject(Buffer.from(text.value))
  const documents = config ? [config] : await documentsIn(text.value)
  if (documents === undefined) return wrong(`expected JSON or YAML, got neither; ${wanted}`)
  if (documents.some(isManifest)) {
    const auths = loginsIn(documents)
    return typeof auths === 'string' ? wrong(auths) : check({ auths }, 'kubernetes')
  }
  const [one, ...others] = documents
  return isObject(one) && others.length === 0 ? check(one, 'docker') : wrong(`expected ${wanted}`)
}

async function textOf(given: string): Promise<Lookup<string>> {
  if (given.trimStart().startsWith('{') || given.includes('\n'))
    return Buffer.byteLength(given) > sizeLimit ? tooLarge() : found(given)
  const file = await readWhole(given, sizeLimit, 'registry')
  if (file.kind === 'found') return found(Buffer.from(file.value).toString('utf8'))
  if (file.kind === 'absent') return wrong(`expected a file or its text, got a line that names no file`)
  if (file.problem.code === 'limit-exceeded') return tooLarge()
  return wrong('the file cannot be read')
}

/** Only what is no JSON needs the library. */
async function documentsIn(text: string): Promise<readonly unknown[] | undefined> {
  const { yamlDocuments } = await import('./yaml-documents.js')
  return yamlDocuments(text)
}

function check(config: JsonObject, rule: EntryRule): Lookup<RegistryConfig> {
  const hasStore = typeof field(config, 'credsStore') === 'string'
  // A file of another kind has none of them: the key of a service account, say.
  if (!hasStore && !parts.some((part) => Object.hasOwn(config, part))) return wrong(`expected ${wanted}`)
  for (const part of parts)
    if (Object.hasOwn(config, part) && !isObject(config[part]))
      return wrong(`expected ${part} to be an object`)
  const auths = objectField(config, 'auths') ?? {}
  for (const [name, entry] of Object.entries(auths)) {
    const isEntry =
      isObject(entry) && ['username', ...secretTexts].every((one) => isTextOrNone(field(entry, one)))
    if (!isEntry || readEntry(entry) === undefined) return wrong(`the entry for ${name} cannot be read`)
  }
  return found({ config, rule, secrets: Object.values(auths).flatMap(secretsOf) })
}

/** A login or token beside the one that is used is a secret too. */
function secretsOf(entry: unknown): readonly string[] {
  const written = secretTexts.flatMap((name) => textField(isObject(entry) ? entry : undefined, name) ?? [])
  const [auth, username, password] = (['auth', 'username', 'password'] as const).map((name) =>
    textField(isObject(entry) ? entry : undefined, name),
  )
  const logins = [auth !== undefined && { auth }, username !== undefined && { username, password }].map(
    readEntry,
  )
  const travelling = logins.flatMap((login) =>
    login?.kind === 'login' ? [login.password, basic(login).replace(/^Basic /, '')] : [],
  )
  return [...written, ...travelling]
}

function isTextOrNone(value: unknown): boolean {
  return value === undefined || typeof value === 'string'
}

function tooLarge(): Lookup<never> {
  return wrong(`larger than ${sizeLimit} bytes`)
}

function wrong(message: string): Lookup<never> {
  return failed('input-invalid', `registry-config: ${message}`)
}
