import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Trust } from '../../src/network/agents.js'
import type { Reply } from '../../src/network/exchange.js'
import type { Lookup } from '../../src/network/lookup.js'
import { newCall } from '../harness/call.js'
import { type Certificate, newCertificate } from '../harness/certificate.js'
import { certificateFor } from '../harness/foreign-certificate.js'
import { openRaw } from '../harness/raw-server.js'
import { temporaryFolder } from '../harness/run.js'
import { openWeb, type Web } from '../harness/web.js'

const open: { stop: () => Promise<void> }[] = []
afterEach(async () => {
  vi.unstubAllEnvs()
  await Promise.all(open.splice(0).map(async (server) => server.stop()))
})

async function serving(certificate?: Certificate): Promise<Web> {
  const server = await openWeb((_request, response) => void response.end('it'), certificate)
  open.push(server)
  return server
}

function file(text: string): string {
  const name = path.join(temporaryFolder(), 'ca.pem')
  writeFileSync(name, text)
  return name
}

/** Asks as a new run does: what the environment says about certificates is read once a run. */
async function asking(url: string, trust: Trust = {}, sslCertFile = ''): Promise<Lookup<Reply>> {
  vi.stubEnv('SSL_CERT_FILE', sslCertFile)
  vi.resetModules()
  const { exchange } = await import('../../src/network/exchange.js')
  return exchange({ url: new URL(url), service: 'registry', limit: 1000, trust }, newCall())
}

const refused = { kind: 'failed', problem: { code: 'tls-failed', service: 'registry' } }

describe('a certificate', () => {
  it('that nobody vouches for is refused before anything is asked', async () => {
    const server = await serving(newCertificate())
    expect(await asking(server.url)).toMatchObject(refused)
    expect(server.requests).toEqual([])
  })

  it('is trusted when its authority is given, and none but that', async () => {
    const [mine, other] = [newCertificate(), certificateFor('elsewhere.example')]
    const server = await serving(mine)
    expect(await asking(server.url, { ca: other.cert })).toMatchObject(refused)
    expect(await asking(server.url, { ca: other.cert + mine.cert })).toMatchObject({ kind: 'found' })
  })

  it('is trusted when SSL_CERT_FILE has its authority, also beside one that is given', async () => {
    const [mine, other] = [newCertificate(), newCertificate()]
    const server = await serving(mine)
    expect(await asking(server.url, {}, file(mine.cert))).toMatchObject({ kind: 'found' })
    expect(await asking(server.url, { ca: other.cert }, file(mine.cert))).toMatchObject({ kind: 'found' })
    expect(await asking(server.url, {}, file(other.cert))).toMatchObject(refused)
  })

  it('of another host is refused, whoever vouches for it', async () => {
    const certificate = certificateFor('elsewhere.example')
    const server = await serving(certificate)
    const answer = await asking(server.url, { ca: certificate.cert })
    expect(answer).toMatchObject(refused)
    expect(answer.kind === 'failed' && answer.problem.message).toContain('127.0.0.1')
    expect(server.requests).toEqual([])
  })

  it('is not looked at where the user named the host for that', async () => {
    const server = await serving(certificateFor('elsewhere.example'))
    expect(await asking(server.url, { insecure: true })).toMatchObject({ kind: 'found' })
    // Leave for one question is none for the next.
    expect(await asking(server.url)).toMatchObject(refused)
  })
})

describe('a server that speaks no TLS', () => {
  it('is refused, and learns nothing of what would have been asked', async () => {
    const server = await serving()
    const secure = `${server.url.replace('http:', 'https:')}/secret-path`
    expect(await asking(secure)).toMatchObject(refused)
    expect(server.requests).toEqual([])
  })

  it('and hangs up is out of reach', async () => {
    const server = await openRaw((socket) => socket.resetAndDestroy())
    open.push(server)
    const answer = await asking(server.url.replace('http:', 'https:'))
    expect(answer).toMatchObject({ kind: 'failed', problem: { code: 'unreachable' } })
  })
})

describe('an SSL_CERT_FILE', () => {
  it('that is not there is a wrong setting of whoever set it, and is named', async () => {
    const server = await serving(newCertificate())
    const missing = path.join(temporaryFolder(), 'missing.pem')
    const answer = await asking(server.url, {}, missing)
    expect(answer).toMatchObject({ kind: 'failed', problem: { code: 'input-invalid' } })
    expect(answer.kind === 'failed' && answer.problem.message).toMatch(/SSL_CERT_FILE: .*missing\.pem/)
  })

  it('without a certificate in it vouches for nobody', async () => {
    const server = await serving(newCertificate())
    for (const text of ['', 'no certificate\n']) {
      expect(await asking(server.url, {}, file(text))).toMatchObject(refused)
    }
  })

  it('is not read where nothing is encrypted', async () => {
    const server = await serving()
    expect(await asking(server.url, {}, path.join(temporaryFolder(), 'missing.pem'))).toMatchObject({
      kind: 'found',
    })
  })
})
