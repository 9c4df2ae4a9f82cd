import { describe, expect, it } from 'vitest'
import { openJournal } from '../../../src/network/journal.js'
import { absent, failed, found, type Lookup } from '../../../src/network/lookup.js'
import type { Reply } from '../../../src/network/exchange.js'
import { listFallback, listReferrers } from '../../../src/stores/registry/referrers.js'
import type { FetchedManifest, Repository } from '../../../src/stores/registry/client.js'

const digest = `sha256:${'ab'.repeat(32)}` as const
const first = `/v2/team/app/referrers/${digest}`
const call = { signal: new AbortController().signal, retries: 0, journal: openJournal() }
const entry = (number: number): object => ({ digest: `sha256:${String(number).padStart(64, '0')}` })
const indexOf = (...numbers: readonly number[]): object => ({ manifests: numbers.map(entry) })

interface Page {
  readonly status?: number
  readonly type?: string
  readonly body?: object | string
  readonly link?: string | string[]
}

interface Asked {
  readonly repository: Repository
  readonly paths: readonly string[]
}

/** A repository whose pages are these, by path; what is none of them is a page that fails. */
function repositoryOf(
  pages: Readonly<Record<string, Page | Lookup<Reply>>>,
  host = 'registry.example',
): Asked {
  const paths: string[] = []
  const page = async (path: string): Promise<Lookup<Reply>> => {
    paths.push(path)
    const one = pages[path]
    if (one === undefined) return Promise.resolve(failed('internal-error', `no page ${path}`))
    if ('kind' in one) return Promise.resolve(one)
    const { status = 200, type = 'application/vnd.oci.image.index.v1+json', body = indexOf(), link } = one
    const headers = { 'content-type': type, ...(link !== undefined && { link }) } as Reply['headers']
    const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
    return Promise.resolve(found({ status, headers, body: bytes }))
  }
  const none = async (): Promise<never> => Promise.reject(new Error('nobody asks for this'))
  return {
    repository: {
      name: `${host}/team/app`,
      service: 'registry',
      host,
      path: 'team/app',
      manifest: none,
      has: none,
      blob: none,
      stream: none,
      page,
    },
    paths,
  }
}

/** Numbers of what is listed and where from, or the code of a failure. */
async function list(pages: Readonly<Record<string, Page | Lookup<Reply>>>, host?: string): Promise<unknown> {
  const referrers = await listReferrers(repositoryOf(pages, host).repository, digest, call)
  if (referrers.kind !== 'found') return referrers.kind === 'failed' ? referrers.problem.code : referrers.kind
  const { listed, from } = referrers.value
  return [from, ...listed.map((one) => Number(one.digest.slice(7)))]
}

describe('a registry that lists', () => {
  it('is asked once when there is one page', async () => {
    const { repository, paths } = repositoryOf({ [first]: { body: indexOf(1, 2) } })
    const referrers = await listReferrers(repository, digest, call)
    expect(referrers).toMatchObject({ kind: 'found', value: { from: 'api', listed: [{}, {}] } })
    expect(paths).toEqual([first])
  })

  it('may have nothing to list', async () => {
    expect(await list({ [first]: {} })).toEqual(['api'])
  })

  it.each([
    ['a path', '</v2/team/app/x?n=1>; rel="next"'],
    ['a path from here', '<../x?n=1>; rel="next"'],
    ['a URL', '<https://registry.example/v2/team/app/x?n=1>; rel="next"'],
    ['a URL of the other scheme', '<http://registry.example/v2/team/app/x?n=1>; rel="next"'],
    ['a name without quotes', '</v2/team/app/x?n=1>; rel=next'],
    ['other parameters', '</v2/team/app/x?n=1>; title="a"; REL="next"'],
    ['another link before', '</v2/team/app/y>; rel="first", </v2/team/app/x?n=1>; rel="next"'],
    ['another link after', '</v2/team/app/x?n=1>; rel="next", </v2/team/app/y>; rel="last"'],
  ])('is asked for all pages, the next one named by %s', async (_, link) => {
    const pages = { [first]: { body: indexOf(1), link }, '/v2/team/app/x?n=1': { body: indexOf(2, 3) } }
    expect(await list(pages)).toEqual(['api', 1, 2, 3])
  })

  it('may send several headers', async () => {
    const link = ['</v2/team/app/y>; rel="first"', '</v2/team/app/x>; rel="next"']
    expect(
      await list({ [first]: { body: indexOf(1), link }, '/v2/team/app/x': { body: indexOf(2) } }),
    ).toEqual(['api', 1, 2])
  })

  it.each(['https://registry.example:443', 'http://registry.example:80'])(
    'may name its usual port, and may leave it out again: %s',
    async (base) => {
      const link = `<${base}/v2/team/app/x>; rel="next"`
      const pages = { [first]: { link }, '/v2/team/app/x': { body: indexOf(2) } }
      expect(await list(pages)).toEqual(['api', 2])
      const bare = { ...pages, [first]: { link: link.replace(/:\d+/, '') } }
      expect(await list(bare, base.replace(/^https?:\/\//, ''))).toEqual(['api', 2])
    },
  )

  it.each([
    undefined,
    '',
    '</v2/team/app/x>',
    '</v2/team/app/x>; rel="prev"',
    '</v2/team/app/x>; rel="nextish"',
    'next',
  ])('has said all with the link %j', async (link) => {
    expect(await list({ [first]: { body: indexOf(1), ...(link !== undefined && { link }) } })).toEqual([
      'api',
      1,
    ])
  })

  it.each([
    'https://elsewhere.example/v2/team/app/x',
    '//elsewhere.example/v2/team/app/x',
    'https://registry.example:8443/v2/team/app/x',
    'https://registry.example.evil/v2/x',
    'https://registry.example@evil.example/v2/x',
    '/login',
    '/v2/../login',
    'http://[',
    'file:///v2/x',
  ])('is not followed to %s', async (target) => {
    expect(await list({ [first]: { body: indexOf(1), link: `<${target}>; rel="next"` } })).toBe(
      'response-invalid',
    )
  })

  it('is not followed in circles', async () => {
    const { repository, paths } = repositoryOf({ [first]: { link: `<${first}>; rel="next"` } })
    const referrers = await listReferrers(repository, digest, call)
    expect(referrers).toMatchObject({ kind: 'failed', problem: { code: 'limit-exceeded' } })
    expect(paths).toHaveLength(100)
  })

  it('may list a thousand, and no more', async () => {
    const numbers = Array.from({ length: 1000 }, (_, index) => index)
    expect(await list({ [first]: { body: indexOf(...numbers) } })).toHaveLength(1001)
    expect(await list({ [first]: { body: indexOf(...numbers, 1000) } })).toBe('limit-exceeded')
  })

  it.each([
    ['fails', { status: 404 }],
    ['is no index', { type: 'text/html', body: '<html></html>' }],
    ['is no listing', { body: { layers: [] } }],
    ['lists what is no descriptor', { body: { manifests: [null] } }],
  ])('has not said all when a later page %s', async (_, page) => {
    const link = '</v2/team/app/x>; rel="next"'
    expect(await list({ [first]: { body: indexOf(1), link }, '/v2/team/app/x': page })).toBe(
      'response-invalid',
    )
  })

  it('that cannot be asked is a failure, on the first page and on later ones', async () => {
    const outage = failed('unreachable', 'no way there', 'registry')
    expect(await list({ [first]: outage })).toBe('unreachable')
    const link = '</v2/team/app/x>; rel="next"'
    expect(await list({ [first]: { body: indexOf(1), link }, '/v2/team/app/x': outage })).toBe('unreachable')
  })
})

describe('a registry that does not list', () => {
  it.each([400, 404, 406])('says so with %i', async (status) => {
    expect(await list({ [first]: { status, type: 'text/plain', body: '404 page not found' } })).toEqual([
      'none',
    ])
  })

  it.each([
    ['a page', { type: 'text/html', body: '<html></html>' }],
    ['a manifest', { type: 'application/vnd.oci.image.manifest.v1+json', body: { layers: [] } }],
    ['a list without its type', { type: 'application/json', body: indexOf(1) }],
    ['an index without a list', { body: {} }],
    ['an index that is no JSON', { body: 'hello' }],
  ])('may answer %s, behind which a listing may hide', async (_, page) => {
    expect(await list({ [first]: page })).toEqual(['odd'])
  })

  it('lists with parameters of the type, in whatever case', async () => {
    const type = 'Application/vnd.OCI.image.index.v1+json; charset=utf-8'
    expect(await list({ [first]: { type, body: indexOf(1) } })).toEqual(['api', 1])
  })
})

describe('the tag that lists instead', () => {
  async function fallback(
    manifest: Lookup<FetchedManifest>,
  ): Promise<[string[], Awaited<ReturnType<typeof listFallback>>]> {
    const tags: string[] = []
    const { repository } = repositoryOf({})
    const answers = async (tag: string): Promise<Lookup<FetchedManifest>> => {
      tags.push(tag)
      return Promise.resolve(manifest)
    }
    return [tags, await listFallback({ ...repository, manifest: answers }, digest, call)]
  }
  const manifestOf = (value: object): Lookup<FetchedManifest> =>
    found({ digest, bytes: Buffer.from(JSON.stringify(value)) })

  it('is named after the digest', async () => {
    const [tags, listed] = await fallback(manifestOf(indexOf(1, 2)))
    expect(tags).toEqual([`sha256-${'ab'.repeat(32)}`])
    expect(listed).toMatchObject({ kind: 'found', value: [{}, {}] })
  })

  it('that is no index lists nothing', async () => {
    expect((await fallback(manifestOf({ layers: [] })))[1].kind).toBe('absent')
  })

  it('that is absent is absent, and that cannot be asked is a failure', async () => {
    expect((await fallback(absent('not there')))[1].kind).toBe('absent')
    expect((await fallback(failed('denied', 'no right')))[1]).toMatchObject({ problem: { code: 'denied' } })
  })

  it('lists a thousand, and no more', async () => {
    const numbers = Array.from({ length: 1001 }, (_, index) => index)
    expect((await fallback(manifestOf(indexOf(...numbers.slice(1)))))[1].kind).toBe('found')
    expect((await fallback(manifestOf(indexOf(...numbers))))[1]).toMatchObject({
      problem: { code: 'limit-exceeded' },
    })
  })
})
