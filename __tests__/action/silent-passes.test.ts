import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  clusterImagePolicy,
  expectRun,
  folderOf,
  keyEntry,
  kyvernoPolicy,
  type KyvernoPieces,
  podOf,
  runFaces,
} from '../harness/cluster-policies.js'
import { putImage, signSimply } from '../harness/registry-images.js'
import { type LoopbackRegistry, openRegistry } from '../harness/registry.js'
import { newKey } from '../harness/store.js'

/**
 * Where Kyverno 1.19 exits 0 and prints nothing although something was not checked (or panics): each is a failure here,
 * or a warning that stands in the log, in the summary and in the document beside a verdict that is not made by it.
 */
const alice = newKey()
let registry: LoopbackRegistry
let signed = ''
let unsigned = ''
let digest = ''
beforeAll(async () => {
  registry = await openRegistry()
  digest = putImage(registry.holdings, 'app/signed')
  signSimply(registry.holdings, 'app/signed', digest, alice)
  putImage(registry.holdings, 'app/unsigned')
  signed = `${registry.host}/app/signed:v1`
  unsigned = `${registry.host}/app/unsigned:v1`
})
afterAll(async () => registry.stop())

const policy = (more: KyvernoPieces = {}, pattern = 'app/*'): string =>
  kyvernoPolicy([`${registry.host}/${pattern}`], [keyEntry(alice.publicPem)], more)

interface Silent {
  readonly policy?: () => string
  readonly manifest: () => string
  /** `verified` or the code. */
  readonly code: string
  readonly rows: readonly string[]
  readonly aloud: RegExp
}

const pod = (containers: string, rest = ''): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: app}\nspec:\n  containers:\n${containers}${rest}`

const table: Readonly<Record<string, Silent>> = {
  'an unknown field of the policy': {
    policy: () => policy({ entry: { verifyDigests: false } }),
    manifest: () => podOf([signed]),
    code: 'policy-invalid',
    rows: [],
    aloud: /policy\.yaml:1: unknown field spec\.rules\[0\]\.verifyImages\[0\]\.verifyDigests/,
  },
  'a misspelt field of the policy over an unsigned image': {
    policy: () => policy({ rule: { verifyImage: [] } }),
    manifest: () => podOf([unsigned]),
    code: 'policy-invalid',
    rows: [],
    aloud: /policy\.yaml:1: unknown field spec\.rules\[0\]\.verifyImage/,
  },
  'a misspelt type': {
    policy: () => policy({ entry: { type: 'Cosing' } }),
    manifest: () => podOf([signed]),
    code: 'policy-invalid',
    rows: [],
    aloud: /policy\.yaml:1: spec\.rules\[0\]\.verifyImages\[0\]\.type.*Cosing/,
  },
  'a policy of a kind that nobody knows beside one that is read': {
    policy: () =>
      `${policy()}\n---\n${JSON.stringify({ apiVersion: 'kyverno.io/v9', kind: 'ClusterPolicy', metadata: { name: 'x' }, spec: {} })}`,
    manifest: () => podOf([signed]),
    code: 'policy-invalid',
    rows: ['pass'],
    aloud: /policy\.yaml:3: .*kyverno\.io\/v9/,
  },
  'a container with a name that is no image, beside an unsigned one': {
    manifest: () => podOf([unsigned, `${registry.host}/APP/None:v1`]),
    code: 'unsigned',
    rows: ['fail'],
    aloud: /APP\/None:v1.* has capitals/,
  },
  'a container with a name that is no image, beside a signed one': {
    manifest: () => podOf([signed, `${registry.host}/APP/None:v1`]),
    code: 'input-invalid',
    rows: ['pass'],
    aloud: /app\.yaml:1: Pod\/default\/app: .*APP\/None:v1/,
  },
  'spaces around an image, beside an unsigned one': {
    manifest: () => podOf([` ${signed} `, unsigned]),
    code: 'unsigned',
    rows: ['fail'],
    aloud: /white space around it/,
  },
  'a container without a name': {
    manifest: () => pod(`  - {image: '${unsigned}'}\n  - {name: b, image: '${signed}'}\n`),
    code: 'unsigned',
    rows: ['fail', 'pass'],
    aloud: /the container with .*app\/unsigned:v1 has no name/,
  },
  'a container whose name is a boolean in YAML 1.1': {
    manifest: () => pod(`  - {name: n, image: '${unsigned}'}\n`),
    code: 'unsigned',
    rows: ['fail'],
    aloud: /the container with .*app\/unsigned:v1 has no name/,
  },
  'two containers with one name, the first unsigned': {
    manifest: () => pod(`  - {name: web, image: '${unsigned}'}\n  - {name: web, image: '${signed}'}\n`),
    code: 'unsigned',
    rows: ['fail', 'pass'],
    aloud: /two of the containers are called web/,
  },
  'a digest against a tag pattern': {
    policy: () => policy({}, 'app/signed:*'),
    manifest: () => podOf([`${registry.host}/app/signed@${digest}`]),
    code: 'nothing-to-verify',
    rows: [],
    aloud:
      /asks for a tag, and an image with a digest has none for Kyverno; .*app\/signed\* would cover both/,
  },
  'a tag and a digest against a tag pattern, beside an image that is covered': {
    policy: () => policy({}, 'app/*:v1'),
    manifest: () => podOf([`${unsigned}@${digest}`, signed]),
    code: 'verified',
    rows: ['pass'],
    aloud: /app\/unsigned:v1@sha256:\w+ is not checked: .*asks for a tag/,
  },
  'auto-gen switched off': {
    policy: () =>
      policy({ metadata: { annotations: { 'pod-policies.kyverno.io/autogen-controllers': 'none' } } }),
    manifest: () => deployment('Deployment', 'apps/v1'),
    code: 'nothing-to-verify',
    rows: [],
    aloud: /does not look at Deployment\/default\/web, because its annotation .*"none"/,
  },
  'auto-gen switched off by a selector': {
    policy: () =>
      policy({
        rule: { match: { any: [{ resources: { kinds: ['Pod'], selector: { matchLabels: { a: 'b' } } } }] } },
      }),
    manifest: () => deployment('Deployment', 'apps/v1'),
    code: 'nothing-to-verify',
    rows: [],
    aloud: /does not look at Deployment\/default\/web, because rule check has a selector in match/,
  },
  'a kind that auto-gen does not know': {
    manifest: () => deployment('Rollout', 'argoproj.io/v1alpha1'),
    code: 'nothing-to-verify',
    rows: [],
    aloud:
      /app\.yaml:\d+: Rollout\/default\/web: ".*app\/unsigned:v1" looks like an image that nobody checks here/,
  },
  'a PodTemplate': {
    manifest: () =>
      `apiVersion: v1\nkind: PodTemplate\nmetadata: {name: web}\ntemplate:\n  spec:\n    containers: [{name: c, image: '${unsigned}'}]\n`,
    code: 'nothing-to-verify',
    rows: [],
    aloud: /no rule is about PodTemplate\/default\/web/,
  },
  'an image volume': {
    manifest: () =>
      pod(
        `  - {name: c, image: '${signed}'}\n`,
        `  volumes:\n  - {name: v, image: {reference: '${unsigned}'}}\n`,
      ),
    code: 'verified',
    rows: ['pass'],
    aloud: /app\/unsigned:v1 is not checked: Kyverno does not look at volumes/,
  },
  'a List': {
    manifest: () =>
      `apiVersion: v1\nkind: List\nitems:\n- ${podOf([signed], { name: 'a' })}\n- ${podOf([unsigned], { name: 'b' })}\n`,
    code: 'unsigned',
    rows: ['pass', 'fail'],
    aloud: /expected a signature/,
  },
  'a template that nobody rendered': {
    manifest: () => pod(`  - name: c\n    image: {{ .Values.image }}\n`),
    code: 'input-invalid',
    rows: [],
    aloud: /app\.yaml:\d+: .*render a template before it is checked/,
  },
  'broken YAML after a signed Pod': {
    manifest: () => `${podOf([signed])}\n---\napiVersion: v1\nkind: [Pod\n`,
    code: 'input-invalid',
    rows: ['pass'],
    aloud: /app\.yaml:\d+: /,
  },
  'one key twice': {
    manifest: () => pod(`  - name: c\n    image: ${signed}\n    image: ${unsigned}\n`),
    code: 'input-invalid',
    rows: [],
    aloud: /app\.yaml:8: expected each key once, got "image" again/,
  },
  'a document without kind': {
    manifest: () => `apiVersion: v1\nspec: {containers: [{name: c, image: '${unsigned}'}]}\n`,
    code: 'input-invalid',
    rows: [],
    aloud: /app\.yaml:1: .*no kind/,
  },
  'a Policy of another namespace': {
    policy: () =>
      policy()
        .replace('"ClusterPolicy"', '"Policy"')
        .replace('"name":"check-image"', '"name":"check-image","namespace":"other"'),
    manifest: () => podOf([unsigned]),
    code: 'nothing-to-verify',
    rows: [],
    aloud: /no rule is about Pod\/default\/app/,
  },
  'a pattern that differs in capitals': {
    policy: () => policy({}, 'App/*'),
    manifest: () => podOf([unsigned]),
    code: 'nothing-to-verify',
    rows: [],
    aloud: /differs in capitals/,
  },
  'an entry that asks for no signature': {
    policy: () => policy({ entry: { attestors: [] } }),
    manifest: () => podOf([unsigned]),
    code: 'policy-denied',
    rows: ['fail'],
    aloud: /neither attestors nor attestations/,
  },
  'two ClusterImagePolicies with one name': {
    policy: () =>
      [alice, newKey()]
        .map(({ publicPem }) => clusterImagePolicy(['**'], [{ key: { data: publicPem } }]))
        .join('\n---\n'),
    manifest: () => podOf([signed]),
    code: 'signature-invalid',
    rows: ['pass', 'fail'],
    aloud: /another key made it/,
  },
}

function deployment(kind: string, apiVersion: string): string {
  return `apiVersion: ${apiVersion}
kind: ${kind}
metadata: {name: web}
spec:
  template:
    spec:
      containers:
      - {name: c, image: '${unsigned}'}
`
}

describe('what passes in silence elsewhere is said aloud', () => {
  it.each(Object.entries(table))('%s', async (_, { policy: own, manifest, code, rows, aloud }) => {
    const cwd = folderOf({ 'policy.yaml': own?.() ?? policy(), 'app.yaml': manifest() })
    const ran = await runFaces(cwd, { policy: 'policy.yaml', manifests: 'app.yaml' })
    expectRun(ran, code, rows)
    const { action, document } = ran
    expect([document.failure?.message ?? '', ...document.warnings].join('\n')).toMatch(aloud)
    // In front of everybody: as an annotation, whatever the verdict.
    expect(action.annotations.map(({ message }) => message).join('\n')).toMatch(aloud)
    expect(action.annotations.length).toBeGreaterThan(0)
    if (code === 'verified') expect(action.annotations.every(({ level }) => level === 'warning')).toBe(true)
    // An image that nobody proved is not handed on.
    expect(action.outputs['images']).not.toContain('unsigned')
  })

  it.each(['deny', 'warn', 'allow'])('with no-match-policy %s', async (choice) => {
    const cwd = folderOf({ 'policy.yaml': policy({}, 'app/signed:*'), 'app.yaml': podOf([signed, unsigned]) })
    const ran = await runFaces(cwd, {
      policy: 'policy.yaml',
      manifests: 'app.yaml',
      'no-match-policy': choice,
    })
    expectRun(ran, choice === 'deny' ? 'uncovered' : 'verified', ['pass'])
    expect(ran.said).toMatch(
      choice === 'allow' ? /no rule covers .*unsigned:v1/ : /unsigned:v1 is covered by no policy/,
    )
    expect(ran.action.outputs['images']).toBe(JSON.stringify([`${signed}@${digest}`]))
  })
})
