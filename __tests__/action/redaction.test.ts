import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { expectEnding } from '../harness/endings.js'
import { expectNoSecret } from '../harness/leaks.js'
import { runAction, type RanAction, temporaryFolder } from '../harness/run.js'
import { openS3Server, type S3Server, sendError } from '../harness/s3.js'
import { newKey, signedImage, writeStore } from '../harness/store.js'
import { openWeb, type Web, type WebRequest } from '../harness/web.js'

const key = newKey()
const bob = newKey()
const secretKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
const sessionToken = 'FwoGZXIvYXdzEBYaDExampleToken//+abcdefgh=='
const aws = {
  AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: secretKey,
  AWS_SESSION_TOKEN: sessionToken,
  AWS_REGION: 'eu-west-1',
}

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

/** The signature in an Authorization header: with it, a request can be sent again for a while. */
function signatureOf(authorization: string | undefined): string {
  const found = /Signature=([0-9a-f]{64})/.exec(authorization ?? '')?.[1]
  if (found === undefined) throw new Error(`expected a signed request, got ${String(authorization)}`)
  return found
}

/** A folder with a signed image for runs that need no S3. */
function store(): string {
  const cwd = temporaryFolder()
  writeStore(path.join(cwd, 'store'), signedImage(key, 'store'))
  return cwd
}

async function startS3(): Promise<S3Server> {
  const s3 = await openS3Server()
  stops.push(s3.stop)
  s3.put('bucket', signedImage(key, 'bucket'))
  return s3
}

async function startWeb(...given: Parameters<typeof openWeb>): Promise<Web> {
  const web = await openWeb(...given)
  stops.push(web.stop)
  return web
}

describe('the secrets of S3', () => {
  const run = async (s3: S3Server, pem = key.publicPem): Promise<RanAction> =>
    runAction({ image: 's3://bucket/app:v1', key: pem, endpoint: s3.url, retries: '1' }, { env: aws })
  const secretsOf = (s3: S3Server): Record<string, string> => ({
    'secret access key': secretKey,
    'session token': sessionToken,
    ...Object.fromEntries(
      s3.requests.map(({ headers }, at) => [`signature ${at}`, signatureOf(headers.authorization)]),
    ),
  })

  it('are in no log of a verified, a rejected and a failed run', async () => {
    const s3 = await startS3()
    const [verified, rejected] = [await run(s3), await run(s3, bob.publicPem)]
    expectEnding(verified, 'verified')
    expectEnding(rejected, 'unsigned')
    expect(s3.requests[0]?.headers['x-amz-security-token']).toBe(sessionToken)
    s3.fault('', 'always', (_request, response) => sendError(response, 403, 'AccessDenied', 'no'))
    const failed = await run(s3)
    expectEnding(failed, 'denied storage')
    for (const ran of [verified, rejected, failed]) expectNoSecret(ran, secretsOf(s3))
  })

  it.for([403, 400, 429, 500, 503, 301])(
    'are in no log when the service sends them back with %i, in message and code',
    async (status) => {
      const s3 = await startS3()
      s3.fault('.json', 'always', ({ headers }, response) => {
        const { authorization = '' } = headers
        const echo = `${secretKey} ${sessionToken} ${authorization} ${encodeURIComponent(sessionToken)}`
        const code = `Bad-${signatureOf(authorization)}-${secretKey}`
        sendError(response, status, code, `The header was: ${echo}`)
      })
      const ran = await run(s3)
      expect(ran.outputs['verdict']).toBe('undetermined')
      expectNoSecret(ran, secretsOf(s3))
    },
  )

  it('are in no log when they come from a file and the service sends them back', async () => {
    const s3 = await startS3()
    s3.fault('.json', 'always', ({ headers }, response) => {
      const echo = `${String(headers['x-amz-security-token'])} ${String(headers.authorization)}`
      sendError(response, 403, 'AccessDenied', `The header was: ${echo}`)
    })
    const file = path.join(temporaryFolder(), 'credentials')
    const lines = ['[default]', 'aws_access_key_id = ASIAEXAMPLE', `aws_secret_access_key = ${secretKey}`]
    writeFileSync(file, [...lines, `aws_session_token = ${sessionToken}`].join('\n'))
    const inputs = { image: 's3://bucket/app:v1', key: key.publicPem, endpoint: s3.url }
    const ran = await runAction(inputs, { env: { AWS_SHARED_CREDENTIALS_FILE: file } })
    expectEnding(ran, 'denied storage')
    expect(s3.requests[0]?.headers['x-amz-security-token']).toBe(sessionToken)
    expectNoSecret(ran, secretsOf(s3))
  })

  it('are in no log when an object holds them', async () => {
    const s3 = await startS3()
    const record = { keyRef: secretKey, signedAt: sessionToken, digest: `sha256:${secretKey}` }
    s3.put('bucket', {
      [`manifests/app/v1/signatures/${key.id}.json`]: JSON.stringify({ schemaVersion: 2, ...record }),
    })
    const ran = await run(s3)
    expectEnding(ran, 'digest-mismatch')
    expectNoSecret(ran, secretsOf(s3))
  })
})

describe('the secrets of AWS KMS', () => {
  const reference = 'awskms:///alias/release-signer'
  const inputs = { image: 'local://store/app:v1', key: reference, retries: '1' }
  const run = async (kms: Web): Promise<RanAction> =>
    runAction(inputs, { cwd: store(), env: { ...aws, AWS_ENDPOINT_URL_KMS: kms.url } })
  const secretsOf = (kms: Web): Record<string, string> => ({
    'secret access key': secretKey,
    'session token': sessionToken,
    ...Object.fromEntries(
      kms.requests.map(({ headers }, at) => [`signature ${at}`, signatureOf(headers.authorization)]),
    ),
  })

  it('are in no log of a run that works', async () => {
    const spki = Buffer.from(key.publicPem.replace(/-----[^-]+-----|\s/g, ''), 'base64')
    const body = { KeyId: 'k', KeyUsage: 'SIGN_VERIFY', PublicKey: spki.toString('base64') }
    const kms = await startWeb((_request, response) => {
      response.setHeader('content-type', 'application/x-amz-json-1.1')
      response.end(JSON.stringify(body))
    })
    const ran = await run(kms)
    expectEnding(ran, 'verified')
    expectNoSecret(ran, secretsOf(kms))
  })

  it.for([
    [400, 'AccessDeniedException'],
    [400, 'NotFoundException'],
    [400, 'ThrottlingException'],
    [400, 'IncompleteSignatureException'],
    [403, 'Forbidden'],
    [500, 'KMSInternalException'],
  ] as const)('are in no log when the service sends them back with %i %s', async ([status, type]) => {
    const kms = await startWeb(({ headers }: WebRequest, response) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' })
      const echo = `${secretKey} ${sessionToken} ${String(headers.authorization)}`
      response.end(JSON.stringify({ __type: type, message: `the header was ${echo}` }))
    })
    const ran = await run(kms)
    expect(ran.outputs['verdict']).toBe('undetermined')
    expectNoSecret(ran, secretsOf(kms))
  })
})
