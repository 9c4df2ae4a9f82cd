import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cosign, type CosignKey, type Format, openCosign } from '../harness/cosign.js'
import { expectEnding } from '../harness/endings.js'
import { type Registry, startGgcr } from '../harness/registries.js'
import { runAction } from '../harness/run.js'

const formats = ['bundle', 'legacy'] as const satisfies readonly Format[]
const curve = (namedCurve: string): KeyObject => generateKeyPairSync('ec', { namedCurve }).privateKey
const algorithms: readonly (readonly [string, () => KeyObject])[] = [
  ['P-256', () => curve('P-256')],
  ['P-384', () => curve('P-384')],
  ['P-521', () => curve('P-521')],
  ['RSA of 2048 bits', () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey],
  ['RSA of 3072 bits', () => generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey],
  ['Ed25519', () => generateKeyPairSync('ed25519').privateKey],
]

describe.each(algorithms)('a key of %s that cosign imported', (algorithm, generate) => {
  const name = algorithm.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  let registry: Registry
  let cosign: Cosign
  let right: CosignKey
  let wrong: CosignKey

  beforeAll(async () => {
    registry = await startGgcr()
    cosign = openCosign()
    right = await cosign.importKey(`${name}-right`, generate())
    wrong = await cosign.importKey(`${name}-wrong`, generate())
  })
  afterAll(async () => registry.stop())

  it.each(formats)('signs and attests as %s', async (format) => {
    const repository = `${name}-${format}`
    const digest = await registry.putImage(repository, 'v1')
    const reference = `${registry.host}/${repository}@${digest}`
    await cosign.sign(reference, right, format)
    await cosign.attest(reference, right, format, 'custom')
    const inputs = { image: reference, 'insecure-ignore-tlog': 'true', retries: '0' }
    const attestation = { ...inputs, 'attestation-type': 'custom' }
    expectEnding(await runAction({ ...inputs, key: right.pub }), 'verified', digest)
    expectEnding(await runAction({ ...attestation, key: right.pub }), 'verified', digest)
    expectEnding(await runAction({ ...inputs, key: wrong.pub }), 'signature-invalid')
    expectEnding(await runAction({ ...attestation, key: wrong.pub }), 'attestation-invalid')
  })

  it('verifies with its public half from the encrypted private key', async () => {
    const digest = await registry.putImage(`${name}-sealed`, 'v1')
    const reference = `${registry.host}/${name}-sealed@${digest}`
    await cosign.sign(reference, right, 'bundle')
    const inputs = { image: reference, 'insecure-ignore-tlog': 'true', key: right.key, retries: '0' }
    const ran = await runAction(inputs, { env: { COSIGN_PASSWORD: cosign.password } })
    expectEnding(ran, 'verified', digest)
    expect(ran.document?.images[0]?.signatures).toHaveLength(1)
    const locked = await runAction(inputs, { env: { COSIGN_PASSWORD: 'another-password' } })
    expectEnding(locked, 'key-invalid')
  })
})
