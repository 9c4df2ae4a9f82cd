import { afterEach, describe, expect, it } from 'vitest'
import { download, redirectTarget } from '../../src/network/https.js'
import { openJournal } from '../../src/network/journal.js'
import type { Lookup } from '../../src/network/lookup.js'
import { newCall } from '../harness/call.js'
import { openWeb, type Web } from '../harness/web.js'

const open: Web[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(async (server) => server.stop()))
})

async function web(...args: Parameters<typeof openWeb>): Promise<Web> {
  const server = await openWeb(...args)
  open.push(server)
  return server
}

async function get(url: string, call = newCall()): Promise<Lookup<Uint8Array>> {
  return download({ url: new URL(url), service: 'key', limit: 1000 }, call)
}

function textOf(answer: Lookup<Uint8Array>): string | undefined {
  return answer.kind === 'found' ? Buffer.from(answer.value).toString() : undefined
}

/** A server that sends on to wherever this says, for each path. */
async function sendingOn(where: (target: string) => string | undefined, status = 302): Promise<Web> {
  return web(({ target }, response) => {
    const location = where(target)
    if (location === undefined) response.end('the end')
    else response.writeHead(status, { location }).end()
  })
}

describe('a document', () => {
  it('is found whole', async () => {
    const server = await web((_request, response) => void response.end('it'))
    expect(textOf(await get(`${server.url}/a.pub`))).toBe('it')
  })

  it.each([404, 410])('is absent where the server itself says so: %i', async (status) => {
    const server = await web((_request, response) => void response.writeHead(status).end('a key'))
    expect(await get(`${server.url}/a.pub?token=1`)).toEqual({
      kind: 'absent',
      message: `${server.url}/a.pub: the server answered ${status}`,
    })
  })

  it.each([
    [400, 'response-invalid'],
    [204, 'response-invalid'],
    [304, 'response-invalid'],
    [401, 'denied'],
    [403, 'denied'],
    [429, 'rate-limited'],
    [500, 'server-error'],
    [504, 'timeout'],
  ])('is not known of after %i: %s', async (status, code) => {
    const server = await web((_request, response) => void response.writeHead(status).end())
    expect(await get(server.url)).toMatchObject({ kind: 'failed', problem: { code, service: 'key' } })
  })

  it('is asked for again when the server was only busy, as soon as it says', async () => {
    let asked = 0
    const server = await web((_request, response) => {
      if (asked++ === 0) response.writeHead(503, { 'retry-after': '0' }).end()
      else response.end('it')
    })
    const journal = openJournal()
    expect(textOf(await get(server.url, newCall({ retries: 1, journal })))).toBe('it')
    expect(journal.attempts()).toEqual([
      {
        call: `GET ${server.url}/`,
        attempt: 2,
        ended: `server-error: ${server.url}/: the server answered 503`,
      },
    ])
    expect(journal.calls()).toEqual([{ host: new URL(server.url).host, count: 2 }])
  })

  it('is not asked for again where the server wants more patience than anybody has', async () => {
    const later = new Date(Date.now() + 3_600_000).toUTCString()
    const server = await web((_request, response) => {
      response.writeHead(429, { 'retry-after': later }).end()
    })
    expect(await get(server.url, newCall({ retries: 3 }))).toMatchObject({
      problem: { code: 'rate-limited' },
    })
    expect(server.requests).toHaveLength(1)
  })

  it('is not asked for in the clear, of any machine but this one', async () => {
    for (const url of ['http://keys.example/a.pub', 'ftp://localhost/a.pub']) {
      const journal = openJournal()
      expect(await get(url, newCall({ journal, retries: 2 }))).toMatchObject({
        kind: 'failed',
        problem: { code: 'input-invalid' },
      })
      expect(journal.calls()).toEqual([])
    }
  })
})

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])('is followed, relative or not: %i', async (status) => {
    const far = await web((_request, response) => void response.end('far'))
    const server = await sendingOn((target) => ({ '/a': 'b/c', '/b/c': `${far.url}/d` })[target], status)
    expect(textOf(await get(`${server.url}/a`))).toBe('far')
    expect(far.requests.map(({ method, target }) => `${method} ${target}`)).toEqual(['GET /d'])
  })

  it('takes neither user nor password along, to this server or another', async () => {
    const far = await web((_request, response) => void response.end('far'))
    const server = await sendingOn((target) => ({ '/a': '/b', '/b': `${far.url}/c` })[target])
    const login = server.url.replace('://', '://someone:hunter2@')
    expect(textOf(await get(`${login}/a`))).toBe('far')
    const [first, second] = server.requests
    expect(first?.headers.authorization).toBe(`Basic ${Buffer.from('someone:hunter2').toString('base64')}`)
    expect(second?.headers.authorization).toBeUndefined()
    expect(far.requests[0]?.headers).not.toHaveProperty('authorization')
    expect(JSON.stringify(far.requests)).not.toMatch(/someone|hunter2/)
  })

  it('brings no user and no password with it', async () => {
    const far = await web((_request, response) => void response.end('far'))
    const server = await sendingOn(() => far.url.replace('://', '://someone:hunter2@'))
    expect(textOf(await get(server.url))).toBe('far')
    expect(far.requests[0]?.headers.authorization).toBeUndefined()
  })

  it('from this machine leads to no other one in the clear', async () => {
    const server = await sendingOn(() => 'http://keys.example/a.pub')
    const journal = openJournal()
    // The server chose it, not whoever gave the URL.
    expect(await get(server.url, newCall({ journal }))).toMatchObject({
      kind: 'failed',
      problem: { code: 'response-invalid', service: 'key' },
    })
    expect(journal.calls().map(({ host }) => host)).toEqual([new URL(server.url).host])
  })

  it('in a circle ends, and after five comes no sixth', async () => {
    const round = await sendingOn((target) => target)
    expect(await get(`${round.url}/a`)).toMatchObject({
      kind: 'failed',
      problem: { code: 'response-invalid', message: `${round.url}/a: more than 5 redirects` },
    })
    expect(round.requests).toHaveLength(6)

    const five = await sendingOn((target) =>
      target === '/5' ? undefined : `/${Number(target.slice(1)) + 1}`,
    )
    expect(textOf(await get(`${five.url}/0`))).toBe('the end')
  })

  it.each(['http://[', 'https://'])('to nowhere is not followed: %s', async (location) => {
    const server = await sendingOn(() => location)
    expect(await get(server.url)).toMatchObject({ problem: { code: 'response-invalid' } })
  })

  it('without a target is no answer', async () => {
    const server = await web((_request, response) => void response.writeHead(302).end('a key'))
    expect(await get(server.url)).toMatchObject({ problem: { code: 'response-invalid' } })
  })
})

describe('where a redirect leads', () => {
  const from = new URL('https://someone:hunter2@keys.example/a/b?x=1')

  it.each([
    ['c', 'https://keys.example/a/c'],
    ['/c?y=2', 'https://keys.example/c?y=2'],
    ['//other.example/c', 'https://other.example/c'],
    ['https://u:p@other.example/c', 'https://other.example/c'],
  ])('%s: %s', (location, target) => {
    const next = redirectTarget(from, location)
    expect(typeof next === 'string' ? next : next.href).toBe(target)
  })

  it.each(['http://keys.example/c', 'http://127.0.0.1/c', 'ftp://keys.example/c', 'file:///etc/passwd'])(
    'never from https to something else: %s',
    (location) => {
      expect(redirectTarget(from, location)).toBe('the redirect leaves https')
    },
  )
})
