import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/evidence/json.js'
import type { KeyLoad } from '../../src/keys/key-source.js'
import { readTransitKey } from '../../src/keys/transit-versions.js'
import { transitKeyBody } from '../harness/transit-server.js'

const curve = (namedCurve: string): KeyObject => generateKeyPairSync('ec', { namedCurve }).publicKey
const rsa = (modulusLength: number): KeyObject => generateKeyPairSync('rsa', { modulusLength }).publicKey
const idOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16)

const read = (body: object): KeyLoad => readTransitKey('hashivault://release', body as JsonObject)
const versions = (load: KeyLoad): unknown =>
  load.kind === 'keys' ? load.keys.map(({ key, version }) => [version, key.type, key.id]) : load.problem
const problem = (body: object): { code: string; message: string; service?: string } => {
  const load = read(body)
  if (load.kind === 'keys') throw new Error('it was read')
  return load.problem
}
const [one, two, three] = [curve('P-256'), curve('P-256'), curve('P-256')]

describe('the versions of a transit key', () => {
  it.each([
    ['ecdsa-p256', 'ecdsa-p256', curve('P-256')],
    ['ecdsa-p384', 'ecdsa-p384', curve('P-384')],
    ['ecdsa-p521', 'ecdsa-p521', curve('P-521')],
    ['ed25519', 'ed25519', generateKeyPairSync('ed25519').publicKey],
    ['rsa-2048', 'rsa', rsa(2048)],
    ['rsa-3072', 'rsa', rsa(3072)],
    ['rsa-4096', 'rsa', rsa(4096)],
  ])('of type %s are read', (type, known, key) => {
    expect(versions(read(transitKeyBody(type, { 1: key })))).toEqual([['1', known, idOf(key)]])
  })

  it('come newest first, by number and not by letter, and are named as the engine names them', () => {
    const body = transitKeyBody('ecdsa-p256', { 2: one, 10: two, 9: three })
    expect(versions(read(body))).toMatchObject([
      ['10', 'ecdsa-p256', idOf(two)],
      ['9', 'ecdsa-p256', idOf(three)],
      ['2', 'ecdsa-p256', idOf(one)],
    ])
  })

  it('below min_decryption_version do not count, even where a server lists them', () => {
    const body = transitKeyBody('ecdsa-p256', { 1: one, 2: two, 3: three }, { min_decryption_version: 2 })
    expect(versions(read(body))).toMatchObject([
      ['3', 'ecdsa-p256', idOf(three)],
      ['2', 'ecdsa-p256', idOf(two)],
    ])
    const none = transitKeyBody('ecdsa-p256', { 1: one }, { min_decryption_version: 2 })
    expect(problem(none)).toMatchObject({ code: 'key-invalid' })
  })

  it.each(['aes256-gcm96', 'chacha20-poly1305', 'hmac', 'aes128-cmac', 'ml-dsa', 'managed_key', ''])(
    'of a type that signs nothing known here are refused, naming those that do: %s',
    (type) => {
      const { code, message } = problem({ data: { type, keys: { 1: 1795264268 } } })
      expect(code).toBe('key-invalid')
      expect(message).toContain('ecdsa-p256, ecdsa-p384, ecdsa-p521, ed25519, rsa-2048')
      expect(message).toContain(`got one of type ${type}`)
    },
  )

  it.each([
    ['no PEM', { public_key: 'no key' }],
    ['a private key', { public_key: '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n' }],
    ['nothing', {}],
    ['a number', 1795264268],
    ['null', null],
    ['an empty text, as a derived key has', { public_key: '' }],
    ['a PEM of another kind of key', { public_key: pemOf(curve('secp256k1')) }],
  ])('of which one holds %s are refused as a whole, naming it', (_name, entry) => {
    const body = transitKeyBody('ecdsa-p256', { 1: one, 3: three })
    const keys = (body.data as { keys: object }).keys
    const { code, message } = problem(transitKeyBody('ecdsa-p256', {}, { keys: { ...keys, 2: entry } }))
    expect(code).toBe('key-invalid')
    expect(message).toMatch(/^hashivault:\/\/release: version 2: .*expected /)
  })

  it.each(['', 'AAAA', Buffer.alloc(33).toString('base64'), `${'A'.repeat(42)}!=`, pemOf(one)])(
    'of Ed25519 are 32 bytes in base64 and nothing else: %s',
    (text) => {
      const keys = { 1: { public_key: text } }
      expect(problem({ data: { type: 'ed25519', keys } })).toMatchObject({ code: 'key-invalid' })
    },
  )

  it('of a key that was soft-deleted are not used', () => {
    const body = transitKeyBody('ecdsa-p256', { 1: one }, { soft_deleted: true })
    expect(problem(body)).toMatchObject({
      code: 'key-invalid',
      message: expect.stringContaining('deleted') as string,
    })
  })

  it('are at most 1000: nobody waits for more', () => {
    const many = (count: number): object => {
      const entries = Array.from({ length: count }, (_, at) => [at + 1, { public_key: pemOf(one) }])
      return { data: { type: 'ecdsa-p256', keys: Object.fromEntries(entries) as object } }
    }
    expect(versions(read(many(1000)))).toHaveLength(1000)
    expect(problem(many(1001))).toMatchObject({ code: 'limit-exceeded', service: 'key' })
  })

  it.each([{}, { data: null }, { data: [] }, { data: {} }, { data: { type: 7 } }, { errors: [] }])(
    'are not what other JSON holds: %j',
    (body) => {
      expect(problem(body)).toMatchObject({ code: 'response-invalid', service: 'key' })
    },
  )

  it.each([undefined, null, {}, [], 'text'])('are missing from a key without any: %j', (keys) => {
    expect(problem({ data: { type: 'ecdsa-p256', keys } })).toMatchObject({ code: 'key-invalid' })
  })
})

function pemOf(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString()
}
