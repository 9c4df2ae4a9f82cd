import { describe, expect, it } from 'vitest'
import type { CosignEvidence } from '../../src/evidence/evidence.js'
import { signatureAnnotation } from '../../src/evidence/simple-signing.js'
import { checkCosign } from '../../src/verify/cosign.js'
import {
  bundleOf,
  demandOf,
  newSigner,
  outcome,
  seal,
  signatureStatement,
  simplePayload,
  toBytes,
} from './sealed.js'

const signer = newSigner()
const type = 'https://slsa.dev/provenance/v1'
const payload = Buffer.from(simplePayload())
const provenance = signatureStatement({ predicateType: type })

const signature: CosignEvidence = {
  format: 'simple-signing',
  where: 'app:sig',
  bytes: payload,
  annotations: { [signatureAnnotation]: Buffer.from(signer.sign(payload)).toString('base64') },
}
const attestation: CosignEvidence = {
  format: 'dsse-envelope',
  where: 'app:att',
  bytes: toBytes(seal(provenance, [signer])),
  annotations: {},
}
const bundle = (statement: object): CosignEvidence => ({
  format: 'sigstore-bundle',
  where: 'app@bundle',
  bytes: toBytes(bundleOf(seal(statement, [signer]))),
})

describe('each format of evidence', () => {
  it.each([
    ['a payload', signature, 'met', 'unrelated'],
    ['a bundle with a signature', bundle(signatureStatement()), 'met', 'unrelated'],
    ['a bundle with an attestation', bundle(provenance), 'unrelated', 'met'],
    ['an envelope', attestation, 'unrelated', 'met'],
  ] as const)('%s answers to its own question only', async (_, evidence, asSignature, asAttestation) => {
    expect(outcome(await checkCosign(evidence, demandOf(signer)))).toBe(asSignature)
    expect(outcome(await checkCosign(evidence, demandOf(signer, { predicateType: type })))).toBe(
      asAttestation,
    )
  })

  it('that is another one than it is said to be proves nothing', async () => {
    const formats = ['simple-signing', 'dsse-envelope', 'sigstore-bundle'] as const
    const annotations = 'annotations' in signature ? signature.annotations : {}
    for (const { bytes, format } of [
      signature,
      attestation,
      bundle(signatureStatement()),
      bundle(provenance),
    ]) {
      for (const claimed of formats.filter((one) => one !== format)) {
        for (const demand of [demandOf(signer), demandOf(signer, { predicateType: type })]) {
          const evidence = { format: claimed, where: 'app', bytes, annotations } as CosignEvidence
          expect(outcome(await checkCosign(evidence, demand))).not.toBe('met')
        }
      }
    }
  })
})
