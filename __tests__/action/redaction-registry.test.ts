import { afterEach, describe, expect, it } from 'vitest'
import { authOf, dockerConfig, newHelper } from '../harness/docker-config.js'
import { expectEnding } from '../harness/endings.js'
import { expectNoSecret } from '../harness/leaks.js'
import { login, loginInputs, openSigned, signer, type SignedRegistry } from '../harness/registry-guarded.js'
import { ociError, sendAnswer } from '../harness/registry-answers.js'
import { putImage, signByBundle, signSimply } from '../harness/registry-images.js'
import type { Auth, Fault, Kind, RegistryRequest } from '../harness/registry.js'
import { newKey } from '../harness/store.js'
import type { RanAction } from '../harness/run.js'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function start(auth: Auth): Promise<SignedRegistry> {
  const registry = await openSigned(auth)
  stops.push(registry.stop)
  return registry
}

const identityToken = 'identity-token-of-ci'
const registryToken = 'registry-token-of-ci'
const everyWay: Auth = { scheme: 'bearer', login, identityToken, registryToken }

/** Ways to sign in; `env` is where the program gets the secret from. */
const ways: readonly {
  readonly name: string
  readonly auth: Auth
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: (host: string) => Record<string, string>
}[] = [
  { name: 'the inputs', auth: { scheme: 'basic', login }, inputs: loginInputs() },
  { name: 'the inputs, for a token', auth: everyWay, inputs: loginInputs() },
  {
    name: 'a login in docker’s configuration',
    auth: { scheme: 'basic', login },
    env: (host) => dockerConfig({ auths: { [host]: { auth: authOf(login) } } }),
  },
  {
    name: 'an identity token',
    auth: everyWay,
    env: (host) => dockerConfig({ auths: { [host]: { identitytoken: identityToken } } }),
  },
  {
    name: 'a registry token',
    auth: everyWay,
    env: (host) => dockerConfig({ auths: { [host]: { registrytoken: registryToken } } }),
  },
  {
    name: 'a helper',
    auth: everyWay,
    env: () => {
      const secret = JSON.stringify({ Username: login.username, Secret: login.password })
      return {
        ...newHelper('testing', `printf '%s' '${secret}'`).env,
        ...dockerConfig({ credsStore: 'testing' }),
      }
    },
  },
]

/** Everything that a run could give away, as it went over the line. */
function secretsOf({ requests }: SignedRegistry): Record<string, string> {
  const sent = requests.flatMap(({ headers }) => headers.authorization?.replace(/^\w+ /, '') ?? [])
  expect(sent.length, 'the run signed in').toBeGreaterThan(0)
  return {
    password: login.password,
    'identity token': identityToken,
    'registry token': registryToken,
    ...Object.fromEntries([...new Set(sent)].map((one, at) => [`header ${at}`, one])),
  }
}

/** What came in, as a registry that is chatty or hostile would repeat it. */
function echoOf({ headers, body, target }: RegistryRequest): string {
  const token = headers.authorization?.replace(/^\w+ /, '') ?? ''
  const decoded = Buffer.from(token, 'base64').toString('utf8')
  return `${headers.authorization ?? ''} ${token} ${decoded} ${decoded.replace(/^[^:]*:/, '')} ${body} ${target}`
}

/** Plays only to those who have signed in. */
const toGuests =
  (fault: Fault): Fault =>
  (response, usual, request) => {
    if (request.headers.authorization === undefined && request.body === '')
      sendAnswer(response, usual, request.method)
    else fault(response, usual, request)
  }

const answers = (status: number): Fault =>
  toGuests((response, _usual, request) =>
    sendAnswer(response, ociError(status, echoOf(request), {}, echoOf(request)), request.method),
  )
const inHeaders: Fault = toGuests((response, { status, headers, body }, request) => {
  const token = request.headers.authorization?.replace(/^\w+ /, '') ?? ''
  const echoed = { 'docker-content-digest': token, 'content-type': `text/${token}` }
  sendAnswer(response, { status, headers: { ...headers, ...echoed }, body: body.fill(' ') }, request.method)
})
const inRedirect: Fault = toGuests((response, _usual, request) => {
  const token = request.headers.authorization?.replace(/^\w+ /, '') ?? ''
  const word = Buffer.from(token, 'base64')
    .toString('utf8')
    .replace(/^[^:]*:/, '')
  const place = `http://127.0.0.1:1/${token}/${encodeURIComponent(word)}?${token}`
  response.writeHead(307, { location: place })
  response.end()
})

describe.each(ways)('the secrets of a registry, from $name', ({ auth, inputs = {}, env = () => ({}) }) => {
  const run = async (registry: SignedRegistry, more = {}): Promise<RanAction> =>
    registry.verify({ ...inputs, ...more }, { env: env(registry.host) })

  it('are in no report of a run that is verified or rejected', async () => {
    const registry = await start(auth)
    signByBundle(registry.holdings, 'app', registry.digest, newKey())
    const verified = await run(registry)
    expectEnding(verified, 'verified', registry.digest)
    const rejected = await run(registry, { key: newKey().publicPem })
    expectEnding(rejected, 'signature-invalid')
    for (const ran of [verified, rejected]) expectNoSecret(ran, secretsOf(registry))
  })

  const faults: readonly (readonly [string, Fault])[] = [
    ...[400, 401, 403, 404, 429, 500].map((status) => [String(status), answers(status)] as const),
    ['headers', inHeaders],
    ['a redirect', inRedirect],
  ]
  const kinds: readonly Kind[] = ['tag', 'head', 'sig', 'referrers', 'blob', 'token']
  it.for(faults)('are in no report when the registry sends them back with %s', async ([, fault]) => {
    const registry = await start(auth)
    const images = kinds.map((kind) => {
      const name = `${kind}-app`
      const digest = putImage(registry.holdings, name)
      signSimply(registry.holdings, name, digest, signer)
      registry.fault(name, kind, 'always', fault)
      return `${registry.host}/${name}${kind === 'head' ? `@${digest}` : ':v1'}`
    })
    const ran = await run(registry, { image: images.join('\n') })
    expect(ran.document?.images).toHaveLength(images.length)
    expectNoSecret(ran, secretsOf(registry))
  })
})
