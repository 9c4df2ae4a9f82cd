import {
  fieldsOf,
  isThere,
  type Place,
  problemAt,
  readChoice,
  readList,
  readRaw,
  readText,
  readTextMap,
  readTexts,
  required,
} from '../fields.js'
import type { LabelExpression, LabelSelector, MatchBlock, ResourceFilter } from './model.js'
import { hasWildcard, longestPattern } from './wildcard.js'

const userFields = ['roles', 'clusterRoles', 'subjects'] as const
const resourceFields = [
  'kinds',
  'name',
  'names',
  'namespaces',
  'annotations',
  'selector',
  'namespaceSelector',
  'operations',
] as const

/** What the version and the policy allow. */
export interface AroundMatch {
  /** Whether resources may stand directly in the block, without any or all. */
  readonly oldForms: boolean
  readonly namespaced: boolean
}

/** Reads `match` or `exclude` (api/kyverno/v1 MatchResources). */
export function readMatch(place: Place, around: AroundMatch): MatchBlock {
  const direct = around.oldForms ? (['resources', ...userFields] as const) : []
  const at = fieldsOf(place, ['any', 'all', ...direct])
  const any = readList(at('any'))
  const all = readList(at('all'))
  const isDirect =
    around.oldForms && (['resources', ...userFields] as const).some((name) => isThere(at(name)))
  if ([any.length > 0, all.length > 0, isDirect].filter(Boolean).length > 1)
    problemAt(
      place,
      `${place.path}: expected either any, all or resources alone; Kyverno would read one of them`,
    )
  if (any.length > 0) return { form: 'any', filters: any.map((filter) => readFilter(filter, around)) }
  if (all.length > 0) return { form: 'all', filters: all.map((filter) => readFilter(filter, around)) }
  return { form: 'direct', filters: isDirect ? [readParts(at, around)] : [] }
}

function readFilter(place: Place, around: AroundMatch): ResourceFilter {
  return readParts(fieldsOf(place, ['resources', ...userFields]), around)
}

function readParts(
  at: (name: 'resources' | (typeof userFields)[number]) => Place,
  { namespaced }: AroundMatch,
): ResourceFilter {
  const of = fieldsOf(at('resources'), resourceFields)
  const name = readText(of('name')) ?? ''
  const names = readTexts(of('names'))
  if (name !== '' && names.length > 0)
    problemAt(of('name'), `${of('name').path}: expected name or names, got both`)
  if (namespaced && readList(of('namespaces')).length > 0)
    problemAt(
      of('namespaces'),
      `${of('namespaces').path}: a Policy covers its own namespace and cannot choose others`,
    )
  for (const field of ['kinds', 'names', 'namespaces'] as const) checkPatterns(of(field))
  for (const kind of readList(of('kinds'))) {
    const text = readText(kind) ?? ''
    if (text === '' || text.split('/').length > 4)
      problemAt(
        kind,
        `${kind.path}: expected [group/][version/]Kind[/subresource], got ${JSON.stringify(text)}`,
      )
    if (text.includes('{{'))
      problemAt(
        kind,
        `${kind.path}: a rule should not have variables in its match, got ${JSON.stringify(text)}`,
      )
  }
  return {
    kinds: readTexts(of('kinds')),
    names: name === '' ? names : [name],
    namespaces: readTexts(of('namespaces')),
    annotations: isThere(of('annotations')) ? readTextMap(of('annotations')) : undefined,
    selector: readSelector(of('selector'), true),
    namespaceSelector: readSelector(of('namespaceSelector')),
    operations: readList(of('operations')).flatMap(
      (one) => readChoice(one, ['CREATE', 'UPDATE', 'DELETE', 'CONNECT']) ?? [],
    ),
    roles: readTexts(at('roles')),
    clusterRoles: readTexts(at('clusterRoles')),
    subjects: readList(at('subjects')).map(readRaw),
  }
}

/** Patterns have a length that keeps matching cheap. */
export function checkPatterns(place: Place): void {
  for (const item of readList(place)) {
    const { node } = item
    if (node?.kind === 'scalar' && typeof node.value === 'string' && node.value.length > longestPattern)
      problemAt(item, `${item.path}: expected at most ${longestPattern} characters, got ${node.value.length}`)
  }
}

const labelName = /^[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?$/
const labelPrefix = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/
const longestLabel = 63

/** Reads a label selector; labels in `matchLabels` may have wildcards. `asks`: whether it must ask for something. */
export function readSelector(place: Place, asks = false): LabelSelector | undefined {
  if (!isThere(place)) return undefined
  const at = fieldsOf(place, ['matchLabels', 'matchExpressions'])
  const matchLabels = readTextMap(at('matchLabels'))
  const matchExpressions = readList(at('matchExpressions')).map(readExpression)
  if (asks && matchLabels.size === 0 && matchExpressions.length === 0)
    problemAt(place, `${place.path}: expected matchLabels or matchExpressions, got an empty selector`)
  // Kyverno looks at the labels' form only where no wildcard makes it another language.
  const wild = [...matchLabels].some(([key, value]) => hasWildcard(key) || hasWildcard(value))
  for (const [key, value] of matchLabels) {
    if (key.length > longestPattern || value.length > longestPattern)
      problemAt(
        at('matchLabels'),
        `${at('matchLabels').path}: expected at most ${longestPattern} characters in a label`,
      )
    else if (!wild) {
      checkKey(at('matchLabels'), key)
      checkValue(at('matchLabels'), value)
    }
  }
  return { matchLabels, matchExpressions }
}

function readExpression(place: Place): LabelExpression {
  const at = fieldsOf(place, ['key', 'operator', 'values'])
  required(at('key'))
  required(at('operator'))
  const key = readText(at('key')) ?? ''
  const operator = readChoice(at('operator'), ['In', 'NotIn', 'Exists', 'DoesNotExist']) ?? 'In'
  const values = readTexts(at('values'))
  if (isThere(at('key'))) checkKey(at('key'), key)
  for (const value of values) checkValue(at('values'), value)
  const takesValues = operator === 'In' || operator === 'NotIn'
  if (isThere(at('operator')) && takesValues !== values.length > 0)
    problemAt(
      place,
      `${place.path}: ${operator} ${takesValues ? 'needs values' : 'takes no values'}, got ${values.length}`,
    )
  return { key, operator, values }
}

function checkKey(place: Place, key: string): void {
  const slash = key.indexOf('/')
  const fine =
    labelName.test(key.slice(slash + 1)) &&
    (slash < 0 || (slash <= 253 && labelPrefix.test(key.slice(0, slash))))
  if (!fine) problemAt(place, `${place.path}: ${JSON.stringify(key.slice(0, 300))} is no name of a label`)
}

function checkValue(place: Place, value: string): void {
  if (value !== '' && (value.length > longestLabel || !labelName.test(value)))
    problemAt(place, `${place.path}: ${JSON.stringify(value.slice(0, 300))} is no value of a label`)
}
