import { afterAll, describe, expect, it } from 'vitest'
import { describeFault, type Fault } from '../../src/engine/question.js'
import { bundledEngine, cue, patient, refusalOf, resultsOf } from '../harness/policy-engine.js'

const engine = bundledEngine()
afterAll(() => engine.close())

/** The faults of each input. */
async function faultsOf(...question: Parameters<typeof cue>): Promise<readonly (readonly Fault[])[]> {
  return resultsOf(await engine.ask(cue(...question), patient)).map(({ faults = [] }) => faults)
}

/** Whether each input satisfies the policy. */
async function holds(...question: Parameters<typeof cue>): Promise<readonly boolean[]> {
  return (await faultsOf(...question)).map((faults) => faults.length === 0)
}

describe('a policy is unified with each input', () => {
  it.each([
    ['a: int', [{ a: 1 }, { a: 'x' }, { a: 1.5 }, { a: 1, b: 2 }], [true, false, false, true]],
    ['a: >1\na: <5', [{ a: 3 }, { a: 1 }, { a: 9 }], [true, false, false]],
    ['a: "x" | "y"', [{ a: 'x' }, { a: 'z' }], [true, false]],
    ['a: =~"^v[0-9]+$"', [{ a: 'v1' }, { a: 'v1.0' }], [true, false]],
    ['a: {b: c: true}', [{ a: { b: { c: true } } }, { a: { b: { c: false } } }], [true, false]],
    ['a: [...int]', [{ a: [1, 2] }, { a: [] }, { a: [1, 'x'] }], [true, true, false]],
    ['import "list"\na: list.MaxItems(1)', [{ a: [1] }, { a: [1, 2] }], [true, false]],
    ['import "strings"\na: strings.HasPrefix("x")', [{ a: 'xy' }, { a: 'y' }], [true, false]],
    ['import "time"\na: time.Time', [{ a: '2026-11-21T00:00:00Z' }, { a: 'now' }], [true, false]],
    ['import "net"\na: net.IPv4', [{ a: '10.0.0.1' }, { a: 'localhost' }], [true, false]],
    ['', [{}, { a: 1 }, 1], [true, true, false]],
  ])('%j', async (policy, inputs, wanted) => {
    expect(await holds(policy, inputs)).toEqual(wanted)
  })

  it('closed structs take no more fields, open ones do', async () => {
    const inputs = [{ a: 1 }, { a: 1, b: 2 }]
    expect(await holds('close({a: int})', inputs)).toEqual([true, false])
    expect(await holds('#Scan: {a: int}\n#Scan', inputs)).toEqual([true, false])
    expect(await holds('#Scan: {a: int, ...}\n#Scan', inputs)).toEqual([true, true])
    expect(await holds('{a: int}', inputs)).toEqual([true, true])
    // A definition that nothing refers to asks nothing, in CUE as everywhere.
    expect(await holds('#Scan: {a: "no"}', inputs)).toEqual([true, true])
  })

  it('what is missing satisfies nothing, unless it is optional or has a default', async () => {
    expect(await holds('a: int', [{}])).toEqual([false])
    expect(await holds('a: {passed: true, critical: <1}', [{ a: { passed: true } }])).toEqual([false])
    expect(await holds('a!: int', [{}])).toEqual([false])
    expect(await holds('a?: int', [{}, { a: 'x' }])).toEqual([true, false])
    expect(await holds('a: int | *1', [{}])).toEqual([true])
    expect(await holds('a: [_, ...]', [{}, { a: [1] }])).toEqual([false, true])
  })

  it('what the policy says as a value is there although the input does not have it, unless it is required', async () => {
    expect(await holds('a: passed: true', [{}, { a: { passed: false } }])).toEqual([true, false])
    expect(await holds('a!: passed!: true', [{}, { a: {} }, { a: { passed: true } }])).toEqual([
      false,
      false,
      true,
    ])
  })

  it('where the policy may leave something open, only what is required must be there, as in cosign', async () => {
    expect(await holds('a: int', [{}, { a: 'x' }], false)).toEqual([true, false])
    expect(await holds('a: {critical: <1}', [{}, { a: {} }, { a: { critical: 2 } }], false)).toEqual([
      true,
      true,
      false,
    ])
    expect(await holds('a!: int', [{}], false)).toEqual([false])
  })

  it('several files are one policy; each may name the package', async () => {
    const inputs = [{ a: 1, b: 1 }, { a: 1 }, { b: 1 }]
    expect(await holds(['a: int', 'b: <2'], inputs)).toEqual([true, false, false])
    expect(await holds(['package p\na: int', 'b: <2'], inputs)).toEqual([true, false, false])
    // Only files of one package know each other's definitions.
    const three = ['a: int', 'b: #B', '#B: <2'].map((text) => `package p\n${text}`)
    expect(await holds(three, inputs)).toEqual([true, false, false])
    expect((await engine.ask(cue(['b: #B', '#B: <2']), patient)).kind).toBe('refused')
  })

  it('each input is asked about by itself', async () => {
    expect(await holds('a: int\nb: a', [{ a: 1 }, { a: 2 }, { a: 1, b: 2 }])).toEqual([true, true, false])
  })
})

describe('faults', () => {
  it.each([
    ['a: int', { a: 'x' }, ['a'], 1, 4],
    ['a: {\n  b: <1\n}', { a: { b: 2 } }, ['a', 'b'], 2, 6],
    ['a: {\n  b: int\n}', { a: {} }, ['a', 'b'], 2, 6],
    ['a!: int', {}, ['a'], 1, 1],
    ['a: [...{n: int}]', { a: [{ n: 1 }, { n: 'x' }] }, ['a', '1', 'n'], 1, 12],
  ])('of %j have path and place in the policy', async (policy, input, path, row, column) => {
    const [[fault] = []] = await faultsOf(policy, [input])
    expect(fault).toMatchObject({ code: 'cue_unmet', path, file: 'a.cue', row, column })
    expect(describeFault(fault!)).toMatch(
      new RegExp(`^a\\.cue:${row}:${column}: cue_unmet: ${path.join('\\.')}: `),
    )
  })

  it('name each side of a choice', async () => {
    const [faults = []] = await faultsOf('a: "x" | "y"', [{ a: 'z' }])
    expect(faults.map(({ message }) => message)).toEqual([
      'a: 2 errors in empty disjunction:',
      'a: conflicting values "x" and "z"',
      'a: conflicting values "y" and "z"',
    ])
  })

  it('name the file of several that says no', async () => {
    const [[fault] = []] = await faultsOf(['a: >1', 'a: <5'], [{ a: 9 }])
    expect(fault).toMatchObject({ file: 'b.cue', row: 1, path: ['a'] })
  })
})

describe('a policy that does not load', () => {
  it.each([
    ['cue_parse_error', ['a: {']],
    ['cue_parse_error', ['package a\na: int', 'package b\nb: int']],
    ['cue_compile_error', ['a: nowhere']],
    ['cue_compile_error', ['a: 1\na: 2']],
    ['cue_compile_error', ['b: {a: 1}', 'b: a: 2']],
    ['cue_compile_error', ['a: {b: a}']],
    ['cue_compile_error', ['import "github.com/x/y"\na: y.B']],
    ['cue_compile_error', ['import "./local"\na: local.B']],
    ['cue_compile_error', ['import "/etc"\na: etc.B']],
    ['cue_compile_error', ['@extern(embed)\npackage p\na: _ @embed(file=passwd)']],
  ])('is refused with %s: %j', async (code, texts) => {
    for (const inputs of [[], [{}]]) {
      const codes = refusalOf(await engine.ask(cue(texts, inputs), patient))
      expect(new Set(codes)).toEqual(new Set([code]))
    }
  })

  it('is refused with its place', async () => {
    const answer = await engine.ask(cue(['a: int', 'b: {\n  c: nowhere\n}']), patient)
    expect(answer).toMatchObject({
      kind: 'refused',
      faults: [{ file: 'b.cue', row: 2, column: 6, path: ['b', 'c'] }],
    })
  })

  it('schemas of what the command `cue` could run are schemas: nothing runs', async () => {
    const policy = 'import "tool/exec"\na: exec.Run & {cmd: "touch /tmp/run", success: true}'
    expect(await holds(policy, [{}, { a: { cmd: 'ls' } }])).toEqual([true, false])
  })

  it('a file that a build tag would leave out is not left out', async () => {
    expect(await holds('@if(prod)\npackage p\na: int', [{ a: 1 }, { a: 'x' }])).toEqual([true, false])
  })
})

describe('inputs are JSON as text', () => {
  const given = async (policy: string, ...inputs: readonly string[]): Promise<readonly string[]> =>
    resultsOf(await engine.ask({ ...cue(policy), inputs }, patient)).map(({ faults = [] }) =>
      faults.map(({ code }) => code).join(' '),
    )

  it.each(['', '{', '{} {}', 'a: 1', '{"a": 1,}', '// x\n{}', '{"a": 0x1}', "{'a': 1}"])(
    'what is none is a fault of that input alone, although CUE could read it: %j',
    async (text) => {
      expect(await given('{...}', '{"a": 1}', text, '{}')).toEqual(['', 'input_invalid', ''])
    },
  )

  it('is data, whatever it looks like', async () => {
    const odd = JSON.stringify({
      a: '\\(b)',
      _hidden: 1,
      '#Def': 2,
      'a?': 3,
      import: 'net',
      let: 1,
      __proto__x: 1,
    })
    expect(await given('a: "\\\\(b)"\n"#Def": 2\n"a?": 3\n"_hidden": 1', odd)).toEqual([''])
    expect(await given('_hidden: 2\n#Def: 3', odd)).toEqual([''])
    expect(await given('a: 2', '{"a": 1, "a": 2}')).toEqual([''])
    expect(await given('a: "�"', '{"a": "\\ud800"}')).toEqual([''])
    expect(await given('a: 9007199254740993', '{"a": 9007199254740993}', '{"a": 9007199254740992}')).toEqual([
      '',
      'cue_unmet',
    ])
  })
})
