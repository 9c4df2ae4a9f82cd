import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { authOf, dockerConfig, newHelper } from '../harness/docker-config.js'
import { expectEnding } from '../harness/endings.js'
import { expectNoSecret } from '../harness/leaks.js'
import { login, loginInputs, openSigned, signer, type SignedRegistry } from '../harness/registry-guarded.js'
import { signSimply } from '../harness/registry-images.js'
import { type Auth, openRegistry } from '../harness/registry.js'
import { runCli, temporaryFolder } from '../harness/run.js'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function start(auth: Auth | undefined = { scheme: 'basic', login }): Promise<SignedRegistry> {
  const registry = await openSigned(auth)
  stops.push(registry.stop)
  return registry
}

const wrong = { ...login, password: 'incorrect horse' }
const configFor = (host: string, { username, password } = login): string =>
  JSON.stringify({ auths: { [host]: { auth: authOf({ username, password }) } } })

describe('registry-config', () => {
  it('comes after the login of the inputs, and before docker’s own configuration', async () => {
    const registry = await start()
    const env = dockerConfig(configFor(registry.host, wrong))
    const own = { 'registry-config': configFor(registry.host) }
    expectEnding(await registry.verify(own, { env }), 'verified', registry.digest)
    const both = { ...loginInputs(), 'registry-config': configFor(registry.host, wrong) }
    expectEnding(await registry.verify(both), 'verified', registry.digest)
  })

  it('is all that is asked: docker’s own configuration adds nothing to it', async () => {
    const registry = await start()
    const env = dockerConfig(configFor(registry.host))
    const ran = await registry.verify({ 'registry-config': configFor('other.example') }, { env })
    expectEnding(ran, 'denied registry')
    expect(registry.requests.filter(({ headers }) => headers.authorization !== undefined)).toEqual([])
  })

  it('may be a file, by its name from where the step runs', async () => {
    const registry = await start()
    const cwd = temporaryFolder()
    writeFileSync(path.join(cwd, 'regcred.json'), configFor(registry.host))
    const ran = await registry.verify({ 'registry-config': 'regcred.json' }, { cwd })
    expectEnding(ran, 'verified', registry.digest)
  })

  it('may name a helper', async () => {
    const registry = await start()
    const answer = JSON.stringify({ Username: login.username, Secret: login.password })
    const { env, starts } = newHelper('testing', `printf '%s' '${answer}'`)
    const config = JSON.stringify({ credHelpers: { [registry.host]: 'testing' } })
    expectEnding(await registry.verify({ 'registry-config': config }, { env }), 'verified', registry.digest)
    expect(starts()).toEqual([`get ${registry.host}`])
  })

  it.for([
    ['a file that is not there', 'none.json'],
    ['a password that was pasted', login.password],
    ['text that is no configuration', `{"password": "${login.password}"}`],
    ['half a configuration', `{"auths": {"registry.example": {"password": "${login.password}"`],
  ] as const)('that is %s is a wrong input, whether or not anybody asks for it', async ([, text]) => {
    // Everybody may read here.
    const registry = await openSigned()
    stops.push(registry.stop)
    const ran = await registry.verify({ 'registry-config': text })
    expectEnding(ran, 'input-invalid')
    expect(ran.outputs['message']).toContain('registry-config')
    expectNoSecret(ran, { password: login.password })
    expect(registry.requests).toEqual([])
  })

  it('is not shown, and no password in it, whoever says it', async () => {
    const registry = await start()
    const other = { username: 'somebody', password: 'the-password-of-another-registry' }
    const config = JSON.stringify({
      auths: {
        [registry.host]: { auth: authOf(login) },
        'other.example': { auth: authOf(other) },
        'third.example': { identitytoken: 'identity-token-of-a-third' },
      },
    })
    // A hostile registry that learnt them elsewhere: where it sends on to is shown.
    registry.fault('app', 'tag', 'always', (response) => {
      response.writeHead(307, {
        location: `http://127.0.0.1:1/${other.password}/${authOf(other)}/identity-token-of-a-third`,
      })
      response.end()
    })
    const ran = await registry.verify({ 'registry-config': config })
    expectEnding(ran, 'unreachable registry')
    expect(ran.outputs['message']).toContain('127.0.0.1:1/***')
    const secrets = { password: other.password, login: authOf(other), token: 'identity-token-of-a-third' }
    expectNoSecret(ran, { ...secrets, own: login.password, 'own login': authOf(login) })
    expect(ran.document?.inputs['registry-config']).toBe('***')
  })

  it('is a flag too, of both commands', async () => {
    const registry = await start()
    const { host } = registry
    const args = [`${host}/app:v1`, '--registry-config', configFor(host), '--insecure-ignore-tlog']
    const key = path.join(temporaryFolder(), 'key.pub')
    writeFileSync(key, signer.publicPem)
    expect(await runCli(['verify', ...args, '--key', key])).toMatchObject({ exit: 0 })
    const listed = await runCli(['inspect', ...args, '--key', key])
    expect(listed).toMatchObject({ exit: 0 })
    const refused = await runCli([
      'inspect',
      `${host}/app:v1`,
      '--registry-config',
      `{"p": "${login.password}"}`,
    ])
    expect(refused).toMatchObject({ exit: 2 })
    expect(refused.stdout + refused.stderr).not.toContain(login.password)
  })
})

describe('the login of the inputs', () => {
  it('is not for another registry, where signatures lie', async () => {
    const images = await start()
    const elsewhere = await openRegistry({ auth: { scheme: 'basic', login } })
    stops.push(elsewhere.stop)
    signSimply(elsewhere.holdings, 'signatures', images.digest, signer)
    const inputs = { ...loginInputs(), 'signature-repository': `${elsewhere.host}/signatures` }
    expectEnding(await images.verify(inputs), 'denied registry')
    expect(elsewhere.requests.length).toBeGreaterThan(0)
    expect(elsewhere.requests.filter(({ headers }) => headers.authorization !== undefined)).toEqual([])
  })

  it('leaves that one to registry-config', async () => {
    const images = await start()
    const other = { username: 'reader', password: 'another password' }
    const elsewhere = await openRegistry({ auth: { scheme: 'basic', login: other } })
    stops.push(elsewhere.stop)
    signSimply(elsewhere.holdings, 'signatures', images.digest, signer)
    const ran = await images.verify({
      ...loginInputs(),
      'signature-repository': `${elsewhere.host}/signatures`,
      'registry-config': configFor(elsewhere.host, other),
    })
    expectEnding(ran, 'verified', images.digest)
  })

  // What to do about a mirror that cannot ask its upstream (docs/registries.md).
  it('lets an outage of where signatures were written be seen as one', async () => {
    const images = await start()
    const elsewhere = await openRegistry()
    await elsewhere.stop()
    const inputs = { ...loginInputs(), 'signature-repository': `${elsewhere.host}/app` }
    expectEnding(await images.verify(inputs), 'unreachable registry')
  })
})
