import { describe, expect, it } from 'vitest'
import type { Companions } from '../../src/evidence/transparency.js'
import { companionsOfBundle } from '../../src/evidence/transparency.js'
import { vouch, type Vouching } from '../../src/verify/keyless.js'
import type { Signed } from '../../src/verify/sigstore.js'
import { parseTrustedRoot } from '../../src/verify/trust-material.js'
import { minutes, newInstance, oidcIssuer, signedAt, workflow } from '../harness/forged-instance.js'
import { bodies } from '../harness/forged-log.js'
import { bundleWith, loggedEnvelope } from '../harness/laid-pieces.js'
import { newSigner, seal, signatureStatement, toBytes } from './sealed.js'
import { told } from './told.js'

const instance = newInstance('vouch.example')
const trust = parseTrustedRoot(Buffer.from(instance.trustedRoot()), 'root')
if (typeof trust === 'string') throw new Error(trust)

const hour = 3_600_000
const after = (ms: number): Date => new Date(signedAt.getTime() + ms)
const signer = instance.certify({ said: { 12: 'https://github.com/team/app' } })
const envelope = seal(signatureStatement(), [signer])
const logged = loggedEnvelope(signer, envelope)
const signed: Signed = {
  form: 'bundled envelope',
  signature: logged.signature,
  message: logged.message,
  payload: Buffer.from(envelope.payload, 'base64'),
}

const entryAt = (time: Date): object => instance.log.record(bodies['dsse 0.0.1'](logged), time).entry
const timeless = instance.newerLog.record(bodies['hashedrekord 0.0.2'](logged), signedAt).entry
const stampAt = (time: Date): Uint8Array => instance.timestamps.stamp(signed.signature, time)
const strangeStamp = instance.timestamps.stamp(Buffer.from('something else'), signedAt)

interface Beside {
  readonly entries?: readonly object[]
  readonly stamps?: readonly Uint8Array[]
  readonly certified?: boolean
}

function companionsOf({ entries = [], stamps = [], certified = true }: Beside): Companions {
  const material = { entries: entries as never, timestamps: stamps }
  const { certificate } = signer
  const bundle = bundleWith(envelope, certified ? { ...material, certificate } : material)
  const companions = companionsOfBundle(toBytes(bundle))
  if (typeof companions === 'string') throw new Error(companions)
  return companions
}

const identity = { subject: workflow, issuer: oidcIssuer }
const usual: Vouching = {
  trust,
  now: after(hour),
  sct: 'require',
  signedTimestamps: false,
  identity,
}

function ask(
  beside: Beside,
  change: Partial<Vouching> = {},
  log: 'require' | 'ignore' = 'require',
): readonly string[] {
  return told(vouch(companionsOf(beside), signed, signer.key, { ...usual, ...change }, log, 'app'))
}

const at = signedAt.toISOString()
const inLog = [
  `met (log-entry) a trusted transparency log has the signature at app, at ${at}`,
  `  time: ${at}`,
]
const noLog = 'exempt (log-entry) no entry of a transparency log is asked for (app)'
const stamped = [`met (timestamp) a trusted authority saw the signature at app at ${at}`, `  time: ${at}`]
const leads = 'met (certificate) the certificate at app leads to a trusted authority'
const known = [
  `met (identity) signed by ${workflow} (${oidcIssuer})`,
  `  identity: ${workflow}`,
  `  issuer: ${oidcIssuer}`,
  '  source-repository-uri: https://github.com/team/app',
]
const expired = (why: string): string =>
  `unmet certificate-expired (certificate) expected a certificate that leads to a trusted authority at app, got one that does not: ${why}`
const outOfTime = expired(
  'Failed to verify certificate chain: certificate is not valid or expired at the specified date',
)
const timelessCertificate =
  "unmet timestamp-invalid (certificate) expected a proven time for the certificate at app, got none: neither a log's promise nor a timestamp"

describe('a keyless signature', () => {
  it('is vouched for by a log, a certificate and an identity', () => {
    expect(ask({ entries: [entryAt(signedAt)] })).toEqual([...inLog, leads, ...known])
  })

  it('is vouched for by a timestamp where the log says no time', () => {
    expect(ask({ entries: [timeless], stamps: [stampAt(signedAt)] })).toEqual([
      'met (log-entry) a trusted transparency log has the signature at app',
      ...stamped,
      leads,
      ...known,
    ])
    expect(ask({ entries: [timeless] })).toEqual([
      'met (log-entry) a trusted transparency log has the signature at app',
      timelessCertificate,
      ...known,
    ])
  })

  it('is not without an entry that is demanded', () => {
    expect(ask({ stamps: [stampAt(signedAt)] })).toEqual([
      'unmet log-entry-missing (log-entry) expected an entry of a transparency log with the signature at app, got none',
    ])
  })

  it('is not by an entry of something else, and the last reason is told', () => {
    const other = loggedEnvelope(signer, seal(signatureStatement({ predicate: { x: 1 } }), [signer]))
    const strange = instance.log.record(bodies['dsse 0.0.1'](other), signedAt).entry
    const foreign = loggedEnvelope(newSigner(), envelope)
    const others = instance.log.record(bodies['dsse 0.0.1'](foreign), signedAt).entry
    expect(ask({ entries: [strange, others] })[0]).toBe(
      'unmet log-entry-invalid (log-entry) expected an entry of a trusted transparency log for the signature at app, got one that does not prove it: the entry is for another signer',
    )
    expect(ask({ entries: [strange, entryAt(signedAt)] }).slice(0, 2)).toEqual(inLog)
    expect(ask({ entries: [entryAt(signedAt), strange] }).slice(0, 2)).toEqual(inLog)
  })

  it('is not known to be trusted where nobody knows whom to trust', () => {
    const problem = { code: 'unreachable', service: 'trust', message: 'no answer' } as const
    expect(ask({ entries: [entryAt(signedAt)] }, { trust: problem })).toEqual([
      'unknown unreachable (trust) no answer',
    ])
  })

  it('is none without a certificate', () => {
    expect(ask({ entries: [entryAt(signedAt)], certified: false })).toEqual([
      'unmet key-mismatch (certificate) expected a certificate with the signature at app, got none',
    ])
  })

  it('is judged now where nothing is demanded that proves a time', () => {
    expect(ask({}, {}, 'ignore')).toEqual([noLog, outOfTime, ...known])
    expect(ask({}, { now: signedAt }, 'ignore')).toEqual([noLog, leads, ...known])
    // What proves a time is looked at although nobody asked: it is the time that counts, whatever the time is now.
    expect(ask({ stamps: [stampAt(signedAt)] }, {}, 'ignore')).toEqual([noLog, ...stamped, leads, ...known])
    const late = after(hour)
    expect(ask({ stamps: [stampAt(late)] }, { now: signedAt }, 'ignore').at(3)).toBe(outOfTime)
  })

  it('is not judged now where an entry is demanded', () => {
    expect(ask({ entries: [timeless] }, { now: signedAt })).toContain(timelessCertificate)
  })
})

describe('a timestamp', () => {
  const reason = 'timestamp could not be verified'

  it('that is demanded has to be there', () => {
    expect(ask({ entries: [entryAt(signedAt)] }, { signedTimestamps: true })).toEqual([
      ...inLog,
      'unmet timestamp-invalid (timestamp) expected a signed timestamp for the signature at app, got none',
      timelessCertificate,
      ...known,
    ])
    expect(ask({}, { signedTimestamps: true, now: signedAt }, 'ignore')).toContain(timelessCertificate)
  })

  it('that is demanded has to prove a time', () => {
    expect(ask({ entries: [entryAt(signedAt)], stamps: [strangeStamp] }, { signedTimestamps: true })).toEqual(
      [
        ...inLog,
        `unmet timestamp-invalid (timestamp) expected a signed timestamp for the signature at app, got one that does not prove it: ${reason}`,
        timelessCertificate,
        ...known,
      ],
    )
  })

  it('that is demanded is what the certificate is held against, whatever the log says', () => {
    const beside = { entries: [entryAt(signedAt)], stamps: [stampAt(after(hour))] }
    expect(ask(beside, { signedTimestamps: true })).toContain(outOfTime)
    expect(ask(beside)).toContain(leads)
    const turned = { entries: [entryAt(after(hour))], stamps: [stampAt(signedAt)] }
    expect(ask(turned, { signedTimestamps: true })).toContain(leads)
  })

  it('that nobody demands may prove nothing, and it is said', () => {
    expect(ask({ entries: [entryAt(signedAt)], stamps: [strangeStamp] })).toEqual([
      ...inLog,
      `exempt (timestamp) the timestamp at app proves nothing: ${reason}`,
      leads,
      ...known,
    ])
  })

  it('that proves nothing hides no other', () => {
    for (const stamps of [
      [strangeStamp, stampAt(signedAt)],
      [stampAt(signedAt), strangeStamp],
    ])
      expect(ask({ stamps }, { signedTimestamps: true }, 'ignore')).toEqual([
        noLog,
        ...stamped,
        leads,
        ...known,
      ])
  })
})

describe('the certificate', () => {
  it('has to be valid at one of the proven times, or at every one where files are judged', () => {
    const beside = { entries: [entryAt(signedAt)], stamps: [stampAt(after(hour))] }
    expect(ask(beside)).toContain(leads)
    expect(ask(beside, { everyTime: true })).toContain(outOfTime)
    expect(ask({ entries: [entryAt(signedAt)] }, { everyTime: true })).toContain(leads)
  })

  it('that leads nowhere is not expired', () => {
    const other = parseTrustedRoot(Buffer.from(newInstance('vouch.example').trustedRoot()), 'root')
    if (typeof other === 'string') throw new Error(other)
    const { certificateAuthorities } = other.material
    const material = { ...trust.material, certificateAuthorities }
    expect(ask({ entries: [entryAt(signedAt)] }, { trust: { ...trust, material } })).toContain(
      'unmet certificate-untrusted (certificate) expected a certificate that leads to a trusted authority at app, got one that does not: Failed to verify certificate chain: no valid certificate path found',
    )
  })

  it('may be unknown to the logs of certificates where the policy says so, and it is said', () => {
    const exempted = 'exempt (certificate-log) no log of certificates is asked for the certificate (app)'
    expect(ask({ entries: [entryAt(signedAt)] }, { sct: 'ignore' })).toEqual([
      ...inLog,
      leads,
      exempted,
      ...known,
    ])
    const material = { ...trust.material, ctlogs: [] }
    const without = { trust: { ...trust, material } }
    expect(ask({ entries: [entryAt(signedAt)] }, { ...without, sct: 'ignore' })).toContain(leads)
    expect(ask({ entries: [entryAt(signedAt)] }, without)).toContain(
      'unmet certificate-untrusted (certificate) expected a certificate that leads to a trusted authority at app, got one that does not: SCT verification failed: no trusted log of certificates knows the certificate',
    )
  })

  it('of somebody else is told as who it is', () => {
    const wanted = { subject: 'a@example.com', issuer: oidcIssuer }
    expect(ask({ entries: [entryAt(signedAt)] }, { identity: wanted }).slice(3)).toEqual([
      `unmet identity-mismatch (identity) expected the identity a@example.com, got ${workflow}, at app`,
      ...known.slice(1),
      `  near: signed by ${workflow} (issuer ${oidcIssuer}): expected the identity a@example.com, got ${workflow}`,
    ])
  })

  it('of several names is told with all of them', () => {
    const names = [
      [0x86, workflow],
      [0x81, 'a@example.com'],
    ] as const
    const several = instance.certify({ names })
    const companions = { ...companionsOf({ entries: [] }), certificate: several.certificate }
    const findings = vouch(companions, signed, several.key, { ...usual, now: signedAt }, 'ignore', 'app')
    expect(told(findings)).toContain(`met (identity) signed by ${workflow}, a@example.com (${oidcIssuer})`)
  })

  it('that cannot be read is nobody’s', () => {
    const companions = { ...companionsOf({}), certificate: Buffer.from('none') }
    const findings = vouch(companions, signed, signer.key, { ...usual, now: signedAt }, 'ignore', 'app')
    expect(told(findings).at(-1)).toBe(
      'unmet certificate-untrusted (identity) expected a certificate that says who signed at app',
    )
  })
})

describe('the age of a keyless signature', () => {
  const young = { maxAgeMs: hour, now: after(hour - 60_000) }
  const tooOld = /^unmet policy-denied \(freshness\) /

  it('is that of its certificate, however late a log or an authority saw it', () => {
    const beside = { entries: [entryAt(signedAt)], stamps: [stampAt(signedAt)] }
    expect(ask(beside, { ...young, now: new Date(minutes.from.getTime() + hour) }).at(-5)).toBe(
      `met (freshness) the signature at app is of ${minutes.from.toISOString()}, at most 1h ago`,
    )
    expect(ask(beside, { ...young, now: new Date(minutes.from.getTime() + hour + 1) }).at(-5)).toMatch(tooOld)
  })

  it('is nobody’s to say without a proven time: a certificate alone does not prove when it was used', () => {
    const now = signedAt
    expect(ask({}, { maxAgeMs: hour, now }, 'ignore').at(-5)).toBe(
      'unmet timestamp-invalid (freshness) expected a signature that is proven to be at most 1h old at app, got one for which no time is proven',
    )
  })

  it('is not asked where nobody wants to know', () => {
    expect(ask({ entries: [entryAt(signedAt)] }).join()).not.toContain('freshness')
  })
})

describe('a signature by a key', () => {
  const key = newSigner()
  const sealed = seal(signatureStatement(), [key])
  const own = loggedEnvelope(key, sealed)
  const { identity: nobody, ...byKey } = usual
  const piece: Signed = {
    form: 'bundled envelope',
    signature: own.signature,
    message: own.message,
    payload: Buffer.from(sealed.payload, 'base64'),
  }
  const entry = instance.log.record(bodies['dsse 0.0.1'](own), signedAt).entry
  const stamp = (time: Date): Uint8Array => instance.timestamps.stamp(piece.signature, time)

  const askKey = (
    { entries = [], stamps = [], certified = false }: Beside,
    change: Partial<Vouching> = {},
    log: 'require' | 'ignore' = 'require',
  ): readonly string[] =>
    told(
      vouch(
        companionsOf({ entries, stamps, certified }),
        piece,
        key.key,
        { ...byKey, ...change },
        log,
        'app',
      ),
    )

  it('needs an entry and nothing else', () => {
    expect(nobody).toBe(identity)
    expect(askKey({ entries: [entry] })).toEqual(inLog)
    expect(askKey({ entries: [entry], stamps: [strangeStamp] })).toEqual(inLog)
    expect(askKey({}, {}, 'ignore')).toEqual([noLog])
  })

  it('is recorded by its key, whatever certificate lies beside it', () => {
    expect(askKey({ entries: [entry], certified: true })).toEqual(inLog)
  })

  it('is as old as the earliest that is proven of it, by a log or by an authority', () => {
    const of = (time: Date): string =>
      `met (freshness) the signature at app is of ${time.toISOString()}, at most 1h ago`
    const maxAgeMs = hour
    expect(askKey({ entries: [entry] }, { maxAgeMs })).toEqual([...inLog, of(signedAt)])
    expect(askKey({ stamps: [stamp(after(1000))] }, { maxAgeMs }, 'ignore')).toEqual([noLog, of(after(1000))])
    expect(askKey({ entries: [entry], stamps: [stamp(after(1000))] }, { maxAgeMs })).toEqual([
      ...inLog,
      of(signedAt),
    ])
    expect(askKey({ stamps: [strangeStamp] }, { maxAgeMs }, 'ignore').at(-1)).toMatch(
      /^unmet timestamp-invalid \(freshness\)/,
    )
  })
})
