import { describe, expect, it } from 'vitest'
import { describeCosign } from '../../src/evidence/describe.js'
import { signaturePredicate } from '../../src/evidence/statement.js'

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64')
const enveloped = (statement: unknown): object => ({
  payload: base64(statement),
  payloadType: 'application/vnd.in-toto+json',
  signatures: [{ sig: 'AAEC' }],
})
const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))
const where = 'app'
const bundle = (content: object): object => ({
  mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
  verificationMaterial: { publicKey: { hint: 'x' } },
  ...content,
})
const type = 'https://spdx.dev/Document'

describe('what evidence calls itself', () => {
  it('is a signature, of a payload, whatever is in it', () => {
    expect(
      describeCosign({ format: 'simple-signing', where, bytes: Buffer.from('x'), annotations: {} }),
    ).toEqual({})
  })

  it.each([
    ['an envelope of a type', enveloped({ predicateType: type }), { attests: type }],
    ['an envelope with a signature', enveloped({ predicateType: signaturePredicate }), {}],
    ['an envelope that is none', {}, { unreadable: 'its payload is no base64' }],
    ['an envelope around something else', enveloped([]), { unreadable: 'the payload is no JSON object' }],
  ])('%s', (_, value, said) => {
    expect(describeCosign({ format: 'dsse-envelope', where, bytes: bytes(value), annotations: {} })).toEqual(
      said,
    )
  })

  it.each([
    ['a bundle of a type', bundle({ dsseEnvelope: enveloped({ predicateType: type }) }), { attests: type }],
    ['a bundle over a message', bundle({ messageSignature: {} }), {}],
    ['a bundle that is none', [], { unreadable: 'it is no JSON object' }],
  ])('%s', (_, value, said) => {
    expect(describeCosign({ format: 'sigstore-bundle', where, bytes: bytes(value) })).toEqual(said)
  })
})
