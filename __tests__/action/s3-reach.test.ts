import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Certificate, newCertificate } from '../harness/certificate.js'
import { expectEnding } from '../harness/endings.js'
import { runAction, type RanAction, temporaryFolder } from '../harness/run.js'
import { openS3Server, type S3Server } from '../harness/s3.js'
import { digestOf, manifest, newKey, signedImage } from '../harness/store.js'
import { openWeb } from '../harness/web.js'

const key = newKey()
const credentials = { AWS_ACCESS_KEY_ID: 'someone', AWS_SECRET_ACCESS_KEY: 'something secret' }

/** Reads the key from a server that first takes the store away: the image is there, its record is out of reach. */
async function loseBeforeRecord(
  lose: (s3: S3Server) => void | Promise<void>,
  { certificate, back = false }: { certificate?: Certificate; back?: boolean } = {},
): Promise<RanAction> {
  const s3 = await openS3Server(certificate)
  const sent = new Promise<void>((resolve) => {
    s3.fault('/manifest.json', 'always', (_request, response, usual) => {
      response.on('finish', resolve)
      usual()
    })
  })
  const web = await openWeb(async (_request, response) => {
    await sent
    await lose(s3)
    response.end(key.publicPem)
    if (back) setTimeout(() => void s3.restart(), 500)
  })
  try {
    s3.put('bucket', signedImage(key, 'bucket'))
    const inputs = { image: 's3://bucket/app:v1', key: `${web.url}/key.pub`, endpoint: s3.url }
    const env = { ...credentials, ...(certificate && { SSL_CERT_FILE: trusted(certificate) }) }
    return await runAction({ retries: back ? '6' : '1', timeout: '20s', ...inputs }, { env })
  } finally {
    await web.stop()
    await s3.stop()
  }
}

function trusted({ cert }: Certificate): string {
  const file = path.join(temporaryFolder(), 'ca.pem')
  writeFileSync(file, cert)
  return file
}

describe.concurrent('an S3 that cannot be reached', () => {
  const run = async (endpoint: string, env: Readonly<Record<string, string>> = {}): Promise<RanAction> => {
    const inputs = { image: 's3://bucket/app:v1', key: key.publicPem, endpoint, retries: '1', timeout: '20s' }
    return runAction(inputs, { env: { ...credentials, ...env } })
  }

  it('is undetermined where nobody listens', async () => {
    const s3 = await openS3Server()
    await s3.stop()
    const ran = await run(s3.url)
    expectEnding(ran, 'unreachable storage')
    expect(ran.document?.images[0]).toMatchObject({
      digest: null,
      attempts: [{ attempt: 2 }, { attempt: 2 }],
    })
  })

  it('is undetermined where the name leads nowhere', async () => {
    expectEnding(await run('https://nothing.invalid'), 'unreachable storage')
  })

  it('is undetermined where nobody vouches for the certificate, and verified where somebody does', async () => {
    const certificate = newCertificate()
    const s3 = await openS3Server(certificate)
    s3.put('bucket', signedImage(key, 'bucket'))
    const [stranger, other, known] = await Promise.all([
      run(s3.url),
      run(s3.url, { SSL_CERT_FILE: trusted(newCertificate()) }),
      run(s3.url, { SSL_CERT_FILE: trusted(certificate) }),
    ])
    await s3.stop()
    expectEnding(stranger, 'tls-failed storage')
    expectEnding(other, 'tls-failed storage')
    expectEnding(known, 'verified')
  })

  it('is undetermined without credentials, and asks nobody', async () => {
    const s3 = await openS3Server()
    const ran = await run(s3.url, { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' })
    await s3.stop()
    expectEnding(ran, 'denied storage')
    expect(s3.requests).toEqual([])
  })

  it('is undetermined when it goes away between the manifest and the record', async () => {
    const ran = await loseBeforeRecord(async (s3) => s3.stop())
    expectEnding(ran, 'unreachable storage')
    expect(ran.document?.images[0]?.digest).toBe(digestOf(manifest))
  })

  it('is verified when it comes back in time', async () => {
    const ran = await loseBeforeRecord(async (s3) => s3.stop(), { back: true })
    expectEnding(ran, 'verified')
  })

  it('is undetermined when its certificate changes between the manifest and the record', async () => {
    const ran = await loseBeforeRecord((s3) => s3.present(newCertificate()), {
      certificate: newCertificate(),
    })
    expectEnding(ran, 'tls-failed storage')
    expect(ran.document?.images[0]?.digest).toBe(digestOf(manifest))
  })
})
