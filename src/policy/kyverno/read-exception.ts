import {
  fieldsOf,
  isThere,
  placeOf,
  problemAt,
  readChoice,
  readFlag,
  readList,
  readRaw,
  readText,
  readTexts,
  type Reading,
  required,
} from '../fields.js'
import type { Located } from '../located.js'
import type { KyvernoException, Note } from './model.js'
import { checkConditions } from './read-conditions.js'
import { checkPatterns, readMatch } from './read-match.js'
import { readMetadata } from './read-metadata.js'
import { longestPattern } from './wildcard.js'

const versions = ['kyverno.io/v2', 'kyverno.io/v2beta1', 'kyverno.io/v2alpha1'] as const

/** Reads a PolicyException (api/kyverno/v2 at v1.19). */
export function readException(
  reading: Reading,
  document: Located,
): { readonly exception: KyvernoException; readonly notes: readonly Note[] } | undefined {
  const top = fieldsOf(placeOf(reading, document), ['apiVersion', 'kind', 'metadata', 'spec'])
  if (document.kind !== 'map') return undefined
  readChoice(top('apiVersion'), versions)
  const metadata = readMetadata(top('metadata'))
  const spec = top('spec')
  required(spec)
  const at = fieldsOf(spec, ['background', 'match', 'conditions', 'exceptions', 'podSecurity'])
  const background = readFlag(at('background')) ?? true
  required(at('match'))
  const match = readMatch(at('match'), { oldForms: false, namespaced: false })
  if (isThere(at('match')) && match.filters.length === 0)
    problemAt(at('match'), `${at('match').path}: expected any or all with at least one filter`)
  const user = match.filters.some(
    ({ roles, clusterRoles, subjects }) => roles.length + clusterRoles.length + subjects.length > 0,
  )
  if (background && user)
    problemAt(at('match'), `${at('match').path}: roles and subjects need background: false`)
  checkConditions(at('conditions'), 'block')
  required(at('exceptions'))
  const exceptions = readList(at('exceptions')).map((item) => {
    const of = fieldsOf(item, ['policyName', 'ruleNames'])
    required(of('policyName'))
    required(of('ruleNames'))
    checkPatterns(of('ruleNames'))
    const policyName = readText(of('policyName')) ?? ''
    if (policyName.length > longestPattern)
      problemAt(of('policyName'), `${of('policyName').path}: expected at most ${longestPattern} characters`)
    return { policyName, ruleNames: readTexts(of('ruleNames')) }
  })
  const origin = { file: reading.file, line: document.line }
  const exception: KyvernoException = {
    name: metadata.name,
    ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
    origin,
    match,
    conditions: readRaw(at('conditions')),
    exceptions,
  }
  const notes: readonly Note[] = isThere(at('podSecurity'))
    ? [
        {
          kind: 'not-evaluated',
          loud: false,
          message: `exception ${metadata.name}: podSecurity is about something else than signatures`,
          origin,
        },
      ]
    : []
  return { exception, notes }
}
