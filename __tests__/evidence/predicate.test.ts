import { describe, expect, it } from 'vitest'
import { readPredicate } from '../../src/evidence/predicate.js'

describe('a predicate that is not what its type says', () => {
  it.each([
    ['https://slsa.dev/provenance/v0.2', 'SLSA provenance'],
    ['https://slsa.dev/provenance/v1', 'SLSA provenance'],
    ['https://spdx.dev/Document', 'SPDX 2 or CycloneDX as JSON'],
    ['https://cyclonedx.org/bom', 'SPDX 2 or CycloneDX as JSON'],
    ['https://cosign.sigstore.dev/attestation/vuln/v1', 'a vulnerability scan'],
    ['https://openvex.dev/ns', 'OpenVEX'],
  ])('is not read, and it is said what was expected: %s', (type, what) => {
    for (const predicate of [undefined, null, 7, 'x', [], {}])
      expect(readPredicate(type, predicate)).toEqual({
        kind: 'unread',
        reason: `expected ${what}, got something else`,
      })
  })

  it('is not read where nobody reads its type', () => {
    for (const type of ['', 'https://example.com/any', 'https://slsa.dev/provenance/v2'])
      expect(readPredicate(type, {})).toEqual({
        kind: 'unread',
        reason: 'there is no reader for this type',
      })
  })
})
