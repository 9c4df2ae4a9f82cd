import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { checkCertificate } from '../../src/verify/sigstore.js'
import { parseTrustedRoot, type Trust, withAuthorities } from '../../src/verify/trust-material.js'
import { newIssuer, pemOf } from '../harness/forged-certificate.js'
import { newInstance, signedAt } from '../harness/forged-instance.js'

const instance = newInstance('trust.example')
const text = instance.trustedRoot()

interface Parts {
  readonly [name: string]: unknown
  readonly tlogs: readonly { readonly publicKey: object }[]
  readonly ctlogs: readonly { readonly publicKey: object }[]
  readonly certificateAuthorities: readonly object[]
  readonly timestampAuthorities: readonly object[]
}
const parts = JSON.parse(text) as Parts
const none = { tlogs: [], ctlogs: [], certificateAuthorities: [], timestampAuthorities: [] }
const parse = (changed: object): Trust | string =>
  parseTrustedRoot(Buffer.from(JSON.stringify({ ...parts, ...changed })), 'a root')

function trustOf(changed: object = {}): Trust {
  const trust = parse(changed)
  if (typeof trust === 'string') throw new Error(trust)
  return trust
}

describe('a trusted root', () => {
  it('is known by its name and its hash', () => {
    const bytes = Buffer.from(text)
    const trust = parseTrustedRoot(bytes, 'a root')
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect(trust).toMatchObject({ name: 'a root', sha256, newestPart: '2020-01-01T00:00:00.000Z' })
  })

  it.each(['', 'hello', '[]', 'null', '"x"'])('is none that is no object: %j', (bytes) => {
    expect(parseTrustedRoot(Buffer.from(bytes), 'a root')).toBe('it is no JSON object')
  })

  it('is none that names nobody', () => {
    const nobody = 'it names no authority and no log'
    expect(parse(none)).toBe(nobody)
    expect(parse({ ...none, ctlogs: parts.ctlogs })).toBe(nobody)
    for (const name of ['tlogs', 'certificateAuthorities', 'timestampAuthorities'])
      expect(parse({ ...none, [name]: parts[name] }), name).toBeTypeOf('object')
    const both = { certificateAuthorities: parts.certificateAuthorities, tlogs: [parts.tlogs[0]] }
    expect(parse({ ...none, ...both })).toBeTypeOf('object')
    expect(parse({ ...none, ...both, timestampAuthorities: parts.timestampAuthorities })).toBeTypeOf('object')
  })

  it('says what cannot be read in it', () => {
    const [log] = parts.tlogs
    const odd = { ...log, publicKey: { ...log?.publicKey, rawBytes: 'AA==' } }
    expect(parse({ tlogs: [odd] })).toBeTypeOf('string')
    const certChain = { certificates: [{ rawBytes: 'AA==' }] }
    expect(parse({ certificateAuthorities: [{ certChain, validFor: {} }] })).toBeTypeOf('string')
  })

  it('passes over a log of which nobody says since when it holds', () => {
    const timeless = (logs: Parts['tlogs'], validFor?: object): readonly object[] =>
      logs.map((log) => ({ ...log, publicKey: { ...log.publicKey, validFor } }))
    expect(trustOf().material.tlogs).toHaveLength(2)
    expect(trustOf().material.ctlogs).toHaveLength(1)
    for (const odd of [undefined, {}]) {
      const changed = { tlogs: timeless(parts.tlogs, odd), ctlogs: timeless(parts.ctlogs, odd) }
      expect(trustOf(changed).material.tlogs).toEqual([])
      expect(trustOf(changed).material.ctlogs).toEqual([])
      const [first] = parts.tlogs
      expect(trustOf({ tlogs: [first, ...changed.tlogs] }).material.tlogs).toHaveLength(1)
    }
    const keyless = [{ logId: { keyId: 'AA==' } }]
    const rest = trustOf({ tlogs: keyless, ctlogs: keyless })
    expect([rest.material.tlogs, rest.material.ctlogs]).toEqual([[], []])
  })

  it('is as old as the youngest of its parts', () => {
    const of = (start: string | undefined): object => ({ validFor: start === undefined ? {} : { start } })
    const aged = (name: keyof typeof none, start: string | undefined): Trust => {
      const list = parts[name] as readonly { readonly publicKey?: object }[]
      const changed = list.map((one) =>
        one.publicKey ? { ...one, publicKey: { ...one.publicKey, ...of(start) } } : { ...one, ...of(start) },
      )
      return trustOf({ [name]: changed })
    }
    const young = '2025-05-05T05:05:05.000Z'
    for (const name of Object.keys(none) as (keyof typeof none)[]) {
      expect(aged(name, young).newestPart, name).toBe(young)
      expect(aged(name, '2019-01-01T00:00:00Z').newestPart, name).toBe('2020-01-01T00:00:00.000Z')
      expect(aged(name, 'some day').newestPart, name).toBe('2020-01-01T00:00:00.000Z')
      expect(aged(name, undefined).newestPart, name).toBe('2020-01-01T00:00:00.000Z')
    }
  })

  it('has no age where none of its parts has one', () => {
    for (const validFor of [{}, undefined]) {
      const certificateAuthorities = parts.certificateAuthorities.map((one) => ({ ...one, validFor }))
      expect(trustOf({ ...none, certificateAuthorities })).not.toHaveProperty('newestPart')
    }
  })
})

describe('authorities of the user’s own', () => {
  const own = newIssuer('own root')
  const between = newIssuer('own intermediate', { above: own })
  const other = newIssuer('other root')
  const pem = (...certificates: readonly Uint8Array[]): Buffer =>
    Buffer.from(certificates.map((one) => pemOf('CERTIFICATE', one)).join(''))
  const roots = { name: 'roots.pem', bytes: pem(own.certificate) }
  const hash = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

  const check = (trust: Trust | string, by = own): string | undefined => {
    if (typeof trust === 'string') throw new Error(trust)
    const { certificate } = instance.certify({ by, sct: 'none' })
    return checkCertificate(certificate, [signedAt], 'some', 'ignore', trust.material)
  }

  it('stand alone without a trusted root', () => {
    const trust = withAuthorities(undefined, roots, undefined)
    expect(trust).toMatchObject({ name: 'roots.pem', sha256: hash(roots.bytes) })
    expect(trust).toMatchObject({ material: { tlogs: [], ctlogs: [], timestampAuthorities: [] } })
    expect(check(trust)).toBeUndefined()
    expect(check(trust, instance.intermediate)).toMatch(/no valid certificate path/)
  })

  it('stand in the place of those of a trusted root, whose logs and clocks stay', () => {
    const base = trustOf()
    const trust = withAuthorities(base, roots, undefined)
    expect(trust).toMatchObject({
      name: 'a root, roots.pem',
      sha256: hash(Buffer.concat([roots.bytes, Buffer.from(base.sha256)])),
    })
    if (typeof trust === 'string') throw new Error(trust)
    expect(trust.material.tlogs).toBe(base.material.tlogs)
    expect(trust.material.timestampAuthorities).toBe(base.material.timestampAuthorities)
    expect(check(trust)).toBeUndefined()
    expect(check(trust, instance.intermediate)).toMatch(/no valid certificate path/)
  })

  it('may have others between, and be several', () => {
    expect(check(withAuthorities(undefined, roots, undefined), between)).toMatch(/no valid certificate path/)
    expect(check(withAuthorities(undefined, roots, pem(between.certificate)), between)).toBeUndefined()
    const several = { ...roots, bytes: pem(other.certificate, own.certificate) }
    for (const by of [own, other])
      expect(check(withAuthorities(undefined, several, undefined), by)).toBeUndefined()
    const noise = Buffer.from('no certificate')
    expect(check(withAuthorities(undefined, roots, noise))).toBeUndefined()
  })

  it('hold at any time: a certificate says itself how long it is valid', () => {
    const trust = withAuthorities(undefined, roots, undefined)
    if (typeof trust === 'string') throw new Error(trust)
    const [authority] = trust.material.certificateAuthorities
    expect(authority?.validFor).toEqual({ start: new Date(0), end: new Date(8_640_000_000_000_000) })
  })

  it('say what is wrong with them', () => {
    const empty = { name: 'roots.pem', bytes: Buffer.from('hello') }
    expect(withAuthorities(undefined, empty, undefined)).toBe(
      'ca-roots: expected certificates in PEM in roots.pem, got none',
    )
    const broken = { name: 'roots.pem', bytes: Buffer.from(pemOf('CERTIFICATE', Buffer.from('none'))) }
    expect(withAuthorities(undefined, broken, undefined)).toMatch(/^ca-roots: ./)
  })

  it('look up no key', () => {
    const trust = withAuthorities(undefined, roots, undefined)
    if (typeof trust === 'string') throw new Error(trust)
    expect(() => trust.material.publicKey('x')).toThrow('no key is looked up here')
  })
})
