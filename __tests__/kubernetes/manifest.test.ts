import { describe, expect, it } from 'vitest'
import { parseManifest, positionOf } from '../../src/kubernetes/manifest.js'
import { imagesIn, pod, read, resourceIn } from './manifests.js'

const digestless = '{name: c, image: "registry.example/app:v1"}'

describe('a manifest', () => {
  it('is told resource by resource, each with its place and names', () => {
    const { resources, problems } = read(
      '# one\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  generateName: job-\n  labels: {tier: web, odd: 1}\n' +
        '---\n---\n# nothing\n---\n  apiVersion: apps/v1\n  kind: Deployment\n  metadata: {name: web, namespace: shop}\n',
    )
    expect(problems).toEqual([])
    expect(resources).toMatchObject([
      { file: 'app.yaml', line: 3, column: 1, kind: 'Pod', generateName: 'job-', labels: { tier: 'web' } },
      { line: 12, column: 3, apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' },
    ])
    expect(Object.hasOwn(resources[0]!, 'name')).toBe(false)
  })

  it.each(['', '\n\n', '# only this\n', '---\n', '---\n---\n# c\n...\n', '\uFEFF', 'null', '~\n'])(
    'may be empty: %j',
    (text) => {
      expect(read(text)).toMatchObject({ resources: [], problems: [] })
    },
  )

  it.each([
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['comments', (text: string) => text.replaceAll('\n', ' # c\n')],
    ['a directive', (text: string) => `%YAML 1.1\n---\n${text}`],
    ['an end mark', (text: string) => `${text}...\n`],
  ])('reads the same with %s', (_, change) => {
    const text = change(pod(digestless))
    expect(imagesIn(read(text)).map((image) => image.text)).toEqual(['registry.example/app:v1'])
    expect(resourceIn(text).value).toEqual(resourceIn(pod(digestless)).value)
  })

  it('reads scalars as Kubernetes does', () => {
    const text = `${pod('')}data: {a: on, "n": 010, 1: 1_0, yes: "yes", t: 2001-12-14, e: , s: !!str 12}\n`
    expect(resourceIn(text).value['data']).toEqual({
      a: true,
      n: 8,
      1: 10,
      true: 'yes',
      t: '2001-12-14',
      e: null,
      s: '12',
    })
  })

  it('keeps names like __proto__ harmless', () => {
    for (const text of [
      `${pod('')}__proto__: {polluted: yes}\nconstructor: {prototype: {polluted: yes}}\n`,
      '{"apiVersion":"v1","kind":"Pod","__proto__":{"polluted":true}}',
    ]) {
      const { value } = resourceIn(text)
      expect(Object.keys(value)).toContain('__proto__')
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    }
    expect(read('__proto__: {kind: Pod, apiVersion: v1}').problems).toMatchObject([{ kind: 'no-resource' }])
  })

  it('finds the place of any part again, of an alias at its anchor', () => {
    const resource = resourceIn(`${pod('&c {name: c, image: a:v1}, *c')}x:\n  - z: [1, two]\n`)
    expect(positionOf(resource, ['x', 0, 'z', 1])).toEqual({ line: 6, column: 12 })
    expect(positionOf(resource, ['spec', 'containers', 1, 'image'])).toEqual(
      positionOf(resource, ['spec', 'containers', 0, 'image']),
    )
    expect(positionOf(resource, [])).toEqual({ line: 1, column: 1 })
    for (const path of [['nosuch'], ['x', 3], ['x', 0, 'z', 1, 'z'], ['__proto__'], ['x', 'length']])
      expect(positionOf(resource, path)).toBeUndefined()
  })
})

describe('anchors and merge keys', () => {
  it('are followed', () => {
    const resource = resourceIn(
      pod('&c {name: c, image: a:v1}, {<<: *c, name: d}, {<<: [{name: e}, *c]}, {"<<": x, name: f}'),
    )
    expect(resource.value).toMatchObject({
      spec: {
        containers: [
          { name: 'c', image: 'a:v1' },
          { name: 'd', image: 'a:v1' },
          { name: 'e', image: 'a:v1' },
          { name: 'f', '<<': 'x' },
        ],
      },
    })
  })

  it('mean the latest anchor of a name', () => {
    const resource = resourceIn(`${pod('')}a: [&x 1, *x, &x 2, *x]\n`)
    expect(resource.value['a']).toEqual([1, 1, 2, 2])
  })

  it.each([
    [
      'a merge key after the key that it merges',
      '{image: good:v1, <<: {image: evil:v1}}',
      'disagree which counts',
    ],
    ['two merge keys', '{<<: {a: 1}, <<: {b: 2}}', 'one merge key'],
    ['a merged text', '{<<: text}', 'to name mappings'],
    ['a merged list of texts', '{<<: [text]}', 'to name mappings'],
    ['an unknown anchor', '*nosuch', '*nosuch has no anchor before it'],
    ['an anchor of later', '*x, &x a', '*x has no anchor before it'],
    ['a circle', '&x {a: [*x]}', '*x contains itself'],
  ])('of %s are a problem with its place', (_, item, message) => {
    const { resources, problems } = read(pod(item))
    expect(resources).toEqual([])
    expect(problems).toMatchObject([{ kind: 'unreadable', file: 'app.yaml', line: 4 }])
    expect(problems[0]!.message).toContain(message)
  })

  it('may merge after keys that the merged mapping does not have', () => {
    expect(resourceIn(pod('{name: c, <<: {image: a:v1}}')).value).toMatchObject({
      spec: { containers: [{ name: 'c', image: 'a:v1' }] },
    })
  })
})

describe('what is no resource', () => {
  it.each([
    ['no kind', 'apiVersion: v1\nmetadata: {name: x}\n', 'got no kind'],
    ['no apiVersion', 'kind: Pod\n', 'got no apiVersion'],
    ['neither', 'metadata: {name: x}\n', 'got no kind and no apiVersion'],
    ['a kind that YAML 1.1 reads as a boolean', 'apiVersion: v1\nkind: n\n', 'got no kind'],
    ['an empty kind', 'apiVersion: v1\nkind: ""\n', 'got no kind'],
    ['a list', '- a\n- b\n', 'got a list'],
    ['a text', 'just words\n', 'got a text'],
    ['a number', '12\n', 'got the number 12'],
    ['a list in JSON', '[{"apiVersion":"v1","kind":"Pod"}]', 'got a list'],
  ])('is a problem with its value: %s', (_, text, got) => {
    const { resources, problems } = read(`---\n---\n${text}`)
    expect(resources).toEqual([])
    expect(problems).toMatchObject([{ kind: 'no-resource', line: 3 }])
    expect(problems[0]!.message).toBe(`expected a Kubernetes resource with kind and apiVersion, ${got}`)
  })

  it('is handed on as a value: a policy may look at it', () => {
    expect(read('{"image": "app:v1"}', 'x.json').problems).toMatchObject([
      { kind: 'no-resource', value: { image: 'app:v1' } },
    ])
  })
})

describe('what cannot be read', () => {
  it.each([
    ['a key twice', 'a: 1\nb: 2\na: 3\n', 3, 'expected each key once, got "a" again'],
    ['a key twice, written in two ways', 'a: 1\n"\\u0061": 2\n', 2, 'got "a" again'],
    ['two keys that are one for Kubernetes', 'on: 1\nyes: 2\n', 2, 'got "true" again'],
    ['broken YAML', 'a: [1\nb: 2\n', 2, 'expected YAML, got: '],
    ['a mapping as key', 'a: {{ .Values.x }}\n', 1, 'expected a text as key, got a mapping'],
    ['nothing as key', '~: 1\n', 1, 'expected a text as key, got nothing'],
    ['a tag', 'a: !!binary aGk=\n', 1, 'got "tag:yaml.org,2002:binary", which readers'],
    ['a tag of nobody', 'a: !x y\n', 1, 'got "!x"'],
    ['infinity', 'a: .inf\n', 1, 'a number that JSON has'],
    ['a directive without a document', '%YAML 1.2\n', 2, 'expected YAML'],
  ])('is a problem with its place: %s', (_, text, line, message) => {
    const { resources, problems } = read(text)
    expect(resources).toEqual([])
    expect(problems).toMatchObject([{ kind: 'unreadable', file: 'app.yaml', line }])
    expect(problems[0]!.message).toContain(message)
  })

  it.each(['\r', '\u0085', '\u2028', '\u2029', '\uFEFF', '\0', '\x07', '\x7F'])(
    'is a text with %j, which only some readers take for the end of a line or for nothing',
    (character) => {
      const { resources, problems } = read(`${pod(digestless)}# c${character}spec: {}\n`)
      expect(resources).toEqual([])
      expect(problems).toMatchObject([{ kind: 'unreadable', line: 5 }])
      expect(problems[0]!.message).toContain('expected text, got the character U+')
    },
  )

  it('names a template that is not rendered', () => {
    for (const text of [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .Release.Name }}}\n',
      '{{- if .Values.on }}\napiVersion: v1\nkind: Pod\n{{- end }}\n',
      'apiVersion: v1\nkind: Pod\nspec:\n  image: {{ .Values.image }}:{{ .Values.tag }}\n',
    ]) {
      const { resources, problems } = read(text)
      expect(resources).toEqual([])
      expect(problems.map(({ message }) => message).join()).toContain(
        'render a template before it is checked',
      )
    }
  })

  it('hides no document beside it', () => {
    const { resources, problems } = read(
      `${pod(digestless)}---\na: 1\na: 2\n---\nkind: X\n---\na: [\n---\n${pod(digestless)}`,
    )
    expect(resources.map(({ line }) => line)).toEqual([1, 13])
    expect(problems.map(({ kind, line }) => [kind, line])).toEqual([
      ['unreadable', 7],
      ['no-resource', 9],
      ['unreadable', 12],
    ])
  })
})

describe('JSON', () => {
  const one =
    '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "n": [1.5, -2, true, null, "\\u0061\\/"]}'

  it.each([
    ['alone', one, 1],
    ['in a .yaml', `\n\t${one}\n`, 1],
    ['one after another', `${one}\n${one} ${one}`, 3],
    ['with tabs', JSON.stringify(JSON.parse(one), null, '\t'), 1],
    ['between YAML marks', `---\n${one}\n---\n${one}\n`, 2],
    ['with a byte order mark', `\uFEFF${one}`, 1],
  ])('is read %s', (_, text, count) => {
    const { resources, problems } = read(text)
    expect(problems).toEqual([])
    expect(resources).toHaveLength(count)
    for (const { value } of resources) expect(value).toEqual(JSON.parse(one))
  })

  it('has texts that YAML would not take', () => {
    const text = '{"apiVersion":"v1","kind":"Pod","a":"\u2028\u0085 ' + 'x"}'
    expect(resourceIn(text).value['a']).toBe('\u2028\u0085 x')
  })

  it.each([
    ['a key twice', '{"a": 1,\n"a": 2}', 2, 'expected each key once, got "a" again'],
    ['a comma too many', '{"a": 1,\n}', 2, 'expected a key in double quotes, got "}"'],
    ['no end', '{"a": [1', 1, 'expected a comma or ], got the end of the text'],
    ['no value', '{"a": }', 1, 'expected a JSON value, got "}"'],
    ['a wrong number', '{"a": 01}', 1, 'expected a JSON value, got "0"'],
    ['a wrong escape', '{"a": "\\x"}', 1, 'expected a JSON text'],
    ['no end of a text', '{"a": "x', 1, 'expected a JSON text'],
    ['no colon', '{"a" 1}', 1, 'expected a colon, got "1"'],
    ['a mark after it', '{"a": 1}\n---\n', 2, 'expected a JSON value, got "-"'],
  ])('in a .json has a problem with its place: %s', (_, text, line, message) => {
    const { problems } = read(text, 'app.json')
    expect(problems).toMatchObject([{ kind: 'unreadable', line }])
    expect(problems[0]!.message).toContain(message)
  })

  it('with a key twice is not tried as YAML', () => {
    expect(read('{"a": 1, "a": 2}')).toMatchObject({ resources: [], problems: [{ kind: 'unreadable' }] })
  })

  it('that is none is YAML in flow style', () => {
    expect(resourceIn('{apiVersion: v1, kind: Pod}').kind).toBe('Pod')
  })
})

describe('a list of resources', () => {
  it('is flattened, also one in another, aliases and all', () => {
    const { resources, problems } = read(
      'apiVersion: v1\nkind: List\nitems:\n- &a {apiVersion: v1, kind: Pod, metadata: {name: a}}\n' +
        '- apiVersion: v1\n  kind: List\n  items:\n  - {apiVersion: v1, kind: Service}\n- *a\n',
    )
    expect(problems).toEqual([])
    expect(resources.map(({ kind, line }) => [kind, line])).toEqual([
      ['Pod', 4],
      ['Service', 8],
      ['Pod', 4],
    ])
  })

  it('of one kind lends kind and version to its items', () => {
    const { resources } = read(
      'apiVersion: apps/v1\nkind: DeploymentList\nitems: [{metadata: {name: a}}, {kind: ReplicaSet, apiVersion: apps/v1}]',
    )
    expect(resources).toMatchObject([
      {
        kind: 'Deployment',
        apiVersion: 'apps/v1',
        name: 'a',
        value: { kind: 'Deployment', apiVersion: 'apps/v1' },
      },
      { kind: 'ReplicaSet' },
    ])
  })

  it('without a kind of its own says nothing of its items', () => {
    const { problems } = read('apiVersion: v1\nkind: List\nitems: [{metadata: {name: a}}, text]')
    expect(problems.map(({ message }) => message.slice(-29))).toEqual([
      'got no kind and no apiVersion',
      expect.stringContaining('got a text'),
    ])
  })

  it('may be empty, and must not be missing', () => {
    expect(read('apiVersion: v1\nkind: List\nitems: []')).toMatchObject({ resources: [], problems: [] })
    for (const items of ['', 'items: {}', 'items: text'])
      expect(read(`apiVersion: v1\nkind: List\n${items}`).problems).toMatchObject([{ kind: 'unreadable' }])
  })

  it('of another name is one for kubectl too, and stays a resource', () => {
    const { resources } = read(
      'apiVersion: v1\nkind: Pod\nitems: [{a: 1}, {apiVersion: v1, kind: Secret}]\nspec: {containers: []}',
    )
    expect(resources.map(({ kind }) => kind)).toEqual(['Secret', 'Pod'])
  })
})

describe('a hostile text', () => {
  const bomb = (levels: number) =>
    `${pod('')}a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n${Array.from(
      { length: levels },
      (_, index) => `a${index + 1}: &a${index + 1} [${`*a${index},`.repeat(10)}]\n`,
    ).join('')}`
  const merges = `m: &m {${Array.from({ length: 8000 }, (_, index) => `k${index}: v`).join()}}\n${Array.from(
    { length: 8000 },
    (_, index) => `n${index}: {<<: *m}\n`,
  ).join('')}`
  const chain = `${pod('')}c0: &c0 [x]\n${Array.from(
    { length: 400 },
    (_, index) => `c${index + 1}: &c${index + 1} [*c${index}]\n`,
  ).join('')}`
  it.each([
    ['an alias bomb', bomb(9), 'aliases repeat them'],
    ['a chain of aliases, deep when it is followed', chain, 'expected at most 256 levels'],
    ['merges upon merges', merges, 'aliases repeat them'],
    ['10 000 open brackets', `a: ${'['.repeat(10_000)}`, 'expected at most 256 levels'],
    ['10 000 nested flow lists', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'expected at most 256 levels'],
    [
      '10 000 nested JSON objects',
      '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000),
      'expected at most 256 levels',
    ],
    [
      '10 000 nested flow mappings',
      '{a: '.repeat(10_000) + '}'.repeat(10_000),
      'expected at most 256 levels',
    ],
    ['10 000 nested block lists', `${'- '.repeat(10_000)}x\ny\n`, 'expected at most 256 levels'],
    ['10 000 nested block keys', `${'? '.repeat(10_000)}x\ny\n`, 'expected at most 256 levels'],
    ['100 000 documents', '---\na: b\n'.repeat(100_000), 'expected at most 10000 documents'],
    ['100 000 empty documents', '---\n'.repeat(100_000), 'expected at most 10000 documents'],
    ['100 000 JSON documents', '{}'.repeat(100_000), 'expected at most 10000 documents'],
    [
      '100 000 items',
      `apiVersion: v1\nkind: List\nitems: [${'{},'.repeat(100_000)}]`,
      'expected at most 10000 resources',
    ],
    ['17 million characters', 'x'.repeat(17_000_000), 'expected at most 16777216 characters'],
    ['a million marks', '[' + ','.repeat(2_100_000), 'expected at most 2000000 words and marks'],
  ])(
    'with %s is a problem, soon',
    (_, text, message) => {
      const { problems } = read(text)
      expect(problems.at(-1)!.message).toContain(message)
    },
    20_000,
  )

  it.each([
    ['keys', Array.from({ length: 100_000 }, (_, index) => `k${index}: v`).join('\n')],
    ['keys in flow style', `{${Array.from({ length: 100_000 }, (_, index) => `k${index}: v`).join()}}`],
    ['aliases', `a: &a x\nb: [${'*a,'.repeat(100_000)}]`],
    ['anchors', `[${Array.from({ length: 50_000 }, (_, index) => `&a${index} x, *a${index}`).join()}]`],
    ['blank lines', `a:\n${'\n'.repeat(500_000)}  b: c`],
    ['comments', `a:\n${'# c\n'.repeat(200_000)}  b: c`],
    ['folded lines', `a: "${'x \n '.repeat(300_000)}"`],
    ['spaces', `a: "${' '.repeat(1_000_000)}\n${' '.repeat(1_000_000)}x"`],
    ['plain lines', `a: x\n${'  x\n'.repeat(300_000)}`],
    ['block lines', `a: >\n${'  x\n \n'.repeat(200_000)}`],
    ['quotes', "'".repeat(1_000_000)],
    ['JSON texts', `{"a": [${'"\\"",'.repeat(200_000)}0]}`],
    ['JSON backslashes', `{"a": "${'\\\\'.repeat(1_000_000)}`],
  ])(
    'with very many %s takes time in proportion',
    (_, text) => {
      const start = performance.now()
      const { resources, problems } = parseManifest('big.yaml', text)
      expect(resources.length + problems.length).toBeGreaterThan(0)
      expect(performance.now() - start).toBeLessThan(10_000)
    },
    20_000,
  )

  it('with aliases within reason is read', () => {
    expect(read(bomb(3)).problems).toEqual([])
  })
})
