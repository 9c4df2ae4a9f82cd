import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { sign } from 'node:crypto'
import { runAction, type RanAction, temporaryFolder } from '../harness/run.js'
import { digestOf, type KeyPair, manifest, newKey, newRecord, writeStore } from '../harness/store.js'

const key = newKey()
const other = newKey()
const digest = digestOf(manifest)

/** A record as releases before 3 wrote it: the digest alone is signed, and lies beside the signature. */
function olderRecord(by: KeyPair, signed = digest, payload = `${signed}\n`): string {
  const signature = sign('sha256', Buffer.from(`${signed}\n`), by.privateKey).toString('base64')
  return JSON.stringify({
    schemaVersion: 1,
    digest,
    keyRef: 'release.pub',
    keyID: by.id,
    algorithm: 'ECDSA_SHA_256',
    signature,
    payload: Buffer.from(payload).toString('base64'),
    signedAt: '2026-11-21T00:00:00Z',
  })
}

async function verify(record: string, inputs: Readonly<Record<string, string>>): Promise<RanAction> {
  const cwd = temporaryFolder()
  writeStore(path.join(cwd, 'store'), {
    'manifests/app/v1/manifest.json': manifest,
    [`manifests/app/v1/signatures/${key.id}.json`]: record,
  })
  return runAction({ image: 'local://store/app:v1', key: key.publicPem, ...inputs }, { cwd })
}

function expectEnd(ran: RanAction, code = ''): void {
  expect(ran.outputs['failure-code'], ran.outputs['message']).toBe(code)
  expect(ran.outputs['verdict']).toBe(code === '' ? 'verified' : 'rejected')
  expect(ran.exit).toBe(code === '' ? 0 : 1)
}

describe('a record of schema 1', () => {
  const accept = { 'insecure-accept-unbound-records': 'true' }

  it('is refused unless it is asked for, and then with a warning', async () => {
    expectEnd(await verify(olderRecord(key), {}), 'record-malformed')
    const ran = await verify(olderRecord(key), accept)
    expectEnd(ran)
    expect(ran.document?.warnings.join()).toMatch(/signs the digest alone/)
    expect(ran.summary).toContain('signs the digest alone')
    expect(JSON.stringify(ran.document)).toContain('schema 1 binds none')
  })

  it('is held against the digest of the image, never against the payload beside it', async () => {
    const another = `sha256:${'ab'.repeat(32)}`
    // A genuine signature over another digest, with the payload that it is over: what an older verifier would accept.
    expectEnd(await verify(olderRecord(key, another), accept), 'signature-invalid')
    expectEnd(await verify(olderRecord(key, another, `${digest}\n`), accept), 'signature-invalid')
    expectEnd(await verify(olderRecord(other), accept), 'signature-invalid')
  })

  it('that calls itself 2 is judged as 2, and one of 2 that calls itself 1 as 1', async () => {
    const relabelled = olderRecord(key).replace('"schemaVersion":1', '"schemaVersion":2')
    expectEnd(await verify(relabelled, accept), 'signature-invalid')
    const record = newRecord(key, 'store/app:v1', digest)
    expectEnd(await verify(record, accept))
    const older = JSON.stringify({ ...(JSON.parse(record) as object), schemaVersion: 1 })
    expectEnd(await verify(older, accept), 'signature-invalid')
  })
})

describe('a record that was signed for another place', () => {
  it('counts only for that place, and only when it is said', async () => {
    const record = newRecord(key, 'staging/org/app:rc1', digest)
    expectEnd(await verify(record, {}), 'signature-invalid')
    expectEnd(await verify(record, { 'signed-location': 'staging/org/app:rc1' }))
    for (const wrong of ['staging/org/app:rc2', 'staging/app:rc1', 'stagings/org/app:rc1'])
      expectEnd(await verify(record, { 'signed-location': wrong }), 'signature-invalid')
    // What is signed for where it lies is not signed for elsewhere.
    const own = newRecord(key, 'store/app:v1', digest)
    expectEnd(await verify(own, { 'signed-location': 'staging/org/app:rc1' }), 'signature-invalid')
  })
})

describe('a record and the age of a signature', () => {
  it('proves no time, whatever it says', async () => {
    const ran = await verify(newRecord(key, 'store/app:v1', digest), { 'max-age': '3650d' })
    expectEnd(ran, 'timestamp-invalid')
    expect(ran.outputs['message']).toContain('no time is proven')
  })
})
