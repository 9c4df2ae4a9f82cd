import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Lookup } from '../../src/network/lookup.js'
import { parseReference } from '../../src/reference/parse.js'
import { openStores, type StoreSettings } from '../../src/stores/open.js'
import type { Place, Resolved } from '../../src/stores/store.js'
import type { Problem } from '../../src/verdict/finding.js'
import { newCall } from '../harness/call.js'
import { temporaryFolder } from '../harness/run.js'
import { openS3Server } from '../harness/s3.js'
import { digestOf, manifest, newKey, signedImage, writeStore } from '../harness/store.js'

async function open(text: string, settings: StoreSettings = {}): Promise<Place | Problem> {
  const reference = parseReference(text)
  if (reference.kind === 'unreadable') throw new Error(reference.reason)
  return openStores(settings)(reference)
}

async function resolve(place: Place | Problem): Promise<Lookup<Resolved>> {
  if ('code' in place) throw new Error(place.message)
  return place.images.resolve(newCall(), 'manifest')
}

const found = { kind: 'found', value: { digest: digestOf(manifest) } }

describe('a place is opened by what the reference says', () => {
  it('local:// is a folder, relative to where the program runs', async () => {
    const root = temporaryFolder()
    writeStore(path.join(root, 'store'), signedImage(newKey(), 'store'))
    const before = process.cwd()
    try {
      process.chdir(root)
      expect(await resolve(await open('local://store/app:v1'))).toMatchObject(found)
      expect((await resolve(await open('local://store/nope:v1'))).kind).toBe('absent')
      expect((await resolve(await open('local://nowhere/app:v1'))).kind).toBe('absent')
    } finally {
      process.chdir(before)
    }
  })

  it('oci-layout:// is a folder of its own kind', async () => {
    const root = temporaryFolder()
    writeStore(root, {
      'oci-layout': '{"imageLayoutVersion":"1.0.0"}',
      'index.json': JSON.stringify({ manifests: [{ digest: digestOf(manifest) }] }),
      [`blobs/sha256/${digestOf(manifest).slice(7)}`]: manifest,
    })
    expect(await resolve(await open(`oci-layout://${root}`))).toMatchObject(found)
  })

  it('a registry is no s3lo store: its evidence is not kept by key', async () => {
    const place = await open('registry.example/app:v1')
    expect('code' in place ? place.code : place.evidence.byKey).toBe(false)
  })

  it('s3:// with an endpoint is asked there', async () => {
    const s3 = await openS3Server()
    const before = { ...process.env }
    try {
      Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'someone', AWS_SECRET_ACCESS_KEY: 'something' })
      s3.put('bucket', signedImage(newKey(), 'bucket'))
      const place = await open('s3://bucket/app:v1', { endpoint: s3.url })
      expect(await resolve(place)).toMatchObject(found)
    } finally {
      for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) {
        if (before[name] === undefined) Reflect.deleteProperty(process.env, name)
        else process.env[name] = before[name]
      }
      await s3.stop()
    }
  })
})

describe('what cannot be opened is said, and is no verdict about the image', () => {
  it.each(['gs', 'az'])('%s:// is not supported', async (scheme) => {
    expect(await open(`${scheme}://bucket/app:v1`)).toEqual({
      code: 'unsupported',
      message: `${scheme}://bucket/app:v1: images in ${scheme}:// stores cannot be verified by this version`,
    })
  })

  it('local:// has no endpoint', async () => {
    expect(await open('local://store/app:v1', { endpoint: 'https://s3.example' })).toEqual({
      code: 'input-invalid',
      message: '--endpoint is not supported with local:// references',
    })
  })
})
