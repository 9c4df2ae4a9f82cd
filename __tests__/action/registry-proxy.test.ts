import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { newCertificateFor } from '../harness/certificate.js'
import { expectEnding } from '../harness/endings.js'
import { expectNoSecret } from '../harness/leaks.js'
import { type NamedHostsProxy, openNamedHostsProxy, refusing } from '../harness/named-hosts-proxy.js'
import { openSigned, type SignedRegistry } from '../harness/registry-guarded.js'
import { temporaryFolder } from '../harness/run.js'

const certificate = newCertificateFor(['registry.test'])
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

const image = 'registry.test/app:v1'
const lines = ({ requests }: NamedHostsProxy): readonly string[] => [
  ...new Set(requests.map(({ line }) => line)),
]

describe('a registry behind a proxy', () => {
  it.for(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'])('is reached through %s', async (name) => {
    const registry = await startRegistry()
    const proxy = await startProxy({ 'registry.test': registry.port })
    const ran = await registry.verify({ image }, { env: { ...trusting, [name]: proxy.url } })
    expectEnding(ran, 'verified', registry.digest)
    expect(lines(proxy)).toEqual(['CONNECT registry.test:443'])
  })

  it('is reached through a proxy that is named without a scheme', async () => {
    const registry = await startRegistry()
    const proxy = await startProxy({ 'registry.test': registry.port })
    const env = { ...trusting, HTTPS_PROXY: proxy.url.replace('http://', '') }
    expectEnding(await registry.verify({ image }, { env }), 'verified', registry.digest)
  })

  it('is trusted by registry-cacert there too, and by nothing less', async () => {
    const registry = await startRegistry()
    const proxy = await startProxy({ 'registry.test': registry.port })
    const env = { HTTPS_PROXY: proxy.url }
    const ran = await registry.verify({ image, 'registry-cacert': authority }, { env })
    expectEnding(ran, 'verified', registry.digest)
    expectEnding(await registry.verify({ image }, { env }), 'tls-failed registry')
  })

  it('is read unchecked there where the user says so', async () => {
    const registry = await startRegistry()
    const proxy = await startProxy({ 'registry.test': registry.port })
    const ran = await registry.verify(
      { image, 'allow-insecure-registry': 'registry.test' },
      { env: { HTTPS_PROXY: proxy.url } },
    )
    expectEnding(ran, 'verified', registry.digest)
  })

  it('must have a certificate for its name', async () => {
    const registry = await startRegistry()
    const proxy = await startProxy({ 'other.test': registry.port })
    const env = { ...trusting, HTTPS_PROXY: proxy.url }
    expectEnding(await registry.verify({ image: 'other.test/app:v1' }, { env }), 'tls-failed registry')
    expect(registry.requests).toEqual([])
  })

  it.for(['registry.test', '.test', '*'])('is not asked for there with NO_PROXY=%s', async (without) => {
    const registry = await startRegistry()
    const proxy = await startProxy({ 'registry.test': registry.port })
    const env = { ...trusting, HTTPS_PROXY: proxy.url, NO_PROXY: without }
    expectEnding(await registry.verify({ image }, { env }), 'unreachable registry')
    expect(lines(proxy)).toEqual([])
  })

  it('is not asked for there on this machine', async () => {
    const registry = await startRegistry(false)
    const proxy = await startProxy({ '127.0.0.1': registry.port, localhost: registry.port })
    const env = { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url, ALL_PROXY: proxy.url }
    const images = ['127.0.0.1', 'localhost'].map((host) => `${host}:${registry.port}/app:v1`).join('\n')
    expectEnding(await registry.verify({ image: images }, { env }), 'verified', registry.digest)
    expect(lines(proxy)).toEqual([])
  })

  it('gets the login of the proxy, which nobody else sees', async () => {
    const registry = await startRegistry()
    const proxy = await startProxy({ 'registry.test': registry.port })
    const password = 'proxy-password'
    const env = { ...trusting, HTTPS_PROXY: proxy.url.replace('http://', `http://someone:${password}@`) }
    const ran = await registry.verify({ image }, { env })
    expectEnding(ran, 'verified', registry.digest)
    const basic = Buffer.from(`someone:${password}`).toString('base64')
    expect(new Set(proxy.requests.map(({ authorization }) => authorization))).toEqual(
      new Set([`Basic ${basic}`]),
    )
    expectNoSecret(ran, { password, basic })
    const sent = registry.requests.filter(({ headers }) => headers['proxy-authorization'] !== undefined)
    expect(sent).toEqual([])
  })

  it.for([
    ['407 Proxy Authentication Required', 'denied registry'],
    ['403 Forbidden', 'denied registry'],
    ['404 Not Found', 'response-invalid registry'],
    ['502 Bad Gateway', 'server-error registry'],
  ] as const)('is undetermined when the proxy answers %s', async ([status, expected]) => {
    const registry = await startRegistry()
    const proxy = await startProxy({ 'registry.test': registry.port }, refusing(status))
    const env = { ...trusting, HTTPS_PROXY: proxy.url }
    expectEnding(await registry.verify({ image }, { env }), expected)
    expect(registry.requests).toEqual([])
  })

  it('is undetermined when nobody listens there, and its password is not shown', async () => {
    const registry = await startRegistry()
    const env = { ...trusting, HTTPS_PROXY: 'http://someone:proxy-password@127.0.0.1:1' }
    const ran = await registry.verify({ image }, { env })
    expectEnding(ran, 'unreachable registry')
    expectNoSecret(ran, { password: 'proxy-password' })
  })

  // The answers for the image came through: a proxy that refuses what follows is no registry that says "none".
  it('is not called unsigned when only later connections are refused', async () => {
    const registry = await startRegistry()
    registry.fault('app', 'tag', 'always', (response, { status, headers, body }) => {
      response.writeHead(status, { ...headers, connection: 'close' })
      response.end(body)
    })
    const proxy = await startProxy({ 'registry.test': registry.port }, refusing('404 Not Found', { from: 2 }))
    const ran = await registry.verify({ image }, { env: { ...trusting, HTTPS_PROXY: proxy.url } })
    expectEnding(ran, 'response-invalid registry')
    expect(ran.outputs['digest']).toBe(registry.digest)
  })
})

describe('plain http beyond this machine', () => {
  const plain = 'registry.test:5000/app:v1'

  it.for(['', 'false', 'other.test:5000'])('is not spoken with allow-http-registry=%s', async (allowed) => {
    const registry = await startRegistry(false)
    const proxy = await startProxy({ 'registry.test': registry.port })
    const env = { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url }
    const ran = await registry.verify({ image: plain, 'allow-http-registry': allowed }, { env })
    expectEnding(ran, 'tls-failed registry')
    expect(registry.requests).toEqual([])
    expect(lines(proxy)).toEqual(['CONNECT registry.test:5000'])
  })

  it.for(['true', 'registry.test:5000'])(
    'is spoken with allow-http-registry=%s, after https',
    async (allowed) => {
      const registry = await startRegistry(false)
      const proxy = await startProxy({ 'registry.test': registry.port })
      const env = { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url }
      const ran = await registry.verify({ image: plain, 'allow-http-registry': allowed }, { env })
      expectEnding(ran, 'verified', registry.digest)
      const [first, second] = lines(proxy)
      expect(first).toBe('CONNECT registry.test:5000')
      expect(second).toBe('GET http://registry.test:5000/v2/app/manifests/v1')
    },
  )

  it('is not spoken where https works', async () => {
    const registry = await startRegistry()
    const proxy = await startProxy({ 'registry.test': registry.port })
    const env = { ...trusting, HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url }
    const ran = await registry.verify({ image, 'allow-http-registry': 'true' }, { env })
    expectEnding(ran, 'verified', registry.digest)
    expect(lines(proxy)).toEqual(['CONNECT registry.test:443'])
  })

  it('is not spoken where a registry sends on to', async () => {
    const registry = await startRegistry(false)
    const other = await startRegistry(false)
    const proxy = await startProxy({ 'other.test': other.port })
    registry.fault('app', 'tag', 'always', (response, _usual, { target }) => {
      response.writeHead(307, { location: `http://other.test${target}` })
      response.end()
    })
    const ran = await registry.verify({}, { env: { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url } })
    expectEnding(ran, 'response-invalid registry')
    expect(lines(proxy)).toEqual([])
  })
})
