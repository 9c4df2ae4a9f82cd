import { afterEach, describe, expect, it } from 'vitest'
import type { CloudServer } from '../harness/cloud-server.js'
import { type Expected, expectEnding } from '../harness/endings.js'
import { openGcsServer } from '../harness/gcs.js'
import { runAction, runCli, type RanAction } from '../harness/run.js'
import { digestOf, manifest, newKey, newRecord, signedImage } from '../harness/store.js'

const alice = newKey()
const bob = newKey()
const digest = digestOf(manifest)
const ofAlice = `signatures/${alice.id}.json`
const record = newRecord(alice, 'images/app:v1', digest)

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

/** Every image of these tests; each lies as s3lo would have put it, and then something happened to it. */
async function startGcs(): Promise<CloudServer> {
  const gcs = await openGcsServer()
  stops.push(gcs.stop)
  gcs.put('images', {
    ...signedImage(alice, 'images'),
    ...signedImage(alice, 'images', 'org/team/app', '1.0+build_7'),
    'manifests/unsigned/v1/manifest.json': manifest,
    'manifests/changed/v1/manifest.json': manifest.replace('"size":2', '"size":3'),
    [`manifests/changed/v1/${ofAlice}`]: newRecord(alice, 'images/changed:v1', digest),
    'manifests/foreign/v1/manifest.json': manifest,
    [`manifests/foreign/v1/${ofAlice}`]: newRecord(bob, 'images/foreign:v1', digest),
    'manifests/app/v2/manifest.json': manifest,
    [`manifests/app/v2/${ofAlice}`]: record,
    'manifests/other/v1/manifest.json': manifest,
    [`manifests/other/v1/${ofAlice}`]: record,
    'manifests/scheme/v1/manifest.json': manifest,
    [`manifests/scheme/v1/${ofAlice}`]: newRecord(alice, 'gs://images/scheme:v1', digest),
    'manifests/half/v1/manifest.json': manifest,
    [`manifests/half/v1/${ofAlice}`]: record.slice(0, 100),
    'manifests/page/v1/manifest.json': '<html>sign in</html>',
  })
  gcs.put('moved', { 'manifests/app/v1/manifest.json': manifest, [`manifests/app/v1/${ofAlice}`]: record })
  return gcs
}

const environment = (gcs: CloudServer): Record<string, string> => ({ STORAGE_EMULATOR_HOST: gcs.url })

async function run(gcs: CloudServer, image: string, key = alice, inputs = {}): Promise<RanAction> {
  const given = { image, key: key.publicPem, retries: '0', ...inputs }
  return runAction(given, { env: environment(gcs) })
}

describe('an image in Google Cloud Storage', () => {
  it.for([
    ['is signed', 'gs://images/app:v1', alice, 'verified'],
    ['is signed and deep', 'gs://images/org/team/app:1.0+build_7', alice, 'verified'],
    ['has no record', 'gs://images/unsigned:v1', alice, 'unsigned'],
    ['is signed with another key', 'gs://images/app:v1', bob, 'unsigned'],
    ['has a record of another key under this id', 'gs://images/foreign:v1', alice, 'signature-invalid'],
    ['has another manifest than was signed', 'gs://images/changed:v1', alice, 'digest-mismatch'],
    ['has the record of another tag', 'gs://images/app:v2', alice, 'signature-invalid'],
    ['has the record of another image', 'gs://images/other:v1', alice, 'signature-invalid'],
    ['has the record of another bucket', 'gs://moved/app:v1', alice, 'signature-invalid'],
    ['has a record that binds the scheme too', 'gs://images/scheme:v1', alice, 'signature-invalid'],
    ['has half a record', 'gs://images/half:v1', alice, 'record-malformed'],
    ['has a page for a manifest', 'gs://images/page:v1', alice, 'response-invalid storage'],
    ['is not there', 'gs://images/nope:v1', alice, 'not-found storage'],
    ['is in a bucket that is not there', 'gs://nobucket/app:v1', alice, 'not-found storage'],
    ['is in a bucket that can be none', 'gs://No_Bucket/app:v1', alice, 'reference-invalid'],
    ['would lead out of the API', 'gs://../app:v1', alice, 'reference-invalid'],
    ['has no tag', 'gs://images/app', alice, 'reference-invalid'],
  ] as const satisfies readonly unknown[])('that %s', async ([, image, key, expected]) => {
    expectEnding(await run(await startGcs(), image, key), expected satisfies Expected)
  })

  it('has the same digest as in the store, says who signed, and every host is in the report', async () => {
    const gcs = await startGcs()
    const ran = await run(gcs, 'gs://images/app:v1')
    expect(ran.document).toMatchObject({ digest, keyID: alice.id, signedAt: '2026-11-21T00:00:00Z' })
    expect(ran.outputs['images']).toBe(JSON.stringify([`gs://images/app:v1@${digest}`]))
    expect(ran.document?.calls).toEqual([{ host: `127.0.0.1:${gcs.port}`, count: 2 }])
    expect(gcs.requests.map(({ target }) => target).sort()).toEqual([
      '/storage/v1/b/images/o/manifests%2Fapp%2Fv1%2Fmanifest.json?alt=media',
      `/storage/v1/b/images/o/manifests%2Fapp%2Fv1%2Fsignatures%2F${alice.id}.json?alt=media`,
    ])
  })

  it('that another key signed is named as a near miss', async () => {
    const ran = await run(await startGcs(), 'gs://images/app:v1', bob)
    expect(ran.stdout).toContain(`a record claims a signature by key ${alice.id}`)
  })

  it('is inspected with the signatures that lie beside it', async () => {
    const gcs = await startGcs()
    const ran = await runCli(['inspect', 'gs://images/app:v1', '-o', 'json'], { env: environment(gcs) })
    expect(ran.exit, ran.stderr).toBe(0)
    expect(ran.stdout).toContain(alice.id)
  })

  it('is undetermined once the store is down', async () => {
    const gcs = await startGcs()
    await gcs.stop()
    expectEnding(await run(gcs, 'gs://images/app:v1', alice, { retries: '1' }), 'unreachable storage')
  })
})

describe('where Google Cloud Storage is', () => {
  const image = 'gs://images/app:v1'

  it('an emulator may be named without a scheme, as Google’s clients have it', async () => {
    const gcs = await startGcs()
    const inputs = { image, key: alice.publicPem }
    const ran = await runAction(inputs, { env: { STORAGE_EMULATOR_HOST: `127.0.0.1:${gcs.port}` } })
    expectEnding(ran, 'verified')
  })

  it.for([
    ['http on another machine', 'http://gcs.internal:4443'],
    ['http on another machine, said without a scheme', 'gcs.internal:4443'],
    ['no URL', 'http://['],
  ] as const)('an emulator at %s is refused', async ([, host]) => {
    const inputs = { image, key: alice.publicPem }
    const ran = await runAction(inputs, { env: { STORAGE_EMULATOR_HOST: host } })
    expectEnding(ran, 'input-invalid')
    expect(ran.document?.calls).toEqual([])
  })

  it('an endpoint is for S3 only, as s3lo has it', async () => {
    const gcs = await startGcs()
    const ran = await run(gcs, image, alice, { endpoint: gcs.url })
    expectEnding(ran, 'input-invalid')
    expect(ran.outputs['message']).toContain('--endpoint is not supported with gs:// references')
    expect(gcs.requests).toEqual([])
  })
})
