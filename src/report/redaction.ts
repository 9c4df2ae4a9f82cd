/** Variables whose values are never shown, in any report. */
const secretVariables = [
  'COSIGN_PASSWORD',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'GITHUB_TOKEN',
  'ACTIONS_RUNTIME_TOKEN',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
]

/** Shorter values would blank out ordinary words. */
const shortestSecret = 4

/** The secrets that a run knows: values of variables, and what key references carry in a URL. */
export function secretsOf(
  environment: Readonly<Record<string, string | undefined>>,
  references: readonly string[] = [],
): readonly string[] {
  const secrets = secretVariables.flatMap((name) => environment[name] ?? [])
  for (const reference of references) {
    const named = /^env:\/\/(.+)$/.exec(reference)?.[1]
    const value = named === undefined ? undefined : environment[named]
    if (value?.includes('PRIVATE KEY') === true) secrets.push(value)
    if (/^https?:\/\//.test(reference) && URL.canParse(reference)) {
      const { username, password, search } = new URL(reference)
      secrets.push(username, password, search.slice(1))
    }
    if (reference.includes('PRIVATE KEY')) secrets.push(reference)
  }
  return [...new Set(secrets)]
    .filter((secret) => secret.length >= shortestSecret)
    .sort((a, b) => b.length - a.length)
}

/** A copy in which no text holds a secret. */
export function redact<Value>(value: Value, secrets: readonly string[]): Value {
  if (secrets.length === 0) return value
  return walk(value, (text) =>
    secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text),
  ) as Value
}

function walk(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value)
  if (Array.isArray(value)) return value.map((item) => walk(item, clean))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item, clean)]))
}
