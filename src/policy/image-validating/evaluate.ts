import { OpenQuestion } from '../../requirement/requirement.js'
import type { Problem } from '../../verdict/finding.js'
import { newBudget } from '../cel/budget.js'
import { CelError } from '../cel/functions.js'
import type { Outcome } from '../cel/outcome.js'
import { celValue, type CelValue, lazyObject } from '../cel/value.js'
import { readImageName } from '../cluster-image/image-name.js'
import { CelAttestor, type Compiled, compileAll } from './compile.js'
import type { Evidence } from './evidence.js'
import type { Host } from './host.js'
import { matchOf } from './match-constraints.js'
import type { ImageValidatingPolicy, PlacedExpression, Validation } from './model.js'
import { resolveAttestor } from './resolve-attestor.js'
import type { PolicyResource } from './resource.js'

/** What a policy says of a resource, in Kyverno's terms; `open` where something is not known (yet). */
export type PolicyAnswer =
  | { readonly result: 'none'; readonly policy: string; readonly reason: string }
  | {
      readonly result: 'pass' | 'fail'
      readonly policy: string
      /** The name of the policy again. */
      readonly rule: string
      /** Kyverno's words, or the policy's own. */
      readonly message: string
      /** Images that the policy is for. None of them: Kyverno says `pass`, and nothing was checked. */
      readonly images: readonly string[]
    }
  | { readonly result: 'error'; readonly policy: string; readonly rule: string; readonly message: string }
  | { readonly result: 'open'; readonly policy: string; readonly rule: string; readonly problem: Problem }

/** Images by list: `containers`, `initContainers`, `ephemeralContainers`. */
export type ImageLists = ReadonlyMap<string, readonly string[]>

/** A question or an error that ends the evaluation of a policy. */
class Ended extends Error {
  readonly answer: 'error' | { readonly problem: Problem }
  constructor(message: string, answer: Ended['answer']) {
    super(message)
    this.answer = answer
  }
}

/**
 * Evaluates one policy in Kyverno's order: match conditions, images, digests, validations. `required` is decided after
 * all policies, by `answersOf`.
 *
 * @param document a JSON document for policies of mode JSON, else a resource
 */
export function evaluateOne(
  policy: ImageValidatingPolicy,
  subject: { readonly resource: PolicyResource } | { readonly json: unknown },
  lists: ImageLists,
  host: Host,
  evidence: Evidence,
): PolicyAnswer {
  const label = policy.namespace === undefined ? policy.name : `${policy.namespace}/${policy.name}`
  const none = (reason: string): PolicyAnswer => ({ result: 'none', policy: label, reason })
  const open = (problem: Problem): PolicyAnswer => ({
    result: 'open',
    policy: label,
    rule: policy.name,
    problem,
  })
  const isJson = 'json' in subject
  if (isJson !== (policy.mode === 'JSON')) return none(`the policy is evaluated in mode ${policy.mode}`)
  if (!isJson && policy.namespace !== undefined && policy.namespace !== subject.resource.namespace) {
    return none(`the policy is for the namespace ${policy.namespace}`)
  }
  const matched = isJson ? 'itself' : matchOf(policy.matchConstraints, policy.autogen, subject.resource)
  if (matched === undefined) return none('matchConstraints do not match the resource')
  if (matched === 'open') {
    return open({
      code: 'unsupported',
      message: 'namespaceSelector: the labels of the namespace are not known here',
    })
  }
  try {
    const object = celValue(isJson ? subject.json : subject.resource.object)
    const calls = evidence.callsFor(policy, host, (image) => isForImage(image))
    const compiled = compileAll(policy, matched, calls)
    if ('problems' in compiled) {
      const message = `failed to compile policy: ${compiled.problems.map((one) => one.message).join('; ')}`
      return { result: 'error', policy: label, rule: 'evaluation', message }
    }
    const isForImage = imageMatcher(policy, compiled)
    return evaluateCompiled(policy, label, compiled, object, isJson ? new Map() : lists, isForImage)
  } catch (error) {
    if (error instanceof OpenQuestion) return open(error.problem)
    if (error instanceof Ended && error.answer !== 'error') return open(error.answer.problem)
    if (!(error instanceof Ended || error instanceof CelError)) throw error
    return {
      result: 'error',
      policy: label,
      rule: 'evaluation',
      message: `failed to evaluate policy: ${error.message}`,
    }
  }
}

function evaluateCompiled(
  policy: ImageValidatingPolicy,
  label: string,
  compiled: Compiled,
  object: CelValue,
  lists: ImageLists,
  isForImage: (image: string) => boolean,
): PolicyAnswer {
  const budget = newBudget()
  const data = new Map<string, CelValue>([
    ['object', object],
    ['oldObject', null],
    ['request', requestOf(object)],
    ['namespaceObject', null],
  ])
  const valueOf = (placed: PlacedExpression): Outcome<CelValue> =>
    compiled.expressionOf(placed).evaluate(data, budget)
  const must = (placed: PlacedExpression): CelValue => valueOrEnd(valueOf(placed))

  const condition = conditionsOf(policy, valueOf)
  if (condition !== undefined) return { result: 'none', policy: label, reason: condition }
  data.set('variables', variablesOf(policy, must))
  const images = new Map<string, readonly string[]>(
    [...lists, ...policy.images.map((one) => [one.name, textsIn(must(one), one.name)] as const)].map(
      ([name, list]) => [name, list.filter(isForImage)],
    ),
  )
  const all = [...new Set([...images.values()].flat())]
  const answer = (result: 'pass' | 'fail', message: string): PolicyAnswer => ({
    result,
    policy: label,
    rule: policy.name,
    message,
    images: all,
  })
  if (policy.verifyDigest) {
    for (const image of all) {
      const name = readImageName(image)
      if (typeof name === 'string')
        throw new Ended(`failed to parse image reference ${image}: ${name}`, 'error')
      if (name.digest === undefined) return answer('fail', `image ${image} does not have a digest`)
    }
  }
  data.set('images', images)
  data.set('attestations', new Map(policy.attestations.map(({ name }) => [name, name])))
  data.set(
    'attestors',
    lazyObject(
      policy.attestors.map(({ name }) => name),
      (name) => {
        const attestor = policy.attestors.find((one) => one.name === name)
        if (attestor === undefined) return null
        return new CelAttestor(resolveAttestor(attestor, (placed) => textOrThrow(valueOf(placed))))
      },
    ),
  )
  let question: Problem | undefined
  for (const [index, validation] of policy.validations.entries()) {
    const outcome = valueOf(validation)
    if (outcome.kind === 'open') question ??= outcome.problem
    // What stands behind an open one may still be false, and then it does not matter how the open one turns out.
    else if (outcome.kind === 'value' && outcome.value === false)
      return answer('fail', messageOf(validation, index, valueOf))
    else if (question === undefined && outcome.kind === 'error') throw new Ended(outcome.message, 'error')
    else if (question === undefined && outcome.kind === 'value' && outcome.value !== true) {
      throw new Ended(`expected a boolean from ${validation.field}`, 'error')
    }
  }
  if (question) throw new Ended(question.message, { problem: question })
  return answer('pass', 'success')
}

/** @returns why the policy is not for the resource; undefined when it is */
function conditionsOf(
  policy: ImageValidatingPolicy,
  valueOf: (placed: PlacedExpression) => Outcome<CelValue>,
): string | undefined {
  const outcomes = policy.matchConditions.map((one) => ({ name: one.name, outcome: valueOf(one) }))
  const isFalse = outcomes.find(({ outcome }) => outcome.kind === 'value' && outcome.value === false)
  if (isFalse) return `the match condition ${isFalse.name} is false`
  const errors: string[] = []
  for (const { name, outcome } of outcomes) {
    if (outcome.kind === 'open') throw new Ended(outcome.problem.message, { problem: outcome.problem })
    if (outcome.kind === 'error') errors.push(outcome.message)
    else if (outcome.value !== true) errors.push(`the match condition ${name} is no boolean`)
  }
  if (errors.length === 0) return undefined
  if (policy.failurePolicy === 'Ignore')
    return `a match condition failed and failurePolicy is Ignore: ${errors.join('; ')}`
  throw new Ended(errors.join('; '), 'error')
}

function imageMatcher(policy: ImageValidatingPolicy, compiled: Compiled): (image: string) => boolean {
  const known = new Map<string, boolean>()
  return (image) => {
    const before = known.get(image)
    if (before !== undefined) return before
    const { matchImageReferences: matches } = policy
    const isMatch =
      matches.length === 0 ||
      matches.some((one) => {
        if (one.kind === 'glob') return one.glob.matches(image)
        return valueOrThrow(compiled.expressionOf(one).evaluate(new Map([['ref', image]]))) === true
      })
    known.set(image, isMatch)
    return isMatch
  }
}

function valueOrEnd(outcome: Outcome<CelValue>): CelValue {
  if (outcome.kind === 'value') return outcome.value
  if (outcome.kind === 'open') throw new Ended(outcome.problem.message, { problem: outcome.problem })
  throw new Ended(outcome.message, 'error')
}

/** For use inside another expression, which absorbs what is thrown as its own. */
function valueOrThrow(outcome: Outcome<CelValue>): CelValue {
  if (outcome.kind === 'value') return outcome.value
  if (outcome.kind === 'open') throw new OpenQuestion(outcome.problem)
  throw new CelError(outcome.message)
}

function textOrThrow(outcome: Outcome<CelValue>): string {
  const value = valueOrThrow(outcome)
  if (typeof value === 'string') return value
  throw new CelError('expected a text from the expression of an attestor')
}

/** Each is computed when it is first used, and once. A variable that uses itself has no value. */
function variablesOf(
  policy: ImageValidatingPolicy,
  evaluate: (placed: PlacedExpression) => CelValue,
): CelValue {
  const known = new Map<string, () => CelValue>()
  return lazyObject(
    policy.variables.map(({ name }) => name),
    (name) => {
      const ready = known.get(name)
      if (ready) return ready()
      known.set(name, () => {
        throw new CelError(`the variable ${name} uses itself`)
      })
      const variable = policy.variables.find((one) => one.name === name)
      let read: () => CelValue
      try {
        const value = variable === undefined ? null : evaluate(variable)
        read = () => value
      } catch (error) {
        const thrown = inExpression(error)
        read = () => {
          throw thrown
        }
      }
      known.set(name, read)
      return read()
    },
  )
}

function inExpression(error: unknown): Error {
  if (!(error instanceof Ended)) return error instanceof Error ? error : new CelError(String(error))
  return error.answer === 'error' ? new CelError(error.message) : new OpenQuestion(error.answer.problem)
}

function textsIn(value: CelValue, name: string): readonly string[] {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value
  throw new Ended(`images.${name}: expected a list of texts`, 'error')
}

function messageOf(
  { message, messageExpression }: Validation,
  index: number,
  valueOf: (placed: PlacedExpression) => Outcome<CelValue>,
): string {
  const outcome = messageExpression && valueOf(messageExpression)
  if (outcome?.kind === 'error') return `failed to evaluate message expression: ${outcome.message}`
  const said = outcome?.kind === 'value' && typeof outcome.value === 'string' ? outcome.value : message
  return said === undefined || said === '' ? `CEL expression validation failed at index ${index}` : said
}

/** What is known of the request in which a resource would be created. */
function requestOf(object: CelValue): CelValue {
  const field = (value: CelValue | undefined, name: string): CelValue | undefined =>
    value instanceof Map ? (value as ReadonlyMap<string, CelValue>).get(name) : undefined
  const metadata = field(object, 'metadata')
  return new Map<string, CelValue>([
    ['operation', 'CREATE'],
    ['name', field(metadata, 'name') ?? ''],
    ['namespace', field(metadata, 'namespace') ?? ''],
    ['object', object],
    ['oldObject', null],
    ['dryRun', true],
  ])
}
