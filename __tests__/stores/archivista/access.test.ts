import { afterEach, describe, expect, it } from 'vitest'
import { openArchivista } from '../../../src/stores/archivista/archivista.js'
import { readAccess } from '../../../src/stores/archivista/access.js'
import { newCall } from '../../harness/call.js'
import { envelope, openServer, type Server } from './server.js'

const open: Server[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(async (server) => server.stop()))
})

const image = 'a'.repeat(64)

async function serve(): Promise<Server> {
  const server = await openServer()
  open.push(server)
  server.store(envelope('build', image), image)
  return server
}

describe('an address', () => {
  it.each([
    ['https://archivista.example', 'https://archivista.example'],
    ['https://archivista.example/', 'https://archivista.example'],
    ['https://platform.example/archivista/', 'https://platform.example/archivista'],
    ['https://platform.example:8443/a%20b//', 'https://platform.example:8443/a%20b'],
    ['http://localhost:8082', 'http://localhost:8082'],
    ['http://[::1]:8082/', 'http://[::1]:8082'],
  ])('%s', (url, base) => {
    expect(readAccess({ url: new URL(url) })).toEqual({ base, origin: new URL(url).origin, headers: {} })
  })

  it.each([
    ['http://archivista.example/x', 'http://archivista.example/x: expected https, got http://'],
    ['http://localhost.example', 'http://localhost.example/: expected https, got http://'],
    ['ftp://archivista.example/', 'ftp://archivista.example/: expected https, got ftp://'],
    ['https://me:pass@archivista.example/', 'https://archivista.example/: expected no user or password'],
    [
      'https://archivista.example/?token=pass',
      'https://archivista.example/: expected an address without query',
    ],
    ['https://archivista.example/#pass', 'https://archivista.example/: expected an address without query'],
  ])('that cannot be used: %s', async (url, message) => {
    const answer = await openArchivista({ url: new URL(url) }).envelopesAbout([image], newCall())
    expect(answer).toEqual({
      envelopes: [],
      problems: [
        { code: 'input-invalid', message: expect.stringContaining(`archivista-url: ${message}`) as string },
      ],
    })
    expect(JSON.stringify(answer)).not.toContain('pass@')
    expect(JSON.stringify(answer)).not.toContain('=pass')
  })
})

describe('headers', () => {
  it('go with every request', async () => {
    const server = await serve()
    const headers = { Authorization: 'Bearer a-secret-token', 'X-Team': 'blue' }
    await openArchivista({ url: new URL(server.url), headers }).envelopesAbout([image], newCall())
    expect(server.requests).toHaveLength(2)
    for (const request of server.requests)
      expect(request.headers).toMatchObject({
        authorization: 'Bearer a-secret-token',
        'x-team': 'blue',
        'user-agent': 'verify-image',
      })
  })

  it.each([
    ['a space in the name', { 'My Name': 'secret' }],
    ['no name', { '': 'secret' }],
    ['a line in the name', { 'X\nY': 'secret' }],
    ['a line in the value', { Authorization: 'Bearer secret\r\nX-Other: 1' }],
    ['a character beyond Latin 1', { Authorization: 'secret ✓' }],
    ['what frames the body', { 'Transfer-Encoding': 'secret' }],
    ['its length', { 'content-length': '1' }],
    ['its type', { 'Content-Type': 'secret' }],
    ['another host', { HOST: 'secret.example' }],
    ['a packed answer', { 'Accept-Encoding': 'gzip' }],
    ['the same twice', { authorization: 'secret', Authorization: 'secret' }],
  ])('that cannot be sent: %s', async (_name, headers) => {
    const server = await serve()
    const { envelopesAbout } = openArchivista({ url: new URL(server.url), headers })
    const answer = await envelopesAbout([image], newCall())
    expect(answer.envelopes).toEqual([])
    expect(answer.problems).toMatchObject([
      { code: 'input-invalid', message: expect.stringMatching(/^archivista-headers: /) as string },
    ])
    expect(answer.problems[0]?.message).not.toContain('secret')
    expect(server.requests).toEqual([])
  })

  it('that a server says back are not shown', async () => {
    const server = await serve()
    const headers = { Authorization: 'Bearer a-secret-token' }
    const { envelopesAbout } = openArchivista({ url: new URL(server.url), headers })
    for (const status of [200, 422]) {
      server.fault = (request, response) => {
        const message = `you sent ${String(request.headers.authorization)}, a-secret-token`
        response.writeHead(status).end(JSON.stringify({ errors: [{ message }] }))
        return true
      }
      const { problems } = await envelopesAbout([image], newCall())
      expect(problems[0]?.message).toContain('you sent ***, ***')
    }
    server.fault = (request, response) => {
      response.writeHead(200, { 'content-type': request.headers.authorization }).end('<html>')
      return true
    }
    const { problems } = await envelopesAbout([image], newCall())
    expect(problems[0]?.message).toContain('expected an answer in JSON, got ***')
  })
})
