import { afterAll, describe, expect, it } from 'vitest'
import { describeFault } from '../../src/engine/question.js'
import {
  bundledEngine,
  cilock,
  patient,
  refusalOf,
  rego,
  resultsOf,
  valuesOf,
} from '../harness/policy-engine.js'

const engine = bundledEngine()
afterAll(() => engine.close())
const ask = async (...question: Parameters<typeof rego>): ReturnType<typeof engine.ask> =>
  engine.ask(rego(...question), patient)

describe('what a query comes to', () => {
  it.each([
    ['a rule that is not there', 'allow = true', undefined],
    ['a rule that does not hold', 'deny { input.no }', undefined],
    ['false', 'deny = false', false],
    ['true', 'deny { true }', true],
    ['null', 'deny = null', null],
    ['a number', 'deny = 42', 42],
    ['a text', 'deny = "Zürich ✓ \\"q\\""', 'Zürich ✓ "q"'],
    ['an empty set', 'deny[x] { x := input.no }', []],
    ['a set, in the order of OPA', 'deny[x] { x := ["b", "a", 2, null][_] }', [null, 2, 'a', 'b']],
    ['an object', 'deny = {"b": [1], "a": {"c": set()}}', { b: [1], a: { c: [] } }],
  ])('%s', async (_, rule, value) => {
    expect(valuesOf(await ask(`package m\n${rule}`))).toEqual([value])
  })

  it('is told for each query and each input, in their order', async () => {
    const modules = ['package m\ndeny = input.a', 'package n\ndeny { input.a > 1 }']
    const queries = ['data.n.deny', 'data.m.deny', 'data.o.deny']
    const answer = await ask(modules, [{ a: 1 }, { a: 2 }, {}], { queries })
    expect(
      resultsOf(answer).map(({ values }) => values?.map(({ defined, value }) => [defined, value])),
    ).toEqual([
      [
        [false, null],
        [true, 1],
        [false, null],
      ],
      [
        [true, true],
        [true, 2],
        [false, null],
      ],
      [
        [false, null],
        [false, null],
        [false, null],
      ],
    ])
  })

  it('names that JavaScript knows are names like any other', async () => {
    const text = 'package m\ndeny = [input.__proto__, input.constructor]'
    const input = '{"__proto__": {"polluted": 1}, "constructor": 2}'
    const answer = await engine.ask({ ...rego(text), inputs: [input] }, patient)
    expect(valuesOf(answer)).toEqual([[{ polluted: 1 }, 2]])
    expect({}).not.toHaveProperty('polluted')
  })
})

describe('a policy that does not load', () => {
  it.each([
    ['rego_parse_error', 'package m\ndeny[msg] {'],
    ['rego_parse_error', ''],
    ['rego_type_error', 'package m\ndeny { startswith(1, "a") }'],
    ['rego_type_error', 'package m\ndeny { nosuch.builtin(1) }'],
    ['rego_type_error', 'package m\ndefault deny = 1\ndefault deny = 2'],
    ['rego_unsafe_var_error', 'package m\ndeny[msg] { true }'],
    ['rego_recursion_error', 'package m\ndeny { a }\na { deny }'],
    ['rego_compile_error', 'package m\nimport rego.v1\nimport data.a\nimport data.b as a\ndeny := a'],
  ])('is refused with %s: %j', async (code, text) => {
    expect(new Set(refusalOf(await ask(text, [])))).toEqual(new Set([code]))
    expect(new Set(refusalOf(await ask(text)))).toEqual(new Set([code]))
  })

  it('is refused with its place', async () => {
    const answer = await ask(['package m\ndeny = 1', 'package n\n\nx { http.send({}) }'])
    expect(answer).toMatchObject({
      kind: 'refused',
      faults: [
        {
          code: 'rego_type_error',
          message: 'undefined function http.send',
          file: 'b.rego',
          row: 3,
          column: 5,
        },
      ],
    })
    if (answer.kind === 'refused')
      expect(answer.faults.map(describeFault)).toEqual([
        'b.rego:3:5: rego_type_error: undefined function http.send',
      ])
  })

  it('is refused for two modules of one name', async () => {
    const files = ['package m\ndeny = 1', 'package n'].map((text) => ({ name: 'same', text }))
    expect(refusalOf(await engine.ask({ ...rego(''), files }, patient))).toEqual(['rego_parse_error'])
  })

  it('and a query that is none is refused too', async () => {
    expect(refusalOf(await ask('package m', [{}], { queries: ['data.m.deny {'] }))).toEqual([
      'rego_parse_error',
    ])
  })
})

describe('an evaluation that breaks off', () => {
  it.each([
    ['eval_conflict_error', 'deny = 1 { input.odd }\ndeny = 2 { input.odd }'],
    ['eval_builtin_error', 'deny { input.odd; to_number("x") }'],
    ['eval_builtin_error', 'deny { input.odd; 1 / input.zero }'],
    ['eval_type_error', 'deny { input.odd; upper(input.zero) }'],
  ])('says %s for %j, and the other inputs have an answer', async (code, rule) => {
    const answer = await ask(`package m\n${rule}`, [{}, { odd: true, zero: 0 }, {}])
    expect(valuesOf(answer)).toEqual([undefined, `fault ${code}`, undefined])
    expect(resultsOf(answer)[1]?.faults?.[0]).toMatchObject({ file: 'a.rego' })
  })

  it.each(['to_number("x")', '1 / input.zero', 'upper(input.zero)'])(
    'the error of %s is undefined where errors are not strict, and is told beside the value',
    async (call) => {
      const texts = `package m\ndeny { ${call} }\nallow { not ${call} }`
      const queries = ['data.m.deny', 'data.m.allow', 'data.m.nothing']
      const answer = await ask(texts, [{ zero: 0 }], { strict: false, queries })
      const [values = []] = resultsOf(answer).map((one) => one.values)
      expect(values.map(({ defined }) => defined)).toEqual([false, true, false])
      expect(values.map(({ swallowed = [] }) => swallowed.length)).toEqual([1, 1, 0])
      expect(values[0]?.swallowed?.[0]?.code).toMatch(/^eval_(builtin|type)_error$/)
    },
  )
})

describe('versions of the language', () => {
  const v1 = 'package m\ndeny contains "x" if true'
  const v0 = 'package m\ndeny["x"] { true }'

  it('v0 reads v0, and v1 where a module imports it', async () => {
    expect(valuesOf(await ask(v0))).toEqual([['x']])
    expect(valuesOf(await ask(v1.replace('\n', '\nimport rego.v1\n')))).toEqual([['x']])
    expect(valuesOf(await ask(v1.replace('\n', '\nimport future.keywords\n')))).toEqual([['x']])
    expect(new Set(refusalOf(await ask(v1)))).toEqual(new Set(['rego_parse_error']))
  })

  it('v1 reads v1 alone', async () => {
    expect(valuesOf(await ask(v1, [{}], { version: 'v1' }))).toEqual([['x']])
    expect(new Set(refusalOf(await ask(v0, [{}], { version: 'v1' })))).toEqual(new Set(['rego_parse_error']))
  })

  it.each([
    ['with', 'a { input.x == 1 }\ndeny { a with input as {"x": 1} }', true],
    [
      'with, within a comprehension',
      'a { not input.x }\ndeny = [v | z := input.items[_]; v := [1 | a with input as z]]',
      [[], [1]],
    ],
    ['every', 'import future.keywords\ndeny { every x in [1, 2] { x > 0 } }', true],
    ['print', 'deny { print("nothing is printed", input) }', true],
    ['rego.metadata', '# METADATA\n# title: my rule\ndeny = rego.metadata.rule().title { true }', 'my rule'],
    ['else', 'deny = "a" { false } else = "b" { true }', 'b'],
    ['time zones', 'deny = time.clock([1700000000000000000, "Europe/Berlin"])', [23, 13, 20]],
  ])('%s works', async (_, rules, value) => {
    const input = { tag: 'v1', items: [{ x: 1 }, {}] }
    expect(valuesOf(await ask(`package m\n${rules}`, [input]))).toEqual([value])
  })
})

describe('capabilities', () => {
  const calls = {
    'http.send': 'http.send({"method": "get", "url": "http://127.0.0.1:1"})',
    'net.lookup_ip_addr': 'net.lookup_ip_addr("localhost")',
    'opa.runtime': 'opa.runtime()',
    'net.cidr_contains': 'net.cidr_contains("10.0.0.0/8", "10.0.0.1")',
    'net.cidr_intersects': 'net.cidr_intersects("10.0.0.0/8", "10.0.0.0/16")',
    'net.cidr_merge': 'net.cidr_merge(["10.0.0.0/8"])',
    'net.cidr_expand': 'net.cidr_expand("10.0.0.0/30")',
  }
  const outside = ['http.send', 'net.lookup_ip_addr', 'opa.runtime']

  it.each(Object.entries(calls))('%s', async (name, call) => {
    const text = `package m\ndeny { ${call} }`
    const isThere = !outside.includes(name)
    for (const capabilities of [undefined, { version: 'v1.13.1' }, { withoutBuiltins: [] }]) {
      const answer = await ask(text, [{}], { ...(capabilities && { capabilities }) })
      expect(answer.kind, name).toBe(isThere ? 'answered' : 'refused')
    }
    expect(refusalOf(await ask(text, [{}], { capabilities: cilock }))).toEqual(['rego_type_error'])
  })

  it('what reaches outside cannot be reached by `with` either', async () => {
    const mocked = 'package m\nf(x) = x\ndeny { count([1]) with count as http.send }'
    expect((await ask(mocked)).kind).toBe('refused')
  })

  it('cilock keeps what is not on its list, and has no templates', async () => {
    const kept = 'package m\ndeny = net.cidr_contains_matches("1.1.1.0/24", "1.1.1.1")'
    expect(valuesOf(await ask(kept, [{}], { capabilities: cilock }))).toEqual([[['1.1.1.0/24', '1.1.1.1']]])
    const template = 'package m\nimport rego.v1\ndeny contains $"tag {input.tag}"'
    expect(valuesOf(await ask(template, [{ tag: 'v1' }], { version: 'v1' }))).toEqual([['tag v1']])
    expect(refusalOf(await ask(template, [{}], { capabilities: cilock }))).toContain('rego_parse_error')
  })

  it('of a version that OPA does not know the policy is refused', async () => {
    expect(refusalOf(await ask('package m', [{}], { capabilities: { version: 'v99.0.0' } }))).toEqual([
      'rego_capabilities',
    ])
  })
})

describe('inputs are JSON as text', () => {
  const echo = 'package m\ndeny = input'
  const given = async (...inputs: readonly string[]): Promise<readonly unknown[]> =>
    valuesOf(await engine.ask({ ...rego(echo), inputs }, patient))

  it.each(['', '{', 'nan', '{} {}', "{'a': 1}", '{"a": 01}', '{"a": 1,}', '// x\n{}', 'a: yaml', '\ufeff{}'])(
    'what is none is a fault of that input alone: %j',
    async (text) => {
      expect(await given('{"a": 1}', text, '2')).toEqual([{ a: 1 }, 'fault input_invalid', 2])
    },
  )

  it('of a field that is there twice the last counts, as for Go', async () => {
    expect(await given('{"a": 1, "a": 2}')).toEqual([{ a: 2 }])
  })

  it('numbers stay as they are written', async () => {
    const exact = 'package m\ndeny = [sprintf("%v", [input.n]), input.n == 9007199254740993, input.n - 1]'
    const answer = await engine.ask({ ...rego(exact), inputs: ['{"n": 9007199254740993}'] }, patient)
    expect(valuesOf(answer)).toEqual([['9007199254740993', true, 9007199254740992]])
    const huge = '{"n": 123456789012345678901234567890}'
    const text = 'package m\ndeny = sprintf("%v", [input.n])'
    expect(valuesOf(await engine.ask({ ...rego(text), inputs: [huge] }, patient))).toEqual([
      '123456789012345678901234567890',
    ])
    expect(await given('1e1000000000')).toEqual(['fault input_invalid'])
  })

  it('what is no UTF-8 or half a pair is read as the replacement character', async () => {
    expect(await given('"\\ud800"', `"${Buffer.from([0xff, 0x41]).toString()}"`, '"\\ud83d\\ude00"')).toEqual(
      ['�', '�A', '😀'],
    )
  })

  it('a large one is read, a deep one is refused or ends at a limit', async () => {
    const large = JSON.stringify({
      components: Array.from({ length: 200_000 }, (_, at) => ({ name: `c-${at}` })),
    })
    const count = { ...rego('package m\ndeny = count(input.components)'), inputs: [large] }
    expect(valuesOf(await engine.ask(count, patient))).toEqual([200_000])
    expect(await given(`${'['.repeat(500)}${']'.repeat(500)}`)).toHaveLength(1)
    expect(await given(`${'['.repeat(20_000)}${']'.repeat(20_000)}`)).toEqual(['fault input_invalid'])
  })

  it('one that is asked about nothing has no values', async () => {
    expect(resultsOf(await ask('package m', [{}], { queries: [] }))).toEqual([{}])
    expect(resultsOf(await ask('package m', []))).toEqual([])
  })
})

describe('a question cannot be broken out of', () => {
  it.each(['1],"files":[', '"}]}', '{"language":"cue"} {}', '\\u0000', '\0'])(
    'an input that is %j is an input',
    async (text) => {
      const answer = await engine.ask(
        { ...rego('package m\ndeny = input'), inputs: [JSON.stringify(text), text] },
        patient,
      )
      expect(valuesOf(answer)).toEqual([text, 'fault input_invalid'])
    },
  )

  it('names and texts of files are names and texts', async () => {
    const name = '","text":"package m\\ndeny = 1"},{"name":"'
    const answer = await engine.ask({ ...rego(''), files: [{ name, text: 'package' }] }, patient)
    expect(answer).toMatchObject({ kind: 'refused', faults: [{ code: 'rego_parse_error', file: name }] })
  })
})
