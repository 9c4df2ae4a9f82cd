import { matchesWildcard } from './wildcard.js'

export interface KindSelector {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly subresource: string
}

const version = /^(?:v\d+(?:(?:alpha|beta)\d+)?|\*)$/

/** Reads `Kind`, `version/Kind`, `group/version/Kind`, each with `/subresource` or `.subresource` (pkg/utils/kube). */
export function parseKindSelector(text: string): KindSelector | undefined {
  const slashed = text.split('/')
  const parts = [...slashed.slice(0, -1), ...(slashed.at(-1) ?? '').split('.')]
  const [first = '', second = '', third = '', fourth = ''] = parts
  const any = { group: '*', version: '*' }
  switch (parts.length) {
    case 1:
      return { ...any, kind: first, subresource: '' }
    case 2:
      if (first === '*' && (second === '*' || second.toLowerCase() === second))
        return { ...any, kind: '*', subresource: second }
      if (version.test(first)) return { group: '*', version: first, kind: second, subresource: '' }
      return { ...any, kind: first, subresource: second }
    case 3:
      if (version.test(first)) return { group: '*', version: first, kind: second, subresource: third }
      return { group: first, version: second, kind: third, subresource: '' }
    case 4:
      return { group: first, version: second, kind: third, subresource: fourth }
    default:
      return undefined
  }
}

/** Whether a whole resource (no subresource of one) is of the kind that a selector means. */
export function isOfKind(selector: string, apiVersion: string, kind: string): boolean {
  const wanted = parseKindSelector(selector)
  if (wanted === undefined) return false
  const slash = apiVersion.indexOf('/')
  const group = slash < 0 ? '' : apiVersion.slice(0, slash)
  return (
    matchesWildcard(wanted.group, group) &&
    matchesWildcard(wanted.version, apiVersion.slice(slash + 1)) &&
    matchesWildcard(wanted.kind, kind) &&
    (wanted.subresource === '' || matchesWildcard(wanted.subresource, ''))
  )
}

/** Whether one of the selectors names the kind itself, without wildcards (kubeutils.ContainsKind). */
export function namesKind(selectors: readonly string[], kind: string): boolean {
  return selectors.some((selector) => {
    const parts = selector.split('/')
    const [first = '', second = '', third = ''] = parts
    const bare = (text: string): string => text.replace('.', '/').split('/')[0] ?? ''
    switch (parts.length) {
      case 1:
        return bare(first) === kind
      case 2:
        return (version.test(first) ? bare(second) : first) === kind
      case 3:
        return (version.test(first) ? second : bare(third)) === kind
      case 4:
        return third === kind
      default:
        return false
    }
  })
}
