import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Answer, PolicyText } from '../../src/engine/question.js'
import { bundledEngine, cilock, patient } from '../harness/policy-engine.js'
import { type RegoCase, regoCases } from '../harness/rego-cases.js'
import { sharedFolder } from '../harness/shared.js'

const cases = regoCases()
const engine = bundledEngine()
afterAll(() => engine.close())

/** What cilock says of a module set, from the answer of the engine to `data.<package>.deny` of each. */
interface Judged {
  readonly verdict: 'pass' | 'fail'
  /** A part of the reason that cilock gives. */
  readonly reason?: string
}

/** As cilock asks: a name that is there twice is the later module, a package that is there twice is refused. */
async function judge({ modules, inputText }: RegoCase): Promise<Judged> {
  const packages = modules.map(({ text }) => packageOf(text))
  const twice = packages.find((name, at) => name !== '' && packages.indexOf(name) < at)
  if (twice !== undefined) return { verdict: 'fail', reason: `duplicate rego package name data.${twice}` }
  const files: readonly PolicyText[] = [...new Map(modules.map((one) => [one.name, one])).values()]
  const queries = packages.map((name) => `data.${name}.deny`)
  const options = { version: 'v0', queries, strict: true, capabilities: cilock } as const
  const question = { language: 'rego', files, inputs: [inputText], rego: options } as const
  return verdictOf(await engine.ask(question, patient), queries)
}

function verdictOf(answer: Answer, queries: readonly string[]): Judged {
  if (answer.kind === 'failed') throw new Error(answer.problem.message)
  const [first] = answer.kind === 'refused' ? [{ faults: answer.faults }] : answer.results
  const [fault] = first?.faults ?? []
  if (fault) {
    const place = fault.file === undefined ? '' : `${fault.file}:${fault.row ?? 0}: `
    return { verdict: 'fail', reason: `${place}${fault.code}: ${fault.message}` }
  }
  const values = first !== undefined && 'values' in first ? (first.values ?? []) : []
  if (values.length === 0 || values.some(({ defined }) => !defined))
    return { verdict: 'fail', reason: 'returned no results' }
  const reasons: string[] = []
  for (const [at, { value }] of values.entries()) {
    if (Array.isArray(value)) reasons.push(...value.map(written))
    else if (typeof value === 'object' && value !== null) reasons.push(...Object.keys(value).toSorted())
    else return { verdict: 'fail', reason: `invalid data from rego at ${queries[at] ?? ''}` }
  }
  if (reasons.length === 0) return { verdict: 'pass' }
  return { verdict: 'fail', reason: `policy was denied due to: ${reasons.join(', ')}`.trim() }
}

/** As Go writes a value (`%v`). */
function written(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `map[${fields.map(([name, one]) => `${name}:${written(one)}`).join(' ')}]`
}

function packageOf(text: string): string {
  return /^package (\S+)/m.exec(text)?.[1] ?? ''
}

/** Where the OPA in here words its reason otherwise than the one in cilock 4.1; the verdict is the same. */
const otherwise: Readonly<Record<string, string>> = {
  // There the function is known and forbidden, here it is not there.
  'w-rego-net-cidr': 'm:5: rego_type_error: undefined function net.cidr_contains',
  // OPA 1.22 names the values and their places.
  'w-rego-conflict': 'eval_conflict_error: rule data.m.a produced conflicting values',
  // OPA 1.22 adds a hint.
  'w-rego-v1-without-import': 'm:3: rego_parse_error: var cannot be used for rule name (hint: ',
  // The record of the case breaks off before the last quote.
  'w-rego-unicode': 'policy was denied due to: Zürich ✓ "q"',
}

describe.runIf(cases.length > 0)('what cilock 4.1 says of modules in Rego', () => {
  it('there are as many cases as were made', () => expect(cases).toHaveLength(69))

  it.each(cases.map((one) => [one.id, one] as const))('%s', async (id, one) => {
    const { verdict, reason = '' } = await judge(one)
    const { verdict: wanted, reasons = [''] } = one.expected['cilock-4.1']
    expect(verdict, reason).toBe(wanted)
    const other = otherwise[id]
    if (other === undefined) expect(reasons[0]).toContain(reason)
    else {
      expect(reason).toContain(other)
      expect(reasons[0]).not.toContain(reason)
    }
  })

  it('the capabilities are those that cilock leaves in', async () => {
    const file = path.join(sharedFolder('fixtures/cilock') ?? '', 'opa-capabilities.json')
    const { builtins } = JSON.parse(readFileSync(file, 'utf8')) as { builtins: readonly { name: string }[] }
    const left = new Set(builtins.map(({ name }) => name))
    const blocked = [...cilock.withoutBuiltins, 'http.send', 'net.lookup_ip_addr', 'opa.runtime']
    for (const name of blocked) expect(left).not.toContain(name)
    const named = [...left].filter((name) => /^[a-z][a-z_0-9.]+$/.test(name))
    expect(named.length).toBeGreaterThan(180)
    // A call without arguments tells a builtin that is not there from one that wants some.
    const files = [...named, ...blocked].map((name) => ({ name, text: `package p\nx { y := ${name}(); y }` }))
    const undefinedOnes: string[] = []
    for (const file of files) {
      const options = { version: 'v0', queries: [], strict: true, capabilities: cilock } as const
      const answer = await engine.ask({ language: 'rego', files: [file], inputs: [], rego: options }, patient)
      const faults = answer.kind === 'refused' ? answer.faults : []
      if (faults.some(({ message }) => message === `undefined function ${file.name}`))
        undefinedOnes.push(file.name)
    }
    expect(undefinedOnes).toEqual(blocked)
  })
})
