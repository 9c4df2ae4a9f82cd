import { parseAllDocuments } from 'yaml'
import { describe, expect, it } from 'vitest'
import { answersOf } from '../../../src/policy/image-validating/answers.js'
import type { ImageLists, PolicyAnswer } from '../../../src/policy/image-validating/evaluate.js'
import type { Host } from '../../../src/policy/image-validating/host.js'
import type { ImageValidatingPolicy } from '../../../src/policy/image-validating/model.js'
import { readImageValidatingText } from '../policy-files.js'
import type { PolicyResource } from '../../../src/policy/image-validating/resource.js'
import { shifted } from '../../../src/policy/image-validating/compile.js'
import { OpenQuestion } from '../../../src/requirement/requirement.js'
import { fixtures, fixtureText, peerCases } from '../cluster-image/peer-cases.js'

const pem = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEgVWgjGn6tGPIT4/Yei9Esw1KZW4Y
yfU5JmiMyvrh/cdhWjQf/SOAroqVSkxEX0HnHTaE30W/X/0h7oVERwMAiA==
-----END PUBLIC KEY-----
`
const pods = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['pods'] }
const signed = 'images.containers.map(image, verifyImageSignatures(image, [attestors.a])).all(e, e > 0)'

function policy(spec: object, head: object = {}): ImageValidatingPolicy {
  const { policies, problems } = readImageValidatingText(
    'p.yaml',
    JSON.stringify({
      apiVersion: 'policies.kyverno.io/v1beta1',
      kind: 'ImageValidatingPolicy',
      metadata: { name: 'p' },
      spec: {
        matchConstraints: { resourceRules: [pods] },
        validationConfigurations: { verifyDigest: false },
        attestors: ['a', 'b'].map((name) => ({ name, cosign: { key: { data: pem } } })),
        attestations: [
          { name: 'scan', intoto: { type: 'https://scan' } },
          { name: 'sbom', referrer: { type: 'sbom' } },
        ],
        validations: [{ expression: signed, message: 'unsigned' }],
        ...spec,
      },
      ...head,
    }),
  )
  expect(problems).toEqual([])
  return policies[0]!
}

/** Images by what happened to them: `signed/…`, `unsigned/…`, `down/…`; attestations by `scan`. */
const host: Host = {
  verifyImageSignatures: (image, attestors) => {
    if (image.startsWith('down'))
      throw new OpenQuestion({ code: 'unreachable', service: 'registry', message: 'down' })
    return image.startsWith('signed') ? attestors.filter(({ name }) => name === 'a').length : 0
  },
  verifyAttestationSignatures: (image, { type }, attestors) => {
    if (image.startsWith('down'))
      throw new OpenQuestion({ code: 'unreachable', service: 'registry', message: 'down' })
    return image.startsWith('signed') && type === 'https://scan' ? attestors.length : 0
  },
  extractPayload: (_, { type }) => ({
    predicateType: type,
    predicate: { passed: true, count: 3, __proto__x: 1 },
  }),
  getImageData: () => ({ resolvedImage: 'x' }),
}
const pod = (more: object = {}, kind = 'Pod', apiVersion = 'v1'): PolicyResource => ({
  apiVersion,
  kind,
  name: 'app',
  namespace: 'default',
  labels: new Map([['env', 'prod']]),
  object: {
    apiVersion,
    kind,
    metadata: { name: 'app', namespace: 'default', labels: { env: 'prod' } },
    spec: {},
    ...more,
  },
})
const lists = (...containers: string[]): ImageLists =>
  new Map([
    ['containers', containers],
    ['initContainers', []],
    ['ephemeralContainers', []],
  ])
const ask = (
  one: ImageValidatingPolicy | readonly ImageValidatingPolicy[],
  images: ImageLists,
  resource = pod(),
): readonly PolicyAnswer[] => answersOf('kind' in one ? [one] : one, { resource }, images, host)
const said = (spec: object, images: ImageLists, resource?: PolicyResource): unknown => {
  const [answer] = ask(policy(spec), images, resource)
  if (answer?.result === 'open') return ['open', answer.problem.code]
  if (answer?.result === 'none') return ['none', answer.reason]
  return [answer?.result, answer?.message]
}
const rule = (expression: string, more: object = {}): object => ({
  validations: [{ expression, message: 'no', ...more }],
})

describe('a policy', () => {
  it.each<[string, object, ImageLists, unknown]>([
    ['signed', {}, lists('signed/x:v1'), ['pass', 'success']],
    ['unsigned', {}, lists('signed/x:v1', 'unsigned/x:v1'), ['fail', 'unsigned']],
    [
      'without a message',
      { validations: [{ expression: signed }] },
      lists('unsigned/x:v1'),
      ['fail', 'CEL expression validation failed at index 0'],
    ],
    [
      'with a message that is computed',
      rule(signed, { messageExpression: "'unsigned: ' + images.containers[0]" }),
      lists('unsigned/x:v1'),
      ['fail', 'unsigned: unsigned/x:v1'],
    ],
    [
      'with a message that cannot be',
      rule(signed, { messageExpression: 'object.nosuch' }),
      lists('unsigned/x:v1'),
      ['fail', 'failed to evaluate message expression: no such key: nosuch'],
    ],
    [
      'the second validation',
      {
        validations: [
          { expression: signed },
          { expression: 'false', message: 'two' },
          { expression: 'object.nosuch' },
        ],
      },
      lists('signed/x:v1'),
      ['fail', 'two'],
    ],
    [
      'two attestors',
      rule('images.containers.all(i, verifyImageSignatures(i, [attestors.a, attestors.b]) == 1)'),
      lists('signed/x:v1'),
      ['pass', 'success'],
    ],
    [
      'an attestor that is not there',
      rule('images.containers.all(i, verifyImageSignatures(i, [attestors.nosuch]) > 0)'),
      lists('signed/x:v1'),
      ['error', 'failed to evaluate policy: no such key: nosuch'],
    ],
    [
      'an attestation that is not there',
      rule(
        'images.containers.all(i, verifyAttestationSignatures(i, attestations.nosuch, [attestors.a]) > 0)',
      ),
      lists('signed/x:v1'),
      ['error', 'failed to evaluate policy: no such key: nosuch'],
    ],
    [
      'a field that is not there',
      rule("object.nosuch == 'x'"),
      lists(),
      ['error', 'failed to evaluate policy: no such key: nosuch'],
    ],
    ['no boolean', rule('variables.x', {}), lists(), ['error', 'failed to evaluate policy: no such key: x']],
    [
      'a payload',
      {
        validations: [
          {
            expression:
              'images.containers.all(i, verifyAttestationSignatures(i, attestations.scan, [attestors.a]) > 0)',
          },
          { expression: 'images.containers.all(i, extractPayload(i, attestations.scan).predicate.passed)' },
        ],
      },
      lists('signed/x:v1'),
      ['pass', 'success'],
    ],
    [
      'a payload before it is verified',
      rule('images.containers.all(i, extractPayload(i, attestations.scan).predicate.passed)'),
      lists('signed/x:v1'),
      [
        'error',
        'failed to evaluate policy: failed to get payload: intoto attestation payload cannot be fetch before verifying intoto attestation',
      ],
    ],
    [
      'a payload of a referrer',
      {
        ...rule('images.containers.all(i, extractPayload(i, attestations.sbom).predicate.count > 2)'),
        validationConfigurations: { verifyDigest: false, required: false },
      },
      lists('unsigned/x:v1'),
      ['pass', 'success'],
    ],
    [
      'image data',
      rule("images.containers.all(i, getImageData(i).config.architecture == 'amd64')"),
      lists('signed/x:v1'),
      ['error', 'failed to evaluate policy: no such field: config'],
    ],
    [
      'variables',
      {
        variables: [
          {
            name: 'bad',
            expression: 'images.containers.filter(i, verifyImageSignatures(i, [attestors.a]) == 0)',
          },
          { name: 'n', expression: 'variables.bad.size()' },
        ],
        ...rule('variables.n == 0'),
      },
      lists('unsigned/x:v1'),
      ['fail', 'no'],
    ],
    [
      'a variable that nobody needs',
      { variables: [{ name: 'x', expression: 'object.nosuch' }], ...rule(signed) },
      lists('signed/x:v1'),
      ['pass', 'success'],
    ],
    [
      'a variable that uses itself',
      { variables: [{ name: 'x', expression: 'variables.x' }], ...rule('variables.x == 1') },
      lists(),
      ['error', 'failed to evaluate policy: the variable x uses itself'],
    ],
    [
      'a key from a variable',
      {
        variables: [{ name: 'k', expression: "'key'" }],
        attestors: [{ name: 'a', cosign: { key: { expression: 'variables.k' } } }],
      },
      lists('signed/x:v1'),
      ['pass', 'success'],
    ],
    [
      'a key that cannot be computed',
      { attestors: [{ name: 'a', cosign: { key: { expression: 'object.nosuch' } } }] },
      lists('signed/x:v1'),
      ['error', 'failed to evaluate policy: no such key: nosuch'],
    ],
    [
      'a tag where a digest is wanted',
      { validationConfigurations: {} },
      lists('signed/x:v1'),
      ['fail', 'image signed/x:v1 does not have a digest'],
    ],
    [
      'a digest where one is wanted',
      { validationConfigurations: {} },
      lists(`signed/x:v1@sha256:${'ab'.repeat(32)}`),
      ['pass', 'success'],
    ],
    [
      'an image that nobody verified',
      rule('true'),
      lists('signed/x:v1'),
      [
        'fail',
        'image signed/x:v1 is not verified: no policy performed a signature or attestation check on it',
      ],
    ],
    [
      'an image that failed and was let through',
      rule('images.containers.all(i, verifyImageSignatures(i, [attestors.a]) >= 0)'),
      lists('unsigned/x:v1'),
      ['fail', 'image unsigned/x:v1 failed signature or attestation verification'],
    ],
    [
      'an image that need not be verified',
      { ...rule('true'), validationConfigurations: { verifyDigest: false, required: false } },
      lists('unsigned/x:v1'),
      ['pass', 'success'],
    ],
    [
      'verified without attestors',
      rule('images.containers.all(i, verifyImageSignatures(i, []) == 0)'),
      lists('signed/x:v1'),
      [
        'fail',
        'image signed/x:v1 is not verified: no policy performed a signature or attestation check on it',
      ],
    ],
    [
      'no image that a glob matches',
      { matchImageReferences: [{ glob: 'ghcr.io/*' }] },
      lists('unsigned/x:v1'),
      ['pass', 'success'],
    ],
    [
      'only images that match',
      { matchImageReferences: [{ glob: 'nosuch' }, { expression: "ref.startsWith('signed')" }] },
      lists('unsigned/x:v1', 'signed/x:v1'),
      ['pass', 'success'],
    ],
    [
      'a match that fails',
      { matchImageReferences: [{ expression: "image(ref).tag() == 'v1'" }] },
      lists('BAD NAME'),
      ['error', 'failed to evaluate policy: could not parse reference: BAD NAME'],
    ],
    [
      'images of a place of its own',
      {
        images: [{ name: 'more', expression: '[object.metadata.name + ":v1"]' }],
        ...rule('images.more.all(i, verifyImageSignatures(i, [attestors.a]) > 0)'),
      },
      lists(),
      ['fail', 'no'],
    ],
    [
      'a place of its own that holds none',
      { images: [{ name: 'more', expression: 'object.nosuch' }] },
      lists(),
      ['error', 'failed to evaluate policy: no such key: nosuch'],
    ],
    [
      'a condition that is false',
      {
        matchConditions: [
          { name: 'c', expression: "object.metadata.labels.env == 'dev'" },
          { name: 'd', expression: 'object.nosuch' },
        ],
      },
      lists('unsigned/x:v1'),
      ['none', 'the match condition c is false'],
    ],
    [
      'a condition that fails',
      { matchConditions: [{ name: 'c', expression: 'object.nosuch' }] },
      lists('signed/x:v1'),
      ['error', 'failed to evaluate policy: no such key: nosuch'],
    ],
    [
      'a condition that fails and may',
      { failurePolicy: 'Ignore', matchConditions: [{ name: 'c', expression: 'object.nosuch' }] },
      lists('unsigned/x:v1'),
      ['none', expect.stringContaining('Ignore')],
    ],
    [
      'a condition that holds',
      {
        matchConditions: [
          { name: 'c', expression: "request.operation == 'CREATE' && request.namespace == 'default'" },
        ],
      },
      lists('unsigned/x:v1'),
      ['fail', 'unsigned'],
    ],
    // Nothing is decided where something is not known, unless it does not matter.
    ['an image that is not known', {}, lists('down/x:v1'), ['open', 'unreachable']],
    [
      'an image that is not known beside a bad one',
      rule('images.containers.all(i, verifyImageSignatures(i, [attestors.a]) > 0)'),
      lists('down/x:v1', 'unsigned/x:v1'),
      ['fail', 'no'],
    ],
    [
      'an image that is not known and a validation that is false',
      { validations: [{ expression: signed }, { expression: 'false', message: 'two' }] },
      lists('down/x:v1'),
      ['fail', 'two'],
    ],
    [
      'an image that is not known and a validation that errs',
      { validations: [{ expression: signed }, { expression: 'object.nosuch' }] },
      lists('down/x:v1'),
      ['open', 'unreachable'],
    ],
    [
      'an image that is not known and need not be',
      rule(`true || ${signed}`),
      lists('down/x:v1'),
      ['fail', 'image down/x:v1 is not verified: no policy performed a signature or attestation check on it'],
    ],
    [
      'an image that is not known and was asked for in vain',
      rule(`${signed} || true`),
      lists('down/x:v1'),
      ['open', 'unreachable'],
    ],
    [
      'a payload that is not known',
      {
        validations: [
          {
            expression:
              'images.containers.all(i, verifyAttestationSignatures(i, attestations.scan, [attestors.a]) > 0) || true',
          },
          { expression: 'images.containers.all(i, extractPayload(i, attestations.scan).predicate.passed)' },
        ],
      },
      lists('down/x:v1'),
      ['open', 'unreachable'],
    ],
    [
      'a variable that is not known',
      { variables: [{ name: 'x', expression: signed }], ...rule('variables.x') },
      lists('down/x:v1'),
      ['open', 'unreachable'],
    ],
    [
      'an expression without end',
      rule(
        `${'[0,1,2,3,4,5,6,7,8,9].all(a, '.repeat(1)}${Array.from('bcdefghi')
          .map((name) => `[0,1,2,3,4,5,6,7,8,9].all(${name}, `)
          .join('')}true${')'.repeat(9)}`,
      ),
      lists(),
      ['open', 'limit-exceeded'],
    ],
  ])('%s', (_, spec, images, wanted) => {
    expect(said(spec, images)).toEqual(wanted)
  })

  it('shares what it found with the others', () => {
    const catchAll = policy(rule('true'), { metadata: { name: 'all' } })
    const one = policy({})
    for (const both of [
      [one, catchAll],
      [catchAll, one],
    ]) {
      expect(ask(both, lists('signed/x:v1')).map(({ result }) => result)).toEqual(['pass', 'pass'])
    }
    expect(ask([catchAll, one], lists('down/x:v1')).map(({ result }) => result)).toEqual(['open', 'open'])
  })

  it('has the names that Kyverno gives its results', () => {
    const namespaced = policy(
      {},
      { kind: 'NamespacedImageValidatingPolicy', metadata: { name: 'p', namespace: 'default' } },
    )
    expect(ask(namespaced, lists('signed/x:v1'))[0]).toMatchObject({
      policy: 'default/p',
      rule: 'p',
      images: ['signed/x:v1'],
    })
    expect(ask(policy(rule('object.nosuch')), lists())[0]).toMatchObject({ policy: 'p', rule: 'evaluation' })
  })

  it('of a namespace is for that one only', () => {
    const other = policy(
      {},
      { kind: 'NamespacedImageValidatingPolicy', metadata: { name: 'p', namespace: 'prod' } },
    )
    expect(ask(other, lists('unsigned/x:v1'))[0]).toMatchObject({ result: 'none' })
  })
})

describe('the resources of a policy', () => {
  const isFor = (spec: object, resource: PolicyResource): string =>
    ask(policy(spec), lists('unsigned/x:v1'), resource)[0]!.result
  const deployment = pod(
    {
      spec: {
        template: { spec: { containers: [{ image: 'unsigned/x:v1' }] }, metadata: { labels: { a: 'b' } } },
      },
    },
    'Deployment',
    'apps/v1',
  )
  const rules = (...resourceRules: object[]): object => ({ matchConstraints: { resourceRules } })

  it.each<[string, object, PolicyResource, string]>([
    ['a Pod', {}, pod(), 'fail'],
    ['a Deployment, for its Pods', {}, deployment, 'fail'],
    ['a CronJob, for its Pods', {}, pod({}, 'CronJob', 'batch/v1'), 'fail'],
    ['a Rollout', {}, pod({}, 'Rollout', 'argoproj.io/v1'), 'none'],
    ['a Deployment of another group', {}, pod({}, 'Deployment', 'x.io/v1'), 'none'],
    [
      'a controller that is not listed',
      { autogen: { podControllers: { controllers: ['cronjobs'] } } },
      deployment,
      'none',
    ],
    [
      'a controller that is',
      { autogen: { podControllers: { controllers: ['deployments'] } } },
      deployment,
      'fail',
    ],
    [
      'a Deployment by name',
      rules({ ...pods, apiGroups: ['apps'], resources: ['deployments'] }),
      deployment,
      'fail',
    ],
    [
      'a Deployment where a selector forbids rules',
      { matchConstraints: { resourceRules: [pods], objectSelector: { matchLabels: { env: 'prod' } } } },
      deployment,
      'none',
    ],
    [
      'a Deployment beside another rule',
      rules(pods, { ...pods, resources: ['services'] }),
      deployment,
      'none',
    ],
    [
      'everything',
      rules({ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: ['*'] }),
      pod({}, 'Rollout', 'argoproj.io/v1'),
      'fail',
    ],
    ['nothing without rules', { matchConstraints: {} }, pod(), 'none'],
    ['deletions only', rules({ ...pods, operations: ['DELETE'] }), pod(), 'none'],
    ['another name', rules({ ...pods, resourceNames: ['other'] }), pod(), 'none'],
    ['its name', rules({ ...pods, resourceNames: ['app'] }), pod(), 'fail'],
    [
      'labels',
      { matchConstraints: { resourceRules: [pods], objectSelector: { matchLabels: { env: 'prod' } } } },
      pod(),
      'fail',
    ],
    [
      'other labels',
      { matchConstraints: { resourceRules: [pods], objectSelector: { matchLabels: { env: 'dev' } } } },
      pod(),
      'none',
    ],
    [
      'what is excluded',
      { matchConstraints: { resourceRules: [pods], excludeResourceRules: [pods] } },
      pod(),
      'none',
    ],
    [
      'a namespace whose labels are not known',
      { matchConstraints: { resourceRules: [pods], namespaceSelector: { matchLabels: { a: 'b' } } } },
      pod(),
      'open',
    ],
    [
      'a namespace with the labels',
      { matchConstraints: { resourceRules: [pods], namespaceSelector: { matchLabels: { a: 'b' } } } },
      { ...pod(), namespaceLabels: new Map([['a', 'b']]) },
      'fail',
    ],
    [
      'a namespace without',
      { matchConstraints: { resourceRules: [pods], namespaceSelector: { matchLabels: { a: 'b' } } } },
      { ...pod(), namespaceLabels: new Map() },
      'none',
    ],
  ])('%s', (_, spec, resource, wanted) => {
    expect(isFor(spec, resource)).toBe(wanted)
  })

  it('are looked at where their Pods are', () => {
    const spec = rule(
      "object.spec.containers.all(c, verifyImageSignatures(c.image, [attestors.a]) > 0) && object.metadata.labels.a == 'b' && object.metadata.name == 'app'",
    )
    expect(said(spec, lists('unsigned/x:v1'), deployment)).toEqual(['fail', 'no'])
    expect(
      said(
        rule("object.metadata.labels.a == 'b' && object.metadata.name == 'app' && " + signed),
        lists('signed/x:v1'),
        deployment,
      ),
    ).toEqual(['pass', 'success'])
  })

  it.each<[string, string, string]>([
    ['object.spec.a', 'template', 'object.spec.template.spec.a'],
    ['oldObject.spec.a', 'template', 'oldObject.spec.template.spec.a'],
    ['object.metadata.labels', 'cronjob-template', 'object.spec.jobTemplate.spec.template.metadata.labels'],
    [
      'object.metadata.name + object.metadata.namespace',
      'template',
      'object.metadata.name + object.metadata.namespace',
    ],
    ['object.metadata.names', 'template', 'object.spec.template.metadata.names'],
    ['object.spec', 'itself', 'object.spec'],
  ])('%s for a %s', (expression, matched, wanted) => {
    expect(shifted(expression, matched as 'template')).toBe(wanted)
  })
})

describe('a JSON document', () => {
  const spec = {
    evaluation: { mode: 'JSON' },
    images: [{ name: 'imgs', expression: '[object.image]' }],
    ...rule('images.imgs.all(i, verifyImageSignatures(i, [attestors.a]) > 0)'),
  }
  it.each([
    ['signed/x:v1', 'pass'],
    ['unsigned/x:v1', 'fail'],
    ['down/x:v1', 'open'],
  ])('with %s: %s', (image, wanted) => {
    expect(answersOf([policy(spec)], { json: { image } }, new Map(), host)[0]?.result).toBe(wanted)
    expect(ask(policy(spec), lists(image))[0]?.result).toBe('none')
    expect(answersOf([policy({})], { json: { image } }, new Map(), host)[0]?.result).toBe('none')
  })
})

/** What the fixtures' repositories hold, told by their names (README of the fixtures). */
const peers: Host = {
  verifyImageSignatures: (image, attestors) =>
    /\/ab[:@]/.test(image)
      ? attestors.length
      : /\/(?:sig|bundle)\/ab?[:@]|\/repo\/app|\/multi\/(?:idx|rec)|\/sig\/ann|\/batt\/|\/cert\//.test(image)
        ? 1
        : 0,
  verifyAttestationSignatures: (image, { type }) => {
    const custom = /\/batt\/(?:custom|two|bad|multi|ab)[:@]/.test(image) && type.includes('scan')
    return custom || (image.includes('/batt/sbom') && type.includes('cyclonedx')) ? 1 : 0
  },
  extractPayload: (image) =>
    image.includes('sbom')
      ? { predicate: { components: [{ licenses: [{ license: { id: 'MIT' } }] }] } }
      : { predicate: { passed: !/two|bad/.test(image) } },
  getImageData: () => ({}),
}

describe.skipIf(fixtures === undefined)('the cases of Kyverno', () => {
  interface Container {
    readonly image: string
  }
  interface Spec {
    readonly containers?: Container[]
    readonly initContainers?: Container[]
    readonly ephemeralContainers?: Container[]
    readonly template?: { readonly spec: Spec }
    readonly jobTemplate?: { readonly spec: Spec }
  }
  const podOf = (spec: Spec): Spec =>
    spec.jobTemplate ? podOf(spec.jobTemplate.spec) : spec.template ? spec.template.spec : spec
  // Where the answer does not hang on signatures that a fake host cannot know.
  const decided = peerCases('kyverno-ivpol').filter(({ id, expect: { exit, results }, policy: file }) => {
    if (exit === 2 || results === undefined || file.includes('exception') || id.startsWith('i-down'))
      return false
    if (
      /^i-(?:id-|att-|ann|net-|keyless|load|cert|action|namespaced-other)|missing|i-hub|i-cond-false/.test(id)
    )
      return false
    return !results.some(({ message }) => message.startsWith('failed to compile'))
  })

  it('are enough', () => expect(decided.length).toBeGreaterThan(35))

  it.each(decided.map((one) => [one.id, one] as const))('%s', (_, one) => {
    const { policies, problems } = readImageValidatingText(one.policy, fixtureText(one.policy))
    expect(problems).toEqual([])
    const [document] = parseAllDocuments(fixtureText(one.resource ?? ''))
    const object = document?.toJS() as {
      kind?: string
      apiVersion?: string
      metadata?: { name: string; namespace?: string }
      spec?: Spec
    }
    const spec = podOf(object.spec ?? {})
    const images = new Map(
      (['containers', 'initContainers', 'ephemeralContainers'] as const).map((list) => [
        list,
        (spec[list] ?? []).map(({ image }) => image),
      ]),
    )
    const { kind = '', apiVersion = '', metadata } = object
    const subject =
      metadata === undefined
        ? { json: object }
        : {
            resource: {
              kind,
              apiVersion,
              name: metadata.name,
              namespace: metadata.namespace ?? 'default',
              labels: new Map<string, string>(),
              object,
            },
          }
    const answers = answersOf(policies, subject, images, peers).filter(({ result }) => result !== 'none')
    expect(answers.map((answer) => [answer.result, 'message' in answer ? answer.message : ''])).toEqual(
      one.expect.results?.map(({ result, message }) => [result, message]),
    )
  })
})
