import http from 'node:http'
import https from 'node:https'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { agentFor, anyProxy, proxyFor, tlsOptions } from '../../src/network/agents.js'
import { exchange } from '../../src/network/exchange.js'
import { openJournal } from '../../src/network/journal.js'
import { newCertificate } from '../harness/certificate.js'
import { close, listen } from '../harness/s3.js'
import { openWeb } from '../harness/web.js'

const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap((name) => [
  name,
  name.toLowerCase(),
])
const before = new Map(names.map((name) => [name, process.env[name]]))
const unset = (name: string): boolean => Reflect.deleteProperty(process.env, name)
beforeEach(() => names.forEach(unset))
afterEach(() => {
  for (const [name, value] of before) {
    if (value === undefined) unset(name)
    else process.env[name] = value
  }
})

const proxyOf = async (url: string, env: Readonly<Record<string, string>>): Promise<string> => {
  names.forEach(unset)
  Object.assign(process.env, env)
  return proxyFor(new URL(url))
}
const call = { signal: new AbortController().signal, retries: 0, journal: openJournal() }

describe('the proxy of the environment', () => {
  const proxy = 'http://proxy.example:3128'

  it('is named for each scheme, in capitals or not', async () => {
    expect(await proxyOf('https://service.example/x', { HTTPS_PROXY: proxy })).toBe(proxy)
    expect(await proxyOf('https://service.example/x', { https_proxy: proxy })).toBe(proxy)
    expect(await proxyOf('http://service.example/x', { HTTP_PROXY: proxy })).toBe(proxy)
    expect(await proxyOf('http://service.example/x', { ALL_PROXY: proxy })).toBe(proxy)
    expect(await proxyOf('http://service.example/x', { HTTPS_PROXY: proxy })).toBe('')
    expect(await proxyOf('https://service.example/x', { HTTP_PROXY: proxy })).toBe('')
  })

  it('is none where none is named', async () => {
    expect(await proxyOf('https://service.example', {})).toBe('')
    expect(await proxyOf('https://service.example', { HTTPS_PROXY: '', NO_PROXY: 'x' })).toBe('')
    expect(anyProxy()).toBe(false)
  })

  it('is none for a metadata server, which answers its own machine only', async () => {
    const env = { HTTP_PROXY: proxy, ALL_PROXY: proxy }
    expect(await proxyOf('http://169.254.169.254/computeMetadata/v1/', env)).toBe('')
    expect(await proxyOf('http://metadata.google.internal/', env)).toBe('')
  })

  it('is there where any is named', () => {
    for (const name of names.filter((one) => !/^no/i.test(one))) {
      process.env[name] = proxy
      expect(anyProxy(), name).toBe(true)
      unset(name)
    }
  })

  it('without a scheme speaks http, whatever is asked for', async () => {
    expect(await proxyOf('https://service.example', { HTTPS_PROXY: 'proxy.example:3128' })).toBe(proxy)
    expect(await proxyOf('http://service.example', { HTTP_PROXY: 'proxy.example:3128' })).toBe(proxy)
    expect(await proxyOf('https://service.example', { HTTPS_PROXY: 'user:pass@proxy.example:3128' })).toBe(
      'http://user:pass@proxy.example:3128',
    )
  })

  it('with a scheme keeps it', async () => {
    const secure = 'https://proxy.example:3129'
    expect(await proxyOf('https://service.example', { HTTPS_PROXY: secure })).toBe(secure)
    expect(await proxyOf('http://service.example', { HTTP_PROXY: secure })).toBe(secure)
  })

  it.each([
    ['service.example', ''],
    ['.example', ''],
    ['*', ''],
    ['other.example, service.example', ''],
    ['service.example:443', ''],
    ['service.example:8443', proxy],
    ['ervice.example', proxy],
    ['other.example', proxy],
  ])('is not asked for the hosts of NO_PROXY: %s', async (list, expected) => {
    expect(await proxyOf('https://service.example', { HTTPS_PROXY: proxy, NO_PROXY: list })).toBe(expected)
    expect(await proxyOf('https://service.example', { HTTPS_PROXY: proxy, no_proxy: list })).toBe(expected)
  })

  it.each(['localhost', '127.0.0.1', '127.3.2.1', '[::1]'])(
    'is never asked for this machine: %s',
    async (host) => {
      const env = { HTTPS_PROXY: proxy, HTTP_PROXY: proxy, ALL_PROXY: proxy }
      expect(await proxyOf(`https://${host}:5000/x`, env)).toBe('')
      expect(await proxyOf(`http://${host}/x`, env)).toBe('')
      expect(await proxyOf('http://localhost.example', env)).toBe(proxy)
    },
  )
})

describe('a request through a proxy', () => {
  const question = { service: 'registry', limit: 1000 } as const

  it('over http is one for the whole URL', async () => {
    const proxy = await openWeb((_request, response) => void response.end('from the proxy'))
    process.env['HTTP_PROXY'] = proxy.url.replace('http://', '')
    try {
      const reply = await exchange({ ...question, url: new URL('http://service.example/x?y=1') }, call)
      expect(reply, JSON.stringify(reply)).toMatchObject({
        kind: 'found',
        value: { status: 200, body: Buffer.from('from the proxy') },
      })
      expect(proxy.requests).toMatchObject([{ target: 'http://service.example/x?y=1' }])
    } finally {
      await proxy.stop()
    }
  })

  it('over https is a tunnel: the proxy learns the host and nothing more', async () => {
    const tunnels: string[] = []
    const proxy = http.createServer().on('connect', (request, socket) => {
      tunnels.push(`${request.url ?? ''} ${request.headers['proxy-authorization'] ?? ''}`)
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    })
    process.env['HTTPS_PROXY'] = `user:pass@127.0.0.1:${await listen(proxy, 0)}`
    try {
      const headers = { authorization: 'Bearer secret' }
      const reply = await exchange({ ...question, headers, url: new URL('https://service.example/x') }, call)
      expect(reply.kind === 'found' ? reply.value.status : reply.kind).not.toBe(200)
      expect(tunnels).toEqual([`service.example:443 Basic ${Buffer.from('user:pass').toString('base64')}`])
    } finally {
      await close(proxy)
    }
  })
})

describe('an agent', () => {
  it('is shared by requests that are alike, by no others', async () => {
    const { cert } = newCertificate()
    const agents = await Promise.all([
      agentFor(new URL('https://a.example')),
      agentFor(new URL('http://a.example')),
      agentFor(new URL('https://a.example'), { insecure: true }),
      agentFor(new URL('https://a.example'), { ca: cert }),
      agentFor(new URL('https://a.example'), { ca: cert, insecure: true }),
    ])
    expect(new Set(agents).size).toBe(agents.length)
    expect(await agentFor(new URL('https://b.example/x'))).toBe(agents[0])
    expect(await agentFor(new URL('https://b.example'), { ca: cert })).toBe(agents[3])
    expect(agents[0]).toBeInstanceOf(https.Agent)
    process.env['HTTPS_PROXY'] = 'proxy.example:3128'
    expect(agents).not.toContain(await agentFor(new URL('https://a.example')))
  })

  it('checks certificates but where it is told not to', () => {
    expect(tlsOptions({})).not.toHaveProperty('rejectUnauthorized')
    expect(tlsOptions({ insecure: false })).not.toHaveProperty('rejectUnauthorized')
    expect(tlsOptions({ insecure: true })).toMatchObject({ rejectUnauthorized: false })
  })

  it('trusts an authority beside the usual ones, not instead of them', () => {
    const { cert } = newCertificate()
    const { ca = [] } = tlsOptions({ ca: cert })
    expect(ca).toContain(cert)
    expect(ca.length).toBeGreaterThan(10)
    expect(tlsOptions({}).ca).not.toBe(ca)
  })
})
