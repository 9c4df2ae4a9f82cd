import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Github, type Listed, openGithub } from '../harness/github.js'
import { newBundle, putImage, signByBundle } from '../harness/registry-images.js'
import { says } from '../harness/registry-faults.js'
import { type LoopbackRegistry, openRegistry } from '../harness/registry.js'
import { runAction, type RanAction, type RunOptions } from '../harness/run.js'
import { newKey } from '../harness/store.js'

const key = newKey()
const other = newKey()
const provenance = 'https://slsa.dev/provenance/v1'
const sbom = 'https://cyclonedx.org/bom'

let registry: LoopbackRegistry
let github: Github
let digest: string
beforeEach(async () => {
  registry = await openRegistry()
  github = await openGithub()
  digest = putImage(registry.holdings, 'app')
})
afterEach(async () => {
  await registry.stop()
  await github.stop()
})

async function verify(
  inputs: Readonly<Record<string, string>> = {},
  env: RunOptions['env'] = {},
): Promise<RanAction> {
  const usual = { image: `${registry.host}/app:v1`, key: key.publicPem, retries: '1', timeout: '6s' }
  return runAction(
    {
      ...usual,
      'attestation-type': provenance,
      'insecure-ignore-tlog': 'true',
      'github-attestations': 'team/app',
      ...inputs,
    },
    { env: { GITHUB_API_URL: github.url, ...env } },
  )
}

function keep(listed: readonly Listed[], repository = 'team/app', of = digest): void {
  github.repositories.set(repository, new Map([[of, listed]]))
}

function expectEnd(ran: RanAction, verdict: string, code = '', service?: string): void {
  expect(ran.outputs['failure-code'], ran.outputs['message']).toBe(code)
  expect(ran.outputs['verdict']).toBe(verdict)
  expect(ran.document?.failure?.service).toBe(service)
  expect(ran.exit).toBe({ verified: 0, rejected: 1, undetermined: 2 }[verdict])
}

const good = (): object => newBundle(digest, key, provenance)

describe('an attestation that GitHub keeps', () => {
  it.each<[string, (bundle: object) => Listed]>([
    ['in the listing itself', (bundle) => ({ bundle })],
    ['at an address, compressed', (bundle) => ({ bundle, at: 'snappy' })],
    ['at an address, as it is', (bundle) => ({ bundle, at: 'plain' })],
  ])('counts: %s', async (_, listed) => {
    keep([listed(good())])
    const ran = await verify()
    expectEnd(ran, 'verified')
    const host = github.url.replace('http://', '')
    expect(ran.document?.images[0]?.attestations[0]).toMatchObject({
      format: 'sigstore-bundle',
      verified: true,
      where: `${host}/repos/team/app/attestations/${digest} (1 of 1)`,
    })
    expect(ran.document?.calls.map((call) => call.host)).toContain(host)
    // An address that is signed for a while is as good as a password.
    expect(JSON.stringify(ran)).not.toContain('a-signed-secret')
  })

  it('counts from any page, beside others that do not', async () => {
    github.pageSize = 2
    const wrong = newBundle(digest, other, provenance)
    keep([...Array.from({ length: 4 }, () => ({ bundle: wrong })), { bundle: good(), at: 'snappy' }])
    expectEnd(await verify(), 'verified')
    expect(github.requests).toHaveLength(3)
  })

  it('counts with the token of the step, which goes to GitHub and nowhere else', async () => {
    github.token = 'ghs_a-token-of-this-step'
    keep([{ bundle: good(), at: 'snappy' }])
    const ran = await verify(
      { 'github-attestations': '', 'github-token': github.token },
      { GITHUB_REPOSITORY: 'team/app' },
    )
    expectEnd(ran, 'verified')
    expect(github.requests[0]?.headers.authorization).toBe(`Bearer ${github.token}`)
    for (const { headers } of [...github.blobs.requests, ...registry.requests])
      expect(headers.authorization).toBeUndefined()
    expect(JSON.stringify(ran)).not.toContain(github.token)
  })

  it('counts beside a registry that is silent about its own', async () => {
    keep([{ bundle: good() }])
    registry.fault('app', 'referrers', 'always', says(500, 'UNKNOWN'))
    expectEnd(await verify(), 'verified')
  })

  it('is not asked for where a plain signature is demanded', async () => {
    signByBundle(registry.holdings, 'app', digest, key)
    keep([{ bundle: good() }])
    expectEnd(await verify({ 'attestation-type': '' }), 'verified')
    expect(github.requests).toEqual([])
  })
})

describe('an attestation that GitHub keeps and that is not the right one', () => {
  it.each<[string, () => object, string]>([
    ['by another key', () => newBundle(digest, other, provenance), 'attestation-invalid'],
    ['of another image', () => newBundle(`sha256:${'ab'.repeat(32)}`, key, provenance), 'digest-mismatch'],
    ['of another type', () => newBundle(digest, key, sbom), 'attestation-missing'],
  ])('is rejected: %s', async (_, bundle, code) => {
    keep([{ bundle: bundle() }])
    expectEnd(await verify(), 'rejected', code)
  })

  it('is rejected: of another repository, or of none', async () => {
    keep([{ bundle: good() }], 'team/other')
    github.repositories.set('team/app', new Map())
    expectEnd(await verify(), 'rejected', 'attestation-missing')
  })
})

describe('GitHub when it does not tell', () => {
  it('a repository that is not there or not to be read is no absence', async () => {
    expectEnd(await verify(), 'undetermined', 'denied', 'github')
  })

  it('a token that is wrong is no absence', async () => {
    github.token = 'ghs_the-right-token'
    keep([{ bundle: good() }])
    expectEnd(await verify({ 'github-token': 'ghs_another-token' }), 'undetermined', 'denied', 'github')
  })

  it.each<[string, Github['fault'] & object, string]>([
    ['500', (_, response) => Boolean(response.writeHead(500).end()), 'server-error'],
    ['403', (_, response) => Boolean(response.writeHead(403).end()), 'denied'],
    ['429', (_, response) => Boolean(response.writeHead(429).end()), 'rate-limited'],
    [
      '403 as nothing is left',
      (_, response) => Boolean(response.writeHead(403, { 'x-ratelimit-remaining': '0' }).end()),
      'rate-limited',
    ],
    ['a dropped connection', (_, response) => Boolean(response.socket?.destroy()), 'unreachable'],
    ['silence', () => true, 'timeout'],
    ['a page', (_, response) => Boolean(response.writeHead(200).end('<html></html>')), 'response-invalid'],
    [
      'a page instead of the list',
      ({ target }, response) =>
        target.includes('/attestations/') &&
        Boolean(response.writeHead(404, { 'content-type': 'text/html' }).end('<html>Not Found</html>')),
      'response-invalid',
    ],
    [
      'no list',
      (_, response) => Boolean(response.writeHead(200).end('{"attestations":{}}')),
      'response-invalid',
    ],
    [
      'a next page elsewhere',
      (_, response) =>
        Boolean(
          response
            .writeHead(200, { link: '<https://elsewhere.example/x>; rel="next"' })
            .end('{"attestations":[]}'),
        ),
      'response-invalid',
    ],
  ])('%s', async (_, fault, code) => {
    keep([{ bundle: good() }])
    github.fault = fault
    expectEnd(await verify(), 'undetermined', code, 'github')
  })

  it.each<[string, Github['blobFault'] & object, string]>([
    ['is not there', (_, response) => Boolean(response.writeHead(404).end()), 'response-invalid'],
    ['is refused', (_, response) => Boolean(response.writeHead(403).end()), 'denied'],
    ['is half a bundle', (_, response) => Boolean(response.writeHead(200).end('{"x":')), 'response-invalid'],
    ['is no bundle', (_, response) => Boolean(response.writeHead(200).end('garbage')), 'response-invalid'],
    [
      'says that it is larger than anything',
      (_, response) => Boolean(response.writeHead(200).end(Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0]))),
      'response-invalid',
    ],
    [
      'leads elsewhere',
      (_, response) => Boolean(response.writeHead(302, { location: 'http://elsewhere.example/' }).end()),
      'response-invalid',
    ],
  ])('a bundle at an address that %s', async (_, fault, code) => {
    keep([{ bundle: good(), at: 'snappy' }])
    github.blobFault = fault
    expectEnd(await verify(), 'undetermined', code, 'github')
  })

  it.each([
    ['neither bundle nor address', { bundle: null }],
    ['an address that is none', { bundle: null, bundle_url: 'nowhere' }],
    ['an address without https', { bundle: null, bundle_url: 'http://elsewhere.example/x' }],
    ['an address of a file', { bundle: null, bundle_url: 'file:///etc/passwd' }],
  ])('an entry with %s', async (_, entry) => {
    keep([{ entry }])
    expectEnd(await verify(), 'undetermined', 'response-invalid', 'github')
  })

  it('one broken entry hides no good one', async () => {
    keep([{ entry: {} }, { bundle: good() }])
    expectEnd(await verify(), 'verified')
  })

  it('a repository that was renamed is followed as a stranger', async () => {
    github.token = 'ghs_a-token-of-this-step'
    keep([{ bundle: good() }])
    github.fault = ({ target }, response) => {
      if (!target.startsWith('/repos/old/name')) return false
      response.writeHead(301, { location: target.replace('old/name', 'team/app') }).end()
      return true
    }
    const ran = await verify({ 'github-attestations': 'old/name', 'github-token': github.token })
    expect(ran.outputs['verdict']).toBe('undetermined')
    const [, sentOn] = github.requests
    expect(sentOn?.headers.authorization).toBeUndefined()
  })
})

describe('what is wrong with the inputs', () => {
  it.each<[string, Readonly<Record<string, string>>, RunOptions['env']]>([
    ['no repository', { 'github-attestations': '', 'github-token': 'ghs_token' }, {}],
    ['a repository that is a path', { 'github-attestations': 'team/..' }, {}],
    ['an interface without https', {}, { GITHUB_API_URL: 'http://github.example' }],
    ['offline', { offline: 'true' }, {}],
  ])('%s', async (_, inputs, env) => {
    keep([{ bundle: good() }])
    expectEnd(await verify(inputs, env), 'undetermined', 'input-invalid')
    expect(github.requests).toEqual([])
  })
})
