import { afterEach, describe, expect, it } from 'vitest'
import { azureConnection, azureKey, openAzureServer } from '../harness/azure.js'
import type { CloudServer } from '../harness/cloud-server.js'
import { type Expected, expectEnding } from '../harness/endings.js'
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
async function startAzure(): Promise<CloudServer> {
  const azure = await openAzureServer('account')
  stops.push(azure.stop)
  azure.put('images', {
    ...signedImage(alice, 'images'),
    ...signedImage(alice, 'images', 'org/team/app', '1.0+build_7'),
    ...signedImage(alice, 'images', 'a&b c', '#1?x=%2F'),
    'manifests/unsigned/v1/manifest.json': manifest,
    'manifests/changed/v1/manifest.json': manifest.replace('"size":2', '"size":3'),
    [`manifests/changed/v1/${ofAlice}`]: newRecord(alice, 'images/changed:v1', digest),
    'manifests/foreign/v1/manifest.json': manifest,
    [`manifests/foreign/v1/${ofAlice}`]: newRecord(bob, 'images/foreign:v1', digest),
    'manifests/app/v2/manifest.json': manifest,
    [`manifests/app/v2/${ofAlice}`]: record,
    'manifests/other/v1/manifest.json': manifest,
    [`manifests/other/v1/${ofAlice}`]: record,
    'manifests/account/v1/manifest.json': manifest,
    [`manifests/account/v1/${ofAlice}`]: newRecord(alice, 'account/images/account:v1', digest),
    'manifests/half/v1/manifest.json': manifest,
    [`manifests/half/v1/${ofAlice}`]: record.slice(0, 100),
    'manifests/page/v1/manifest.json': '<html>sign in</html>',
  })
  azure.put('moved', { 'manifests/app/v1/manifest.json': manifest, [`manifests/app/v1/${ofAlice}`]: record })
  return azure
}

const environment = (azure: CloudServer): Record<string, string> => ({
  AZURE_STORAGE_CONNECTION_STRING: azureConnection(azure, 'account', `AccountKey=${azureKey}`),
})

async function run(azure: CloudServer, image: string, key = alice, inputs = {}): Promise<RanAction> {
  const given = { image, key: key.publicPem, retries: '0', ...inputs }
  return runAction(given, { env: environment(azure) })
}

describe('an image in Azure Blob Storage', () => {
  it.for([
    ['is signed', 'az://images/app:v1', alice, 'verified'],
    ['is signed and deep', 'az://images/org/team/app:1.0+build_7', alice, 'verified'],
    ['has a name that URLs write otherwise', 'az://images/a&b c:#1?x=%2F', alice, 'verified'],
    ['has no record', 'az://images/unsigned:v1', alice, 'unsigned'],
    ['is signed with another key', 'az://images/app:v1', bob, 'unsigned'],
    ['has a record of another key under this id', 'az://images/foreign:v1', alice, 'signature-invalid'],
    ['has another manifest than was signed', 'az://images/changed:v1', alice, 'digest-mismatch'],
    ['has the record of another tag', 'az://images/app:v2', alice, 'signature-invalid'],
    ['has the record of another image', 'az://images/other:v1', alice, 'signature-invalid'],
    ['has the record of another container', 'az://moved/app:v1', alice, 'signature-invalid'],
    ['has a record that binds the account too', 'az://images/account:v1', alice, 'signature-invalid'],
    ['has half a record', 'az://images/half:v1', alice, 'record-malformed'],
    ['has a page for a manifest', 'az://images/page:v1', alice, 'response-invalid storage'],
    ['is not there', 'az://images/nope:v1', alice, 'not-found storage'],
    ['is in a container that is not there', 'az://nocontainer/app:v1', alice, 'not-found storage'],
    ['is in a container that can be none', 'az://No_Container/app:v1', alice, 'reference-invalid'],
    ['would lead out of the account', 'az://../app:v1', alice, 'reference-invalid'],
    ['has no tag', 'az://images/app', alice, 'reference-invalid'],
  ] as const satisfies readonly unknown[])('that %s', async ([, image, key, expected]) => {
    expectEnding(await run(await startAzure(), image, key), expected satisfies Expected)
  })

  it('has the same digest as in the store, says who signed, and every host is in the report', async () => {
    const azure = await startAzure()
    const ran = await run(azure, 'az://images/app:v1')
    expect(ran.document).toMatchObject({ digest, keyID: alice.id, signedAt: '2026-11-21T00:00:00Z' })
    expect(ran.outputs['images']).toBe(JSON.stringify([`az://images/app:v1@${digest}`]))
    expect(ran.document?.calls).toEqual([{ host: `127.0.0.1:${azure.port}`, count: 2 }])
    expect(azure.requests.map(({ target }) => target).sort()).toEqual([
      '/account/images/manifests/app/v1/manifest.json',
      `/account/images/manifests/app/v1/signatures/${alice.id}.json`,
    ])
  })

  it('that another key signed is named as a near miss', async () => {
    const ran = await run(await startAzure(), 'az://images/app:v1', bob)
    expect(ran.stdout).toContain(`a record claims a signature by key ${alice.id}`)
  })

  it('is inspected with the signatures that lie beside it', async () => {
    const azure = await startAzure()
    const ran = await runCli(['inspect', 'az://images/app:v1', '-o', 'json'], { env: environment(azure) })
    expect(ran.exit, ran.stderr).toBe(0)
    expect(ran.stdout).toContain(alice.id)
  })

  it('is undetermined once the store is down', async () => {
    const azure = await startAzure()
    await azure.stop()
    expectEnding(await run(azure, 'az://images/app:v1', alice, { retries: '1' }), 'unreachable storage')
  })

  it('has no endpoint of S3, as s3lo has it', async () => {
    const azure = await startAzure()
    const ran = await run(azure, 'az://images/app:v1', alice, { endpoint: azure.url })
    expectEnding(ran, 'input-invalid')
    expect(ran.outputs['message']).toContain('--endpoint is not supported with az:// references')
    expect(azure.requests).toEqual([])
  })
})
