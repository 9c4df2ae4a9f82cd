import { describe, expect, it } from 'vitest'
import { readImageGlob } from '../../../src/policy/image-validating/glob.js'
import type { ImageValidatingFile } from '../../../src/policy/image-validating/read.js'
import { readImageValidatingText } from '../policy-files.js'
import { fixtures, fixtureText, peerCases } from '../cluster-image/peer-cases.js'

const pem = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEgVWgjGn6tGPIT4/Yei9Esw1KZW4Y
yfU5JmiMyvrh/cdhWjQf/SOAroqVSkxEX0HnHTaE30W/X/0h7oVERwMAiA==
-----END PUBLIC KEY-----
`
const attestor = (cosign: object): object => ({ attestors: [{ name: 'a', cosign }] })
const read = (spec: object, head: object = {}): ImageValidatingFile =>
  readImageValidatingText(
    'p.yaml',
    JSON.stringify({
      apiVersion: 'policies.kyverno.io/v1',
      kind: 'ImageValidatingPolicy',
      metadata: { name: 'p' },
      spec: {
        matchConstraints: {
          resourceRules: [
            { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] },
          ],
        },
        attestors: [{ name: 'a', cosign: { key: { data: pem } } }],
        validations: [{ expression: 'true' }],
        ...spec,
      },
      ...head,
    }),
  )

describe('an ImageValidatingPolicy', () => {
  it('is read with its defaults', () => {
    const { policies, problems } = read({})
    expect(problems).toEqual([])
    expect(policies).toMatchObject([
      {
        kind: 'ImageValidatingPolicy',
        version: 'v1',
        name: 'p',
        mode: 'Kubernetes',
        validationActions: ['Deny'],
        failurePolicy: 'Fail',
        mutateDigest: true,
        verifyDigest: true,
        required: true,
        attestors: [
          {
            kind: 'cosign',
            name: 'a',
            cosign: { by: { kind: 'key', hashAlgorithm: 'sha256' }, ctlog: { insecureIgnoreTlog: false } },
          },
        ],
      },
    ])
  })

  it('has attestors and attestations of all kinds', () => {
    const { policies, problems } = read({
      attestors: [
        { name: 'kms', cosign: { key: { kms: 'awskms:///alias/x' } } },
        {
          name: 'who',
          cosign: {
            keyless: {
              identities: [{ issuer: 'i', subjectRegExp: '^s$' }],
              roots: 'r',
              additionalExtensions: { a: 'b' },
            },
            tuf: { root: { data: 'd' }, mirror: 'm' },
            annotations: { k: 'v' },
          },
        },
        {
          name: 'cert',
          cosign: {
            certificate: { cert: { value: 'c' }, certChain: { expression: 'variables.x' } },
            source: { repository: 'r.io/x', PullSecrets: [{ name: 's' }], tagPrefix: 't' },
            trustedRoot: { value: '{}' },
          },
        },
        { name: 'notary', notary: { certs: { value: 'c' } } },
      ],
      attestations: [
        { name: 'one', intoto: { type: 'https://x' } },
        { name: 'two', referrer: { type: 'sbom/x' } },
      ],
      variables: [{ name: 'x', expression: "'y'" }],
      namespace: undefined,
    })
    expect(problems).toEqual([])
    expect(
      policies[0]?.attestors.map((one) => (one.kind === 'cosign' ? one.cosign.by.kind : one.kind)),
    ).toEqual(['kms', 'keyless', 'certificate', 'notary'])
    expect(policies[0]?.attestations).toEqual([
      { name: 'one', kind: 'intoto', type: 'https://x' },
      { name: 'two', kind: 'referrer', type: 'sbom/x' },
    ])
  })

  it.each<[string, object, string, string]>([
    ['an unknown field', { validation: [] }, 'spec.validation', 'did you mean "validations"'],
    ['no attestors', { attestors: null }, 'spec', 'expected "attestors"'],
    ['no validations', { validations: null }, 'spec', 'expected "validations"'],
    [
      'an attestor of two kinds',
      { attestors: [{ name: 'a', cosign: { key: { data: pem } }, notary: {} }] },
      'spec.attestors[0]',
      'got both',
    ],
    ['a cosign attestor of no kind', attestor({}), 'spec.attestors[0].cosign', 'got none'],
    [
      'a key of two sources',
      attestor({ key: { data: pem, kms: 'x' } }),
      'spec.attestors[0].cosign.key',
      'data and kms',
    ],
    [
      'a key that is none',
      attestor({ key: { data: 'junk' } }),
      'spec.attestors[0].cosign.key.data',
      'expected a PEM block',
    ],
    [
      'an algorithm',
      attestor({ key: { data: pem, hashAlgorithm: 'md5' } }),
      'spec.attestors[0].cosign.key.hashAlgorithm',
      'md5',
    ],
    [
      'a pattern',
      attestor({ keyless: { identities: [{ subjectRegExp: '(' }] } }),
      'spec.attestors[0].cosign.keyless.identities[0].subjectRegExp',
      'RE2',
    ],
    [
      'pullSecrets in the usual spelling',
      attestor({ key: { data: pem }, source: { pullSecrets: [] } }),
      'spec.attestors[0].cosign.source.pullSecrets',
      'PullSecrets',
    ],
    ['an attestation of no kind', { attestations: [{ name: 'a' }] }, 'spec.attestations[0]', 'got none'],
    ['an action', { validationActions: ['Block'] }, 'spec.validationActions', 'Block'],
    ['a failure policy', { failurePolicy: 'Maybe' }, 'spec.failurePolicy', 'Maybe'],
    [
      'a match of two kinds',
      { matchImageReferences: [{ glob: '*', expression: 'true' }] },
      'spec.matchImageReferences[0]',
      'got both',
    ],
    [
      'a glob',
      { matchImageReferences: [{ glob: 'a[*' }] },
      'spec.matchImageReferences[0].glob',
      'unexpected end of input',
    ],
    [
      'a controller',
      { autogen: { podControllers: { controllers: ['Deployment'] } } },
      'spec.autogen.podControllers.controllers',
      'Deployment',
    ],
    [
      'an expression',
      { validations: [{ expression: 'images.containers.nosuch()' }] },
      'spec.validations[0].expression',
      'no matching overload',
    ],
    [
      'an expression of another type',
      { validations: [{ expression: '1' }] },
      'spec.validations[0].expression',
      'must evaluate to bool',
    ],
    [
      'images in a condition',
      { matchConditions: [{ name: 'c', expression: 'images.size() > 0' }] },
      'spec.matchConditions[0].expression',
      'Unknown variable: images',
    ],
    [
      'object in a match of images',
      { matchImageReferences: [{ expression: "object.a == 'b'" }] },
      'spec.matchImageReferences[0].expression',
      'Unknown variable: object',
    ],
    [
      'a function that needs a cluster',
      { validations: [{ expression: "resource.Get('v1', 'x', 'y', 'z').a == 1" }] },
      'spec.validations[0].expression',
      'not supported here',
    ],
    [
      'two variables of one name',
      {
        variables: [
          { name: 'a', expression: '1' },
          { name: 'a', expression: '2' },
        ],
      },
      'spec.variables[1].name',
      'second time',
    ],
    [
      'a selector',
      { matchConstraints: { objectSelector: { matchExpressions: [{ key: 'a', operator: 'Is' }] } } },
      'spec.matchConstraints.objectSelector.matchExpressions[0].operator',
      'Is',
    ],
  ])('with %s is a problem', (_, spec, field, message) => {
    const { policies, problems } = read(spec)
    expect(policies).toEqual([])
    const found = problems.find((one) => one.field === field)
    expect(found, JSON.stringify(problems)).toBeDefined()
    expect(`${found?.message ?? ''} ${found?.nearest ?? ''}`).toContain(message)
  })

  it('of another version is a problem, of another kind somebody else’s', () => {
    expect(read({}, { apiVersion: 'policies.kyverno.io/v2' }).problems).toHaveLength(1)
    expect(read({}, { kind: 'ValidatingPolicy' })).toMatchObject({
      policies: [],
      problems: [],
      others: [{ kind: 'ValidatingPolicy' }],
    })
  })

  it('is warned of where it leaves something unchecked', () => {
    const says = (spec: object): string =>
      read(spec)
        .warnings.map(({ message }) => message)
        .join('\n')
    expect(says({})).toBe('')
    expect(says({ validationConfigurations: { required: false } })).toContain('required is off')
    expect(says({ validationActions: ['Audit'] })).toContain('without Deny')
    expect(says({ validations: [] })).toContain('without validations')
    expect(says({ matchConstraints: null })).toContain('for no resource')
    expect(says(attestor({ keyless: { identities: [] } }))).toContain('whoever')
    expect(says(attestor({ keyless: { identities: [{ subject: '*@x' }] } }))).toContain('no wildcard')
    expect(says({ auditAnnotations: [] })).toContain('not evaluated')
    expect(
      says({
        matchConstraints: {
          resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
          objectSelector: { matchLabels: { a: 'b' } },
        },
      }),
    ).toContain('no rules are made')
  })
})

describe('a glob of images', () => {
  it.each<[string, string, boolean]>([
    ['r.io/*', 'r.io/a/b:v1', true],
    ['r.io/**', 'r.io/a/b:v1', true],
    ['r.io/a:v?', 'r.io/a:v1', true],
    ['r.io/a:v?', 'r.io/a:v12', false],
    ['r.io/[mn]one:*', 'r.io/none:v1', true],
    ['r.io/[!mn]one:*', 'r.io/none:v1', false],
    ['r.io/[a-f]x', 'r.io/cx', true],
    ['r.io/{a,b{c,d}}:v1', 'r.io/bd:v1', true],
    ['r.io/{a,b}:v1', 'r.io/c:v1', false],
    ['r.io/a,b', 'r.io/a,b', true],
    ['r.io/\\*', 'r.io/*', true],
    ['r.io/\\*', 'r.io/a', false],
    ['r.io', 'rxio', false],
    ['*', '', true],
    ['nginx*', 'docker.io/nginx', false],
    ['a}', 'a}', true],
  ])('%s against %s: %s', (text, image, wanted) => {
    const glob = readImageGlob(text)
    if (typeof glob === 'string') throw new Error(glob)
    expect(glob.matches(image)).toBe(wanted)
  })

  it.each(['[', 'a[b', '{a', '\\', '[]', '[z-a]', 'x'.repeat(1001), '{'.repeat(30)])('%j is none', (text) => {
    expect(readImageGlob(text)).toEqual(expect.any(String))
  })

  it('takes time in proportion', () => {
    const glob = readImageGlob('*a'.repeat(100) + 'b')
    if (typeof glob === 'string') throw new Error(glob)
    const began = process.hrtime.bigint()
    expect(glob.matches('a'.repeat(2000))).toBe(false)
    expect(Number(process.hrtime.bigint() - began) / 1e6).toBeLessThan(2000)
  })
})

describe.skipIf(fixtures === undefined)('the cases of Kyverno', () => {
  const cases = peerCases('kyverno-ivpol')
  it('are here', () => expect(cases.length).toBeGreaterThan(60))

  it.each(cases.map((one) => [one.id, one] as const))('%s loads or does not', (id, one) => {
    const { policies, problems } = readImageValidatingText(one.policy, fixtureText(one.policy))
    const refused =
      id === 'i-load-unknown' ||
      one.expect.results?.some(({ message }) => message.startsWith('failed to compile policy'))
    if (refused === true) expect(problems).not.toEqual([])
    else {
      expect(problems).toEqual([])
      expect(policies.length).toBeGreaterThan(0)
    }
  })
})
