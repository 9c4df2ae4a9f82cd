import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Trust } from '../../src/network/agents.js'
import { exchange, type Reply } from '../../src/network/exchange.js'
import { download } from '../../src/network/https.js'
import type { Lookup } from '../../src/network/lookup.js'
import { newCall } from '../harness/call.js'
import { certificateFor } from '../harness/foreign-certificate.js'
import { openProxy, type Proxy } from '../harness/proxy.js'
import { openRaw } from '../harness/raw-server.js'
import { openWeb, type Web } from '../harness/web.js'

const service = 'service.example'
const open: { stop: () => Promise<void> }[] = []
afterEach(async () => {
  vi.unstubAllEnvs()
  await Promise.all(open.splice(0).map(async (server) => server.stop()))
})

async function proxy(tunnel: number | string): Promise<Proxy> {
  const server = await openProxy(tunnel)
  open.push(server)
  vi.stubEnv('HTTPS_PROXY', `http://someone:hunter2@${server.host}`)
  vi.stubEnv('NO_PROXY', '')
  return server
}

async function web(certificate: Parameters<typeof openWeb>[1]): Promise<Web> {
  const server = await openWeb((_request, response) => void response.end('it'), certificate)
  open.push(server)
  return server
}

async function asking(trust: Trust = {}): Promise<Lookup<Reply>> {
  const question = { url: new URL(`https://${service}/a`), service: 'registry', limit: 1000 } as const
  const headers = { authorization: 'Bearer token-of-the-service' }
  return exchange({ ...question, headers, trust }, newCall())
}

describe('a tunnel through a proxy', () => {
  it('leads to the service, and each learns what is meant for it and nothing else', async () => {
    const certificate = certificateFor(service)
    const far = await web(certificate)
    const way = await proxy(Number(new URL(far.url).port))
    const answer = await asking({ ca: certificate.cert })
    expect(answer, JSON.stringify(answer)).toMatchObject({ kind: 'found', value: { status: 200 } })
    expect(way.asked).toMatchObject([
      {
        line: `CONNECT ${service}:443`,
        headers: { 'proxy-authorization': `Basic ${Buffer.from('someone:hunter2').toString('base64')}` },
      },
    ])
    expect(JSON.stringify(way.asked)).not.toContain('token-of-the-service')
    expect(far.requests[0]?.headers.authorization).toBe('Bearer token-of-the-service')
    expect(far.requests[0]?.headers).not.toHaveProperty('proxy-authorization')
  })

  it('leads to a service whose certificate is not checked only where that was asked for', async () => {
    const far = await web(certificateFor('other.example'))
    await proxy(Number(new URL(far.url).port))
    expect(await asking({ insecure: true })).toMatchObject({ kind: 'found' })
    expect(await asking({ insecure: false })).toMatchObject({ problem: { code: 'tls-failed' } })
  })

  it('is no way around certificates: neither a stranger’s nor one of another host', async () => {
    const [mine, other] = [certificateFor(service), certificateFor('other.example')]
    const far = await web(other)
    await proxy(Number(new URL(far.url).port))
    for (const trust of [{}, { ca: mine.cert }, { ca: other.cert }]) {
      expect(await asking(trust)).toMatchObject({ kind: 'failed', problem: { code: 'tls-failed' } })
    }
    expect(far.requests).toEqual([])
  })
})

describe('a proxy that opens no tunnel', () => {
  const says = (status: string, body = ''): string =>
    `HTTP/1.1 ${status}\r\ncontent-length: ${body.length}\r\n\r\n${body}`
  const oci = '{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}'

  // It is between us and the service: nothing that it says is the service's word, least of all that something is absent.
  it.each([
    ['404 Not Found', '', 'response-invalid'],
    ['404 Not Found', oci, 'response-invalid'],
    ['410 Gone', '', 'response-invalid'],
    ['302 Found', '', 'response-invalid'],
    ['201 Created', 'a key', 'response-invalid'],
    ['401 Unauthorized', '', 'denied'],
    ['403 Forbidden', '<html>not allowed</html>', 'denied'],
    ['407 Proxy Authentication Required', '', 'denied'],
    ['429 Too Many Requests', '', 'rate-limited'],
    ['502 Bad Gateway', '', 'server-error'],
    ['503 Service Unavailable', '', 'server-error'],
    ['504 Gateway Timeout', '', 'timeout'],
  ])('%s %s: %s', async (status, body, code) => {
    await proxy(says(status, body))
    const message = `https://${service}/a: the proxy answered ${status.slice(0, 3)}`
    expect(await asking()).toEqual({ kind: 'failed', problem: { code, service: 'registry', message } })
  })

  it('but hangs up leaves everything open', async () => {
    await proxy('')
    expect(await asking()).toMatchObject({ kind: 'failed', problem: { code: 'unreachable' } })
  })

  it('but speaks no HTTP leaves everything open', async () => {
    await proxy('220 mail.example ready\r\n\r\n')
    expect((await asking()).kind).toBe('failed')
  })

  it('and says nothing at all is waited for until the time is over', async () => {
    const stop = new AbortController()
    const silent = await openRaw(() => setTimeout(() => stop.abort(), 50))
    open.push(silent)
    vi.stubEnv('HTTPS_PROXY', silent.url)
    const question = { url: new URL(`https://${service}/a`), service: 'registry', limit: 1000 } as const
    expect(await exchange(question, newCall({ signal: stop.signal }))).toMatchObject({
      kind: 'failed',
      problem: { code: 'timeout' },
    })
  })

  it('keeps no place in the line for what it refused', async () => {
    const way = await proxy(says('503 Service Unavailable'))
    for (let at = 0; at < 30; at++) {
      expect(await asking()).toMatchObject({ problem: { code: 'server-error' } })
    }
    expect(way.asked).toHaveLength(30)
  })

  it('does not make a key absent', async () => {
    const way = await proxy(says('404 Not Found'))
    const question = { url: new URL(`https://${service}/a.pub`), service: 'key', limit: 1000 } as const
    expect(await download(question, newCall())).toMatchObject({ kind: 'failed' })
    expect(way.asked).toHaveLength(1)
  })

  it('is asked again where that may help', async () => {
    const way = await proxy(says('503 Service Unavailable'))
    const question = { url: new URL(`https://${service}/a.pub`), service: 'key', limit: 1000 } as const
    expect(await download(question, newCall({ retries: 1 }))).toMatchObject({
      problem: { code: 'server-error' },
    })
    expect(way.asked).toHaveLength(2)
  })
})

describe('a proxy for plain http', () => {
  it('answers for the service: nobody could tell', async () => {
    const server = await openWeb((_request, response) => void response.writeHead(404).end())
    open.push(server)
    vi.stubEnv('HTTP_PROXY', server.url)
    vi.stubEnv('NO_PROXY', '')
    const question = { url: new URL(`http://${service}/a`), service: 'registry', limit: 1000 } as const
    expect(await exchange(question, newCall())).toMatchObject({ kind: 'found', value: { status: 404 } })
    expect(server.requests).toMatchObject([{ target: `http://${service}/a` }])
  })
})

describe('a proxy that cannot be used', () => {
  it.each(['http://[', 'http://proxy.example:99999'])('is an input that is wrong: %s', async (name) => {
    vi.stubEnv('HTTPS_PROXY', name)
    expect(await asking()).toMatchObject({ kind: 'failed', problem: { code: 'input-invalid' } })
  })

  it('is out of reach where nobody listens, and its password is not told', async () => {
    const way = await proxy(0)
    await way.stop()
    const answer = await asking()
    expect(answer).toMatchObject({ kind: 'failed', problem: { code: 'unreachable' } })
    expect(JSON.stringify(answer)).not.toContain('hunter2')
  })
})
