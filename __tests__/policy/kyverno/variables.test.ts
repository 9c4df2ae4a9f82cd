import { describe, expect, it } from 'vitest'
import type { KyvernoRule } from '../../../src/policy/kyverno/model.js'
import {
  fill,
  imageData,
  loadContext,
  type Loaded,
  type Outside,
  resourceData,
} from '../../../src/policy/kyverno/variables.js'
import type { KyvernoImage } from '../../../src/policy/kyverno/image.js'
import { parseManifest } from '../../../src/kubernetes/manifest.js'

const outside = (more: Partial<Outside> = {}): Outside => ({
  configMaps: new Map([['trust/keys', { data: { release: 'PEM' } }]]),
  values: () => ({}),
  now: Date.UTC(2026, 0, 1),
  ...more,
})
const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'app', namespace: 'shop', labels: { team: 'core' } },
  spec: {},
}
const resource = parseManifest('app.yaml', JSON.stringify(pod)).resources[0]!
const base = resourceData(resource, { containers: {} })
const load = (context: readonly unknown[], more: Partial<Outside> = {}): Loaded =>
  loadContext('policy', { name: 'rule', context: context } as KyvernoRule, base, outside(more))
const valueOf = (loaded: Loaded, name: string): unknown =>
  loaded.kind === 'data' ? loaded.data[name] : loaded

describe('variables of a resource', () => {
  it('are those of its creation', () => {
    expect(base).toMatchObject({
      request: {
        operation: 'CREATE',
        name: 'app',
        namespace: 'shop',
        kind: { group: '', version: 'v1', kind: 'Pod' },
        object: pod,
      },
    })
    const text = JSON.stringify({ ...pod, apiVersion: 'apps/v1', kind: 'Deployment' })
    const other = parseManifest('a.yaml', text).resources[0]!
    expect(resourceData(other, {})).toMatchObject({
      request: { kind: { group: 'apps', version: 'v1', kind: 'Deployment' } },
    })
  })

  it('of an image', () => {
    const image = {
      kind: 'image',
      registry: 'r.example',
      path: 'a/b',
      name: 'b',
      tag: 'v1',
      matched: '',
    } as unknown as KyvernoImage
    expect(imageData(image)).toEqual({
      registry: 'r.example',
      path: 'a/b',
      name: 'b',
      tag: 'v1',
      digest: '',
      reference: 'r.example/a/b:v1',
      referenceWithTag: 'r.example/a/b:v1',
    })
    expect(imageData({ ...image, digest: 'sha256:1' })).toMatchObject({
      reference: 'r.example/a/b@sha256:1',
    })
  })
})

describe('the context of a rule', () => {
  it.each<[string, readonly object[], unknown]>([
    ['a value', [{ name: 'x', variable: { value: { a: 1 } } }], { a: 1 }],
    [
      'a value with variables',
      [{ name: 'x', variable: { value: 'team {{ request.object.metadata.labels.team }}' } }],
      'team core',
    ],
    ['a path', [{ name: 'x', variable: { jmesPath: 'request.namespace' } }], 'shop'],
    ['a path into a value', [{ name: 'x', variable: { value: { a: { b: 2 } }, jmesPath: 'a.b' } }], 2],
    [
      'a default where nothing is',
      [{ name: 'x', variable: { jmesPath: 'request.object.metadata.annotations.none', default: 'd' } }],
      'd',
    ],
    [
      'a ConfigMap',
      [{ name: 'x', configMap: { name: 'keys', namespace: 'trust' } }],
      { data: { release: 'PEM' } },
    ],
    [
      'a ConfigMap by a variable',
      [
        { name: 'n', variable: { value: 'trust' } },
        { name: 'x', configMap: { name: 'keys', namespace: '{{ n }}' } },
      ],
      { data: { release: 'PEM' } },
    ],
    [
      'one after the other',
      [
        { name: 'y', variable: { value: 'a' } },
        { name: 'x', variable: { value: '{{ y }}b' } },
      ],
      'ab',
    ],
  ])('%s', (_, context, value) => {
    expect(valueOf(load(context), 'x')).toEqual(value)
  })

  it.each<[string, object, Loaded['kind'], RegExp]>([
    [
      'a ConfigMap that is nowhere',
      { name: 'x', configMap: { name: 'none', namespace: 'trust' } },
      'missing',
      /ConfigMap trust\/none is in no manifest/,
    ],
    [
      'a ConfigMap of the default namespace',
      { name: 'x', configMap: { name: 'keys' } },
      'missing',
      /ConfigMap default\/keys/,
    ],
    [
      'a call',
      { name: 'x', apiCall: { urlPath: '/api/v1/namespaces' } },
      'missing',
      /apiCall is of a cluster/,
    ],
    [
      'a registry',
      { name: 'x', imageRegistry: { reference: '{{ image }}' } },
      'missing',
      /imageRegistry is of a cluster/,
    ],
    ['a global entry', { name: 'x', globalReference: { name: 'g' } }, 'missing', /globalReference/],
    ['nothing', { name: 'x' }, 'missing', /kind nothing/],
    ['no object', 'x' as unknown as object, 'failed', /expected an object/],
    ['a path that does not parse', { name: 'x', variable: { jmesPath: 'a[' } }, 'failed', /./],
  ])('%s', (_, entry, kind, message) => {
    const loaded = load([entry])
    expect(loaded.kind).toBe(kind)
    if (loaded.kind !== 'data') expect(loaded.message).toMatch(message)
  })

  it('values that are given take its place, by their dots', () => {
    const context = [{ name: 'x', apiCall: { urlPath: '/' } }]
    expect(valueOf(load(context, { values: () => ({ x: 1 }) }), 'x')).toBe(1)
    expect(valueOf(load(context, { values: () => ({ 'x.a.b': 1, 'x.a.c': 2 }) }), 'x')).toEqual({
      a: { b: 1, c: 2 },
    })
    expect(load(context, { values: () => ({ xy: 1 }) }).kind).toBe('missing')
    // What is given of the request leaves the rest of it as it is.
    const request = { operation: 'UPDATE', namespace: 'shop', object: { ...pod, kind: 'Other' } }
    const values = () => ({ 'request.operation': 'UPDATE', 'request.object.kind': 'Other' })
    expect(valueOf(load([], { values }), 'request')).toMatchObject(request)
    const deep = Array.from({ length: 5000 }, () => 'a').join('.')
    expect(valueOf(load([], { values: () => ({ [deep]: 1 }) }), deep)).toBe(1)
  })

  it('names of JavaScript are names like others', () => {
    const values = JSON.parse(
      '{"__proto__.polluted": 1, "constructor.prototype.polluted": 1, "__proto__": {"polluted": 1}}',
    ) as Record<string, unknown>
    load([], { values: () => values })
    load([{ name: '__proto__', variable: { value: { polluted: 1 } } }])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

describe('a document with variables', () => {
  it.each<[unknown, unknown]>([
    ['{{ a }}', { b: 1 }],
    ['x {{ a.b }} y', 'x 1 y'],
    [['{{ a.b }}'], [1]],
    ['no variables', 'no variables'],
  ])('%j', (document, value) => {
    expect(fill(document, { a: { b: 1 } }, outside())).toEqual({ kind: 'value', value })
  })

  it('that are not known is no value', () => {
    expect(fill('{{ nosuch.field }}', {}, outside()).kind).not.toBe('value')
  })

  it('that grow without end is no value', () => {
    const bomb = `{{ ${"join('', ['x','x','x','x','x','x','x','x','x','x'])".repeat(1)} }}`
    expect(fill(bomb, {}, outside())).toEqual({ kind: 'value', value: 'xxxxxxxxxx' })
    const start = Date.now()
    const many = fill(
      Array.from({ length: 20_000 }, () => "{{ join('', items) }}"),
      { items: Array(5000).fill('x'.repeat(100)) },
      outside(),
    )
    expect(many.kind).not.toBe('value')
    expect(Date.now() - start).toBeLessThan(10_000)
  }, 30_000)
})
