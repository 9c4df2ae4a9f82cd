import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ResultDocument } from '../../src/report/document.js'
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
import { attestSimply, putImage, signSimply } from '../harness/registry-images.js'
import { type LoopbackRegistry, openRegistry } from '../harness/registry.js'
import { dist, runAction, runCli } from '../harness/run.js'
import { newKey } from '../harness/store.js'

const alice = newKey()
const bob = newKey()
let registry: LoopbackRegistry
let [signed, unsigned, byBoth, down] = ['', '', '', '']
const digests = new Map<string, string>()

beforeAll(async () => {
  registry = await openRegistry()
  const { holdings, host } = registry
  for (const name of ['signed', 'unsigned', 'by-both', 'down', 'scanned', 'failed', ...many('m')])
    digests.set(name, putImage(holdings, `app/${name}`))
  for (const name of ['signed', 'by-both', 'down', ...many('m')])
    signSimply(holdings, `app/${name}`, digests.get(name) ?? '', alice)
  signSimply(holdings, 'app/by-both', digests.get('by-both') ?? '', bob)
  for (const name of ['scanned', 'failed'])
    attestSimply(holdings, `app/${name}`, digests.get(name) ?? '', alice, 'https://acme.example/scan/v1', {
      passed: name === 'scanned',
    })
  ;[signed, unsigned, byBoth, down] = ['signed', 'unsigned', 'by-both', 'down'].map(
    (name) => `${host}/app/${name}:v1`,
  ) as [string, string, string, string]
  for (const kind of ['tag', 'head', 'sig', 'referrers', 'fallback'] as const)
    registry.fault('app/down', kind, 'always', (response) => {
      response.statusCode = 503
      response.end('')
    })
})
afterAll(async () => registry.stop())

function many(letter: string): readonly string[] {
  return Array.from({ length: 20 }, (_, index) => `${letter}${index}`)
}
const pinned = (name: string): string => `${registry.host}/app/${name}:v1@${digests.get(name) ?? ''}`
const policy = (more: KyvernoPieces = {}, pattern = 'app/*'): string =>
  kyvernoPolicy([`${registry.host}/${pattern}`], [keyEntry(alice.publicPem)], more)
const clusterImage = (glob = '**', more: Parameters<typeof clusterImagePolicy>[2] = {}): string =>
  clusterImagePolicy([glob], [{ key: { data: alice.publicPem } }], more)
const usual = { policy: 'policy.yaml', manifests: 'app.yaml' }

describe('several policies and inputs must all hold', () => {
  const run = async (
    image: string,
    policies: readonly string[],
    inputs: Readonly<Record<string, string>> = {},
  ) => {
    const names = policies.map((_, index) => `p${index}.yaml`)
    const files = Object.fromEntries(policies.map((text, index) => [names[index] ?? '', text]))
    const cwd = folderOf({ ...files, 'app.yaml': podOf([image]) })
    return runFaces(cwd, { policy: names.join('\n'), manifests: 'app.yaml', ...inputs })
  }
  const bobs = (): string =>
    kyvernoPolicy([`${registry.host}/*`], [keyEntry(bob.publicPem)], { name: 'bobs' })

  it('two policies of Kyverno', async () => {
    expectRun(await run(byBoth, [policy(), bobs()]), 'verified', ['pass', 'pass'])
    expectRun(await run(signed, [policy(), bobs()]), 'signature-invalid', ['pass', 'fail'])
    expectRun(await run(signed, [bobs(), policy()]), 'signature-invalid', ['fail', 'pass'])
  })

  it('one of each system', async () => {
    expectRun(await run(byBoth, [clusterImage(), bobs()]), 'verified', ['pass', 'pass'])
    expectRun(await run(signed, [clusterImage(), bobs()]), 'signature-invalid')
  })

  it('the inputs are one more', async () => {
    const inputs = { key: bob.publicPem, 'insecure-ignore-tlog': 'true' }
    expectRun(await run(byBoth, [policy()], inputs), 'verified', ['pass'])
    expectRun(await run(signed, [policy()], inputs), 'signature-invalid', ['pass'])
    expectRun(await run(unsigned, [policy()], inputs), 'unsigned', ['fail'])
    // Also of images that no policy covers.
    expectRun(await run(signed, [policy({}, 'other/*')], inputs), 'signature-invalid', [])
    expectRun(await run(byBoth, [policy({}, 'other/*')], inputs), 'verified', [])
  })

  it('images beside manifests', async () => {
    const cwd = folderOf({ 'policy.yaml': policy(), 'app.yaml': podOf([signed]) })
    expectRun(await runFaces(cwd, { ...usual, image: byBoth }), 'verified', ['pass', 'pass'])
    expectRun(await runFaces(cwd, { ...usual, image: unsigned }), 'unsigned', ['pass', 'fail'])
  })

  it('two rules of a policy', async () => {
    const two = JSON.parse(policy()) as { spec: { rules: { name: string; verifyImages: object[] }[] } }
    const [rule] = two.spec.rules
    two.spec.rules.push({
      ...rule,
      name: 'second',
      verifyImages: [
        { imageReferences: [`${registry.host}/*`], attestors: [{ entries: [keyEntry(bob.publicPem)] }] },
      ],
    })
    expectRun(await run(signed, [JSON.stringify(two)]), 'signature-invalid', ['pass', 'fail'])
    expectRun(await run(byBoth, [JSON.stringify(two)]), 'verified', ['pass', 'pass'])
  })
})

describe('an image that no policy covers', () => {
  const cases = [
    ['Kyverno', '', 'verified'],
    ['Kyverno', 'allow', 'verified'],
    ['Kyverno', 'warn', 'verified'],
    ['Kyverno', 'deny', 'uncovered'],
    ['policy-controller', '', 'uncovered'],
    ['policy-controller', 'deny', 'uncovered'],
    ['policy-controller', 'warn', 'verified'],
    ['policy-controller', 'allow', 'verified'],
  ] as const
  it.each(cases)('%s, no-match-policy "%s": %s', async (system, choice, code) => {
    const own = system === 'Kyverno' ? policy({}, 'app/signed*') : clusterImage('**/signed**')
    const more = choice === '' ? {} : { 'no-match-policy': choice }
    const cwd = folderOf({ 'policy.yaml': own, 'app.yaml': podOf([signed, unsigned]) })
    const ran = await runFaces(cwd, { ...usual, ...more })
    expectRun(ran, code, ['pass'])
    expect(ran.action.outputs['images']).toBe(JSON.stringify([pinned('signed')]))
    const warned = ran.document.warnings.some((one) => one === `${unsigned} is covered by no policy`)
    expect(warned).toBe(choice === 'warn')
    // By itself it is never verified.
    const alone = folderOf({ 'policy.yaml': own, 'app.yaml': podOf([unsigned]) })
    expectRun(
      await runFaces(alone, { ...usual, ...more }),
      code === 'verified' ? 'nothing-to-verify' : code,
      [],
    )
  })

  it('is covered in one place and not in the other: the other decides too', async () => {
    const labelled = clusterImage('**', {
      spec: { match: [{ group: 'apps', version: 'v1', resource: 'deployments' }] },
    })
    const template = { spec: { containers: [{ name: 'c', image: signed }] } }
    const deployment = JSON.stringify({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: { template },
    })
    const covered = folderOf({ 'policy.yaml': labelled, 'app.yaml': deployment })
    expectRun(await runFaces(covered, usual), 'verified', ['pass'])
    const both = folderOf({ 'policy.yaml': labelled, 'app.yaml': `${deployment}\n---\n${podOf([signed])}` })
    expectRun(await runFaces(both, usual), 'uncovered', ['pass'])
    expectRun(await runFaces(both, { ...usual, 'no-match-policy': 'warn' }), 'verified', ['pass'])
  })

  it('is not one that a rule leaves out on purpose', async () => {
    const own = policy({
      entry: { skipImageReferences: [unsigned], verifyDigest: false, mutateDigest: false },
    })
    const cwd = folderOf({ 'policy.yaml': own, 'app.yaml': podOf([signed, unsigned]) })
    const ran = await runFaces(cwd, { ...usual, 'no-match-policy': 'deny', 'pinned-manifests': 'out' })
    expectRun(ran, 'verified', ['skip', 'pass'])
    expect(readFileSync(path.join(cwd, 'out/app.yaml'), 'utf8')).toBe(podOf([pinned('signed'), unsigned]))
  })
})

describe('rules that only warn, and rules that do not apply', () => {
  const audit = {
    spec: { validationFailureAction: 'Audit' },
    entry: { mutateDigest: false, verifyDigest: false },
  }

  it('Audit counts like Enforce, unless audit-warn', async () => {
    const cwd = folderOf({ 'policy.yaml': policy(audit), 'app.yaml': podOf([unsigned]) })
    expectRun(await runFaces(cwd, usual), 'unsigned', ['fail'])
    const warned = await runFaces(cwd, { ...usual, 'audit-warn': 'true' })
    expectRun(warned, 'nothing-to-verify', ['warn'])
    expect(warned.document.policies[0]?.message).toMatch(/^expected a signature/)
    expect(warned.action.outputs['images']).toBe('[]')
    const good = folderOf({ 'policy.yaml': policy(audit), 'app.yaml': podOf([signed]) })
    expectRun(await runFaces(good, { ...usual, 'audit-warn': 'true' }), 'verified', ['pass'])
  })

  it('audit-warn softens nothing that is enforced', async () => {
    const cwd = folderOf({ 'policy.yaml': policy(), 'app.yaml': podOf([unsigned]) })
    expectRun(await runFaces(cwd, { ...usual, 'audit-warn': 'true' }), 'unsigned', ['fail'])
    const entry = { ...audit.entry, failureAction: 'Enforce' }
    const mixed = folderOf({ 'policy.yaml': policy({ ...audit, entry }), 'app.yaml': podOf([unsigned]) })
    expectRun(await runFaces(mixed, { ...usual, 'audit-warn': 'true' }), 'unsigned', ['fail'])
  })

  it('mode warn of a ClusterImagePolicy', async () => {
    const own = clusterImage('**', { spec: { mode: 'warn' } })
    const cwd = folderOf({ 'policy.yaml': own, 'app.yaml': podOf([unsigned]) })
    const ran = await runFaces(cwd, usual)
    expectRun(ran, 'nothing-to-verify', ['warn'])
    expect(ran.document.policies[0]?.message).toMatch(/^expected a signature/)
    const two = folderOf({
      'policy.yaml': `${own}\n---\n${clusterImage('**', { name: 'enforced' })}`,
      'app.yaml': podOf([unsigned]),
    })
    expectRun(await runFaces(two, usual), 'unsigned', ['warn', 'fail'])
    const beside = folderOf({
      'policy.yaml': `${clusterImage('**', { name: 'enforced' })}\n---\n${clusterImagePolicy(['**'], [{ key: { data: bob.publicPem } }], { spec: { mode: 'warn' } })}`,
      'app.yaml': podOf([signed]),
    })
    expectRun(await runFaces(beside, usual), 'verified', ['pass', 'warn'])
  })

  const exception = (more: object = {}): string =>
    JSON.stringify({
      apiVersion: 'kyverno.io/v2',
      kind: 'PolicyException',
      metadata: { name: 'let-pass', namespace: 'default' },
      spec: {
        match: { any: [{ resources: { kinds: ['Pod'], names: ['app'] } }] },
        exceptions: [{ policyName: 'check-image', ruleNames: ['check'] }],
        ...more,
      },
    })

  it('an exception is listed as skip, and proves nothing', async () => {
    const files = { 'policy.yaml': policy(), 'exception.yaml': exception() }
    const cwd = folderOf({ ...files, 'app.yaml': podOf([unsigned]) })
    const ran = await runFaces(cwd, { ...usual, policy: 'policy.yaml\nexception.yaml' })
    expectRun(ran, 'nothing-to-verify', ['skip'])
    expect(ran.document.policies[0]?.message).toContain('let-pass')
    const other = folderOf({ ...files, 'app.yaml': podOf([unsigned], { name: 'other' }) })
    expectRun(await runFaces(other, { ...usual, policy: 'policy.yaml\nexception.yaml' }), 'unsigned', [
      'fail',
    ])
  })

  it('an exception whose conditions do not hold is none', async () => {
    const files = (value: string) => ({
      'policy.yaml': policy(),
      'exception.yaml': exception({
        conditions: {
          any: [{ key: '{{ request.object.metadata.labels.team || `""` }}', operator: 'Equals', value }],
        },
      }),
      'app.yaml': podOf([unsigned], { metadata: { labels: { team: 'core' } } }),
    })
    const inputs = { ...usual, policy: 'policy.yaml\nexception.yaml' }
    expectRun(await runFaces(folderOf(files('core')), inputs), 'nothing-to-verify', ['skip'])
    expectRun(await runFaces(folderOf(files('other')), inputs), 'unsigned', ['fail'])
  })

  it('preconditions', async () => {
    const rule = {
      preconditions: {
        all: [{ key: '{{ request.object.metadata.labels.team }}', operator: 'Equals', value: 'core' }],
      },
    }
    const of = (labels: object): string =>
      folderOf({ 'policy.yaml': policy({ rule }), 'app.yaml': podOf([unsigned], { metadata: { labels } }) })
    expectRun(await runFaces(of({ team: 'core' }), usual), 'unsigned', ['fail'])
    expectRun(await runFaces(of({ team: 'other' }), usual), 'nothing-to-verify', ['skip'])
    // What cannot be worked out is no reason to leave an image out.
    const lost = await runFaces(of({}), usual)
    expect(lost.document.verdict).not.toBe('verified')
    expect(lost.document.policies.map(({ result }) => result)).not.toContain('skip')
  })

  it('skipImageReferences: verifyDigest still wants a digest', async () => {
    const own = policy({ entry: { skipImageReferences: [`${registry.host}/app/un*`], mutateDigest: false } })
    const cwd = folderOf({ 'policy.yaml': own, 'app.yaml': podOf([unsigned]) })
    expectRun(await runFaces(cwd, usual), 'policy-denied', ['skip', 'fail'])
    const byDigest = folderOf({
      'policy.yaml': own,
      'app.yaml': podOf([`${unsigned}@${digests.get('unsigned') ?? ''}`]),
    })
    expectRun(await runFaces(byDigest, usual), 'nothing-to-verify', ['skip'])
  })

  it('a forged annotation of Kyverno’s proves nothing', async () => {
    for (const [name, value] of [
      [
        'kyverno.io/verify-images',
        JSON.stringify({ [unsigned]: 'pass', [`${unsigned}@${digests.get('unsigned') ?? ''}`]: 'pass' }),
      ],
      [
        'kyverno.io/verify-images-scoped',
        JSON.stringify({ version: 1, policies: { 'check-image': { check: { [unsigned]: 'pass' } } } }),
      ],
    ]) {
      const metadata = { annotations: { [name ?? '']: value } }
      const cwd = folderOf({ 'policy.yaml': policy(), 'app.yaml': podOf([unsigned], { metadata }) })
      expectRun(await runFaces(cwd, usual), 'unsigned', ['fail'])
    }
  })

  it('a mutate rule that may change images is not run, and said', async () => {
    const own = JSON.parse(policy()) as { spec: { rules: object[] } }
    const mutate = {
      name: 'other-registry',
      match: { any: [{ resources: { kinds: ['Pod'] } }] },
      mutate: {
        patchStrategicMerge: { spec: { containers: [{ '(name)': '*', image: 'mirror.example/x:v1' }] } },
      },
    }
    own.spec.rules.unshift(mutate)
    const cwd = folderOf({ 'policy.yaml': JSON.stringify(own), 'app.yaml': podOf([signed]) })
    const ran = await runFaces(cwd, usual)
    expectRun(ran, 'unsupported', ['pass'])
    expect(ran.action.outputs['message']).toMatch(
      /check-image\/other-registry may change which images run \(policy\.yaml:1\)/,
    )
    const labels = { ...mutate, mutate: { patchStrategicMerge: { metadata: { labels: { a: 'b' } } } } }
    own.spec.rules[0] = labels
    expectRun(
      await runFaces(folderOf({ 'policy.yaml': JSON.stringify(own), 'app.yaml': podOf([signed]) }), usual),
      'verified',
      ['pass'],
    )
  })

  it('a key out of a ConfigMap, which stands among the manifests', async () => {
    const rule = { context: [{ name: 'keys', configMap: { name: 'keys', namespace: 'trust' } }] }
    const own = kyvernoPolicy([`${registry.host}/*`], [keyEntry('{{ keys.data.release }}')], { rule })
    const map = (pem: string): string =>
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'keys', namespace: 'trust' },
        data: { release: pem },
      })
    const run = async (manifests: Readonly<Record<string, string>>) => {
      const cwd = folderOf({ 'policy.yaml': own, ...manifests })
      return runFaces(cwd, { policy: 'policy.yaml', manifests: Object.keys(manifests).join('\n') })
    }
    const pod = podOf([signed])
    expectRun(await run({ 'app.yaml': pod, 'keys.yaml': map(alice.publicPem) }), 'verified', ['pass'])
    expectRun(await run({ 'app.yaml': pod, 'keys.yaml': map(bob.publicPem) }), 'signature-invalid', ['fail'])
    expectRun(await run({ 'app.yaml': pod, 'keys.yaml': map('') }), 'policy-invalid', ['error'])
    expectRun(await run({ 'app.yaml': pod }), 'unsupported', ['error'])
  })
})

describe('static rules ask nobody', () => {
  beforeEach(() => expect(registry.requests.length).toBeGreaterThanOrEqual(0))
  const nowhere = '127.0.0.1:1/app:v1'
  const statically = (action: 'pass' | 'fail', message?: string): object => ({
    static: { action, ...(message && { message }) },
  })

  it('pass: admitted, nothing verified, nothing handed on', async () => {
    const cwd = folderOf({
      'policy.yaml': clusterImagePolicy(['**'], [statically('pass')]),
      'app.yaml': podOf([nowhere]),
    })
    const ran = await runFaces(cwd, { ...usual, 'pinned-manifests': 'out' })
    expectRun(ran, 'verified', ['pass'])
    expect(ran.document.policies[0]?.message).toBe('admitted by static policy, nothing verified')
    expect(ran.document.images[0]).toMatchObject({ digest: null, pinned: null })
    expect(ran.action.outputs['images']).toBe('[]')
    expect(ran.document.calls).toEqual([])
    expect(readFileSync(path.join(cwd, 'out/app.yaml'), 'utf8')).toBe(podOf([nowhere]))
  })

  it('fail: rejected with its message', async () => {
    const own = clusterImagePolicy(['**'], [statically('fail', 'this registry is frozen')])
    const ran = await runFaces(folderOf({ 'policy.yaml': own, 'app.yaml': podOf([nowhere]) }), usual)
    expectRun(ran, 'policy-denied', ['fail'])
    expect(ran.action.outputs['message']).toContain('this registry is frozen')
    expect(ran.document.calls).toEqual([])
  })

  it('one that passes beside one that fails: each row says its own', async () => {
    const own = [statically('pass'), statically('fail')]
      .map((one, index) => clusterImagePolicy(['**'], [one], { name: `p${index}` }))
      .join('\n---\n')
    const ran = await runFaces(folderOf({ 'policy.yaml': own, 'app.yaml': podOf([nowhere]) }), usual)
    expectRun(ran, 'policy-denied', ['pass', 'fail'])
    expect(ran.document.calls).toEqual([])
  })

  it('pass beside a key: the key is asked about', async () => {
    const own = `${clusterImagePolicy(['**'], [statically('pass')])}\n---\n${clusterImage('**', { name: 'keyed' })}`
    const run = async (image: string) =>
      runFaces(folderOf({ 'policy.yaml': own, 'app.yaml': podOf([image]) }), usual)
    expectRun(await run(signed), 'verified', ['pass', 'pass'])
    expectRun(await run(unsigned), 'unsigned', ['pass', 'fail'])
    expectRun(await run(nowhere), 'unreachable', ['pass', 'error'])
  })
})

describe('policies in Rego and CUE over the authorities', () => {
  const over = (type: 'rego' | 'cue', data: string): string =>
    clusterImagePolicy(
      ['**'],
      [
        { name: 'alice', key: { data: alice.publicPem } },
        { name: 'bob', key: { data: bob.publicPem } },
      ],
      { spec: { policy: { type, data } } },
    )
  const both = 'package sigstore\nisCompliant { count(input.authorityMatches) == 2 }'
  const run = async (own: string, image: string, more: Readonly<Record<string, string>> = {}) =>
    runFaces(folderOf({ 'policy.yaml': own, 'app.yaml': podOf([image]) }), { ...usual, ...more })

  it.each([
    ['rego', both],
    ['cue', 'authorityMatches: {alice!: {...}, bob!: {...}}'],
  ] as const)(
    '%s',
    async (type, data) => {
      expectRun(await run(over(type, data), byBoth), 'verified', ['pass'])
      expectRun(await run(over(type, data), signed), 'policy-denied', ['fail'])
      expectRun(await run(over(type, data), unsigned), 'unsigned', ['fail'])
      expectRun(await run(over(type, data), down), 'server-error', ['error'])
    },
    120_000,
  )

  it.each([
    ['rego that does not parse', 'rego', 'package sigstore\nisCompliant {'],
    ['cue that does not parse', 'cue', 'authorityMatches: {'],
    [
      'rego that asks the network',
      'rego',
      'package sigstore\nisCompliant { http.send({"method": "get", "url": "http://127.0.0.1:1"}) }',
    ],
  ] as const)(
    '%s: undetermined',
    async (_, type, data) => {
      expectRun(await run(over(type, data), byBoth), 'policy-invalid', ['error'])
    },
    120_000,
  )

  it('rego without end is cut off, and passes nothing', async () => {
    const endless = `package sigstore
xs := numbers.range(1, 3000)
isCompliant { a := xs[_]; b := xs[_]; c := xs[_]; d := xs[_]; a + b + c + d == 0 }`
    const ran = await run(over('rego', endless), byBoth, { timeout: '5s' })
    expect(ran.document.verdict).toBe('undetermined')
    expect(ran.document.failure?.code).toBe('timeout')
    expect(ran.document.policies.map(({ result }) => result)).toEqual(['error'])
    const { startedAt, finishedAt } = ran.document
    expect(Date.parse(finishedAt) - Date.parse(startedAt)).toBeLessThan(20_000)
  }, 180_000)
})

describe('what is asked of the registry', () => {
  const since = (before: number, repository: string): readonly string[] =>
    registry.requests
      .slice(before)
      .filter((one) => one.repository === repository)
      .map(({ kind }) => kind)

  it('the same image in twenty containers is verified once', async () => {
    const cwd = folderOf({
      'policy.yaml': policy(),
      'one.yaml': podOf([signed]),
      'app.yaml': podOf(Array<string>(20).fill(signed)),
    })
    const [first, second] = [registry.requests.length, 0]
    await runAction({ ...usual, manifests: 'one.yaml' }, { cwd })
    const once = since(first, 'app/signed')
    const before = registry.requests.length
    const ran = await runAction(usual, { cwd })
    expect(since(before, 'app/signed').toSorted()).toEqual(once.toSorted())
    expect(once.length).toBeGreaterThan(second)
    expect(once.length).toBeLessThanOrEqual(4)
    expect(ran.document?.images).toHaveLength(1)
    expect(ran.document?.images[0]?.origins).toHaveLength(20)
    expect(ran.document?.policies).toHaveLength(20)
    expect(ran.outputs['images']).toBe(JSON.stringify([pinned('signed')]))
  })

  it('under several rules of several policies it is still resolved once', async () => {
    const bobs = kyvernoPolicy([`${registry.host}/*`], [keyEntry(bob.publicPem)], { name: 'bobs' })
    const cwd = folderOf({
      'policy.yaml': `${policy()}\n---\n${bobs}\n---\n${clusterImage()}`,
      'app.yaml': podOf([byBoth]),
    })
    const before = registry.requests.length
    const ran = await runAction(usual, { cwd })
    expect(ran.outputs['verdict'], ran.outputs['message']).toBe('verified')
    const asked = since(before, 'app/by-both')
    expect(asked.filter((kind) => kind === 'tag')).toHaveLength(1)
    // Kyverno looks under tags only, policy-controller among the referrers too: each way of looking is gone once.
    expect(asked.filter((kind) => kind === 'sig')).toHaveLength(2)
  })

  it('twenty images: at most four requests each, and all at the same time', async () => {
    const images = many('m').map((name) => `${registry.host}/app/${name}:v1`)
    const cwd = folderOf({ 'policy.yaml': policy(), 'app.yaml': podOf(images) })
    const before = registry.requests.length
    const ran = await runAction(usual, { cwd })
    expect(ran.outputs['verdict'], ran.outputs['message']).toBe('verified')
    expect(registry.requests.length - before).toBeLessThanOrEqual(80)
    expect(ran.document?.images.map(({ reference }) => reference)).toEqual(images)
  })

  it('an image that nothing is asked of is not resolved for its signature', async () => {
    const cwd = folderOf({ 'policy.yaml': policy({}, 'app/signed*'), 'app.yaml': podOf([signed, unsigned]) })
    const before = registry.requests.length
    await runAction(usual, { cwd })
    expect(since(before, 'app/unsigned').filter((kind) => kind === 'sig' || kind === 'referrers')).toEqual([])
  })
})

describe('an outage', () => {
  it('of one registry leaves the others their verdicts, in any order', async () => {
    const gone = '127.0.0.1:1/app/x:v1'
    const own = kyvernoPolicy([`${registry.host}/app/*`, '127.0.0.1:1/*'], [keyEntry(alice.publicPem)])
    const images = [signed, gone, unsigned, down]
    const wanted = new Map([
      [signed, 'verified'],
      [gone, 'undetermined'],
      [unsigned, 'rejected'],
      [down, 'undetermined'],
    ])
    for (let turn = 0; turn < images.length; turn++) {
      const order = [...images.slice(turn), ...images.slice(0, turn)]
      const cwd = folderOf({ 'policy.yaml': own, 'app.yaml': podOf(order) })
      const ran = await runFaces(cwd, { ...usual, 'pinned-manifests': 'out' })
      expectRun(ran, 'unsigned')
      expect(ran.document.images.map(({ reference, verdict }) => [reference, verdict])).toEqual(
        order.map((one) => [one, wanted.get(one)]),
      )
      expect(ran.action.outputs['images']).toBe(JSON.stringify([pinned('signed')]))
      expect(readFileSync(path.join(cwd, 'out/app.yaml'), 'utf8')).toBe(
        podOf(order.map((one) => (one === signed ? pinned('signed') : one))),
      )
    }
  }, 60_000)

  it('of the evidence alone, let pass: nothing is handed on', async () => {
    registry.fault('app/m0', 'sig', 'always', (response) => {
      response.statusCode = 503
      response.end('')
    })
    const image = `${registry.host}/app/m0:v1`
    const cwd = folderOf({ 'policy.yaml': policy(), 'app.yaml': podOf([signed, image]) })
    const ran = await runAction(
      { ...usual, 'pinned-manifests': 'out', 'on-infrastructure-error': 'warn', retries: '0' },
      { cwd },
    )
    expect([ran.exit, ran.outputs['verdict'], ran.outputs['failure-code']]).toEqual([
      0,
      'undetermined',
      'server-error',
    ])
    expect(ran.outputs['images']).toBe('[]')
    expect(ran.outputs['pinned-manifests'] ?? '').toBe('')
    expect(existsSync(path.join(cwd, 'out'))).toBe(false)
  })
})

describe('files', () => {
  const run = async (files: Readonly<Record<string, string>>, inputs: Readonly<Record<string, string>>) =>
    runFaces(folderOf(files), inputs)
  const good = () => ({ 'policy.yaml': policy(), 'app.yaml': podOf([signed]) })

  it.each([
    ['a policy that is missing', { policy: 'nosuch.yaml' }, 'policy-invalid', /nosuch\.yaml/],
    [
      'a pattern without policies',
      { policy: 'p/*.yaml' },
      'input-invalid',
      /policy: p\/\*\.yaml: expected at least one file, got none/,
    ],
    [
      'a manifest that is missing',
      { manifests: 'nosuch.yaml' },
      'input-invalid',
      /manifests: no file nosuch\.yaml/,
    ],
    [
      'a pattern without manifests',
      { manifests: 'm/**/*.yaml' },
      'input-invalid',
      /manifests: m\/\*\*\/\*\.yaml: expected at least one file/,
    ],
    [
      'one pattern of two without manifests',
      { manifests: 'app.yaml\nm/*.yaml' },
      'input-invalid',
      /m\/\*\.yaml/,
    ],
    [
      'one policy of two that is missing',
      { policy: 'policy.yaml\nnosuch.yaml' },
      'policy-invalid',
      /nosuch\.yaml/,
    ],
    ['a folder as policy', { policy: 'folder' }, 'policy-invalid', /folder/],
    ['a manifest as policy', { policy: 'app.yaml' }, 'policy-invalid', /app\.yaml:1: .*got Pod of v1/],
    ['no manifest and no image', { manifests: '' }, 'input-invalid', /./],
  ] as const)('%s', async (_, given, code, message) => {
    const inputs: Readonly<Record<string, string>> = given
    const cwd = folderOf(good())
    mkdirSync(path.join(cwd, 'folder'))
    const ran = await runFaces(
      cwd,
      Object.fromEntries(Object.entries({ ...usual, ...inputs }).filter(([, value]) => value !== '')),
    )
    expect(ran.document.verdict).toBe('undetermined')
    expect(ran.action.outputs['message']).toMatch(message)
    expectRun(ran, code)
    expect(ran.action.outputs['images']).toBe(
      code === 'input-invalid' && inputs['manifests'] === 'app.yaml\nm/*.yaml'
        ? JSON.stringify([pinned('signed')])
        : '[]',
    )
  })

  it.each([
    ['broken YAML', 'apiVersion: kyverno.io/v1\nkind: [ClusterPolicy\n', /policy-b\.yaml:\d+: /],
    ['an empty file', '', /expected a policy|policy-b/],
    [
      'a bomb of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x,x]\n${Array.from(
        { length: 12 },
        (_, at) =>
          `b${at}: &b${at} [${Array<string>(10)
            .fill(at === 0 ? '*a' : `*b${at - 1}`)
            .join(',')}]`,
      ).join('\n')}`,
      /policy-b\.yaml/,
    ],
  ])('a policy that is %s beside one that is read: no image is verified', async (_, text, message) => {
    const ran = await run(
      { ...good(), 'policy-b.yaml': text },
      { ...usual, policy: 'policy.yaml\npolicy-b.yaml' },
    )
    if (text === '') {
      // It holds nothing, and the other is whole.
      expectRun(ran, 'verified', ['pass'])
      return
    }
    expectRun(ran, 'policy-invalid', ['pass'])
    expect(ran.action.outputs['message']).toMatch(message)
    // It may have demanded anything of this image.
    expect(ran.document.images.map(({ verdict }) => verdict)).toEqual(['undetermined'])
    expect(ran.action.outputs['images']).toBe('[]')
  })

  it('a rejection stays one, whatever else is broken', async () => {
    const ran = await run(
      { 'policy.yaml': policy(), 'b.yaml': 'kind: [', 'app.yaml': podOf([unsigned]) },
      { ...usual, policy: 'policy.yaml\nb.yaml' },
    )
    expectRun(ran, 'unsigned', ['fail'])
  })

  it.skipIf(process.getuid?.() === 0)('a policy that may not be read', async () => {
    const cwd = folderOf(good())
    chmodSync(path.join(cwd, 'policy.yaml'), 0)
    expectRun(await runFaces(cwd, usual), 'policy-invalid')
  })

  it('patterns of manifests and policies', async () => {
    const ran = await run(
      {
        'policies/a.yaml': policy(),
        'policies/b.yml': clusterImage(),
        'k/a/app.yaml': podOf([signed]),
        'k/b/c/app.json': podOf([byBoth]),
        'k/.hidden/app.yaml': podOf([unsigned]),
      },
      { policy: 'policies/*', manifests: 'k/**/app.*' },
    )
    expectRun(ran, 'verified', ['pass', 'pass', 'pass', 'pass'])
    expect(ran.document.images.flatMap(({ origins }) => origins.map(({ file }) => file))).toEqual([
      'k/a/app.yaml',
      'k/b/c/app.json',
    ])
  })

  it('standard input', async () => {
    const cwd = folderOf({ 'policy.yaml': policy() })
    const child = spawn(
      process.execPath,
      [
        path.join(dist, 'cli.js'),
        'verify',
        '--output=json',
        '--policy=policy.yaml',
        '--manifests=-',
        '--pinned-manifests=out',
      ],
      {
        cwd,
        env: { PATH: process.env['PATH'], HOME: '/nonexistent' },
        stdio: ['pipe', 'pipe', 'ignore'],
      },
    )
    child.stdin.end(podOf([signed]))
    const parts: Buffer[] = []
    child.stdout.on('data', (part: Buffer) => parts.push(part))
    const exit = await new Promise((resolve) => child.on('close', resolve))
    const document = JSON.parse(Buffer.concat(parts).toString()) as ResultDocument
    expect(document.failure).toBeNull()
    expect(exit).toBe(0)
    expect(document.images[0]?.origins).toMatchObject([{ file: 'standard input', line: 1 }])
    expect(readFileSync(path.join(cwd, 'out/manifests.yaml'), 'utf8')).toBe(podOf([pinned('signed')]))
    // Nothing comes in: nothing is verified.
    const empty = await runCli(['verify', '--output=json', '--policy=policy.yaml', '--manifests=-'], { cwd })
    expect(empty.exit).toBe(2)
  })

  it('a symbolic link where a manifest would be written is refused, and the run is no pass', async () => {
    const cwd = folderOf({ ...good(), 'victim.yaml': 'mine\n' })
    mkdirSync(path.join(cwd, 'out'))
    symlinkSync('../victim.yaml', path.join(cwd, 'out/app.yaml'))
    const ran = await runAction({ ...usual, 'pinned-manifests': 'out' }, { cwd })
    expect([ran.exit, ran.outputs['verdict'], ran.outputs['failure-code']]).toEqual([
      2,
      'undetermined',
      'output-unwritable',
    ])
    expect(ran.outputs['message']).toContain('a symbolic link is there')
    expect(readFileSync(path.join(cwd, 'victim.yaml'), 'utf8')).toBe('mine\n')
    expect(ran.outputs['images'] ?? '').toMatch(/^(?:\[\])?$/)
  })

  it('two manifests that would be written under one name', async () => {
    const outside = folderOf({ 'app.yaml': podOf([signed]) })
    const cwd = folderOf(good())
    const ran = await runAction(
      { ...usual, manifests: `app.yaml\n${path.join(outside, 'app.yaml')}`, 'pinned-manifests': 'out' },
      { cwd },
    )
    expect([ran.exit, ran.outputs['failure-code']]).toEqual([2, 'output-unwritable'])
    expect(ran.outputs['message']).toContain('two manifests would be written there')
    expect(ran.outputs['images'] ?? '').toMatch(/^(?:\[\])?$/)
  })

  it('manifests in different folders keep them', async () => {
    const cwd = folderOf({
      'policy.yaml': policy(),
      'a/app.yaml': podOf([signed]),
      'b/app.yaml': podOf([byBoth]),
    })
    const ran = await runAction({ ...usual, manifests: '*/app.yaml', 'pinned-manifests': 'out' }, { cwd })
    expect(ran.exit, ran.outputs['message']).toBe(0)
    expect(readFileSync(path.join(cwd, 'out/a/app.yaml'), 'utf8')).toBe(podOf([pinned('signed')]))
    expect(readFileSync(path.join(cwd, 'out/b/app.yaml'), 'utf8')).toBe(podOf([pinned('by-both')]))
  })

  it.each([
    ['annotations', 'env=prod'],
    ['attestation-type', 'https://acme.example/scan/v1'],
    ['source-uri', 'github.com/acme/app'],
  ])('%s without a signer is not left out in silence', async (name, value) => {
    const ran = await run(good(), { ...usual, [name]: value })
    expect(ran.document.verdict).toBe('undetermined')
    expectRun(ran, 'input-invalid')
    expect(ran.action.outputs['images']).toBe('[]')
  })

  it('expected-digest holds beside a policy', async () => {
    const digest = digests.get('signed') ?? ''
    const cwd = folderOf(good())
    const inputs = { policy: 'policy.yaml', image: signed }
    expectRun(await runFaces(cwd, { ...inputs, 'expected-digest': digest }), 'verified', ['pass'])
    const other = `sha256:${'0'.repeat(64)}`
    expectRun(await runFaces(cwd, { ...inputs, 'expected-digest': other }), 'digest-mismatch', ['pass'])
    const keyed = { ...inputs, key: alice.publicPem, 'insecure-ignore-tlog': 'true' }
    expectRun(await runFaces(cwd, { ...keyed, 'expected-digest': other }), 'digest-mismatch', ['pass'])
    const statically = folderOf({
      'policy.yaml': clusterImagePolicy(['**'], [{ static: { action: 'pass' } }]),
    })
    expectRun(await runFaces(statically, { ...inputs, 'expected-digest': digest }), 'verified', ['pass'])
    expectRun(await runFaces(statically, { ...inputs, 'expected-digest': other }), 'digest-mismatch', [
      'pass',
    ])
  })
})
