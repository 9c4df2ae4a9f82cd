import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readAzureKey } from '../../src/keys/azure-json-web-key.js'
import { publicKeyFromSpki } from '../../src/verify/public-key.js'

const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve }).publicKey
const p256 = ec('P-256')
const good = p256.export({ format: 'jwk' })

describe('a key of Key Vault', () => {
  it.each([
    ['EC', ec('P-256')],
    ['EC-HSM', ec('P-384')],
    ['EC', ec('P-521')],
    ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey],
    ['RSA-HSM', generateKeyPairSync('rsa', { modulusLength: 4096 }).publicKey],
  ])('of type %s is the same key as its SubjectPublicKeyInfo', (kty, publicKey) => {
    const own = publicKeyFromSpki(publicKey.export({ format: 'der', type: 'spki' }))
    const read = readAzureKey('v', { key: { ...publicKey.export({ format: 'jwk' }), kty } })
    expect(own.kind).toBe('key')
    expect(read.kind === 'found' && own.kind === 'key' && read.value.sha256).toBe(
      own.kind === 'key' && own.key.sha256,
    )
  })

  it('still counts when its validity is over', () => {
    const attributes = { enabled: true, exp: 1, nbf: 4_000_000_000 }
    expect(readAzureKey('v', { key: good, attributes }).kind).toBe('found')
  })

  it.each([
    ['disabled', { key: good, attributes: { enabled: false } }, 'disabled'],
    ['on secp256k1', { key: { ...good, crv: 'P-256K' } }, 'P-256K'],
    ['on no curve', { key: { ...good, crv: undefined } }, 'no curve'],
    ['symmetric', { key: { kty: 'oct-HSM' } }, 'oct-HSM'],
    ['of a type to come', { key: { ...good, kty: 'OKP' } }, 'OKP'],
    ['for wrapping', { key: { ...good, key_ops: ['wrapKey'] } }, 'wrapKey'],
    ['for nothing', { key: { ...good, key_ops: [] } }, 'nothing'],
    [
      'short',
      { key: generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' }) },
      '1024',
    ],
  ])('that is %s is no key to verify with', (_, document, got) => {
    const read = readAzureKey('v', document)
    expect(read).toMatchObject({ kind: 'absent' })
    expect(read.kind === 'absent' && read.message).toContain(got)
  })

  it.each([
    ['no key', {}],
    ['a text', { key: 'key' }],
    ['no type', { key: { ...good, kty: undefined } }],
    ['half a point', { key: { ...good, y: undefined } }],
    ['a point off the curve', { key: { ...good, y: good.x } }],
    ['a number', { key: { ...good, x: 1 } }],
    ['the curve of another key', { key: { ...good, crv: 'P-384' } }],
  ])('of which came %s is damaged', (_, document) => {
    const read = readAzureKey('v', document)
    expect(read).toMatchObject({ kind: 'failed', problem: { code: 'response-invalid', service: 'key' } })
  })
})
