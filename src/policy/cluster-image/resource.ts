/** What is known of the resource that an image stands in. */
export interface Resource {
  readonly apiVersion: string
  readonly kind: string
  readonly labels: ReadonlyMap<string, string>
}

/** A resource as API server and policies name it. */
export interface ResourceName {
  readonly group: string
  readonly version: string
  readonly resource: string
}

/** The plural of a kind as Kubernetes guesses it (apimachinery, UnsafeGuessKindToResource). */
export function nameOfResource({ apiVersion, kind }: Pick<Resource, 'apiVersion' | 'kind'>): ResourceName {
  const slash = apiVersion.indexOf('/')
  return {
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    resource: pluralOf(kind.toLowerCase()),
  }
}

function pluralOf(kind: string): string {
  if (kind === '' || kind === 'endpoints') return kind
  if (kind.endsWith('s')) return `${kind}es`
  if (kind.endsWith('y')) return `${kind.slice(0, -1)}ies`
  return `${kind}s`
}
