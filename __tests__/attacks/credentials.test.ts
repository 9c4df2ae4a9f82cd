import { afterEach, describe, expect, it } from 'vitest'
import { expectEnding } from '../harness/endings.js'
import { sendAnswer } from '../harness/registry-answers.js'
import { sendsTo } from '../harness/registry-faults.js'
import { login, loginInputs, openSigned, type SignedRegistry } from '../harness/registry-guarded.js'
import type { Auth } from '../harness/registry.js'
import { openWeb, type Web } from '../harness/web.js'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function start(scheme: Auth['scheme']): Promise<SignedRegistry> {
  const registry = await openSigned({ scheme, login })
  stops.push(registry.stop)
  return registry
}

async function open(answer: Parameters<typeof openWeb>[0]): Promise<Web> {
  const web = await openWeb(answer)
  stops.push(web.stop)
  return web
}

const schemes = ['basic', 'bearer'] as const
const secrets = [
  login.password,
  Buffer.from(`${login.username}:${login.password}`).toString('base64'),
  'token-',
]

/** Everything that somebody heard, as one text. */
function heardBy({ requests }: Web): string {
  return decodeURIComponent(JSON.stringify(requests))
}

/** Lets the registry hand its blobs out through another host, once whoever asks is known. */
function handOut(registry: SignedRegistry, web: Web): void {
  registry.fault('app', 'blob', 'always', (response, usual, request) => {
    if (usual.status === 200) sendsTo(web.url)(response, usual, request)
    else sendAnswer(response, usual, request.method)
  })
}

describe.each(schemes)('CVE-2020-15157, containerd: credentials for a registry (%s)', (scheme) => {
  it('do not go along to where it hands out its blobs', async () => {
    const registry = await start(scheme)
    const blobs = registry.holdings.repository('app').blobs
    const storage = await open(
      ({ target }, response) => void response.end(blobs.get(target.split('/').at(-1) ?? '')),
    )
    handOut(registry, storage)
    expectEnding(await registry.verify(loginInputs()), 'verified', registry.digest)
    expect(storage.requests).toHaveLength(1)
    for (const secret of secrets) expect(heardBy(storage)).not.toContain(secret)
  })

  const playAskedElsewhere = async (challengeOf: (url: string) => string): Promise<void> => {
    const registry = await start(scheme)
    const storage = await open(({ target }, response) => {
      if (target.startsWith('/token')) response.end('{"token":"any"}')
      else {
        response.writeHead(401, { 'www-authenticate': challengeOf(storage.url) })
        response.end('{"errors":[{"code":"UNAUTHORIZED"}]}')
      }
    })
    handOut(registry, storage)
    expectEnding(await registry.verify(loginInputs()), 'denied registry')
    for (const secret of secrets) expect(heardBy(storage)).not.toContain(secret)
    expect(storage.requests.filter(({ target }) => target.startsWith('/token'))).toEqual([])
  }

  it('do not go to whom it sent on to, who asks for a password', async () =>
    playAskedElsewhere(() => 'Basic realm="storage"'))

  // Not held yet: the challenge of whom a registry sent on to is taken for its own.
  it('do not go to whom it sent on to, who names a token service of his own', async () =>
    playAskedElsewhere((url) => `Bearer realm="${url}/token",service="storage"`))
})
