import { afterEach, describe, expect, it } from 'vitest'
import { acr, dockerHub, ecr, flows, gar, ghcr, harbor, quay } from '../harness/documented-flows.js'
import {
  basicOf,
  challengeOf,
  type Documented,
  type Flow,
  type Login,
  openDocumented,
} from '../harness/documented-registry.js'
import { dockerConfig } from '../harness/docker-config.js'
import { expectEnding } from '../harness/endings.js'
import { expectNoSecret } from '../harness/leaks.js'
import { ociError, sendAnswer } from '../harness/registry-answers.js'
import type { RanAction } from '../harness/run.js'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function open(flow: Flow): Promise<Documented> {
  const registry = await openDocumented(flow)
  stops.push(registry.stop)
  return registry
}

/** Under which name docker keeps a login. */
const keyOf = ({ registry }: Flow): string =>
  registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry
const configOf = (flow: Flow, login: Login): string =>
  JSON.stringify({ auths: { [keyOf(flow)]: { auth: basicOf(login) } } })
const secretOf = (flow: Flow, login: Login): string => `apiVersion: v1
kind: Secret
metadata:
  name: regcred
type: kubernetes.io/dockerconfigjson
data:
  .dockerconfigjson: ${Buffer.from(configOf(flow, login)).toString('base64')}
`

/** Who may hear a login: the registry where that asks for it itself, else its token service and nobody else. */
function expectKept({ flow, heard }: Documented, ran: RanAction, login: Login): void {
  expectNoSecret(ran, { password: login.password, login: basicOf(login) })
  expect(ran.stdout + JSON.stringify(ran.outputs) + JSON.stringify(ran.document)).not.toContain('issued-')
  const keeper = flow.tokens?.host ?? flow.registry
  for (const [host, requests] of Object.entries(heard)) {
    for (const { target, headers, body } of requests) {
      const text = decodeURIComponent(`${target} ${JSON.stringify(headers)} ${body}`)
      const isKeeper = host === keeper && (flow.tokens === undefined || target.startsWith(flow.tokens.path))
      if (!isKeeper)
        for (const form of [login.password, basicOf(login)]) expect(text, host).not.toContain(form)
      // A token is for the registry alone.
      if (host !== (flow.api ?? flow.registry)) expect(text, host).not.toContain('issued-')
    }
  }
}

describe.each(flows)('$name, as documented', (flow) => {
  const { reader, expired, stranger } = flow.logins
  const inputsOf = ({ username, password }: Login): Record<string, string> => ({
    'registry-username': username,
    'registry-password': password,
  })

  it.for([
    ['the inputs', inputsOf(reader), {}],
    ["docker's configuration", {}, dockerConfig(configOf(flow, reader))],
    [
      'registry-config',
      { 'registry-config': configOf(flow, reader) },
      dockerConfig(configOf(flow, stranger)),
    ],
    ['a pull secret', { 'registry-config': secretOf(flow, reader) }, {}],
  ] as const)(
    'an image is verified with the login of %s, which nobody else hears',
    async ([, inputs, env]) => {
      const registry = await open(flow)
      const ran = await registry.verify(inputs, env)
      expectEnding(ran, 'verified', registry.digest)
      expectKept(registry, ran, reader)
      const heardLogin = (registry.heard[flow.tokens?.host ?? flow.registry] ?? []).filter(
        ({ headers }) => headers.authorization === `Basic ${basicOf(reader)}`,
      )
      expect(heardLogin.length).toBeGreaterThan(0)
      if (flow.storage !== undefined) expect(registry.heard[flow.storage]).toHaveLength(1)
    },
  )

  it('an image without a signature is unsigned: what is not there is said to whom may know', async () => {
    const registry = await open(flow)
    const image = registry.image.replace(':v1', ':unsigned')
    const ran = await registry.verify({ image, 'registry-config': configOf(flow, reader) })
    expectEnding(ran, 'unsigned', ran.outputs['digest'])
    expectKept(registry, ran, reader)
  })

  it.for([
    ['a wrong password', { username: reader.username, password: 'a-wrong-password' }],
    ['one that has expired', expired],
    ['one that may not read this', stranger],
  ] as const)('whoever signs in with %s is denied', async ([, login]) => {
    const registry = await open(flow)
    const ran = await registry.verify({ 'registry-config': configOf(flow, login) })
    expectEnding(ran, 'denied registry')
    expectKept(registry, ran, login)
  })

  it('nobody in particular is denied', async () => {
    const registry = await open(flow)
    expectEnding(await registry.verify(), 'denied registry')
    const sent = Object.values(registry.heard).flat()
    expect(sent.filter(({ headers }) => headers.authorization?.startsWith('Basic'))).toEqual([])
  })

  it.for(['sig', 'referrers', 'fallback', 'blob'] as const)(
    'whoever is refused later (%s) is denied, and the image not called unsigned',
    async (kind) => {
      const registry = await open(flow)
      const image = registry.image.replace(':v1', kind === 'blob' ? ':v1' : ':unsigned')
      const challenge = challengeOf(flow, flow.repository)
      registry.play(kind, (response, { method }) =>
        sendAnswer(response, flow.refuses('expired', challenge), method),
      )
      const ran = await registry.verify({ image, 'registry-config': configOf(flow, reader) })
      expectEnding(ran, 'denied registry')
      expectKept(registry, ran, reader)
    },
  )

  it('a registry that does not answer is unreachable, one that fails says so', async () => {
    const failing = await open(flow)
    failing.play(flow.api ?? flow.registry, (response) => response.writeHead(503).end('no healthy upstream'))
    for (const kind of ['tag', 'sig', 'referrers', 'fallback'])
      failing.play(kind, (response) => response.writeHead(503).end('no healthy upstream'))
    const inputs = { 'registry-config': configOf(flow, reader) }
    expectEnding(await failing.verify(inputs), 'server-error registry')
    const closed = await open(flow)
    await closed.close(flow.api ?? flow.registry)
    const ran = await closed.verify(inputs)
    expectEnding(ran, 'unreachable registry')
    expectKept(closed, ran, reader)
  })
})

describe.each(flows.filter(({ tokens }) => tokens))('the token service of $name', (flow) => {
  it('decides nothing where it fails or does not answer', async () => {
    const { reader } = flow.logins
    const inputs = { 'registry-config': configOf(flow, reader) }
    for (const [answer, expected] of [
      [{ status: 503, headers: {}, body: Buffer.from('unavailable') }, 'server-error registry'],
      [
        { status: 429, headers: { 'retry-after': '0' }, body: Buffer.from('slow down') },
        'rate-limited registry',
      ],
      [{ status: 200, headers: {}, body: Buffer.from('{}') }, 'response-invalid registry'],
    ] as const) {
      const registry = await open(flow)
      registry.play('token', (response, { method }) => sendAnswer(response, answer, method))
      expectEnding(await registry.verify(inputs), expected)
    }
    const registry = await open(flow)
    registry.play('token', (response) => void response.socket?.resetAndDestroy())
    const ran = await registry.verify(inputs)
    expectEnding(ran, 'unreachable registry')
    expectKept(registry, ran, reader)
  })
})

describe('what is not there', () => {
  const ask = async (flow: Flow, image: string): Promise<RanAction> =>
    (await open(flow)).verify({ image, 'registry-config': configOf(flow, flow.logins.reader) })

  it.each(flows)('$name: a tag is not found', async (flow) => {
    expectEnding(await ask(flow, `${flow.registry}/${flow.repository}:other`), 'not-found registry')
  })

  it.each([
    ['ECR', ecr, 'team/other', 'not-found registry'],
    // Whether it is missing or not for them, nobody is told.
    ['Quay', quay, 'organization/other', 'denied registry'],
  ] as const)('%s: a repository', async (_, flow, repository, expected) => {
    expectEnding(await ask(flow, `${flow.registry}/${repository}:v1`), expected)
  })
})

describe('ECR', () => {
  it('says with 400 that a token is not taken any more: denied, not something that is no manifest', async () => {
    const registry = await open(ecr)
    const login = { username: 'AWS', password: 'token-of-yesterday' }
    const ran = await registry.verify({ 'registry-config': configOf(ecr, login) })
    expectEnding(ran, 'denied registry')
    expect(ran.outputs['message']).toContain('400')
  })
})

describe('GAR', () => {
  it('takes the key of a service account as a password', async () => {
    const key = {
      type: 'service_account',
      private_key: '-----BEGIN PRIVATE KEY-----\nMIIE+/=\n-----END PRIVATE KEY-----\n',
    }
    const reader = { username: '_json_key', password: JSON.stringify(key, null, 2) }
    const flow = { ...gar, logins: { ...gar.logins, reader } }
    const registry = await open(flow)
    const inputs = { 'registry-username': reader.username, 'registry-password': reader.password }
    for (const way of [inputs, { 'registry-config': secretOf(flow, reader) }]) {
      const ran = await registry.verify(way)
      expectEnding(ran, 'verified', registry.digest)
      expectNoSecret(ran, { key: reader.password, 'private key': 'MIIE+/=\\n' })
    }
  })

  it('is told apart from the key of a service account that is no configuration', async () => {
    const registry = await open(gar)
    const ran = await registry.verify({
      'registry-config': '{"type":"service_account","private_key":"sesame-open"}',
    })
    expectEnding(ran, 'input-invalid')
    expectNoSecret(ran, { key: 'sesame-open' })
  })
})

describe('ACR', () => {
  const { reader, stranger } = acr.logins
  const identity = (token: string): string =>
    JSON.stringify({
      auths: { [acr.registry]: { auth: basicOf({ ...reader, password: '' }), identitytoken: token } },
    })

  it('changes the token of `az acr login` for another by POST', async () => {
    const registry = await open(acr)
    const ran = await registry.verify({ 'registry-config': identity(reader.password) })
    expectEnding(ran, 'verified', registry.digest)
    expectKept(registry, ran, reader)
    const posts = registry.heard[acr.registry]?.filter(({ method }) => method === 'POST') ?? []
    expect(posts.map(({ target, body }) => [target, Object.fromEntries(new URLSearchParams(body))])).toEqual([
      [
        '/oauth2/token',
        {
          grant_type: 'refresh_token',
          client_id: 'verify-image',
          refresh_token: reader.password,
          service: acr.registry,
          scope: 'repository:team/app:pull',
        },
      ],
    ])
  })

  it.for([
    ['401', () => ociError(401, 'UNAUTHORIZED')],
    [
      '400 invalid_grant',
      () => ({ status: 400, headers: {}, body: Buffer.from('{"error":"invalid_grant"}') }),
    ],
  ] as const)('says with %s that such a token is over', async ([, answer]) => {
    const registry = await open(acr)
    registry.play('token', (response, { method }) => sendAnswer(response, answer(), method))
    const ran = await registry.verify({ 'registry-config': identity(stranger.password) })
    expectEnding(ran, 'denied registry')
    expectKept(registry, ran, stranger)
  })
})

describe('GHCR', () => {
  it('gives everybody a token for what is public', async () => {
    const registry = await open({ ...ghcr, open: true })
    expectEnding(await registry.verify(), 'verified', registry.digest)
    const sent = registry.heard['ghcr.io']?.map(({ headers }) => headers.authorization ?? '') ?? []
    expect(sent.filter((one) => !/^(Bearer issued-.*)?$/.test(one))).toEqual([])
  })

  it('sends on to a page of another host for a listing that it does not have', async () => {
    const registry = await open(ghcr)
    const image = registry.image.replace(':v1', ':unsigned')
    const ran = await registry.verify({ image, 'registry-config': configOf(ghcr, ghcr.logins.reader) })
    expectEnding(ran, 'unsigned', ran.outputs['digest'])
    expect(registry.heard['github.com']?.map(({ headers }) => headers.authorization)).toEqual([undefined])
  })
})

describe('Docker Hub', () => {
  const limited = (pause: Record<string, string>) => ({
    status: 429,
    headers: {
      'content-type': 'application/json',
      'ratelimit-limit': '100;w=21600',
      'ratelimit-remaining': '0;w=21600',
      'docker-ratelimit-source': '192.0.2.1',
      ...pause,
    },
    body: Buffer.from(
      '{"errors":[{"code":"TOOMANYREQUESTS","message":"You have reached your pull rate limit."}]}',
    ),
  })

  it.for([
    ['the image', 'tag', {}],
    ['the image, for longer than anybody waits', 'tag', { 'retry-after': '21600' }],
    ['the signature', 'sig', { 'retry-after': '0' }],
    ['the listing', 'referrers', {}],
  ] as const)('limits how often %s is asked for: rate-limited, never unsigned', async ([, kind, pause]) => {
    const registry = await open(dockerHub)
    const image = registry.image.replace(':v1', kind === 'tag' ? ':v1' : ':unsigned')
    registry.play(kind, (response, { method }) => sendAnswer(response, limited(pause), method))
    const login = dockerHub.logins.reader
    expectEnding(
      await registry.verify({ image, 'registry-config': configOf(dockerHub, login) }),
      'rate-limited registry',
    )
  })

  it.for(['https://index.docker.io/v1/', 'index.docker.io', 'docker.io', 'registry-1.docker.io'])(
    'is known as %s in a configuration',
    async (name) => {
      const registry = await open(dockerHub)
      const { reader } = dockerHub.logins
      const config = JSON.stringify({ auths: { [name]: { auth: basicOf(reader) } } })
      expectEnding(await registry.verify({ 'registry-config': config }), 'verified', registry.digest)
    },
  )

  it('has its own images in library/', async () => {
    const registry = await open(dockerHub)
    const config = configOf(dockerHub, dockerHub.logins.reader)
    const ran = await registry.verify({ image: 'docker.io/app:v1', 'registry-config': config })
    expectEnding(ran, 'verified', registry.digest)
  })
})

describe('Quay', () => {
  it('names no scope: it is asked for what is needed', async () => {
    const registry = await open(quay)
    await registry.verify({ 'registry-config': configOf(quay, quay.logins.reader) })
    const [asked] = registry.heard['quay.io']?.filter(({ target }) => target.startsWith('/v2/auth')) ?? []
    const parameters = new URL(asked?.target ?? '', 'https://quay.io').searchParams
    expect(parameters.get('scope')).toBe('repository:organization/app:pull')
    expect(parameters.get('service')).toBe('quay.io')
  })
})

describe('a mirror whose upstream', () => {
  const inputs = { 'registry-config': configOf(harbor, harbor.logins.reader) }
  const unsignedThrough = async (answer: ReturnType<typeof ociError>): Promise<RanAction> => {
    const registry = await open(harbor)
    for (const kind of ['sig', 'fallback'])
      registry.play(kind, (response, { method }) => sendAnswer(response, answer, method))
    return registry.verify({ ...inputs, image: registry.image.replace(':v1', ':unsigned') })
  }

  it.for([
    ['is down (500, Harbor before 2.3)', ociError(500, 'UNKNOWN'), 'server-error registry'],
    [
      'is down (502)',
      { status: 502, headers: {}, body: Buffer.from('bad gateway') },
      'server-error registry',
    ],
    ['is slow (504)', ociError(504, 'UNKNOWN'), 'timeout registry'],
    ['limits it (429)', ociError(429, 'TOOMANYREQUESTS'), 'rate-limited registry'],
    ['refuses its login (401)', ociError(401, 'UNAUTHORIZED'), 'denied registry'],
    ['refuses its login (404 with the word)', ociError(404, 'DENIED'), 'denied registry'],
    [
      'is hidden by a page (404)',
      { status: 404, headers: { 'content-type': 'text/html' }, body: Buffer.from('<html>') },
      'response-invalid registry',
    ],
  ] as const)('%s decides nothing', async ([, answer, expected]) => {
    expectEnding(await unsignedThrough(answer), expected)
  })

  // It says the very same when its upstream has none and when it cannot ask: docs/registries.md says what to do.
  it.for([
    [
      'Harbor, whose upstream is marked unhealthy',
      ociError(404, 'NOT_FOUND', {}, 'artifact dockerhub/library/app:sha256-… not found'),
    ],
    ['distribution', ociError(404, 'MANIFEST_UNKNOWN', {}, 'manifest unknown')],
  ] as const)(
    'is down and that says "not there" (%s) is believed: rejected, and never a pass',
    async ([, answer]) => {
      const ran = await unsignedThrough(answer)
      expectEnding(ran, 'unsigned', ran.outputs['digest'])
    },
  )
})
