import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { newCertificateFor } from '../harness/certificate.js'
import { expectEnding } from '../harness/endings.js'
import { type NamedHostsProxy, openNamedHostsProxy, refusing } from '../harness/named-hosts-proxy.js'
import { openSigned, signer, type SignedRegistry } from '../harness/registry-guarded.js'
import { runAction, type RanAction, temporaryFolder } from '../harness/run.js'
import { openS3Server, type S3Server } from '../harness/s3.js'
import { signedImage } from '../harness/store.js'
import { openWeb } from '../harness/web.js'

const certificate = newCertificateFor(['registry.test', 's3.test', 'keys.test'])
const authority = path.join(temporaryFolder(), 'ca.pem')
writeFileSync(authority, certificate.cert)
const trusting = { SSL_CERT_FILE: authority }

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  // The last first: a proxy keeps connections to the servers that stand behind it.
  for (const stop of stops.splice(0).reverse()) await stop()
})

async function startRegistry(secure = true): Promise<SignedRegistry> {
  const registry = await openSigned(undefined, secure ? { certificate } : {})
  stops.push(registry.stop)
  return registry
}

async function startProxy(...given: Parameters<typeof openNamedHostsProxy>): Promise<NamedHostsProxy> {
  const proxy = await openNamedHostsProxy(...given)
  stops.push(proxy.stop)
  return proxy
}

const lines = ({ requests }: NamedHostsProxy): readonly string[] => [
  ...new Set(requests.map(({ line }) => line)),
]

/** What S3 says of a record that is not there; it is not the proxy's to say. */
const noSuchKey = '<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>'

describe('S3 and keys behind a proxy', () => {
  const credentials = { AWS_ACCESS_KEY_ID: 'someone', AWS_SECRET_ACCESS_KEY: 'something secret' }
  const startS3 = async (secure: boolean): Promise<S3Server> => {
    const s3 = await openS3Server(secure ? certificate : undefined)
    stops.push(s3.stop)
    s3.put('bucket', signedImage(signer, 'bucket'))
    return s3
  }
  const verify = async (endpoint: string, env: Readonly<Record<string, string>>): Promise<RanAction> => {
    const inputs = {
      image: 's3://bucket/app:v1',
      key: signer.publicPem,
      endpoint,
      retries: '1',
      timeout: '20s',
    }
    return runAction(inputs, { env: { ...credentials, ...trusting, ...env } })
  }

  it('S3 is reached there', async () => {
    const s3 = await startS3(true)
    const proxy = await startProxy({ 's3.test': s3.port })
    const ran = await verify('https://s3.test', { HTTPS_PROXY: proxy.url })
    expectEnding(ran, 'verified')
    expect(lines(proxy)).toEqual(['CONNECT s3.test:443'])
    expect(ran.document?.calls.map(({ host }) => host)).toEqual(['s3.test'])
  })

  it('S3 without TLS is reached there', async () => {
    const s3 = await startS3(false)
    const proxy = await startProxy({ 's3.test': s3.port })
    expectEnding(await verify('http://s3.test:9000', { HTTP_PROXY: proxy.url }), 'verified')
    expect(lines(proxy)[0]).toMatch(/^GET http:\/\/s3\.test:9000\/bucket\/manifests\/app\/v1\//)
  })

  it('S3 is not asked for there with NO_PROXY, or on this machine', async () => {
    const s3 = await startS3(true)
    const proxy = await startProxy({ 's3.test': s3.port, '127.0.0.1': s3.port })
    const env = { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url }
    expectEnding(await verify('https://s3.test', { ...env, NO_PROXY: 's3.test' }), 'unreachable storage')
    expectEnding(await verify(s3.url, env), 'verified')
    expect(lines(proxy)).toEqual([])
  })

  it.for([
    ['407 Proxy Authentication Required', 'denied storage'],
    ['404 Not Found', 'response-invalid storage'],
    ['502 Bad Gateway', 'server-error storage'],
  ] as const)('S3 is undetermined when the proxy answers %s', async ([status, expected]) => {
    const s3 = await startS3(true)
    const proxy = await startProxy({ 's3.test': s3.port }, refusing(status, { body: noSuchKey }))
    expectEnding(await verify('https://s3.test', { HTTPS_PROXY: proxy.url }), expected)
    expect(s3.requests).toEqual([])
  })

  // The manifest came through: a proxy that refuses what follows is no S3 that says "no such record".
  it('S3 is not said to hold no record when only later connections are refused', async () => {
    const s3 = await startS3(true)
    s3.fault('/manifest.json', 'always', (_request, response, usual) => {
      response.setHeader('connection', 'close')
      usual()
    })
    const proxy = await startProxy(
      { 's3.test': s3.port },
      refusing('404 Not Found', { from: 2, body: noSuchKey }),
    )
    expectEnding(await verify('https://s3.test', { HTTPS_PROXY: proxy.url }), 'response-invalid storage')
  })

  it('a key on a web server is reached there', async () => {
    const web = await openWeb((_request, response) => void response.end(signer.publicPem), certificate)
    stops.push(web.stop)
    const registry = await startRegistry()
    const proxy = await startProxy({
      'keys.test': Number(new URL(web.url).port),
      'registry.test': registry.port,
    })
    const env = { ...trusting, HTTPS_PROXY: proxy.url }
    const ran = await registry.verify(
      { image: 'registry.test/app:v1', key: 'https://keys.test/key.pub' },
      { env },
    )
    expectEnding(ran, 'verified', registry.digest)
    expect(lines(proxy).toSorted()).toEqual(['CONNECT keys.test:443', 'CONNECT registry.test:443'])
  })
})
