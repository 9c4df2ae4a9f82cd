import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { azureConnection, azureKey, openAzureServer } from '../harness/azure.js'
import type { CloudServer } from '../harness/cloud-server.js'
import { changedIn, flips, keyIn, newDeepImage, objectsOf } from '../harness/deep-images.js'
import { expectEnding } from '../harness/endings.js'
import { openGcsServer } from '../harness/gcs.js'
import { runAction, type RanAction } from '../harness/run.js'
import { newKey } from '../harness/store.js'

const key = newKey()

describe.each([
  ['gs', openGcsServer, ({ url }: CloudServer) => ({ STORAGE_EMULATOR_HOST: url })],
  [
    'az',
    async () => openAzureServer('account'),
    (server: CloudServer) => ({
      AZURE_STORAGE_CONNECTION_STRING: azureConnection(server, 'account', `AccountKey=${azureKey}`),
    }),
  ],
] as const)('an image in a store of %s, read whole', (scheme, open, environment) => {
  let server: CloudServer
  beforeAll(async () => {
    server = await open()
  })
  afterAll(async () => server.stop())

  let count = 0
  /** Lays an image under a name of its own and verifies it. */
  const verify = async (image = newDeepImage({ chunked: true })): Promise<RanAction> => {
    const name = `images${count++}`
    server.put(name, objectsOf(image, key, name))
    const inputs = { image: `${scheme}://${name}/app:v1`, key: key.publicPem, deep: 'true', retries: '0' }
    return runAction(inputs, { env: environment(server) })
  }

  it.each([{}, { chunked: true }, { index: true }])('is verified: %o', async (shape) => {
    const image = newDeepImage(shape)
    expectEnding(await verify(image), 'verified', image.digest)
  })

  it('is rejected for a flipped byte, and the file is named', async () => {
    const changed = flips(newDeepImage({ chunked: true }), 97)
    expect(changed.length).toBeGreaterThan(5)
    for (const { image, key: file } of changed) {
      const ran = await verify(image)
      expectEnding(ran, 'digest-mismatch')
      expect(JSON.stringify(ran.document?.images[0]?.findings)).toContain(file.split('/').at(-1))
    }
  })

  it('is rejected for a chunk that is not there', async () => {
    const image = newDeepImage({ chunked: true })
    expectEnding(await verify(changedIn(image, { [keyIn(image, 'chunks')]: undefined })), 'digest-mismatch')
  })

  it('is not judged by a store that goes down halfway', async () => {
    const image = newDeepImage({ chunked: true })
    const chunk = keyIn(image, 'chunks')
    server.fault(chunk, 'always', (_, response) => void response.socket?.destroy())
    expectEnding(await verify(image), 'unreachable storage')
  })
})
