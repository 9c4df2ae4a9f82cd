import type { Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { exchange, type Question, type Reply } from '../../src/network/exchange.js'
import { openJournal } from '../../src/network/journal.js'
import type { Lookup } from '../../src/network/lookup.js'
import { newCall } from '../harness/call.js'
import { openRaw, type RawServer } from '../harness/raw-server.js'
import { openWeb, type Web } from '../harness/web.js'

const open: { stop: () => Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(async (server) => server.stop()))
})

async function web(...args: Parameters<typeof openWeb>): Promise<Web> {
  const server = await openWeb(...args)
  open.push(server)
  return server
}

async function raw(answer: (socket: Socket) => void): Promise<RawServer> {
  const server = await openRaw(answer)
  open.push(server)
  return server
}

async function asking(
  url: string,
  changes: Partial<Question> = {},
  call = newCall(),
): Promise<Lookup<Reply>> {
  return exchange({ url: new URL(url), service: 'registry', limit: 1000, ...changes }, call)
}

const head = 'HTTP/1.1 200 OK\r\n'

describe('an answer that is whole', () => {
  it.each([200, 204, 301, 401, 404, 429, 503])('is found, also one that says no: %i', async (status) => {
    const server = await web((_request, response) => {
      response.writeHead(status, { 'x-said': 'this' })
      response.end(status === 204 ? undefined : 'body')
    })
    const answer = await asking(server.url)
    expect(answer).toMatchObject({ kind: 'found', value: { status, headers: { 'x-said': 'this' } } })
    expect(answer.kind === 'found' && Buffer.from(answer.value.body).toString()).toBe(
      status === 204 ? '' : 'body',
    )
    expect(server.requests).toHaveLength(1)
  })

  it('comes in pieces, of any bytes', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, at) => at))
    const server = await web((_request, response) => {
      response.write(bytes.subarray(0, 100), () => response.end(bytes.subarray(100)))
    })
    const answer = await asking(server.url)
    expect(answer.kind === 'found' && bytes.equals(answer.value.body)).toBe(true)
  })

  it('to HEAD has a length and no body', async () => {
    const server = await web((_request, response) => {
      response.writeHead(200, { 'content-length': 5000 })
      response.end()
    })
    const answer = await asking(server.url, { method: 'HEAD' })
    expect(answer).toMatchObject({ kind: 'found', value: { status: 200 } })
    expect(answer.kind === 'found' && answer.value.body).toHaveLength(0)
  })

  it('is asked for with the method, the headers and the body given, and written down', async () => {
    const server = await web((_request, response) => void response.end())
    const journal = openJournal()
    const question = { method: 'POST', headers: { accept: 'a/b' }, body: 'ü=1' } as const
    await asking(`${server.url}/token?x=1`, question, newCall({ journal }))
    expect(server.requests).toMatchObject([
      {
        method: 'POST',
        target: '/token?x=1',
        body: 'ü=1',
        headers: { accept: 'a/b', 'content-length': '4' },
      },
    ])
    expect(journal.calls()).toEqual([{ host: new URL(server.url).host, count: 1 }])
  })
})

describe('an answer that is none', () => {
  it.each<[string, string, (socket: Socket) => void]>([
    ['the connection is reset', 'unreachable', (socket) => socket.resetAndDestroy()],
    ['the connection ends without a word', 'unreachable', (socket) => void socket.end()],
    [
      'the body is shorter than its length',
      'unreachable',
      (socket) => void socket.end(`${head}content-length: 10\r\n\r\nabc`),
    ],
    [
      'the last chunk is missing',
      'unreachable',
      (socket) => void socket.end(`${head}transfer-encoding: chunked\r\n\r\n3\r\nabc\r\n`),
    ],
    [
      'the connection breaks within the body',
      'unreachable',
      (socket) => socket.write(`${head}content-length: 10\r\n\r\nabc`, () => socket.resetAndDestroy()),
    ],
    ['what comes is not HTTP', 'response-invalid', (socket) => void socket.end('220 mail.example ready\r\n')],
    [
      'a chunk has no length',
      'response-invalid',
      (socket) => void socket.end(`${head}transfer-encoding: chunked\r\n\r\nxyz\r\nabc`),
    ],
    [
      'two lengths contradict each other',
      'response-invalid',
      (socket) => void socket.end(`${head}content-length: 3\r\ncontent-length: 4\r\n\r\nabc`),
    ],
    [
      'the head has no end',
      'response-invalid',
      (socket) => void socket.write(`${head}x: ${'a'.repeat(100_000)}`),
    ],
  ])('%s: %s', async (_, code, answer) => {
    const server = await raw(answer)
    expect(await asking(`${server.url}/v2/?secret=1`)).toMatchObject({
      kind: 'failed',
      problem: {
        code,
        service: 'registry',
        message: expect.stringMatching(/^http:\/\/127[^?]*: ./) as string,
      },
    })
    expect(server.heard).toHaveLength(1)
  })

  it('nobody listens', async () => {
    const server = await openRaw(() => undefined)
    await server.stop()
    expect(await asking(server.url)).toMatchObject({ kind: 'failed', problem: { code: 'unreachable' } })
  })

  it('the name leads nowhere', async () => {
    expect(await asking('https://nothing.invalid/')).toMatchObject({ problem: { code: 'unreachable' } })
  })
})

describe('a server that does not come to an end', () => {
  it.each<[string, (socket: Socket) => void]>([
    ['says nothing', () => undefined],
    ['stops within the head', (socket) => void socket.write('HTTP/1.1 200')],
    ['stops within the body', (socket) => void socket.write(`${head}content-length: 10\r\n\r\nabc`)],
  ])('%s, until the time is over', async (_, answer) => {
    const stop = new AbortController()
    const server = await raw((socket) => {
      answer(socket)
      setTimeout(() => stop.abort(), 50)
    })
    expect(await asking(server.url, {}, newCall({ signal: stop.signal }))).toMatchObject({
      kind: 'failed',
      problem: { code: 'timeout' },
    })
  })

  const endless = async (status: number): Promise<{ server: Web; gone: Promise<void> }> => {
    let leave: () => void = () => undefined
    const gone = new Promise<void>((resolve) => (leave = resolve))
    const server = await web((_request, response) => {
      response.on('close', leave)
      response.writeHead(status)
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, ' ')));
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    })
    return { server, gone }
  }

  it('sends more than was asked for, and is hung up on', async () => {
    const { server, gone } = await endless(200)
    expect(await asking(server.url)).toMatchObject({
      kind: 'failed',
      problem: {
        code: 'limit-exceeded',
        message: expect.stringContaining('larger than 1000 bytes') as string,
      },
    })
    await gone
  })

  it('says no at length: the beginning tells what went wrong, and it is hung up on', async () => {
    const { server, gone } = await endless(503)
    const answer = await asking(server.url)
    expect(answer).toMatchObject({ kind: 'found', value: { status: 503 } })
    const { length } = answer.kind === 'found' ? answer.value.body : []
    expect(length).toBeGreaterThan(16 * 1024)
    expect(length).toBeLessThan(1024 * 1024)
    await gone
  })

  it('sends exactly as much as was asked for', async () => {
    const server = await web((_request, response) => void response.end('x'.repeat(1000)))
    expect((await asking(server.url)).kind).toBe('found')
    expect(await asking(server.url, { limit: 999 })).toMatchObject({ problem: { code: 'limit-exceeded' } })
  })
})
