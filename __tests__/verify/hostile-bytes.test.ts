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
const attested = seal(signatureStatement({ predicateType: type }), [signer])

const signature: CosignEvidence = {
  format: 'simple-signing',
  where: 'app:sig',
  bytes: payload,
  annotations: { [signatureAnnotation]: Buffer.from(signer.sign(payload)).toString('base64') },
}
const attestation: CosignEvidence = {
  format: 'dsse-envelope',
  where: 'app:att',
  bytes: toBytes(attested),
  annotations: {},
}
const bundle: CosignEvidence = {
  format: 'sigstore-bundle',
  where: 'app@bundle',
  bytes: toBytes(bundleOf(attested)),
}

describe('each format of evidence', () => {
  it('with random bytes in place of its own is refused without a crash', async () => {
    const hostile = [
      Buffer.alloc(0),
      Buffer.alloc(1000, 0xff),
      Buffer.from('{'.repeat(100_000)),
      Buffer.from(`${'['.repeat(100_000)}${']'.repeat(100_000)}`),
      Buffer.from('{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)),
      Buffer.from(`{"payload":"${'A'.repeat(10_000_000)}"}`),
    ]
    for (const evidence of [signature, attestation, bundle]) {
      for (const bytes of hostile) {
        for (const demand of [demandOf(signer), demandOf(signer, { predicateType: type })]) {
          expect(outcome(await checkCosign({ ...evidence, bytes }, demand))).toMatch(/-invalid$|^unrelated$/)
        }
      }
    }
  })
})
