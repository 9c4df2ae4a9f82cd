import { afterEach, describe, expect, it } from 'vitest'
import { authOf, dockerConfig } from '../harness/docker-config.js'
import { expectEnding } from '../harness/endings.js'
import { says, sendsTo } from '../harness/registry-faults.js'
import { login, loginInputs, openSigned, signer, type SignedRegistry } from '../harness/registry-guarded.js'
import { putImage, signSimply } from '../harness/registry-images.js'
import { type Auth, openRegistry } from '../harness/registry.js'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function start(auth?: Auth): Promise<SignedRegistry> {
  const registry = await openSigned(auth)
  stops.push(registry.stop)
  return registry
}

const basicHeader = `Basic ${authOf(login)}`
const wrong = loginInputs({ username: login.username, password: 'incorrect horse' })
const authorizations = (registry: SignedRegistry, kind: string): readonly (string | undefined)[] =>
  registry.requests.filter((one) => one.kind === kind).map(({ headers }) => headers.authorization)

describe('signing in for a token', () => {
  it('takes one that everybody gets, without a name', async () => {
    const registry = await start({ scheme: 'bearer' })
    const ran = await registry.verify()
    expectEnding(ran, 'verified', registry.digest)
    expect(authorizations(registry, 'token')).toEqual([undefined])
    const asked = new URL(registry.requests.find(({ kind }) => kind === 'token')?.target ?? '', registry.url)
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      service: 'registry',
      scope: 'repository:app:pull',
    })
  })

  it('gives the login to the token service, and to nobody else', async () => {
    const registry = await start({ scheme: 'bearer', login })
    expectEnding(await registry.verify(loginInputs()), 'verified', registry.digest)
    expect(authorizations(registry, 'token')).toEqual([basicHeader])
    const others = registry.requests.filter(({ kind }) => kind !== 'token')
    expect(others.filter(({ headers }) => headers.authorization === basicHeader)).toEqual([])
  })

  it.for([
    ['a wrong password', wrong],
    ['no password', {}],
  ] as const)('is denied with %s', async ([, inputs]) => {
    const registry = await start({ scheme: 'bearer', login })
    expectEnding(await registry.verify(inputs), 'denied registry')
  })

  it('asks for one token for all images of a repository, whatever they need', async () => {
    const registry = await start({ scheme: 'bearer', login })
    const digests = ['v2', 'v3', 'v4'].map((tag) => putImage(registry.holdings, 'app', tag))
    for (const digest of digests) signSimply(registry.holdings, 'app', digest, signer)
    const images = ['v1', 'v2', 'v3', 'v4'].map((tag) => `${registry.host}/app:${tag}`)
    const ran = await registry.verify({ ...loginInputs(), image: images.join('\n') })
    expectEnding(ran, 'verified', registry.digest)
    expect(ran.document?.images).toHaveLength(4)
    expect(authorizations(registry, 'token')).toHaveLength(1)
  })

  it('asks for one token for each repository', async () => {
    const registry = await start({ scheme: 'bearer', login })
    signSimply(registry.holdings, 'other/app', putImage(registry.holdings, 'other/app'), signer)
    const images = ['app', 'other/app'].map((name) => `${registry.host}/${name}:v1`)
    const ran = await registry.verify({ ...loginInputs(), image: images.join('\n') })
    expectEnding(ran, 'verified', registry.digest)
    const tokens = registry.requests.filter(({ kind }) => kind === 'token')
    expect(tokens.map(({ repository }) => repository).toSorted()).toEqual(['app', 'other/app'])
  })

  it('asks for another token when the one it has is not taken any more', async () => {
    const registry = await start({ scheme: 'bearer', login })
    const challenge = `Bearer realm="${registry.url}/token",service="registry",scope="repository:app:pull"`
    registry.fault('app', 'blob', 'first', says(401, 'UNAUTHORIZED', { 'www-authenticate': challenge }))
    expectEnding(await registry.verify(loginInputs()), 'verified', registry.digest)
    expect(authorizations(registry, 'token')).toHaveLength(2)
    const [before, after] = authorizations(registry, 'blob')
    expect(before).toMatch(/^Bearer token-/)
    expect(after).toMatch(/^Bearer token-/)
    expect(after).not.toBe(before)
  })

  it('does not ask without end when no token is taken', async () => {
    const registry = await start({ scheme: 'bearer', login, tokenUses: 0 })
    expectEnding(await registry.verify(loginInputs()), 'denied registry')
    expect(authorizations(registry, 'token')).toHaveLength(1)
  })

  it('gives no login to a token service without https', async () => {
    const registry = await start({ scheme: 'bearer', login, realm: 'http://registry.invalid/token' })
    const ran = await registry.verify({ ...loginInputs(), 'allow-http-registry': 'true' })
    expectEnding(ran, 'denied registry')
    expect(ran.document?.calls.map(({ host }) => host)).toEqual([registry.host])
  })

  it.for([
    ['no URL', 'somewhere', 'response-invalid registry'],
    ['a port that nobody listens on', 'http://127.0.0.1:1/token', 'unreachable registry'],
  ] as const)('says so when the realm is %s', async ([, realm, expected]) => {
    const registry = await start({ scheme: 'bearer', login, realm })
    expectEnding(await registry.verify(loginInputs()), expected)
  })
})

describe('signing in with a password', () => {
  it('gives it to the registry when that asks', async () => {
    const registry = await start({ scheme: 'basic', login })
    expectEnding(await registry.verify(loginInputs()), 'verified', registry.digest)
    expect(authorizations(registry, 'tag')).toEqual([undefined, basicHeader])
  })

  it.for([
    ['a wrong one', wrong],
    ['none', {}],
  ] as const)('is denied with %s', async ([, inputs]) => {
    const registry = await start({ scheme: 'basic', login })
    expectEnding(await registry.verify(inputs), 'denied registry')
  })

  it('gives it to no registry that does not ask', async () => {
    const registry = await start()
    expectEnding(await registry.verify(loginInputs()), 'verified', registry.digest)
    expect(registry.requests.filter(({ headers }) => headers.authorization !== undefined)).toEqual([])
  })

  it.for([
    ['basic', 'tag'],
    ['basic', 'blob'],
    ['bearer', 'tag'],
    ['bearer', 'blob'],
  ] as const)('gives nothing (%s) to where the registry sends on for a %s', async ([scheme, kind]) => {
    const registry = await start({ scheme, login })
    // The other place holds the same, and asks nobody who they are.
    const elsewhere = await openRegistry()
    stops.push(elsewhere.stop)
    signSimply(elsewhere.holdings, 'app', putImage(elsewhere.holdings, 'app'), signer)
    for (const [digest, bytes] of registry.holdings.repository('app').blobs)
      elsewhere.holdings.repository('app').blobs.set(digest, bytes)
    registry.fault('app', kind, 'always', (response, usual, request) => {
      if (usual.status === 200) sendsTo(elsewhere.url)(response, usual, request)
      else says(usual.status, 'UNAUTHORIZED', usual.headers)(response, usual, request)
    })
    expectEnding(await registry.verify(loginInputs()), 'verified', registry.digest)
    expect(elsewhere.requests.map((one) => one.kind)).toEqual([kind])
    expect(elsewhere.requests[0]?.headers.authorization).toBeUndefined()
  })
})

describe("docker's configuration", () => {
  const identityToken = 'identity-token-of-ci'
  const registryToken = 'registry-token-of-ci'
  const bearer: Auth = { scheme: 'bearer', login, identityToken, registryToken }

  it.for([
    ['a login', { auth: authOf(login) }, 'GET'],
    ['a login in two fields', login, 'GET'],
    ['an identity token', { identitytoken: identityToken }, 'POST'],
    ['an identity token beside the login', { auth: authOf(login), identitytoken: identityToken }, 'POST'],
    ['a registry token', { registrytoken: registryToken }, undefined],
  ] as const)('signs in with %s', async ([, entry, method]) => {
    const registry = await start(bearer)
    const env = dockerConfig({ auths: { [registry.host]: entry } })
    expectEnding(await registry.verify({}, { env }), 'verified', registry.digest)
    const tokens = registry.requests.filter(({ kind }) => kind === 'token')
    expect(tokens.map((one) => one.method)).toEqual(method === undefined ? [] : [method])
  })

  it.for(['http://HOST', 'https://HOST', 'https://HOST/v2/'])('knows the registry as %s', async (name) => {
    const registry = await start({ scheme: 'basic', login })
    const env = dockerConfig({ auths: { [name.replace('HOST', registry.host)]: { auth: authOf(login) } } })
    expectEnding(await registry.verify({}, { env }), 'verified', registry.digest)
  })

  it('gives no registry the login of another', async () => {
    const registry = await start({ scheme: 'basic', login })
    const auth = authOf(login)
    const others = { [`${registry.host}0`]: { auth }, '127.0.0.1': { auth }, 'registry.invalid': { auth } }
    expectEnding(await registry.verify({}, { env: dockerConfig({ auths: others }) }), 'denied registry')
    expect(registry.requests.filter(({ headers }) => headers.authorization !== undefined)).toEqual([])
  })

  it('comes after the inputs', async () => {
    const registry = await start({ scheme: 'basic', login })
    const env = dockerConfig({
      auths: { [registry.host]: { auth: authOf({ ...login, password: 'old one' }) } },
    })
    expectEnding(await registry.verify(loginInputs(), { env }), 'verified', registry.digest)
  })

  it.for([
    ['is no JSON', '{'],
    [
      'has an entry that is no login',
      { auths: { HOST: { auth: Buffer.from('no colon').toString('base64') } } },
    ],
  ] as const)('that %s is a wrong input', async ([, config]) => {
    const registry = await start({ scheme: 'basic', login })
    const text = typeof config === 'string' ? config : JSON.stringify(config)
    const env = dockerConfig(text.replace('HOST', registry.host))
    expectEnding(await registry.verify({}, { env }), 'input-invalid')
  })

  it('is not needed where nobody asks who it is', async () => {
    const registry = await start()
    expectEnding(await registry.verify({}, { env: dockerConfig('{') }), 'verified', registry.digest)
  })
})
