import { describe, expect, it } from 'vitest'
import { readPolicy } from '../../../src/policy/witness/policy.js'
import { type ProfileName, profiles } from '../../../src/policy/witness/profile.js'
import { base64, maker, policyOf } from './made.js'
import { isThere, read } from './fixtures.js'

const me = maker()
const oci = 'https://aflock.ai/attestations/oci/v0.1'
const good = policyOf({ build: { types: [oci] } }, me)

interface Said {
  readonly problems: readonly string[]
  readonly warnings: readonly string[]
}

function said(policy: unknown, profile: ProfileName = 'cilock'): Said {
  const text = typeof policy === 'string' ? policy : JSON.stringify(policy)
  const { policy: one, problems, warnings } = readPolicy(Buffer.from(text), 'p.json', profiles[profile])
  expect(one === undefined).toBe(problems.length > 0)
  return {
    problems: problems.map(({ message }) => message),
    warnings: warnings.map(({ message }) => message),
  }
}

function withStep(more: Readonly<Record<string, unknown>>): unknown {
  return policyOf({ build: { types: [oci], more } }, me)
}

const functionary = (certConstraint: unknown): unknown =>
  withStep({ functionaries: [{ type: 'root', certConstraint }] })
const rules = (...modules: readonly (readonly [string, string])[]): unknown =>
  policyOf({ build: { types: [oci], rego: modules.map(([name, module]) => ({ name, module })) } }, me)
const deny = (body: string, of = 'm'): string => `package ${of}\n\ndeny[msg] { ${body}; msg := "no" }\n`

describe('a policy', () => {
  it('without a flaw is read without a word', () => {
    expect(said(good)).toEqual({ problems: [], warnings: [] })
    expect(said(good, 'witness').problems).toEqual([])
  })

  it.each<[string, unknown, string]>([
    ['no JSON', '{', 'expected the JSON of a policy'],
    ['a list', '[]', 'expected the JSON object'],
    ['deep nesting', `{"a":${'['.repeat(1000)}${']'.repeat(1000)}}`, 'nested'],
    [
      'a field near to a known one',
      { ...good, timestampauthority: {} },
      'timestampauthority: unknown field; did you mean timestampauthorities?',
    ],
    [
      'a field of a step near to a known one',
      withStep({ artefactsFrom: ['x'] }),
      'did you mean artifactsFrom?',
    ],
    [
      'a misspelt constraint',
      functionary({ commonName: 'x', email: ['x'] }),
      'email: unknown field; did you mean emails?',
    ],
    ['an unknown constraint', functionary({ zzz: 1 }), 'zzz: unknown field'],
    [
      'a misspelt extension',
      functionary({ extensions: { source_repository_uri: 'x' } }),
      'source_repository_uri: unknown field; did you mean SourceRepositoryURI?',
    ],
    ['a constraint twice', functionary('x'), 'expected an object'],
    [
      'a step twice',
      `{"expires":"2035-01-01T00:00:00Z","steps":{"a":{"name":"a"},"a":{"name":"a"}}}`,
      'expected it once, got it twice',
    ],
    [
      'attestations twice',
      `{"expires":"2035-01-01T00:00:00Z","steps":{"a":{"name":"a","attestations":[{"type":"x"}],"ATTESTATIONS":[]}}}`,
      'expected it once, got it twice',
    ],
    [
      'a step under another name',
      { ...good, steps: { a: { name: 'b' } } },
      'step keyed "a" has mismatched name "b"',
    ],
    ['nothing demanded', { ...good, steps: {} }, 'policy has no steps'],
    ['an unknown step', withStep({ artifactsFrom: ['x'] }), 'references unknown step "x" in artifactsFrom'],
    ['an unknown external', withStep({ externalFrom: ['x'] }), 'references unknown external "x"'],
    ['itself', withStep({ attestationsFrom: ['build'] }), "step 'build' cannot depend on itself"],
    [
      'an empty constraint of time',
      withStep({ timestampConstraint: {} }),
      'expected notBefore, notAfter or maxAge',
    ],
    ['a bad duration', withStep({ timestampConstraint: { maxAge: '30 days' } }), 'expected a duration'],
    ['a negative duration', withStep({ timestampConstraint: { maxAge: '-1h' } }), 'expected a duration'],
    ['a number for a text', withStep({ name: 1 }), 'expected a text'],
    ['a text for a list', withStep({ functionaries: 'x' }), 'expected a list'],
    [
      'Rego that is no base64',
      withStep({ attestations: [{ type: oci, regopolicies: [{ name: 'x', module: 'package x' }] }] }),
      'expected Rego in base64',
    ],
    [
      'another key id',
      { ...good, publickeys: { a: { keyid: 'a', key: base64(me.pem) } } },
      `expected key id a but got ${me.id}`,
    ],
    [
      'the id of a key service and no key beside it',
      { ...good, publickeys: { a: { keyid: 'awskms:///x' } } },
      'expected a key in PEM',
    ],
    [
      'an id that only looks like one of a key service',
      { ...good, publickeys: { a: { keyid: 'kms://x', key: base64(me.pem) } } },
      'expected key id kms://x',
    ],
    [
      'a key without armour',
      { ...good, publickeys: { a: { keyid: 'a', key: 'AAAA' } } },
      'invalid pem block',
    ],
    [
      'a root that is no certificate',
      { ...good, roots: { r: { certificate: base64(me.pem) } } },
      'expected certificates in PEM',
    ],
  ])('with %s cannot be used', (_, policy, message) => {
    expect(said(policy).problems.join('\n')).toContain(message)
  })

  it.each<[string, unknown, string]>([
    ['a comment', { ...good, _comment: 'x' }, '_comment: unknown field, which is passed over'],
    [
      'expires twice',
      JSON.stringify(good).replace('{', '{"expires":"2024-01-01T00:00:00Z",'),
      'given more than once',
    ],
    [
      'a nonsensical functionary',
      withStep({ functionaries: [{ type: 'key', publickeyid: me.id }] }),
      'expected publickey or root',
    ],
    [
      'an unknown key',
      withStep({ functionaries: [{ publickeyid: 'f' }] }),
      'expected the id of one of publickeys',
    ],
    ['an unknown root', functionary({ roots: ['r'] }), 'expected the id of one of roots'],
    ['nobody', withStep({ functionaries: [{ type: 'root' }] }), 'nobody is this functionary'],
    ['no attestations', withStep({ attestations: [] }), 'the step can never pass'],
    [
      'a type that nobody makes',
      policyOf({ build: { types: ['https://aflock.ai/attestations/commandrun/v0.1'] } }, me),
      'did you mean https://aflock.ai/attestations/command-run/',
    ],
    ['a module without deny', rules(['m', 'package m\n\nallow { true }']), 'no rule deny'],
    ['deny in a comment', rules(['m', 'package m\n# deny\nallow { "deny" }']), 'no rule deny'],
    [
      'two modules of one name',
      rules(['m', deny('true')], ['m', deny('true', 'n')]),
      'the last module replaces the others',
    ],
    [
      'two modules of one package',
      rules(['m', deny('true')], ['n', deny('true')]),
      'the package data.m is given twice',
    ],
    [
      'a rule about nothing',
      rules(['m', deny('input.image_digest != input.cosign_subject')]),
      'input.image_digest is never there',
    ],
    [
      'rules in prose',
      withStep({ attestations: [{ type: oci, aipolicies: [{ name: 'a' }] }] }),
      'can never pass',
    ],
    ['allowedUntracked', withStep({ allowedUntracked: ['*'] }), 'passes over it'],
  ])('with %s is warned of', (_, policy, message) => {
    const { problems, warnings } = said(policy)
    expect(problems).toEqual([])
    expect(warnings.join('\n')).toContain(message)
  })

  it('may ask for the two fields that the tutorial reads', () => {
    const module = deny('input.image_digest != input.cosign_subject', 'image.subject_match')
    expect(said(rules(['m', module])).warnings).toEqual([])
  })

  it('whose rules see more than an attestation is told what there is', () => {
    const module = deny('input.imageid', 'm')
    const policy = policyOf(
      {
        a: { types: [oci] },
        b: { types: [oci], rego: [{ name: 'm', module }], more: { attestationsFrom: ['a'] } },
      },
      me,
    )
    expect(said(policy).warnings.join()).toContain(
      'input.imageid is never there (attestation, steps and external are)',
    )
  })

  it('for witness is warned of what only cilock knows', () => {
    const policy = policyOf({ a: { types: [oci], more: { timestampConstraint: { maxAge: '1h' } } } }, me, {
      externalAttestations: {},
    })
    const { problems, warnings } = said(policy, 'witness')
    expect(problems).toEqual([])
    expect(warnings.filter((one) => one.includes('witness 0.11 passes over it'))).toHaveLength(2)
  })

  it('in a circle is refused, whatever its size', () => {
    const names = Array.from({ length: 5000 }, (_, index) => `s${index}`)
    const steps = Object.fromEntries(
      names.map((name, index) => [
        name,
        { types: [oci], more: { attestationsFrom: [names[(index + 1) % names.length]] } },
      ]),
    )
    expect(said(policyOf(steps, me)).problems.join()).toContain('circular dependency detected')
  })

  it.runIf(isThere)('of the peers with a misspelt claim is refused', () => {
    const envelope = JSON.parse(read('policies/x-ful-snake-typo.json').toString('utf8')) as {
      payload: string
    }
    expect(said(Buffer.from(envelope.payload, 'base64').toString('utf8')).problems.join()).toContain(
      'did you mean SourceRepositoryURI?',
    )
  })
})
