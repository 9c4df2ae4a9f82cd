import { createPublicKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { checkCertificate } from '../../src/verify/sigstore.js'
import { parseTrustedRoot } from '../../src/verify/trust-material.js'
import {
  alternativeNames,
  authorities,
  bytesOf,
  domain,
  email,
  issues,
  limits,
  type Name,
  people,
  unimportant,
  unknown,
  uri,
} from '../harness/authority-limits.js'
import {
  bodyOf,
  decades,
  type Issuer,
  mayIssue,
  newIssuer,
  sealBody,
  usages,
} from '../harness/forged-certificate.js'
import { type Claims, newInstance, signedAt } from '../harness/forged-instance.js'

const instance = newInstance('limits.example')
const nameOf = (name: Name): readonly [number, Uint8Array] => [name[0], bytesOf(name)]

type Material = Parameters<typeof checkCertificate>[4]

/** Trust in the last of a chain, with those before it at hand. */
function materialOf(chain: readonly Issuer[]): Material {
  const certificates = chain.map(({ certificate }) => certificate)
  const trust = parseTrustedRoot(Buffer.from(instance.trustedRoot({ chain: certificates })), 'root')
  if (typeof trust === 'string') throw new Error(trust)
  return trust.material
}

/** @returns why the certificate leads nowhere */
function judge(chain: readonly Issuer[], claims: Claims = {}): string | undefined {
  const [by] = chain
  const { certificate } = instance.certify({ ...(by && { by }), sct: 'none', ...claims })
  return checkCertificate(certificate, [signedAt], 'some', 'ignore', materialOf(chain))
}

describe('an authority between a certificate and the root', () => {
  it.each(authorities)('that $what, for $who', ({ extensions, who, why }) => {
    const root = newIssuer('root')
    const said = judge([newIssuer('middle', { above: root, extensions }), root], {
      names: [nameOf(people[who])],
    })
    if (why === undefined) expect(said).toBeUndefined()
    else expect(said).toContain(why)
  })

  it.each(authorities.filter(({ why }) => why?.startsWith('an authority above') === true))(
    'is held to it however far above: $what, for $who',
    ({ extensions, who, why }) => {
      const root = newIssuer('root', { extensions })
      const upper = newIssuer('upper', { above: root })
      const lower = newIssuer('lower', { above: upper })
      expect(judge([lower, upper, root], { names: [nameOf(people[who])] })).toBe(why)
    },
  )

  it('may certify other authorities by names of its own alone', () => {
    const root = newIssuer('root', { extensions: [issues(), limits([[domain, 'team.example']])] })
    const named = (name: string): readonly Issuer[] => {
      const names = alternativeNames([domain, name])
      return [newIssuer('middle', { above: root, extensions: [issues(), names] }), root]
    }
    expect(judge(named('ca.team.example'))).toBeUndefined()
    expect(judge(named('ca.other.example'))).toBe(
      'an authority above the certificate may not certify ca.other.example',
    )
  })

  it('is held to nothing that it says of itself', () => {
    const names = alternativeNames([domain, 'ca.other.example'])
    const extensions = [issues(), limits([[domain, 'team.example']]), names]
    const root = newIssuer('root', { extensions })
    expect(judge([root], { names: [nameOf(people['a host'])] })).toBeUndefined()
  })

  it('may say of names of a kind that is not known what it likes, where it is not critical', () => {
    const root = newIssuer('root', { extensions: [issues(), limits([[0x88, [0x2a, 3]]], [], false)] })
    expect(judge([root], { names: [nameOf([0x88, [0x2a, 4]])] })).toBeUndefined()
  })

  it('of one name among several is held to all of them', () => {
    const root = newIssuer('root', { extensions: [issues(), limits([[domain, 'team.example']])] })
    const names = (...some: readonly string[]): Claims => ({
      names: some.map((one) => nameOf([domain, one])),
    })
    expect(judge([root], names('a.team.example', 'b.team.example'))).toBeUndefined()
    expect(judge([root], names('a.team.example', 'b.other.example'))).toContain('b.other.example')
  })

  it('is passed over where another certificate of the same authority leads home', () => {
    const root = newIssuer('root')
    const { name, privateKey } = newIssuer('middle', { above: root })
    const certified = (...extensions: readonly Uint8Array[]): Issuer => {
      const subject = { name, publicKey: createPublicKey(privateKey), valid: decades, extensions }
      return { name, privateKey, certificate: sealBody(bodyOf(subject, root.name), root.privateKey) }
    }
    const [bad, good] = [certified(issues(), usages([1])), certified(issues())]
    const material = (...authorities: readonly Issuer[]): Material => {
      const [first, ...others] = authorities.map((one) => materialOf([one, root]))
      if (first === undefined) throw new Error('no authority')
      const more = others.flatMap(({ certificateAuthorities }) => certificateAuthorities)
      return { ...first, certificateAuthorities: [...first.certificateAuthorities, ...more] }
    }
    const { certificate } = instance.certify({ by: good, sct: 'none' })
    const ask = (trust: Material): string | undefined =>
      checkCertificate(certificate, [signedAt], 'some', 'ignore', trust)
    const why = 'an authority above the certificate issues none for this use'
    expect([ask(material(bad)), ask(material(good))]).toEqual([why, undefined])
    expect([ask(material(bad, good)), ask(material(good, bad))]).toEqual([undefined, undefined])
    // What is wrong is told before that another one leads nowhere at all.
    const strange = newIssuer('strange', { above: root })
    expect([ask(material(strange, bad)), ask(material(bad, strange))]).toEqual([why, why])
  })
})

describe('the certificate of a signer', () => {
  const excluding = newIssuer('root', {
    extensions: [
      issues(),
      limits(
        [],
        [
          [uri, 'other.example'],
          [domain, 'other.example'],
          [email, 'other.example'],
        ],
      ),
    ],
  })

  it.each([
    ['has something critical that nobody knows', { more: [unknown] }, 'has the critical extension 1.2.3.4.5'],
    ['has something else that nobody knows', { more: [unimportant] }, undefined],
    ['is for servers too', { usage: usages([1, 3]) }, undefined],
    ['may issue', { more: [mayIssue] }, undefined],
    ['names nobody', { names: [] }, undefined],
    ['names a URI without a host', { names: [[uri, 'urn:team']] }, 'has no host'],
    ['names a URI that is none', { names: [[uri, 'team']] }, 'has no host'],
    ['names an address in its URI', { names: [[uri, 'https://10.1.2.3/team']] }, 'has no host'],
    ['names a newer address in its URI', { names: [[uri, 'https://[::1]/team']] }, 'has no host'],
    ['names a domain that is none', { names: [[domain, 'build..example']] }, 'is no domain'],
    ['names a domain with a dot at its end', { names: [[domain, 'build.example.']] }, 'is no domain'],
    ['names a host with digits at both ends', { names: [[uri, 'https://1team.example2/app']] }, undefined],
    ['names nobody of the other domain', { names: [[email, '@other.example']] }, 'may not certify @other.ex'],
    ['names a person of nowhere', { names: [[email, 'ada']] }, 'has no domain'],
    ['names a person of the other domain', { names: [[email, 'a@b@Other.example']] }, 'may not certify a@b@'],
  ] as readonly (readonly [string, Claims, string | undefined])[])('that %s', (_, claims, why) => {
    const said = judge([excluding], claims)
    if (why === undefined) expect(said).toBeUndefined()
    else expect(said).toContain(why)
  })
})
