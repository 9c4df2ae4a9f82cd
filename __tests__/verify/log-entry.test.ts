import { createHash } from 'node:crypto'
import type { TransparencyLogEntry } from '@sigstore/bundle'
import { describe, expect, it } from 'vitest'
import { companionsOfAnnotations, companionsOfBundle } from '../../src/evidence/transparency.js'
import { parseLogEntry } from '../../src/evidence/simple-signing.js'
import type { SignedForm } from '../../src/verify/entry-kinds.js'
import { checkLogEntry, type Signed, timeOfEntry, timeOfStamp } from '../../src/verify/sigstore.js'
import { parseTrustedRoot } from '../../src/verify/trust-material.js'
import {
  anyUsage,
  mayIssue,
  mayNotIssue,
  newIssuer,
  pemOf,
  spkiOf,
  usages,
} from '../harness/forged-certificate.js'
import { type Changes, newInstance, signedAt } from '../harness/forged-instance.js'
import { bodies, type Body, type Logged, newLog } from '../harness/forged-log.js'
import { newTimestampAuthority } from '../harness/forged-timestamp.js'
import { bundleWith, loggedEnvelope, verifierOf } from '../harness/laid-pieces.js'
import { newSigner, seal, signatureStatement, toBytes } from './sealed.js'

const instance = newInstance('log.example')
const signer = newSigner()
const stranger = newSigner()
const hour = 3_600_000

function materialOf(changes: Changes = {}): Parameters<typeof checkLogEntry>[4] {
  const trust = parseTrustedRoot(Buffer.from(instance.trustedRoot(changes)), 'root')
  if (typeof trust === 'string') throw new Error(trust)
  return trust.material
}

const envelope = seal(signatureStatement(), [signer])
const logged = loggedEnvelope(signer, envelope)
const signed: Signed = {
  form: 'bundled envelope',
  signature: logged.signature,
  message: logged.message,
  payload: Buffer.from(envelope.payload, 'base64'),
  stamped: Buffer.from(JSON.stringify(envelope)),
}
const elsewhere = seal(signatureStatement({ predicate: { other: true } }), [signer])
const other = loggedEnvelope(signer, elsewhere)

type Kind = keyof typeof bodies
const kinds = Object.keys(bodies) as Kind[]
const logOf = (kind: Kind): typeof instance.log =>
  kind === 'hashedrekord 0.0.2' ? instance.newerLog : instance.log

/** As a bundle carries it. */
function inBundle(entry: object): TransparencyLogEntry {
  const companions = companionsOfBundle(toBytes(bundleWith(envelope, { entries: [entry as never] })))
  if (typeof companions === 'string') throw new Error(companions)
  return companions.logEntries[0]!
}

function recorded(kind: Kind, told: Partial<Logged> = {}, log = logOf(kind)): TransparencyLogEntry {
  return inBundle(log.record(bodies[kind]({ ...logged, ...told }), signedAt).entry)
}

interface Otherwise {
  readonly signed?: Signed
  readonly signer?: Uint8Array
  readonly trust?: Changes
  readonly stamped?: readonly Date[]
}

/** How that lies beside an image which such an entry stands for. */
function formOf({ kindVersion: { kind, version } }: TransparencyLogEntry): SignedForm {
  if (`${kind} ${version}` === 'hashedrekord 0.0.1') return 'bundled message'
  return `${kind} ${version}` === 'intoto 0.0.1' ? 'envelope' : 'bundled envelope'
}

function check(entry: TransparencyLogEntry, change: Otherwise = {}): string | undefined {
  return checkLogEntry(
    entry,
    { ...(change.signed ?? signed), form: formOf(entry) },
    change.signer ?? signer.key.spki,
    signer.key.key,
    materialOf(change.trust),
    change.stamped ?? [],
  )
}

describe.each(kinds)('an entry of kind %s', (kind) => {
  it('proves the signature that it records', () => {
    expect(check(recorded(kind))).toBeUndefined()
  })

  it('proves none by another signer', () => {
    const verifier = verifierOf(stranger)
    expect(check(recorded(kind, { verifier }))).toBe('the entry is for another signer')
    expect(check(recorded(kind), { signer: stranger.key.spki })).toBe('the entry is for another signer')
  })

  it('proves none over other bytes', () => {
    const { message, envelope: another } = other
    const about = { ...another, signatures: envelope.signatures } as typeof envelope
    expect(check(recorded(kind, { message, envelope: about }))).toMatch(/hash|digest|another envelope/i)
  })

  it('proves no other signature over the same bytes', () => {
    const again = seal(signatureStatement(), [signer])
    const { signature } = loggedEnvelope(signer, again)
    expect(check(recorded(kind, { signature, envelope: again }))).toMatch(/signature|another envelope/i)
  })

  it('proves nothing where its log is not trusted', () => {
    const strange = newLog('strange.example', kind === 'hashedrekord 0.0.2' ? 2 : 1)
    expect(check(recorded(kind, {}, strange))).toBe('the log of the entry is not trusted')
    const pretender = newLog(
      logOf(kind).baseUrl.replace('https://', ''),
      kind === 'hashedrekord 0.0.2' ? 2 : 1,
      logOf(kind).id,
    )
    expect(check(recorded(kind, {}, pretender))).toMatch(/checkpoint|inclusion promise|signature/i)
  })
})

describe('an entry of the format of envelopes after it', () => {
  it('proves the signature whatever hash it has of the envelope: logs hash it as they keep it', () => {
    const { spec, ...whole } = bodies['intoto 0.0.2'](logged)
    const { content } = spec as { content: object }
    for (const hash of [undefined, { algorithm: 'sha256', value: 'ab'.repeat(32) }]) {
      const body = { ...whole, spec: { content: { ...content, hash } } }
      expect(check(inBundle(instance.log.record(body, signedAt).entry))).toBeUndefined()
    }
  })
})

describe('an entry of the older format of envelopes', () => {
  const old = 'intoto 0.0.1'
  const spec = (hash: unknown): Body => ({
    apiVersion: '0.0.1',
    kind: 'intoto',
    spec: { content: { hash }, publicKey: Buffer.from(verifierOf(signer)).toString('base64') },
  })
  const { value } = (bodies[old](logged).spec as { content: { hash: { value: string } } }).content.hash

  it.each([
    ['no hash', undefined],
    ['a hash without a name', { value }],
    ['a hash by another name', { algorithm: 'sha512', value }],
    ['a hash without a value', { algorithm: 'sha256' }],
    ['the hash of something else', { algorithm: 'sha256', value: value.replace(/./, 'g') }],
  ])('with %s is for another one', (_, hash) => {
    const entry = inBundle(instance.log.record(spec(hash), signedAt).entry)
    expect(check(entry)).toBe('the entry is for another envelope')
  })

  it.each([[{}], [{ content: {} }]])('with nothing to compare (%o) is for another one', (content) => {
    const publicKey = Buffer.from(verifierOf(signer)).toString('base64')
    const body = { apiVersion: '0.0.1', kind: 'intoto', spec: { ...content, publicKey } }
    const entry = inBundle(instance.log.record(body, signedAt).entry)
    expect(check(entry)).toBe('the entry is for another envelope')
  })

  it('is about the payload where nothing else was stamped', () => {
    const { stamped, ...rest } = signed
    expect(stamped).toBeDefined()
    expect(check(recorded(old), { signed: rest })).toBe('the entry is for another envelope')
  })

  it('proves nothing that the log did not promise', () => {
    const entry = recorded(old)
    const { entry: strange } = newLog('a.example', 1).record(bodies[old](logged), signedAt)
    const { inclusionPromise, inclusionProof } = inBundle(strange)
    expect(check({ ...entry, inclusionPromise, inclusionProof })).toBeTypeOf('string')
  })
})

describe('an entry', () => {
  it.each([
    ['dsse', '0.0.2'],
    ['hashedrekord', '9'],
    ['rekord', '0.0.1'],
    ['', ''],
  ])('of a kind that stands for something else (%s %s) is not accepted', (kind, version) => {
    const entry = { ...recorded('dsse 0.0.1'), kindVersion: { kind, version } }
    expect(check(entry)).toBe(
      `expected an entry of kind dsse 0.0.1 or intoto 0.0.2 of a log of the older generation for the bundled envelope, got kind ${kind} ${version}`,
    )
  })

  it('that names no signer is for nobody', () => {
    const { spec, ...whole } = bodies['dsse 0.0.1'](logged)
    for (const signatures of [undefined, [], [{}], [{ verifier: 7 }]]) {
      const { entry } = instance.log.record({ ...whole, spec: { ...spec, signatures } }, signedAt)
      expect(check(inBundle(entry))).toBe('the entry (dsse 0.0.1) names no signer')
    }
  })

  it('may spell the key otherwise than its file: it is the key that counts', () => {
    const spki = Buffer.from(signer.key.spki)
    // A length in two bytes where one would do: BER, and no DER.
    const long = Buffer.concat([Buffer.from([0x30, 0x81]), spki.subarray(1)])
    expect(check(recorded('dsse 0.0.1', { verifier: pemOf('PUBLIC KEY', long) }))).toBeUndefined()
    const turned = Buffer.from(stranger.key.spki)
    const verifier = pemOf('PUBLIC KEY', Buffer.concat([Buffer.from([0x30, 0x81]), turned.subarray(1)]))
    expect(check(recorded('dsse 0.0.1', { verifier }))).toBe('the entry is for another signer')
  })

  it('for a certificate is for that certificate, and for no other of the same key', () => {
    const certified = instance.certify()
    const verifier = pemOf('CERTIFICATE', certified.certificate)
    const entry = recorded('dsse 0.0.1', { verifier })
    const other = 'the entry is for another signer'
    expect(check(entry, { signer: certified.certificate })).toBeUndefined()
    expect(check(entry, { signer: instance.certify().certificate })).toBe(other)
    expect(check(entry, { signer: spkiOf(certified.pair.publicKey) })).toBe(other)
    expect(check(recorded('dsse 0.0.1'), { signer: certified.certificate })).toBe(other)
  })

  it('that names what is no key is for nobody', () => {
    const verifier = pemOf('PUBLIC KEY', Buffer.from('none'))
    expect(check(recorded('dsse 0.0.1', { verifier }))).toBe('the entry is for another signer')
    expect(check(recorded('dsse 0.0.1', { verifier }), { signer: Buffer.from('neither') })).toBe(
      'the entry is for another signer',
    )
  })

  it('of a digest whose bytes are not there is held against the digest', () => {
    const kind = 'hashedrekord 0.0.1'
    const digest = Buffer.from(hashOf(recorded(kind)), 'hex')
    const known = { ...signed, message: new Uint8Array(), digest }
    expect(check(recorded(kind), { signed: known })).toBeUndefined()
    expect(check(recorded(kind), { signed: { ...known, digest: Buffer.alloc(32) } })).toBeTypeOf('string')
  })

  it.each([
    ['sha384', 48],
    ['sha512', 64],
  ] as const)('may name the bytes by %s', (algorithm, length) => {
    const value = createHash(algorithm).update(logged.message).digest('hex')
    expect(value).toHaveLength(length * 2)
    const body = bodies['hashedrekord 0.0.1'](logged)
    const named = { ...body, spec: { ...body.spec, data: { hash: { algorithm, value } } } }
    expect(check(inBundle(instance.log.record(named, signedAt).entry))).toBeUndefined()
    const wrong = { algorithm, value: `00${value.slice(2)}` }
    const another = { ...body, spec: { ...body.spec, data: { hash: wrong } } }
    expect(check(inBundle(instance.log.record(another, signedAt).entry))).toBeTypeOf('string')
  })
})

/** The hash that an entry records. */
function hashOf({ canonicalizedBody }: TransparencyLogEntry): string {
  const { spec } = JSON.parse(canonicalizedBody.toString('utf8')) as {
    spec: { data: { hash: { value: string } } }
  }
  return spec.data.hash.value
}

describe('the key of a log', () => {
  const at = (ms: number): string => new Date(signedAt.getTime() + ms).toISOString()
  const late = 'the key of the log was not valid when the entry was made'

  it.each([
    ['was valid all the time', { start: at(-hour) }, undefined],
    ['began with the entry', { start: at(0) }, undefined],
    ['began after it', { start: at(1000) }, late],
    ['ended with the entry', { start: at(-hour), end: at(0) }, undefined],
    ['ended before it', { start: at(-hour), end: at(-1000) }, late],
  ] as const)('%s', (_, logValid, why) => {
    expect(check(recorded('dsse 0.0.1'), { trust: { logValid } })).toBe(why)
  })

  it('of an entry without a time is held against the times of its timestamps: one is enough', () => {
    const logValid = { start: at(-hour), end: at(hour) }
    const entry = recorded('hashedrekord 0.0.2')
    expect(entry.integratedTime).toBe('0')
    const [within, without] = [new Date(at(0)), new Date(at(2 * hour))]
    for (const timeless of [entry, { ...entry, integratedTime: '' }]) {
      expect(check(timeless, { trust: { logValid }, stamped: [within] })).toBeUndefined()
      expect(check(timeless, { trust: { logValid }, stamped: [without, within] })).toBeUndefined()
      expect(check(timeless, { trust: { logValid }, stamped: [without] })).toBe(late)
      expect(check(timeless, { trust: { logValid }, stamped: [] })).toBeUndefined()
    }
  })

  it('may be one of several by the same id: one that was valid then is enough', () => {
    const entry = recorded('dsse 0.0.1')
    const trust = materialOf()
    const [own] = trust.tlogs.filter((log) => log.logID.equals(entry.logId.keyId))
    const over = { ...own!, validFor: { start: new Date(0), end: new Date(1) } }
    const judge = (tlogs: typeof trust.tlogs): string | undefined =>
      checkLogEntry(entry, signed, signer.key.spki, signer.key.key, { ...trust, tlogs }, [])
    expect(judge([over, own!])).toBeUndefined()
    expect(judge([over])).toBe(late)
  })

  it.each(['soon', '1e99', '-'])('is not valid at a time that is none: %s', (integratedTime) => {
    expect(check({ ...recorded('dsse 0.0.1'), integratedTime })).toBe(late)
  })
})

describe('the time of an entry', () => {
  const entry = recorded('dsse 0.0.1')

  it('is what the log promised', () => {
    expect(timeOfEntry(entry)).toEqual(signedAt)
  })

  it('is none without a promise: nobody signed it', () => {
    const { inclusionPromise, ...bare } = entry
    expect(inclusionPromise).toBeDefined()
    expect(timeOfEntry({ ...bare, inclusionPromise: undefined })).toBeUndefined()
  })

  it.each(['', '0', '01', '-1', ' 1', '1 ', '1.5', '1e9', '0x10'])('is none that is spelled %j', (text) => {
    expect(timeOfEntry({ ...entry, integratedTime: text })).toBeUndefined()
  })

  it('of the older format is promised too', () => {
    const { annotation } = instance.log.record(bodies['dsse 0.0.1'](logged), signedAt)
    const logEntry = parseLogEntry(annotation)
    const [found] = companionsOfAnnotations(logEntry ? { logEntry } : {}).logEntries
    expect(found && timeOfEntry(found)).toEqual(signedAt)
    expect(found && check(found)).toBeUndefined()
  })
})

describe('a timestamp', () => {
  const { stamped, ...bare } = signed
  const stamp = (over: Uint8Array, by = instance.timestamps): Date | string =>
    timeOfStamp(by.stamp(over, signedAt), bare, signer.key.key, materialOf())

  it('proves its time for the signature that it is over', () => {
    expect(stamp(signed.signature)).toEqual(signedAt)
  })

  it('is over the whole envelope in the older format', () => {
    const der = instance.timestamps.stamp(stamped ?? Buffer.alloc(0), signedAt)
    expect(timeOfStamp(der, signed, signer.key.key, materialOf())).toEqual(signedAt)
    expect(timeOfStamp(der, bare, signer.key.key, materialOf())).toBeTypeOf('string')
  })

  it('proves nothing over something else, by somebody else, or unreadable', () => {
    const nothing = 'timestamp could not be verified'
    expect(stamp(Buffer.from('something else'))).toBe(nothing)
    expect(stamp(signed.signature, newTimestampAuthority('strange'))).toBe(nothing)
    for (const bytes of [Buffer.alloc(0), Buffer.from('nothing'), Buffer.alloc(100, 0x30)])
      expect(timeOfStamp(bytes, bare, signer.key.key, materialOf())).toBeTypeOf('string')
  })

  describe('by an authority', () => {
    const by = (extensions: readonly Uint8Array[], root = newIssuer('stamps root')): Date | string => {
      const authority = newTimestampAuthority('stamps', { extensions, root })
      const material = materialOf({ timestamps: [authority] })
      return timeOfStamp(authority.stamp(signed.signature, signedAt), bare, signer.key.key, material)
    }
    const [alone, critical, issues] = [
      'the certificate of the authority is not for timestamps alone',
      'the certificate of the authority does not say critically that it is for timestamps',
      'the certificate of the authority is one that issues others',
    ]

    it.each([
      ['for timestamps alone', [usages([8], true)], undefined],
      ['for timestamps alone, and no issuer', [usages([8], true), mayNotIssue], undefined],
      ['for nothing that it says', [], alone],
      ['for signing code', [usages([3], true)], alone],
      ['for timestamps and more', [usages([8, 3], true)], alone],
      ['for timestamps and what nobody knows', [usages([8, 4711], true)], alone],
      ['for timestamps, not critically', [usages([8])], critical],
      ['for timestamps and for issuing', [usages([8], true), mayIssue], issues],
    ] as const)('whose certificate is %s', (_, extensions, why) => {
      expect(by(extensions)).toEqual(why ?? signedAt)
    })

    it('that nobody trusts is not taken for one that may make none', () => {
      const unfit = newTimestampAuthority('stamps', { extensions: [] })
      const material = materialOf({ timestamps: [unfit] })
      const nothing = 'timestamp could not be verified'
      // Of the same name, with another number; and of another name.
      for (const root of [newIssuer('stamps root'), newIssuer('another root')]) {
        const strange = newTimestampAuthority('stamps', { root })
        const der = strange.stamp(signed.signature, signedAt)
        expect(timeOfStamp(der, bare, signer.key.key, material)).toBe(nothing)
      }
    })

    it('is found among several', () => {
      const [unfit, fit] = [[], [usages([8], true)]].map((extensions) =>
        newTimestampAuthority('stamps', { extensions }),
      )
      if (!unfit || !fit) throw new Error('two authorities')
      const material = materialOf({ timestamps: [unfit, fit] })
      const at = (authority: typeof fit): Date | string =>
        timeOfStamp(authority.stamp(signed.signature, signedAt), bare, signer.key.key, material)
      expect(at(fit)).toEqual(signedAt)
      expect(at(unfit)).toBe(alone)
    })

    it.each([
      ['says nothing', [mayIssue], undefined],
      ['is for timestamps', [mayIssue, usages([8])], undefined],
      ['is for anything', [mayIssue, anyUsage], undefined],
      [
        'is for signing code',
        [mayIssue, usages([3])],
        'an authority above the certificate issues none for this use',
      ],
    ] as const)('below one that %s', (_, extensions, why) => {
      const top = newIssuer('top')
      const middle = newIssuer('middle', { above: top, extensions })
      const authority = newTimestampAuthority('stamps', { root: middle })
      const chain = [...authority.chain, top.certificate]
      const material = materialOf({ timestamps: [{ ...authority, chain }] })
      const stamped = timeOfStamp(authority.stamp(signed.signature, signedAt), bare, signer.key.key, material)
      expect(stamped).toEqual(why ?? signedAt)
      // The root is held to what it says of itself as well.
      expect(by([usages([8], true)], newIssuer('a root', { extensions }))).toEqual(why ?? signedAt)
    })
  })
})
