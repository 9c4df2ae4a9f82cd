import { describe, expect, it } from 'vitest'
import { autogenAnnotation } from '../../../src/policy/kyverno/autogen.js'
import { type Coverage, coverageOf } from '../../../src/policy/kyverno/coverage.js'
import type { KyvernoException, KyvernoPolicy } from '../../../src/policy/kyverno/model.js'
import { noSurroundings, type Resource } from '../../../src/policy/kyverno/resource.js'
import type { FindImages, ResourceImage } from '../../../src/policy/kyverno/view.js'
import {
  containers,
  entry,
  exception,
  one,
  pods,
  policy,
  resource,
  rule,
  signedBy,
  type Tree,
} from './policies.js'

const cover = (
  policies: readonly KyvernoPolicy[],
  find: FindImages<ResourceImage>,
  of: Resource = resource(),
  exceptions: readonly KyvernoException[] = [],
): Coverage<ResourceImage> => coverageOf(policies, exceptions, of, find, noSurroundings)

/** `image: +duty -skip`, entries by their index. */
const table = ({ images }: Coverage<ResourceImage>): readonly string[] =>
  images.map(({ image, duties, skips }) =>
    [
      `${image.text}:`,
      ...duties.map(({ policy: { name }, rule, entry: { index } }) => `+${name}/${rule.name}[${index}]`),
      ...skips.map(
        ({ policy: { name }, rule, entry: { index }, reason }) => `-${name}/${rule.name}[${index}] ${reason}`,
      ),
    ].join(' '),
  )
const loud = ({ notes }: Coverage<ResourceImage>): readonly string[] =>
  notes.filter((note) => note.loud).map(({ message }) => message)
const named = (name: string, spec: Tree = {}): KyvernoPolicy => one(policy(spec, { metadata: { name } }))
const entries = (...list: readonly Tree[]): KyvernoPolicy =>
  one(policy({ rules: [rule({ verifyImages: list.map((changes) => ({ ...entry, ...changes })) })] }))

describe('coverage', () => {
  it('of several policies and rules is all of them', () => {
    const two = named('q', { rules: [rule({ name: 'a' }), rule({ name: 'b' })] })
    expect(table(cover([one(policy()), two], containers('r.example/x:v1')))).toEqual([
      'r.example/x:v1: +p/check[0] +q/a[0] +q/b[0]',
    ])
  })

  it('of several entries: every one that fits must verify, the others skip', () => {
    const read = entries(
      { imageReferences: ['r.example/a*'] },
      { imageReferences: ['r.example/b*'] },
      { imageReferences: ['r.example/*'] },
    )
    const covered = cover([read], containers('r.example/a:1', 'r.example/b:1', 'other.example/c:1'))
    expect(table(covered)).toEqual([
      'r.example/a:1: +p/check[0] +p/check[2] -p/check[1] other-entry',
      'r.example/b:1: +p/check[1] +p/check[2] -p/check[0] other-entry',
      'other.example/c:1:',
    ])
    expect(loud(covered)).toEqual(['no rule covers other.example/c:1 of Pod/default/app'])
  })

  it('does not depend on the order of containers, and judges one image in two of them twice', () => {
    const read = one(policy())
    const texts = ['r.example/a:1', 'r.example/b:1', 'r.example/a:1']
    expect(table(cover([read], containers(...texts)))).toEqual(texts.map((text) => `${text}: +p/check[0]`))
    expect(table(cover([read], containers(...texts.toReversed())))).toEqual(
      texts.toReversed().map((text) => `${text}: +p/check[0]`),
    )
  })

  it('skips what skipImageReferences names, which still needs a digest where nobody adds one', () => {
    const skip = { skipImageReferences: ['r.example/s*'] }
    const text = 'r.example/s:1'
    const missing = (changes: Tree, image = text): readonly (readonly [string, boolean])[] =>
      cover([entries({ ...skip, ...changes })], containers(image)).images.flatMap(({ duties, skips }) => [
        ...duties.map(({ missingDigest }) => ['duty', missingDigest] as const),
        ...skips.map(({ reason, missingDigest }) => [reason, missingDigest] as const),
      ])
    const digest = `@sha256:${'a'.repeat(64)}`
    expect(missing({})).toEqual([['skip-reference', false]])
    expect(missing({ mutateDigest: false })).toEqual([['skip-reference', true]])
    expect(missing({ mutateDigest: false }, text + digest)).toEqual([['skip-reference', false]])
    expect(missing({ mutateDigest: false, verifyDigest: false })).toEqual([['skip-reference', false]])
    expect(missing({ mutateDigest: false }, 'r.example/t:1')).toEqual([['duty', true]])
    expect(missing({}, 'r.example/t:1')).toEqual([['duty', false]])
  })

  it('of a skip pattern with variables skips nothing, and says so', () => {
    const covered = cover([entries({ skipImageReferences: ['{{ x }}'] })], containers('r.example/a:1'))
    expect(table(covered)).toEqual(['r.example/a:1: +p/check[0]'])
    expect(loud(covered)[0]).toContain('it skips nothing')
  })

  it('of applyRules One names the rules that would come first', () => {
    const rules = [
      rule({ name: 'no', verifyImages: [{ ...entry, imageReferences: ['other/*'] }] }),
      rule({ name: 'a' }),
      rule({ name: 'b' }),
    ]
    const before = (applyRules: string): unknown =>
      cover([one(policy({ applyRules, rules }))], containers('r.example/a:1')).images[0]?.duties.map(
        ({ rule, unlessApplied }) => [rule.name, unlessApplied],
      )
    expect(before('One')).toEqual([
      ['a', []],
      ['b', ['a']],
    ])
    expect(before('All')).toEqual([
      ['a', []],
      ['b', []],
    ])
  })

  it('that depends on unknown labels is a duty that says so', () => {
    const match = {
      any: [{ resources: { kinds: ['Pod'], namespaceSelector: { matchLabels: { env: 'prod' } } } }],
    }
    const covered = cover([one(policy({ rules: [rule({ match })] }))], containers('r.example/a:1'))
    expect(covered.images[0]?.duties[0]?.unknown).toBe(
      'the labels of namespace default are not known, and a namespaceSelector asks for them',
    )
    expect(covered.rules[0]?.matched.kind).toBe('unknown')
  })

  it('by generated rules has their names', () => {
    const covered = cover([one(policy())], containers('r.example/a:1'), resource('Deployment', 'apps/v1'))
    expect(table(covered)).toEqual(['r.example/a:1: +p/autogen-check[0]'])
    expect(covered.rules.map(({ rule, autogen, matched }) => [rule.name, autogen, matched.kind])).toEqual([
      ['check', undefined, 'does-not-apply'],
      ['autogen-check', 'controller', 'applies'],
    ])
    expect(loud(covered)).toEqual([])
  })

  it('by mutate rules that may change images is flagged', () => {
    const mutate = rule({
      name: 'm',
      verifyImages: undefined,
      mutate: { patchStrategicMerge: { spec: { containers: [{ image: 'x' }] } } },
    })
    const read = one(policy({ rules: [mutate, rule()] }))
    const covered = cover([read], containers('r.example/a:1'))
    expect(covered.mutating.map(({ rule }) => rule.name)).toEqual(['m'])
    expect(loud(covered)).toEqual(['rule p/m may change the images of Pod/default/app, and is not run here'])
    expect(cover([read], containers('r.example/a:1'), resource('Service')).mutating).toEqual([])
  })
})

describe('exceptions', () => {
  const covered = (spec: Tree, of = resource(), read = one(policy())): readonly string[] =>
    table(cover([read], containers('r.example/a:1'), of, [exception(spec)]))
  const duty = ['r.example/a:1: +p/check[0]']
  const exempt = ['r.example/a:1: -p/check[0] exception']
  const names = (policyName: string, ...ruleNames: readonly string[]): Tree => ({
    exceptions: [{ policyName, ruleNames }],
  })

  it.each<readonly [string, Tree, readonly string[]]>([
    ['by name', {}, exempt],
    ['by wildcards', names('*', 'ch?ck'), exempt],
    ['of another policy', names('q', '*'), duty],
    ['of another rule', names('p', 'autogen-*'), duty],
    ['of another resource', { match: { any: [{ resources: { kinds: ['Job'] } }] } }, duty],
    [
      'by all filters',
      { match: { all: [{ resources: { kinds: ['Pod'] } }, { resources: { names: ['app'] } }] } },
      exempt,
    ],
    [
      'not by some of all',
      { match: { all: [{ resources: { kinds: ['Pod'] } }, { resources: { names: ['x'] } }] } },
      duty,
    ],
    [
      'for somebody',
      { background: false, match: { any: [{ resources: { kinds: ['Pod'] }, roles: ['a'] }] } },
      duty,
    ],
    ['for somebody with all', { background: false, match: { all: [...pods.any, { roles: ['a'] }] } }, duty],
  ])('%s', (_, spec, expected) => {
    expect(covered(spec)).toEqual(expected)
  })

  it('for a rule are none for the one generated from it', () => {
    const kinds = { match: { any: [{ resources: { kinds: ['Deployment'] } }] } }
    const deployment = resource('Deployment', 'apps/v1')
    expect(covered(kinds, deployment)).toEqual(['r.example/a:1: +p/autogen-check[0]'])
    expect(covered({ ...kinds, ...names('p', 'check', 'autogen-check') }, deployment)).toEqual([
      'r.example/a:1: -p/autogen-check[0] exception',
    ])
  })

  it('name a Policy with its namespace', () => {
    const own = one(policy({}, { kind: 'Policy', metadata: { name: 'p', namespace: 'default' } }))
    expect(covered({}, resource(), own)).toEqual(duty)
    expect(covered(names('default/p', '*'), resource(), own)).toEqual(exempt)
  })

  it('with conditions, or unknown labels, leave the duty and name themselves', () => {
    const conditions = { all: [{ key: 'a', operator: 'Equals', value: 'a' }] }
    const [duty] = cover([one(policy())], containers('r.example/a:1'), resource(), [
      exception({ conditions }),
    ]).images[0]!.duties
    expect(duty?.exemptIf).toMatchObject([{ name: 'team/e', conditions }])
    const match = { any: [{ resources: { kinds: ['Pod'], namespaceSelector: { matchLabels: { a: 'b' } } } }] }
    const [other] = cover([one(policy())], containers('r.example/a:1'), resource(), [exception({ match })])
      .images[0]!.duties
    expect(other?.exemptIf[0]?.unknown).toContain('the labels of namespace default are not known')
  })
})

describe('what Kyverno leaves unchecked in silence is said aloud', () => {
  const digest = `@sha256:${'a'.repeat(64)}`

  it('a digest that escapes a pattern', () => {
    const covered = cover(
      [entries({ imageReferences: ['r.example/a:*'] })],
      containers(`r.example/a:v1${digest}`),
    )
    expect(table(covered)).toEqual([`r.example/a:v1${digest}:`])
    expect(loud(covered)[0]).toContain(
      'asks for a tag, and an image with a digest has none for Kyverno; r.example/a* would cover both',
    )
    expect(loud(covered)[1]).toContain('no rule covers')
  })

  it('auto-gen that is off', () => {
    const off = one(policy({}, { metadata: { name: 'p', annotations: { [autogenAnnotation]: 'none' } } }))
    const deployment = resource('Deployment', 'apps/v1')
    expect(loud(cover([off], containers('r.example/a:1'), deployment))).toEqual([
      `policy p is for pods and does not look at Deployment/default/app, because its annotation ${autogenAnnotation} is "none"`,
      'no rule is about Deployment/default/app: r.example/a:1 would run unchecked',
    ])
    // Not about its images: no word of it.
    expect(loud(cover([off], containers('other.example/a:1'), deployment))).toHaveLength(1)
  })

  it('controllers that the annotation misspells', () => {
    const read = one(
      policy({}, { metadata: { name: 'p', annotations: { [autogenAnnotation]: 'Deployments' } } }),
    )
    expect(loud(cover([read], containers('r.example/a:1')))).toEqual([
      'policy p: its annotation asks for auto-gen for "Deployments", which Kyverno does not know',
    ])
  })

  it('a kind that nobody knows', () => {
    const rollout = resource('Rollout', 'argoproj.io/v1alpha1')
    const find: FindImages<ResourceImage> = () => ({
      images: [],
      odd: [],
      unlisted: [{ text: 'r.example/a:1' }],
    })
    expect(loud(cover([one(policy())], find, rollout))).toEqual([
      'no rule is about Rollout/default/app: r.example/a:1 would run unchecked',
    ])
    const own = one(policy({ rules: [rule({ match: { any: [{ resources: { kinds: ['Rollout'] } }] } })] }))
    expect(loud(cover([own], find, rollout))[0]).toContain(
      'Kyverno finds no image in a Rollout without imageExtractors',
    )
  })

  it('image volumes', () => {
    const find: FindImages<ResourceImage> = () => ({
      images: [
        {
          text: 'r.example/v:1',
          origin: { list: 'volumes', container: 'v', path: ['spec', 'volumes', 0, 'image', 'reference'] },
        },
      ],
      odd: [],
      unlisted: [],
    })
    const covered = cover([one(policy())], find)
    expect(table(covered)).toEqual(['r.example/v:1:'])
    expect(loud(covered)[0]).toContain('Kyverno does not look at volumes')
  })

  it('containers that it stumbles over, and the others are covered all the same', () => {
    const find: FindImages<ResourceImage> = () => ({
      images: [
        {
          text: 'r.example/BAD:1',
          origin: { list: 'containers', container: 'a', path: ['spec', 'containers', 0, 'image'] },
        },
        { text: 'r.example/b:1', origin: { list: 'containers', path: ['spec', 'containers', 1, 'image'] } },
        {
          text: 'r.example/c:1',
          origin: { list: 'containers', container: 'a', path: ['spec', 'containers', 2, 'image'] },
        },
      ],
      odd: [
        { kind: 'unusable', message: 'spec.containers[3]: expected a mapping' },
        { kind: 'absent', message: 'no image' },
      ],
      unlisted: [],
    })
    const covered = cover([one(policy())], find)
    expect(table(covered)).toEqual([
      'r.example/BAD:1:',
      'r.example/b:1: +p/check[0]',
      'r.example/c:1: +p/check[0]',
    ])
    expect(covered.images[0]?.reference).toEqual({ kind: 'unreadable', reason: '"BAD" has capitals' })
    expect(loud(covered).map((text) => text.slice(0, 50))).toEqual(
      [
        'rule p/check: spec.containers[3]: expected a mappin',
        'rule p/check: "r.example/BAD:1": "BAD" has capital',
        'rule p/check: the container with r.example/b:1 has',
        'rule p/check: two of the containers are called a; ',
        '"r.example/BAD:1" of Pod/default/app is no image th',
      ].map((text) => text.slice(0, 50)),
    )
  })

  it('an entry that asks for no signature', () => {
    const read = one(policy({ rules: [rule({ verifyImages: [{ imageReferences: ['*'] }] })] }))
    expect(loud(cover([read], containers('a')))[0]).toContain('it checks no signature')
  })

  it('says it for ten thousand images in bounded words and time', () => {
    const read = entries({
      imageReferences: Array.from({ length: 50 }, (_, index) => `r.example/x${index}:*`),
      attestors: signedBy,
    })
    const started = performance.now()
    const covered = cover(
      [read],
      containers(...Array.from({ length: 10_000 }, (_, index) => `r.example/x1:v${index}${digest}`)),
    )
    expect(covered.images).toHaveLength(10_000)
    expect(covered.notes.length).toBeLessThan(200)
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})

describe('image extractors', () => {
  const task = resource('Task', 'tekton.dev/v1')
  const match = { any: [{ resources: { kinds: ['Task'] } }] }
  const read = one(
    policy({ rules: [rule({ match, imageExtractors: { Task: [{ path: '/spec/steps/*/image' }] } })] }),
  )

  it('find what is nowhere else', () => {
    const asked: unknown[] = []
    const find: FindImages<ResourceImage> = (extractors) => {
      asked.push(extractors?.get('Task'))
      return extractors === undefined
        ? { images: [], odd: [], unlisted: [] }
        : {
            images: [
              { text: 'r.example/a:1', origin: { list: 'custom', path: ['spec', 'steps', 0, 'image'] } },
            ],
            odd: [],
            unlisted: [],
          }
    }
    const covered = cover([read], find, task)
    expect(table(covered)).toEqual(['r.example/a:1: +p/check[0]'])
    expect(loud(covered)).toEqual([])
    expect(asked).toEqual([undefined, [{ path: '/spec/steps/*/image', name: 'custom' }]])
  })

  it('of another kind change nothing', () => {
    const other = one(
      policy({ rules: [rule({ imageExtractors: { Task: [{ path: '/spec/steps/*/image' }] } })] }),
    )
    expect(table(cover([other], containers('r.example/a:1')))).toEqual(['r.example/a:1: +p/check[0]'])
  })
})
