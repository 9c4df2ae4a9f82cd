import { RE2JS } from 're2js'
import { describe, expect, it } from 'vitest'
import { type Leaf, requireSets } from '../../../src/policy/kyverno/attestor.js'
import type { Attestor, AttestorSet, ImageVerification } from '../../../src/policy/kyverno/model.js'
import { wildcardAsRe2 } from '../../../src/policy/kyverno/pattern.js'
import { matchesWildcard } from '../../../src/policy/kyverno/wildcard.js'
import { evaluate } from '../../../src/requirement/evaluate.js'
import type { Manner } from '../../../src/requirement/manner.js'
import type { Requirement, Signer } from '../../../src/requirement/requirement.js'
import { met, unmet } from '../../../src/verdict/finding.js'
import { certifiedKey } from '../../harness/certified-signature.js'
import { newAuthority, pemOf } from '../../harness/issued-certificate.js'
import { newKey } from '../../harness/store.js'

const [a, b, c] = [newKey().publicPem.trim(), newKey().publicPem.trim(), newKey().publicPem.trim()] as const
const usual: Pick<ImageVerification, 'type' | 'repository' | 'annotations' | 'cosignOCI11'> = {
  type: 'Cosign',
  annotations: new Map(),
  cosignOCI11: false,
}
const common = {
  path: '.attestors[0].entries[0]',
  annotations: new Map<string, string>(),
  signatureAlgorithm: 'sha256' as const,
}
const keys = (publicKeys: string, more: object = {}): Attestor => ({
  ...common,
  kind: 'keys',
  publicKeys,
  rekor: { url: '', ignoreTlog: true },
  ...more,
})
const keyless = (more: object): Attestor => ({
  ...common,
  kind: 'keyless',
  additionalExtensions: new Map(),
  ...more,
})
const set = (entries: readonly Attestor[], count?: number): AttestorSet => ({
  path: '.attestors[0]',
  count,
  entries,
})
const leaf: Leaf = (by, manner, annotations) => ({
  kind: 'signed',
  by,
  manner,
  ...(annotations.size > 0 && { annotations: Object.fromEntries(annotations) }),
})
const compile = (
  sets: readonly AttestorSet[],
  entry: Partial<ImageVerification> = {},
  split: 'each' | 'first' = 'each',
): Requirement => requireSets(sets, { ...usual, ...entry }, leaf, split)

/** Whether an image is let pass that these have signed. */
function holds(requirement: Requirement, ...signers: readonly string[]): boolean {
  const finding = evaluate(requirement, {
    digest: '',
    signedBy: ({ by }) =>
      signers.includes(by.reference) ? met('signed', '') : unmet('signed', 'unsigned', ''),
    attestedBy: () => unmet('attested', 'attestation-missing', ''),
  })
  return finding.status === 'met'
}

type Signed = Extract<Requirement, { kind: 'signed' }>
function leaves(requirement: Requirement): readonly Signed[] {
  if (requirement.kind === 'signed') return [requirement]
  return 'of' in requirement ? requirement.of.flatMap(leaves) : []
}
const only = (attestor: Attestor, entry: Partial<ImageVerification> = {}): Signed => {
  const [first, ...others] = leaves(compile([set([attestor])], entry))
  expect(others).toEqual([])
  if (first === undefined) throw new Error('nothing is asked')
  return first
}
function problemOf(requirement: Requirement): string {
  if (requirement.kind === 'open') return `${requirement.problem.code}: ${requirement.problem.message}`
  return 'of' in requirement ? requirement.of.map(problemOf).join('') : ''
}

describe('counts', () => {
  const one = [keys(a), keys(b), keys(c)]
  it.each<[string, readonly AttestorSet[], readonly string[], boolean]>([
    ['all, without a count', [set(one)], [a, b, c], true],
    ['all, without a count: one is missing', [set(one)], [a, b], false],
    ['one', [set(one, 1)], [c], true],
    ['two', [set(one, 2)], [a, c], true],
    ['two: one is missing', [set(one, 2)], [b], false],
    ['as many as entries', [set(one, 3)], [a, b], false],
    ['sets: each', [set([keys(a), keys(b)], 1), set([keys(c)])], [a, c], true],
    ['sets: one is not met', [set([keys(a), keys(b)], 1), set([keys(c)])], [a, b], false],
    ['two keys of a PEM: both', [set([keys(`${a}\n${b}`)])], [a, b], true],
    ['two keys of a PEM: one is missing', [set([keys(`${a}\n${b}`)])], [a], false],
    ['two keys of a PEM, count 1', [set([keys(`${a}\n${b}`)], 1)], [b], true],
    ['three keys of two entries, count 2', [set([keys(`${a}\n${b}`), keys(c)], 2)], [a, b], true],
    ['three keys of two entries, count 2: one signed', [set([keys(`${a}\n${b}`), keys(c)], 2)], [c], false],
    [
      'nested',
      [set([keys(a), { ...common, kind: 'nested', attestor: set([keys(b), keys(c)], 1) }])],
      [a, c],
      true,
    ],
    [
      'nested: its own count',
      [set([keys(a), { ...common, kind: 'nested', attestor: set([keys(b), keys(c)]) }])],
      [a, c],
      false,
    ],
    [
      'nested as one of several',
      [set([keys(a), { ...common, kind: 'nested', attestor: set([keys(b), keys(c)]) }], 1)],
      [b, c],
      true,
    ],
  ])('%s', (_, sets, signers, passes) => {
    expect(holds(compile(sets), ...signers)).toBe(passes)
    expect(holds(compile(sets))).toBe(false)
  })

  it('of an attestation the first key of a PEM alone counts', () => {
    const two = [set([keys(`${a}\n${b}`)])]
    expect(holds(compile(two, {}, 'first'), a)).toBe(true)
    expect(holds(compile(two, {}, 'first'), b)).toBe(false)
  })

  it('a set without entries lets nothing pass', () => {
    expect(holds(compile([set([])]), a, b, c)).toBe(false)
    expect(holds(compile([set([], 1)]), a, b, c)).toBe(false)
    expect(holds(compile([]), a, b, c)).toBe(false)
  })
})

describe('keys', () => {
  it.each<[string, object, string]>([
    ['a reference', { publicKeys: 'k8s://trust/release' }, 'k8s://trust/release'],
    ['a service', { publicKeys: '', kms: 'awskms:///alias/x' }, 'awskms:///alias/x'],
    [
      'a Secret',
      { publicKeys: undefined, secret: { namespace: 'trust', name: 'release' } },
      'k8s://trust/release',
    ],
  ])('by %s', (_, more, reference) => {
    expect(only(keys('', more)).by).toEqual({ kind: 'key', reference })
  })

  it.each(['hello', '/etc/passwd', '../key.pub', '', `# a comment\n${a}`])(
    '%j is neither PEM nor a reference',
    (text) => {
      expect(problemOf(compile([set([keys(text)])]))).toMatch(
        /^policy-invalid: .*publicKeys: expected PEM or a reference/,
      )
    },
  )

  it('hostile PEM takes no time', () => {
    const start = Date.now()
    compile([set([keys('-----BEGIN PUBLIC KEY-----\n'.repeat(40_000))])])
    expect(Date.now() - start).toBeLessThan(1000)
  })

  it('annotations and repositories of their own come before the entry’s', () => {
    const entry = { annotations: new Map([['env', 'prod']]), repository: 'r.example/sigs' }
    expect(only(keys(a), entry)).toMatchObject({
      annotations: { env: 'prod' },
      manner: { signatureRepository: 'r.example/sigs' },
    })
    const own = { annotations: new Map([['env', 'dev']]), repository: 'r.example/own' }
    expect(only(keys(a, own), entry)).toMatchObject({
      annotations: { env: 'dev' },
      manner: { signatureRepository: 'r.example/own' },
    })
  })

  it.each<[string, Partial<ImageVerification>, object, Partial<Manner>]>([
    ['Cosign', {}, {}, { log: 'ignore', formats: ['simple-signing', 'dsse-envelope'], only: 'tags' }],
    [
      'Cosign among referrers too',
      { cosignOCI11: true },
      {},
      { log: 'ignore', formats: ['simple-signing', 'dsse-envelope'] },
    ],
    [
      'bundles',
      { type: 'SigstoreBundle' },
      {},
      { log: 'ignore', formats: ['sigstore-bundle'], only: 'referrers' },
    ],
    [
      'with a log',
      {},
      { rekor: undefined },
      { log: 'require', formats: ['simple-signing', 'dsse-envelope'], only: 'tags' },
    ],
  ])('%s', (_, entry, more, manner) => {
    expect(only(keys(a, more), entry).manner).toEqual(manner)
  })

  it('what is not checked here is open', () => {
    expect(problemOf(compile([set([keys(a)])], { type: 'Notary' }))).toMatch(/^unsupported: .*Notary/)
    expect(
      problemOf(compile([set([keys(a, { rekor: { url: '', ignoreTlog: false, pubkey: b } })])])),
    ).toMatch(/^unsupported: .*trusted-root/)
  })
})

describe('identities', () => {
  const by = (more: object): readonly Signer[] =>
    leaves(compile([set([keyless({ roots: 'x', ...more })])])).map((one) => one.by)
  const identities = (more: object): unknown[] =>
    by(more).map((one) => (one.kind === 'identity' ? one.identity : one))

  it.each<[object, readonly object[]]>([
    [{ subject: 's', issuer: 'i' }, [{ subject: 's', issuer: 'i' }]],
    [
      { subject: 's', subjectRegExp: 'r', issuer: 'i' },
      [
        { subject: 's', issuer: 'i' },
        { subjectRegexp: 'r', issuer: 'i' },
      ],
    ],
    [{ issuer: 'i', issuerRegExp: 'r' }, [{ issuer: 'i', issuerRegexp: 'r' }]],
    [{ subject: '*@acme', issuer: 'i' }, [{ subjectRegexp: '(?s)\\A.*\\x{40}acme\\z', issuer: 'i' }]],
    [{ issuer: '*', issuerRegExp: 'r' }, [{ issuerRegexp: 'r' }]],
    [{}, [{}]],
    [
      {
        subject: 's',
        additionalExtensions: new Map([
          ['githubWorkflowRef', 'refs/*'],
          ['1.3.6.1.4.1.57264.1.20', 'x'],
        ]),
      },
      [
        {
          subject: 's',
          extensions: [
            { number: 6, pattern: '(?s)\\Arefs\\x{2f}.*\\z' },
            { number: 20, pattern: '(?s)\\Ax\\z' },
          ],
        },
      ],
    ],
  ])('%j', (more, expected) => {
    expect(identities(more)).toEqual(expected)
  })

  it.each<[string, object, RegExp]>([
    [
      'anybody of the public authorities',
      { roots: undefined },
      /^policy-invalid: .*anybody could have signed/,
    ],
    [
      'a subject that a variable made empty',
      { subject: '', issuer: 'i' },
      /^policy-invalid: .*subject is empty/,
    ],
    [
      'roots that a variable made empty',
      { subject: 's', issuer: 'i', roots: ' \n' },
      /^policy-invalid: .*roots is empty/,
    ],
    ['an issuer as pattern and as regular expression', { issuer: 'a*', issuerRegExp: 'b' }, /^unsupported: /],
    [
      'an extension that nobody knows',
      { subject: 's', additionalExtensions: new Map([['nosuch', 'x']]) },
      /^policy-invalid: .*invalid certificate extension nosuch/,
    ],
    [
      '__proto__ as an extension',
      { subject: 's', additionalExtensions: new Map([['__proto__', 'x']]) },
      /invalid certificate extension __proto__/,
    ],
    [
      'constructor as an extension',
      { subject: 's', additionalExtensions: new Map([['constructor', 'x']]) },
      /invalid certificate extension constructor/,
    ],
  ])('%s is open', (_, more, message) => {
    expect(problemOf(compile([set([keyless({ roots: 'x', ...more })])]))).toMatch(message)
  })

  it('an extension alone is enough of an identity', () => {
    const more = {
      roots: undefined,
      additionalExtensions: new Map([['githubWorkflowRepository', 'acme/app']]),
    }
    expect(by(more)).toHaveLength(1)
  })
})

describe('certificates', () => {
  const root = newAuthority('root')
  const between = newAuthority('between', root)
  const { certificate, publicPem } = certifiedKey('dev@acme.example', 'https://i.example', between)
  const certificates = (more: object): Attestor => ({
    ...common,
    kind: 'certificates',
    rekor: { url: '', ignoreTlog: true },
    ctlog: { ignoreSCT: true },
    ...more,
  })

  it('stand for their keys', () => {
    expect(only(certificates({ cert: certificate })).by).toEqual({ kind: 'key', reference: publicPem })
    const certChain = pemOf(between.certificate, root.certificate)
    expect(only(certificates({ cert: certificate, certChain })).by).toEqual({
      kind: 'key',
      reference: publicPem,
    })
  })

  it('a chain alone is whom to trust', () => {
    const { by, manner } = only(certificates({ certChain: pemOf(between.certificate, root.certificate) }))
    expect(by).toMatchObject({ kind: 'identity', identity: {} })
    expect(manner?.trust?.caRoots).toMatchObject({ text: pemOf(root.certificate).trim() })
    expect(manner?.trust?.caIntermediates).toMatchObject({ text: pemOf(between.certificate).trim() })
  })

  it.each<[string, object, RegExp]>([
    [
      'a chain of others',
      { cert: certificate, certChain: pemOf(newAuthority('other').certificate) },
      /not issued by the chain/,
    ],
    ['a chain that is none', { cert: certificate, certChain: 'hello' }, /not issued by the chain/],
    ['no certificate', { cert: 'hello' }, /expected certificates in PEM/],
    [
      'a chain too long',
      { cert: certificate, certChain: pemOf(between.certificate).repeat(12) },
      /at most 11 certificates in a chain, got 12/,
    ],
  ])('%s is open', (_, more, message) => {
    expect(problemOf(compile([set([certificates(more)])]))).toMatch(message)
  })
})

describe('wildcards as RE2', () => {
  const matches = (pattern: string, text: string): boolean =>
    RE2JS.compile(wildcardAsRe2(pattern)).matcher(text).find()

  it('mean what Kyverno’s matcher means', () => {
    const letters = [
      'a',
      'b',
      '*',
      '?',
      '.',
      '/',
      '\\',
      '+',
      '(',
      '[',
      '{',
      '^',
      '$',
      '|',
      '\n',
      'é',
      '\u{1f600}',
      ' ',
      '-',
      'Q',
      'E',
    ]
    // A fixed seed: what fails once fails again.
    let state = 0x2545f491
    const next = (most: number): number => {
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      return Math.abs(state) % most
    }
    const draw = (from: readonly string[], most: number): string =>
      Array.from({ length: next(most) }, () => from[next(from.length)] ?? '').join('')
    const plain = letters.filter((letter) => letter !== '*' && letter !== '?')
    let met = 0
    for (let turn = 0; turn < 4000; turn++) {
      const pattern = draw(letters, 7)
      // Half of the texts are made to match: each wildcard is filled.
      const text =
        turn % 2 === 0
          ? draw(letters, 7)
          : Array.from(pattern)
              .map((letter) =>
                letter === '*' ? draw(plain, 4) : letter === '?' ? (plain[next(plain.length)] ?? '') : letter,
              )
              .join('')
      const expected = matchesWildcard(pattern, text)
      if (expected) met++
      expect([pattern, text, matches(pattern, text)]).toEqual([pattern, text, expected])
    }
    expect(met).toBeGreaterThan(1500)
  })

  it('are linear', () => {
    const start = Date.now()
    expect(matches('*a'.repeat(500), `${'a'.repeat(2000)}b`)).toBe(false)
    expect(Date.now() - start).toBeLessThan(5000)
  })
})
