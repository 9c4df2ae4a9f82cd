import { type Selected, selects } from './label-selector.js'
import { isOfKind } from './kind-selector.js'
import type { KyvernoPolicy, LabelSelector, MatchBlock, ResourceFilter } from './model.js'
import { annotationsOf, nameOf, namespaceOf, type Resource, type Surroundings } from './resource.js'
import { matchesAny, matchesWildcard } from './wildcard.js'

/** Whether a rule is about a resource, and why not. */
export type Matched =
  | { readonly kind: 'applies' }
  | { readonly kind: 'does-not-apply'; readonly why: string }
  /** It depends on something that is not known outside a cluster. */
  | { readonly kind: 'unknown'; readonly why: string }

const applies: Matched = { kind: 'applies' }

/** A filter's answer: what does not fit, or what it would have to know. */
type Fit = Matched

/** A filter that says nothing matches nothing, as in Kyverno. */
export function isEmptyFilter(filter: ResourceFilter): boolean {
  return Object.values(filter).every(
    (value: unknown) => value === undefined || (Array.isArray(value) && value.length === 0),
  )
}

/** Whether match asks for the resource and exclude does not take it out (pkg/engine/utils/match.go). */
export function matchResource(
  policy: Pick<KyvernoPolicy, 'kind' | 'namespace'>,
  rule: { readonly match: MatchBlock; readonly exclude: MatchBlock | undefined },
  resource: Resource,
  surroundings: Surroundings,
): Matched {
  if (policy.kind === 'Policy' && policy.namespace !== (resource.namespace ?? 'default'))
    return no(
      `the policy is for namespace ${policy.namespace ?? 'default'}, not ${resource.namespace ?? 'default'}`,
    )
  const asked = matchBlock(rule.match, resource, surroundings)
  if (asked.kind === 'does-not-apply' || rule.exclude === undefined) return asked
  const excluded = excludeBlock(rule.exclude, resource, surroundings)
  if (excluded.kind === 'applies') return no('it is excluded')
  return excluded.kind === 'unknown' ? excluded : asked
}

/** Whether a block of match asks for the resource; users and roles are not known and count as fitting. */
export function matchBlock(block: MatchBlock, resource: Resource, surroundings: Surroundings): Matched {
  const fits = block.filters.map((filter) =>
    isEmptyFilter(withoutUser(filter))
      ? no('the filter is empty')
      : fitsFilter(withoutUser(filter), resource, surroundings),
  )
  if (fits.length === 0) return no('match is empty')
  return block.form === 'any' ? anyOf(fits) : allOf(fits)
}

/** Whether exclude takes the resource out; a filter on users or roles never does, for nobody is known. */
function excludeBlock(block: MatchBlock, resource: Resource, surroundings: Surroundings): Matched {
  const fits = block.filters.map((filter) => {
    if (isEmptyFilter(filter)) return no('the filter is empty')
    if (filter.roles.length + filter.clusterRoles.length + filter.subjects.length > 0)
      return no('who asks is not known')
    return fitsFilter(filter, resource, surroundings)
  })
  if (fits.length === 0) return no('exclude is empty')
  return block.form === 'any' ? anyOf(fits) : allOf(fits)
}

function withoutUser(filter: ResourceFilter): ResourceFilter {
  return { ...filter, roles: [], clusterRoles: [], subjects: [] }
}

function fitsFilter(
  filter: ResourceFilter,
  resource: Resource,
  { namespaceLabels, operation }: Surroundings,
): Fit {
  const { kinds, names, namespaces, annotations, selector, namespaceSelector, operations } = filter
  const { apiVersion, kind } = resource
  if (operations.length > 0 && !operations.includes(operation))
    return no(`it is for ${operations.join(', ')}`)
  if (kinds.length > 0 && !kinds.some((one) => isOfKind(one, apiVersion, kind)))
    return no(`it is for ${shown(kinds)}, not ${kind} (${apiVersion})`)
  if (names.length > 0 && !matchesAny(names, nameOf(resource)))
    return no(`it is for the names ${shown(names)}`)
  const namespace = namespaceOf(resource)
  if (namespaces.length > 0 && !matchesAny(namespaces, namespace))
    return no(`it is for the namespaces ${shown(namespaces)}, not ${namespace}`)
  for (const [key, value] of annotations ?? []) {
    const has = [...annotationsOf(resource)].some(
      ([other, got]) => matchesWildcard(key, other) && matchesWildcard(value, got),
    )
    if (!has) return no(`it is for resources with the annotation ${key}: ${value}`)
  }
  if (
    selector &&
    selects(selector, { known: new Map(Object.entries(resource.labels)), complete: true }) !== true
  )
    return no('its labels do not fit the selector')
  if (!namespaceSelector) return applies
  if (kind === 'Namespace') return no('a namespaceSelector is never about a Namespace itself')
  switch (selectsNamespace(namespaceSelector, namespace, namespaceLabels)) {
    case true:
      return applies
    case false:
      return no(`the labels of namespace ${namespace} do not fit the namespaceSelector`)
    case undefined:
      return {
        kind: 'unknown',
        why: `the labels of namespace ${namespace} are not known, and a namespaceSelector asks for them`,
      }
  }
}

/** Every namespace bears its name as a label; the rest only the cluster or the user knows. */
export function selectsNamespace(
  selector: LabelSelector,
  namespace: string,
  given: Surroundings['namespaceLabels'],
): Selected {
  const labels = given.get(namespace)
  const known = new Map([['kubernetes.io/metadata.name', namespace], ...(labels ?? [])])
  return selects(selector, { known, complete: labels !== undefined })
}

function anyOf(fits: readonly Fit[]): Matched {
  return (
    fits.find(({ kind }) => kind === 'applies') ??
    fits.find(({ kind }) => kind === 'unknown') ??
    no(
      fits
        .flatMap((fit) => (fit.kind === 'does-not-apply' ? fit.why : []))
        .slice(0, 5)
        .join('; '),
    )
  )
}

function allOf(fits: readonly Fit[]): Matched {
  return (
    fits.find(({ kind }) => kind === 'does-not-apply') ??
    fits.find(({ kind }) => kind === 'unknown') ??
    applies
  )
}

function no(why: string): Matched {
  return { kind: 'does-not-apply', why }
}

function shown(texts: readonly string[]): string {
  return texts.length > 5 ? `${texts.slice(0, 5).join(', ')} …` : texts.join(', ')
}
