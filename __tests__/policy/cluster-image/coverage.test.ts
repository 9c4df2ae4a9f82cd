import { parseAllDocuments } from 'yaml'
import { describe, expect, it } from 'vitest'
import { coverageOf, type Coverage, matchesResource } from '../../../src/policy/cluster-image/coverage.js'
import { readClusterImageText } from '../policy-files.js'
import type { ClusterImagePolicy } from '../../../src/policy/cluster-image/model.js'
import { nameOfResource, type Resource } from '../../../src/policy/cluster-image/resource.js'
import { fixtures, fixtureText, peerCases } from './peer-cases.js'

const digest = `sha256:${'ab'.repeat(32)}` as const
function policy(name: string, globs: readonly string[], more: object = {}): ClusterImagePolicy {
  const { policies, problems } = readClusterImageText(
    'p.yaml',
    JSON.stringify({
      apiVersion: 'policy.sigstore.dev/v1beta1',
      kind: 'ClusterImagePolicy',
      metadata: { name },
      spec: {
        images: globs.map((glob) => ({ glob })),
        authorities: [{ static: { action: 'fail' } }],
        ...more,
      },
    }),
  )
  expect(problems).toEqual([])
  return policies[0]!
}
const namesOf = (coverage: Coverage): readonly string[] =>
  coverage.kind === 'covered' ? coverage.policies.map((one) => one.policy.name) : []
const resource = (kind: string, apiVersion: string, labels: Record<string, string> = {}): Resource => ({
  kind,
  apiVersion,
  labels: new Map(Object.entries(labels)),
})

describe('coverage', () => {
  it('is every policy with a glob that matches', () => {
    const policies = [policy('a', ['r.io/x/**', '**']), policy('b', ['r.io/*']), policy('c', ['r.io/*/app*'])]
    const coverage = coverageOf(policies, { written: 'r.io/x/app:v1', digest })
    expect(namesOf(coverage)).toEqual(['a', 'c'])
    expect(coverage).toMatchObject({
      policies: [{ glob: 'r.io/x/**' }, { glob: 'r.io/*/app*' }],
      warnings: [],
    })
  })

  it('is none, in the words of the peer', () => {
    expect(coverageOf([policy('a', ['r.io/*'])], { written: 'r.io/x/app:v1' })).toEqual({
      kind: 'uncovered',
      warnings: [],
      peerReason: 'r.io/x/app:v1 is uncovered by policy',
    })
    expect(coverageOf([], { written: 'r.io/app:v1' }).kind).toBe('uncovered')
  })

  it.each(['R.io/UPPER', '', 'a b'])('of %j is not known', (written) => {
    expect(coverageOf([policy('a', ['**'])], { written }).kind).toBe('unreadable')
  })

  it('by a tag is said to be lost in a cluster', () => {
    const tagged = coverageOf([policy('a', ['r.io/app:v1'])], { written: 'r.io/app:v1', digest })
    expect(namesOf(tagged)).toEqual(['a'])
    expect(tagged).toMatchObject({ warnings: [expect.stringContaining(`r.io/app@${digest}`)] })
    const pinned = coverageOf([policy('a', ['r.io/app:v1'])], { written: `r.io/app:v1@${digest}`, digest })
    expect(pinned.kind).toBe('uncovered')
  })

  it('by a digest only is said to begin in a cluster', () => {
    const coverage = coverageOf([policy('a', ['r.io/app@*'])], { written: 'r.io/app:v1', digest })
    expect(coverage).toMatchObject({
      kind: 'uncovered',
      warnings: [expect.stringContaining('only where it is pinned')],
    })
  })

  it('by a short name is said to be none', () => {
    const coverage = coverageOf([policy('a', ['nginx*'])], { written: 'nginx' })
    expect(coverage).toMatchObject({
      kind: 'uncovered',
      warnings: [expect.stringContaining('index.docker.io/library/nginx:latest')],
    })
  })

  it('keeps both policies of one name, and says so', () => {
    const coverage = coverageOf([policy('a', ['**']), policy('a', ['**'])], { written: 'r.io/app:v1' })
    expect(namesOf(coverage)).toEqual(['a', 'a'])
    expect(coverage).toMatchObject({ warnings: [expect.stringContaining('two ClusterImagePolicies')] })
  })

  it('with match needs such a resource', () => {
    const one = policy('a', ['**'], { match: [{ group: 'apps', version: 'v1', resource: 'deployments' }] })
    const image = { written: 'r.io/app:v1' }
    expect(namesOf(coverageOf([one], image, resource('Deployment', 'apps/v1')))).toEqual(['a'])
    expect(namesOf(coverageOf([one], image, resource('Pod', 'v1')))).toEqual([])
    expect(coverageOf([one], image)).toMatchObject({
      kind: 'uncovered',
      warnings: [expect.stringContaining('certain resources')],
    })
  })
})

describe('a match', () => {
  const match = (more: object): ClusterImagePolicy['match'][number] =>
    policy('a', ['**'], { match: [more] }).match[0]!
  it.each<[string, object, Resource | undefined, boolean]>([
    ['the same', { version: 'v1', resource: 'pods' }, resource('Pod', 'v1'), true],
    [
      'any version',
      { version: '*', group: 'batch', resource: 'cronjobs' },
      resource('CronJob', 'batch/v1'),
      true,
    ],
    [
      'another version',
      { version: 'v1beta1', group: 'batch', resource: 'cronjobs' },
      resource('CronJob', 'batch/v1'),
      false,
    ],
    ['another group', { version: 'v1', group: 'x', resource: 'pods' }, resource('Pod', 'v1'), false],
    ['* is no group', { version: 'v1', group: '*', resource: 'pods' }, resource('Pod', 'v1'), false],
    ['no version', { resource: 'pods' }, resource('Pod', 'v1'), false],
    ['no resource known', { version: 'v1', resource: 'pods' }, undefined, false],
    [
      'label',
      { version: 'v1', resource: 'pods', selector: { matchLabels: { a: 'b' } } },
      resource('Pod', 'v1', { a: 'b' }),
      true,
    ],
    [
      'other label',
      { version: 'v1', resource: 'pods', selector: { matchLabels: { a: 'b' } } },
      resource('Pod', 'v1', { a: 'c' }),
      false,
    ],
    [
      'a label of the prototype',
      {
        version: 'v1',
        resource: 'pods',
        selector: { matchExpressions: [{ key: 'constructor', operator: 'Exists' }] },
      },
      resource('Pod', 'v1'),
      false,
    ],
    [
      'In',
      {
        version: 'v1',
        resource: 'pods',
        selector: { matchExpressions: [{ key: 'a', operator: 'In', values: ['b', 'c'] }] },
      },
      resource('Pod', 'v1', { a: 'c' }),
      true,
    ],
    [
      'NotIn without the label',
      {
        version: 'v1',
        resource: 'pods',
        selector: { matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['b'] }] },
      },
      resource('Pod', 'v1'),
      true,
    ],
    [
      'DoesNotExist',
      {
        version: 'v1',
        resource: 'pods',
        selector: { matchExpressions: [{ key: 'a', operator: 'DoesNotExist' }] },
      },
      resource('Pod', 'v1', { a: 'c' }),
      false,
    ],
  ])('%s', (_, one, of, wanted) => {
    expect(matchesResource(match(one), of)).toBe(wanted)
  })

  it.each([
    ['Pod', 'pods'],
    ['Ingress', 'ingresses'],
    ['NetworkPolicy', 'networkpolicies'],
    ['', ''],
    ['Endpoints', 'endpoints'],
  ])('knows the plural of %s', (kind, plural) => {
    expect(nameOfResource({ apiVersion: 'x/v1', kind })).toEqual({
      group: 'x',
      version: 'v1',
      resource: plural,
    })
  })

  it.each([
    [{ matchExpressions: [{ key: 'a', operator: 'Is' }] }],
    [{ matchExpressions: [{ key: 'a', operator: 'In' }] }],
    [{ matchExpressions: [{ key: 'a', operator: 'Exists', values: ['x'] }] }],
    [{ matchExpressions: [{ operator: 'Exists' }] }],
    [{ matchLabels: { a: 7 } }],
    [{ labels: {} }],
  ])('cannot have the selector %j', (selector) => {
    const { problems } = readClusterImageText(
      'p.yaml',
      JSON.stringify({
        apiVersion: 'policy.sigstore.dev/v1alpha1',
        kind: 'ClusterImagePolicy',
        metadata: { name: 'a' },
        spec: {
          images: [{ glob: '**' }],
          authorities: [{ static: { action: 'fail' } }],
          match: [{ version: 'v1', resource: 'pods', selector }],
        },
      }),
    )
    expect(problems.length).toBeGreaterThan(0)
  })
})

function resourceOf(file: string): Resource {
  const [document] = parseAllDocuments(fixtureText(file))
  const { apiVersion, kind, metadata } = document?.toJS() as {
    apiVersion: string
    kind: string
    metadata: { labels?: Record<string, string> }
  }
  return resource(kind, apiVersion, metadata.labels)
}

describe.skipIf(fixtures === undefined)('policy-tester', () => {
  const cases = peerCases('policy-controller').filter(({ expect: { stderr } }) => stderr === undefined)

  it.each(cases.map((one) => [one.id, one] as const))('%s is covered or not', (id, one) => {
    const { policies } = readClusterImageText(one.policy, fixtureText(one.policy))
    // Its signatureFormat is none; the peer takes it for legacy.
    if (id === 'p-load-bundlekey') {
      expect(policies).toEqual([])
      return
    }
    const coverage = coverageOf(
      policies,
      { written: one.image ?? '' },
      one.resource === undefined ? undefined : resourceOf(one.resource),
    )
    const uncovered = one.expect.errors?.find((error) => error.endsWith('is uncovered by policy'))
    if (uncovered === undefined) expect(coverage.kind).toBe('covered')
    else expect(coverage).toMatchObject({ kind: 'uncovered', peerReason: uncovered })
  })
})
