import { describe, expect, it } from 'vitest'
import {
  claimedIdentity,
  claimsOf,
  cosignClaims,
  type Identity,
  mismatch,
  patternProblem,
  readIdentity,
} from '../../src/verify/identity.js'
import { certificateClaims, type IdentityDemand } from '../../src/verdict/request.js'
import { extension, octets, oid, sequence, text } from '../harness/forged-certificate.js'
import { type Claims, newInstance, oidcIssuer, workflow } from '../harness/forged-instance.js'
import { der } from './der.js'

const instance = newInstance('identity.example')
const fulcio = '1.3.6.1.4.1.57264.1'
const read = (claims: Claims): Identity => readIdentity(instance.certify(claims).certificate)
const otherName = (id: string, ...parts: Uint8Array[]): readonly [number, Uint8Array] => [
  0xa0,
  Buffer.concat([oid(id), ...parts]),
]
const name = (value: string): Uint8Array => der(0xa0, text(0x0c, value))

describe('the names in a certificate', () => {
  it.each<[string, NonNullable<Claims['names']>, readonly string[]]>([
    ['an e-mail address', [[0x81, 'a@example.com']], ['a@example.com']],
    ['a host', [[0x82, 'example.com']], ['example.com']],
    ['a URI', [[0x86, workflow]], [workflow]],
    ['an address of four bytes', [[0x87, Buffer.from([192, 0, 2, 1])]], ['192.0.2.1']],
    [
      'one of sixteen',
      [[0x87, Buffer.from('20010db8000000000000000000000001', 'hex')]],
      ['2001:0db8:0000:0000:0000:0000:0000:0001'],
    ],
    ['a name of Fulcio’s own', [otherName(`${fulcio}.7`, name('robot'))], ['robot']],
    ['one of somebody else’s', [otherName(`${fulcio}.8`, name('robot'))], []],
    ['one of Fulcio’s own that is empty', [otherName(`${fulcio}.7`, der(0xa0))], ['']],
    ['a name of a kind that nobody reads', [[0x88, Buffer.from([42])]], []],
    [
      'several, in their order',
      [
        [0x82, 'b.example'],
        [0x81, 'a@example.com'],
      ],
      ['b.example', 'a@example.com'],
    ],
    ['none', [], []],
  ])('are %s', (_, names, subjects) => {
    expect(read({ names }).subjects).toEqual(subjects)
  })
})

describe('the issuer in a certificate', () => {
  it.each([
    ['both alike', ['x', 'x'], 'x'],
    ['the newer one', ['older', 'newer'], 'newer'],
    ['the older one alone', ['older', undefined], 'older'],
    ['the newer one alone', [undefined, 'newer'], 'newer'],
    ['none', [undefined, undefined], ''],
  ] as const)('is %s', (_, issuer, wanted) => {
    expect(read({ issuer }).issuer).toBe(wanted)
  })
})

describe('an extension', () => {
  it.each([1, 127, 128, 255, 256, 1000])('of %i letters is read whole', (length) => {
    const value = 'x'.repeat(length)
    expect(read({ said: { 12: value, 3: value } }).extensions.get(12)).toBe(value)
    expect(read({ said: { 12: value, 3: value } }).extensions.get(3)).toBe(value)
  })

  it('that is critical says the same', () => {
    const critical = sequence(oid(`${fulcio}.12`), der(0x01, [0xff]), octets(text(0x0c, 'x')))
    expect(read({ more: [critical] }).extensions.get(12)).toBe('x')
  })

  it('of another kind than a text says nothing', () => {
    expect(read({ more: [extension(`${fulcio}.12`, text(0x16, 'x'))] }).extensions.get(12)).toBe('')
  })

  it('of somebody else is none of Fulcio’s', () => {
    const more = [extension('1.3.6.1.4.1.57265.1.12', text(0x0c, 'x')), extension('1.2.3', text(0x0c, 'x'))]
    expect([...read({ more }).extensions.keys()].toSorted()).toEqual([1, 8])
  })
})

describe('what cosign says of a certificate', () => {
  it('is its first name, its issuer and what GitHub said of old, by name and by number', () => {
    const said = { 2: 'push', 3: 'abc', 4: 'release', 5: 'team/app', 6: 'refs/heads/main', 12: 'newer' }
    const names = [
      [0x86, workflow],
      [0x82, 'b.example'],
    ] as const
    expect(cosignClaims(instance.certify({ said, names }).certificate)).toEqual({
      Subject: workflow,
      Issuer: oidcIssuer,
      [`${fulcio}.1`]: oidcIssuer,
      [`${fulcio}.2`]: 'push',
      githubWorkflowTrigger: 'push',
      [`${fulcio}.3`]: 'abc',
      githubWorkflowSha: 'abc',
      [`${fulcio}.4`]: 'release',
      githubWorkflowName: 'release',
      [`${fulcio}.5`]: 'team/app',
      githubWorkflowRepository: 'team/app',
      [`${fulcio}.6`]: 'refs/heads/main',
      githubWorkflowRef: 'refs/heads/main',
    })
  })

  it('is little of one that says nothing, and nothing of what cannot be read', () => {
    const bare = instance.certify({ names: [], issuer: [undefined, undefined] })
    expect(cosignClaims(bare.certificate)).toEqual({ Subject: '', Issuer: '' })
    expect(cosignClaims(Buffer.from('none'))).toBeUndefined()
    expect(claimedIdentity(Buffer.from('none'))).toBeUndefined()
  })
})

describe('what is not met of a demand', () => {
  const numbers = { 9: 'https://a.example/b@r', 12: 'https://github.com/team/app', 15: '' }
  const identity: Identity = {
    subjects: [workflow, 'a@example.com'],
    issuer: oidcIssuer,
    extensions: new Map(Object.entries(numbers).map(([number, value]) => [Number(number), value])),
  }
  const nobody: Identity = { subjects: [], issuer: '', extensions: new Map() }
  const both = `${workflow}, a@example.com`

  it.each<[IdentityDemand, Identity, string | undefined]>([
    [{ subject: workflow }, identity, undefined],
    [{ subject: 'a@example.com' }, identity, undefined],
    [{ subject: 'b@example.com' }, identity, `expected the identity b@example.com, got ${both}`],
    [{ subject: 'b@example.com' }, nobody, 'expected the identity b@example.com, got none'],
    [{ subjectRegexp: '^a@' }, identity, undefined],
    [{ subjectRegexp: '^b@' }, identity, `expected an identity like ^b@, got ${both}`],
    [{ subjectRegexp: '.*' }, nobody, 'expected an identity like .*, got none'],
    [{ issuer: oidcIssuer }, identity, undefined],
    [{ issuer: 'x' }, identity, `expected the issuer x, got ${oidcIssuer}`],
    [{ issuer: 'x' }, nobody, 'expected the issuer x, got none'],
    [{ issuerRegexp: 'issuer' }, identity, undefined],
    [{ issuerRegexp: '^x' }, identity, `expected an issuer like ^x, got ${oidcIssuer}`],
    [{ issuerRegexp: '^x' }, nobody, 'expected an issuer like ^x, got none'],
    [{ issuer: oidcIssuer, issuerRegexp: '^x' }, identity, `expected an issuer like ^x, got ${oidcIssuer}`],
    [{ extensions: [{ number: 12, pattern: 'team' }] }, identity, undefined],
    [
      { extensions: [{ number: 12, pattern: '^x' }] },
      identity,
      `expected extension ${fulcio}.12 like ^x, got https://github.com/team/app`,
    ],
    [
      { extensions: [{ number: 99, pattern: '^x' }] },
      identity,
      `expected extension ${fulcio}.99 like ^x, got none`,
    ],
    [{ extensions: [{ number: 99, pattern: '^$' }] }, identity, undefined],
    [{ claims: { 'source-repository-uri': 'https://github.com/team/app' } }, identity, undefined],
    [
      { claims: { 'source-repository-uri': 'https://github.com/team' } },
      identity,
      'expected the source repository uri https://github.com/team, got https://github.com/team/app',
    ],
    [{ claims: { 'build-trigger': 'push' } }, identity, 'expected the build trigger push, got none'],
    [
      { claims: { 'source-repository-identifier': '7' } },
      identity,
      'expected the source repository identifier 7, got none',
    ],
    [{}, nobody, undefined],
  ])('%o', (demand, of, why) => {
    expect(mismatch(of, demand)).toBe(why)
  })

  it('is any claim by its own number, and only by it', () => {
    // fulcio, docs/oid-info.md; copied by hand.
    const oids = [2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 22]
    for (const [index, claim] of certificateClaims.entries()) {
      const one = { ...nobody, extensions: new Map([[oids[index] ?? 0, 'said']]) }
      expect(mismatch(one, { claims: { [claim]: 'said' } }), claim).toBeUndefined()
      expect(claimsOf(one)).toEqual({ [claim]: 'said' })
    }
  })

  it('leaves out of what is shown what says nothing', () => {
    expect(claimsOf(identity)).toEqual({
      'build-signer-uri': 'https://a.example/b@r',
      'source-repository-uri': 'https://github.com/team/app',
    })
    expect(claimsOf(nobody)).toEqual({})
  })
})

describe('a pattern', () => {
  it('of ten thousand letters is tried, a longer one is not', () => {
    expect(patternProblem('a'.repeat(10_000))).toBeUndefined()
    expect(patternProblem('a'.repeat(10_001))).toBe('it is longer than 10000 characters')
  })

  it('that is none says why', () => {
    expect(patternProblem('(')).toMatch(/missing closing \)/)
  })
})
