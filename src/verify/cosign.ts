import type { CosignEvidence } from '../evidence/evidence.js'
import { checkBundle, checkEnvelope } from './attestation.js'
import type { CosignCheck, CosignDemand } from './demand.js'
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
