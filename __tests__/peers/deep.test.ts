import { chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { edited, flipped, newDeepImage, objectsOf } from '../harness/deep-images.js'
import { type Ran, runCli, temporaryFolder } from '../harness/run.js'
import { sharedFolder } from '../harness/shared.js'
import { newKey, writeStore } from '../harness/store.js'
import { type Gateway, startGateway } from '../harness/versitygw.js'

const folder = sharedFolder('fixtures/s3lo')
const stops: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const stop of stops) await stop()
})
async function start(tree: string): Promise<Gateway> {
  const gateway = await startGateway([], tree)
  stops.push(gateway.stop)
  return gateway
}
const verify = async (gateway: Gateway, image: string, key: string): Promise<Ran> =>
  runCli(['verify', image, '--key', key, '--deep', '--endpoint', gateway.url, '--retries', '0'], {
    env: gateway.signIn(),
  })

describe.skipIf(!folder)('an image that s3lo itself pushed in chunks, in a real S3', () => {
  const here = folder ?? ''
  const key = path.join(here, 'ws/keys/alice.pub')
  const hex = '527584a841c68e376ecc77e05460fdb198c49a44db67920a7217a7b5dc441325'
  const chunk = '5ffb23fd486a84e2a2648c7b5c890224ae9731e7806027af6754b7390e20a2fa'

  /** The bucket with one file as it should not be; undefined takes it away. */
  async function changed(key: string, change: (bytes: Buffer) => Buffer | undefined): Promise<Gateway> {
    const tree = temporaryFolder()
    cpSync(path.join(here, 's3tree'), tree, { recursive: true })
    const file = path.join(tree, 'fx-bucket', key)
    const bytes = change(readFileSync(file))
    chmodSync(path.dirname(file), 0o755)
    chmodSync(file, 0o644)
    if (bytes) writeFileSync(file, bytes)
    else rmSync(file)
    return start(tree)
  }

  it('is what was signed', async () => {
    const ran = await verify(await start(path.join(here, 's3tree')), 's3://fx-bucket/big:v1', key)
    expect(ran.stderr).toBe('')
    expect(ran.stdout).toContain('  Read:    1 manifest, 3 blobs, 127151 bytes are what was signed\n')
    expect(ran.exit).toBe(0)
  })

  it.for([
    [
      'recipe',
      `recipes/sha256/${hex}`,
      (own: Buffer) => edited(own, (value) => ({ ...value, layer: chunk })),
    ],
    [
      'recipe',
      `recipes/sha256/${hex}`,
      (own: Buffer) => edited(own, (value) => ({ ...value, compressedDigest: chunk })),
    ],
    ['chunk', `chunks/sha256/${chunk}`, (own: Buffer) => flipped(own, 9000)],
    ['chunk', `chunks/sha256/${chunk}`, (own: Buffer) => own.subarray(0, -1)],
    ['chunk', `chunks/sha256/${chunk}`, () => undefined],
  ] as const)('is rejected for its %s', async ([part, name, change]) => {
    const ran = await verify(await changed(name, change), 's3://fx-bucket/big:v1', key)
    expect(ran.stderr).toMatch(
      new RegExp(`^✗ Verification FAILED for big:v1\n  ${part} .*${name.split('/').at(-1)}`),
    )
    expect(ran.exit).toBe(1)
  })
})

describe('an index in a real S3', () => {
  it('is what was signed, in chunks and whole', async () => {
    const key = newKey()
    const tree = temporaryFolder()
    const file = path.join(temporaryFolder(), 'key.pub')
    writeFileSync(file, key.publicPem)
    writeStore(
      path.join(tree, 'images'),
      objectsOf(newDeepImage({ index: true, chunked: true }), key, 'images'),
    )
    const ran = await verify(await start(tree), 's3://images/app:v1', file)
    expect(ran.stdout).toContain('4 manifests (1 of attestations), 9 blobs, ')
    expect(ran.exit).toBe(0)
  })
})
