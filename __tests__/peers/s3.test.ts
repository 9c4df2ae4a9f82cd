import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Expected, expectEnding } from '../harness/endings.js'
import { type Peer, startPeer } from '../harness/peers.js'
import { runAction, runCli, type RanAction } from '../harness/run.js'
import { sharedFolder } from '../harness/shared.js'
import { digestOf, manifest, newKey, newRecord, signedImage } from '../harness/store.js'
import { type Gateway, startGateway } from '../harness/versitygw.js'

interface Case {
  readonly id: string
  readonly args: readonly string[]
  readonly stdout: string
  readonly stderr: string
  readonly exit: number
  readonly ours: 'verified' | 'rejected' | 'undetermined' | 'free'
  readonly needs?: string
  readonly env?: Readonly<Record<string, string>>
}

const folder = sharedFolder('fixtures/s3lo')
const { cases } = folder
  ? (JSON.parse(readFileSync(path.join(folder, 'index.json'), 'utf8')) as { cases: readonly Case[] })
  : { cases: [] }
const exits = { verified: [0], rejected: [1], undetermined: [2], free: [1, 2] }

describe.skipIf(!folder)('the cases that s3lo itself judged on S3', () => {
  const here = folder ?? ''
  const stops: (() => Promise<void>)[] = []
  let gateway: Gateway
  let misbehaving: Peer

  beforeAll(async () => {
    gateway = await startGateway(['getonly', 'noaccess'], path.join(here, 's3tree'))
    stops.push(gateway.stop)
    await gateway.allowGet('fx-bucket', 'getonly')
    const program = path.join(here, 'tools/bads3.mjs')
    misbehaving = await startPeer(process.execPath, (port) => [program, String(port)])
    stops.push(misbehaving.stop)
  })
  afterAll(async () => {
    for (const stop of stops) await stop()
  })

  const onS3 = cases.filter(({ needs }) => needs === 's3')
  it('are all here', () => expect(onS3.length).toBeGreaterThan(30))

  it.for(onS3)('$id', async ({ args, env, ours, exit, stdout, stderr }) => {
    const places = new Map([
      ['http://127.0.0.1:7170', gateway.url],
      ['http://127.0.0.1:7179', misbehaving.url],
    ])
    const typed = args.map((word) => places.get(word) ?? word)
    // The fixture's own attempts are the SDK's three; how often one asks is no part of the answer.
    const ran = await runCli([...typed, '--retries', '1'], {
      cwd: path.join(here, 'ws'),
      ...(env && { env }),
    })
    expect(exits[ours], `${ran.stdout}${ran.stderr}`).toContain(ran.exit)
    if (args.includes('json')) {
      const document = JSON.parse(ran.stdout) as { verified: boolean; verdict: string }
      expect(document.verified).toBe(ran.exit === 0)
      expect(['verified', 'rejected', 'undetermined'].indexOf(document.verdict)).toBe(ran.exit)
      if (ran.exit === exit && exit < 2) expect(document).toMatchObject(JSON.parse(stdout) as object)
    } else if (ran.exit === exit && exit < 2) {
      expect(ran.stdout).toBe(stdout)
      // The SDK of s3lo warns about answers without a checksum; what follows is s3lo's own.
      const own = stderr.replace(/^SDK .* WARN .*\n/gm, '')
      expect(ran.stderr.startsWith(own), ran.stderr).toBe(true)
    }
  })
})

describe('an image in a real S3', () => {
  const alice = newKey()
  const bob = newKey()
  const digest = digestOf(manifest)
  const changed = manifest.replace('"size":2', '"size":3')
  const record = newRecord(alice, 'images/app:v1', digest)
  let gateway: Gateway

  beforeAll(async () => {
    gateway = await startGateway(['reader', 'stranger'])
    await gateway.makeBucket('images')
    await gateway.allowGet('images', 'reader')
    const ofAlice = `signatures/${alice.id}.json`
    await gateway.put('images', {
      ...signedImage(alice, 'images'),
      ...signedImage(alice, 'images', 'org/team/app', '1.0+build_7'),
      'manifests/unsigned/v1/manifest.json': manifest,
      'manifests/changed/v1/manifest.json': changed,
      [`manifests/changed/v1/${ofAlice}`]: newRecord(alice, 'images/changed:v1', digest),
      'manifests/moved/v1/manifest.json': manifest,
      [`manifests/moved/v1/${ofAlice}`]: record,
      'manifests/broken/v1/manifest.json': manifest,
      [`manifests/broken/v1/${ofAlice}`]: record.slice(0, 100),
      'manifests/foreign/v1/manifest.json': manifest,
      [`manifests/foreign/v1/${ofAlice}`]: newRecord(bob, 'images/foreign:v1', digest),
      'manifests/page/v1/manifest.json': '<html>sign in</html>',
    })
  })
  afterAll(async () => gateway.stop())

  const run = async (image: string, key = alice, user?: string): Promise<RanAction> => {
    const inputs = { image: `s3://${image}`, key: key.publicPem, endpoint: gateway.url, retries: '0' }
    return runAction(inputs, { env: gateway.signIn(user) })
  }

  it.for([
    ['is signed', 'images/app:v1', alice, undefined, 'verified'],
    ['is signed and deep', 'images/org/team/app:1.0+build_7', alice, undefined, 'verified'],
    ['is signed and only GetObject is allowed', 'images/app:v1', alice, 'reader', 'verified'],
    ['has no record', 'images/unsigned:v1', alice, undefined, 'unsigned'],
    ['is signed with another key', 'images/app:v1', bob, undefined, 'unsigned'],
    ['has a record of another key under this id', 'images/foreign:v1', alice, undefined, 'signature-invalid'],
    ['has another manifest than was signed', 'images/changed:v1', alice, undefined, 'digest-mismatch'],
    ['has the record of another image', 'images/moved:v1', alice, undefined, 'signature-invalid'],
    ['has half a record', 'images/broken:v1', alice, undefined, 'record-malformed'],
    ['has a page for a manifest', 'images/page:v1', alice, undefined, 'response-invalid storage'],
    ['is not there', 'images/nope:v1', alice, undefined, 'not-found storage'],
    ['is in a bucket that is not there', 'nobucket/app:v1', alice, undefined, 'not-found storage'],
    ['may not be read', 'images/app:v1', alice, 'stranger', 'denied storage'],
    ['may not be read, nor is signed', 'images/unsigned:v1', alice, 'stranger', 'denied storage'],
    ['is asked for by nobody known', 'images/app:v1', alice, 'nobody', 'denied storage'],
  ] as const satisfies readonly unknown[])('that %s', async ([, image, key, user, expected]) => {
    expectEnding(await run(image, key, user), expected satisfies Expected)
  })

  it('has the same digest as in the store, and says who signed', async () => {
    const ran = await run('images/app:v1')
    expect(ran.document).toMatchObject({ digest, keyID: alice.id, signedAt: '2026-11-21T00:00:00Z' })
    expect(ran.outputs['images']).toBe(JSON.stringify([`s3://images/app:v1@${digest}`]))
  })

  it('that another key signed is named as a near miss', async () => {
    const ran = await run('images/app:v1', bob)
    expect(ran.stdout).toContain(`a record claims a signature by key ${alice.id}`)
  })

  it('is inspected with the signatures that lie beside it', async () => {
    const args = ['inspect', 's3://images/app:v1', '-o', 'json', '--endpoint', gateway.url]
    const ran = await runCli(args, { env: gateway.signIn() })
    expect(ran.exit, ran.stderr).toBe(0)
    expect(ran.stdout).toContain(alice.id)
  })

  it('is undetermined once S3 is down', async () => {
    const down = await startGateway()
    await down.stop()
    const inputs = { image: 's3://images/app:v1', key: alice.publicPem, endpoint: down.url, retries: '1' }
    const ran = await runAction(inputs, { env: gateway.signIn() })
    expectEnding(ran, 'unreachable storage')
  })
})
