import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openJournal } from '../../../src/network/journal.js'
import { openArchivista } from '../../../src/stores/archivista/archivista.js'
import { usualLimits } from '../../../src/stores/archivista/limits.js'
import { bundleLimit, signatureLimit } from '../../../src/stores/store.js'
import { newCall } from '../../harness/call.js'
import { sharedFolder } from '../../harness/shared.js'
import { envelope, gitoidOf, openServer, type Server } from './server.js'

const open: Server[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(async (server) => server.stop()))
})

async function serve(at?: string): Promise<Server> {
  const server = await openServer(at)
  open.push(server)
  return server
}

const image = 'a'.repeat(64)
const commit = 'b'.repeat(40)
const other = 'c'.repeat(64)

/** So many envelopes about the image. */
function fill(server: Server, count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => server.store(envelope(`step ${at}`, image), image)).sort()
}

describe('a search', () => {
  it('finds every envelope about any of the digests, each once, in the order of their gitoids', async () => {
    const server = await serve()
    const both = envelope('build', image, commit)
    const source = envelope('source', commit)
    server.store(both, image, commit)
    server.store(source, commit)
    server.store(envelope('another', other), other)
    const journal = openJournal()
    const { envelopesAbout } = openArchivista({ url: new URL(server.url) })
    const expected = [both, source]
      .map((bytes) => ({
        bytes,
        gitoid: gitoidOf(bytes),
        where: `${server.url}/v1/download/${gitoidOf(bytes)}`,
      }))
      .sort((a, b) => (a.gitoid < b.gitoid ? -1 : 1))
    expect(await envelopesAbout([image, commit, image], newCall({ journal }))).toEqual({
      envelopes: expected,
      problems: [],
    })
    expect(journal.calls()).toEqual([{ host: server.host, count: 3 }])
    expect(server.requests.map(({ method, headers }) => [method, headers['content-type']])).toEqual([
      ['POST', 'application/json'],
      ['GET', undefined],
      ['GET', undefined],
    ])
  })

  it('asks by digests alone, for pages', async () => {
    const server = await serve()
    await openArchivista({ url: new URL(server.url) }).envelopesAbout([image, commit], newCall())
    const [search] = server.searches()
    expect(search?.variables).toEqual({ digests: [image, commit], first: 250, after: null })
    expect(search?.query).toContain(
      'where: {hasStatementWith: {hasSubjectsWith: {hasSubjectDigestsWith: {valueIn: $digests}}}}',
    )
    expect(search?.query).not.toMatch(/hasAttestation|typeIn|predicate/)
    expect(search?.query).toContain('pageInfo { hasNextPage endCursor }')
  })

  it('finds nothing where nothing is, without a problem', async () => {
    const server = await serve()
    server.store(envelope('another', other), other)
    const answer = await openArchivista({ url: new URL(server.url) }).envelopesAbout([image], newCall())
    expect(answer).toEqual({ envelopes: [], problems: [] })
    expect(server.requests).toHaveLength(1)
  })

  it('for no digests asks nothing', async () => {
    const server = await serve()
    const answer = await openArchivista({ url: new URL(server.url) }).envelopesAbout([], newCall())
    expect(answer).toEqual({ envelopes: [], problems: [] })
    expect(server.requests).toEqual([])
  })

  it('takes a digest with its algorithm for the digest', async () => {
    const server = await serve()
    fill(server, 1)
    const { envelopesAbout } = openArchivista({ url: new URL(server.url) })
    const answer = await envelopesAbout([`sha256:${image}`, `sha1:${commit}`, image], newCall())
    expect(answer.envelopes).toHaveLength(1)
    expect(server.searches()[0]?.variables.digests).toEqual([image, commit])
  })

  it.each([1, 2, 7, 20, 21])('walks all pages, also of %i entries', async (pageSize) => {
    const server = await serve()
    const gitoids = fill(server, 20)
    server.pageSize = pageSize
    const answer = await openArchivista({ url: new URL(server.url) }).envelopesAbout([image], newCall())
    expect(answer.problems).toEqual([])
    expect(answer.envelopes.map(({ gitoid }) => gitoid)).toEqual(gitoids)
    expect(server.searches()).toHaveLength(Math.ceil(20 / pageSize))
    expect(new Set(server.downloads()).size).toBe(20)
    expect(server.downloads()).toHaveLength(20)
  })

  it.each([100, 101, 250])('sends %i digests in as many requests as needed', async (count) => {
    const server = await serve()
    const digests = Array.from({ length: count }, (_, at) => at.toString(16).padStart(64, '0'))
    const gitoids = digests.map((digest) => server.store(envelope('one', digest), digest)).sort()
    const answer = await openArchivista({ url: new URL(server.url) }).envelopesAbout(digests, newCall())
    expect(answer.problems).toEqual([])
    expect(answer.envelopes.map(({ gitoid }) => gitoid)).toEqual(gitoids)
    expect(server.searches()).toHaveLength(Math.ceil(count / 100))
    expect(server.searches().every(({ variables }) => variables.digests.length <= 100)).toBe(true)
  })

  it.each(['/archivista', '/archivista/', '/a/b//'])('goes below the path of the address: %s', async (at) => {
    const server = await serve(at.replace(/\/+$/, ''))
    const [gitoid] = fill(server, 1)
    const url = new URL(at, server.url)
    const answer = await openArchivista({ url }).envelopesAbout([image], newCall())
    expect(answer.problems).toEqual([])
    expect(answer.envelopes[0]?.where).toBe(`${server.url}/v1/download/${String(gitoid)}`)
  })
})

describe('limits', () => {
  it('are those of other stores, and larger than what is usual', () => {
    expect(usualLimits.envelope).toBe(bundleLimit)
    expect(usualLimits.envelopes).toBe(signatureLimit)
    // A page of entries as the server writes them.
    const edge = JSON.stringify({ node: { gitoidSha256: image } }).length + 1
    expect(usualLimits.answer).toBeGreaterThan(10 * usualLimits.page * edge)
    expect(usualLimits.page * usualLimits.pages).toBeGreaterThan(usualLimits.envelopes)
  })

  it('of envelopes: what is beyond is not read, and that is said', async () => {
    const server = await serve()
    const gitoids = fill(server, 6)
    for (const [most, pageSize] of [
      [5, 1000],
      [5, 2],
      [6, 1000],
    ] as const) {
      server.pageSize = pageSize
      const { envelopesAbout } = openArchivista(
        { url: new URL(server.url) },
        { ...usualLimits, envelopes: most },
      )
      const answer = await envelopesAbout([image], newCall())
      expect(answer.envelopes.map(({ gitoid }) => gitoid)).toEqual(gitoids.slice(0, most))
      expect(answer.problems).toEqual(
        most === 6
          ? []
          : [
              {
                code: 'limit-exceeded',
                service: 'archivista',
                message: `${server.url}/v1/query: more than 5 envelopes: only so many were read`,
              },
            ],
      )
    }
  })

  it('of envelopes: once there are too many, no further page is asked for', async () => {
    const server = await serve()
    fill(server, 20)
    server.pageSize = 2
    const limits = { ...usualLimits, envelopes: 5 }
    const { envelopesAbout } = openArchivista({ url: new URL(server.url) }, limits)
    expect(await envelopesAbout([image], newCall())).toMatchObject({ problems: [{ code: 'limit-exceeded' }] })
    expect(server.searches()).toHaveLength(3)
  })

  it('of pages: a server that always has another one is left', async () => {
    const server = await serve()
    let page = 0
    server.fault = ({ target }, response) => {
      if (!target.endsWith('/query')) return false
      const pageInfo = { hasNextPage: true, endCursor: `page ${++page}` }
      response.end(JSON.stringify({ data: { dsses: { edges: [], pageInfo } } }))
      return true
    }
    const answer = await openArchivista({ url: new URL(server.url) }).envelopesAbout([image], newCall())
    expect(answer.problems).toMatchObject([{ code: 'limit-exceeded', service: 'archivista' }])
    expect(page).toBe(usualLimits.pages)
  })

  it('of pages: one entry again and again is no reason to stop early in silence', async () => {
    const server = await serve()
    const [gitoid] = fill(server, 1)
    let page = 0
    server.fault = ({ target }, response) => {
      if (!target.endsWith('/query')) return false
      const pageInfo = { hasNextPage: true, endCursor: `page ${++page}` }
      const edges = Array.from({ length: 30 }, () => ({ node: { gitoidSha256: gitoid } }))
      response.end(JSON.stringify({ data: { dsses: { edges, pageInfo } } }))
      return true
    }
    const limits = { ...usualLimits, envelopes: 20 }
    const { envelopesAbout } = openArchivista({ url: new URL(server.url) }, limits)
    const answer = await envelopesAbout([image], newCall())
    expect(answer.envelopes).toHaveLength(1)
    expect(answer.problems).toMatchObject([{ code: 'limit-exceeded', message: /more than 100 pages/ }])
  })

  it('of digests: what is beyond is not looked for, and that is said', async () => {
    const server = await serve()
    const limits = { ...usualLimits, digests: 2, searches: 2 }
    const digests = ['1', '2', '3', '4', '5'].map((digit) => digit.repeat(64))
    for (const digest of digests) server.store(envelope('one', digest), digest)
    const { envelopesAbout } = openArchivista({ url: new URL(server.url) }, limits)
    const answer = await envelopesAbout(digests, newCall())
    expect(server.searches().map(({ variables }) => variables.digests)).toEqual([
      digests.slice(0, 2),
      digests.slice(2, 4),
    ])
    expect(answer.envelopes).toHaveLength(4)
    expect(answer.problems).toEqual([
      {
        code: 'limit-exceeded',
        service: 'archivista',
        message: `${server.url}/v1/query: 5 digests to look for, only 4 were looked for`,
      },
    ])
    expect((await envelopesAbout(digests.slice(1), newCall())).problems).toEqual([])
  })

  it('of one envelope: the others are read', async () => {
    const server = await serve()
    const small = server.store(envelope('small', image), image)
    const exact = server.store(Buffer.alloc(2000, ' '), image)
    const large = server.store(Buffer.alloc(2001, ' '), image)
    const limits = { ...usualLimits, envelope: 2000 }
    const { envelopesAbout } = openArchivista({ url: new URL(server.url) }, limits)
    const answer = await envelopesAbout([image], newCall({ retries: 2 }))
    expect(answer.envelopes.map(({ gitoid }) => gitoid)).toEqual([small, exact].sort())
    expect(answer.problems).toEqual([
      {
        code: 'limit-exceeded',
        service: 'archivista',
        message: `${server.url}/v1/download/${large}: larger than 2000 bytes`,
      },
    ])
    expect(server.downloads()).toHaveLength(3)
  })

  it('of all envelopes of a question: the rest is not read, and that is said once', async () => {
    const server = await serve()
    for (let at = 0; at < 20; at++) server.store(Buffer.alloc(1000, at), image)
    const limits = { ...usualLimits, question: 10_000 }
    const { envelopesAbout } = openArchivista({ url: new URL(server.url) }, limits)
    const answer = await envelopesAbout([image], newCall())
    expect(answer.envelopes.length).toBeGreaterThanOrEqual(10)
    expect(answer.envelopes.length).toBeLessThan(10 + limits.atOnce)
    expect(answer.problems).toMatchObject([{ code: 'limit-exceeded', service: 'archivista' }])
  })

  it('of a page: a longer answer is not read', async () => {
    const server = await serve()
    fill(server, 5)
    const { envelopesAbout } = openArchivista({ url: new URL(server.url) }, { ...usualLimits, answer: 100 })
    expect(await envelopesAbout([image], newCall())).toEqual({
      envelopes: [],
      problems: [
        {
          code: 'limit-exceeded',
          service: 'archivista',
          message: `${server.url}/v1/query: larger than 100 bytes`,
        },
      ],
    })
  })

  it('of requests: never more of the run at the same time, with an image not more than its share', async () => {
    const server = await serve()
    fill(server, 12)
    server.store(envelope('another', other), other)
    let running = 0
    let most = 0
    server.fault = ({ target }, response) => {
      if (!target.includes('/download/')) return false
      most = Math.max(most, ++running)
      response.on('close', () => running--)
      setTimeout(() => response.end(), 10)
      return true
    }
    const alone = openArchivista({ url: new URL(server.url) })
    await alone.envelopesAbout([image], newCall())
    expect(most).toBe(usualLimits.atOnce)
    most = 0
    const limits = { ...usualLimits, requests: 3 }
    const { envelopesAbout } = openArchivista({ url: new URL(server.url) }, limits)
    await Promise.all([image, other, image].map(async (digest) => envelopesAbout([digest], newCall())))
    expect(most).toBe(3)
  })
})

const recorded = sharedFolder('fixtures/cilock')

describe.skipIf(recorded === undefined)('what Archivista 0.11.1 answered', () => {
  const read = (name: string): Buffer => readFileSync(path.join(recorded ?? '', name))

  it('to a search by digest: collections of both types are found and read', async () => {
    const server = await serve()
    const request = JSON.parse(read('archivista/by-digest.request.json').toString()) as {
      variables: { d: string[] }
    }
    const answer = JSON.parse(read('archivista/by-digest.response.json').toString()) as {
      data: { dsses: object }
    }
    // The recorded search did not ask for it.
    Object.assign(answer.data.dsses, { pageInfo: { hasNextPage: false, endCursor: 'gaFpxBAQ' } })
    server.fault = ({ target }, response) => {
      if (target !== '/v1/query') return false
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
      return true
    }
    const made = ['attestations/c-docker-build.json', 'attestations/w-docker-build.json'].map(read)
    for (const bytes of made) server.store(bytes)
    const { envelopesAbout } = openArchivista({ url: new URL(server.url) })
    const { envelopes, problems } = await envelopesAbout(request.variables.d, newCall())
    expect(problems).toEqual([])
    expect(envelopes.map(({ bytes }) => Buffer.from(bytes).equals(made[0] ?? Buffer.of()))).toEqual([
      true,
      false,
    ])
    expect(envelopes.map(({ gitoid }) => gitoid)).toEqual(made.map(gitoidOf))
  })

  it('to a search it does not understand: that is no empty list', async () => {
    const server = await serve()
    server.fault = (_request, response) => {
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(read('archivista/error.response.json'))
      return true
    }
    const { envelopesAbout } = openArchivista({ url: new URL(server.url) })
    expect(await envelopesAbout([image], newCall({ retries: 2 }))).toEqual({
      envelopes: [],
      problems: [
        {
          code: 'response-invalid',
          service: 'archivista',
          message: `${server.url}/v1/query: the search failed: Cannot query field "nosuch" on type "Query".`,
        },
      ],
    })
    expect(server.requests).toHaveLength(1)
  })
})
