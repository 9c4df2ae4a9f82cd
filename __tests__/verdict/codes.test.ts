import { describe, expect, it } from 'vitest'
import { classOf, classOrder, type Code, codes, type FailureClass } from '../../src/verdict/codes.js'

/** The contract, copied from the design (section 2) by hand: a code that changes its class changes an exit code. */
const contract: Readonly<Record<FailureClass, string>> = {
  'supply-chain': `unsigned signature-invalid digest-mismatch key-mismatch identity-mismatch certificate-untrusted
    certificate-expired log-entry-missing log-entry-invalid timestamp-invalid annotation-mismatch
    attestation-missing attestation-invalid policy-denied policy-untrusted policy-expired record-malformed`,
  infrastructure: `unreachable tls-failed denied not-found rate-limited server-error timeout response-invalid
    limit-exceeded internal-error`,
  configuration: `input-invalid reference-invalid key-invalid policy-invalid trust-root-invalid nothing-to-verify
    uncovered output-unwritable unsupported`,
}
const names = Object.keys(codes) as Code[]

describe('the codes', () => {
  it.each(Object.entries(contract))('of class %s are those of the contract', (wanted, list) => {
    expect(names.filter((code) => classOf(code) === wanted)).toEqual(list.split(/\s+/))
  })

  it('are all in the contract', () => {
    expect(names.toSorted()).toEqual(
      Object.values(contract)
        .flatMap((list) => list.split(/\s+/))
        .toSorted(),
    )
  })

  it.each(names)('%s says on one line what is the case and on another what to do', (code) => {
    for (const text of [codes[code].meaning, codes[code].remedy]) {
      expect(text).toMatch(/^[A-Z][^\n]+\.$/)
    }
    expect(codes[code].remedy).not.toBe(codes[code].meaning)
  })

  it('do not share a meaning or a remedy: two codes that read the same are one', () => {
    expect(new Set(names.map((code) => codes[code].meaning)).size).toBe(names.length)
    expect(new Set(names.map((code) => codes[code].remedy)).size).toBe(names.length)
  })

  it('rank by class: what is proven, then what the pipeline can mend, then what is down', () => {
    expect(classOrder).toEqual(['supply-chain', 'configuration', 'infrastructure'])
  })
})
