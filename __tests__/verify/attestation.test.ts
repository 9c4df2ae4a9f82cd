import { describe, expect, it } from 'vitest'
import { certificateAnnotation } from '../../src/evidence/simple-signing.js'
import type { EnvelopeEvidence } from '../../src/evidence/evidence.js'
import { checkBundle, checkEnvelope } from '../../src/verify/attestation.js'
import type { CosignCheck, CosignDemand } from '../../src/verify/demand.js'
import { newCertificate } from '../harness/certificate.js'
import {
  bundleOf,
  demandOf,
  everyKind,
  newSigner,
  otherDigest,
  outcome,
  seal,
  type SealedEnvelope,
  type Signer,
  signatureStatement,
  singleByteChanges,
  someDigest,
  toBytes,
} from './sealed.js'

const signer = newSigner()
const hex = someDigest.slice(7)
const sbomType = 'https://spdx.dev/Document'
const sbom = signatureStatement({ predicateType: sbomType, predicate: { name: 'app' } })

async function bundle(
  whole: object | string,
  demand: Partial<CosignDemand> = {},
  by = signer,
): Promise<string> {
  return outcome(await checkWhole(whole, demand, by))
}

async function checkWhole(
  whole: object | string,
  demand: Partial<CosignDemand>,
  by: Signer,
): Promise<CosignCheck> {
  const piece = { format: 'sigstore-bundle', where: 'app@bundle', bytes: toBytes(whole) } as const
  return checkBundle(piece, demandOf(by, demand))
}

async function envelope(
  whole: object | string,
  demand: Partial<CosignDemand> = {},
  annotations: Readonly<Record<string, string>> = {},
): Promise<string> {
  const piece = { format: 'dsse-envelope', where: 'app:att', bytes: toBytes(whole), annotations } as const
  return outcome(await checkEnvelope(piece, demandOf(signer, demand)))
}

const signed = (changes: object = {}): SealedEnvelope => seal(signatureStatement(changes), [signer])

describe('a bundle that signs an image', () => {
  it.each(everyKind)('counts with %s', async (scheme, by) => {
    const result = await checkWhole(bundleOf(seal(signatureStatement(), [by])), {}, by)
    expect(outcome(result)).toBe('met')
    expect(result).toMatchObject({ scheme })
  })

  it.each(everyKind)('does not count when another key than this one (%s) is asked for', async (_, by) => {
    const whole = bundleOf(seal(signatureStatement(), [by]))
    expect(await bundle(whole, {}, newSigner())).toBe('signature-invalid')
    expect(await bundle(bundleOf(signed()), {}, by)).toBe('signature-invalid')
  })

  it('counts whatever the hint says, and without one', async () => {
    for (const publicKey of [{ hint: 'somebody else' }, {}, { hint: 7 }]) {
      expect(await bundle(bundleOf(signed(), { publicKey }))).toBe('met')
    }
    expect(await bundle(bundleOf(signed(), {}))).toBe('met')
  })

  it('is no near miss by the key that a hint names where it counts', async () => {
    const hint = Buffer.from(newSigner().key.sha256, 'hex').toString('base64')
    const check = await checkWhole(bundleOf(signed(), { publicKey: { hint } }), {}, signer)
    expect(outcome(check)).toBe('met')
    expect(JSON.stringify(check)).not.toContain('nearMisses')
  })

  it('does not count without a hint when another key is asked for', async () => {
    expect(await bundle(bundleOf(signed(), {}), {}, newSigner())).toBe('signature-invalid')
  })

  it('is refused with a certificate, good as its signature is', async () => {
    const certificate = { rawBytes: 'AA==' }
    for (const material of [
      { certificate },
      { certificate, publicKey: { hint: 'x' } },
      { certificate: {} },
      { certificate: 'odd' },
      { x509CertificateChain: { certificates: [certificate] } },
    ]) {
      expect(await bundle(bundleOf(signed(), material))).toBe('key-mismatch')
    }
  })

  it('is refused with a second signature, whoever made it', async () => {
    const statement = signatureStatement()
    for (const signers of [
      [signer, newSigner()],
      [newSigner(), signer],
      [signer, signer],
    ]) {
      expect(await bundle(bundleOf(seal(statement, signers)))).toBe('signature-invalid')
    }
  })

  it('does not count with any one byte of the statement changed', async () => {
    const sealed = signed()
    const payload = Buffer.from(sealed.payload, 'base64')
    for (const changed of singleByteChanges(payload)) {
      const other = { ...sealed, payload: Buffer.from(changed).toString('base64') }
      // A byte of the predicate type makes it a statement of another kind, which is no signature at all.
      expect(['signature-invalid', 'unrelated']).toContain(await bundle(bundleOf(other)))
    }
  })

  it('does not count with any one byte of the payload type changed', async () => {
    const sealed = signed()
    for (const changed of singleByteChanges(Buffer.from(sealed.payloadType))) {
      const other = { ...sealed, payloadType: Buffer.from(changed).toString('latin1') }
      expect(await bundle(bundleOf(other))).toBe('signature-invalid')
    }
  })

  it('does not count with any one byte of the signature changed', async () => {
    const sealed = signed()
    for (const changed of singleByteChanges(Buffer.from(sealed.signatures[0]?.sig ?? '', 'base64'))) {
      const other = { ...sealed, signatures: [{ sig: Buffer.from(changed).toString('base64') }] }
      expect(await bundle(bundleOf(other))).toBe('signature-invalid')
    }
  })

  it('does not count when what is signed is no in-toto statement', async () => {
    const other = seal(signatureStatement(), [signer], 'application/json')
    expect(await bundle(bundleOf(other))).toBe('signature-invalid')
    for (const payload of ['hello', '[]', '{"subject":[null]}', '{"subject":null}'])
      expect(await bundle(bundleOf(seal(payload, [signer])))).toBe('signature-invalid')
  })

  it('does not count when the signature is over the bare payload', async () => {
    const sealed = signed()
    const sig = Buffer.from(signer.sign(Buffer.from(sealed.payload, 'base64'))).toString('base64')
    expect(await bundle(bundleOf({ ...sealed, signatures: [{ sig }] }))).toBe('signature-invalid')
  })

  it('that signs a message, or cannot be read, does not count', async () => {
    const { dsseEnvelope, ...without } = bundleOf(signed()) as { dsseEnvelope: SealedEnvelope }
    const messageSignature = { signature: dsseEnvelope.signatures[0]?.sig }
    expect(await bundle({ ...without, messageSignature })).toBe('signature-invalid')
    for (const whole of ['', 'hello', '[]', without, { ...without, dsseEnvelope: 'x' }])
      expect(await bundle(whole)).toBe('signature-invalid')
  })
})

describe('the subject', () => {
  it.each([
    ['of another digest', [{ digest: { sha256: otherDigest.slice(7) } }]],
    ['in capitals', [{ digest: { sha256: hex.toUpperCase() } }]],
    ['with the algorithm before it', [{ digest: { sha256: someDigest } }]],
    ['by sha512 only', [{ digest: { sha512: hex } }]],
    ['by the name of another algorithm', [{ digest: { SHA256: hex } }]],
    ['that is no text', [{ digest: { sha256: [hex] } }]],
    ['in its name only', [{ name: hex, digest: {} }]],
    ['without a digest', [{ name: 'app' }]],
    ['missing', []],
  ])('%s is not the image', async (_, subject) => {
    expect(await bundle(bundleOf(signed({ subject })))).toBe('digest-mismatch')
    expect(await envelope(signed({ subject }))).toBe('digest-mismatch')
  })

  it('may be one of several', async () => {
    const others = Array.from({ length: 1023 }, () => ({ digest: { sha256: otherDigest.slice(7) } }))
    const whole = bundleOf(signed({ subject: [...others, { digest: { sha256: hex } }] }))
    expect(await bundle(whole)).toBe('met')
    const more = bundleOf(signed({ subject: [...others, ...others, { digest: { sha256: hex } }] }))
    expect(await bundle(more)).toBe('signature-invalid')
  })

  it('that is the image carries the annotations, no other one does', async () => {
    const subject = (annotations: object): object => ({ digest: { sha256: hex }, annotations })
    const foreign = { digest: { sha256: otherDigest.slice(7) }, annotations: { team: 'release' } }
    const annotations = { team: 'release' }
    const ask = async (...list: object[]): Promise<string> =>
      bundle(bundleOf(signed({ subject: list })), { annotations })
    expect(await ask(subject({ team: 'release', more: 'x' }))).toBe('met')
    for (const carried of [{}, { team: 'dev' }, { team: ['release'] }, { Team: 'release' }])
      expect(await ask(foreign, subject(carried))).toBe('annotation-mismatch')
    const inherited = { constructor: 'x', ['__proto__']: 'x' }
    expect(await bundle(bundleOf(signed()), { annotations: inherited })).toBe('annotation-mismatch')
  })
})

describe('what is asked for', () => {
  const attested = { predicateType: sbomType }

  it('is a signature: an attestation is something else', async () => {
    expect(await bundle(bundleOf(seal(sbom, [signer])))).toBe('unrelated')
    expect(await envelope(seal(sbom, [signer]))).toBe('unrelated')
  })

  it('is an attestation of one type: others, and signatures, are something else', async () => {
    expect(await bundle(bundleOf(seal(sbom, [signer])), attested)).toBe('met')
    expect(await envelope(seal(sbom, [signer]), attested)).toBe('met')
    for (const predicateType of [
      `${sbomType}/`,
      sbomType.toUpperCase(),
      '',
      'https://slsa.dev/provenance/v1',
    ])
      expect(await bundle(bundleOf(signed({ predicateType, predicate: {} })), attested)).toBe('unrelated')
    expect(await envelope(signed(), attested)).toBe('unrelated')
  })

  it('is an attestation that can be looked into: a predicate is an object', async () => {
    for (const predicate of ['SPDXVersion: SPDX-2.3', null, ['x'], 7, undefined]) {
      const whole = seal(signatureStatement({ predicateType: sbomType, predicate }), [signer])
      expect(await envelope(whole, attested)).toBe('attestation-invalid')
      expect(await bundle(bundleOf(whole), attested)).toBe('attestation-invalid')
    }
  })

  it('is an attestation by this key, and hands the envelope on as it was', async () => {
    const sealed = seal(sbom, [signer])
    const result = await checkWhole(bundleOf(sealed), attested, signer)
    expect(result).toMatchObject({ kind: 'checked', payload: { type: sbomType } })
    const text = result.kind === 'checked' ? result.payload?.envelope : undefined
    expect(JSON.parse(text ?? '')).toEqual(sealed)
    expect(await bundle(bundleOf(seal(sbom, [newSigner()])), attested)).toBe('attestation-invalid')
    expect(await envelope(seal(sbom, [newSigner()]), attested)).toBe('attestation-invalid')
  })
})

describe('what an attestation says', () => {
  const attested = { predicateType: 'https://cyclonedx.org/bom' }
  const predicate = { bomFormat: 'CycloneDX', specVersion: '1.6', components: [{}, {}] }
  const made = signatureStatement({ ...attested, predicate })
  const piece = (by: Signer): EnvelopeEvidence => ({
    format: 'dsse-envelope',
    where: 'app:att',
    bytes: toBytes(seal(made, [by])),
    annotations: {},
  })

  it('is read where the signature verifies, in either format', async () => {
    const statement = { kind: 'bill-of-materials', version: '1.6', components: 2 }
    expect(await checkWhole(bundleOf(seal(made, [signer])), attested, signer)).toMatchObject({ statement })
    expect(await checkEnvelope(piece(signer), demandOf(signer, attested))).toMatchObject({ statement })
  })

  it('is not read where it does not, and not of signatures', async () => {
    for (const check of [
      await checkEnvelope(piece(newSigner()), demandOf(signer, attested)),
      await checkWhole(bundleOf(seal(made, [newSigner()])), attested, signer),
      await checkWhole(bundleOf(signed()), {}, signer),
    ]) {
      expect(check.kind).toBe('checked')
      expect(check).not.toHaveProperty('statement')
    }
  })

  it('of another type than it says is told, and changes nothing', async () => {
    const odd = signatureStatement({ ...attested, predicate: { spdx: 'no' } })
    const check = await checkWhole(bundleOf(seal(odd, [signer])), attested, signer)
    expect(outcome(check)).toBe('met')
    expect(check).toMatchObject({ statement: { kind: 'unread' } })
  })
})

describe('an envelope', () => {
  const attested = { predicateType: sbomType }

  it('may have other signatures beside the one that counts', async () => {
    expect(await envelope(seal(sbom, [newSigner(), signer]), attested)).toBe('met')
    expect(await envelope(seal(sbom, [signer, newSigner()]), attested)).toBe('met')
    expect(await envelope(seal(sbom, [newSigner(), newSigner()]), attested)).toBe('attestation-invalid')
  })

  it('is not read further than its first hundred signatures', async () => {
    const sealed = seal(sbom, [signer])
    const wrong = { sig: Buffer.alloc(64, 1).toString('base64') }
    const after = (count: number): object => ({
      ...sealed,
      signatures: [...Array.from({ length: count }, () => wrong), ...sealed.signatures],
    })
    expect(await envelope(after(99), attested)).toBe('met')
    expect(await envelope(after(100), attested)).toBe('limit-exceeded')
  })

  it('with a certificate of another key is refused', async () => {
    const annotations = { [certificateAnnotation]: newCertificate().cert }
    expect(await envelope(seal(sbom, [signer]), attested, annotations)).toBe('key-mismatch')
    expect(await envelope(seal(sbom, [signer]), attested, { [certificateAnnotation]: '' })).toBe('met')
  })

  it('that cannot be read does not count', async () => {
    for (const whole of ['', 'hello', '[]', {}, { ...seal(sbom, [signer]), signatures: [] }])
      expect(await envelope(whole, attested)).toBe('attestation-invalid')
  })
})
