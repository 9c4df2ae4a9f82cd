import type { CosignEvidence } from '../evidence/evidence.js'
import { unmet } from '../verdict/finding.js'
import { checkBundle, checkEnvelope } from './attestation.js'
import { companionsOf } from './companions.js'
import { type CosignCheck, type CosignDemand, failed, invalidCode } from './demand.js'
import type { Vouching } from './keyless.js'
import { publicKeyFromCertificate } from './public-key.js'
import { checkSimpleSigning } from './simple-signing.js'

/** Decides whether a piece of evidence proves what is demanded; bytes are verified before what they say is believed. */
export async function checkCosign(evidence: CosignEvidence, demand: CosignDemand): Promise<CosignCheck> {
  switch (evidence.format) {
    case 'simple-signing':
      return demand.predicateType === undefined
        ? checkSimpleSigning(evidence, demand)
        : { kind: 'unrelated', what: 'a signature' }
    case 'dsse-envelope':
      return checkEnvelope(evidence, demand)
    case 'sigstore-bundle':
      return checkBundle(evidence, demand)
  }
}

/** A demand for a signer by identity: the key is that of the certificate beside each signature. */
export type KeylessDemand = Omit<CosignDemand, 'key' | 'vouching'> & { readonly vouching: Vouching }

/** The same where the signer is named by an identity: whatever key the certificate names must have signed. */
export async function checkKeyless(evidence: CosignEvidence, demand: KeylessDemand): Promise<CosignCheck> {
  const companions = await companionsOf(evidence)
  const { where } = evidence
  const refuse = (message: string): CosignCheck => ({
    kind: 'checked',
    findings: [unmet('certificate', 'key-mismatch', message)],
  })
  if (typeof companions === 'string') {
    const code = invalidCode(demand)
    return failed(
      code,
      `expected evidence with a certificate at ${where}, got something unreadable: ${companions}`,
    )
  }
  if (companions.certificate === undefined) {
    return refuse(`expected a signature with a certificate at ${where}, got one by a key`)
  }
  const outcome = publicKeyFromCertificate(companions.certificate)
  if (outcome.kind === 'refused')
    return refuse(`the certificate at ${where} is for no usable key: ${outcome.reason}`)
  return checkCosign(evidence, { ...demand, key: outcome.key, certificate: companions.certificate })
}
