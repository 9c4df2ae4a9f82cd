import { describe, expect, it } from 'vitest'
import { newBudget } from '../../../src/policy/cel/budget.js'
import { compile, type Expression, isProblem } from '../../../src/policy/cel/expression.js'
import { makeLanguage } from '../../../src/policy/cel/language.js'
import type { ExpressionProblem, Outcome } from '../../../src/policy/cel/outcome.js'
import { celValue, type CelValue, lazyObject } from '../../../src/policy/cel/value.js'
import { OpenQuestion } from '../../../src/requirement/requirement.js'

const language = makeLanguage(
  [
    { name: 'x', type: 'dyn' },
    { name: 'images', type: 'map<string, list<string>>' },
  ],
  [
    {
      signature: 'ask(string): bool',
      run: (what: string) => {
        if (what === 'open')
          throw new OpenQuestion({ code: 'unreachable', service: 'registry', message: 'down' })
        return what === 'yes'
      },
    },
  ],
)
function compiled(text: string, wanted?: readonly string[]): Expression {
  const expression = compile(text, language, wanted)
  if (isProblem(expression)) throw new Error(`${text}: ${expression.message}`)
  return expression
}
function problemOf(text: string, wanted?: readonly string[]): ExpressionProblem {
  const expression = compile(text, language, wanted)
  if (!isProblem(expression)) throw new Error(`${text} compiles`)
  return expression
}
const evaluate = (text: string, x: unknown = {}): Outcome<CelValue> =>
  compiled(text).evaluate(
    new Map<string, CelValue>([
      ['x', celValue(x)],
      ['images', celValue({ containers: ['a', 'b'] })],
    ]),
  )
const valueOf = (text: string, x?: unknown): unknown => {
  const outcome = evaluate(text, x)
  return outcome.kind === 'value' ? outcome.value : outcome
}

describe('an expression', () => {
  it.each<[string, unknown, unknown]>([
    ['x.a == 1', { a: 1 }, true],
    ['x.a == 1.0', { a: 1 }, true],
    ['x.a < 2', { a: 1.5 }, true],
    ["x.a in ['b', 'c']", { a: 'c' }, true],
    ["'a' in x", { a: null }, true],
    ['has(x.a) && has(x.a.b)', { a: {} }, false],
    ['x.a == null', { a: null }, true],
    ["x.?a.?b.orValue('d')", {}, 'd'],
    ["x[?'a'].hasValue()", {}, false],
    ['x.a.map(i, i.b)', { a: [{ b: 'c' }, { b: true }] }, ['c', true]],
    ['x.a.filter(i, i > 1).size()', { a: [1, 2, 3] }, 2n],
    ['x.all(name, name.size() == 1)', { a: 1, b: 2 }, true],
    ['x.a.exists_one(i, i == 1)', { a: [1, 2] }, true],
    ['cel.bind(y, x.a, y + y)', { a: 'b' }, 'bb'],
    ['x.a ? 1 : 2', { a: false }, 2n],
    ["images.containers.map(i, i + '!')", {}, ['a!', 'b!']],
    ["timestamp('2023-01-01T00:00:00Z') < timestamp('2024-01-01T00:00:00Z')", {}, true],
    ["duration('90m') > duration('1h')", {}, true],
    ['string(1) + string(true)', {}, '1true'],
    ['[[1], [2, 3]].flatten()', {}, [1n, 2n, 3n]],
    ['[3, 1, 2].sort()', {}, [1n, 2n, 3n]],
    ['[1, 2].sum() == 3 && [1.5, 2.5].max() == 2.5 && [2, 1].min() == 1', {}, true],
    ["['a', 'b', 'a'].distinct()", {}, ['a', 'b']],
    ["['a', 'b'].indexOf('b') == 1 && ['a', 'b', 'a'].lastIndexOf('a') == 2", {}, true],
    ['[1, 2, 3].slice(1, 3)', {}, [2n, 3n]],
    ['[1, 2].isSorted() && ![2, 1].isSorted()', {}, true],
    [
      "sets.contains(['a', 'b'], ['a']) && sets.equivalent([1, 2], [2, 1, 1]) && !sets.intersects([1], [2])",
      {},
      true,
    ],
  ])('%s', (text, x, wanted) => {
    expect(valueOf(text, x)).toEqual(wanted)
  })

  it.each<[string, unknown]>([
    ["'abc'.matches('b')", true],
    ["'abc'.matches('^b')", false],
    ["matches('abc', '^a.c$')", true],
    // RE2's, not JavaScript's: \\z, (?i) and POSIX classes are there.
    ["'ABC'.matches('(?i)^abc\\\\z')", true],
    ["'a1'.matches('^[[:alpha:]][[:digit:]]$')", true],
    ["'x-1-2'.find('[0-9]')", '1'],
    ["'x-1-2'.findAll('[0-9]')", ['1', '2']],
    ["'x-1-2'.findAll('[0-9]', 1)", ['1']],
    ["'ÀBc'.lowerAscii()", 'Àbc'],
    ["'àbc'.upperAscii()", 'àBC'],
    ["'😀bc'.substring(1)", 'bc'],
    ["'😀bc'.substring(1, 2)", 'b'],
    ["'😀bc'.charAt(0)", '😀'],
    ["'😀bc'.indexOf('c')", 2n],
    ["'abab'.indexOf('a', 1) == 2 && 'abab'.lastIndexOf('b') == 3 && 'a'.indexOf('z') == -1", true],
    ["'a.b.c'.replace('.', '-')", 'a-b-c'],
    ["'a.b.c'.replace('.', '-', 1)", 'a-b.c'],
    ["'a,b,c'.split(',')", ['a', 'b', 'c']],
    ["'a,b,c'.split(',', 2)", ['a', 'b,c']],
    ["['a', 'b'].join('-') + ['c'].join()", 'a-bc'],
    ["'%s is %d of %.1f, %x%%'.format([['a', true], 3, 2.25, 255])", '[a, true] is 3 of 2.3, ff%'],
    ["' a '.trim() + 'ab'.reverse()", 'aba'],
    ["'abc'.startsWith('a') && 'abc'.endsWith('c') && 'abc'.contains('b')", true],
  ])('on texts: %s', (text, wanted) => {
    expect(valueOf(text)).toEqual(wanted)
  })

  it.each<[string, unknown]>([
    [
      "image('nginx').registry() + '/' + image('nginx').repository() + ':' + image('nginx').tag()",
      'index.docker.io/library/nginx:latest',
    ],
    ["parseImageReference('r.io/app:v1').identifier()", 'v1'],
    [`image('r.io/app:v1@sha256:${'ab'.repeat(32)}').tag()`, ''],
    [`image('r.io/app@sha256:${'ab'.repeat(32)}').containsDigest()`, true],
    [`image('r.io/app@sha256:${'ab'.repeat(32)}').digest()`, `sha256:${'ab'.repeat(32)}`],
    ["isImage('A B')", false],
    ["image('r.io/app').containsDigest()", false],
  ])('on images: %s', (text, wanted) => {
    expect(valueOf(text)).toEqual(wanted)
  })

  it.each<[string, unknown, string]>([
    ['x.a', {}, 'no such key: a'],
    ['x.a.b', { a: null }, 'no such key: b'],
    ["x.a.matches('b')", { a: 1 }, "found no matching overload for 'int.matches(string)'"],
    ["'a'.matches('(')", {}, 'error parsing regexp'],
    ["'a'.matches('(?=b)')", {}, 'error parsing regexp'],
    ['1 / 0', {}, 'division by zero'],
    ['[1][2]', {}, 'no such key: index out of bounds'],
    ["image('A B').tag()", {}, 'could not parse reference: A B'],
    ["'a'.substring(2)", {}, 'index out of range: 2'],
    ["['a', 1].join()", {}, 'join: expected a list of texts'],
    ['[1, dyn("a")].sort()', {}, 'cannot be put in order'],
    ["'%d'.format(['a'])", {}, 'decimal clause'],
    ["'%s %s'.format(['a'])", {}, 'out of range'],
    ["'%q'.format(['a'])", {}, 'unrecognized formatting clause'],
    ['x && true', 'text', 'Logical operator requires bool operands'],
    ['int("x")', {}, 'cannot convert to int'],
  ])('%s is an error', (text, x, message) => {
    expect(evaluate(text, x)).toEqual({ kind: 'error', message: expect.stringContaining(message) as string })
  })

  it.each<[string, string, number, number]>([
    ['x.', 'Expected IDENTIFIER', 1, 3],
    ['true &&\n  nosuch', 'Unknown variable: nosuch', 2, 3],
    ['true &&\n  images.containers.nosuch()', 'found no matching overload', 2, 3],
    ["1 + 'a'", 'no such overload', 1, 1],
    ["'a'.nosuch()", 'found no matching overload', 1, 1],
    ['(', 'Unexpected token', 1, 2],
    ['', 'Unexpected token', 1, 1],
    ["'", 'Unterminated string', 1, 1],
  ])('%j does not compile', (text, message, line, column) => {
    const problem = problemOf(text)
    expect(problem).toMatchObject({ code: 'policy-invalid', line, column })
    expect(problem.message).toContain(message)
  })

  it('must have the wanted type, as far as that is known', () => {
    expect(problemOf('1', ['bool']).message).toBe('must evaluate to bool, got int')
    expect(compiled('x', ['bool']).type).toBe('dyn')
    expect(compiled("'a' == x", ['bool']).type).toBe('bool')
  })

  it.each([
    ["quantity('1Mi').isGreaterThan(quantity('1Ki'))", 'quantity() of Kubernetes'],
    ["isURL('x')", 'isURL() of Kubernetes'],
    ["ip('::1').family() == 6", 'ip() of Kubernetes'],
    ["semver('1.0.0').major() == 1", 'semver() of Kubernetes'],
    ["resource.Get('v1', 'configmaps', 'default', 'x').data.a == 'b'", 'resource.Get() of Kyverno'],
    ["http.Get('https://x').ok", 'http.Get() of Kyverno'],
    ["globalContext.Get('x', '')", 'globalContext.Get() of Kyverno'],
    ["authorizer.group('apps').resource('x').check('create').allowed()", 'authorizer.group() of Kubernetes'],
    ['x.all(k, v, v > 0)', 'all() with two variables'],
    ['x.transformList(k, v, v)', 'transformList() with two variables'],
    ['time.now() > x', 'time.now() of Kyverno'],
  ])('%s is said to be unsupported', (text, message) => {
    expect(problemOf(text)).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining(message) as string,
    })
  })
})

describe('an open question', () => {
  const open = { kind: 'open', problem: { code: 'unreachable', service: 'registry', message: 'down' } }
  const no = "ask('no')"
  const yes = "ask('yes')"
  const asked = "ask('open')"
  const broken = 'x.nosuch'
  it.each<[string, unknown]>([
    [asked, open],
    [`${asked} || ${yes}`, true],
    [`${yes} || ${asked}`, true],
    [`${asked} || ${no}`, open],
    [`${no} || ${asked}`, open],
    [`${asked} && ${no}`, false],
    [`${no} && ${asked}`, false],
    [`${asked} && ${yes}`, open],
    [`${yes} && ${asked}`, open],
    [`!${asked}`, open],
    [`${asked} ? ${yes} : ${yes}`, open],
    // An error beside it decides nothing.
    [`${asked} || ${broken}`, open],
    [`${broken} || ${asked}`, open],
    [`${asked} && ${broken}`, open],
    [`${broken} && ${asked}`, open],
    ["['open', 'yes'].exists(i, ask(i))", true],
    ["['open', 'no'].exists(i, ask(i))", open],
    ["['open', 'no'].all(i, ask(i))", false],
    ["['open', 'yes'].all(i, ask(i))", open],
    // Only logic absorbs it.
    ["['open', 'yes'].map(i, ask(i)).exists(b, b)", open],
    ["['open', 'yes'].filter(i, ask(i)).size() > 0", open],
    ["['open', 'yes', 'yes'].exists_one(i, ask(i))", open],
    [`${asked} == ${asked}`, open],
    [`has(x.a) ? ${asked} : true`, true],
    ['x.?lazy.orValue(true)', open],
    ['has(x.lazy)', open],
    [`x.lazy || ${yes}`, true],
    [`${yes} ? 'a' : x.lazy`, 'a'],
  ])('%s', (text, wanted) => {
    const x = lazyObject(['lazy'], () => {
      throw new OpenQuestion({ code: 'unreachable', service: 'registry', message: 'down' })
    })
    const outcome = compiled(text).evaluate(new Map<string, CelValue>([['x', x]]))
    expect(outcome.kind === 'value' ? outcome.value : outcome).toEqual(wanted)
  })

  it('is Kleene whatever the shape: no answer to it changes what was decided', () => {
    let seed = 11
    const next = (below: number): number => (seed = (seed * 48271) % 0x7fffffff) % below
    const build = (depth: number): string => {
      if (depth === 0 || next(4) === 0) return ['a', 'b', 'c', 'd'].map((name) => `x.${name}`)[next(4)]!
      const [left, right] = [build(depth - 1), build(depth - 1)]
      return [
        `(${left} && ${right})`,
        `(${left} || ${right})`,
        `!${left}`,
        `[${left}, ${right}].all(i, i)`.replace('i)', 'i)'),
        `(${left} ? ${right} : ${left})`,
      ][next(5)]!
    }
    const answer = (
      text: string,
      values: Readonly<Record<string, boolean | undefined>>,
    ): Outcome<CelValue> => {
      const x = lazyObject(Object.keys(values), (name) => {
        const value = values[name]
        if (value === undefined) throw new OpenQuestion({ code: 'timeout', message: name })
        return value
      })
      return compiled(text).evaluate(new Map<string, CelValue>([['x', x]]))
    }
    let decided = 0
    for (let round = 0; round < 300; round++) {
      const text = build(3)
      const some = Object.fromEntries(
        ['a', 'b', 'c', 'd'].map((name) => [name, [true, false, undefined][next(3)]]),
      )
      const before = answer(text, some)
      expect(before.kind).not.toBe('error')
      if (before.kind !== 'value') continue
      decided++
      for (let bits = 0; bits < 16; bits++) {
        const all = Object.fromEntries(
          Object.entries(some).map(([name, value], index) => [name, value ?? (bits & (1 << index)) > 0]),
        )
        expect([text, some, answer(text, all)]).toEqual([text, some, before])
      }
    }
    expect(decided).toBeGreaterThan(50)
  })
})

describe('a hostile expression', () => {
  const limit = (outcome: Outcome<CelValue>): boolean =>
    outcome.kind === 'open' && outcome.problem.code === 'limit-exceeded'
  const digits = '[0,1,2,3,4,5,6,7,8,9]'
  const nested = (depth: number): string =>
    depth === 0 ? 'true' : `${digits}.all(i${depth}, ${nested(depth - 1)})`
  const doubled = (depth: number, from: string): string =>
    depth === 0 ? from : `cel.bind(b${depth}, ${from}, ${doubled(depth - 1, `b${depth} + b${depth}`)})`
  it.each<[string, string]>([
    ['loops in loops', nested(9)],
    ['a text that doubles', `${doubled(40, "'abcdefgh'")}.size() > 0`],
    ['a list that doubles', `${doubled(40, '[1, 2]')}.size() > 0`],
    [
      'a text that is replaced by a longer one',
      `cel.bind(t, ${doubled(16, "'aaaaaaaa'")}, t.replace('a', t).size() > 0)`,
    ],
    ['a text joined', `cel.bind(t, ${doubled(16, "'aaaaaaaa'")}, [t, t, t, t].join(t).size() > 0)`],
    [
      'lists compared again and again',
      `cel.bind(l, ${doubled(14, '[1, 2]')}, ${digits}.all(a, ${digits}.all(b, ${digits}.all(c, ${digits}.all(d, [l] == x)))))`,
    ],
    [
      'patterns tried again and again',
      `cel.bind(t, ${doubled(16, "'aaaaaaaa'")}, ${digits}.all(a, ${digits}.all(b, ${digits}.all(c, t.matches('^(a*)*$')))))`,
    ],
    ['a pattern too long', `'a'.matches('${'a'.repeat(3000)}')`],
  ])('%s: comes to an end', (_, text) => {
    const began = process.hrtime.bigint()
    expect(
      limit(evaluate(text, celValue([Array.from({ length: 32768 }, (_unused, i) => (i % 2) + 1)]))),
    ).toBe(true)
    expect(Number(process.hrtime.bigint() - began) / 1e6).toBeLessThan(8000)
  })

  it.each([
    ['too long', `'${'a'.repeat(20_000)}' == 'a'`],
    ['too deep', '('.repeat(300) + '1' + ')'.repeat(300)],
    ['far too deep', '!'.repeat(10_000) + 'true'],
    ['too many parts', Array(4000).fill('1').join('+')],
    ['a long list', `[${Array(1200).fill('1').join()}].size() > 0`],
  ])('%s: does not compile', (_, text) => {
    expect(problemOf(text).code).toBe('policy-invalid')
  })

  it.each([
    ["x.constructor == 'a'", { constructor: 'a' }, true],
    ['has(x.constructor) || has(x.__proto__) || has(x.toString)', {}, false],
    ["x.__proto__.a == 'b'", JSON.parse('{"__proto__": {"a": "b"}}'), true],
    ["'hasOwnProperty' in x", {}, false],
  ])('names of the prototype are names: %s', (text, x, wanted) => {
    expect(valueOf(text, x)).toBe(wanted)
  })

  it.each([
    'x.constructor',
    'x.__proto__',
    '"a".constructor',
    '[].constructor',
    'x.a.constructor.constructor("return 1")()',
  ])('%s reaches nothing of the program', (text) => {
    const expression = compile(text, language)
    if (isProblem(expression)) return
    expect(expression.evaluate(new Map<string, CelValue>([['x', celValue({ a: 'b' })]])).kind).toBe('error')
  })

  it('is bounded together with others', () => {
    const budget = newBudget(1000)
    const one = compiled(`${digits}.all(i, i >= 0)`)
    const variables = new Map<string, CelValue>([['x', null]])
    const outcomes = Array.from({ length: 40 }, () => one.evaluate(variables, budget).kind)
    expect(outcomes[0]).toBe('value')
    expect(outcomes.at(-1)).toBe('open')
  })

  it('is allowed to look through a large document', () => {
    const components = Array.from({ length: 20_000 }, (_, i) => ({
      name: `c${i}`,
      licenses: [{ license: { id: 'MIT' } }],
    }))
    expect(valueOf("x.components.all(c, c.licenses[0].license.id in ['MIT', 'WTFPL'])", { components })).toBe(
      true,
    )
  })

  it('values nested too deep are none', () => {
    let deep: unknown = 1
    for (let i = 0; i < 300; i++) deep = [deep]
    expect(() => celValue(deep)).toThrow('nested deeper')
  })
})
