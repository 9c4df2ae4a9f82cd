import { afterEach, describe, expect, it } from 'vitest'
import { authOf, dockerConfig, isAlive, newHelper } from '../harness/docker-config.js'
import { expectEnding } from '../harness/endings.js'
import { expectNoSecret } from '../harness/leaks.js'
import { login, openSigned, signer, type SignedRegistry } from '../harness/registry-guarded.js'
import { answerFrom, sendAnswer } from '../harness/registry-answers.js'
import { putImage, signSimply } from '../harness/registry-images.js'
import type { Auth } from '../harness/registry.js'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function start(auth: Auth): Promise<SignedRegistry> {
  const registry = await openSigned(auth)
  stops.push(registry.stop)
  return registry
}

const basic: Auth = { scheme: 'basic', login }
/** What a helper prints, as its shell. */
const prints = (answer: object): string => `printf '%s' '${JSON.stringify(answer)}'`
const right = prints({ ServerURL: 'any', Username: login.username, Secret: login.password })
/** The two places in docker's configuration that name a helper. */
const places = {
  credHelpers: (host: string) => ({ credHelpers: { [host]: 'testing' } }),
  credsStore: () => ({ credsStore: 'testing' }),
} as const
const bothPlaces = ['credHelpers', 'credsStore'] as const

describe.each(bothPlaces)('a credential helper in %s', (place) => {
  const run = async (
    registry: SignedRegistry,
    body: string,
    inputs: Readonly<Record<string, string>> = {},
  ): Promise<{
    ran: Awaited<ReturnType<SignedRegistry['verify']>>
    helper: ReturnType<typeof newHelper>
  }> => {
    const helper = newHelper('testing', body)
    const env = { ...helper.env, ...dockerConfig(places[place](registry.host)) }
    return { ran: await registry.verify(inputs, { env }), helper }
  }

  it('is asked once for the login of the registry', async () => {
    const registry = await start({ scheme: 'bearer', login })
    signSimply(registry.holdings, 'other', putImage(registry.holdings, 'other'), signer)
    const image = ['app', 'other'].map((name) => `${registry.host}/${name}:v1`).join('\n')
    const { ran, helper } = await run(registry, right, { image })
    expectEnding(ran, 'verified', registry.digest)
    expect(helper.starts()).toEqual([`get ${registry.host}`])
  })

  it('may give an identity token', async () => {
    const registry = await start({ scheme: 'bearer', login, identityToken: 'token-of-helper' })
    const { ran } = await run(registry, prints({ Username: '<token>', Secret: 'token-of-helper' }))
    expectEnding(ran, 'verified', registry.digest)
    const tokens = registry.requests.filter(({ kind }) => kind === 'token')
    expect(
      tokens.map(({ method, body }) => [method, new URLSearchParams(body).get('refresh_token')]),
    ).toEqual([['POST', 'token-of-helper']])
  })

  it('that knows no login leaves the run without one', async () => {
    const none = 'echo "credentials not found in native keychain"; exit 1'
    const open = await start({ scheme: 'bearer' })
    expectEnding((await run(open, none)).ran, 'verified', open.digest)
    const closed = await start(basic)
    expectEnding((await run(closed, none)).ran, 'denied registry')
  })

  it.for([
    ['fails', 'echo "the secret is sesame-open"; echo "sesame-open" >&2; exit 3'],
    ['prints what is no JSON', 'echo "sesame-open"'],
    ['prints JSON that is no login', `printf '%s' '{"Secret":"sesame-open"}'`],
    ['prints a list', `printf '%s' '["sesame-open"]'`],
    ['prints nothing', 'true'],
    ['is killed', 'kill -9 $$'],
    ['prints without end', 'while true; do echo sesame-open; done | head -c 50000000'],
  ] as const)('that %s leads to no sign-in, and what it said is not shown', async ([, body]) => {
    const registry = await start({ scheme: 'bearer' })
    const { ran } = await run(registry, body)
    expectEnding(ran, 'denied registry')
    expectNoSecret(ran, { secret: 'sesame-open' })
    expect(registry.requests.filter(({ kind }) => kind === 'token')).toEqual([])
  })

  it('that hangs is not waited for longer than for the image, and is ended', async () => {
    const registry = await start(basic)
    const { ran, helper } = await run(registry, 'exec sleep 300', { timeout: '2s' })
    expectEnding(ran, 'timeout registry')
    const alive = isAlive(helper.pid())
    if (alive) process.kill(helper.pid())
    expect(alive).toBe(false)
  })

  // The image that asked first is decided without the answer; the other still needs it.
  it('that is slow is not given up for all images when one has no need of it any more', async () => {
    const registry = await start({ scheme: 'bearer', login })
    const { holdings, host } = registry
    signSimply(holdings, 'private', putImage(holdings, 'private'), signer)
    for (const kind of ['tag', 'sig', 'blob'] as const) {
      registry.fault('app', kind, 'always', (response, _usual, request) =>
        sendAnswer(response, answerFrom(holdings, request), request.method),
      )
    }
    registry.fault('private', 'tag', 'first', (response, usual, { method }) => {
      setTimeout(() => sendAnswer(response, usual, method), 500)
    })
    const image = `${host}/app:v1\n${host}/private:v1`
    const { ran, helper } = await run(registry, `sleep 3; ${right}`, { image, retries: '0' })
    expect(helper.starts()[0]).toBe(`get ${host}`)
    expectEnding(ran, 'verified', registry.digest)
  })

  it('that is not there is a wrong input', async () => {
    const registry = await start({ scheme: 'bearer' })
    const ran = await registry.verify({}, { env: dockerConfig(places[place](registry.host)) })
    expectEnding(ran, 'input-invalid')
    expect(ran.outputs['message']).toContain('docker-credential-testing')
  })

  it('is a name, never a path', async () => {
    const registry = await start({ scheme: 'bearer' })
    const text = JSON.stringify(places[place](registry.host)).replace('testing', '../testing')
    const helper = newHelper('testing', right)
    const ran = await registry.verify({}, { env: { ...helper.env, ...dockerConfig(text) } })
    expectEnding(ran, 'input-invalid')
    expect(helper.starts()).toEqual([])
  })
})

describe('of several places in docker’s configuration', () => {
  const wrong = prints({ Username: 'ci', Secret: 'incorrect horse' })

  it('the helper of the registry comes first', async () => {
    const registry = await start(basic)
    const own = newHelper('own', right)
    const common = newHelper('common', wrong)
    const config = {
      credHelpers: { [registry.host]: 'own' },
      credsStore: 'common',
      auths: { [registry.host]: { auth: authOf({ username: 'ci', password: 'incorrect' }) } },
    }
    const env = { PATH: `${own.env.PATH}:${common.env.PATH}`, ...dockerConfig(config) }
    expectEnding(await registry.verify({}, { env }), 'verified', registry.digest)
    expect(common.starts()).toEqual([])
  })

  it('the helper of another registry is not asked', async () => {
    const registry = await start(basic)
    const other = newHelper('other', right)
    const config = {
      credHelpers: { 'registry.invalid': 'other' },
      auths: { [registry.host]: { auth: authOf(login) } },
    }
    const env = { ...other.env, ...dockerConfig(config) }
    expectEnding(await registry.verify({}, { env }), 'verified', registry.digest)
    expect(other.starts()).toEqual([])
  })

  it('the file counts where the common store knows nothing', async () => {
    const registry = await start(basic)
    const store = newHelper('store', 'echo "credentials not found in native keychain"; exit 1')
    const config = { credsStore: 'store', auths: { [registry.host]: { auth: authOf(login) } } }
    const env = { ...store.env, ...dockerConfig(config) }
    expectEnding(await registry.verify({}, { env }), 'verified', registry.digest)
    expect(store.starts()).toEqual([`get ${registry.host}`])
  })
})
