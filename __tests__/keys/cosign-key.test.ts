import { createHash, createPublicKey, generateKeyPairSync, randomBytes, scryptSync } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js'
import { describe, expect, it } from 'vitest'
import { openCosignKey } from '../../src/keys/cosign-key.js'
import { readPem } from '../../src/keys/pem.js'
import { inWorkspace } from '../evidence/as-run.js'

interface Body {
  kdf: { name: unknown; params: { N: unknown; r: unknown; p: unknown }; salt: unknown }
  cipher: { name: unknown; nonce: unknown }
  ciphertext: unknown
}

const password = 'correct horse'
const pair = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const secret = pair.privateKey.export({ format: 'der', type: 'pkcs8' })
const spki = pair.publicKey.export({ format: 'der', type: 'spki' })

function seal(plaintext: Uint8Array, cost = 32_768, word = password): Body {
  const salt = randomBytes(32)
  const nonce = randomBytes(24)
  const key = scryptSync(word, salt, 32, { N: cost, r: 8, p: 1, maxmem: 2 ** 29 })
  return {
    kdf: { name: 'scrypt', params: { N: cost, r: 8, p: 1 }, salt: salt.toString('base64') },
    cipher: { name: 'nacl/secretbox', nonce: nonce.toString('base64') },
    ciphertext: Buffer.from(xsalsa20poly1305(key, nonce).encrypt(plaintext)).toString('base64'),
  }
}

const bytes = (body: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(body))
const sealed = seal(secret)

async function refusal(body: Uint8Array, word = password): Promise<string> {
  const outcome = await openCosignKey(body, word)
  return outcome.kind === 'refused' ? outcome.reason : 'opened'
}

describe('an encrypted private key', () => {
  it.each([32_768, 65_536, 131_072])('opens with scrypt N %i and gives the public half', async (cost) => {
    const outcome = await openCosignKey(bytes(seal(secret, cost)), password)
    expect(outcome).toMatchObject({
      kind: 'key',
      key: { type: 'ecdsa-p384', sha256: createHash('sha256').update(spki).digest('hex') },
    })
    expect(outcome.kind === 'key' && outcome.key.key.type).toBe('public')
  })

  it('opens with an empty password and with one beyond ASCII', async () => {
    expect(await refusal(bytes(seal(secret, 32_768, '')), '')).toBe('opened')
    expect(await refusal(bytes(seal(secret, 32_768, 'pässwörd😀')), 'pässwörd😀')).toBe('opened')
  })

  it('says that the password is wrong, or none, without telling it', async () => {
    expect(await refusal(bytes(sealed), 'battery staple')).toMatch(
      /^expected the password .*does not open it/,
    )
    expect(await refusal(bytes(sealed), 'battery staple')).not.toContain('battery')
    expect(await refusal(bytes(sealed), '')).toContain('got an empty one')
  })

  it('does not open when a bit was changed', async () => {
    const ciphertext = Buffer.from(String(sealed.ciphertext), 'base64')
    ciphertext[20] = (ciphertext[20] ?? 0) ^ 1
    expect(await refusal(bytes({ ...sealed, ciphertext: ciphertext.toString('base64') }))).toContain(
      'damaged',
    )
  })

  it('holds a key that would be refused anyway, and the plaintext stays out of the message', async () => {
    const k256 = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey
    expect(await refusal(bytes(seal(k256.export({ format: 'der', type: 'pkcs8' }))))).toContain('secp256k1')
    const reason = await refusal(bytes(seal(new TextEncoder().encode('hush'))))
    expect(reason).toMatch(/^expected DER of a PKCS#8 private key/)
    expect(reason).not.toContain('hush')
  })
})

describe('a body that is none', () => {
  const { kdf, cipher } = sealed
  const params = kdf.params
  it.each<[string, unknown]>([
    ['not an object', 'text'],
    ['null', null],
    ['empty', {}],
    ['another derivation', { ...sealed, kdf: { ...kdf, name: 'argon2' } }],
    ['another cipher', { ...sealed, cipher: { ...cipher, name: 'aes' } }],
    ['N too small', { ...sealed, kdf: { ...kdf, params: { ...params, N: 16_384 } } }],
    ['N too large', { ...sealed, kdf: { ...kdf, params: { ...params, N: 2 ** 30 } } }],
    ['N as text', { ...sealed, kdf: { ...kdf, params: { ...params, N: '32768' } } }],
    ['another r', { ...sealed, kdf: { ...kdf, params: { ...params, r: 16 } } }],
    ['another p', { ...sealed, kdf: { ...kdf, params: { ...params, p: 2 } } }],
    ['a short salt', { ...sealed, kdf: { ...kdf, salt: 'AAAA' } }],
    ['a salt in url base64', { ...sealed, kdf: { ...kdf, salt: '-'.repeat(43) + '=' } }],
    ['a short nonce', { ...sealed, cipher: { ...cipher, nonce: 'AAAA' } }],
    ['no ciphertext', { ...sealed, ciphertext: undefined }],
    ['a ciphertext of the tag alone', { ...sealed, ciphertext: Buffer.alloc(16).toString('base64') }],
    ['unpadded base64', { ...sealed, ciphertext: 'AAA' }],
    ['a list', [sealed]],
  ])('%s', async (_name, body) => {
    expect(await refusal(bytes(body))).toMatch(/^expected an encrypted private key as cosign writes it, got /)
  })

  it('not JSON, not UTF-8, or too large', async () => {
    expect(await refusal(new TextEncoder().encode('{'))).toContain('not JSON')
    expect(await refusal(Uint8Array.of(0x22, 0xff, 0x22))).toContain('not JSON')
    expect(await refusal(new TextEncoder().encode('['.repeat(60_000)))).toContain('not JSON')
    expect(await refusal(Buffer.alloc(100_000, 0x20))).toContain('100000 bytes')
  })
})

const folder = inWorkspace('keys')
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.key')) : []
if (files.length === 0)
  console.info('skipped: no keys made by the real s3lo and cosign beside this repository')

describe.skipIf(files.length === 0)('keys made by the real tools', () => {
  it.each(files)('%s', async (name) => {
    const pem = readPem(readFileSync(`${folder}/${name}`, 'utf8'))
    if (name === 'truncated.key') {
      const opened = pem.kind === 'encrypted' ? await openCosignKey(pem.body, 'fixture-password') : pem
      expect(opened.kind).toBe('refused')
      return
    }
    expect(pem.kind).toBe('encrypted')
    if (pem.kind !== 'encrypted') return
    const outcome = await openCosignKey(pem.body, name === 'nopass.key' ? '' : 'fixture-password')
    const twin = createPublicKey(readFileSync(`${folder}/${name.replace('.key', '.pub')}`))
    expect(outcome.kind === 'key' && outcome.key.key.equals(twin)).toBe(true)
  })
})
