import { constants, createHash, generateKeyPairSync, type KeyObject, privateEncrypt, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type DigestOutcome, verifyDigestSignature } from '../../src/verify/digest-signature.js'
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

async function tell(publicKey: KeyObject, signature: Uint8Array, over = digest): Promise<DigestOutcome> {
  const outcome = publicKeyFromSpki(publicKey.export({ format: 'der', type: 'spki' }))
  if (outcome.kind !== 'key') throw new Error(outcome.reason)
  return verifyDigestSignature(outcome.key, over, signature)
}

async function judge(publicKey: KeyObject, signature: Uint8Array, over = digest): Promise<string> {
  return (await tell(publicKey, signature, over)).kind
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

describe('what is said of a signature over a digest', () => {
  it('is how it was made, why it is wrong, or what is needed', async () => {
    const { privateKey, publicKey } = pairs.p256
    expect(await tell(publicKey, sign('sha256', message, privateKey))).toEqual({
      kind: 'valid',
      scheme: 'ecdsa-sha256',
    })
    expect(await tell(publicKey, sign('sha256', message, privateKey), other)).toEqual({
      kind: 'invalid',
      peerReason: 'invalid signature over the digest',
    })
    expect(await tell(pairs.rsa.publicKey, sign('sha256', message, pairs.rsa.privateKey))).toEqual({
      kind: 'valid',
      scheme: 'rsa-pkcs1-sha256',
    })
    expect(await tell(pairs.ed25519.publicKey, sign(null, message, pairs.ed25519.privateKey))).toEqual({
      kind: 'unclear',
      reason:
        'a signature by a key of type ed25519 cannot be verified over a SHA-256 digest alone: give the file',
    })
  })
})

describe('bytes that are no signature', () => {
  it.each([
    ['p256', 'invalid'],
    ['p384', 'unclear'],
    ['p521', 'unclear'],
    ['rsa', 'unclear'],
  ] as const)('verify by no key: %s', async (name, wanted) => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('none'), Buffer.alloc(256, 0x30), Buffer.alloc(256)])
      expect(await judge(pairs[name].publicKey, bytes)).toBe(wanted)
  })

  it('verify by no key of RSA that pads otherwise, or nothing but the digest', async () => {
    const { privateKey, publicKey } = pairs.rsa
    const padding = constants.RSA_PKCS1_PSS_PADDING
    expect(await judge(publicKey, sign('sha256', message, { key: privateKey, padding }))).toBe('unclear')
    expect(await judge(publicKey, privateEncrypt(privateKey, digest))).toBe('unclear')
  })
})
