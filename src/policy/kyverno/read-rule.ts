import {
  fieldsOf,
  isThere,
  listed,
  type Place,
  problemAt,
  readFlag,
  readList,
  readMembers,
  readRaw,
  readText,
  readTextMap,
  required,
} from '../fields.js'
import { checkConditions } from './read-conditions.js'
import type { FailureAction, ImageExtractor, KyvernoRule, MatchBlock, Note, ResourceFilter } from './model.js'
import { isEmptyFilter } from './match.js'
import { readMatch } from './read-match.js'
import { readVerification } from './read-verification.js'

const operations = ['verifyImages', 'mutate', 'validate', 'generate'] as const
const fields = [
  'name',
  'context',
  'match',
  'exclude',
  'imageExtractors',
  'preconditions',
  'celPreconditions',
  'skipBackgroundRequests',
  'reportProperties',
  ...operations,
] as const
/** A rule's name ends up in labels (+kubebuilder:validation:MaxLength). */
const longestName = 63

/** What a rule's checks know of its policy. */
export interface AroundRule {
  /** Whether fields from before 1.7 are part of the version. */
  readonly oldForms: boolean
  readonly namespaced: boolean
  readonly failureAction: FailureAction
  readonly notes: Note[]
}

export function readRule(place: Place, around: AroundRule): KyvernoRule {
  const at = fieldsOf(place, fields)
  required(at('name'))
  const name = readText(at('name')) ?? ''
  if (name.length > longestName)
    problemAt(
      at('name'),
      `${at('name').path}: expected at most ${longestName} characters, got ${name.length}`,
    )
  const given = operations.filter((one) => isThere(at(one)))
  const [operation = 'verifyImages'] = given
  if (given.length !== 1) {
    const got = given.length === 0 ? 'none' : listed(given)
    problemAt(place, `${place.path}: expected exactly one of ${listed(operations)}, got ${got}`)
  }
  const origin = { file: place.reading.file, line: place.line }
  const match = readMatch(at('match'), around)
  const exclude = isThere(at('exclude')) ? readMatch(at('exclude'), around) : undefined
  required(at('match'))
  if (isThere(at('match')) && match.filters.every(isEmptyFilter))
    problemAt(at('match'), `${at('match').path} is empty: it matches nothing`)
  if (exclude && matchesNothing(match, exclude))
    problemAt(
      at('exclude'),
      `${at('exclude').path}: excludes what match asks for: the rule is matching an empty set`,
    )
  if (isThere(at('celPreconditions')))
    problemAt(
      at('celPreconditions'),
      `${at('celPreconditions').path}: only a validate.cel rule may have them`,
    )
  const extractors = at('imageExtractors')
  if (isThere(extractors) && operation !== 'verifyImages')
    problemAt(extractors, `${extractors.path}: only a verifyImages rule may have them`)
  checkConditions(at('preconditions'), 'list-or-block')
  readFlag(at('skipBackgroundRequests'))
  readTextMap(at('reportProperties'))

  const body = readRaw(at(operation))
  const touchesImages = operation === 'mutate' && mayTouchImages(body)
  if (given.length === 1 && operation !== 'verifyImages')
    around.notes.push(notEvaluated(name, operation, touchesImages, origin))
  const list = operation === 'verifyImages' ? readList(at('verifyImages')) : []
  if (given[0] === 'verifyImages' && list.length === 0)
    problemAt(at('verifyImages'), `${at('verifyImages').path}: expected at least one entry`)
  return {
    name,
    path: place.path,
    origin,
    operation,
    match,
    exclude,
    preconditions: readRaw(at('preconditions')),
    context: readList(at('context')).map(readRaw),
    imageExtractors: isThere(extractors)
      ? new Map(
          readMembers(extractors).map(
            ([kind, configs]) => [kind, readList(configs).map(readExtractor)] as const,
          ),
        )
      : undefined,
    verifyImages: list.map((item, index) => readVerification(item, index, around)),
    body: operation === 'verifyImages' ? undefined : body,
    touchesImages,
  }
}

function notEvaluated(
  name: string,
  operation: string,
  touchesImages: boolean,
  origin: Note['origin'] & object,
): Note {
  return {
    kind: 'not-evaluated',
    loud: touchesImages,
    message: touchesImages
      ? `rule ${name} may change which images run (mutate): a cluster applies it before it verifies`
      : `rule ${name} (${operation}) is about something else than signatures`,
    origin,
  }
}

/** Whether a mutate rule's text speaks of images or containers; one for existing resources changes none of ours. */
function mayTouchImages(body: unknown): boolean {
  if (typeof body === 'object' && body !== null && Object.hasOwn(body, 'targets')) return false
  return /image|container/i.test(JSON.stringify(body ?? ''))
}

function readExtractor(place: Place): ImageExtractor {
  const at = fieldsOf(place, ['path', 'value', 'name', 'key', 'jmesPath'])
  required(at('path'))
  const path = readText(at('path')) ?? ''
  if (isThere(at('path')) && path.split('/').every((part) => part.trim() === ''))
    problemAt(at('path'), `${at('path').path}: expected a path such as /spec/steps/*/image`)
  const value = readText(at('value'))
  const key = readText(at('key'))
  const jmesPath = readText(at('jmesPath'))
  return {
    path,
    name: readText(at('name')) ?? 'custom',
    ...(value !== undefined && value !== '' && { value }),
    ...(key !== undefined && key !== '' && { key }),
    ...(jmesPath !== undefined && jmesPath !== '' && { jmesPath }),
  }
}

/** Kyverno refuses a rule whose `any` or direct filter is excluded word for word. */
function matchesNothing(match: MatchBlock, exclude: MatchBlock): boolean {
  if (match.form === 'all' || exclude.form === 'all' || match.form !== exclude.form) return false
  const excluded = new Set(exclude.filters.filter((filter) => !isEmptyFilter(filter)).map(filterText))
  return match.filters.some((filter) => excluded.has(filterText(filter)))
}

function filterText(filter: ResourceFilter): string {
  return JSON.stringify(filter, (_, value: unknown) => (value instanceof Map ? [...value].sort() : value))
}
