/** Variables whose values are never shown, in any report. */
const secretVariables = [
  'COSIGN_PASSWORD',
  'INPUT_REGISTRY-PASSWORD',
  'INPUT_GITHUB-TOKEN',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PASSWORD',
  'AZURE_STORAGE_KEY',
  'AZURE_STORAGE_SAS_TOKEN',
  'AZURE_STORAGE_CONNECTION_STRING',
  'IDENTITY_HEADER',
  'GITHUB_TOKEN',
  'GITLAB_TOKEN',
  'VAULT_TOKEN',
  'BAO_TOKEN',
  'ACTIONS_RUNTIME_TOKEN',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
]

/** Shorter values would blank out ordinary words. */
const shortestSecret = 4

/** Values of a query are often words; only longer ones are taken for secrets by themselves. */
const shortestValue = 8
const shortestKeyLine = 16

/** The secrets that a run knows: values of variables, and what key references carry in a URL. */
export function secretsOf(
  environment: Readonly<Record<string, string | undefined>>,
  references: readonly string[] = [],
  login?: { readonly username: string; readonly password: string },
  token?: string,
  further: readonly string[] = [],
): readonly string[] {
  const secrets = [...secretVariables.flatMap((name) => environment[name] ?? []), ...further]
  if (token !== undefined) secrets.push(token)
  if (login)
    secrets.push(login.password, Buffer.from(`${login.username}:${login.password}`).toString('base64'))
  secrets.push(...azureStorageSecrets(environment))
  for (const [name, value = ''] of Object.entries(environment)) {
    if (!/^(https?|all)_proxy$/i.test(name)) continue
    // Without a scheme the user would be taken for one.
    const proxy = value.includes('://') ? value : `http://${value}`
    if (URL.canParse(proxy)) secrets.push(...secretsInUrl(proxy))
  }
  for (const reference of references) {
    const named = /^env:\/\/(.+)$/.exec(reference)?.[1]
    secrets.push(...privateKeyIn(named === undefined ? reference : environment[named]))
    if (/^https?:\/\//.test(reference) && URL.canParse(reference)) secrets.push(...secretsInUrl(reference))
  }
  return [...new Set(secrets.flatMap(formsOf))]
    .filter((secret) => secret.length >= shortestSecret)
    .sort((a, b) => b.length - a.length)
}

/** What signs in to a storage account, taken out of what it is written in. */
function azureStorageSecrets(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const { AZURE_STORAGE_CONNECTION_STRING: connection = '', AZURE_STORAGE_SAS_TOKEN: token = '' } =
    environment
  const field = (name: RegExp): string => name.exec(connection)?.[1] ?? ''
  const sas = field(/(?:^|;)\s*SharedAccessSignature\s*=([^;]*)/i)
  return [
    field(/(?:^|;)\s*AccountKey\s*=([^;]*)/i),
    sas,
    ...[sas, token].flatMap((query) => [...new URLSearchParams(query).getAll('sig'), ...sigAsWritten(query)]),
  ].map((secret) => secret.trim())
}

function sigAsWritten(query: string): readonly string[] {
  return /(?:^|[?&])sig=([^&]+)/.exec(query)?.slice(1) ?? []
}

/** A private key as a whole and line by line: where it comes back, its lines may be joined or broken otherwise. */
function privateKeyIn(text: string | undefined): readonly string[] {
  if (text?.includes('PRIVATE KEY') !== true) return []
  const lines = text.split(/\s+/).filter((one) => one.length >= shortestKeyLine && !one.startsWith('-'))
  return [text, ...lines]
}

function secretsInUrl(text: string): readonly string[] {
  const { username, password, search, searchParams } = new URL(text)
  const [user = '', word = ''] = [username, password].map((part) => attempt(decodeURIComponent, part))
  // Also as they are written: the same value can be encoded in more ways than one.
  const written = search
    .slice(1)
    .split('&')
    .map((pair) => pair.slice(pair.indexOf('=') + 1))
  const values = [...searchParams.values(), ...written].filter((value) => value.length >= shortestValue)
  const basic = user === '' && word === '' ? [] : [Buffer.from(`${user}:${word}`).toString('base64')]
  return [username, password, search.slice(1), user, word, ...basic, ...values]
}

/** A secret as it is, and as a URL holds it. */
function formsOf(secret: string): readonly string[] {
  return [secret, attempt(encodeURIComponent, secret)]
}

/** Text that cannot be changed so (a lone `%`, half a character) stays as it is. */
function attempt(change: (text: string) => string, text: string): string {
  try {
    return change(text)
  } catch {
    return text
  }
}

/** The same with no secret in any text: a copy of what changes, and what holds none as it is. */
export function redact<Value>(value: Value, secrets: readonly string[]): Value {
  if (secrets.length === 0) return value
  return walk(value, (text) =>
    secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text),
  ) as Value
}

function walk(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value)
  if (Array.isArray(value)) {
    const items = value.map((item) => walk(item, clean))
    return items.every((item, index) => Object.is(item, value[index])) ? value : items
  }
  // Bytes stay bytes: as a plain object they would be no manifest any more.
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  const before = Object.entries(value)
  const after = before.map(([name, item]): [string, unknown] => [name, walk(item, clean)])
  const isSame = after.every(([, item], index) => Object.is(item, before[index]?.[1]))
  return isSame ? value : Object.fromEntries(after)
}
