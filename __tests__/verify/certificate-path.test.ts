import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { beginningOf, checkCertificate } from '../../src/verify/sigstore.js'
import { parseTrustedRoot } from '../../src/verify/trust-material.js'
import {
  bodyOf,
  decades,
  type Issuer,
  mayIssue,
  newIssuer,
  sealBody,
  timeStamping,
} from '../harness/forged-certificate.js'
import { type Claims, minutes, newInstance, signedAt } from '../harness/forged-instance.js'

const instance = newInstance('path.example')
const { root, intermediate } = instance
const hour = 3_600_000
const later = new Date(signedAt.getTime() + hour)
const sooner = new Date(signedAt.getTime() - hour)

type Material = Parameters<typeof checkCertificate>[4]

function materialOf(chain?: readonly Uint8Array[]): Material {
  const trust = parseTrustedRoot(Buffer.from(instance.trustedRoot(chain ? { chain } : {})), 'root')
  if (typeof trust === 'string') throw new Error(trust)
  return trust.material
}

const whole = materialOf()
/** Whoever trusts the root alone needs the rest from beside the certificate. */
const rootAlone = materialOf([root.certificate])

interface Otherwise {
  readonly times?: readonly Date[]
  readonly demanded?: 'some' | 'every'
  readonly sct?: 'require' | 'ignore'
  readonly trust?: Material
  readonly chain?: readonly Uint8Array[]
}

function check(claims: Claims, change: Otherwise = {}): string | undefined {
  const { times = [signedAt], demanded = 'some', sct = 'require', trust = whole, chain } = change
  return checkCertificate(instance.certify(claims).certificate, times, demanded, sct, trust, chain)
}

const expired = /certificate is not valid or expired at the specified date$/

describe('a certificate', () => {
  it('that is for something else than signing code proves nothing', () => {
    expect(check({ usage: timeStamping })).toBe('the certificate is not for signing code')
    expect(checkCertificate(root.certificate, [signedAt], 'some', 'ignore', whole)).toBe(
      'the certificate is not for signing code',
    )
  })

  it('proves nothing at no time', () => {
    expect(check({}, { times: [] })).toBe('no time is proven at which the certificate could have been valid')
  })

  it.each([
    ['within its validity', [signedAt], undefined, undefined],
    ['at its beginning and its end', [minutes.from, minutes.to], undefined, undefined],
    ['after it', [later], expired, expired],
    ['before it', [sooner], expired, expired],
    ['within it and after it', [signedAt, later], undefined, expired],
    ['after it and within it', [later, signedAt], undefined, expired],
  ])('%s', (_, times, some, every) => {
    for (const [demanded, why] of [['some', some] as const, ['every', every] as const]) {
      const got = check({}, { times, demanded })
      if (why) expect(got).toMatch(why)
      else expect(got).toBeUndefined()
    }
  })

  it('that cannot be read proves nothing, and begins at no time', () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('none'), Buffer.alloc(100, 0x30)]) {
      expect(checkCertificate(bytes, [signedAt], 'some', 'require', whole)).toBeTypeOf('string')
      expect(beginningOf(bytes)).toBeUndefined()
    }
    expect(beginningOf(instance.certify().certificate)).toEqual(minutes.from)
  })
})

describe('the log of certificates', () => {
  const unknown = 'SCT verification failed: no trusted log of certificates knows the certificate'

  it.each<[string, Claims['sct'] & {}, string | undefined]>([
    ['knows it', 'own', undefined],
    ['made no promise', 'none', unknown],
    ['made one in an algorithm that nobody knows', 'odd', unknown],
    ['made one for another certificate', 'misplaced', unknown],
    ['is another one', 'stranger', unknown],
    ['is one of two', ['stranger', 'own'], undefined],
    ['is one of two, the other way round', ['own', 'stranger'], undefined],
    ['made a promise beside one that nobody can read', ['odd', 'own'], undefined],
    ['made only promises that prove nothing', ['odd', 'stranger', 'misplaced'], unknown],
  ])('%s', (_, sct, why) => {
    expect(check({ sct })).toBe(why)
    // Nobody is asked where the policy says so.
    expect(check({ sct }, { sct: 'ignore' })).toBeUndefined()
  })

  it.each([
    ['was trusted at that time alone', signedAt, signedAt, undefined],
    ['was trusted later', new Date(signedAt.getTime() + 1), later, unknown],
    ['was trusted before', sooner, new Date(signedAt.getTime() - 1), unknown],
  ])('%s', (_, start, end, why) => {
    const ctlogs = whole.ctlogs.map((log) => ({ ...log, validFor: { start, end } }))
    expect(check({}, { trust: { ...whole, ctlogs } })).toBe(why)
  })

  it('with the name of one that is trusted and another key knows nothing', () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const ctlogs = whole.ctlogs.map((log) => ({ ...log, publicKey }))
    expect(check({}, { trust: { ...whole, ctlogs } })).toBe(unknown)
    const renamed = whole.ctlogs.map((log) => ({ ...log, logID: Buffer.alloc(32) }))
    expect(check({}, { trust: { ...whole, ctlogs: renamed } })).toBe(unknown)
    expect(check({}, { trust: { ...whole, ctlogs: [...ctlogs, ...whole.ctlogs] } })).toBeUndefined()
  })
})

describe('what lies beside a certificate', () => {
  const lower = newIssuer('path lower', { above: intermediate })
  const nowhere = /no (valid|trusted) certificate path found$/

  it.each<[string, Issuer, readonly Uint8Array[], RegExp | undefined]>([
    ['nothing', intermediate, [], nowhere],
    ['the authority between', intermediate, [intermediate.certificate], undefined],
    ['the root alone', intermediate, [root.certificate], nowhere],
    ['the way to the root', intermediate, [intermediate.certificate, root.certificate], undefined],
    ['a longer way', lower, [lower.certificate, intermediate.certificate], undefined],
    ['a way with a gap', lower, [lower.certificate], nowhere],
    ['a way that begins at the root', lower, [intermediate.certificate, lower.certificate], nowhere],
    ['something unreadable', intermediate, [Buffer.from('none'), intermediate.certificate], undefined],
  ])('leads to a root that is trusted alone: %s', (_, by, chain, why) => {
    const got = check({ by }, { trust: rootAlone, chain })
    if (why) expect(got).toMatch(why)
    else expect(got).toBeUndefined()
  })

  it('leads nowhere by itself: a root of the attacker is none', () => {
    const own = newIssuer('path.example root')
    const below = newIssuer('path.example intermediate', { above: own })
    for (const chain of [[own.certificate], [below.certificate, own.certificate]]) {
      for (const by of [own, below])
        expect(check({ by }, { trust: rootAlone, chain })).toMatch(/certificate/i)
    }
  })

  it('leads nowhere over what may not issue, and nobody stumbles over it', () => {
    const { privateKey, name } = intermediate
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const plain = (key: Issuer['privateKey'], as: Uint8Array): Uint8Array => {
      const subject = { name: as, publicKey: key, valid: decades, extensions: [] }
      return sealBody(bodyOf(subject, root.name), root.privateKey)
    }
    const idle: Issuer = {
      name,
      privateKey: pair.privateKey,
      certificate: plain(pair.publicKey, name),
    }
    expect(check({ by: idle }, { trust: rootAlone, chain: [idle.certificate] })).toMatch(/certificate/i)
    // The same key twice: as an authority, and as nothing.
    const twice = [intermediate.certificate, plain(createPublicKey(privateKey), name)]
    for (const chain of [twice, twice.toReversed()])
      expect(check({}, { trust: rootAlone, chain })).toBeUndefined()
  })

  it('leads nowhere over one that is its own issuer by name', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const extensions = [mayIssue]
    const body = bodyOf({ name: root.name, publicKey, valid: decades, extensions }, root.name)
    const renewed: Issuer = { name: root.name, privateKey, certificate: sealBody(body, root.privateKey) }
    expect(check({ by: renewed }, { trust: rootAlone, chain: [renewed.certificate] })).toMatch(/certificate/i)
  })
})
