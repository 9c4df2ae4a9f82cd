import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cosign, type Format, openCosign } from '../harness/cosign.js'
import { expectEnding } from '../harness/endings.js'
import { expectNoSecret } from '../harness/leaks.js'
import { keptToken, leastPolicy, type OpenBao, startOpenBao, transitTypes } from '../harness/openbao.js'
import { type Registry, startGgcr } from '../harness/registries.js'
import { type Ran, runAction, type RanAction, temporaryFolder } from '../harness/run.js'
import { newKey, signedImage, writeStore } from '../harness/store.js'

const formats = ['bundle', 'legacy'] as const satisfies readonly Format[]
const schemes = ['hashivault', 'openbao'] as const
const cwd = temporaryFolder()
let bao: OpenBao
let registry: Registry
/** Signs with keys that only OpenBao has. */
let cosign: Cosign

beforeAll(async () => {
  bao = await startOpenBao()
  registry = await startGgcr()
  cosign = openCosign({ VAULT_ADDR: bao.url, VAULT_TOKEN: bao.rootToken })
})
afterAll(async () => {
  await registry.stop()
  await bao.stop()
})

/** Asks as a token that may read this one key. */
async function verify(
  image: string,
  key: string,
  inputs: Readonly<Record<string, string>> = {},
): Promise<RanAction> {
  const token = await bao.tokenFor(leastPolicy(key))
  const ran = await verifyAs(token, image, `hashivault://${key}`, inputs)
  expectNoSecret(ran, { token })
  return ran
}

async function verifyAs(
  token: string,
  image: string,
  key: string,
  inputs: Readonly<Record<string, string>> = {},
): Promise<RanAction> {
  const given = { image, key, 'insecure-ignore-tlog': 'true', retries: '0', timeout: '30s', ...inputs }
  return runAction(given, { cwd, env: { VAULT_ADDR: bao.url, VAULT_TOKEN: token } })
}

/** Signs an image of its own in a folder, and names it. */
async function signRecord(key: string, name: string): Promise<string> {
  const reference = `hashivault://${key}`
  writeStore(path.join(cwd, 'store'), await bao.sign(key, { bucket: 'store', name, reference }))
  return `local://store/${name}:v1`
}

async function signInRegistry(
  key: string,
  name: string,
  format: Format,
): Promise<{ image: string; digest: string }> {
  const digest = await registry.putImage(name, 'v1')
  const image = `${registry.host}/${name}@${digest}`
  await cosign.sign(image, { key, pub: '' }, format)
  return { image, digest }
}

async function verifyByCosign(key: string, image: string): Promise<Ran> {
  return cosign.run('verify', '--key', `hashivault://${key}`, '--insecure-ignore-tlog', image)
}

describe.each(transitTypes)('a key of type %s that never leaves OpenBao', (type) => {
  const [right, wrong] = [`right-${type}`, `wrong-${type}`]
  beforeAll(async () => {
    await bao.makeKey(right, type)
    await bao.makeKey(wrong, type)
  })

  it('signs a record of s3lo', async () => {
    const image = await signRecord(right, `record-${type}`)
    const ran = await verify(image, right)
    expectEnding(ran, 'verified')
    expect(ran.document).toMatchObject({ keyID: (await bao.keyIds(right))['1'] })
    expectEnding(await verify(image, wrong), 'unsigned')
  })

  // cosign 3.1 hashes with SHA-256 whatever the key, and hands that to a signer of another hash.
  it.each(['ecdsa-p384', 'ecdsa-p521', 'ed25519'].includes(type) ? formats : [])(
    'is none that cosign can sign with as %s',
    async (format) => {
      const signing = signInRegistry(`hashivault://${right}`, `${format}-${type}`, format)
      await expect(signing).rejects.toThrow('unexpected length of digest for hash function specified')
    },
  )

  it.each(['ecdsa-p256', 'rsa-2048', 'rsa-3072', 'rsa-4096'].includes(type) ? formats : [])(
    'signs with cosign as %s',
    async (format) => {
      const { image, digest } = await signInRegistry(`hashivault://${right}`, `${format}-${type}`, format)
      const ran = await verify(image, right)
      expectEnding(ran, 'verified', digest)
      expect(ran.document?.images[0]?.signatures).toMatchObject([
        { verified: true, keyRef: `hashivault://${right} (version 1)` },
      ])
      expectEnding(await verify(image, wrong), 'signature-invalid')
    },
  )
})

describe('a key that is rotated', () => {
  it.each(formats)(
    'verifies what it signed before and after (%s), and says with which version',
    async (format) => {
      const key = `rotated-${format}`
      await bao.makeKey(key, 'ecdsa-p256')
      const before = await signInRegistry(`hashivault://${key}`, `${key}-before`, format)
      expect((await verifyByCosign(key, before.image)).exit).toBe(0)
      await bao.rotate(key)
      const after = await signInRegistry(`openbao://${key}`, `${key}-after`, format)
      const ids = await bao.keyIds(key)
      expect(Object.keys(ids)).toEqual(['1', '2'])
      for (const [{ image, digest }, version] of [
        [before, '1'],
        [after, '2'],
      ] as const) {
        const ran = await verify(image, key)
        expectEnding(ran, 'verified', digest)
        const keyRef = `hashivault://${key} (version ${version})`
        expect(ran.document?.images[0]?.signatures).toMatchObject([
          { verified: true, keyRef, keyId: ids[version] },
        ])
      }
      // cosign asks the engine about version 1 only (sigstore/cosign #1301, #3367).
      expect((await verifyByCosign(key, after.image)).exit).not.toBe(0)
    },
  )

  it('verifies until its old version may not be used any more', async () => {
    await bao.makeKey('retired', 'rsa-2048')
    const old = await signRecord('retired', 'retired-old')
    await bao.rotate('retired')
    const fresh = await signRecord('retired', 'retired-fresh')
    expectEnding(await verify(old, 'retired'), 'verified')
    await bao.call('POST', 'transit/keys/retired/config', { min_decryption_version: 2 })
    expectEnding(await verify(old, 'retired'), 'unsigned')
    expectEnding(await verify(fresh, 'retired'), 'verified')
    const more = { min_decryption_version: 2, min_encryption_version: 2 }
    await bao.call('POST', 'transit/keys/retired/config', more)
    await bao.call('POST', 'transit/keys/retired/trim', { min_available_version: 2 })
    expectEnding(await verify(old, 'retired'), 'unsigned')
    expectEnding(await verify(fresh, 'retired'), 'verified')
  })

  it('has many versions, and the first still verifies', async () => {
    await bao.makeKey('often', 'ed25519')
    const image = await signRecord('often', 'often')
    for (let times = 0; times < 30; times++) await bao.rotate('often')
    const ran = await verify(image, 'often')
    expectEnding(ran, 'verified')
    expect(ran.document?.keys.map(({ version }) => version).at(0)).toBe('31')
    expect(ran.document?.images[0]?.signatures).toMatchObject([{ keyRef: 'hashivault://often (version 1)' }])
  })
})

describe('a key that cannot be had', () => {
  const image = 'local://store/other:v1'
  beforeAll(() => writeStore(path.join(cwd, 'store'), signedImage(newKey(), 'store', 'other')))

  it.each([
    ['aes256-gcm96', {}],
    ['chacha20-poly1305', {}],
    ['hmac', { key_size: 32 }],
    ['ed25519', { derived: true }],
  ])('is one of type %s (%j), which is no key to verify with', async (type, options) => {
    const key = `other-${type}`
    await bao.makeKey(key, type, options)
    expectEnding(await verify(image, key), 'key-invalid')
  })

  it('is one that was never there, that was deleted, or that waits for its deletion', async () => {
    expectEnding(await verify(image, 'never'), 'key-invalid')
    await bao.makeKey('gone', 'ecdsa-p256')
    const signed = await signRecord('gone', 'gone')
    expectEnding(await verify(signed, 'gone'), 'verified')
    await bao.call('DELETE', 'transit/keys/gone/soft-delete')
    expectEnding(await verify(signed, 'gone'), 'key-invalid')
    await bao.call('POST', 'transit/keys/gone/soft-delete-restore')
    expectEnding(await verify(signed, 'gone'), 'verified')
    await bao.call('POST', 'transit/keys/gone/config', { deletion_allowed: true })
    await bao.call('DELETE', 'transit/keys/gone')
    expectEnding(await verify(signed, 'gone'), 'key-invalid')
  })

  it('is one for which the token has no right, or that is no token', async () => {
    await bao.makeKey('closed', 'ecdsa-p256')
    const signed = await signRecord('closed', 'closed')
    expectEnding(await verify(signed, 'closed'), 'verified')
    const strange = await bao.tokenFor(leastPolicy('another'))
    expectEnding(await verifyAs(strange, signed, 'hashivault://closed'), 'denied key')
    expectEnding(await verifyAs('hvs.made-up', signed, 'hashivault://closed'), 'denied key')
    // Whoever may verify with the key in the engine may still not read it.
    const verifier = await bao.tokenFor('path "transit/verify/*" { capabilities = ["update"] }')
    expectEnding(await verifyAs(verifier, signed, 'hashivault://closed'), 'denied key')
  })

  it('is any key while the server is sealed', async () => {
    const sealed = await startOpenBao()
    await sealed.makeKey('release', 'ecdsa-p256')
    await sealed.call('PUT', 'sys/seal')
    const env = { VAULT_ADDR: sealed.url, VAULT_TOKEN: sealed.rootToken }
    const ran = await runAction({ image, key: 'hashivault://release', retries: '0' }, { cwd, env })
    await sealed.stop()
    expectEnding(ran, 'server-error key')
  })
})

describe('where a key is found', () => {
  let image: string
  beforeAll(async () => {
    await bao.makeKey('place', 'ecdsa-p256')
    image = await signRecord('place', 'place')
  })

  it.each(schemes)('by its whole address, %s://', async (scheme) => {
    const key = `${scheme}://${new URL(bao.url).host}/v1/transit/keys/place`
    expectEnding(await verifyAs(bao.rootToken, image, key), 'verified')
  })

  it('with the names of OpenBao', async () => {
    const env = { BAO_ADDR: bao.url, BAO_TOKEN: bao.rootToken }
    expectEnding(await runAction({ image, key: 'openbao://place' }, { cwd, env }), 'verified')
  })

  it('with the token that a login left', async () => {
    expect(keptToken(bao)).toBe(bao.rootToken)
    const env = { BAO_ADDR: bao.url, HOME: bao.home }
    expectEnding(await runAction({ image, key: 'openbao://place' }, { cwd, env }), 'verified')
  })

  it('under another mount, and in a namespace', async () => {
    await bao.call('POST', 'sys/mounts/team/signing', { type: 'transit' })
    await bao.call('POST', 'team/signing/keys/place', { type: 'ecdsa-p256' })
    const env = { BAO_ADDR: bao.url, BAO_TOKEN: bao.rootToken, TRANSIT_SECRET_ENGINE_PATH: 'team/signing' }
    const run = async (more: Readonly<Record<string, string>> = {}): Promise<RanAction> =>
      runAction({ image, key: 'openbao://place' }, { cwd, env: { ...env, ...more } })
    // Another key of the same name: it is found, and did not sign.
    expectEnding(await run(), 'unsigned')
    expectEnding(await run({ TRANSIT_SECRET_ENGINE_PATH: 'nowhere' }), 'key-invalid')
    await bao.call('POST', 'sys/namespaces/acme')
    expectEnding(await run({ BAO_NAMESPACE: 'acme' }), 'key-invalid')
    await bao.call('POST', 'acme/sys/mounts/transit', { type: 'transit' })
    await bao.call('POST', 'acme/transit/keys/place', { type: 'ecdsa-p256' })
    expectEnding(await run({ BAO_NAMESPACE: 'acme', TRANSIT_SECRET_ENGINE_PATH: '' }), 'unsigned')
  })
})
