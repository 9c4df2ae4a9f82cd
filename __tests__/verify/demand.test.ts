import { describe, expect, it } from 'vitest'
import { logEntryAnnotation } from '../../src/evidence/simple-signing.js'
import { checkBundle, checkEnvelope } from '../../src/verify/attestation.js'
import type { CosignDemand } from '../../src/verify/demand.js'
import { bundleOf, demandOf, newSigner, outcome, seal, signatureStatement, toBytes } from './sealed.js'

const signer = newSigner()
const sealed = seal(signatureStatement(), [signer])

/** What a bundle with this material comes to; its signature is good. */
async function bundle(material: object, demand: Partial<CosignDemand>): Promise<string> {
  const bytes = toBytes(bundleOf(sealed, material))
  return outcome(
    await checkBundle({ format: 'sigstore-bundle', where: 'app@bundle', bytes }, demandOf(signer, demand)),
  )
}

/** The same of an envelope with these annotations. */
async function envelope(
  annotations: Readonly<Record<string, string>>,
  demand: Partial<CosignDemand>,
): Promise<string> {
  const piece = { format: 'dsse-envelope', where: 'app:att', bytes: toBytes(sealed), annotations } as const
  return outcome(await checkEnvelope(piece, demandOf(signer, demand)))
}

describe('an entry of a transparency log', () => {
  const log = 'require'
  const entries = { publicKey: { hint: 'x' }, tlogEntries: [{ logIndex: '5' }] }

  it('that is demanded and not there is missing', async () => {
    for (const tlogEntries of [[], undefined, null, 'x'])
      expect(await bundle({ tlogEntries }, { log })).toBe('log-entry-missing')
    expect(await envelope({}, { log })).toBe('log-entry-missing')
  })

  it('that is demanded and there is neither a proof nor a rejection', async () => {
    expect(await bundle(entries, { log })).toBe('unsupported')
    expect(await envelope({ [logEntryAnnotation]: '{}' }, { log })).toBe('unsupported')
  })

  it('that is waived is not looked at', async () => {
    expect(await bundle(entries, { log: 'ignore' })).toBe('met')
    expect(await envelope({ [logEntryAnnotation]: '{}' }, { log: 'ignore' })).toBe('met')
  })
})
