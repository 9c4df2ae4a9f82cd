import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import type { Answer, Evaluation, PolicyText, Question, RegoQuestion } from '../../src/engine/question.js'
import {
  askNatively,
  evalNatively,
  type Native,
  nativeCapabilities,
  vetNatively,
} from '../harness/native-engines.js'
import { bundledEngine, cilock, cue, patient, rego } from '../harness/policy-engine.js'
import { regoCases } from '../harness/rego-cases.js'
import { sharedFolder } from '../harness/shared.js'

const root = path.resolve(import.meta.dirname, '../..')
const engine = bundledEngine()
const capabilities = { v0: '', v1: '' }
beforeAll(async () => {
  capabilities.v0 = await nativeCapabilities('v0')
  capabilities.v1 = await nativeCapabilities('v1')
})
afterAll(() => engine.close())

/** What the module came to for one input and one query, in the words of `opa eval`. */
function inWordsOfOpa(answer: Answer, input: number, query: number): Native {
  if (answer.kind === 'failed') throw new Error(answer.problem.message)
  const evaluation: Evaluation =
    answer.kind === 'refused' ? { faults: answer.faults } : (answer.results[input] ?? {})
  const { faults = [], values = [] } = evaluation
  if (faults.length > 0) return { codes: faults.map(({ code }) => code) }
  const value = values[query]
  return value?.defined === true ? { value: value.value } : { undefined: true }
}

async function expectOpaAgrees(
  question: RegoQuestion,
  file = capabilities[question.rego.version],
): Promise<void> {
  for (const [at, query] of question.rego.queries.entries()) {
    // One query at a time: the fault of one would hide the values of the others.
    const answer = await engine.ask({ ...question, rego: { ...question.rego, queries: [query] } }, patient)
    for (const [index, input] of question.inputs.entries()) {
      const native = await evalNatively(question, query, input, file)
      expect(inWordsOfOpa(answer, index, 0), `${query} (${at}) of ${input.slice(0, 200)}`).toEqual(native)
    }
  }
}

/**
 * @param refusedHere cosign and policy-controller refuse this policy as it is loaded, and so do we; `cue vet` waits for
 * the data
 */
async function expectCueAgrees(
  files: readonly PolicyText[],
  inputs: readonly string[],
  refusedHere = false,
): Promise<void> {
  const answer = await engine.ask({ language: 'cue', files, inputs, cue: { concrete: true } }, patient)
  if (answer.kind === 'failed') throw new Error(answer.problem.message)
  const natives = await Promise.all(inputs.map(async (input) => vetNatively(files, input)))
  if (refusedHere) {
    expect(answer.kind).toBe('refused')
    expect(natives).toContain(undefined)
    return
  }
  for (const [index, native] of natives.entries()) {
    const about = `${files.map(({ text }) => text).join('\n--\n')}\n<- ${inputs[index] ?? ''}`
    if (answer.kind === 'refused') {
      expect(native, about).toBeDefined()
      continue
    }
    const { faults = [] } = answer.results[index] ?? {}
    expect(faults.length === 0, `${about}\n${JSON.stringify(faults)}`).toBe(native === undefined)
    if (native !== undefined) expect(native, about).toContain((faults[0]?.path ?? []).join('.'))
  }
}

/** The build for this system answers word for word as the module does. */
async function expectSame(question: Question): Promise<void> {
  const answer = await engine.ask(question, patient)
  const { faults, results } = await askNatively(question)
  if (answer.kind === 'refused') expect(answer.faults).toEqual(faults)
  else if (answer.kind === 'answered') expect(answer.results).toEqual(results ?? [])
  else throw new Error(answer.problem.message)
}

it('the peers are of the versions that the module holds', () => {
  const versions = readFileSync(path.join(root, 'scripts/peer-versions.env'), 'utf8')
  const { opa, cue: cueVersion } = JSON.parse(
    readFileSync(path.join(root, 'engines/policy-engines.json'), 'utf8'),
  ) as Record<string, string>
  expect(versions).toContain(`\nOPA_VERSION=${String(opa)}\n`)
  expect(versions).toContain(`\nCUE_VERSION=${String(cueVersion)}\n`)
})

const cases = regoCases()
describe.runIf(cases.length > 0)('modules that were given to cilock', () => {
  const file = path.join(sharedFolder('fixtures/cilock') ?? '', 'opa-capabilities.json')
  const nameOf = (text: string): string => /^package (\S+)/m.exec(text)?.[1] ?? 'm'

  it.each(cases.map((one) => [one.id, one] as const))('%s', async (_, { modules, inputText }) => {
    const files = [...new Map(modules.map((one) => [one.name, one])).values()]
    const queries = [...new Set(modules.map(({ text }) => `data.${nameOf(text)}.deny`))]
    const options = { version: 'v0', queries, strict: true } as const
    const question = { language: 'rego', files, inputs: [inputText, '{}', '[]'], rego: options } as const
    await expectOpaAgrees(question)
    await expectOpaAgrees({ ...question, rego: { ...options, strict: false } })
    const asCilock = { ...question, rego: { ...options, capabilities: cilock } }
    await expectOpaAgrees(asCilock, file)
    await expectSame(asCilock)
    await expectSame({ ...question, rego: { ...options, strict: false } })
  })
})

/** Every text in Rego or CUE in a policy of sigstore's policy-controller. */
function clusterImagePolicies(): readonly (readonly [string, string, string])[] {
  const folder = sharedFolder('fixtures/kyverno/policies')
  if (folder === undefined) return []
  const found: [string, string, string][] = []
  const collect = (name: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const { type, data } = value as Readonly<Record<string, unknown>>
    if ((type === 'rego' || type === 'cue') && typeof data === 'string') found.push([name, type, data])
    for (const inner of Object.values(value)) collect(name, inner)
  }
  for (const name of globSync('*.yaml', { cwd: folder }).toSorted()) {
    const text = readFileSync(path.join(folder, name), 'utf8')
    if (!text.includes('ClusterImagePolicy')) continue
    for (const document of parseAllDocuments(text)) collect(name, document.toJSON())
  }
  return [...new Map(found.map((one) => [`${one[1]} ${one[2]}`, one])).values()]
}

function statements(): readonly string[] {
  const folder = sharedFolder('fixtures/kyverno/predicates') ?? ''
  const types = ['https://acme.example/scan/v1', 'https://cosign.sigstore.dev/attestation/vuln/v1', 'x']
  const predicates = globSync('*.json', { cwd: folder })
    .toSorted()
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
  const subject = [{ name: 'app', digest: { sha256: 'ab'.repeat(32) } }]
  const made = types.flatMap((predicateType) =>
    predicates.map((predicate) =>
      JSON.stringify({ _type: 'x', subject, predicateType, predicate: JSON.parse(predicate) as unknown }),
    ),
  )
  const matches = (attested: number): string =>
    JSON.stringify({
      authorityMatches: {
        sig: { signatures: [{ id: 'a' }], attestations: null },
        scan: {
          signatures: null,
          attestations: { 'must-pass': Array.from({ length: attested }, (_, id) => ({ id })) },
        },
      },
    })
  return [...made, matches(0), matches(1), matches(2), '{}', 'null']
}

const clusterPolicies = clusterImagePolicies()
describe.runIf(clusterPolicies.length > 0)('texts in policies of policy-controller', () => {
  it('there are some of each', () => {
    expect(clusterPolicies.filter(([, type]) => type === 'rego').length).toBeGreaterThan(5)
    expect(clusterPolicies.filter(([, type]) => type === 'cue').length).toBeGreaterThan(5)
  })

  it.each(clusterPolicies)('%s: %s', async (_, type, text) => {
    const inputs = statements()
    if (type === 'cue') {
      await expectCueAgrees([{ name: 'policy.cue', text }], inputs, text.includes('if len(authorityMatches.'))
      for (const concrete of [true, false])
        await expectSame({
          language: 'cue',
          files: [{ name: 'policy.cue', text }],
          inputs,
          cue: { concrete },
        })
      return
    }
    const queries = ['data.sigstore.isCompliant', 'data.sigstore.errorMsg', 'data.sigstore.warnMsg']
    const question: RegoQuestion = {
      language: 'rego',
      files: [{ name: 'policy.rego', text }],
      inputs,
      rego: { version: 'v0', queries, strict: false },
    }
    await expectOpaAgrees({ ...question, inputs: inputs.filter((_, at) => at % 3 === 0) })
    await expectSame(question)
  })
})

describe('a table of our own, in Rego', () => {
  const input = { a: 1, list: [1, 'x', null, { b: true }], text: 'ghcr.io/x', zero: 0, big: 9007199254740992 }
  it.each([
    'deny = input',
    'deny { false }',
    'deny = false',
    'deny[x] { x := input.list[_] }',
    'deny[k] = v { v := input[k] }',
    'deny = {x | x := input.list[_]; is_number(x)}',
    'deny = x { x := input.list[_]; is_string(x) } else = "none" { true }',
    'deny = x { x := sprintf("%v %d %s %q", [input.list, input.a, input.text, input.text]) }',
    'deny = regex.find_n("[a-z]+", input.text, -1)',
    'deny = regex.match("(", input.text)',
    'deny = glob.match("ghcr.io/*", [], input.text)',
    'deny = json.patch(input, [{"op": "remove", "path": "/a"}])',
    'deny = [crypto.sha256(input.text), base64.encode(input.text), hex.encode(input.text)]',
    'deny = json.unmarshal("{\\"a\\": 1e3, \\"b\\": 1.0}")',
    'deny = yaml.unmarshal("a: [1, 2]\\nb: yes")',
    'deny = time.parse_rfc3339_ns("2026-11-21T00:00:00Z")',
    'deny = time.clock([1700000000000000000, "America/New_York"])',
    'deny = semver.compare("1.2.3", "1.10.0")',
    'deny = units.parse_bytes("10MiB")',
    'deny = net.cidr_contains("10.0.0.0/8", "10.1.2.3")',
    'deny = graph.reachable({"a": ["b"], "b": []}, {"a"})',
    'deny = object.get(input, ["list", 3, "b"], "no")',
    'deny = strings.replace_n({"x": "y"}, input.text)',
    'deny = json.match_schema(input, {"type": "object", "required": ["none"]})',
    'deny = io.jwt.decode("e30.e30.x")',
    'deny = input.a / input.zero',
    'deny = to_number(input.text)',
    'deny { not to_number(input.text) }',
    'deny { upper(input.a) }',
    'deny = 1 { input.a }\ndeny = 2 { input.a }',
    'deny[k] = v { k := "x"; v := input.list[_] }',
    'deny = numbers.range(3, 1)',
    'deny = [input.big + 1, input.big * input.big, 10 % 3, -7 % 3, 0.1 + 0.2]',
    'a { not input.x }\ndeny = [v | z := input.list[_]; v := [1 | a with input as z]]',
    'deny { true } with input as 1',
    'f(x) = x + 1\ndeny = f(f(input.a))',
    'f(x) = f(x)\ndeny = f(1)',
    'deny { deny }',
    'deny[msg] { true }',
    'deny { not input.list[_] == 1; x := y }',
    'deny {',
    'deny = $"x {input.a}"',
    'deny contains "x" if true',
    'import rego.v1\ndeny contains x if some x in input.list',
    'import rego.v1\ndeny { true }',
    'import future.keywords.every\ndeny { every x in input.list { x } }',
    'default deny = false\ndefault deny = true',
    'default deny = input.a',
    'deny = data',
    'deny = input.list[3].b.c.d',
    'deny { input.list[5] }',
    'deny { http.send({"method": "get", "url": "http://127.0.0.1:1"}) }',
    'deny = opa.runtime()',
    'deny = print("x")',
    '# METADATA\n# title: t\n# custom: {a: 1}\ndeny = rego.metadata.rule() { true }',
    '# METADATA\n# nothing: t\n# title: [\ndeny = 1',
    'deny = walk(input)',
    'deny = [p | walk(input, [p, 1])]',
    'deny = "\u2028 ✓ \\u2713 \\n"',
    'deny = `raw \\n`',
    'deny := 1e308 * 10',
    'deny := 1e1000000000',
    'package n\ndeny = 1',
  ])('%j', async (rules) => {
    for (const strict of [true, false]) {
      const question = rego(`package m\n${rules}`, [input, {}, null], { strict })
      await expectOpaAgrees(question)
      await expectSame(question)
    }
  })

  it.each([
    'deny contains "x" if true',
    'deny { true }',
    'deny := $"x {input.a}"',
    'deny if deny',
    'import data.a\nimport data.b as a',
  ])('as v1: %j', async (rules) => {
    const question = rego(`package m\n${rules}`, [input, {}], { version: 'v1' })
    await expectOpaAgrees(question)
    await expectSame(question)
  })

  it('what follows a module’s end, an empty one, one that begins with a mark', async () => {
    for (const text of [
      '',
      '# only',
      'package m\n\0',
      '\ufeffpackage m\ndeny = 1',
      'package m\r\ndeny = 1\r\n',
    ]) {
      await expectOpaAgrees(rego(text))
      await expectSame(rego(text))
    }
  })
})

describe('a table of our own, in CUE', () => {
  const inputs = [
    { a: 1 },
    { a: 'x' },
    {},
    { a: 1, b: 2 },
    { a: { b: 1 } },
    { a: [1, 2, 3] },
    { a: null, b: 'y' },
    { predicate: { passed: true, critical: 0 } },
  ]
  it('a condition over what only the data has is refused as it is loaded, as in cosign', async () => {
    const { files, inputs: texts } = cue('if x.y {a: 1}\nx: {...}', [{ x: { y: true } }])
    await expectCueAgrees(files, texts, true)
  })

  it.each([
    ['a: int'],
    ['a!: int'],
    ['a?: int'],
    ['a: int | *1'],
    ['a: 1'],
    ['a: >0 & <10'],
    ['a: string | int\nb?: int'],
    ['close({a: int})'],
    ['#S: {a: int}\n#S'],
    ['#S: {a: int}'],
    ['{a: int} | {b: string}'],
    ['a: {b: <1}'],
    ['a: [...int]'],
    ['a: [int, ...]'],
    ['import "list"\na: list.MaxItems(2)'],
    ['import "strings"\na: strings.MinRunes(3)'],
    ['import "time"\na: time.Time'],
    ['import "regexp"\na: string\nb: regexp.Match("x", a)'],
    ['predicate: {passed!: true, critical!: <1}'],
    ['predicate: {passed!: false}'],
    ['predicate: {passed: bool, signedOff!: string}'],
    ['let x = a\na: _\nc: x'],
    ['a: _\nif a != _|_ {c: 1}'],
    ['a: _\nb: [for x in a {x}]'],
    ['[string]: int'],
    ['[=~"^a"]: string'],
    ['_h: a\na: int'],
    ['a: _|_'],
    ['a: 1\na: 2'],
    ['a: nowhere'],
    ['a: {b: a}'],
    ['a: {'],
    ['a: =~"("'],
    ['import "github.com/x/y"\na: y.Z'],
    ['a: int', 'b: string'],
    ['package p\na: int', 'package p\nb?: #B\n#B: 2'],
    ['package p\na: int', 'package q\nb: int'],
  ])('%j', async (...texts) => {
    const question = cue(texts, inputs)
    await expectCueAgrees(question.files, question.inputs)
    await expectSame(question)
    await expectSame({ ...question, cue: { concrete: false } })
  })
})
