import { describe, expect, it } from 'vitest'
import { type Judged, judgeCosign } from '../../src/gate/judge.js'
import { newSigner, otherDigest, seal, signatureStatement, someDigest, toBytes } from '../verify/sealed.js'

const signer = newSigner()
const type = 'https://cyclonedx.org/bom'

async function judge(digest: string, by = signer): Promise<Judged> {
  const made = signatureStatement({
    predicateType: type,
    predicate: { bomFormat: 'CycloneDX', specVersion: '1.6' },
  })
  const evidence = {
    format: 'dsse-envelope',
    where: 'app:att',
    bytes: toBytes(seal(made, [by])),
    annotations: {},
  } as const
  const ask = { kind: 'attested', type, by: { kind: 'key', reference: 'release.pub' } } as const
  const vouching = async (): Promise<never> => Promise.reject(new Error('nobody asks'))
  return judgeCosign(evidence, { ask, name: 'release.pub', digest }, signer.key, {
    log: 'ignore',
    acceptUnbound: false,
    vouching,
  })
}

describe('an attestation that was judged', () => {
  it('says what it says once it is verified', async () => {
    const { signature } = await judge(someDigest)
    expect(signature).toMatchObject({
      verified: true,
      statement: { kind: 'bill-of-materials', version: '1.6' },
    })
  })

  it('says nothing of another image, well signed as it is, nor signed by another key', async () => {
    for (const { signature } of [await judge(otherDigest), await judge(someDigest, newSigner())]) {
      expect(signature).toMatchObject({ verified: false, attests: type })
      expect(signature).not.toHaveProperty('statement')
    }
  })
})
