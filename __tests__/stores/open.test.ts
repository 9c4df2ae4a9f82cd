import path from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Lookup } from '../../src/network/lookup.js'
import { parseReference } from '../../src/reference/parse.js'
import { openStores, type StoreSettings } from '../../src/stores/open.js'
import type { Place, Resolved } from '../../src/stores/store.js'
import type { Problem } from '../../src/verdict/finding.js'
import { azureConnection, azureKey, openAzureServer } from '../harness/azure.js'
import { newCall } from '../harness/call.js'
import { openGcsServer } from '../harness/gcs.js'
import { temporaryFolder } from '../harness/run.js'
import { openS3Server } from '../harness/s3.js'
import { digestOf, manifest, newKey, signedImage, writeStore } from '../harness/store.js'

afterEach(() => void vi.unstubAllEnvs())

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

describe('a cloud that is found through the environment', () => {
  it('gs:// is Google Cloud Storage', async () => {
    const gcs = await openGcsServer()
    vi.stubEnv('STORAGE_EMULATOR_HOST', gcs.url)
    gcs.put('bucket', signedImage(newKey(), 'bucket'))
    const answers = [await open('gs://bucket/app:v1'), await open('gs://bucket/nope:v1')].map(resolve)
    const [image, nothing] = await Promise.all(answers)
    await gcs.stop()
    expect(image).toMatchObject(found)
    expect(nothing?.kind).toBe('absent')
  })

  it('az:// is Azure Blob Storage', async () => {
    const azure = await openAzureServer('account')
    const connection = azureConnection(azure, 'account', `AccountKey=${azureKey}`)
    vi.stubEnv('AZURE_STORAGE_CONNECTION_STRING', connection)
    azure.put('bucket', signedImage(newKey(), 'bucket'))
    const answers = [await open('az://bucket/app:v1'), await open('az://bucket/nope:v1')].map(resolve)
    const [image, nothing] = await Promise.all(answers)
    await azure.stop()
    expect(image).toMatchObject(found)
    expect(nothing?.kind).toBe('absent')
  })
})

describe('what cannot be opened is said, and is no verdict about the image', () => {
  it.each(['local', 'gs', 'az'])('%s:// has no endpoint, as in s3lo', async (scheme) => {
    expect(await open(`${scheme}://store/app:v1`, { endpoint: 'https://s3.example' })).toEqual({
      code: 'input-invalid',
      message: `--endpoint is not supported with ${scheme}:// references`,
    })
  })

  it('az:// without an account, in the words of s3lo', async () => {
    vi.stubEnv('AZURE_STORAGE_ACCOUNT', '')
    expect(await open('az://container/app:v1')).toEqual({
      code: 'input-invalid',
      message: 'AZURE_STORAGE_ACCOUNT environment variable not set',
    })
  })

  it.each(['gs://../app:v1', 'gs://Bucket/app:v1', 'az://../app:v1', 'az://Container/app:v1'])(
    '%s, whose bucket can be none',
    async (reference) => {
      vi.stubEnv('AZURE_STORAGE_ACCOUNT', 'account')
      expect(await open(reference)).toMatchObject({ code: 'reference-invalid' })
    },
  )
})
