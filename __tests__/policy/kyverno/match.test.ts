import { describe, expect, it } from 'vitest'
import { failureActionOf } from '../../../src/policy/kyverno/action.js'
import { autogenAnnotation, effectiveRules, unknownControllers } from '../../../src/policy/kyverno/autogen.js'
import { isOfKind, namesKind, parseKindSelector } from '../../../src/policy/kyverno/kind-selector.js'
import { selects } from '../../../src/policy/kyverno/label-selector.js'
import { matchResource } from '../../../src/policy/kyverno/match.js'
import { noSurroundings, type Resource, type Surroundings } from '../../../src/policy/kyverno/resource.js'
import { matchesWildcard } from '../../../src/policy/kyverno/wildcard.js'
import { entry, one, pods, policy, resource, rule, type Tree } from './policies.js'

describe('wildcards', () => {
  it.each([
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['a', 'a', true],
    ['a', 'A', false],
    ['a*', 'a', true],
    ['a*', 'a/b/c', true],
    ['*a', 'ba', true],
    ['*a*', 'xbx', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-b-b', false],
    ['?', '/', true],
    ['?', '', false],
    ['??', 'a', false],
    ['v?', 'v1', true],
    ['v?', 'v10', false],
    ['?*', 'a', true],
    ['*?', '', false],
    ['?', 'é', true],
    ['?', '😀', true],
    ['a.b', 'axb', false],
    ['[a]', 'a', false],
    ['\\*', '*', false],
    ['**', 'a', true],
  ])('%s on %s', (pattern, text, expected) => {
    expect(matchesWildcard(pattern, text)).toBe(expected)
  })

  it('of a thousand stars on a long text end soon', () => {
    const started = performance.now()
    expect(matchesWildcard('*a'.repeat(512), `${'a'.repeat(100_000)}b`)).toBe(false)
    expect(matchesWildcard(`*${'?'.repeat(1000)}b`, 'a'.repeat(100_000))).toBe(false)
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

describe('kinds', () => {
  it.each([
    ['Pod', ['*', '*', 'Pod', '']],
    ['v1/Pod', ['*', 'v1', 'Pod', '']],
    ['*/Pod', ['*', '*', 'Pod', '']],
    ['v1beta1/Pod', ['*', 'v1beta1', 'Pod', '']],
    ['apps/v1/Deployment', ['apps', 'v1', 'Deployment', '']],
    ['Pod/exec', ['*', '*', 'Pod', 'exec']],
    ['Pod.exec', ['*', '*', 'Pod', 'exec']],
    ['v1/Pod/exec', ['*', 'v1', 'Pod', 'exec']],
    ['v1/Pod.exec', ['*', 'v1', 'Pod', 'exec']],
    ['apps/v1/Deployment/scale', ['apps', 'v1', 'Deployment', 'scale']],
    ['*/*', ['*', '*', '*', '*']],
    ['*/exec', ['*', '*', '*', 'exec']],
    ['*', ['*', '*', '*', '']],
  ])('%s', (text, [group, version, kind, subresource]) => {
    expect(parseKindSelector(text)).toEqual({ group, version, kind, subresource })
  })

  it.each([
    ['Pod', 'v1', 'Pod', true],
    ['P?d', 'v1', 'Pod', true],
    ['pod', 'v1', 'Pod', false],
    ['*', 'apps/v1', 'Deployment', true],
    ['*/*', 'apps/v1', 'Deployment', true],
    ['apps/*/Deployment', 'apps/v1beta2', 'Deployment', true],
    ['v1/Deployment', 'apps/v1', 'Deployment', true],
    ['v1beta1/Deployment', 'apps/v1', 'Deployment', false],
    ['batch/v1/Job', 'v1', 'Job', false],
    ['Pod/exec', 'v1', 'Pod', false],
    ['Pod/*', 'v1', 'Pod', true],
    ['a/b/c/d/e', 'v1', 'Pod', false],
  ])('%s on %s %s', (selector, apiVersion, kind, expected) => {
    expect(isOfKind(selector, apiVersion, kind)).toBe(expected)
  })

  it.each([
    ['Pod', true],
    ['v1/Pod', true],
    ['Pod/exec', true],
    ['Pod.exec', true],
    // `*` could be a version too, and Kyverno takes it for one.
    ['*/v1/Pod', false],
    ['*', false],
    ['P*', false],
  ])('%s names Pod: %s', (selector, expected) => {
    expect(namesKind([selector], 'Pod')).toBe(expected)
  })
})

describe('label selectors', () => {
  const labels = {
    known: new Map([
      ['app', 'web'],
      ['a.example/x', 'y1'],
    ]),
    complete: true,
  }
  const selector = (
    matchLabels: Readonly<Record<string, string>>,
    ...matchExpressions: Parameters<typeof selects>[0]['matchExpressions']
  ): Parameters<typeof selects>[0] => ({
    matchLabels: new Map(Object.entries(matchLabels)),
    matchExpressions,
  })
  it.each([
    [selector({}), true],
    [selector({ app: 'web' }), true],
    [selector({ app: 'api' }), false],
    [selector({ none: 'web' }), false],
    [selector({ 'a.example/*': '*' }), true],
    [selector({ '*': 'y?' }), true],
    [selector({ '*': 'z*' }), false],
    [selector({ app: 'w*', '*': 'web' }), true],
    [selector({}, { key: 'app', operator: 'In', values: ['a', 'web'] }), true],
    [selector({}, { key: 'none', operator: 'In', values: ['a'] }), false],
    [selector({}, { key: 'none', operator: 'NotIn', values: ['a'] }), true],
    [selector({}, { key: 'app', operator: 'NotIn', values: ['web'] }), false],
    [selector({}, { key: 'app', operator: 'Exists', values: [] }), true],
    [selector({}, { key: 'app', operator: 'DoesNotExist', values: [] }), false],
    [selector({ app: 'web' }, { key: 'none', operator: 'Exists', values: [] }), false],
  ])('%#', (given, expected) => {
    expect(selects(given, labels)).toBe(expected)
  })

  it('with labels that are not known say so, unless what is known decides', () => {
    const some = { known: new Map([['n', 'x']]), complete: false }
    expect(selects(selector({ n: 'x' }), some)).toBe(true)
    expect(selects(selector({ n: 'y', other: 'z' }), some)).toBe(false)
    expect(selects(selector({ other: 'z' }), some)).toBeUndefined()
    expect(selects(selector({ '*': 'z' }), some)).toBeUndefined()
    expect(selects(selector({ n: 'z*' }), some)).toBe(false)
    expect(
      selects(selector({}, { key: 'other', operator: 'DoesNotExist', values: [] }), some),
    ).toBeUndefined()
    expect(selects(selector({ '*': 'z' }), { known: new Map(), complete: true })).toBe(false)
  })
})

describe('match and exclude', () => {
  const web = resource('Pod', 'v1', {
    name: 'web-1',
    namespace: 'prod',
    labels: { app: 'web' },
    value: { metadata: { annotations: { 'a.example/team': 'core' } } },
  })
  const known: Surroundings = {
    operation: 'CREATE',
    namespaceLabels: new Map([['prod', new Map([['env', 'prod']])]]),
  }
  const filter = (resources: Tree, user: Tree = {}): Tree => ({ any: [{ resources, ...user }] })
  const answer = (changes: Tree, of: Resource = web, surroundings: Surroundings = known): string => {
    const read = one(policy({ rules: [rule(changes)] }))
    return matchResource(read, read.rules[0]!, of, surroundings).kind
  }

  it.each<readonly [Tree, string]>([
    [filter({ kinds: ['Pod'] }), 'applies'],
    [filter({ kinds: ['Deployment', 'Pod'] }), 'applies'],
    [filter({ kinds: ['Deployment'] }), 'does-not-apply'],
    [filter({ names: ['web-*'] }), 'applies'],
    [filter({ name: 'web-?' }), 'applies'],
    [filter({ names: ['api', 'web'] }), 'does-not-apply'],
    [filter({ namespaces: ['p*'] }), 'applies'],
    [filter({ namespaces: ['default'] }), 'does-not-apply'],
    [filter({ annotations: { 'a.example/*': 'c?re' } }), 'applies'],
    [filter({ annotations: { 'a.example/*': 'core', b: '*' } }), 'does-not-apply'],
    [filter({ selector: { matchLabels: { app: 'web' } } }), 'applies'],
    [filter({ selector: { matchLabels: { app: 'api' } } }), 'does-not-apply'],
    [filter({ namespaceSelector: { matchLabels: { env: 'prod' } } }), 'applies'],
    [filter({ namespaceSelector: { matchLabels: { env: 'test' } } }), 'does-not-apply'],
    [filter({ operations: ['CREATE', 'UPDATE'] }), 'applies'],
    [filter({ operations: ['DELETE'] }), 'does-not-apply'],
    [filter({ kinds: ['Pod'], names: ['api'] }), 'does-not-apply'],
    [filter({ kinds: ['Pod'] }, { roles: ['admin'], subjects: [{ kind: 'User', name: 'x' }] }), 'applies'],
    [{ any: [{ resources: { kinds: ['Job'] } }, { resources: { names: ['web*'] } }] }, 'applies'],
    [{ all: [{ resources: { kinds: ['Pod'] } }, { resources: { names: ['web*'] } }] }, 'applies'],
    [{ all: [{ resources: { kinds: ['Pod'] } }, { resources: { names: ['api'] } }] }, 'does-not-apply'],
    [{ resources: { kinds: ['Pod'] } }, 'applies'],
    [{ resources: { kinds: ['Job'] } }, 'does-not-apply'],
    [{ resources: { kinds: ['Pod'] }, clusterRoles: ['x'] }, 'applies'],
  ])('match %j: %s', (match, expected) => {
    expect(answer({ match })).toBe(expected)
  })

  it('of somebody alone is about nothing outside a cluster', () => {
    expect(answer({ match: { any: [{ roles: ['admin'] }] } })).toBe('does-not-apply')
  })

  it.each<readonly [Tree, string]>([
    [filter({ namespaces: ['prod'] }), 'does-not-apply'],
    [filter({ namespaces: ['test'] }), 'applies'],
    [filter({ kinds: ['Pod'] }, { roles: ['admin'] }), 'applies'],
    [{ any: [{ resources: { names: ['a'] } }, { resources: { names: ['web*'] } }] }, 'does-not-apply'],
    [{ all: [{ resources: { names: ['a'] } }, { resources: { names: ['web*'] } }] }, 'applies'],
    [{ all: [{ resources: { kinds: ['Pod'] } }, { resources: { names: ['web*'] } }] }, 'does-not-apply'],
    [{ resources: { namespaces: ['prod'] } }, 'does-not-apply'],
    [{}, 'applies'],
  ])('exclude %j: %s', (exclude, expected) => {
    expect(answer({ match: pods, exclude })).toBe(expected)
  })

  it('depend on namespaces that are not known, and say so', () => {
    const asks = filter({ kinds: ['Pod'], namespaceSelector: { matchLabels: { env: 'prod' } } })
    expect(answer({ match: asks }, web, noSurroundings)).toBe('unknown')
    expect(answer({ match: pods, exclude: asks }, web, noSurroundings)).toBe('unknown')
    expect(answer({ match: { any: [asks['any'], pods.any].flat() } }, web, noSurroundings)).toBe('applies')
    expect(
      answer(
        { match: filter({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'prod' } } }) },
        web,
        noSurroundings,
      ),
    ).toBe('applies')
    expect(answer({ match: asks }, resource('Namespace', 'v1', { name: 'prod' }), noSurroundings)).toBe(
      'does-not-apply',
    )
  })

  it('take a resource without namespace for one of default, and a generated name for a name', () => {
    const bare: Resource = { apiVersion: 'v1', kind: 'Pod', generateName: 'web-', labels: {}, value: {} }
    expect(answer({ match: filter({ namespaces: ['default'] }) }, bare)).toBe('applies')
    expect(answer({ match: filter({ names: ['web-*'] }) }, bare)).toBe('applies')
    expect(
      answer({ match: filter({ namespaces: ['prod'] }) }, resource('Namespace', 'v1', { name: 'prod' })),
    ).toBe('applies')
  })

  it('of a Policy are about its namespace', () => {
    const own = one(policy({}, { kind: 'Policy', metadata: { name: 'p', namespace: 'prod' } }))
    expect(matchResource(own, own.rules[0]!, web, known).kind).toBe('applies')
    expect(matchResource(own, own.rules[0]!, resource(), known)).toEqual({
      kind: 'does-not-apply',
      why: 'the policy is for namespace prod, not default',
    })
  })
})

describe('auto-gen', () => {
  const rules = (
    kind: string,
    changes: Tree = {},
    annotation?: string,
    more: readonly Tree[] = [],
  ): string => {
    const metadata = {
      name: 'p',
      ...(annotation !== undefined && { annotations: { [autogenAnnotation]: annotation } }),
    }
    const { rules, off } = effectiveRules(
      one(policy({ rules: [rule(changes), ...more] }, { metadata })),
      kind,
    )
    return off ?? rules.map(({ rule: { name } }) => name).join(' ')
  }
  const filter = (resources: Tree): Tree => ({ match: { any: [{ resources }] } })

  it.each(['DaemonSet', 'Deployment', 'Job', 'StatefulSet', 'ReplicaSet', 'ReplicationController'])(
    'covers a %s',
    (kind) => {
      expect(rules(kind)).toBe('check autogen-check')
    },
  )

  it.each<readonly [string, string, Tree, string | undefined, string]>([
    ['a CronJob', 'CronJob', {}, undefined, 'check autogen-cronjob-check'],
    ['a Pod by its own rule', 'Pod', {}, undefined, 'check'],
    ['no other kind', 'Rollout', {}, undefined, 'check'],
    ['what the annotation names', 'Deployment', {}, 'Deployment,CronJob', 'check autogen-check'],
    ['all', 'Deployment', {}, 'all', 'check autogen-check'],
    ['none', 'Deployment', {}, 'none', `its annotation ${autogenAnnotation} is "none"`],
    [
      'not what it leaves out',
      'Deployment',
      {},
      'CronJob',
      `its annotation ${autogenAnnotation} is "CronJob"`,
    ],
    [
      'not what it misspells',
      'Deployment',
      {},
      'StatefulSet, Deployment',
      `its annotation ${autogenAnnotation} is "StatefulSet, Deployment"`,
    ],
    [
      'not with names',
      'Deployment',
      filter({ kinds: ['Pod'], names: ['a'] }),
      undefined,
      'rule check has names in match',
    ],
    [
      'not with a selector',
      'Deployment',
      filter({ kinds: ['Pod'], selector: { matchLabels: { a: 'b' } } }),
      undefined,
      'rule check has a selector in match',
    ],
    [
      'not with annotations',
      'Deployment',
      filter({ kinds: ['Pod'], annotations: { a: 'b' } }),
      undefined,
      'rule check has annotations in match',
    ],
    [
      'not with mixed kinds',
      'CronJob',
      filter({ kinds: ['Pod', 'Deployment'] }),
      undefined,
      'rule check has Pod together with other kinds in match',
    ],
    [
      'not with names to exclude',
      'Deployment',
      { exclude: filter({ names: ['a'] })['match'] },
      undefined,
      'rule check has names in exclude',
    ],
    [
      'with namespaces',
      'Deployment',
      filter({ kinds: ['Pod'], namespaces: ['a'] }),
      undefined,
      'check autogen-check',
    ],
    [
      'with namespaces to exclude',
      'Deployment',
      { exclude: filter({ namespaces: ['a'] })['match'] },
      undefined,
      'check autogen-check',
    ],
    [
      'not what excludes another kind',
      'Deployment',
      { exclude: filter({ kinds: ['Job'] })['match'] },
      undefined,
      'no rule of it is for pods alone',
    ],
    [
      'not v1/Pod',
      'Deployment',
      filter({ kinds: ['v1/Pod'] }),
      undefined,
      'no rule of it names the kind Pod',
    ],
    ['not *', 'Deployment', filter({ kinds: ['*'] }), undefined, 'no rule of it names the kind Pod'],
    [
      'the direct form',
      'Deployment',
      { match: { resources: { kinds: ['Pod'] } } },
      undefined,
      'check autogen-check',
    ],
  ])('%s', (_, kind, changes, annotation, expected) => {
    expect(rules(kind, changes, annotation)).toBe(expected)
  })

  it('is off for the whole policy when one rule hinders it', () => {
    const other = rule({ name: 'other', match: { any: [{ resources: { kinds: ['Pod'], names: ['x'] } }] } })
    expect(rules('Deployment', {}, undefined, [other])).toBe('rule other has names in match')
    const generates = rule({ name: 'g', verifyImages: undefined, generate: {} })
    expect(rules('Deployment', {}, undefined, [generates])).toBe('rule g generates resources')
    const patches = rule({
      name: 'j',
      verifyImages: undefined,
      mutate: { foreach: [{ patchesJson6902: '- x' }] },
    })
    expect(rules('Deployment', {}, undefined, [patches])).toBe('rule j has patchesJson6902')
  })

  it('cuts names at 63 characters', () => {
    expect(rules('CronJob', { name: 'n'.repeat(60) }).split(' ')[1]).toBe(`autogen-cronjob-${'n'.repeat(47)}`)
  })

  it('is for the controllers of Kubernetes, and moves variables into the template', () => {
    const changes = {
      preconditions: {
        all: [
          {
            key: '{{ request.object.spec.x }} {{request.object.metadata.name}}',
            operator: 'Equals',
            value: 'request.oldObject.spec',
          },
        ],
      },
      imageExtractors: { Deployment: [{ path: '/x' }] },
      verifyImages: [{ ...entry, repository: '{{ request.object.metadata.labels.r }}' }],
    }
    const read = one(policy({ rules: [rule(changes)] }))
    const [deployment, cron] = ['Deployment', 'CronJob'].map((kind) => effectiveRules(read, kind).rules[1]!)
    expect(deployment?.rule.match.filters[0]?.kinds).toEqual(['apps/v1/Deployment'])
    expect(cron?.rule.match.filters[0]?.kinds).toEqual(['batch/v1/CronJob'])
    expect(deployment?.rule.imageExtractors).toBeUndefined()
    expect(deployment?.rule.preconditions).toEqual({
      all: [
        {
          key: '{{ request.object.spec.template.spec.x }} {{request.object.spec.template.metadata.name}}',
          operator: 'Equals',
          value: 'request.oldObject.spec.template.spec',
        },
      ],
    })
    expect(cron?.rule.verifyImages[0]?.repository).toBe(
      '{{ request.object.spec.jobTemplate.spec.template.metadata.labels.r }}',
    )
    expect(read.rules[0]?.preconditions).toEqual(changes.preconditions)
    expect(
      matchResource(read, deployment!.rule, resource('Deployment', 'extensions/v1beta1'), noSurroundings)
        .kind,
    ).toBe('does-not-apply')
  })

  it.each<readonly [string, Tree, readonly string[], readonly string[]]>([
    [
      'any',
      {
        any: [
          { resources: { kinds: ['Pod'] } },
          { resources: { kinds: ['Job'] } },
          { resources: { namespaces: ['a'] } },
        ],
      },
      ['D', 'Job', ''],
      ['C', 'C', 'C'],
    ],
    [
      'all',
      { all: [{ resources: { kinds: ['Pod'] } }, { resources: { namespaces: ['a'] } }] },
      ['D', ''],
      ['C', 'C'],
    ],
    ['direct', { resources: { kinds: ['Pod'] } }, ['D'], ['C']],
    ['direct without kinds', { resources: { namespaces: ['a'] } }, [''], ['']],
  ])('replaces the kinds of %s as Kyverno does', (_, block, deployment, cron) => {
    const asked = new Map([
      ['D', 'apps/v1/Deployment'],
      ['C', 'batch/v1/CronJob'],
    ])
    const isFor = (of: readonly string[], kind: string): void => {
      const read = one(
        policy({
          rules: [
            rule({ match: { all: [{ resources: { kinds: ['Pod'], namespaces: ['x'] } }] }, exclude: block }),
          ],
        }),
      )
      const [, generated] = effectiveRules(read, kind).rules
      expect(generated?.rule.exclude?.filters.map(({ kinds }) => kinds.join())).toEqual(
        of.map((short) => asked.get(short) ?? short),
      )
    }
    isFor(deployment, 'Deployment')
    isFor(cron, 'CronJob')
  })

  it('tells controllers that nobody knows', () => {
    const read = one(
      policy(
        {},
        { metadata: { name: 'p', annotations: { [autogenAnnotation]: 'Deployment, Job,Rollout' } } },
      ),
    )
    expect(unknownControllers(read)).toEqual([' Job', 'Rollout'])
  })
})

describe('the failure action', () => {
  const action = (entries: readonly Tree[], spec: Tree = {}, namespace = 'prod'): string => {
    const read = one(
      policy({
        rules: [
          rule({ verifyImages: entries.map((changes) => ({ ...entry, mutateDigest: false, ...changes })) }),
        ],
        ...spec,
      }),
    )
    return failureActionOf(read, read.rules[0]!, namespace, noSurroundings)
  }
  const audit = { validationFailureAction: 'Audit' }
  it.each<readonly [string, readonly Tree[], Tree, string]>([
    ['of the policy', [{}], {}, 'Enforce'],
    ['Audit by default', [{}], { validationFailureAction: undefined }, 'Audit'],
    ['Enforce of any entry', [{ failureAction: 'Audit' }, { failureAction: 'Enforce' }], audit, 'Enforce'],
    ['Audit of an entry', [{}, { failureAction: 'Audit' }], {}, 'Audit'],
    [
      'of an override',
      [{}],
      { ...audit, validationFailureActionOverrides: [{ action: 'enforce', namespaces: ['p*'] }] },
      'Enforce',
    ],
    [
      'not of another namespace’s',
      [{}],
      { ...audit, validationFailureActionOverrides: [{ action: 'Enforce', namespaces: ['t*'] }] },
      'Audit',
    ],
    [
      'of an override by labels',
      [{}],
      {
        ...audit,
        validationFailureActionOverrides: [
          {
            action: 'Enforce',
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'prod' } },
          },
        ],
      },
      'Enforce',
    ],
    [
      'not of one for no namespace',
      [{}],
      { ...audit, validationFailureActionOverrides: [{ action: 'Enforce' }] },
      'Audit',
    ],
  ])('%s', (_, entries, spec, expected) => {
    expect(action(entries, spec)).toBe(expected)
  })
})
