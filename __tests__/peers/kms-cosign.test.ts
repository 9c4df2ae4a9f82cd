import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cosign, type Format, openCosign } from '../harness/cosign.js'
import { expectEnding } from '../harness/endings.js'
import { type Kms, startKms } from '../harness/ministack.js'
import { type Registry, startGgcr } from '../harness/registries.js'
import { runAction, type RanAction } from '../harness/run.js'

let kms: Kms
let registry: Registry
/** Signs with keys that only KMS has. */
let cosign: Cosign
beforeAll(async () => {
  kms = await startKms()
  registry = await startGgcr()
  cosign = openCosign({ ...kms.environment() })
})
afterAll(async () => {
  await registry.stop()
  await kms.stop()
})

const verify = async (image: string, key: string): Promise<RanAction> =>
  runAction(
    { image, key, 'insecure-ignore-tlog': 'true', retries: '1', timeout: '20s' },
    { env: kms.environment() },
  )

const kinds = [
  ['ECC_NIST_P256', 'bundle'],
  ['ECC_NIST_P256', 'legacy'],
  ['RSA_2048', 'bundle'],
  ['RSA_2048', 'legacy'],
] as const satisfies readonly (readonly [string, Format])[]

describe('what cosign signed with a key in KMS', () => {
  it.for(kinds)('of type %s (%s) is verified with that key, and with no other', async ([spec, format]) => {
    const name = `${spec}-${format}`.toLowerCase().replaceAll('_', '-')
    await kms.makeKey({ KeySpec: spec, KeyUsage: 'SIGN_VERIFY' }, name)
    await kms.makeKey({ KeySpec: spec, KeyUsage: 'SIGN_VERIFY' }, `${name}-other`)
    const key = `awskms:///alias/${name}`
    const digest = await registry.putImage(name, 'v1')
    const image = `${registry.host}/${name}@${digest}`
    await cosign.sign(image, { key, pub: '' }, format)
    expectEnding(await verify(image, key), 'verified', digest)
    const other = await verify(image, `${key}-other`)
    expect(other.outputs['verdict']).toBe('rejected')
    expect(other.exit).toBe(1)
  })
})
