import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type Certificate, newCertificate, newCertificateFor } from '../harness/certificate.js'
import { expectEnding } from '../harness/endings.js'
import { openTlsFront } from '../harness/tls-front.js'
import { openSigned, type SignedRegistry } from '../harness/registry-guarded.js'
import { temporaryFolder } from '../harness/run.js'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  // The last first: a proxy keeps connections to the servers that stand behind it.
  for (const stop of stops.splice(0).reverse()) await stop()
})

function fileOf(text: string): string {
  const file = path.join(temporaryFolder(), 'ca.pem')
  writeFileSync(file, text)
  return file
}

/** A registry that speaks TLS, and says so to those who do not, as Go's servers do. */
async function start(
  certificate: Certificate,
): Promise<{ registry: SignedRegistry; host: string; image: string }> {
  const registry = await openSigned(undefined, { certificate })
  const front = await openTlsFront(registry.port)
  stops.push(registry.stop, front.stop)
  const host = `127.0.0.1:${front.port}`
  return { registry, host, image: `${host}/app:v1` }
}

describe('a registry with a certificate of its own', () => {
  it('is trusted with registry-cacert', async () => {
    const certificate = newCertificate()
    const { registry, image } = await start(certificate)
    const ran = await registry.verify({ image, 'registry-cacert': fileOf(certificate.cert) })
    expectEnding(ran, 'verified', registry.digest)
  })

  it('is trusted with one of several in registry-cacert', async () => {
    const certificate = newCertificate()
    const { registry, image } = await start(certificate)
    const both = `${newCertificateFor([], 'another').cert}${certificate.cert}`
    expectEnding(
      await registry.verify({ image, 'registry-cacert': fileOf(both) }),
      'verified',
      registry.digest,
    )
  })

  it('is trusted with SSL_CERT_FILE', async () => {
    const certificate = newCertificate()
    const { registry, image } = await start(certificate)
    const env = { SSL_CERT_FILE: fileOf(certificate.cert) }
    expectEnding(await registry.verify({ image }, { env }), 'verified', registry.digest)
  })

  it('is trusted with SSL_CERT_FILE beside another authority in registry-cacert', async () => {
    const certificate = newCertificate()
    const { registry, image } = await start(certificate)
    const env = { SSL_CERT_FILE: fileOf(certificate.cert) }
    const ran = await registry.verify({ image, 'registry-cacert': fileOf(newCertificate().cert) }, { env })
    expectEnding(ran, 'verified', registry.digest)
  })

  it('is not trusted with nothing, or with another authority', async () => {
    const { registry, image } = await start(newCertificate())
    const other = fileOf(newCertificate().cert)
    expectEnding(await registry.verify({ image }), 'tls-failed registry')
    expectEnding(await registry.verify({ image, 'registry-cacert': other }), 'tls-failed registry')
    expectEnding(await registry.verify({ image }, { env: { SSL_CERT_FILE: other } }), 'tls-failed registry')
    expect(registry.requests).toEqual([])
  })

  it.for([
    ['is not there', '/nonexistent/ca.pem'],
    ['holds no certificate', fileOf('no certificate')],
    [
      'holds one that cannot be read',
      fileOf('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'),
    ],
  ] as const)('a registry-cacert that %s is a wrong input', async ([, file]) => {
    const { registry, image } = await start(newCertificate())
    expectEnding(await registry.verify({ image, 'registry-cacert': file }), 'input-invalid')
  })

  it('is read unchecked where the user says so, and only there', async () => {
    const { registry, host, image } = await start(newCertificate())
    const verify = async (hosts: string): Promise<Awaited<ReturnType<SignedRegistry['verify']>>> =>
      registry.verify({ image, 'allow-insecure-registry': hosts })
    expectEnding(await verify('true'), 'verified', registry.digest)
    expectEnding(await verify(`registry.invalid,${host}`), 'verified', registry.digest)
    expectEnding(await verify('registry.invalid'), 'tls-failed registry')
  })

  it('hands no leave to check nothing on to where it sends for a blob', async () => {
    const { registry, image } = await start(newCertificate())
    const other = await openSigned(undefined, { certificate: newCertificate() })
    stops.push(other.stop)
    registry.fault('app', 'blob', 'always', (response, _usual, { target }) => {
      response.writeHead(307, { location: `${other.url}${target}` })
      response.end()
    })
    expectEnding(await registry.verify({ image, 'allow-insecure-registry': 'true' }), 'tls-failed registry')
    expect(other.requests).toEqual([])
  })

  it('is not left for plain http when it sends on', async () => {
    const certificate = newCertificate()
    const { registry, image } = await start(certificate)
    const plain = await openSigned()
    stops.push(plain.stop)
    registry.fault('app', 'blob', 'always', (response, _usual, { target }) => {
      response.writeHead(307, { location: `${plain.url}${target}` })
      response.end()
    })
    const ran = await registry.verify({ image, 'registry-cacert': fileOf(certificate.cert) })
    expectEnding(ran, 'response-invalid registry')
    expect(plain.requests).toEqual([])
  })
})

describe('plain http', () => {
  it.for(['127.0.0.1', 'localhost'])('is spoken with %s', async (name) => {
    const registry = await openSigned()
    stops.push(registry.stop)
    expectEnding(
      await registry.verify({ image: `${name}:${registry.port}/app:v1` }),
      'verified',
      registry.digest,
    )
  })

  it('is not what a registry with its own authority is spoken with', async () => {
    const registry = await openSigned()
    stops.push(registry.stop)
    const ran = await registry.verify({ 'registry-cacert': fileOf(newCertificate().cert) })
    expectEnding(ran, 'tls-failed registry')
    expect(registry.requests).toEqual([])
  })
})
