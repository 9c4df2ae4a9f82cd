import { describe, expect, it } from 'vitest'
import { describeNote } from '../../../src/policy/problem.js'
import type { PolicyFile } from '../../../src/policy/cluster-image/read.js'
import { readClusterImageText } from '../policy-files.js'
import type { ClusterImagePolicy } from '../../../src/policy/cluster-image/model.js'
import { gapsOf } from '../../../src/policy/cluster-image/gaps.js'
import { fixtures, fixtureText, peerCases } from './peer-cases.js'

const pem = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEgVWgjGn6tGPIT4/Yei9Esw1KZW4Y
yfU5JmiMyvrh/cdhWjQf/SOAroqVSkxEX0HnHTaE30W/X/0h7oVERwMAiA==
-----END PUBLIC KEY-----
`
const head = (version = 'v1beta1'): object => ({
  apiVersion: `policy.sigstore.dev/${version}`,
  kind: 'ClusterImagePolicy',
  metadata: { name: 'p' },
})
const read = (document: unknown): PolicyFile => readClusterImageText('p.yaml', JSON.stringify(document))
const spec = (more: object): PolicyFile =>
  read({ ...head(), spec: { images: [{ glob: '**' }], authorities: [{ key: { data: pem } }], ...more } })
const authority = (one: object): PolicyFile => spec({ authorities: [one] })
function policyOf(file: PolicyFile): ClusterImagePolicy {
  expect(file.problems).toEqual([])
  const [policy] = file.policies
  if (!policy) throw new Error('no policy')
  return policy
}
const identity = { issuer: 'https://issuer.example', subject: 'dev@acme.example' }

describe('a ClusterImagePolicy', () => {
  it('is read with its defaults', () => {
    const policy = policyOf(authority({ key: { data: pem } }))
    expect(policy).toMatchObject({
      kind: 'ClusterImagePolicy',
      version: 'v1beta1',
      name: 'p',
      mode: 'enforce',
      match: [],
      authorities: [
        { kind: 'key', name: 'authority-0', hashAlgorithm: 'sha256', attestations: [], log: 'ignored' },
      ],
    })
    expect(policyOf(authority({ keyless: { identities: [identity] } })).authorities).toMatchObject([
      { kind: 'keyless', url: 'https://fulcio.sigstore.dev', insecureIgnoreSct: false, log: 'required' },
    ])
  })

  it('has every field of the model', () => {
    const policy = policyOf(
      spec({
        mode: 'warn',
        match: [
          {
            group: 'apps',
            version: 'v1',
            resource: 'deployments',
            selector: {
              matchLabels: { a: 'b' },
              matchExpressions: [{ key: 'c', operator: 'In', values: ['d'] }],
            },
          },
        ],
        authorities: [
          {
            name: 'first',
            key: { kms: 'gcpkms://projects/p', hashAlgorithm: 'SHA512' },
            source: [{ oci: 'r.io/sigs', tagPrefix: 'x', signaturePullSecrets: [{ name: 's' }] }],
            ctlog: { url: 'https://rekor.example', trustRootRef: 'root' },
            rfc3161timestamp: { trustRootRef: 'root' },
            signatureFormat: 'legacy',
            attestations: [
              {
                name: 'scan',
                predicateType: 'https://acme.example/scan/v1',
                policy: {
                  type: 'rego',
                  remote: { url: 'https://acme.example/p.rego', sha256sum: 'A'.repeat(64) },
                },
              },
            ],
          },
        ],
        policy: { type: 'cue', data: 'a: 1', includeSpec: true, fetchConfigFile: true },
      }),
    )
    expect(policy.mode).toBe('warn')
    expect(policy.match[0]?.selector?.expressions).toEqual([{ key: 'c', operator: 'In', values: ['d'] }])
    expect(policy.authorities[0]).toMatchObject({
      name: 'first',
      key: { kind: 'kms', reference: 'gcpkms://projects/p' },
      hashAlgorithm: 'sha512',
      source: { oci: 'r.io/sigs', tagPrefix: 'x', pullSecrets: ['s'] },
      ctlog: { url: 'https://rekor.example', trustRootRef: 'root' },
      timestamp: { trustRootRef: 'root' },
      signatureFormat: 'legacy',
      log: 'ignored',
      attestations: [
        { name: 'scan', policy: { type: 'rego', source: { kind: 'remote', sha256: 'a'.repeat(64) } } },
      ],
    })
    expect(policy.policy).toMatchObject({
      type: 'cue',
      source: { kind: 'data', text: 'a: 1' },
      includeSpec: true,
      fetchConfigFile: true,
      includeTypeMeta: false,
    })
  })

  it.each<[string, PolicyFile, string, string | undefined]>([
    ['no images', spec({ images: [] }), 'spec', 'missing field(s): spec.images'],
    ['no glob', spec({ images: [{}] }), 'spec.images[0]', 'missing field(s): spec.images[0].glob'],
    [
      'glob with ?',
      spec({ images: [{ glob: 'a?' }] }),
      'spec.images[0].glob',
      'invalid value: a?: spec.images[0].glob',
    ],
    ['no authorities', spec({ authorities: [] }), 'spec', 'missing field(s): spec.authorities'],
    ['authorities absent', spec({ authorities: null }), 'spec', 'missing field(s): spec.authorities'],
    [
      'resource',
      spec({ match: [{ version: 'v1', resource: 'Pods' }] }),
      'spec.match[0].resource',
      'invalid value: Pods: spec.match[0].resource',
    ],
    ['mode', spec({ mode: 'foo' }), 'spec.mode', 'invalid value: foo: spec.mode'],
    [
      'selector alone',
      spec({ match: [{ selector: {} }] }),
      'spec.match[0].selector',
      'invalid value: : spec.match[0].selector',
    ],
    [
      'no form',
      authority({}),
      'spec.authorities[0]',
      'expected exactly one, got neither: spec.authorities[0].key, spec.authorities[0].keyless, spec.authorities[0].static',
    ],
    [
      'two forms',
      authority({ key: { data: pem }, static: { action: 'pass' } }),
      'spec.authorities[0]',
      'expected exactly one, got both: spec.authorities[0].key, spec.authorities[0].keyless, spec.authorities[0].static',
    ],
    [
      'empty key',
      authority({ key: {} }),
      'spec.authorities[0].key',
      'expected exactly one, got neither: spec.authorities[0].key.data, spec.authorities[0].key.kms, spec.authorities[0].key.secretref',
    ],
    [
      'two keys',
      authority({ key: { data: pem, kms: 'gcpkms://x' } }),
      'spec.authorities[0].key',
      'expected exactly one, got both: spec.authorities[0].key.data, spec.authorities[0].key.kms, spec.authorities[0].key.secretref',
    ],
    [
      'hash',
      authority({ key: { data: pem, hashAlgorithm: 'md5' } }),
      'spec.authorities[0].key.hashAlgorithm',
      'invalid value: md5: spec.authorities[0].key.hashAlgorithm',
    ],
    [
      'junk for a key',
      authority({ key: { data: 'junk' } }),
      'spec.authorities[0].key.data',
      'invalid value: junk: spec.authorities[0].key.data',
    ],
    [
      'kms',
      authority({ key: { kms: 'vault://x' } }),
      'spec.authorities[0].key.kms',
      'invalid value: vault://x: spec.authorities[0].key.kms',
    ],
    [
      'awskms with two slashes',
      authority({ key: { kms: 'awskms://alias/x' } }),
      'spec.authorities[0].key.kms',
      'invalid value: awskms://alias/x: spec.authorities[0].key.kms',
    ],
    [
      'secret elsewhere',
      authority({ key: { secretRef: { name: 'a', namespace: 'b' } } }),
      'spec.authorities[0].key.secretRef.namespace',
      'invalid value: b: spec.authorities[0].key.secretref.namespace',
    ],
    [
      'no identities',
      authority({ keyless: { url: 'https://f' } }),
      'spec.authorities[0].keyless',
      'missing field(s): spec.authorities[0].keyless.identities',
    ],
    [
      'two issuers',
      authority({ keyless: { identities: [{ ...identity, issuerRegExp: 'x' }] } }),
      'spec.authorities[0].keyless.identities[0].issuerRegExp',
      'expected exactly one, got both: spec.authorities[0].keyless.identities[0].issuer, spec.authorities[0].keyless.identities[0].issuerRegExp',
    ],
    [
      'no subject',
      authority({ keyless: { identities: [{ issuer: 'x' }] } }),
      'spec.authorities[0].keyless.identities[0]',
      'missing field(s): spec.authorities[0].keyless.identities[0].subject, spec.authorities[0].keyless.identities[0].subjectRegExp',
    ],
    [
      'expression',
      authority({ keyless: { identities: [{ issuer: 'x', subjectRegExp: '(' }] } }),
      'spec.authorities[0].keyless.identities[0].subjectRegExp',
      'invalid value: (: spec.authorities[0].keyless.identities[0].subjectRegExp',
    ],
    [
      'an expression that RE2 has not',
      authority({ keyless: { identities: [{ issuer: 'x', subjectRegExp: '(?=a)' }] } }),
      'spec.authorities[0].keyless.identities[0].subjectRegExp',
      'invalid value: (?=a): spec.authorities[0].keyless.identities[0].subjectRegExp',
    ],
    [
      'action',
      authority({ static: { action: 'maybe' } }),
      'spec.authorities[0].static.action',
      'invalid value: maybe: spec.authorities[0].static.action',
    ],
    [
      'no action',
      authority({ static: {} }),
      'spec.authorities[0].static',
      'missing field(s): spec.authorities[0].static.action',
    ],
    [
      'static with ctlog',
      authority({ static: { action: 'pass' }, ctlog: { url: 'https://r' } }),
      'spec.authorities[0].ctlog',
      'expected exactly one, got both: spec.authorities[0].ctlog, spec.authorities[0].static',
    ],
    [
      'two sources',
      authority({ key: { data: pem }, source: [{ oci: 'a.io/bb' }, { oci: 'a.io/cc' }] }),
      'spec.authorities[0].source',
      'invalid value: source: spec.authorities[0].source',
    ],
    [
      'source',
      authority({ key: { data: pem }, source: [{ oci: 'a.io/B B' }] }),
      'spec.authorities[0].source[0].oci',
      'invalid value: a.io/B B: spec.authorities[0].source[0].oci',
    ],
    [
      'format',
      authority({ key: { data: pem }, signatureFormat: 'foo' }),
      'spec.authorities[0].signatureFormat',
      undefined,
    ],
    [
      'no predicate type',
      authority({ key: { data: pem }, attestations: [{ name: 'x' }] }),
      'spec.authorities[0].attestations[0]',
      'missing field(s): spec.authorities[0].attestations.predicateType',
    ],
    [
      'policy of no type',
      spec({ policy: { data: 'x' } }),
      'spec.policy.type',
      'invalid value: : spec.policy.type',
    ],
    [
      'policy of two sources',
      spec({ policy: { type: 'cue', data: 'x', configMapRef: { name: 'a', key: 'b' } } }),
      'spec.policy',
      'expected exactly one, got both: spec.policy.configMapRef, spec.policy.data, spec.policy.remote',
    ],
    [
      'http',
      spec({ policy: { type: 'cue', remote: { url: 'http://x', sha256sum: 'a'.repeat(64) } } }),
      'spec.policy.remote.url',
      'invalid value: http://x: spec.policy.remote.url',
    ],
    [
      'includes at an attestation',
      authority({
        key: { data: pem },
        attestations: [
          { name: 'x', predicateType: 'https://x', policy: { type: 'cue', data: 'x', includeSpec: true } },
        ],
      }),
      'spec.authorities[0].attestations[0].policy.includeSpec',
      'must not set the field(s): spec.authorities[0].attestations[0].policy.includeSpec',
    ],
    [
      'a number for a text',
      authority({ name: 7, key: { data: pem } }),
      'spec.authorities[0].name',
      undefined,
    ],
    ['an object for a list', spec({ authorities: { key: {} } }), 'spec.authorities', undefined],
  ])('%s is a problem', (_, file, field, peerReason) => {
    expect(file.policies).toEqual([])
    expect(file.problems.map((one) => [one.field, one.peerReason])).toContainEqual([field, peerReason])
    expect(file.problems.every(({ line, message }) => line === 1 && message !== '')).toBe(true)
  })

  it.each([
    ['autorities', 'authorities'],
    ['Images', 'images'],
    ['nosuch', undefined],
    ['__proto__', undefined],
    ['constructor', undefined],
  ])('the unknown field %s is a problem', (name, nearest) => {
    const text = `apiVersion: policy.sigstore.dev/v1beta1
kind: ClusterImagePolicy
metadata: {name: p}
spec:
  images: [{glob: '**'}]
  authorities: [{static: {action: pass}}]
  ${name}: {}
`
    const file = readClusterImageText('a/b.yaml', text)
    expect(file.policies).toEqual([])
    expect(file.problems).toEqual([
      expect.objectContaining({
        file: 'a/b.yaml',
        line: 7,
        field: `spec.${name}`,
        ...(nearest !== undefined && { nearest }),
        peerReason: `unable to unmarshal: json: unknown field "${name}"`,
      }),
    ])
    expect(describeNote(file.problems[0]!)).toMatch(/^a\/b\.yaml:7: spec\./)
  })

  it('is warned of where it leaves something unchecked', () => {
    const says = (file: PolicyFile): string => file.warnings.map(({ message }) => message).join('\n')
    expect(says(spec({ mode: 'warn' }))).toContain('keeps no image from being promoted')
    expect(says(authority({ static: { action: 'pass' } }))).toContain('passes every image unchecked')
    expect(says(spec({ images: [{ glob: 'r.io/app:v1' }] }))).toContain('never matches')
    expect(says(spec({ images: [{ glob: 'r.io:5000/app*' }] }))).toBe('')
    expect(says(authority({ key: { data: pem }, ctlog: { trustRootRef: 'x' } }))).toContain(
      'loses this field',
    )
    expect(says(authority({ key: { data: pem }, rfc3161timestamp: {} }))).toContain('no timestamp')
    expect(says(authority({ keyless: { trustRootRef: 'x', identities: [identity] } }))).toContain(
      'not looked at',
    )
    expect(says(authority({ keyless: { identities: [{ issuer: 'x', subject: '*@acme' }] } }))).toContain(
      'no wildcard',
    )
    expect(says(authority({ keyless: { identities: [{ issuer: 'x', subjectRegExp: 'a' }] } }))).toContain(
      'not anchored',
    )
    expect(says(authority({ key: { data: pem + pem } }))).toContain('first PEM block')
    expect(
      says(authority({ key: { data: pem }, attestations: [{ name: 'x', predicateType: 'vuln' }] })),
    ).toContain('short name')
    expect(says(spec({ match: [{ version: 'v1' }] }))).toContain('matches no resource')
  })

  it('names what is in a cluster only', () => {
    const policy = policyOf(
      spec({
        authorities: [
          { key: { secretRef: { name: 'k' } } },
          { keyless: { trustRootRef: 'mine', identities: [identity] } },
          {
            key: { data: pem },
            attestations: [
              {
                name: 'x',
                predicateType: 'https://x',
                policy: { type: 'cue', configMapRef: { name: 'c', key: 'k' } },
              },
            ],
          },
          { key: { kms: 'gcpkms://x' } },
        ],
        policy: { type: 'rego', configMapRef: { name: 'c', namespace: 'n', key: 'k' } },
      }),
    )
    expect(gapsOf(policy, []).map(({ authority: name }) => name)).toEqual([
      'authority-0',
      'authority-1',
      'authority-2',
      undefined,
    ])
    expect(gapsOf(policy, [])[1]?.peerReason).toBe('trustRootRef mine not found')
  })
})

describe('a Secret in the policy file', () => {
  const file = (secret: object): PolicyFile =>
    readClusterImageText(
      'p.yaml',
      [
        {
          ...head(),
          spec: { images: [{ glob: '**' }], authorities: [{ key: { secretRef: { name: 'k' } } }] },
        },
        { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'k', namespace: 'cosign-system' }, ...secret },
      ]
        .map((one) => JSON.stringify(one))
        .join('\n---\n'),
    )
  const keyOf = (one: PolicyFile): unknown => {
    const [first] = policyOf(one).authorities
    return first?.kind === 'key' ? first.key : undefined
  }
  const wanted = { kind: 'secret', name: 'k', namespace: 'cosign-system', pem }

  it('gives its only value, from stringData or data', () => {
    expect(keyOf(file({ stringData: { any: pem } }))).toEqual(wanted)
    expect(keyOf(file({ data: { any: Buffer.from(pem).toString('base64') } }))).toEqual(wanted)
    expect(keyOf(file({ data: { any: 'eA==' }, stringData: { any: pem } }))).toEqual(wanted)
  })

  it.each([
    ['of no value', { data: {} }],
    ['of two values', { stringData: { a: pem, b: pem } }],
    ['of no key', { stringData: { a: 'junk' } }],
    ['of no base64', { data: { a: '§' } }],
    ['of another namespace', { metadata: { name: 'k', namespace: 'default' } }],
    ['of another shape', { spec: {} }],
  ])('%s is a problem', (_, secret) => {
    expect(file(secret).problems).not.toEqual([])
    expect(file(secret).policies).toEqual([])
  })

  it('beside nothing of sigstore belongs to somebody else', () => {
    const alone = readClusterImageText(
      's.yaml',
      'apiVersion: v1\nkind: Secret\nmetadata: {name: x}\nfoo: bar\n',
    )
    expect(alone).toMatchObject({ others: [{ apiVersion: 'v1', kind: 'Secret', line: 1 }], problems: [] })
  })
})

describe('a policy file', () => {
  it.each([
    ['kind: ClusterImagePolicies', 'v1beta1', 'ClusterImagePolicies', 'ClusterImagePolicy'],
    ['of another version', 'v1', 'ClusterImagePolicy', undefined],
    ['a TrustRoot of v1beta1', 'v1beta1', 'TrustRoot', undefined],
  ])('with %s is a problem', (_, version, kind, nearest) => {
    const { problems } = read({ apiVersion: `policy.sigstore.dev/${version}`, kind })
    expect(problems).toMatchObject([
      { peerReason: `unknown type: policy.sigstore.dev/${version}, Kind=${kind}` },
    ])
    expect(problems[0]?.nearest).toBe(nearest)
  })

  it.each([
    ['no YAML', 'a: [', 1],
    ['a name twice', 'a: 1\nb: 2\na: 3\n', 3],
    ['an unknown anchor', 'a: 1\nb: *x\n', 2],
    ['a tag', 'a: !!python/object x\n', 1],
    ['an object for a name', '? {a: b}\n: c\n', 1],
    ['deep nesting', '['.repeat(500) + ']'.repeat(500), 1],
    ['deeper nesting', '['.repeat(20_000), 1],
    [
      'a bomb of aliases',
      [
        'a: &a [x,x,x,x,x,x,x,x,x]',
        ...Array.from(
          { length: 9 },
          (_, i) => `${'bcdefghij'[i]}: &${'bcdefghij'[i]} [${Array(9).fill(`*${'abcdefghi'[i]}`).join()}]`,
        ),
      ].join('\n'),
      undefined,
    ],
    ['an alias of itself', 'a: &a [*a]\n', undefined],
    ['too much', 'a: b\n'.repeat(100_000), undefined],
    ['far too much', 'x'.repeat(5_000_000), 1],
    ['many keys', Array.from({ length: 70_000 }, (_, i) => `k${i}: v`).join('\n'), undefined],
  ])('with %s is a problem', (_, text, line) => {
    const began = process.hrtime.bigint()
    const { problems } = readClusterImageText('x.yaml', text)
    expect(problems.length).toBeGreaterThan(0)
    if (line !== undefined) expect(problems[0]?.line).toBe(line)
    expect(Number(process.hrtime.bigint() - began) / 1e6).toBeLessThan(3000)
  })

  it.each(['n', 'y', 'on', 'Off', 'no', '7', '0x10', '1e3', '~'])(
    'reads the name %s as Kubernetes does: no text',
    (word) => {
      const { problems, policies } = readClusterImageText(
        'x.yaml',
        `apiVersion: policy.sigstore.dev/v1beta1\nkind: ClusterImagePolicy\nmetadata:\n  name: ${word}\nspec:\n  images: [{glob: '**'}]\n  authorities: [{static: {action: pass}}]\n`,
      )
      expect(policies).toEqual([])
      expect(problems.some(({ field }) => field.startsWith('metadata'))).toBe(true)
    },
  )

  it('follows anchors and merges', () => {
    const { policies, problems } = readClusterImageText(
      'x.yaml',
      `apiVersion: policy.sigstore.dev/v1beta1
kind: ClusterImagePolicy
metadata: {name: &n p}
spec:
  images: [{glob: '**'}]
  authorities:
  - &first
    name: *n
    static: {action: pass}
  - <<: *first
    name: other
`,
    )
    expect(problems).toEqual([])
    expect(policies[0]?.authorities.map(({ name }) => name)).toEqual(['p', 'other'])
  })
})

const loadErrors = (file: PolicyFile): readonly string[] => [
  ...file.problems.map(({ peerReason }) => peerReason ?? ''),
  ...file.others.map(({ apiVersion, kind }) => {
    const slash = apiVersion.indexOf('/')
    return `unknown type: ${slash < 0 ? '' : apiVersion.slice(0, slash)}/${apiVersion.slice(slash + 1)}, Kind=${kind}`
  }),
]

describe.skipIf(fixtures === undefined)('policy-tester', () => {
  const cases = peerCases('policy-controller')

  it('has its cases here', () => expect(cases.length).toBeGreaterThan(80))

  it.each(cases.map((one) => [one.id, one] as const))('%s loads or does not', (id, one) => {
    const file = readClusterImageText(one.policy, fixtureText(one.policy))
    const refused = one.expect.stderr?.startsWith('CIP is invalid') ?? false
    // Certificates in ca-cert and unknown formats: the peer's defects, listed in the reference.
    if (id.startsWith('p-keyless-cacert')) expect(file.problems).toEqual([])
    else if (id === 'p-load-bundlekey') expect(file.problems).not.toEqual([])
    else if (refused) {
      const said = (one.expect.stderr ?? '')
        .replace('CIP is invalid: invalid value: ', '')
        .replace(': policies[0].path', '')
      expect(loadErrors(file)).toContain(said)
    } else {
      expect(file.problems).toEqual([])
      expect(file.policies.length).toBeGreaterThan(0)
    }
  })

  it('files whose answer is not written down are read or refused, and never thrown at', () => {
    const refused = [
      'p-load-badkey',
      'p-load-two',
      'p-load-static-action',
      'p-load-noimages',
      'p-key-hash-md5',
    ]
    for (const id of refused)
      expect([id, readClusterImageText(id, fixtureText(`policies/${id}.yaml`)).policies]).toEqual([id, []])
    for (const id of ['p-key-hash-bad', 'p-load-kms', 'p-trustroot-missing', 'p-match-nores', 'p-top-noauth'])
      expect([id, readClusterImageText(id, fixtureText(`policies/${id}.yaml`)).problems]).toEqual([id, []])
  })
})
