import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Lookup } from '../../../src/network/lookup.js'
import { openAzureBlobs } from '../../../src/stores/s3lo/azure-blob.js'
import { signSharedKey } from '../../../src/stores/s3lo/azure-shared-key.js'
import { elementText, readBlobList } from '../../../src/stores/s3lo/azure-xml.js'
import type { ObjectStore } from '../../../src/stores/s3lo/objects.js'
import { azureConnection, azureKey, openAzureServer } from '../../harness/azure.js'
import { newCall } from '../../harness/call.js'
import type { CloudServer } from '../../harness/cloud-server.js'
import { manifest } from '../../harness/store.js'

let azure: CloudServer
beforeEach(async () => {
  azure = await openAzureServer('account')
  azure.put('bucket', { 'a/manifest.json': manifest })
})
afterEach(async () => azure.stop())

const environment = (): Record<string, string> => ({
  AZURE_STORAGE_CONNECTION_STRING: azureConnection(azure, 'account', `AccountKey=${azureKey}`),
})
function open(name = 'bucket'): ObjectStore {
  const blobs = openAzureBlobs(environment())
  if ('code' in blobs) throw new Error(blobs.message)
  const container = blobs.container(name)
  if ('code' in container) throw new Error(container.message)
  return container
}
const get = async (key: string, limit = 1000): Promise<Lookup<Uint8Array>> =>
  open().get(key, limit, newCall())
const word = (answer: Lookup<unknown>): string =>
  answer.kind === 'failed' ? answer.problem.code : answer.kind

describe('a blob in a container', () => {
  it('is its bytes, up to the limit, and named as a user would', async () => {
    const size = Buffer.byteLength(manifest)
    const answer = await get('a/manifest.json', size)
    expect(answer.kind === 'found' && Buffer.from(answer.value).toString()).toBe(manifest)
    expect(word(await get('a/manifest.json', size - 1))).toBe('limit-exceeded')
    expect(open().where('a/b')).toBe('az://bucket/a/b')
    expect(await get('nope')).toEqual({ kind: 'absent', message: 'object not found: az://bucket/nope' })
  })

  it('may have any name: nothing in it becomes a query or a fragment', async () => {
    const names = ['a b', 'a?comp=list', 'a#b', 'a%2Fb', 'ü/文', 'a+b', 'a&b', '%2e%2e/x']
    azure.put('bucket', Object.fromEntries(names.map((name) => [name, name])))
    for (const name of names) {
      const answer = await get(name)
      expect(answer.kind === 'found' ? Buffer.from(answer.value).toString() : answer.kind, name).toBe(name)
    }
  })

  it('goes to a sink as it comes', async () => {
    const pieces: Uint8Array[] = []
    const sink = () => (piece: Uint8Array) => void pieces.push(piece)
    expect(await open().stream?.('a/manifest.json', 1000, sink, newCall())).toMatchObject({ value: true })
    expect(Buffer.concat(pieces).toString()).toBe(manifest)
    expect(await open().stream?.('a/manifest.json', 10, sink, newCall())).toMatchObject({ value: false })
  })

  it('has neighbours, which a list names page by page', async () => {
    azure.put('bucket', { 'p/b': '', 'p/a': '', 'p/c/d': '' })
    expect(await open().names('p/', 10, newCall())).toEqual({ kind: 'found', value: ['a', 'b'] })
    expect(await open().names('none/', 10, newCall())).toEqual({ kind: 'found', value: [] })
    expect(word(await open('nowhere').names('p/', 10, newCall()))).toBe('not-found')
    azure.fault('q/', 'always', (_request, response) => response.end('<html>EnumerationResults</html>'))
    expect(word(await open().names('q/', 10, newCall()))).toBe('response-invalid')
  })
})

it.each(['..', '.', 'ab', 'Ab1', 'a--b', '-ab', 'ab-', 'a/b', 'a.b', 'a'.repeat(64), ''])(
  'no container is called %j',
  (name) => {
    const blobs = openAzureBlobs(environment())
    expect('container' in blobs && blobs.container(name)).toMatchObject({ code: 'reference-invalid' })
  },
)

it('a request is signed as Shared Key lays it out', () => {
  const url = new URL('https://account.blob.core.windows.net/c/a%20b?restype=container&prefix=x%2F&comp=list')
  const headers = { 'x-ms-version': '2023-11-03', 'x-ms-date': 'Sat, 21 Nov 2026 00:00:00 GMT' }
  const text =
    'GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:Sat, 21 Nov 2026 00:00:00 GMT\nx-ms-version:2023-11-03\n/account/c/a%20b\ncomp:list\nprefix:x/\nrestype:container'
  const signature = createHmac('sha256', Buffer.from(azureKey, 'base64')).update(text).digest('base64')
  expect(signSharedKey(url, headers, { name: 'account', key: azureKey })).toBe(
    `SharedKey account:${signature}`,
  )
})

describe('the documents of Azure', () => {
  it('are read element by element', () => {
    expect(elementText('<Error><Code>A&amp;B &#x41;&#66;&lt;&nbsp;</Code></Error>', 'Code')).toBe(
      'A&B AB<&nbsp;',
    )
    expect(elementText('<Error><Code><b>x</b></Code></Error>', 'Code')).toBeUndefined()
    expect(elementText('<Error><Code>cut', 'Code')).toBeUndefined()
    expect(elementText('nothing', 'Code')).toBeUndefined()
  })

  it('list blobs, and not what only looks like a folder', () => {
    const list =
      '<EnumerationResults><Blobs><Blob><Name>a&amp;b</Name></Blob><BlobPrefix><Name>c/</Name></BlobPrefix></Blobs><NextMarker>m</NextMarker></EnumerationResults>'
    expect(readBlobList(list)).toEqual({ names: ['a&b'], next: 'm' })
    expect(readBlobList(list.slice(0, -5))).toBeUndefined()
    expect(readBlobList('<html></html>')).toBeUndefined()
  })
})
