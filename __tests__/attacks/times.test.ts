import { describe, expect, it } from 'vitest'
import { openStage, type StagedImage } from '../harness/attack-stage.js'
import { expectEnding } from '../harness/endings.js'
import { decades, newIssuer } from '../harness/forged-certificate.js'
import { type Changes, signedAt } from '../harness/forged-instance.js'
import { bodies, type BundledEntry, type Logged } from '../harness/forged-log.js'
import { newTimestampAuthority } from '../harness/forged-timestamp.js'
import { bundleWith, layBundle, laySignature, loggedEnvelope, simplySigned } from '../harness/laid-pieces.js'
import type { RanAction } from '../harness/run.js'
import { paths, playOn, statementOf } from '../harness/signing-paths.js'
import { newSigner, seal } from '../verify/sealed.js'

const stage = openStage()
const { instance } = stage
const { log, newerLog, timestamps } = instance
const timed = paths.filter(({ kind }) => kind !== 'hashedrekord 0.0.2')
const before = new Date('2026-03-01T11:59:59Z')
const after = new Date('2026-03-01T12:10:01Z')

describe.each(timed.filter(({ keyless }) => keyless))('$name ($kind)', (path) => {
  it.each([
    ['first second', new Date('2026-03-01T12:00:00Z'), 'verified'],
    ['last second', new Date('2026-03-01T12:10:00Z'), 'verified'],
    ['second before', before, 'certificate-expired'],
    ['second after', after, 'certificate-expired'],
  ] as const)(
    'CVE-2024-55655: a key that was stolen later signs on: logged in the %s of its certificate',
    async (_, time, ending) => {
      const [ran, digest] = await playOn(path, instance.certify(), stage, { time })
      expectEnding(ran, ending, digest)
    },
  )
})

describe.each(timed)('$name ($kind)', (path) => {
  it.each([
    ['begins and ends around it', { start: '2026-01-01T00:00:00Z', end: '2026-04-01T00:00:00Z' }, 'verified'],
    ['was given up', { start: '2026-01-01T00:00:00Z', end: before.toISOString() }, 'log-entry-invalid'],
    ['was not begun', { start: after.toISOString() }, 'log-entry-invalid'],
    // @sigstore/verify takes such a log for one of all times.
    ['has no beginning', {}, 'log-entry-invalid'],
  ] as const)('an entry made with the key of a log that %s', async (_, logValid, ending) => {
    const signer = path.keyless ? instance.certify() : newSigner()
    const [ran, digest] = await playOn(path, signer, stage, { changes: { logValid } })
    expectEnding(ran, ending, digest)
  })
})

/** Lays a bundle by the usual identity and asks for it. */
async function playBundle(
  entryOf: (logged: Logged) => BundledEntry,
  stampsOf: (logged: Logged) => readonly Uint8Array[],
  inputs: Readonly<Record<string, string>> = {},
  changes: Changes = {},
): Promise<readonly [RanAction, string]> {
  const image = stage.image()
  const signer = instance.certify()
  const envelope = seal(statementOf(image), [signer])
  const logged = loggedEnvelope(signer, envelope)
  const bundle = bundleWith(envelope, {
    certificate: signer.certificate,
    entries: [entryOf(logged)],
    timestamps: stampsOf(logged),
  })
  layBundle(image.holdings, image.repository, image.digest, bundle)
  return [await stage.byIdentity(image, inputs, changes), image.digest]
}

describe('a time that nobody proves', () => {
  const newer = (logged: Logged): BundledEntry => newerLog.record(bodies['hashedrekord 0.0.2'](logged)).entry
  const timely = ({ signature }: Logged): readonly Uint8Array[] => [timestamps.stamp(signature, signedAt)]

  const honest = (logged: Logged): BundledEntry => log.record(bodies['dsse 0.0.1'](logged), signedAt).entry
  const unpromised = (logged: Logged): BundledEntry => {
    const { inclusionPromise, ...entry } = honest(logged)
    expect(inclusionPromise).toBeDefined()
    return entry
  }

  it('is none: the entry has one and no promise of it, which anybody may have written there', async () => {
    const [ran] = await playBundle(unpromised, () => [])
    expectEnding(ran, 'timestamp-invalid')
    const [promised, digest] = await playBundle(honest, () => [])
    expectEnding(promised, 'verified', digest)
    const [stamped, other] = await playBundle(unpromised, timely)
    expectEnding(stamped, 'verified', other)
  })

  it('is looked at nevertheless: the proof is by the key of a log that was given up', async () => {
    const logValid = { start: '2026-01-01T00:00:00Z', end: before.toISOString() }
    const [ran] = await playBundle(unpromised, timely, {}, { logValid })
    expectEnding(ran, 'log-entry-invalid')
  })

  it('cosign 3.0.5: a log of the second generation proves none, so a timestamp has to', async () => {
    const [ran] = await playBundle(newer, () => [])
    expectEnding(ran, 'timestamp-invalid')
    const [stamped, digest] = await playBundle(newer, timely)
    expectEnding(stamped, 'verified', digest)
  })

  it('Kyverno, bundles: waiving the log of certificates waives no time', async () => {
    const [ran] = await playBundle(newer, () => [], { 'insecure-ignore-sct': 'true' })
    expectEnding(ran, 'timestamp-invalid')
  })

  it('is none: the timestamp is of another signature', async () => {
    const [ran] = await playBundle(newer, ({ message }) =>
      timely({ message, signature: message, verifier: '' }),
    )
    expectEnding(ran, 'timestamp-invalid')
  })

  it('is none: another authority of the same name stamped it', async () => {
    const other = newTimestampAuthority('stage.example timestamps')
    const stampsOf = ({ signature }: Logged): readonly Uint8Array[] => [other.stamp(signature, signedAt)]
    const [ran] = await playBundle(newer, stampsOf)
    expectEnding(ran, 'timestamp-invalid')
    const [trusted, digest] = await playBundle(newer, stampsOf, {}, { timestamps: [timestamps, other] })
    expectEnding(trusted, 'verified', digest)
  })

  it.each([
    ['the certificate', true],
    ['the root', false],
  ])('is none: %s of the authority was over', async (_, own) => {
    const over = { from: decades.from, to: before }
    const late = own
      ? newTimestampAuthority('late', { valid: over })
      : newTimestampAuthority('late', { root: newIssuer('late root', { valid: over }) })
    const [ran] = await playBundle(
      newer,
      ({ signature }) => [late.stamp(signature, signedAt)],
      {},
      { timestamps: [late] },
    )
    expectEnding(ran, 'timestamp-invalid')
  })

  it('is not that of the certificate: the timestamp is from before or after it', async () => {
    for (const time of [before, after]) {
      const [ran] = await playBundle(newer, ({ signature }) => [timestamps.stamp(signature, time)])
      expectEnding(ran, 'certificate-expired')
    }
  })
})

describe('cosign, a demanded timestamp that is absent is no error', () => {
  const image = (stamp: ((signature: Uint8Array) => Uint8Array) | undefined): StagedImage => {
    const staged = stage.image()
    const signer = instance.certify()
    const signed = simplySigned(signer, staged.digest)
    const { annotation: entry } = log.record(bodies['hashedrekord 0.0.1'](signed.logged), signedAt)
    const timestamp = stamp?.(signed.logged.signature)
    const beside = { certificate: signer.pem, entry, ...(timestamp && { timestamp }) }
    laySignature(staged.holdings, staged.repository, staged.digest, signed, beside)
    return staged
  }
  const demanded = { 'use-signed-timestamps': 'true' }

  it('absent, or of something else, it proves nothing', async () => {
    expectEnding(await stage.byIdentity(image(undefined), demanded), 'timestamp-invalid')
    const elsewhere = image(() => timestamps.stamp(Buffer.from('something else'), signedAt))
    expectEnding(await stage.byIdentity(elsewhere, demanded), 'timestamp-invalid')
  })

  it('there, it does; and where it is not demanded, the log does', async () => {
    const stamped = image((signature) => timestamps.stamp(signature, signedAt))
    expectEnding(await stage.byIdentity(stamped, demanded), 'verified', stamped.digest)
    const plain = image(undefined)
    expectEnding(await stage.byIdentity(plain), 'verified', plain.digest)
  })
})

describe('cosign, keyless without a log', () => {
  it.each([
    ['is judged now: certificates live for minutes', undefined, 'certificate-expired'],
    ['is judged now: one that is still valid does', decades, 'verified'],
  ] as const)('%s', async (_, valid, ending) => {
    const staged = stage.image()
    const signer = instance.certify(valid ? { valid } : {})
    const signed = simplySigned(signer, staged.digest)
    laySignature(staged.holdings, staged.repository, staged.digest, signed, { certificate: signer.pem })
    expectEnding(await stage.byIdentity(staged, { 'insecure-ignore-tlog': 'true' }), ending, staged.digest)
  })
})
