import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Inspection, inspectImage } from '../../src/gate/inspect.js'
import { patient } from '../harness/bench.js'
import { digestOf, manifest, newKey, newRecord, signedImage, writeStore } from '../harness/store.js'

const alice = newKey()
const bob = newKey()
const carol = newKey()
const home = process.cwd()
const digest = digestOf(manifest)
const recordOf = (id: string): string => `manifests/app/v1/signatures/${id}.json`

beforeAll(() => {
  process.chdir(mkdtempSync(path.join(tmpdir(), 'verify-image-inspect-')))
  for (const [name, key] of Object.entries({ alice, bob })) writeFileSync(`${name}.pub`, key.publicPem)
  writeStore('store', {
    ...signedImage(alice, 'store'),
    [recordOf(bob.id)]: newRecord(alice, 'store/app:v1', digest),
    [recordOf(carol.id)]: 'not a record',
    'manifests/unsigned/v1/manifest.json': manifest,
  })
})
afterAll(() => process.chdir(home))

async function inspect(image: string, ...keys: readonly string[]): Promise<Inspection> {
  return inspectImage({ image, keys, patience: patient })
}

async function statuses(...keys: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const inspection = await inspect('local://store/app:v1', ...keys)
  if (inspection.kind === 'failed') throw new Error(inspection.problem.message)
  return Object.fromEntries(inspection.signatures.map(({ keyId, status }) => [keyId, status]))
}

describe('the signatures beside an image', () => {
  it('are claims as long as no key was given, whatever they say of themselves', async () => {
    expect(await statuses()).toEqual({
      [alice.id]: 'claimed',
      [bob.id]: 'claimed',
      [carol.id]: 'unreadable',
    })
  })

  it('are checked with the keys that were given, each with its own', async () => {
    expect(await statuses('alice.pub')).toMatchObject({ [alice.id]: 'verified', [bob.id]: 'claimed' })
    // Bob's record was made with Alice's key: her key does not vouch for what lies under his id.
    expect(await statuses('alice.pub', 'bob.pub')).toMatchObject({
      [alice.id]: 'verified',
      [bob.id]: 'invalid',
      [carol.id]: 'unreadable',
    })
  })

  it('are none beside an image that nobody signed', async () => {
    expect(await inspect('local://store/unsigned:v1')).toMatchObject({
      kind: 'found',
      digest,
      signatures: [],
    })
  })
})

describe('what cannot be inspected', () => {
  it.each([
    ['a reference without a tag', ['local://store/app'], 'reference-invalid'],
    ['an image that is not there', ['local://store/missing:v1'], 'not-found'],
    ['a store whose account nobody names', ['az://store/app:v1'], 'input-invalid'],
    ['an image with a key that is not there', ['local://store/app:v1', 'nope.pub'], 'key-invalid'],
  ] as const)('is told as a problem: %s', async (_, [image, ...keys], code) => {
    expect(await inspect(image, ...keys)).toMatchObject({ kind: 'failed', problem: { code } })
  })
})
