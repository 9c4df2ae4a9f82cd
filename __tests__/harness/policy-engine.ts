import { openEngine, type OpenEngine, usualLimits } from '../../src/engine/engine.js'
import type { Answer, CueQuestion, Evaluation, RegoQuestion, Value } from '../../src/engine/question.js'
import { dist } from './run.js'

/** Somebody who waits for as long as it takes. */
export const patient = new AbortController().signal

/** The engine of the bundle; the folder may be another, with something missing. */
export function bundledEngine(limits: Partial<typeof usualLimits> = {}, folder = dist): OpenEngine {
  // Tests share a machine: what starts in a second may take ten.
  return openEngine(folder, { ...usualLimits, answerMs: 60_000, ...limits })
}

/** A question in Rego about `data.m.deny`, as cilock asks: v0, strict. */
export function rego(
  texts: string | readonly string[],
  inputs: readonly unknown[] = [{}],
  options: Partial<RegoQuestion['rego']> = {},
): RegoQuestion {
  return {
    language: 'rego',
    files: filesOf(texts, 'rego'),
    inputs: inputs.map((input) => JSON.stringify(input)),
    rego: { version: 'v0', queries: ['data.m.deny'], strict: true, ...options },
  }
}

/** A question in CUE, as `cue vet -c` asks. */
export function cue(
  texts: string | readonly string[],
  inputs: readonly unknown[] = [{}],
  concrete = true,
): CueQuestion {
  return {
    language: 'cue',
    files: filesOf(texts, 'cue'),
    inputs: inputs.map((input) => JSON.stringify(input)),
    cue: { concrete },
  }
}

function filesOf(texts: string | readonly string[], ending: string): RegoQuestion['files'] {
  const all = typeof texts === 'string' ? [texts] : texts
  return all.map((text, at) => ({ name: `${'abcdefghij'.charAt(at)}.${ending}`, text }))
}

/** The results; throws where there are none, and says what there is instead. */
export function resultsOf(answer: Answer): readonly Evaluation[] {
  if (answer.kind === 'answered') return answer.results
  throw new Error(`expected an answer, got ${JSON.stringify(answer)}`)
}

/** The first value of each input: `undefined` for what is undefined, the codes of faults as a text. */
export function valuesOf(answer: Answer): readonly unknown[] {
  return resultsOf(answer).map(({ values = [], faults = [] }) =>
    faults.length > 0 ? `fault ${faults.map(({ code }) => code).join(' ')}` : plain(values[0]),
  )
}

function plain(value: Value | undefined): unknown {
  return value?.defined === true ? value.value : undefined
}

/** The codes for which a policy does not load. */
export function refusalOf(answer: Answer): readonly string[] {
  if (answer.kind === 'refused') return answer.faults.map(({ code }) => code)
  throw new Error(`expected a refusal, got ${JSON.stringify(answer)}`)
}

/** What cilock 4.1 leaves in: the capabilities of OPA 1.13.1 without these. */
export const cilock = {
  version: 'v1.13.1',
  withoutBuiltins: ['net.cidr_contains', 'net.cidr_intersects', 'net.cidr_merge', 'net.cidr_expand'],
  withoutFeatures: ['template_strings'],
}
