import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { newCertificate } from '../harness/certificate.js'
import { type Expected, expectEnding } from '../harness/endings.js'
import { expectNoSecret } from '../harness/leaks.js'
import { runAction, type RanAction, runCli, temporaryFolder } from '../harness/run.js'
import { newKey, signedImage, writeStore } from '../harness/store.js'
import { echo, openTransit, sendJson, transitKeyBody } from '../harness/transit-server.js'
import { openWeb, type Web } from '../harness/web.js'

const token = 'hvs.CAESIJlWh0token0of0the0step'
const other = newKey()
const [first, second] = [newKey(), newKey()]
const cwd = temporaryFolder()
writeStore(path.join(cwd, 'store'), {
  ...signedImage(first, 'store', 'first'),
  ...signedImage(second, 'store', 'second'),
  ...signedImage(other, 'store', 'other'),
})

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function start(body: object): Promise<Web> {
  const web = await openTransit(token, body)
  stops.push(web.stop)
  return web
}

async function serve(...[answer, certificate]: Parameters<typeof openWeb>): Promise<Web> {
  const web = await openWeb(answer, certificate)
  stops.push(web.stop)
  return web
}

async function verify(
  image: string,
  env: Readonly<Record<string, string>>,
  inputs: Readonly<Record<string, string>> = {},
): Promise<RanAction> {
  const given = { image: `local://store/${image}:v1`, key: 'hashivault://release', retries: '1', ...inputs }
  return runAction(given, { cwd, env })
}

const asked = ({ requests }: Web): readonly string[] =>
  requests.map(({ method, target }) => `${method} ${target}`)
const once = ['GET /v1/transit/keys/release']
const environment = ({ url }: Web): Record<string, string> => ({ VAULT_ADDR: url, VAULT_TOKEN: token })

describe('a transit key', () => {
  it('that signed verifies, by one read of the key and nothing else', async () => {
    const web = await start(transitKeyBody('ecdsa-p256', { 1: first }))
    const ran = await verify('first', environment(web))
    expectEnding(ran, 'verified')
    expect(asked(web)).toEqual(once)
    expect(web.requests[0]?.headers).toMatchObject({ 'x-vault-token': token, 'x-vault-request': 'true' })
    expect(ran.document?.calls).toEqual([{ host: new URL(web.url).host, count: 1 }])
    expect(ran.document).toMatchObject({ keyRef: 'hashivault://release', keyID: first.id })
    expect(ran.document?.images[0]?.signatures).toMatchObject([
      { verified: true, keyRef: 'hashivault://release (version 1)', keyId: first.id },
    ])
    expectNoSecret(ran, { token })
  })

  it('that was rotated verifies what any of its versions signed, and the report names which', async () => {
    const web = await start(transitKeyBody('ecdsa-p256', { 1: first, 2: second }))
    for (const [image, version, key] of [
      ['first', '1', first],
      ['second', '2', second],
    ] as const) {
      const ran = await verify(image, environment(web))
      expectEnding(ran, 'verified')
      const keyRef = `hashivault://release (version ${version})`
      expect(ran.document?.images[0]?.signatures).toMatchObject([{ verified: true, keyRef, keyId: key.id }])
      expect(ran.document).toMatchObject({ keyRef: 'hashivault://release', keyID: key.id })
      expect(ran.summary).toContain(keyRef)
    }
  })

  it('that did not sign is no signer of the image', async () => {
    const web = await start(transitKeyBody('ecdsa-p256', { 1: first, 2: second }))
    const ran = await verify('other', environment(web))
    expectEnding(ran, 'unsigned')
    expect(ran.outputs['message']).toContain(first.id)
    expect(ran.outputs['message']).toContain(second.id)
  })

  it('no longer verifies what a version signed that may not verify any more', async () => {
    const versions = { 1: first, 2: second }
    const listed = await start(transitKeyBody('ecdsa-p256', versions, { min_decryption_version: 2 }))
    const dropped = await start(transitKeyBody('ecdsa-p256', { 2: second }, { min_decryption_version: 2 }))
    for (const web of [listed, dropped]) {
      expectEnding(await verify('first', environment(web)), 'unsigned')
      expectEnding(await verify('second', environment(web)), 'verified')
    }
  })

  it('is read once for all images of a run', async () => {
    const web = await start(transitKeyBody('ecdsa-p256', { 1: first, 2: second }))
    const image = 'local://store/first:v1\nlocal://store/second:v1'
    expectEnding(await verify('', environment(web), { image }), 'verified')
    expect(asked(web)).toEqual(once)
  })

  it('counts once beside the same key in a file', async () => {
    const web = await start(transitKeyBody('ecdsa-p256', { 1: first }))
    writeFileSync(path.join(cwd, 'first.pub'), first.publicPem)
    const key = 'hashivault://release\nfirst.pub'
    expectEnding(await verify('first', environment(web), { key }), 'verified')
    expectEnding(await verify('first', environment(web), { key, require: '2' }), 'nothing-to-verify')
  })

  it('does the same on the command line', async () => {
    const web = await start(transitKeyBody('ecdsa-p256', { 1: first }))
    const line = ['verify', 'local://store/first:v1', '--key', 'openbao://release']
    const ran = await runCli(line, { cwd, env: { BAO_ADDR: web.url, BAO_TOKEN: token } })
    expect(ran).toMatchObject({ exit: 0, stderr: '' })
    expect(ran.stdout).toContain('  Key:     openbao://release (version 1)\n')
  })
})

describe('where a transit key is looked for', () => {
  const body = transitKeyBody('ecdsa-p256', { 1: first })

  it.for([
    ['hashivault', 'VAULT', 'BAO'],
    ['hashivault', 'BAO', undefined],
    ['openbao', 'BAO', 'VAULT'],
    ['openbao', 'VAULT', undefined],
  ] as const)('%s:// reads %s_ADDR and %s_TOKEN first', async ([scheme, name, unread]) => {
    const web = await start(body)
    const wrong = unread && { [`${unread}_ADDR`]: 'http://127.0.0.1:9', [`${unread}_TOKEN`]: 'of-the-other' }
    const env = { [`${name}_ADDR`]: web.url, [`${name}_TOKEN`]: token, ...wrong }
    expectEnding(await verify('first', env, { key: `${scheme}://release` }), 'verified')
    expect(asked(web)).toEqual(once)
  })

  it('the engine has another mount and namespace where they are set', async () => {
    const web = await serve((_request, response) => sendJson(response, 200, body))
    const more = { TRANSIT_SECRET_ENGINE_PATH: '/team/signing/', VAULT_NAMESPACE: 'acme/eu' }
    expectEnding(await verify('first', { ...environment(web), ...more }), 'verified')
    expect(asked(web)).toEqual(['GET /v1/team/signing/keys/release'])
    expect(web.requests[0]?.headers['x-vault-namespace']).toBe('acme/eu')
  })

  it('the server may lie under a path', async () => {
    const web = await serve((_request, response) => sendJson(response, 200, body))
    expectEnding(await verify('first', { VAULT_ADDR: `${web.url}/vault/`, VAULT_TOKEN: token }), 'verified')
    expect(asked(web)).toEqual(['GET /vault/v1/transit/keys/release'])
  })

  it('the whole address may stand in the reference', async () => {
    const web = await start(body)
    const key = `hashivault://${new URL(web.url).host}/v1/transit/keys/release`
    expectEnding(await verify('first', { VAULT_TOKEN: token }, { key }), 'verified')
    expectEnding(await verify('first', environment(web), { key }), 'verified')
    expect(asked(web)).toEqual([...once, ...once])
  })

  it('the whole address cannot send the token to another server than the one that is set', async () => {
    const [own, strange] = [await start(body), await start(body)]
    const key = `hashivault://${new URL(strange.url).host}/v1/transit/keys/release`
    expectEnding(await verify('first', environment(own), { key }), 'input-invalid')
    expect([...asked(own), ...asked(strange)]).toEqual([])
  })

  it('TLS is checked, with the authority that is named', async () => {
    const certificate = newCertificate()
    const web = await openTransit(token, body, certificate)
    stops.push(web.stop)
    writeFileSync(path.join(cwd, 'ca.pem'), certificate.cert)
    const key = `hashivault://${new URL(web.url).host}/v1/transit/keys/release`
    const env = environment(web)
    expectEnding(await verify('first', { ...env, VAULT_CACERT: 'ca.pem' }, { key }), 'verified')
    expectEnding(await verify('first', { ...env, SSL_CERT_FILE: 'ca.pem' }), 'verified')
    expectEnding(await verify('first', { ...env, VAULT_SKIP_VERIFY: 'true' }), 'tls-failed key')
    expectEnding(await verify('first', { ...env, VAULT_CACERT: 'first.pub' }), 'input-invalid')
    expect(asked(web)).toEqual([...once, ...once])
  })

  it('the token may lie in the home folder, as a login leaves it', async () => {
    const web = await start(body)
    const home = temporaryFolder()
    writeFileSync(path.join(home, '.vault-token'), `${token}\n`)
    const ran = await verify('first', { VAULT_ADDR: web.url, VAULT_TOKEN: '', HOME: home })
    expectEnding(ran, 'verified')
    expectNoSecret(ran, { token })
  })

  it.for([
    ['no address', { VAULT_ADDR: '' }],
    ['an address without https', { VAULT_ADDR: 'http://vault.example:8200' }],
    ['an address that is none', { VAULT_ADDR: 'vault.example' }],
    ['an address with a login', { VAULT_ADDR: 'https://me:pass-word-1@vault.example' }],
    ['a mount that is none', { TRANSIT_SECRET_ENGINE_PATH: '../sys' }],
    ['a token of two lines', { VAULT_TOKEN: 'one-token-line\nx-other: header' }],
    ['a namespace of two lines', { VAULT_NAMESPACE: 'a\r\nb' }],
  ] as const)('%s is a fault of the set-up, and nobody is asked', async ([, changes]) => {
    const web = await start(body)
    const ran = await verify('first', { ...environment(web), ...changes })
    expectEnding(ran, 'input-invalid')
    expect(web.requests).toEqual([])
    expectNoSecret(ran, { password: 'pass-word-1', line: 'one-token-line' })
  })

  it('without a token nobody is asked', async () => {
    const web = await start(body)
    const ran = await verify('first', { VAULT_ADDR: web.url })
    expectEnding(ran, 'denied key')
    expect(ran.outputs['message']).toContain('set VAULT_TOKEN or BAO_TOKEN')
    expect(web.requests).toEqual([])
  })

  it.for(['hashivault://release', 'openbao://release', 'hashivault://127.0.0.1/v1/transit/keys/release'])(
    'is another host, which offline asks for nothing: %s',
    async (key) => {
      const web = await start(body)
      expectEnding(await verify('first', environment(web), { key, offline: 'true' }), 'input-invalid')
      expect(web.requests).toEqual([])
    },
  )
})

describe('a transit key that cannot be had', () => {
  it.for([
    ['is gone', 404, { errors: [] }],
    ['lies under no mount', 404, { errors: ['no handler for route "transit/keys/release"'] }],
    ['was soft-deleted', 200, transitKeyBody('ecdsa-p256', { 1: first }, { soft_deleted: true })],
    ['encrypts only', 200, { data: { type: 'aes256-gcm96', keys: { 1: 1795264268 } } }],
    ['makes MACs', 200, { data: { type: 'hmac' } }],
    ['holds no PEM', 200, { data: { type: 'ecdsa-p256', keys: { 1: { public_key: 'x' } } } }],
    ['has no version', 200, { data: { type: 'ecdsa-p256', keys: {} } }],
  ] as const)('because it %s is no key', async ([, status, body]) => {
    const web = await serve((_request, response) => sendJson(response, status, body))
    const ran = await verify('first', environment(web))
    expectEnding(ran, 'key-invalid')
    expect(ran.outputs['message']).toContain('hashivault://release: ')
    expect(asked(web)).toEqual(once)
  })

  it.for([
    [400, 'response-invalid key', 1],
    [403, 'denied key', 1],
    [412, 'response-invalid key', 1],
    [429, 'rate-limited key', 2],
    [500, 'server-error key', 2],
    [503, 'server-error key', 2],
  ] as const satisfies readonly (readonly [number, Expected, number])[])(
    'because the server answers %i is no verdict, and no token is shown that it sends back',
    async ([status, expected, times]) => {
      const web = await serve((request, response) => {
        sendJson(response, status, { errors: [echo(request)] })
      })
      const ran = await verify('first', environment(web))
      expectEnding(ran, expected)
      expect(web.requests).toHaveLength(times)
      expectNoSecret(ran, { token })
    },
  )

  it('because its token has no right says which one it needs', async () => {
    const web = await start(transitKeyBody('ecdsa-p256', { 1: first }))
    const ran = await verify('first', { VAULT_ADDR: web.url, VAULT_TOKEN: 'hvs.another-token' })
    expectEnding(ran, 'denied key')
    expect(ran.outputs['message']).toContain('the token needs read on transit/keys/release')
  })

  it.for([
    ['a page', 200, '<html>sign in</html>'],
    ['a page with 404', 404, '<html>not found</html>'],
    ['other JSON', 200, '{"status":"ok"}'],
    ['nothing', 200, ''],
  ] as const)('because something answers %s is no verdict', async ([, status, body]) => {
    const web = await serve((_request, response) => {
      response.writeHead(status, { 'content-type': 'text/html' })
      response.end(body)
    })
    expectEnding(await verify('first', environment(web)), 'response-invalid key')
  })

  it('because the answer is too long is no verdict', async () => {
    const web = await serve((_request, response) => void response.end(' '.repeat(1024 * 1024 + 1)))
    expectEnding(await verify('first', environment(web)), 'limit-exceeded key')
  })

  it.for([301, 302, 307, 308])(
    'because the server redirects (%i): the token goes nowhere',
    async (status) => {
      const elsewhere = await start(transitKeyBody('ecdsa-p256', { 1: first }))
      const web = await serve((_request, response) => {
        response.writeHead(status, { location: `${elsewhere.url}/v1/transit/keys/release?t=${token}` })
        response.end()
      })
      const ran = await verify('first', environment(web))
      expectEnding(ran, 'response-invalid key')
      expect(elsewhere.requests).toEqual([])
      expectNoSecret(ran, { token })
    },
  )

  it('because the server is down or hangs is no verdict', async () => {
    const [hanging, gone] = [await serve(() => undefined), await start({})]
    await gone.stop()
    stops.splice(stops.indexOf(gone.stop), 1)
    const [down, hung] = await Promise.all([
      verify('first', environment(gone)),
      verify('first', environment(hanging), { timeout: '2s' }),
    ])
    expectEnding(down, 'unreachable key')
    expectEnding(hung, 'timeout key')
    expect(hanging.requests).toHaveLength(1)
  })

  it('does not let a step pass, whatever outages may do', async () => {
    const web = await serve((_request, response) => sendJson(response, 404, { errors: [] }))
    const ran = await verify('first', environment(web), { 'on-infrastructure-error': 'warn' })
    expectEnding(ran, 'key-invalid')
  })

  it('is one whose reference cannot be read, and nobody is asked', async () => {
    const web = await start({})
    mkdirSync(path.join(cwd, 'hashivault:'), { recursive: true })
    for (const key of ['hashivault://', 'hashivault://a/b', 'hashivault:release', 'openbao://-a']) {
      expectEnding(await verify('first', environment(web), { key }), 'key-invalid')
    }
    expect(web.requests).toEqual([])
  })
})
