import { describe, expect, it, test } from 'vitest'
import type { Scope } from '../../../src/policy/conditions/fill.js'
import { substitute } from '../../../src/policy/conditions/substitute.js'
import { hasVariables, readTemplate } from '../../../src/policy/conditions/template.js'
import { startMeter, usualLimits } from '../../../src/policy/jmespath/meter.js'
import { OpenPart } from '../../../src/policy/jmespath/stop.js'
import { now } from '../jmespath/ask.js'

const data = {
  name: 'app',
  count: 3,
  flag: true,
  nothing: null,
  labels: { app: 'web', 'a-b': 'dashed', html: '<b>' },
  list: ['x', 'y'],
  evil: "') || contains('a",
  expression: '{{ name }}',
  itself: 'x {{ itself }}',
  part: new OpenPart('attestation sbom'),
}

function scope(limits = usualLimits): Scope {
  return { data, now, meter: startMeter(limits) }
}

function answer(document: unknown): unknown {
  const result = substitute(document, scope())
  if (result.kind === 'value') return result.value
  return result.kind === 'open'
    ? { open: result.name, path: result.path }
    : { failed: result.code, path: result.path }
}

describe('variables', () => {
  test.each<[string, unknown]>([
    ['plain', 'plain'],
    ['', ''],
    ['{{ name }}', 'app'],
    ['{{name}}', 'app'],
    ['{{- name }}', 'app'],
    ['{{ count }}', 3],
    ['{{ flag }}', true],
    ['{{ nothing }}', null],
    ['{{ list }}', ['x', 'y']],
    [' {{ count }}', ' 3'],
    ['{{ name }}-{{ count }}', 'app-3'],
    ['{{name}}{{count}}{{name}}', 'app3app'],
    ['a {{ list }} b', 'a ["x","y"] b'],
    ['a {{ nothing }}', 'a null'],
    ['a {{ labels.html }} {{ labels }}', 'a <b> {"a-b":"dashed","app":"web","html":"\\u003cb\\u003e"}'],
    ['{{ {n: name} }}', { n: 'app' }],
    ['{{{n: name}}}', { n: 'app' }],
    ["{{ nosuch || 'd' }}", 'd'],
    ['\\{{ name }}', '{{ name }}'],
    ['a \\{{ name }} {{ name }}', 'a {{ name }} app'],
    ['\\{ {{ name }}', '\\{ app'],
    ['{{ name', '{{ name'],
    ['name }}', 'name }}'],
    ['{ {name} }', '{ {name} }'],
    ['{{ {a: {b: c}} }}', '{{ {a: {b: c}} }}'],
    ["{{ to_upper('{{ name }}') }}", 'APP'],
    ['{{ labels.{{ name }} }}', 'web'],
    ["{{ list[?@ == '{{ list[0] }}'] }}", ['x']],
    ['{{ list[{{ nosuch || `1` }}] }}', 'y'],
    ['{{ label_match(`{"app": "{{ labels.app }}"}`, labels) }}', true],
    ['{{ length(`{{ labels }}`) }}', 3],
    ["{{ length('{{ evil }}') }}", 17],
    ['{{ expression }}', '{{ name }}'],
    ['a {{ expression }}', 'a {{ name }}'],
    ['{{ itself }}', 'x {{ itself }}'],
    ['a {{ itself }}', 'a x {{ itself }}'],
    ['{{ nosuch }}', { failed: 'not-found', path: '' }],
    ['a {{ nosuch }}', { failed: 'not-found', path: '' }],
    ['{{ name. }}', { failed: 'syntax', path: '' }],
    ['{{ }}', { failed: 'syntax', path: '' }],
    ['{{ labels.{{ evil }} }}', { failed: 'invalid-value', path: '' }],
    ['{{@}}', { failed: 'unsupported-function', path: '' }],
    ['{{ part }}', { open: 'attestation sbom', path: '' }],
    ['a {{ part.x }}', { open: 'attestation sbom', path: '' }],
    ["{{ length('{{ part }}') }}", { open: 'attestation sbom', path: '' }],
    ['{{ name || part }}', 'app'],
  ])('%s', (text, wanted) => {
    expect(answer(text)).toEqual(wanted)
  })

  it('works out texts and names of a whole document', () => {
    expect(answer({ 'k-{{ name }}': ['{{ count }}', { x: '{{ flag }}' }], n: 1, z: null })).toEqual({
      'k-app': [3, { x: true }],
      n: 1,
      z: null,
    })
    expect(answer({ a: [{ b: '{{ nosuch }}' }] })).toEqual({ failed: 'not-found', path: '/a/0/b' })
    expect(answer({ '{{ count }}': 1 })).toEqual({ failed: 'type', path: '/{{ count }}' })
    expect(answer(['{{ part }}', '{{ nosuch }}'])).toEqual({ failed: 'not-found', path: '/1' })
    expect(answer(['{{ part }}', 'x'])).toEqual({ open: 'attestation sbom', path: '/0' })
  })

  test.each<[unknown, unknown]>([
    [
      { a: 'x', b: '$(../a)' },
      { a: 'x', b: 'x' },
    ],
    [
      { a: 'x', b: { c: 'p-$(/a)-s' } },
      { a: 'x', b: { c: 'p-x-s' } },
    ],
    [
      { a: 'x', b: '\\$(../a)' },
      { a: 'x', b: '$(../a)' },
    ],
    [
      { a: '{{ name }}', b: '$(../a)' },
      { a: 'app', b: 'app' },
    ],
    [
      { a: 5, b: '$(>=../a)' },
      { a: 5, b: '>=5.000000' },
    ],
    [
      { a: 5, b: '$(../a)' },
      { failed: 'not-found', path: '/b' },
    ],
    [{ b: '$(../nosuch)' }, { failed: 'not-found', path: '/b' }],
  ])('references of %j', (document, wanted) => {
    expect(answer(document)).toEqual(wanted)
  })

  it('is bounded', () => {
    const wrong = (text: string): unknown => readTemplate(text).kind
    expect(wrong(`{{ name }}${'x'.repeat(100_000)}`)).toBe('wrong')
    expect(wrong('{{ name }} '.repeat(1001))).toBe('wrong')
    expect(wrong("{{ f('".repeat(30) + "') }}".repeat(30))).toBe('wrong')
    expect(wrong('\ue0000\ue001 {{ name }}')).toBe('wrong')
    const started = performance.now()
    for (const text of ['{{'.repeat(50_000), '{{{a}'.repeat(20_000), `{{${'{a}'.repeat(30_000)}`])
      readTemplate(text)
    expect(performance.now() - started).toBeLessThan(3000)
    let deep: unknown = 'x'
    for (let level = 0; level < 5000; level++) deep = [deep]
    expect(answer(deep)).toMatchObject({ failed: 'limit-exceeded' })
    const meter = startMeter({ ...usualLimits, steps: 100 })
    const many = substitute(Array(1000).fill('{{ name }}'), { data, now, meter })
    expect(many).toMatchObject({ kind: 'failed', code: 'limit-exceeded' })
  })

  it('tells which texts have variables', () => {
    expect(['a', '\\{{ a }}', '{{ a }}', '{{ a. }}'].map(hasVariables)).toEqual([false, false, true, true])
  })
})
