import { compile, type Expression, isProblem } from '../cel/expression.js'
import type { CelFunction } from '../cel/functions.js'
import { type Language, makeLanguage } from '../cel/language.js'
import type { Matched } from './match-constraints.js'
import type { Attestor, ImageValidatingPolicy, PlacedExpression, Text } from './model.js'

/** The expressions of a policy, compiled for what it is asked of: a Pod itself, or a template of Pods. */
export interface Compiled {
  readonly expressionOf: (placed: PlacedExpression) => Expression
}

/** An attestor as a value of expressions. */
export class CelAttestor {
  readonly attestor: Attestor
  constructor(attestor: Attestor) {
    this.attestor = attestor
  }
}

/** What the functions of a policy's expressions call. Whatever is not known yet is thrown as an OpenQuestion. */
export interface Calls {
  readonly verifyImage: (image: string, attestors: readonly unknown[]) => bigint
  readonly verifyAttestation: (image: string, attestation: string, attestors: readonly unknown[]) => bigint
  readonly extractPayload: (image: string, attestation: string) => unknown
  readonly imageData: (image: string) => unknown
}

type Place = 'condition' | 'image' | 'extractor' | 'validation'

interface Wanted extends PlacedExpression {
  readonly place: Place
  readonly types: readonly string[]
}

export interface CompileProblem {
  readonly field: string
  readonly line: number
  readonly message: string
}

/** What keeps a policy from being evaluated. */
export function problemsOf(policy: ImageValidatingPolicy): readonly CompileProblem[] {
  const compiled = compileAll(policy, 'itself', noCalls)
  return 'problems' in compiled ? compiled.problems : []
}

const never = (): never => {
  throw new Error('nothing is called while compiling')
}
const noCalls: Calls = {
  verifyImage: never,
  verifyAttestation: never,
  extractPayload: never,
  imageData: never,
}

export function compileAll(
  policy: ImageValidatingPolicy,
  matched: Matched,
  calls: Calls,
): Compiled | { readonly problems: readonly CompileProblem[] } {
  const languages = languagesOf(calls)
  const expressions = new Map<string, Expression>()
  const problems: CompileProblem[] = []
  for (const { field, line, expression, place, types } of wantedOf(policy)) {
    const compiled = compile(shifted(expression, matched), languages[place], types)
    if (isProblem(compiled)) {
      const { message, line: row, column } = compiled
      problems.push({ field, line, message: `${message} (line ${row}, column ${column} of the expression)` })
    } else expressions.set(field, compiled)
  }
  if (problems.length > 0) return { problems }
  return {
    expressionOf: ({ field }) => {
      const expression = expressions.get(field)
      if (expression === undefined) throw new Error(`${field} was not compiled`)
      return expression
    },
  }
}

const bool = ['bool']
const text = ['string']

function wantedOf(policy: ImageValidatingPolicy): readonly Wanted[] {
  const as =
    (place: Place, types: readonly string[]) =>
    (placed: PlacedExpression): Wanted => ({ ...placed, place, types })
  const references = policy.matchImageReferences.flatMap((one) => (one.kind === 'expression' ? [one] : []))
  const texts = policy.attestors
    .flatMap(textsOfAttestor)
    .flatMap((one) => (one.kind === 'expression' ? [one] : []))
  return [
    ...policy.matchConditions.map(as('condition', bool)),
    ...references.map(as('image', bool)),
    ...policy.variables.map(as('validation', [])),
    ...policy.images.map(as('extractor', ['list', 'list<string>'])),
    ...texts.map(as('validation', text)),
    ...policy.validations.map(as('validation', bool)),
    ...policy.validations.flatMap(({ messageExpression: one }) => (one ? [as('validation', text)(one)] : [])),
  ]
}

export function textsOfAttestor(attestor: Attestor): readonly Text[] {
  if (attestor.kind === 'notary')
    return [attestor.certs, attestor.tsaCerts].filter((one) => one !== undefined)
  const { by, trustedRoot } = attestor.cosign
  const own = by.kind === 'key' ? [by.key] : by.kind === 'certificate' ? [by.cert, by.certChain] : []
  return [...own, trustedRoot].filter((one) => one !== undefined)
}

const paths: Readonly<Record<Exclude<Matched, 'itself'>, string>> = {
  template: 'spec.template',
  'cronjob-template': 'spec.jobTemplate.spec.template',
}

/**
 * Kyverno makes the policy for a controller out of the one for Pods by its text: `object.spec` becomes the path to the
 * template's, `object.metadata` too, but for the name and the namespace.
 */
export function shifted(expression: string, matched: Matched): string {
  if (matched === 'itself') return expression
  return expression.replaceAll(
    /(object|oldObject)\.(spec|metadata)(?!\.(?:name|namespace)(?!\w))/g,
    (_, root: string, field: string) => `${root}.${paths[matched]}.${field}`,
  )
}

function languagesOf(calls: Calls): Readonly<Record<Place, Language>> {
  const dyn = (name: string): { name: string; type: string } => ({ name, type: 'dyn' })
  const object = ['object', 'oldObject', 'request', 'namespaceObject'].map(dyn)
  const functions: readonly CelFunction[] = [
    { signature: 'verifyImageSignatures(string, list): int', run: calls.verifyImage },
    { signature: 'verifyAttestationSignatures(string, string, list): int', run: calls.verifyAttestation },
    { signature: 'extractPayload(string, string): dyn', run: calls.extractPayload },
    { signature: 'getImageData(string): dyn', run: calls.imageData },
  ]
  const validation = makeLanguage(
    [
      ...object,
      dyn('variables'),
      { name: 'images', type: 'map<string, list<string>>' },
      { name: 'attestors', type: 'map<string, dyn>' },
      { name: 'attestations', type: 'map<string, string>' },
    ],
    functions,
  )
  validation.environment.registerType('Attestor', CelAttestor)
  return {
    condition: makeLanguage(object, []),
    image: makeLanguage([{ name: 'ref', type: 'string' }], []),
    extractor: makeLanguage([...object, dyn('variables')], []),
    validation,
  }
}
