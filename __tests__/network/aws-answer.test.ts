import type http from 'node:http'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { awsKmsKey } from '../../src/keys/aws-kms.js'
import { openS3 } from '../../src/stores/s3lo/bucket.js'
import { newCall } from '../harness/call.js'
import { openWeb, type Web } from '../harness/web.js'

let server: Web
let gone: Promise<void>

async function open(status: number, body: (response: http.ServerResponse) => void): Promise<void> {
  let leave: () => void = () => undefined
  gone = new Promise<void>((resolve) => (leave = resolve))
  server = await openWeb((_request, response) => {
    response.on('close', leave)
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', etag: '"1"' })
    body(response)
  })
  vi.stubEnv('AWS_ENDPOINT_URL_KMS', server.url)
}
const withoutEnd = (response: http.ServerResponse): void => {
  const more = (): void => {
    while (!response.destroyed && response.write(Buffer.alloc(65_536, ' ')));
    if (!response.destroyed) response.once('drain', more)
  }
  more()
}

const key = async (): Promise<unknown> => awsKmsKey.load('awskms:///alias/release', newCall())
const listing = async (): Promise<unknown> => openS3(server.url).bucket('bucket').names('app/', 10, newCall())
const object = async (limit: number): Promise<unknown> =>
  openS3(server.url).bucket('bucket').get('app', limit, newCall())

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'someone')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'something secret')
  vi.stubEnv('AWS_REGION', 'eu-west-1')
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await server.stop()
})

describe('an answer of AWS without end', () => {
  it.each([
    ['key', key],
    ['storage', listing],
  ])('is hung up on where it would be read whole: a %s', async (service, ask) => {
    await open(200, withoutEnd)
    expect(await ask()).toMatchObject({
      kind: 'failed',
      problem: {
        code: 'limit-exceeded',
        service,
        message: expect.stringContaining('larger than 4194304 bytes') as string,
      },
    })
    await gone
  })

  it.each([
    ['a key', key],
    ['a listing', listing],
    ['an object', async () => object(1000)],
  ])('is what its status says where that is a refusal: %s', async (_, ask) => {
    await open(503, withoutEnd)
    expect(await ask()).toMatchObject({ kind: 'failed', problem: { code: 'server-error' } })
    await gone
  })

  it('is read as far as its reader wants where it is an object', async () => {
    await open(200, withoutEnd)
    expect(await object(5_000_000)).toMatchObject({ problem: { code: 'limit-exceeded' } })
    await gone
  })
})

describe('an answer of AWS with an end', () => {
  it('is read whole where it is an object, however long', async () => {
    await open(200, (response) => void response.end(Buffer.alloc(5_000_000, 'a')))
    expect(await object(5_000_000)).toMatchObject({ kind: 'found', value: { length: 5_000_000 } })
  })

  it('is what its bytes are up to the limit', async () => {
    const longest = 4 * 1024 * 1024
    await open(200, (response) => void response.end('{}'.padEnd(longest)))
    expect(await key()).toMatchObject({ problem: { code: 'response-invalid' } })
    await server.stop()
    await open(200, (response) => void response.end('{}'.padEnd(longest + 1)))
    expect(await key()).toMatchObject({ problem: { code: 'limit-exceeded' } })
  })
})
