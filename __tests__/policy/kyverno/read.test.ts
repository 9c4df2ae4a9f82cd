import { describe, expect, it } from 'vitest'
import {
  entry,
  exceptionTree,
  key,
  messages,
  one,
  pem,
  pods,
  policy,
  read,
  rule,
  signedBy,
  type Tree,
} from './policies.js'

const inEntry = (changes: Tree): Tree =>
  policy({ rules: [rule({ verifyImages: [{ ...entry, ...changes }] })] })
const inAttestor = (attestor: unknown): Tree => inEntry({ attestors: [{ entries: [attestor] }] })
const inRule = (changes: Tree): Tree => policy({ rules: [rule(changes)] })
const inFilter = (resources: Tree, kind = 'ClusterPolicy'): Tree =>
  policy({ rules: [rule({ match: { any: [{ resources }] } })] }, { kind })
const v = 'spec.rules[0].verifyImages[0]'
const e = `${v}.attestors[0].entries[0]`

describe('what is refused', () => {
  it.each<readonly [string, Tree, string]>([
    [
      'an unknown field of the policy',
      policy({}, { extra: 1 }),
      'unknown field extra; expected apiVersion, kind, metadata, spec and status',
    ],
    ['an unknown field of the spec', policy({ rule: [] }), 'unknown field spec.rule; did you mean rules?'],
    [
      'an unknown field of a rule',
      inRule({ verifyImage: [] }),
      'unknown field spec.rules[0].verifyImage; did you mean verifyImages?',
    ],
    [
      'an unknown field of an entry',
      inEntry({ imageRefs: [] }),
      `unknown field ${v}.imageRefs; did you mean imageReferences?`,
    ],
    [
      'an unknown field of keys',
      inAttestor({ keys: { publicKey: pem, kms: 'x' } }),
      `unknown field ${e}.keys.publicKey; did you mean publicKeys?`,
    ],
    [
      'an unknown field of a nested attestor',
      inAttestor({ attestor: { entrys: [], entries: [key] } }),
      `unknown field ${e}.attestor.entrys; did you mean entries?`,
    ],
    [
      'an unknown field of a condition',
      inEntry({
        attestations: [
          {
            type: 't',
            conditions: [{ all: [{ key: 'a', operater: 'Equals', operator: 'Equals', value: 1 }] }],
          },
        ],
      }),
      `unknown field ${v}.attestations[0].conditions[0].all[0].operater; did you mean operator?`,
    ],
    [
      'an unknown version',
      policy({}, { apiVersion: 'kyverno.io/v3' }),
      'apiVersion: expected kyverno.io/v1 or kyverno.io/v2beta1, got "kyverno.io/v3"; did you mean kyverno.io/v1?',
    ],
    [
      'an old field in v2beta1',
      { ...inEntry({ key: pem }), apiVersion: 'kyverno.io/v2beta1' },
      `unknown field ${v}.key; expected type, imageReferences, skipImageReferences, attestors, attestations, repository, mutateDigest, verifyDigest, required, imageRegistryCredentials, useCache, validate and failureAction`,
    ],
    [
      'a direct match in v2beta1',
      { ...inRule({ match: { resources: { kinds: ['Pod'] } } }), apiVersion: 'kyverno.io/v2beta1' },
      'unknown field spec.rules[0].match.resources; expected any and all',
    ],
    ['no name', policy({}, { metadata: {} }), 'missing field metadata.name'],
    ['no metadata', policy({}, { metadata: undefined }), 'missing field metadata'],
    ['a rule without name', inRule({ name: undefined }), 'missing field spec.rules[0].name'],
    [
      'a long name',
      inRule({ name: 'n'.repeat(64) }),
      'spec.rules[0].name: expected at most 63 characters, got 64',
    ],
    [
      'two rules of one name',
      policy({ rules: [rule(), rule()] }),
      'spec.rules[1].name: another rule of the policy is called "check"',
    ],
    [
      'a rule that does nothing',
      inRule({ verifyImages: undefined }),
      'spec.rules[0]: expected exactly one of verifyImages, mutate, validate and generate, got none',
    ],
    [
      'a rule that does two things',
      inRule({ validate: { message: 'm' } }),
      'spec.rules[0]: expected exactly one of verifyImages, mutate, validate and generate, got verifyImages and validate',
    ],
    ['no entry', inRule({ verifyImages: [] }), 'spec.rules[0].verifyImages: expected at least one entry'],
    [
      'extractors on another rule',
      inRule({ verifyImages: undefined, validate: {}, imageExtractors: { Task: [{ path: '/a' }] } }),
      'spec.rules[0].imageExtractors: only a verifyImages rule may have them',
    ],
    [
      'an extractor without path',
      inRule({ imageExtractors: { Task: [{ key: 'a' }] } }),
      'missing field spec.rules[0].imageExtractors["Task"][0].path',
    ],
    [
      'an empty extractor path',
      inRule({ imageExtractors: { Task: [{ path: '//' }] } }),
      'spec.rules[0].imageExtractors["Task"][0].path: expected a path such as /spec/steps/*/image',
    ],
    [
      'CEL preconditions',
      inRule({ celPreconditions: [] }),
      'spec.rules[0].celPreconditions: only a validate.cel rule may have them',
    ],
    ['no match', inRule({ match: undefined }), 'missing field spec.rules[0].match'],
    ['an empty match', inRule({ match: {} }), 'spec.rules[0].match is empty: it matches nothing'],
    [
      'an empty filter',
      inRule({ match: { any: [{ resources: {} }] } }),
      'spec.rules[0].match is empty: it matches nothing',
    ],
    [
      'any and all',
      inRule({ match: { ...pods, all: pods.any } }),
      'spec.rules[0].match: expected either any, all or resources alone; Kyverno would read one of them',
    ],
    [
      'any and the direct form',
      inRule({ match: { ...pods, resources: { kinds: ['Pod'] } } }),
      'spec.rules[0].match: expected either any, all or resources alone; Kyverno would read one of them',
    ],
    [
      'an exclude that takes all out',
      inRule({ exclude: pods }),
      'spec.rules[0].exclude: excludes what match asks for: the rule is matching an empty set',
    ],
    [
      'name and names',
      inFilter({ kinds: ['Pod'], name: 'a', names: ['b'] }),
      'spec.rules[0].match.any[0].resources.name: expected name or names, got both',
    ],
    [
      'namespaces in a Policy',
      inFilter({ kinds: ['Pod'], namespaces: ['a'] }, 'Policy'),
      'spec.rules[0].match.any[0].resources.namespaces: a Policy covers its own namespace and cannot choose others',
    ],
    [
      'a variable in a kind',
      inFilter({ kinds: ['{{x}}'] }),
      'spec.rules[0].match.any[0].resources.kinds[0]: a rule should not have variables in its match, got "{{x}}"',
    ],
    [
      'a kind of five parts',
      inFilter({ kinds: ['a/b/c/d/e'] }),
      'spec.rules[0].match.any[0].resources.kinds[0]: expected [group/][version/]Kind[/subresource], got "a/b/c/d/e"',
    ],
    [
      'an empty selector',
      inFilter({ kinds: ['Pod'], selector: {} }),
      'spec.rules[0].match.any[0].resources.selector: expected matchLabels or matchExpressions, got an empty selector',
    ],
    [
      'a label that is none',
      inFilter({ selector: { matchLabels: { 'a b': 'c' } } }),
      'spec.rules[0].match.any[0].resources.selector.matchLabels: "a b" is no name of a label',
    ],
    [
      'In without values',
      inFilter({ selector: { matchExpressions: [{ key: 'a', operator: 'In' }] } }),
      'spec.rules[0].match.any[0].resources.selector.matchExpressions[0]: In needs values, got 0',
    ],
    [
      'Exists with values',
      inFilter({ selector: { matchExpressions: [{ key: 'a', operator: 'Exists', values: ['b'] }] } }),
      'spec.rules[0].match.any[0].resources.selector.matchExpressions[0]: Exists takes no values, got 1',
    ],
    [
      'an unknown operation',
      inFilter({ kinds: ['Pod'], operations: ['create'] }),
      'spec.rules[0].match.any[0].resources.operations[0]: expected CREATE, UPDATE, DELETE or CONNECT, got "create"; did you mean CREATE?',
    ],
    [
      'a long pattern',
      inFilter({ names: ['*'.repeat(1025)] }),
      'spec.rules[0].match.any[0].resources.names[0]: expected at most 1024 characters, got 1025',
    ],
    [
      'no image reference',
      inEntry({ imageReferences: [] }),
      `${v}: expected an image reference, got none; which images are meant?`,
    ],
    [
      'a variable in an image reference',
      inEntry({ imageReferences: ['r/{{x}}'] }),
      `${v}.imageReferences[0]: a rule should not have variables in its image references, got "r/{{x}}"`,
    ],
    [
      'a variable in an old image',
      inEntry({ image: 'r/{{x}}' }),
      `${v}.image: a rule should not have variables in its image references, got "r/{{x}}"`,
    ],
    [
      'an unknown type',
      inEntry({ type: 'Foo' }),
      `${v}.type: expected Cosign, SigstoreBundle or Notary, got "Foo"`,
    ],
    [
      'a count that is too large',
      inEntry({ attestors: [{ count: 2, entries: [key] }] }),
      `${v}.attestors[0].count: expected at most the number of entries (1), got 2`,
    ],
    [
      'a count of no entry',
      inEntry({ attestors: [{ count: 0, entries: [key] }] }),
      `${v}.attestors[0].count: expected a number from 1 to 9007199254740991, got 0`,
    ],
    [
      'a set without entries',
      inEntry({ attestors: [{ entries: [] }] }),
      `${v}.attestors[0]: expected an entry, got none`,
    ],
    [
      'an entry of no kind',
      inAttestor({}),
      `${e}: expected exactly one of keys, certificates, keyless and attestor, got none`,
    ],
    [
      'an entry of two kinds',
      inAttestor({ ...key, keyless: { roots: 'x' } }),
      `${e}: expected exactly one of keys, certificates, keyless and attestor, got keys and keyless`,
    ],
    [
      'keys without any',
      inAttestor({ keys: {} }),
      `${e}.keys: expected publicKeys, kms or secret, got none of them`,
    ],
    [
      'keys with an empty text',
      inAttestor({ keys: { publicKeys: '' } }),
      `${e}.keys: expected publicKeys, kms or secret, got none of them`,
    ],
    [
      'a secret without namespace',
      inAttestor({ keys: { secret: { name: 's' } } }),
      `missing field ${e}.keys.secret.namespace`,
    ],
    [
      'an unknown algorithm',
      inAttestor({ keys: { publicKeys: pem, signatureAlgorithm: 'sha1' } }),
      `${e}.keys.signatureAlgorithm: expected sha256, sha224, sha384 or sha512, got "sha1"`,
    ],
    [
      'certificates without any',
      inAttestor({ certificates: {} }),
      `${e}.certificates: expected cert or certChain, got neither`,
    ],
    [
      'keyless without rekor and roots',
      inAttestor({ keyless: { subject: '*' } }),
      `${e}.keyless: expected rekor or roots, got neither`,
    ],
    [
      'keyless with an empty url',
      inAttestor({ keyless: { rekor: { url: '' } } }),
      `${e}.keyless.rekor.url: expected a URL, got an empty text`,
    ],
    [
      'Notary with keys',
      inEntry({ type: 'Notary' }),
      `${v}.attestors: type Notary takes certificates only, got keys at .attestors[0].entries[0].keys`,
    ],
    [
      'Notary with keyless',
      inEntry({ type: 'Notary', attestors: [{ entries: [{ keyless: { roots: 'x' } }] }] }),
      `${v}.attestors: type Notary takes certificates only, got keyless at .attestors[0].entries[0].keyless`,
    ],
    [
      'an attestation without type',
      inEntry({ attestations: [{}] }),
      `missing field ${v}.attestations[0].type`,
    ],
    [
      'an attestation’s empty set',
      inEntry({ attestations: [{ type: 't', attestors: [{ entries: [] }] }] }),
      `${v}.attestations[0].attestors[0]: expected an entry, got none`,
    ],
    [
      'Audit with mutateDigest',
      policy({ validationFailureAction: 'Audit' }),
      `${v}.mutateDigest: must be set to false for the failure action Audit (which is the default)`,
    ],
    [
      'Audit by default',
      policy({ validationFailureAction: undefined }),
      `${v}.mutateDigest: must be set to false for the failure action Audit (which is the default)`,
    ],
    [
      'Audit of the entry',
      inEntry({ failureAction: 'Audit' }),
      `${v}.mutateDigest: must be set to false for the failure action Audit (which is the default)`,
    ],
    [
      'a lower-case action of an entry',
      inEntry({ failureAction: 'enforce' }),
      `${v}.failureAction: expected Audit or Enforce, got "enforce"; did you mean Enforce?`,
    ],
    [
      'an unknown provider',
      inEntry({ imageRegistryCredentials: { providers: ['gcp'] } }),
      `${v}.imageRegistryCredentials.providers[0]: expected default, google, azure, amazon or github, got "gcp"`,
    ],
    [
      'a long timeout',
      policy({ webhookTimeoutSeconds: 31 }),
      'spec.webhookTimeoutSeconds: expected a number from 1 to 30, got 31',
    ],
    [
      'two timeouts',
      policy({ webhookTimeoutSeconds: 3, webhookConfiguration: { timeoutSeconds: 3 } }),
      'spec.webhookTimeoutSeconds: given in spec.webhookConfiguration too',
    ],
    [
      'two failure policies',
      policy({ failurePolicy: 'Fail', webhookConfiguration: { failurePolicy: 'Fail' } }),
      'spec.failurePolicy: given in spec.webhookConfiguration too',
    ],
    [
      'overrides of a Policy',
      policy({ validationFailureActionOverrides: [] }, { kind: 'Policy' }),
      'spec.validationFailureActionOverrides: only a ClusterPolicy may have overrides',
    ],
    [
      'old key and issuer together',
      inEntry({ key: pem, issuer: 'i' }),
      `${v}: expected key or issuer, subject and roots, got both`,
    ],
    [
      'a text for a flag',
      inEntry({ required: 'false' }),
      `${v}.required: expected true or false, got the text "false"`,
    ],
    [
      'an exception without policy',
      exceptionTree({ exceptions: [{ ruleNames: ['a'] }] }),
      'missing field spec.exceptions[0].policyName',
    ],
    [
      'an exception that matches nothing',
      exceptionTree({ match: {} }),
      'spec.match: expected any or all with at least one filter',
    ],
    [
      'an exception for somebody',
      exceptionTree({ match: { any: [{ resources: { kinds: ['Pod'] }, roles: ['a'] }] } }),
      'spec.match: roles and subjects need background: false',
    ],
    [
      'an unknown field of an exception',
      exceptionTree({ exception: [] }),
      'unknown field spec.exception; did you mean exceptions?',
    ],
  ])('%s', (_, tree, message) => {
    const file = read(tree)
    expect(file.problems.map((problem) => problem.message)).toContain(message)
    expect(file.policies).toEqual([])
    expect(file.exceptions).toEqual([])
  })

  it('nests attestors at most ten deep', () => {
    let nested: unknown = key
    for (let depth = 0; depth < 11; depth++) nested = { attestor: { entries: [nested] } }
    expect(
      messages(inAttestor(nested)).some((text) => text.includes('expected at most 10 nested attestors')),
    ).toBe(true)
  })

  it('hides no other policy of the file', () => {
    const { policies, problems } = read(policy({ extra: 1 }), policy({}, { metadata: { name: 'q' } }))
    expect(policies.map(({ name }) => name)).toEqual(['q'])
    expect(problems).toHaveLength(1)
  })
})

describe('a policy', () => {
  it('has Kyverno’s defaults', () => {
    const read = one(policy({ validationFailureAction: 'enforce' }))
    expect(read).toMatchObject({
      kind: 'ClusterPolicy',
      name: 'p',
      origin: { file: 'p.yaml', line: 1 },
      failureAction: 'Enforce',
      failurePolicy: 'Fail',
      applyRules: 'All',
      scored: true,
      notes: [],
    })
    expect(read.namespace).toBeUndefined()
    expect(read.rules[0]?.verifyImages[0]).toMatchObject({
      type: 'Cosign',
      mutateDigest: true,
      verifyDigest: true,
      required: true,
      useCache: true,
      cosignOCI11: false,
      attestations: [],
      skipImageReferences: [],
    })
    expect(read.rules[0]?.verifyImages[0]?.attestors[0]).toEqual({
      path: '.attestors[0]',
      count: undefined,
      entries: [
        {
          kind: 'keys',
          path: '.attestors[0].entries[0].keys',
          publicKeys: pem,
          signatureAlgorithm: 'sha256',
          annotations: new Map(),
        },
      ],
    })
  })

  it('keeps all that its attestors say', () => {
    const rekor = { url: 'https://r.example', pubkey: 'k', ignoreTlog: true }
    const ctlog = { ignoreSCT: true, pubkey: 'c', tsaCertChain: 't' }
    const keyless = {
      issuer: 'i',
      issuerRegExp: 'ir',
      subject: 's',
      subjectRegExp: 'sr',
      roots: 'r',
      additionalExtensions: { a: 'b' },
      rekor,
      ctlog,
    }
    const entries = [
      {
        keys: { kms: 'awskms://x', signatureAlgorithm: 'sha512', rekor: { ignoreTlog: true } },
        repository: 'q.example/s',
        annotations: { x: 'y' },
      },
      { keys: { secret: { name: 'n', namespace: 'm' } }, signatureAlgorithm: 'sha384' },
      { certificates: { cert: 'c', certChain: 'd' }, signatureAlgorithm: 'sha224' },
      { keyless },
      { attestor: { count: 1, entries: [key, key] } },
    ]
    const [set] = one(inEntry({ attestors: [{ count: 2, entries }] })).rules[0]!.verifyImages[0]!.attestors
    const none = new Map()
    const path = '.attestors[0].entries'
    expect(set?.count).toBe(2)
    expect(set?.entries).toEqual([
      {
        kind: 'keys',
        path: `${path}[0].keys`,
        kms: 'awskms://x',
        signatureAlgorithm: 'sha512',
        rekor: { url: 'https://rekor.sigstore.dev', ignoreTlog: true },
        repository: 'q.example/s',
        annotations: new Map([['x', 'y']]),
      },
      {
        kind: 'keys',
        path: `${path}[1].keys`,
        secret: { name: 'n', namespace: 'm' },
        signatureAlgorithm: 'sha384',
        annotations: none,
      },
      {
        kind: 'certificates',
        path: `${path}[2].certificates`,
        cert: 'c',
        certChain: 'd',
        signatureAlgorithm: 'sha224',
        annotations: none,
      },
      {
        kind: 'keyless',
        path: `${path}[3].keyless`,
        ...keyless,
        additionalExtensions: new Map([['a', 'b']]),
        signatureAlgorithm: 'sha256',
        annotations: none,
      },
      {
        kind: 'nested',
        path: `${path}[4].attestor`,
        signatureAlgorithm: 'sha256',
        annotations: none,
        attestor: {
          path: `${path}[4].attestor`,
          count: 1,
          entries: [0, 1].map((index) => ({
            kind: 'keys',
            path: `${path}[4].attestor.entries[${index}].keys`,
            publicKeys: pem,
            signatureAlgorithm: 'sha256',
            annotations: none,
          })),
        },
      },
    ])
  })

  it('keeps conditions, context and denials as they are', () => {
    const conditions = [{ all: [{ key: '{{ a }}', operator: 'Equals', value: true, message: 'm' }] }]
    const deny = { conditions: { any: [{ key: 'b', operator: 'In', value: [1] }] } }
    const preconditions = [{ key: 'c', operator: 'Equals', value: 'd' }]
    const context = [{ name: 'x', variable: { value: 1 } }]
    const read = one(
      inRule({
        preconditions,
        context,
        verifyImages: [
          {
            ...entry,
            attestations: [{ predicateType: 't', name: 'n', attestors: signedBy, conditions }],
            validate: { message: 'no', deny },
          },
        ],
      }),
    ).rules[0]!
    expect(read.preconditions).toEqual(preconditions)
    expect(read.context).toEqual(context)
    expect(read.verifyImages[0]?.attestations[0]).toMatchObject({
      type: 't',
      name: 'n',
      path: '.attestations[0]',
      conditions,
      attestors: [{ path: '.attestations[0].attestors[0]' }],
    })
    expect(read.verifyImages[0]?.validate).toEqual({ message: 'no', deny: deny.conditions })
  })

  it('says what is not evaluated, and aloud what may matter', () => {
    const { notes, rules } = one(
      policy({
        admission: false,
        webhookConfiguration: {
          timeoutSeconds: 5,
          failurePolicy: 'Ignore',
          matchConditions: [{ name: 'c', expression: 'true' }],
        },
        rules: [
          rule(),
          rule({ name: 'v', verifyImages: undefined, validate: { message: 'm', pattern: { image: 'x' } } }),
          rule({
            name: 'm',
            verifyImages: undefined,
            mutate: { patchStrategicMerge: { spec: { containers: [] } } },
          }),
          rule({
            name: 'l',
            verifyImages: undefined,
            mutate: { patchStrategicMerge: { metadata: { labels: { a: 'b' } } } },
          }),
          rule({
            name: 't',
            verifyImages: undefined,
            mutate: { targets: [], patchStrategicMerge: { image: 1 } },
          }),
        ],
      }),
    )
    expect(notes.map(({ loud, message }) => [loud, message.slice(0, 35)])).toEqual([
      [true, 'spec.webhookConfiguration.matchCond'],
      [true, 'policy p has admission: false, so a'],
      [false, 'rule v (validate) is about somethin'],
      [true, 'rule m may change which images run '],
      [false, 'rule l (mutate) is about something '],
      [false, 'rule t (mutate) is about something '],
    ])
    expect(rules.map(({ touchesImages }) => touchesImages)).toEqual([false, false, true, false, false])
  })

  it('of one namespace is for default where it names none', () => {
    expect(one(policy({}, { kind: 'Policy' })).namespace).toBe('default')
    expect(one(policy({}, { kind: 'Policy', metadata: { name: 'p', namespace: 'x' } })).namespace).toBe('x')
  })

  it('is not scored when its annotation says so', () => {
    expect(
      one(policy({}, { metadata: { name: 'p', annotations: { 'policies.kyverno.io/scored': 'false' } } }))
        .scored,
    ).toBe(false)
  })
})

describe('the old forms', () => {
  const old = (changes: Tree): Tree =>
    policy({ rules: [rule({ match: { resources: { kinds: ['Pod'] } }, verifyImages: [changes] })] })

  it('of 1.4, image and key, want no log entry, and it is said', () => {
    const read = one(old({ image: 'r.example/a:*', key: pem, annotations: { a: 'b' } }))
    expect(read.rules[0]?.verifyImages[0]).toMatchObject({
      imageReferences: ['r.example/a:*'],
      annotations: new Map(),
      attestors: [
        {
          path: '.attestors[0]',
          entries: [
            {
              kind: 'keys',
              path: '.attestors[0].entries[0].keys',
              publicKeys: pem,
              rekor: { ignoreTlog: true },
              ctlog: { ignoreSCT: true },
              annotations: new Map([['a', 'b']]),
            },
          ],
        },
      ],
    })
    expect(read.notes.map(({ kind, message }) => [kind, message])).toEqual([
      [
        'old-form',
        `${v}: key is read as an attestor; its signatures are accepted without a transparency-log entry, as Kyverno 1.4 did`,
      ],
    ])
  })

  it('of 1.5 with attestations: the key signs those, which Kyverno’s conversion loses', () => {
    const [read] = one(
      old({ image: 'r/a', key: pem, attestations: [{ predicateType: 't' }, { predicateType: 'u' }] }),
    ).rules[0]!.verifyImages
    expect(read?.attestors).toEqual([])
    expect(
      read?.attestations.map(({ attestors }) =>
        attestors.map(({ path, entries }) => [path, entries[0]?.kind]),
      ),
    ).toEqual([[['.attestations[0].attestors[0]', 'keys']], [['.attestations[1].attestors[0]', 'keys']]])
  })

  it('of 1.6, issuer, subject and roots, are keyless with a log entry', () => {
    const [read] = one(
      old({
        imageReferences: ['a'],
        image: 'b',
        issuer: 'i',
        subject: 's',
        roots: 'r',
        additionalExtensions: { x: 'y' },
      }),
    ).rules[0]!.verifyImages
    expect(read?.imageReferences).toEqual(['a', 'b'])
    expect(read?.attestors[0]?.entries).toEqual([
      {
        kind: 'keyless',
        path: '.attestors[0].entries[0].keyless',
        issuer: 'i',
        subject: 's',
        roots: 'r',
        additionalExtensions: new Map([['x', 'y']]),
        annotations: new Map(),
        signatureAlgorithm: 'sha256',
        rekor: { url: 'https://rekor.sigstore.dev', ignoreTlog: false },
      },
    ])
  })

  it('with roots beside attestors complete the keyless ones', () => {
    const [read] = one(
      old({
        image: 'a',
        roots: 'R',
        attestors: [
          {
            entries: [{ keyless: { rekor: { url: 'u' }, subject: 's' } }, { keyless: { roots: 'own' } }, key],
          },
        ],
      }),
    ).rules[0]!.verifyImages
    expect(read?.attestors[0]?.entries.map((entry) => entry.kind === 'keyless' && entry.roots)).toEqual([
      'R',
      'own',
      false,
    ])
  })

  it('with annotations alone keep them for every attestor', () => {
    expect(
      one(old({ image: 'a', annotations: { a: 'b' }, attestors: signedBy })).rules[0]!.verifyImages[0]!
        .annotations,
    ).toEqual(new Map([['a', 'b']]))
  })
})

describe('the documents of a file', () => {
  it('are told apart', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' } }
    const trust = { apiVersion: 'policy.sigstore.dev/v1alpha1', kind: 'TrustRoot' }
    const cel = { apiVersion: 'policies.kyverno.io/v1', kind: 'ImageValidatingPolicy' }
    const cleanup = { apiVersion: 'kyverno.io/v2', kind: 'ClusterCleanupPolicy' }
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      items: [policy({}, { metadata: { name: 'in-list' } }), secret],
    }
    const file = read(policy(), exceptionTree(), secret, trust, cel, cleanup, list)
    expect(file.problems).toEqual([])
    expect(file.policies.map(({ name }) => name)).toEqual(['p', 'in-list'])
    expect(file.exceptions.map(({ name, namespace }) => [name, namespace])).toEqual([['e', 'team']])
    expect(file.others).toHaveLength(4)
    expect(file.notes.map(({ message }) => message)).toEqual([
      'ClusterCleanupPolicy (kyverno.io/v2) says nothing about image verification here',
    ])
  })

  it('of kinds that Kyverno does not have are problems', () => {
    expect(messages(policy({}, { kind: 'ClusterPolcy' }), policy({}, { kind: undefined }))).toEqual([
      'kind: expected ClusterPolicy, Policy or PolicyException, got "ClusterPolcy"; did you mean ClusterPolicy?',
      'missing field kind',
    ])
  })

  it('that are lists or texts are nobody’s', () => {
    expect(read([] as unknown as Tree).others).toHaveLength(1)
  })
})
