import { describe, expect, it } from 'vitest'
import {
  certificateAnnotation,
  chainAnnotation,
  logEntryAnnotation,
  timestampAnnotation,
} from '../../src/evidence/simple-signing.js'
import type { Companions } from '../../src/evidence/transparency.js'
import { companionsOf } from '../../src/verify/companions.js'
import { newInstance, signedAt } from '../harness/forged-instance.js'
import { bodies } from '../harness/forged-log.js'
import { pemOf } from '../harness/forged-certificate.js'
import { bundleWith, simplySigned } from '../harness/laid-pieces.js'
import { seal, signatureStatement, someDigest, toBytes } from './sealed.js'

const instance = newInstance('companions.example')
const signer = instance.certify()
const { logged } = simplySigned(signer, someDigest)
const recorded = instance.log.record(bodies['hashedrekord 0.0.1'](logged), signedAt)
const stamp = instance.timestamps.stamp(logged.signature, signedAt)

const beside = async (annotations: Readonly<Record<string, string>>): Promise<Companions | string> =>
  companionsOf({ format: 'simple-signing', where: 'app', bytes: new Uint8Array(), annotations })

describe('what lies beside a payload', () => {
  it('is nothing where there are no annotations, or empty ones', async () => {
    const nothing = { logEntries: [], timestamps: [] }
    expect(await beside({})).toEqual(nothing)
    const names = [certificateAnnotation, chainAnnotation, logEntryAnnotation, timestampAnnotation]
    for (const text of ['', 'none', '{}'])
      expect(await beside(Object.fromEntries(names.map((name) => [name, text])))).toEqual(nothing)
  })

  it('is each by itself', async () => {
    expect(await beside({ [certificateAnnotation]: signer.pem })).toEqual({
      certificate: Buffer.from(signer.certificate),
      logEntries: [],
      timestamps: [],
    })
    const between = pemOf('CERTIFICATE', instance.intermediate.certificate)
    expect(await beside({ [chainAnnotation]: `${between}${between}` })).toEqual({
      chain: [1, 2].map(() => Buffer.from(instance.intermediate.certificate)),
      logEntries: [],
      timestamps: [],
    })
    const SignedRFC3161Timestamp = stamp.toString('base64')
    expect(await beside({ [timestampAnnotation]: JSON.stringify({ SignedRFC3161Timestamp }) })).toEqual({
      logEntries: [],
      timestamps: [stamp],
    })
    expect(await beside({ [logEntryAnnotation]: recorded.annotation })).toMatchObject({
      logEntries: [{ kindVersion: { kind: 'hashedrekord', version: '0.0.1' } }],
      timestamps: [],
    })
  })

  it('is nothing by an inherited name', async () => {
    const annotations = Object.create({ [certificateAnnotation]: signer.pem }) as Record<string, string>
    expect(await beside(annotations)).toEqual({ logEntries: [], timestamps: [] })
  })
})

describe('what lies beside the signature in a bundle', () => {
  it('is read from the bundle', async () => {
    const envelope = seal(signatureStatement(), [signer])
    const { certificate } = signer
    const bundle = bundleWith(envelope, { certificate, entries: [recorded.entry], timestamps: [stamp] })
    const evidence = { format: 'sigstore-bundle', where: 'app', bytes: toBytes(bundle) } as const
    expect(await companionsOf(evidence)).toMatchObject({
      certificate: Buffer.from(certificate),
      logEntries: [{ integratedTime: String(signedAt.getTime() / 1000) }],
      timestamps: [stamp],
    })
    expect(await companionsOf({ ...evidence, bytes: Buffer.from('none') })).toBe('it is no JSON object')
  })
})
