import { describe, expect, it } from 'vitest'
import { type CertificateClaim, certificateClaims, type IdentityDemand } from '../../src/verdict/request.js'
import { claimsOf, mismatch, patternProblem, readIdentity } from '../../src/verify/identity.js'
import {
  decades,
  extension,
  nameless,
  newAuthority,
  text,
  bodyOf,
  seal,
} from '../harness/issued-certificate.js'
import { der } from './der.js'

const authority = newAuthority('an authority')
const workflow = 'https://github.com/team/app/.github/workflows/release.yml@refs/heads/main'
const fulcio = '1.3.6.1.4.1.57264.1'

/** As Fulcio numbers them (its docs/oid-info.md), copied by hand. */
const numbers: Readonly<Record<CertificateClaim, number>> = {
  'github-workflow-trigger': 2,
  'github-workflow-sha': 3,
  'github-workflow-name': 4,
  'github-workflow-repository': 5,
  'github-workflow-ref': 6,
  'build-signer-uri': 9,
  'build-signer-digest': 10,
  'runner-environment': 11,
  'source-repository-uri': 12,
  'source-repository-digest': 13,
  'source-repository-ref': 14,
  'source-repository-identifier': 15,
  'source-repository-owner-uri': 16,
  'source-repository-owner-identifier': 17,
  'build-config-uri': 18,
  'build-trigger': 20,
  'source-repository-visibility': 22,
}

interface Said {
  readonly issuer: string
  /** General names, each with its tag: 1 e-mail, 2 DNS, 6 URI. */
  readonly subjects?: readonly (readonly [number, string])[]
  readonly claims?: Readonly<Partial<Record<CertificateClaim, string>>>
}

/** A certificate that says this; the older claims bare, the newer ones as DER. */
function certificateOf({ issuer, subjects = [[6, workflow]], claims = {} }: Said): Buffer {
  const names = subjects.map(([tag, name]) => text(0x80 + tag, name))
  const extensions = [
    extension('2.5.29.17', der(0x30, ...names), true),
    extension(`${fulcio}.1`, Buffer.from(issuer)),
    extension(`${fulcio}.8`, text(0x0c, issuer)),
    ...Object.entries(claims).map(([claim, value]) => {
      const number = numbers[claim as CertificateClaim]
      return extension(`${fulcio}.${number}`, number < 8 ? Buffer.from(value) : text(0x0c, value))
    }),
  ]
  const subject = { name: nameless, spki: authority.spki, valid: decades, extensions }
  return seal(bodyOf(subject, authority.name), authority.privateKey)
}

const claims = Object.fromEntries(certificateClaims.map((claim) => [claim, `the ${claim}`]))
const issuer = 'https://token.actions.githubusercontent.com'
const whole = readIdentity(certificateOf({ issuer, claims }))
const demand: IdentityDemand = { subject: workflow, issuer }

describe('what a certificate says of a workflow', () => {
  it('is read whole, and shown by the names of the inputs', () => {
    expect(claimsOf(whole)).toEqual(claims)
    expect(mismatch(whole, { ...demand, claims })).toBeUndefined()
  })

  it.each(certificateClaims)('%s counts only as it is written, and where it is', (claim) => {
    const asked = (value: string): string | undefined =>
      mismatch(whole, { ...demand, claims: { [claim]: value } })
    expect(asked(`the ${claim}`)).toBeUndefined()
    const name = claim.replaceAll('-', ' ')
    for (const other of [`the ${claim}x`, `The ${claim}`, 'the', `^the ${claim}$`, ''])
      expect(asked(other)).toBe(`expected the ${name} ${other}, got the ${claim}`)
    const others = Object.fromEntries(Object.entries(claims).filter(([one]) => one !== claim))
    const without = readIdentity(certificateOf({ issuer, claims: others }))
    expect(mismatch(without, { ...demand, claims: { [claim]: `the ${claim}` } })).toBe(
      `expected the ${name} the ${claim}, got none`,
    )
  })

  it('may be longer than a byte can count', () => {
    const long = `https://github.com/${'x'.repeat(300)}`
    const identity = readIdentity(certificateOf({ issuer, claims: { 'source-repository-uri': long } }))
    expect(mismatch(identity, { ...demand, claims: { 'source-repository-uri': long } })).toBeUndefined()
  })
})

describe.each([
  ['of GitHub', 'https://token.actions.githubusercontent.com'],
  ['of an enterprise of GitHub', 'https://token.actions.githubusercontent.com/octo-enterprise'],
  ['of a tenant on ghe.com', 'https://token.actions.octo.ghe.com'],
  ['of a GitHub Enterprise Server', 'https://ghes.example/_services/token'],
  ['of GitLab', 'https://gitlab.com'],
])('an issuer %s', (_, own) => {
  const identity = readIdentity(certificateOf({ issuer: own }))

  it('is that one and no other', () => {
    expect(mismatch(identity, { subject: workflow, issuer: own })).toBeUndefined()
    for (const other of [`${own}/`, own.slice(0, -1), `${own}.example`, own.replace('https', 'http')])
      expect(mismatch(identity, { subject: workflow, issuer: other })).toBe(
        `expected the issuer ${other}, got ${own}`,
      )
  })
})

describe('a subject', () => {
  it.each([
    [1, 'someone@team.example'],
    [2, 'build.team.example'],
    [6, workflow],
  ] as const)('may be of the kind %i, and one of several', (tag, name) => {
    const identity = readIdentity(
      certificateOf({
        issuer,
        subjects: [
          [6, 'https://other.example/'],
          [tag, name],
        ],
      }),
    )
    expect(mismatch(identity, { issuer, subject: name })).toBeUndefined()
    expect(mismatch(identity, { issuer, subject: name.slice(1) })).toContain('expected the identity')
    expect(mismatch(identity, { issuer, subjectRegexp: `^${name.replaceAll('.', '\\.')}$` })).toBeUndefined()
  })

  it('by pattern is met anywhere unless anchored, and a dot is any character', () => {
    const identity = readIdentity(certificateOf({ issuer }))
    const met = (subjectRegexp: string): boolean =>
      mismatch(identity, { issuer, subjectRegexp }) === undefined
    expect(met('team/app')).toBe(true)
    expect(met('^team/app')).toBe(false)
    expect(met('github.com/team')).toBe(true)
    expect(met('githubxcom/team')).toBe(false)
    expect(met('(?i)GITHUB')).toBe(true)
    expect(met('GITHUB')).toBe(false)
  })
})

describe('a pattern', () => {
  it.each(['^https://github.com/team/', 'a|b'.repeat(3000)])(
    'is RE2, and as long as patterns are',
    (pattern) => {
      expect(patternProblem(pattern)).toBeUndefined()
    },
  )

  it.each(['(?=a)', '(', 'a'.repeat(10_001)])(
    'is none that cannot be held against a name in time',
    (pattern) => {
      expect(patternProblem(pattern)).not.toBeUndefined()
    },
  )
})
