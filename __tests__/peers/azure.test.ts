import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Azurite, startAzurite } from '../harness/azurite.js'
import { type Expected, expectEnding } from '../harness/endings.js'
import { expectNoSecret } from '../harness/leaks.js'
import { runAction, runCli, type RanAction } from '../harness/run.js'
import { digestOf, manifest, newKey, newRecord, signedImage } from '../harness/store.js'

const account = 'stores123'
const accountKey = createHash('sha512').update('the key of this account').digest('base64')
const otherKey = createHash('sha512').update('another key').digest('base64')

describe('an image in Azurite', () => {
  const alice = newKey()
  const bob = newKey()
  const digest = digestOf(manifest)
  const ofAlice = `signatures/${alice.id}.json`
  const record = newRecord(alice, 'images/app:v1', digest)
  let azurite: Azurite

  beforeAll(async () => {
    azurite = await startAzurite(account, accountKey)
    await azurite.makeContainer('images')
    await azurite.makeContainer('moved')
    await azurite.put('images', {
      ...signedImage(alice, 'images'),
      ...signedImage(alice, 'images', 'org/team/app', '1.0-build_7'),
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
    await azurite.put('moved', signedImage(alice, 'images'))
  })
  afterAll(async () => azurite.stop())

  /** A connection string; the first field is what signs in. */
  const connect = (access = `AccountKey=${accountKey}`, at = azurite.url): Record<string, string> => ({
    AZURE_STORAGE_CONNECTION_STRING: `${access};AccountName=${account};BlobEndpoint=${at}/${account}`,
  })
  const run = async (image: string, key = alice, env = connect()): Promise<RanAction> =>
    runAction({ image: `az://${image}`, key: key.publicPem, retries: '0' }, { env })

  it.for([
    ['is signed', 'images/app:v1', alice, 'verified'],
    ['is signed and deep', 'images/org/team/app:1.0-build_7', alice, 'verified'],
    ['has no record', 'images/unsigned:v1', alice, 'unsigned'],
    ['is signed with another key', 'images/app:v1', bob, 'unsigned'],
    ['has a record of another key under this id', 'images/foreign:v1', alice, 'signature-invalid'],
    ['has another manifest than was signed', 'images/changed:v1', alice, 'digest-mismatch'],
    ['has the record of another tag', 'images/app:v2', alice, 'signature-invalid'],
    ['has the record of another container', 'moved/app:v1', alice, 'signature-invalid'],
    ['has half a record', 'images/half:v1', alice, 'record-malformed'],
    ['has a page for a manifest', 'images/page:v1', alice, 'response-invalid storage'],
    ['is not there', 'images/nope:v1', alice, 'not-found storage'],
    ['is in a container that is not there', 'nocontainer/app:v1', alice, 'not-found storage'],
  ] as const satisfies readonly unknown[])('that %s', async ([, image, key, expected]) => {
    expectEnding(await run(image, key), expected satisfies Expected)
  })

  it('may be read with a shared access signature, and not with one that does not allow it', async () => {
    const [reads, writes] = [azurite.shared(), azurite.shared('w')]
    const may = await run('images/app:v1', alice, connect(`SharedAccessSignature=${reads}`))
    const mayNot = await run('images/app:v1', alice, connect(`SharedAccessSignature=${writes}`))
    expectEnding(may, 'verified')
    expectEnding(mayNot, 'denied storage')
    expectNoSecret(may, { sas: reads, sig: new URLSearchParams(reads).get('sig') ?? '' })
    expectNoSecret(mayNot, { sas: writes, sig: new URLSearchParams(writes).get('sig') ?? '' })
  })

  it('may not be read with another key', async () => {
    const ran = await run('images/app:v1', alice, connect(`AccountKey=${otherKey}`))
    expectEnding(ran, 'denied storage')
    expectNoSecret(ran, { otherKey })
  })

  it('that another key signed is named as a near miss: lists are signed rightly too', async () => {
    const ran = await run('images/app:v1', bob)
    expect(ran.stdout).toContain(`a record claims a signature by key ${alice.id}`)
  })

  it('is inspected with the signatures that lie beside it', async () => {
    const ran = await runCli(['inspect', 'az://images/app:v1', '-o', 'json'], { env: connect() })
    expect(ran.exit, ran.stderr).toBe(0)
    expect(ran.stdout).toContain(alice.id)
  })

  it('is undetermined once the server is down', async () => {
    const env = connect(`AccountKey=${accountKey}`, 'http://127.0.0.1:9')
    expectEnding(await run('images/app:v1', alice, env), 'unreachable storage')
  })
})
