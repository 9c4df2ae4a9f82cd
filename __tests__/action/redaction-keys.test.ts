import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { newCertificate } from '../harness/certificate.js'
import { sealKey } from '../harness/cosign-key.js'
import { expectEnding } from '../harness/endings.js'
import { expectNoSecret } from '../harness/leaks.js'
import { runAction, type RanAction, temporaryFolder } from '../harness/run.js'
import { openS3Server, type S3Server, sendError } from '../harness/s3.js'
import { newKey, signedImage, writeStore } from '../harness/store.js'
import { openWeb, type Web } from '../harness/web.js'

const key = newKey()
const bob = newKey()
const aws = { AWS_ACCESS_KEY_ID: 'someone', AWS_SECRET_ACCESS_KEY: 'something secret' }

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

/** A folder with a signed image. */
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

describe('the secrets in the URL of a key', () => {
  const user = 'pipeline-reader'
  const password = 'p@ss/w0rd+of:mine'
  const token = 'tok_5f2c9be1d07a44'
  const secrets = { user, password, token, pair: `${user}:${password}` }

  const run = async (...[answer]: Parameters<typeof openWeb>): Promise<{ ran: RanAction; web: Web }> => {
    const certificate = newCertificate()
    const web = await openWeb(answer, certificate)
    stops.push(web.stop)
    const cwd = store()
    writeFileSync(path.join(cwd, 'ca.pem'), certificate.cert)
    const login = `${user}:${encodeURIComponent(password)}`
    const url = `${web.url.replace('//', `//${login}@`)}/keys/alice.pub?token=${token}&v=1`
    const inputs = { image: 'local://store/app:v1', key: url, retries: '0' }
    return { ran: await runAction(inputs, { cwd, env: { SSL_CERT_FILE: 'ca.pem' } }), web }
  }

  it('are sent to the server and are in no log of a verified run', async () => {
    const { ran, web } = await run((_request, response) => void response.end(key.publicPem))
    expectEnding(ran, 'verified')
    const [request] = web.requests
    expect(request?.target).toBe(`/keys/alice.pub?token=${token}&v=1`)
    expect(request?.headers.authorization).toBe(
      `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
    )
    expectNoSecret(ran, secrets)
  })

  it.for([
    ['a key that did not sign', 200, bob.publicPem, 'unsigned'],
    ['a page', 200, 'no key', 'key-invalid'],
    ['401', 401, 'no', 'denied key'],
    ['404', 404, 'no', 'key-invalid'],
    ['500', 500, 'no', 'server-error key'],
  ] as const)('are in no log when it answers %s', async ([, status, body, expected]) => {
    const { ran } = await run((request, response) => {
      response.statusCode = status
      response.end(`${body}\n${request.target} ${String(request.headers.authorization)} ${password}`)
    })
    expectEnding(ran, expected)
    expectNoSecret(ran, secrets)
  })

  it.for([
    ['a query', (to: string) => `${to}/next?token=${token}`],
    ['a path', (to: string) => `${to}/login/${token}/${encodeURIComponent(password)}/${user}`],
    ['a user', (to: string) => `${to.replace('//', `//${user}:${encodeURIComponent(password)}@`)}/next`],
    ['another scheme', () => `gopher://${token}.test/${encodeURIComponent(password)}`],
    ['plain http', () => `http://key.test/${token}`],
  ] as const)('are in no log when it redirects with them in %s', async ([, next]) => {
    const { ran } = await run((request, response) => {
      response.statusCode = request.target.startsWith('/keys/') ? 302 : 500
      response.setHeader('location', next(`https://${String(request.headers.host)}`))
      if (response.statusCode === 500) response.removeHeader('location')
      response.end()
    })
    expect(ran.outputs['verdict']).toBe('undetermined')
    expectNoSecret(ran, secrets)
  })

  it('are not sent on to where it redirects', async () => {
    const { ran, web } = await run((request, response) => {
      if (request.target !== '/next') response.writeHead(302, { location: '/next' })
      response.end(key.publicPem)
    })
    expectEnding(ran, 'verified')
    expect(web.requests.map(({ target }) => target)).toEqual([`/keys/alice.pub?token=${token}&v=1`, '/next'])
    expect(web.requests[1]?.headers.authorization).toBeUndefined()
  })
})

describe('the content of an env:// key', () => {
  const { privateKey } = newKey()
  const plain = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const sealed = sealKey(key, 'the password of this key')
  const linesOf = (pem: string): Record<string, string> =>
    Object.fromEntries(
      pem
        .split('\n')
        .filter((one) => one.length > 20 && !one.startsWith('-----'))
        .map((one, at) => [`line ${at}`, one]),
    )

  it.for([
    ['a plain private key', plain, 'key-invalid'],
    ['an encrypted private key without its password', sealed, 'key-invalid'],
    ['a token', 'ghp_0123456789abcdefghijklmnopqrstuvwxyz', 'key-invalid'],
    ['a private key that is cut off', plain.slice(0, 120), 'key-invalid'],
  ] as const)('is in no log when it is %s', async ([, content, expected]) => {
    const inputs = { image: 'local://store/app:v1', key: 'env://RELEASE_KEY' }
    const ran = await runAction(inputs, { cwd: store(), env: { RELEASE_KEY: content } })
    expectEnding(ran, expected)
    expectNoSecret(ran, linesOf(content))
  })

  it('is in no log when a service sends it back', async () => {
    const s3 = await startS3()
    s3.fault('.json', 'always', (_request, response) => {
      sendError(response, 403, 'AccessDenied', `you sent ${plain.replaceAll('\n', ' ')}`)
    })
    const inputs = { image: 's3://bucket/app:v1', key: 'env://RELEASE_KEY', endpoint: s3.url }
    const ran = await runAction(inputs, { env: { ...aws, RELEASE_KEY: plain } })
    expect(ran.outputs['verdict']).toBe('undetermined')
    expectNoSecret(ran, linesOf(plain))
  })
})

describe('the password of a cosign.key', () => {
  const password = 'correct horse "battery" staple'
  const run = async (
    word: string,
    image: string,
    inputs: Readonly<Record<string, string>> = {},
  ): Promise<RanAction> => {
    const cwd = store()
    writeFileSync(path.join(cwd, 'cosign.key'), sealKey(key, password))
    const env = { ...aws, COSIGN_PASSWORD: word }
    return runAction({ image, key: 'cosign.key', ...inputs }, { cwd, env })
  }

  it('is in no log, right or wrong', async () => {
    const right = await run(password, 'local://store/app:v1')
    expectEnding(right, 'verified')
    const wrong = await run(`${password}!`, 'local://store/app:v1')
    expectEnding(wrong, 'key-invalid')
    for (const ran of [right, wrong]) expectNoSecret(ran, { password })
  })

  it('is in no log when a service sends it back', async () => {
    const s3 = await startS3()
    s3.fault('.json', 'always', (_request, response) => {
      sendError(response, 500, 'InternalError', `no ${password}`)
    })
    const ran = await run(password, 's3://bucket/app:v1', { endpoint: s3.url, retries: '1' })
    expectEnding(ran, 'server-error storage')
    expectNoSecret(ran, { password })
  })
})
