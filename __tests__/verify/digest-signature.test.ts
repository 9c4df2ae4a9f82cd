import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { verifyDigestSignature } from '../../src/verify/digest-signature.js'
import { publicKeyFromSpki } from '../../src/verify/public-key.js'

const message = Buffer.from('an artifact')
const digest = createHash('sha256').update(message).digest()
const other = createHash('sha256').update('another').digest()

const pairs = {
  p256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  p384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  p521: generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ed25519: generateKeyPairSync('ed25519'),
} as const

async function judge(publicKey: KeyObject, signature: Uint8Array, over = digest): Promise<string> {
  const outcome = publicKeyFromSpki(publicKey.export({ format: 'der', type: 'spki' }))
  if (outcome.kind !== 'key') throw new Error(outcome.reason)
  return (await verifyDigestSignature(outcome.key, over, signature)).kind
}

describe('a signature over the SHA-256 of an artifact', () => {
  it.each(['p256', 'p384', 'p521', 'rsa'] as const)(
    'verifies by %s, and over no other digest',
    async (name) => {
      const { privateKey, publicKey } = pairs[name]
      const signature = sign('sha256', message, privateKey)
      expect(await judge(publicKey, signature)).toBe('valid')
      expect(await judge(publicKey, signature, other)).toBe(name === 'p256' ? 'invalid' : 'unclear')
    },
  )
})

describe('a genuine signature that a SHA-256 cannot show', () => {
  it.each([
    ['p384', 'sha384'],
    ['p521', 'sha512'],
    ['rsa', 'sha512'],
    ['ed25519', null],
  ] as const)('is not called wrong: %s with %s', async (name, hash) => {
    const { privateKey, publicKey } = pairs[name]
    expect(await judge(publicKey, sign(hash, message, privateKey))).toBe('unclear')
  })
})
