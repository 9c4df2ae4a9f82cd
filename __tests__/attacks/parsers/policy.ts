import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { readGlob as readClusterGlob, matchesGlob } from '../../../src/policy/cluster-image/glob.js'
import { readMirror } from '../../../src/policy/cluster-image/mirror.js'
import { readConditions } from '../../../src/policy/conditions/condition.js'
import { evaluateConditions } from '../../../src/policy/conditions/evaluate.js'
import { isInside, parseRange } from '../../../src/policy/conditions/range.js'
import { resolveReferences } from '../../../src/policy/conditions/reference.js'
import { readTemplate } from '../../../src/policy/conditions/template.js'
import { compile, isProblem } from '../../../src/policy/cel/expression.js'
import { makeLanguage } from '../../../src/policy/cel/language.js'
import { celValue } from '../../../src/policy/cel/value.js'
import { readDocuments } from '../../../src/policy/documents.js'
import { readImageGlob } from '../../../src/policy/image-validating/glob.js'
import { parseDuration } from '../../../src/policy/jmespath/duration.js'
import { evaluate } from '../../../src/policy/jmespath/evaluate.js'
import { parseJson } from '../../../src/policy/jmespath/json-text.js'
import { parseExpression } from '../../../src/policy/jmespath/parse.js'
import { parseQuantity } from '../../../src/policy/jmespath/quantity.js'
import { parseVersionRange } from '../../../src/policy/jmespath/semver.js'
import { parseTime } from '../../../src/policy/jmespath/time-layout.js'
import { parseYaml } from '../../../src/policy/jmespath/yaml-text.js'
import { parseKindSelector } from '../../../src/policy/kyverno/kind-selector.js'
import { readKyverno } from '../../../src/policy/kyverno/read.js'
import { readPolicyValues } from '../../../src/policy/kyverno/values.js'
import { matchesWildcard } from '../../../src/policy/kyverno/wildcard.js'
import { pemBlocks } from '../../../src/policy/pem-blocks.js'
import type { Parser } from '../harness/fuzz-attack.js'
import { readClusterImageText, readImageValidatingText } from '../../policy/policy-files.js'
import { policy as kyvernoPolicy, exceptionTree } from '../../policy/kyverno/policies.js'

const example = (name: string): string =>
  readFileSync(path.resolve(import.meta.dirname, '../../../examples/policies', name), 'utf8')
const kyverno = [example('kyverno.yaml'), JSON.stringify(kyvernoPolicy()), JSON.stringify(exceptionTree())]
const cluster = [
  example('cluster-image.yaml'),
  `apiVersion: policy.sigstore.dev/v1alpha1
kind: TrustRoot
metadata: {name: r}
spec:
  remote: {mirror: https://tuf.example, root: e30=}
`,
  `apiVersion: policy.sigstore.dev/v1beta1
kind: ClusterImagePolicy
metadata: {name: p}
spec:
  images: [{glob: "registry.example/**"}]
  match: [{group: apps, resource: deployments, version: v1, selector: {matchLabels: {a: b}}}]
  authorities:
  - name: a
    keyless: {url: https://f.example, identities: [{issuer: x, subjectRegExp: "^y$"}]}
    attestations: [{name: t, predicateType: vuln, policy: {type: cue, data: "a: 1"}}]
    source: [{oci: registry.example/s, signaturePullSecrets: [{name: s}]}]
  - static: {action: pass}
  policy: {type: rego, data: "package sigstore"}
`,
]
const validating = `apiVersion: policies.kyverno.io/v1
kind: ImageValidatingPolicy
metadata: {name: p}
spec:
  matchConstraints: {resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]}
  matchImageReferences: [{glob: "registry.example/*"}, {expression: "image.startsWith('r')"}]
  attestors:
  - name: a
    cosign: {keyless: {identities: [{issuer: x, subject: y}]}}
  - name: b
    cosign: {key: {data: "k"}}
  attestations: [{name: s, intoto: {type: t}}]
  validations:
  - {expression: "images.containers.map(image, verifyImageSignatures(image, [attestors.a])).all(e, e > 0)", message: m}
`
const jmespath = [
  "a.b[?c == 'd'].{x: y, z: length(@)} | [0]",
  'to_upper(join(\'-\', sort(keys(@)))) == `"A"`',
  "regex_match('^[a-z]+$', a) && !b || time_diff('2026-01-01T00:00:00Z', now) > '1h'",
  'a[*].b[1:5:2][] & *.x',
  "items(@, 'k', 'v')[?v > `1e3`] | max_by(@, &v)",
  "semver_compare(a, '>=1.2.3 <2 || 3.x')",
]
const data = { a: 'b', b: [{ c: 'd', y: 1 }], x: { y: null }, n: 5 }
const cel = [
  "x.a.matches('^[a-z]+$') && images.containers.all(i, i.startsWith('r'))",
  'x.b.map(e, e.c).filter(c, has(x.a)) == ["d"] ? 1 + 2 * 3 : -1u',
  "size(x.?a.orValue('')) > 0 || x.n in [1, 2, 3] || timestamp('2026-01-01T00:00:00Z') < timestamp('2027-01-01T00:00:00Z')",
  'x["a"] + b"c" + r"\\d" + \'\'\'e\'\'\'',
]
const language = makeLanguage(
  [
    { name: 'x', type: 'dyn' },
    { name: 'images', type: 'map<string, list<string>>' },
  ],
  [],
)
const conditions = {
  any: [{ key: '{{ a }}', operator: 'Equals', value: 'b', message: 'm {{ n }}' }],
  all: [
    { key: '{{ b[0].y }}', operator: 'GreaterThan', value: 0 },
    { key: ['{{ a }}', 'c'], operator: 'AnyIn', value: ['b', '1-5'] },
    { key: '1h', operator: 'DurationLessThan', value: '2h' },
  ],
}
/** A tar with one file: a header with its sum, and a block. */
const tar = (() => {
  const header = Buffer.alloc(512)
  header.write('repository/a.json', 0)
  header.write('00000000003', 124)
  header.write('0', 156)
  header.write('ustar', 257)
  header.fill(' ', 148, 156)
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  )
  return Buffer.concat([header, Buffer.from('abc'), Buffer.alloc(509), Buffer.alloc(1024)])
})()
const gunzip = (bytes: Uint8Array, maxOutputLength: number): Uint8Array | undefined => {
  try {
    return gunzipSync(bytes, { maxOutputLength })
  } catch {
    return undefined
  }
}

export const policyParsers: readonly Parser[] = [
  {
    name: 'documents',
    texts: [...kyverno, ...cluster, 'a: &x {b: [*x]}\n<<: *x\n', 'a: [0x1f, 1.5e3, .inf, ~, yes, 1_0]\n'],
    read: (text: string): unknown => readDocuments('p.yaml', text),
  },
  {
    name: 'policies of Kyverno',
    texts: kyverno,
    read: (text: string): unknown => readKyverno('p.yaml', readDocuments('p.yaml', text).documents),
  },
  {
    name: 'values of policies',
    texts: ['policies:\n- name: p\n  rules: [{name: r, values: {a: b}}]\n'],
    read: (text: string): unknown => readPolicyValues('v.yaml', text),
  },
  {
    name: 'cluster image policies',
    texts: cluster,
    read: (text: string): unknown => readClusterImageText('p.yaml', text),
  },
  {
    name: 'image validating policies',
    texts: [validating, JSON.stringify({ a: [validating] })],
    read: (text: string): unknown => readImageValidatingText('p.yaml', text),
  },
  {
    name: 'JMESPath',
    texts: jmespath,
    read: (text: string): unknown => {
      const parsed = parseExpression(text)
      return parsed.kind === 'failed' ? parsed : evaluate(parsed.expression, data, { now: 1_795_273_445_000 })
    },
  },
  {
    name: 'data under JMESPath',
    values: [data],
    read: (value: unknown): unknown =>
      jmespath.map((text) => {
        const parsed = parseExpression(text)
        return parsed.kind === 'failed'
          ? parsed
          : evaluate(parsed.expression, value, { now: 1_795_273_445_000 })
      }),
  },
  {
    name: 'CEL',
    texts: cel,
    read: (text: string): unknown => {
      const compiled = compile(text, language)
      if (isProblem(compiled)) return compiled
      const variables = new Map([
        ['x', celValue(data)],
        ['images', celValue({ containers: ['r/a'] })],
      ])
      return [compiled.type, compiled.evaluate(variables)]
    },
  },
  {
    name: 'conditions',
    values: [conditions, [conditions], [{ key: 'a', operator: 'In', value: ['a'] }]],
    read: (value: unknown): unknown => {
      const read = readConditions(value)
      if (read.kind === 'wrong') return read
      return evaluateConditions(read.blocks, { data, now: 1_795_273_445_000, substitution: 'whole' } as never)
    },
  },
  {
    name: 'a template',
    texts: ['a {{ b.c }} \\{{ d }} {{ {{ e }}.f }}', '{{ request.object.x || `"}}"` }}'],
    read: readTemplate,
  },
  {
    name: 'references',
    texts: ['$(a/b) \\$(c) $(../../x)', '$(./y)'],
    read: (text: string): unknown => resolveReferences(text, data, '/a/b'),
  },
  {
    name: 'a range',
    texts: ['1-5', '1h-2h', '!1Gi-2Gi', '1.0-2.0'],
    read: (text: string): unknown => {
      const range = parseRange(text)
      return range && isInside('3', range)
    },
  },
  { name: 'a duration', texts: ['1h2m3.5s', '-1.5h', '100ns', '1µs'], read: parseDuration },
  { name: 'a quantity', texts: ['1Gi', '100m', '1e3', '-0.5Ki'], read: parseQuantity },
  {
    name: 'a range of versions',
    texts: ['>=1.2.3 <2.0.0 || 3.x', '!=1.0.0-rc.1+b'],
    read: parseVersionRange,
  },
  {
    name: 'a time',
    texts: ['Mon Jan _2 15:04:05 2006', '2006-01-02T15:04:05.000Z07:00'],
    read: (text: string): unknown => parseTime(text, text),
  },
  { name: 'JSON in an expression', texts: [JSON.stringify(data)], read: parseJson },
  { name: 'YAML in an expression', texts: ['a: [b, 1e3, 0o7]\nc: &d {e: *d}\n'], read: parseYaml },
  {
    name: 'a selector of kinds',
    texts: ['apps/v1/Deployment', '*/Pod.status', 'v1/Pod/ephemeralcontainers'],
    read: parseKindSelector,
  },
  {
    name: 'a wildcard',
    texts: ['registry.example/*:v?', '*a*b*c*'],
    read: (text: string): unknown => matchesWildcard(text, 'registry.example/app:v1'),
  },
  {
    name: 'a glob of images',
    texts: ['registry.example/**', 'r/*-[a]?', 'index.docker.io/library/*'],
    read: (text: string): unknown => {
      const glob = readClusterGlob(text)
      return typeof glob === 'string' ? glob : matchesGlob(glob, 'registry.example/a/b:c')
    },
  },
  {
    name: 'a glob of an image validating policy',
    texts: ['registry.example/*', '*:latest@*'],
    read: (text: string): unknown => {
      const glob = readImageGlob(text)
      return typeof glob === 'string' ? glob : Object.keys(glob)
    },
  },
  {
    name: 'PEM blocks',
    texts: ['-----BEGIN PUBLIC KEY-----\nAA==\n-----END PUBLIC KEY-----\n'.repeat(2)],
    read: (text: string): unknown => pemBlocks(text, 'PUBLIC KEY'),
  },
  {
    name: 'a TUF mirror',
    bytes: [gzipSync(tar)],
    read: (bytes: Uint8Array): unknown => readMirror(bytes, gunzip),
  },
  {
    name: 'a TUF mirror that was unpacked',
    bytes: [tar],
    read: (bytes: Uint8Array): unknown => readMirror(bytes, (packed) => packed),
  },
]
