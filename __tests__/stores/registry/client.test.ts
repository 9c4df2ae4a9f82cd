import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Reply } from '../../../src/network/exchange.js'
import { openJournal } from '../../../src/network/journal.js'
import { failed, found, type Lookup } from '../../../src/network/lookup.js'
import { openRepository, type Repository } from '../../../src/stores/registry/client.js'
import type { ApiRequest } from '../../../src/stores/registry/session.js'

const call = { signal: new AbortController().signal, retries: 0, journal: openJournal() }
const digestOf = (text: string): `sha256:${string}` =>
  `sha256:${createHash('sha256').update(text).digest('hex')}`
const manifest = '{"schemaVersion":2,"layers":[]}'
const digest = digestOf(manifest)
const other = digestOf('other')
const notThere = '{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}'
const usualType = 'application/vnd.oci.image.manifest.v1+json'

interface Answer {
  readonly status?: number
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A repository whose registry answers this, and the requests that it got. */
function repositoryFor(answer: Answer | Lookup<Reply>): { repository: Repository; requests: ApiRequest[] } {
  const requests: ApiRequest[] = []
  const send = async (request: ApiRequest): Promise<Lookup<Reply>> => {
    requests.push(request)
    if ('kind' in answer) return Promise.resolve(answer)
    const { status = 200, body = '', headers = { 'content-type': usualType } } = answer
    return Promise.resolve(found({ status, headers, body: Buffer.from(body) }))
  }
  return { repository: openRepository({ send }, 'registry.example', 'team/app'), requests }
}

/** The kind of what is found, or the code of a failure. */
const word = (lookup: Lookup<unknown>): string =>
  lookup.kind === 'failed' ? lookup.problem.code : lookup.kind
const manifestOf = async (answer: Answer | Lookup<Reply>, reference = 'v1'): Promise<string> =>
  word(await repositoryFor(answer).repository.manifest(reference, call))
const has = async (answer: Answer | Lookup<Reply>): Promise<string> =>
  word(await repositoryFor(answer).repository.has(digest, call))
const blobOf = async (
  answer: Answer | Lookup<Reply>,
  of = digestOf('content'),
  size?: number,
): Promise<string> => {
  const descriptor = {
    digest: of,
    mediaType: 'text/plain',
    annotations: {},
    ...(size !== undefined && { size }),
  }
  return word(await repositoryFor(answer).repository.blob(descriptor, 100, call))
}
const outage = failed('unreachable', 'no way there', 'registry')

describe('a manifest', () => {
  it('is what its bytes hash to', async () => {
    const { repository, requests } = repositoryFor({ body: manifest })
    expect(await repository.manifest('v1', call)).toEqual(found({ digest, bytes: Buffer.from(manifest) }))
    expect(requests).toMatchObject([{ method: 'GET', repository: 'team/app', path: 'manifests/v1' }])
    expect(requests[0]?.accept).toContain('application/vnd.docker.distribution.manifest.list.v2+json')
  })

  it('that is asked for by its digest has it', async () => {
    expect(await manifestOf({ body: manifest }, digest)).toBe('found')
    expect(await manifestOf({ body: `${manifest} ` }, digest)).toBe('response-invalid')
    expect(await manifestOf({ body: manifest }, other)).toBe('response-invalid')
  })

  it('that the registry calls by another digest is none', async () => {
    const headers = (claimed: string): object => ({
      body: manifest,
      headers: { 'content-type': usualType, 'docker-content-digest': claimed },
    })
    expect(await manifestOf(headers(digest))).toBe('found')
    expect(await manifestOf(headers(other))).toBe('response-invalid')
    // Another algorithm says nothing about this one.
    expect(await manifestOf(headers(`sha512:${'a'.repeat(128)}`))).toBe('found')
  })

  it.each(['', 'hello', '<html>sign in</html>', '[]', 'null', '{"layers":[null]}'])(
    'is not %j',
    async (body) => {
      expect(await manifestOf({ body })).toBe('response-invalid')
    },
  )

  // A gateway that answers its own error with 200: nobody would have signed that "image".
  it.each(['{}', '{"error":"sign in"}', '{"errors":[{"code":"UNAVAILABLE"}]}'])(
    'of a tag is not %j',
    async (body) => {
      expect(await manifestOf({ body })).toBe('response-invalid')
      expect(await manifestOf({ body }, digestOf(body))).toBe('found')
    },
  )

  it.each(['{"schemaVersion":1}', '{"layers":[]}', '{"manifests":[]}', '{"mediaType":"x"}', '{"config":{}}'])(
    'of a tag may be %j',
    async (body) => {
      expect(await manifestOf({ body })).toBe('found')
    },
  )

  it('is absent when the registry says so in its own words, or without any', async () => {
    expect(await manifestOf({ status: 404, body: notThere, headers: {} })).toBe('absent')
    expect(await manifestOf({ status: 404, body: '', headers: {} })).toBe('absent')
  })

  it.each([
    ['a page', { status: 404, body: '<html>404</html>', headers: { 'content-type': 'text/html' } }],
    ['a page without a body', { status: 404, headers: { 'content-type': 'Text/HTML; charset=utf-8' } }],
    ['text', { status: 404, body: '404 page not found', headers: { 'content-type': 'text/plain' } }],
    ['other JSON', { status: 404, body: '{"message":"Not Found"}' }],
    ['an empty list of errors', { status: 404, body: '{"errors":[]}' }],
    ['errors that are none', { status: 404, body: '{"errors":["x",null]}' }],
    ['another status', { status: 400, body: notThere }],
    ['no content', { status: 204 }],
  ])('is neither there nor absent when something answers %s', async (_, answer) => {
    expect(await manifestOf(answer)).toBe('response-invalid')
    expect(await has(answer)).toBe('response-invalid')
  })

  it('of a registry that cannot be asked is a failure', async () => {
    expect(await manifestOf(outage)).toBe('unreachable')
  })
})

describe('whether a manifest is there', () => {
  it('is asked without reading it', async () => {
    const { repository, requests } = repositoryFor({ headers: { 'docker-content-digest': digest } })
    expect(await repository.has(digest, call)).toEqual(found(true))
    expect(requests).toMatchObject([{ method: 'HEAD', path: `manifests/${digest}` }])
  })

  it('is believed without a digest in the answer, but not with another one', async () => {
    expect(await has({})).toBe('found')
    for (const claimed of [other, '', `sha512:${'a'.repeat(128)}`])
      expect(await has({ headers: { 'docker-content-digest': claimed } })).toBe('response-invalid')
  })

  it('is answered with no, or not at all', async () => {
    expect(await has({ status: 404, headers: {} })).toBe('absent')
    expect(await has(outage)).toBe('unreachable')
  })
})

describe('a blob', () => {
  it('is what its descriptor says', async () => {
    const { repository, requests } = repositoryFor({ body: 'content' })
    const descriptor = { digest: digestOf('content'), mediaType: 'text/plain', annotations: {}, size: 7 }
    expect(await repository.blob(descriptor, 100, call)).toEqual(found(Buffer.from('content')))
    expect(requests).toMatchObject([{ path: `blobs/${digestOf('content')}`, limit: 7 }])
  })

  it('may have a descriptor without a size', async () => {
    const { repository, requests } = repositoryFor({ body: 'content' })
    await repository.blob({ digest: digestOf('content'), mediaType: '', annotations: {} }, 100, call)
    expect(requests).toMatchObject([{ limit: 100 }])
  })

  it('with other content is none', async () => {
    expect(await blobOf({ body: 'Content' })).toBe('response-invalid')
    expect(await blobOf({ body: '' })).toBe('response-invalid')
  })

  it('that is listed and not there is a broken registry, never an absence', async () => {
    for (const status of [404, 400]) expect(await blobOf({ status, body: notThere })).toBe('response-invalid')
  })

  it('of more bytes than are read is not asked for', async () => {
    const { repository, requests } = repositoryFor({ body: 'content' })
    const descriptor = { digest, mediaType: '', annotations: {}, size: 101 }
    expect(await repository.blob(descriptor, 100, call)).toMatchObject({
      problem: { code: 'limit-exceeded' },
    })
    expect(requests).toEqual([])
  })

  it('of another kind of digest is not asked for: it makes no path', async () => {
    for (const odd of [
      `sha512:${'a'.repeat(128)}`,
      digest.toUpperCase(),
      '../../manifests/v1',
      'sha256:..',
      '',
    ]) {
      const { repository, requests } = repositoryFor({ body: 'content' })
      const lookup = await repository.blob({ digest: odd, mediaType: '', annotations: {} }, 100, call)
      expect(word(lookup)).toBe('unsupported')
      expect(requests).toEqual([])
    }
  })

  it('of a registry that cannot be asked is a failure', async () => {
    expect(await blobOf(outage)).toBe('unreachable')
  })
})
