import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Expected, expectEnding } from '../harness/endings.js'
import { type FakeGcsServer, startFakeGcsServer } from '../harness/fake-gcs-server.js'
import { runAction, runCli, type RanAction } from '../harness/run.js'
import { digestOf, manifest, newKey, newRecord, signedImage } from '../harness/store.js'

describe('an image in fake-gcs-server', () => {
  const alice = newKey()
  const bob = newKey()
  const digest = digestOf(manifest)
  const ofAlice = `signatures/${alice.id}.json`
  const record = newRecord(alice, 'images/app:v1', digest)
  let gcs: FakeGcsServer

  beforeAll(async () => {
    gcs = await startFakeGcsServer()
    await gcs.makeBucket('images')
    await gcs.makeBucket('moved')
    await gcs.put('images', {
      ...signedImage(alice, 'images'),
      ...signedImage(alice, 'images', 'org/team/app', '1.0+build_7'),
      'manifests/unsigned/v1/manifest.json': manifest,
      'manifests/changed/v1/manifest.json': manifest.replace('"size":2', '"size":3'),
      [`manifests/changed/v1/${ofAlice}`]: newRecord(alice, 'images/changed:v1', digest),
      'manifests/foreign/v1/manifest.json': manifest,
      [`manifests/foreign/v1/${ofAlice}`]: newRecord(bob, 'images/foreign:v1', digest),
      'manifests/app/v2/manifest.json': manifest,
      [`manifests/app/v2/${ofAlice}`]: record,
      'manifests/half/v1/manifest.json': manifest,
      [`manifests/half/v1/${ofAlice}`]: record.slice(0, 100),
      'manifests/page/v1/manifest.json': '<html>sign in</html>',
    })
    await gcs.put('moved', signedImage(alice, 'images'))
  })
  afterAll(async () => gcs.stop())

  const run = async (image: string, key = alice, at = gcs.url): Promise<RanAction> =>
    runAction(
      { image: `gs://${image}`, key: key.publicPem, retries: '0' },
      { env: { STORAGE_EMULATOR_HOST: at } },
    )

  it.for([
    ['is signed', 'images/app:v1', alice, 'verified'],
    ['is signed and deep', 'images/org/team/app:1.0+build_7', alice, 'verified'],
    ['has no record', 'images/unsigned:v1', alice, 'unsigned'],
    ['is signed with another key', 'images/app:v1', bob, 'unsigned'],
    ['has a record of another key under this id', 'images/foreign:v1', alice, 'signature-invalid'],
    ['has another manifest than was signed', 'images/changed:v1', alice, 'digest-mismatch'],
    ['has the record of another tag', 'images/app:v2', alice, 'signature-invalid'],
    ['has the record of another bucket', 'moved/app:v1', alice, 'signature-invalid'],
    ['has half a record', 'images/half:v1', alice, 'record-malformed'],
    ['has a page for a manifest', 'images/page:v1', alice, 'response-invalid storage'],
    ['is not there', 'images/nope:v1', alice, 'not-found storage'],
    ['is in a bucket that is not there', 'nobucket/app:v1', alice, 'not-found storage'],
  ] as const satisfies readonly unknown[])('that %s', async ([, image, key, expected]) => {
    expectEnding(await run(image, key), expected satisfies Expected)
  })

  it('is found where an emulator is named without a scheme', async () => {
    expectEnding(await run('images/app:v1', alice, new URL(gcs.url).host), 'verified')
  })

  it('that another key signed is named as a near miss', async () => {
    const ran = await run('images/app:v1', bob)
    expect(ran.stdout).toContain(`a record claims a signature by key ${alice.id}`)
  })

  it('is inspected with the signatures that lie beside it', async () => {
    const env = { STORAGE_EMULATOR_HOST: gcs.url }
    const ran = await runCli(['inspect', 'gs://images/app:v1', '-o', 'json'], { env })
    expect(ran.exit, ran.stderr).toBe(0)
    expect(ran.stdout).toContain(alice.id)
  })

  it('is undetermined once the server is down', async () => {
    const down = await startFakeGcsServer()
    await down.stop()
    expectEnding(await run('images/app:v1', alice, down.url), 'unreachable storage')
  })
})
