/** An image as Kyverno reads it (pkg/utils/image/infos.go at v1.19, defaults of its CLI). */
export interface KyvernoImage {
  readonly kind: 'image'
  readonly registry: string
  /** Path and name, without `library/` for Docker Hub's own images. */
  readonly path: string
  readonly name: string
  /** `latest` where there is neither tag nor digest. */
  readonly tag?: string
  readonly digest?: string
  /** What patterns are compared with: `registry/path@digest`, else `registry/path:tag`. A tag beside a digest is dropped. */
  readonly matched: string
}

export interface UnreadableImage {
  readonly kind: 'unreadable'
  readonly reason: string
}

const defaultRegistry = 'docker.io'
const longestPath = 255
const longestText = 2048

/** The grammar of distribution/reference, which Kyverno parses with. */
const host = /^(?:\[[0-9a-fA-F:]+\]|[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?)(?::[0-9]+)?$/
const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
const tagForm = /^\w[\w.-]{0,127}$/
const digestForm = /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/

export function parseImage(text: string): KyvernoImage | UnreadableImage {
  const no = (reason: string): UnreadableImage => ({ kind: 'unreadable', reason })
  if (text.length > longestText) return no(`longer than ${longestText} characters`)
  if (text !== text.trim()) return no('spaces around it')
  const first = text.includes('/') ? text.slice(0, text.indexOf('/')) : ''
  const hasRegistry = /[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first
  const registry = hasRegistry ? first : defaultRegistry
  const rest = hasRegistry ? text.slice(first.length + 1) : text
  if (!host.test(registry) || registry.split('.').some((part) => /^-|-$/.test(part)))
    return no(`${JSON.stringify(registry)} is no registry`)

  const at = rest.indexOf('@')
  const digest = at < 0 ? undefined : rest.slice(at + 1)
  if (digest !== undefined && !digestForm.test(digest)) return no(`${JSON.stringify(digest)} is no digest`)
  const named = at < 0 ? rest : rest.slice(0, at)
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1)
  const path = colon < 0 ? named : named.slice(0, colon)
  const tag = colon < 0 ? undefined : named.slice(colon + 1)
  if (tag !== undefined && !tagForm.test(tag)) return no(`${JSON.stringify(tag)} is no tag`)
  if (path.length > longestPath) return no(`its name is longer than ${longestPath} characters`)
  for (const part of path.split('/'))
    if (!component.test(part))
      return no(
        part.toLowerCase() !== part && component.test(part.toLowerCase())
          ? `${JSON.stringify(part)} has capitals`
          : `${JSON.stringify(part)} is no part of a name`,
      )
  const shownTag = tag ?? (digest === undefined ? 'latest' : undefined)
  return {
    kind: 'image',
    registry,
    path,
    name: path.slice(path.lastIndexOf('/') + 1),
    ...(shownTag !== undefined && { tag: shownTag }),
    ...(digest !== undefined && { digest }),
    matched:
      digest === undefined ? `${registry}/${path}:${String(shownTag)}` : `${registry}/${path}@${digest}`,
  }
}
