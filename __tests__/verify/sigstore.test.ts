import { describe, expect, it } from 'vitest'
import { checkCertificate } from '../../src/verify/sigstore.js'
import { parseTrustedRoot } from '../../src/verify/trust-material.js'
import { newInstance, signedAt } from '../harness/forged-instance.js'

const instance = newInstance('sigstore.example')
const trust = parseTrustedRoot(Buffer.from(instance.trustedRoot()), 'root')
/** ecdsa-with-SHA256 (RFC 5758, 3.2). */
const algorithm = Buffer.from('2a8648ce3d040302', 'hex')

describe('a certificate', () => {
  const der = Buffer.from(instance.certify().certificate)
  const check = (changed: Uint8Array): string | undefined => {
    if (typeof trust === 'string') throw new Error(trust)
    return checkCertificate(changed, [signedAt], 'some', 'require', trust.material)
  }

  it('leads to its authority', () => {
    expect(check(der)).toBeUndefined()
  })

  it('is none that names another algorithm where nobody signs it', () => {
    for (let bit = 0; bit < 7; bit++) {
      const changed = Buffer.from(der)
      const last = changed.lastIndexOf(algorithm) + algorithm.length - 1
      changed[last] = (changed[last] ?? 0) ^ (1 << bit)
      expect(check(changed)).toContain('two algorithms')
    }
  })
})
