import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openCosignKey } from '../../src/keys/cosign-key.js'
import { readPem } from '../../src/keys/pem.js'
import type { PublicKey } from '../../src/verify/public-key.js'
import { checkRecord, type RecordCheck } from '../../src/verify/record.js'
import { inWorkspace, readRuns, reasonOf, type RunCase } from './as-run.js'

const groups = ['record', 'valid', 'invalid', 'keytype', 'keyform', 'kms']

interface Place {
  readonly bucket: string
  readonly image: string
  readonly tag: string
}

function placeOf(run: RunCase): Place | undefined {
  const parts = /^local:\/\/((?:\.\.?\/)?[^/.][^/]*)\/(.+):([^:/]+)$/.exec(run.ref ?? '')
  const [, bucket, image, tag] = parts ?? []
  return bucket && image && tag ? { bucket, image, tag } : undefined
}

async function openKey(run: RunCase): Promise<PublicKey | undefined> {
  const file = inWorkspace(run.key ?? '')
  if (!existsSync(file) || !statSync(file).isFile()) return undefined
  const pem = readPem(readFileSync(file, 'latin1'))
  const outcome =
    pem.kind === 'encrypted' ? await openCosignKey(pem.body, run.env?.['COSIGN_PASSWORD'] ?? '') : pem
  return outcome.kind === 'key' ? outcome.key : undefined
}

async function replay(run: RunCase): Promise<RecordCheck | undefined> {
  const location = placeOf(run)
  const key = await openKey(run)
  if (location === undefined || key === undefined) return undefined
  const folder = inWorkspace(location.bucket, 'manifests', location.image, location.tag)
  const where = `${folder}/signatures/${key.id}.json`
  if (!existsSync(where) || statSync(where).isDirectory()) return undefined
  const manifest = readFileSync(`${folder}/manifest.json`)
  const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`
  return checkRecord({ bytes: readFileSync(where), location, digest, key, where, keyRef: run.key ?? '' })
}

/** Refused on purpose, stricter than s3lo (RSA from 2048 bits, no P-224). */
const refusedKeys = ['keys/hm-p224.pub', 'keys/hm-rsa1024.pub']
const readable = ['verified', 'not-verified']
const runs = readRuns().filter(
  (run) =>
    groups.includes(run.group) &&
    readable.includes(run.verdict) &&
    run.needs === undefined &&
    run.ref !== undefined &&
    run.key?.startsWith('keys/') &&
    !run.args.includes('yaml'),
)

describe.skipIf(runs.length === 0)('records that the real s3lo judged', () => {
  it.each(runs.map((run) => [run.id, run] as const))('%s', async (_id, run) => {
    const result = await replay(run)
    const last = result?.findings.at(-1)
    if (refusedKeys.includes(run.key ?? '')) {
      expect(last).toBeUndefined()
      return
    }
    expect(last).toBeDefined()
    // s3lo cannot verify some of what it signs itself; nor does it know the schemes of KMS keys.
    if (run.verdict === 'verified' || run.genuine || run.ours === 'free') {
      expect(last?.status).toBe('met')
      expect(result?.scheme).toBeDefined()
    } else {
      expect(last).toMatchObject({ status: 'unmet', peerReason: reasonOf(run) })
    }
  })

  it('are many', async () => {
    const replayed = await Promise.all(runs.filter(({ group }) => group === 'record').map(replay))
    expect(replayed.filter((result) => result !== undefined).length).toBeGreaterThan(60)
  })
})
