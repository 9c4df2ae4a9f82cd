import { afterEach, describe, expect, it } from 'vitest'
import { openJournal } from '../../../src/network/journal.js'
import { openArchivista, type EnvelopesFound } from '../../../src/stores/archivista/archivista.js'
import { usualLimits } from '../../../src/stores/archivista/limits.js'
import { newCall } from '../../harness/call.js'
import { openRaw } from '../../harness/raw-server.js'
import { openWeb, type Web } from '../../harness/web.js'
import { envelope, gitoidOf, openServer, type Server } from './server.js'

const open: { stop: () => Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(async (server) => server.stop()))
})

const image = 'a'.repeat(64)
const first = envelope('first', image)
const second = envelope('second', image)

/** A server with two envelopes about the image. */
async function serve(): Promise<Server> {
  const server = await openServer()
  open.push(server)
  for (const bytes of [first, second]) server.store(bytes, image)
  return server
}

async function web(...args: Parameters<typeof openWeb>): Promise<Web> {
  const server = await openWeb(...args)
  open.push(server)
  return server
}

async function about(server: { readonly url: string }, call = newCall()): Promise<EnvelopesFound> {
  return openArchivista({ url: new URL(server.url) }).envelopesAbout([image], call)
}

/** A server whose search answers this text. */
async function answering(text: string, type = 'application/json', status = 200): Promise<Server> {
  const server = await serve()
  server.fault = ({ target }, response) => {
    if (target !== '/v1/query') return false
    response.writeHead(status, { 'content-type': type }).end(text)
    return true
  }
  return server
}

const gitoid = gitoidOf(first)
const done = { hasNextPage: false, endCursor: null }
const listing = (edges: unknown, pageInfo: unknown = done): string =>
  JSON.stringify({ data: { dsses: { edges, pageInfo } } })
const node = (gitoidSha256: unknown): object => ({ node: { gitoidSha256 } })

describe('an answer to a search that cannot be one', () => {
  it.each([
    ['no JSON', '<html><title>Sign in</title></html>', 'expected an answer in JSON, got application/json'],
    ['nothing', '', 'expected an answer in JSON'],
    ['a list', '[]', 'expected an answer in JSON'],
    ['no data', '{}', 'expected data, got none'],
    ['null data', '{"data":null}', 'expected data, got none'],
    ['data of another kind', '{"data":[]}', 'expected data, got none'],
    ['inherited data', '{"__proto__":{"data":{"dsses":{"edges":[]}}}}', 'expected data, got none'],
    ['errors that are no list', '{"errors":"bad","data":{}}', 'expected a list of errors'],
    ['an error', '{"errors":[{"message":"no such field"}],"data":null}', 'the search failed: no such field'],
    ['an error of another shape', '{"errors":[7]}', 'the search failed'],
    [
      'an error beside data',
      `{"errors":[{"message":"half","extensions":{"code":"X"},"path":["dsses"]}],${listing([node(gitoid)]).slice(1)}`,
      'the search failed: half',
    ],
    ['another field', '{"data":{"subjects":{"edges":[]}}}', 'expected a list of edges'],
    ['no edges', JSON.stringify({ data: { dsses: { pageInfo: done } } }), 'expected a list of edges'],
    ['null edges', listing(null), 'expected a list of edges'],
    ['null for an edge', listing([null]), 'expected a gitoid of 64 hex digits'],
    ['an edge without a node', listing([{}]), 'expected a gitoid of 64 hex digits'],
    ['a number for a gitoid', listing([node(7)]), 'got an entry without one'],
    ['a short gitoid', listing([node('abc')]), 'got "abc"'],
    ['a gitoid in upper case', listing([node(gitoid.toUpperCase())]), 'expected a gitoid'],
    ['a way out of the path', listing([node('../../v1/upload')]), 'got "../../v1/upload"'],
    ['a way out behind 64 digits', listing([node(`${gitoid}/../x`)]), 'expected a gitoid'],
    ['a line behind 64 digits', listing([node(`${gitoid}\n`)]), 'expected a gitoid'],
    ['another host', listing([node('//evil.example/x')]), 'expected a gitoid'],
    ['a bad one behind a good one', listing([node(gitoid), node('x')]), 'got "x"'],
    ['a very long one', listing([node('x'.repeat(5000))]), `got "${'x'.repeat(100)}"`],
    ['no word of further pages', listing([], {}), 'whether there is a next page'],
    ['null for them', listing([], null), 'whether there is a next page'],
    ['a next page without a place', listing([], { hasNextPage: true, endCursor: null }), 'where the next'],
  ])('%s', async (_name, text, message) => {
    const server = await answering(text)
    const answer = await about(server, newCall({ retries: 2 }))
    expect(answer.envelopes).toEqual([])
    expect(answer.problems).toHaveLength(1)
    expect(answer.problems[0]).toMatchObject({ code: 'response-invalid', service: 'archivista' })
    expect(answer.problems[0]?.message).toContain(message)
    // Neither asked again, nor made a path of.
    expect(server.requests.map(({ target }) => target)).toEqual(['/v1/query'])
  })

  it('a login page is shown as what it says it is', async () => {
    const server = await answering('<html>', 'text/html; charset=utf-8')
    expect((await about(server)).problems).toEqual([
      {
        code: 'response-invalid',
        service: 'archivista',
        message: `${server.url}/v1/query: expected an answer in JSON, got text/html; charset=utf-8`,
      },
    ])
  })

  it('the same page again and again is left at once', async () => {
    const server = await answering(listing([], { hasNextPage: true, endCursor: 'here' }))
    expect((await about(server)).problems).toMatchObject([
      { code: 'response-invalid', message: /the next page is the same one/ },
    ])
    expect(server.searches().map(({ variables }) => variables.after)).toEqual([null, 'here'])
  })

  it('a page that fails takes nothing from those before it', async () => {
    const server = await serve()
    server.pageSize = 1
    server.fault = ({ body }, response) => {
      if (!body.includes('"after":"at-1"')) return false
      response.end('{}')
      return true
    }
    const answer = await about(server)
    expect(answer.envelopes.map(({ bytes }) => bytes)).toEqual([first])
    expect(answer.problems).toMatchObject([{ code: 'response-invalid' }])
  })

  it('what a server says is cut', async () => {
    const server = await answering(JSON.stringify({ errors: [{ message: 'x'.repeat(5000) }] }))
    expect((await about(server)).problems[0]?.message.length).toBeLessThan(500)
  })
})

describe('a search that is refused', () => {
  it.each([
    [400, 'response-invalid'],
    [401, 'denied'],
    [403, 'denied'],
    [404, 'response-invalid'],
    [405, 'response-invalid'],
    [408, 'timeout'],
    [422, 'response-invalid'],
    [429, 'rate-limited'],
    [500, 'server-error'],
    [502, 'server-error'],
    [504, 'timeout'],
    [204, 'response-invalid'],
    [304, 'response-invalid'],
  ])('%i: %s, and nothing was found out', async (status, code) => {
    const server = await answering('', 'text/plain', status)
    expect(await about(server)).toEqual({
      envelopes: [],
      problems: [
        {
          code,
          service: 'archivista',
          message: expect.stringContaining(`/v1/query: Archivista answered ${status}`) as string,
        },
      ],
    })
  })

  it('404 says what to switch on', async () => {
    const server = await answering('404 page not found\n', 'text/plain', 404)
    const { problems } = await about(server)
    expect(problems[0]?.message).toMatch(/ARCHIVISTA_ENABLE_SQL_STORE and ARCHIVISTA_ENABLE_GRAPHQL/)
  })

  it('422 says what was not understood', async () => {
    const text = '{"errors":[{"message":"Cannot query field"}],"data":null}'
    const server = await answering(text, 'application/json', 422)
    expect((await about(server)).problems[0]?.message).toBe(
      `${server.url}/v1/query: Archivista answered 422: Cannot query field`,
    )
  })

  it('several searches refused the same way are one problem', async () => {
    const server = await answering('', 'text/plain', 403)
    const digests = Array.from({ length: 250 }, (_, at) => at.toString(16).padStart(64, '0'))
    const answer = await openArchivista({ url: new URL(server.url) }).envelopesAbout(digests, newCall())
    expect(server.requests).toHaveLength(3)
    expect(answer.problems).toHaveLength(1)
  })

  // As 0.11.1 tells that its database cannot be reached.
  const away = '{"errors":[{"message":"failed to connect","path":["dsses"]}],"data":null}'

  it.each([
    ['500', 500, 'oops'],
    ['503', 503, ''],
    ['429', 429, ''],
    ['200 with an error of its database', 200, away],
  ])('%s once, then fine: all is found', async (_name, status, text) => {
    const server = await serve()
    let asked = 0
    server.fault = ({ target }, response) => {
      if (target !== '/v1/query' || asked++ > 0) return false
      response.writeHead(status, { 'retry-after': '0' }).end(text)
      return true
    }
    const journal = openJournal()
    const answer = await about(server, newCall({ retries: 1, journal }))
    expect(answer.problems).toEqual([])
    expect(answer.envelopes).toHaveLength(2)
    expect(journal.attempts()).toMatchObject([{ call: `POST ${server.url}/v1/query`, attempt: 2 }])
    expect(journal.calls()).toEqual([{ host: server.host, count: 4 }])
  })

  it('a database that stays away is an error of the server', async () => {
    const server = await answering(away)
    expect((await about(server)).problems).toEqual([
      {
        code: 'server-error',
        service: 'archivista',
        message: `${server.url}/v1/query: the search failed: failed to connect`,
      },
    ])
  })

  it('is not waited for where it asks for too much patience', async () => {
    const server = await serve()
    server.fault = (_request, response) => {
      response.writeHead(429, { 'retry-after': '3600' }).end()
      return true
    }
    expect((await about(server, newCall({ retries: 3 }))).problems).toMatchObject([{ code: 'rate-limited' }])
    expect(server.requests).toHaveLength(1)
  })
})

describe('a download that fails hides no other', () => {
  it.each([
    [404, 'server-error', 3],
    [410, 'server-error', 3],
    [500, 'server-error', 3],
    [429, 'rate-limited', 3],
    [401, 'denied', 1],
    [403, 'denied', 1],
    [400, 'response-invalid', 1],
    [206, 'response-invalid', 1],
  ])('%i: %s', async (status, code, attempts) => {
    const server = await serve()
    server.fault = ({ target }, response) => {
      if (!target.endsWith(gitoid)) return false
      response.writeHead(status, { 'retry-after': '0' }).end('open /srv/x.json: no such file or directory')
      return true
    }
    const answer = await about(server, newCall({ retries: 2 }))
    expect(answer.envelopes.map(({ bytes }) => bytes)).toEqual([second])
    expect(answer.problems).toHaveLength(1)
    expect(answer.problems[0]).toMatchObject({ code, service: 'archivista' })
    expect(answer.problems[0]?.message).toContain(`${server.url}/v1/download/${gitoid}: Archivista `)
    expect(answer.problems[0]?.message).toContain(`answered ${status}`)
    expect(server.downloads().filter((one) => one === gitoid)).toHaveLength(attempts)
  })

  it.each([
    ['a byte is another', Buffer.from(first.toString().replace('payload', 'Payload'))],
    ['it is another one', second],
    ['it has a line more', Buffer.concat([first, Buffer.from('\n')])],
    ['it is empty', Buffer.of()],
    ['it is a login page', Buffer.from('<html>')],
  ])('tampered with: %s', async (_name, bytes) => {
    const server = await serve()
    server.instead.set(gitoid, bytes)
    const answer = await about(server, newCall({ retries: 2 }))
    expect(answer.envelopes.map((one) => one.bytes)).toEqual([second])
    expect(answer.problems).toEqual([
      {
        code: 'response-invalid',
        service: 'archivista',
        message: `${server.url}/v1/download/${gitoid}: expected the gitoid ${gitoid}, got ${gitoidOf(bytes)}`,
      },
    ])
  })

  it('500 once, then fine: it is found', async () => {
    const server = await serve()
    let asked = 0
    server.fault = ({ target }, response) => {
      if (!target.endsWith(gitoid) || asked++ > 0) return false
      response.writeHead(500, { 'retry-after': '0' }).end()
      return true
    }
    const answer = await about(server, newCall({ retries: 1 }))
    expect(answer.problems).toEqual([])
    expect(answer.envelopes).toHaveLength(2)
  })

  it('cut in the middle: no shorter envelope', async () => {
    const server = await serve()
    server.fault = ({ target }, response) => {
      if (!target.endsWith(gitoid)) return false
      response.writeHead(200, { 'content-length': first.length })
      response.write(first.subarray(0, 50), () => response.destroy())
      return true
    }
    const answer = await about(server)
    expect(answer.envelopes.map(({ bytes }) => bytes)).toEqual([second])
    expect(answer.problems).toMatchObject([{ code: 'unreachable', service: 'archivista' }])
  })

  it('cut in the middle without a length', async () => {
    const server = await serve()
    server.fault = ({ target }, response) => {
      if (!target.endsWith(gitoid)) return false
      response.write(first.subarray(0, 50), () => response.destroy())
      return true
    }
    const answer = await about(server)
    expect(answer.envelopes.map(({ bytes }) => bytes)).toEqual([second])
    expect(answer.problems).toMatchObject([{ code: 'unreachable', service: 'archivista' }])
  })

  it('hundreds that fail are told of by a few, each kind by its own', async () => {
    const server = await serve()
    for (let at = 0; at < 30; at++) server.store(envelope(`${at}`, image), image)
    server.instead.set(gitoid, second)
    server.fault = ({ target }, response) => {
      if (!target.includes('/download/') || target.endsWith(gitoid)) return false
      response.writeHead(403).end()
      return true
    }
    const { envelopes, problems } = await about(server)
    expect(envelopes).toEqual([])
    expect(problems.filter(({ code }) => code === 'denied')).toHaveLength(11)
    expect(problems).toContainEqual({
      code: 'denied',
      service: 'archivista',
      message: "21 more of Archivista's answers: denied",
    })
    expect(problems.filter(({ code }) => code === 'response-invalid')).toHaveLength(1)
  })
})

describe('no answer', () => {
  it('from nobody: unreachable', async () => {
    const gone = await openWeb(() => undefined)
    await gone.stop()
    const answer = await about(gone)
    expect(answer.envelopes).toEqual([])
    expect(answer.problems).toMatchObject([{ code: 'unreachable', service: 'archivista' }])
  })

  it('that is HTTP: response-invalid', async () => {
    const raw = await openRaw((socket) => socket.end('220 mail.example ESMTP\r\n'))
    open.push(raw)
    expect((await about(raw)).problems).toMatchObject([{ code: 'response-invalid', service: 'archivista' }])
  })

  it.each(['/v1/query', '/v1/download/'])('for the time of the image at %s: timeout', async (target) => {
    const server = await serve()
    server.fault = (request) => request.target.startsWith(target)
    const started = Date.now()
    const answer = await about(server, newCall({ signal: AbortSignal.timeout(200), retries: 3 }))
    expect(Date.now() - started).toBeLessThan(2000)
    expect(answer.envelopes).toEqual([])
    expect(answer.problems).not.toEqual([])
    for (const problem of answer.problems)
      expect(problem).toMatchObject({ code: 'timeout', service: 'archivista' })
  })

  it('to one download: the others were read', async () => {
    const server = await serve()
    server.fault = ({ target }) => target.endsWith(gitoid)
    const answer = await about(server, newCall({ signal: AbortSignal.timeout(500) }))
    expect(answer.envelopes.map(({ bytes }) => bytes)).toEqual([second])
    expect(answer.problems).toMatchObject([{ code: 'timeout', message: new RegExp(gitoid) }])
  })

  it('is asked for when the time is over already', async () => {
    const server = await serve()
    const answer = await about(server, newCall({ signal: AbortSignal.abort() }))
    expect(answer).toMatchObject({ envelopes: [], problems: [{ code: 'timeout' }] })
    expect(server.requests).toEqual([])
  })
})

describe('a redirect', () => {
  /** Sends what comes below `/old` on, with this status. */
  async function moved(status: number, to: (target: string) => string): Promise<Server> {
    const server = await serve()
    server.fault = ({ target }, response) => {
      if (!target.startsWith('/old')) return false
      response.writeHead(status, { location: to(target) }).end()
      return true
    }
    return server
  }
  const headers = { Authorization: 'Bearer a-secret-token', 'X-Team': 'blue' }

  it.each([301, 302, 307, 308])(
    '%i within the origin is followed, with question and headers',
    async (status) => {
      const server = await moved(status, (target) => target.replace('/old', ''))
      const url = new URL(`${server.url}/old`)
      const answer = await openArchivista({ url, headers }).envelopesAbout([image], newCall())
      expect(answer.problems).toEqual([])
      expect(answer.envelopes).toHaveLength(2)
      expect(answer.envelopes[0]?.where).toContain('/old/v1/download/')
      expect(server.requests.map(({ method }) => method)).toEqual([
        'POST',
        'POST',
        ...['GET', 'GET', 'GET', 'GET'],
      ])
      for (const request of server.requests)
        expect(request.headers).toMatchObject({ authorization: 'Bearer a-secret-token', 'x-team': 'blue' })
      expect(server.searches()).toHaveLength(2)
    },
  )

  it('303 would lose the question: it is not followed', async () => {
    const server = await moved(303, () => '/login')
    const answer = await about({ url: `${server.url}/old` })
    expect(answer.problems).toMatchObject([{ code: 'response-invalid', message: /it answered 303/ }])
    expect(server.requests).toHaveLength(1)
  })

  it.each([1, 2, 3, 4])('followed by others, %i in all', async (count) => {
    const server = await serve()
    server.fault = ({ target }, response) => {
      const [, left] = /^\/hop(\d)(?=\/)/.exec(target) ?? []
      if (left === undefined) return false
      const next = Number(left) - 1
      response.writeHead(307, { location: target.replace(/^\/hop\d/, next === 0 ? '' : `/hop${next}`) }).end()
      return true
    }
    const answer = await about({ url: `${server.url}/hop${count}` })
    expect(answer.envelopes).toHaveLength(count <= 3 ? 2 : 0)
    expect(answer.problems).toMatchObject(
      count <= 3 ? [] : [{ code: 'response-invalid', message: /more than 3 redirects/ }],
    )
  })

  it('to another origin is not followed, and nothing is told there', async () => {
    const elsewhere = await web((_request, response) => void response.end(first))
    const server = await moved(307, (target) => `${elsewhere.url}${target.replace('/old', '')}?token=secret`)
    const url = new URL(`${server.url}/old`)
    const answer = await openArchivista({ url, headers }).envelopesAbout([image], newCall())
    expect(answer).toEqual({
      envelopes: [],
      problems: [
        {
          code: 'response-invalid',
          service: 'archivista',
          message: `${server.url}/old/v1/query: the redirect leads to another host, ${elsewhere.url}: it is not followed`,
        },
      ],
    })
    expect(elsewhere.requests).toEqual([])
  })

  it('of a download to another origin is not followed: a gitoid that fits makes it no better', async () => {
    const elsewhere = await web((_request, response) => void response.end(first))
    const server = await serve()
    server.fault = ({ target }, response) => {
      if (!target.endsWith(gitoid)) return false
      response.writeHead(302, { location: `${elsewhere.url}/x` }).end()
      return true
    }
    const answer = await openArchivista({ url: new URL(server.url), headers }).envelopesAbout(
      [image],
      newCall(),
    )
    expect(answer.envelopes.map(({ bytes }) => bytes)).toEqual([second])
    expect(answer.problems).toMatchObject([{ code: 'response-invalid', message: /another host/ }])
    expect(elsewhere.requests).toEqual([])
  })

  it.each(['http://user:pass@127.0.0.1:1/x', 'file:///etc/passwd', 'http://[', '//evil.example/v1/query'])(
    'to %s is not followed',
    async (location) => {
      const server = await moved(307, () => location)
      const answer = await about({ url: `${server.url}/old` })
      expect(answer.problems).toMatchObject([{ code: 'response-invalid', service: 'archivista' }])
      expect(JSON.stringify(answer)).not.toContain('pass@')
      expect(server.requests).toHaveLength(1)
    },
  )
})

describe('between the images of a run', () => {
  it('an envelope is read once', async () => {
    const server = await serve()
    const { envelopesAbout } = openArchivista({ url: new URL(server.url) })
    const before = await envelopesAbout([image], newCall())
    const after = await envelopesAbout([image], newCall())
    expect(after).toEqual(before)
    expect(server.downloads()).toHaveLength(2)
    expect(server.searches()).toHaveLength(2)
  })

  it('an envelope is read once, at the same time too', async () => {
    const server = await serve()
    const { envelopesAbout } = openArchivista({ url: new URL(server.url) })
    const answers = await Promise.all([1, 2, 3].map(async () => envelopesAbout([image], newCall())))
    for (const answer of answers) expect(answer).toMatchObject({ problems: [], envelopes: [{}, {}] })
    expect(server.downloads()).toHaveLength(2)
  })

  it('one of another run is read again', async () => {
    const server = await serve()
    await about(server)
    await about(server)
    expect(server.downloads()).toHaveLength(4)
  })

  it('a failure is not kept', async () => {
    const server = await serve()
    server.instead.set(gitoid, second)
    const { envelopesAbout } = openArchivista({ url: new URL(server.url) })
    expect((await envelopesAbout([image], newCall())).problems).toHaveLength(1)
    server.instead.clear()
    expect(await envelopesAbout([image], newCall())).toMatchObject({ problems: [], envelopes: [{}, {}] })
    expect(server.downloads()).toHaveLength(3)
  })

  it('the end of one is no end for another that waits for the same envelope', async () => {
    const server = await serve()
    let hanging = true
    server.fault = ({ target }) => hanging && target.endsWith(gitoid)
    const { envelopesAbout } = openArchivista({ url: new URL(server.url) })
    const ends = new AbortController()
    const one = envelopesAbout([image], newCall({ signal: ends.signal }))
    await expect.poll(() => server.downloads()).toContain(gitoid)
    const two = envelopesAbout([image], newCall())
    await expect.poll(() => server.searches()).toHaveLength(2)
    hanging = false
    ends.abort()
    expect(await one).toMatchObject({ problems: [{ code: 'timeout' }] })
    expect(await two).toMatchObject({ problems: [], envelopes: [{}, {}] })
  })

  it('who waits for what another one reads waits no longer than its own time', async () => {
    const server = await serve()
    server.fault = ({ target }) => target.endsWith(gitoid)
    const { envelopesAbout } = openArchivista({ url: new URL(server.url) })
    const ends = new AbortController()
    const one = envelopesAbout([image], newCall({ signal: ends.signal }))
    await expect.poll(() => server.downloads()).toContain(gitoid)
    const two = await envelopesAbout([image], newCall({ signal: AbortSignal.timeout(100) }))
    expect(two).toMatchObject({ problems: [{ code: 'timeout' }], envelopes: [{}] })
    ends.abort()
    await one
  })

  it('more bytes than may be kept are read again', async () => {
    const server = await serve()
    const limits = { ...usualLimits, kept: first.length + second.length - 1 }
    const { envelopesAbout } = openArchivista({ url: new URL(server.url) }, limits)
    for (let image_ = 0; image_ < 3; image_++)
      expect(await envelopesAbout([image], newCall())).toMatchObject({ problems: [], envelopes: [{}, {}] })
    expect(server.downloads()).toHaveLength(2 + 1 + 1)
  })
})
