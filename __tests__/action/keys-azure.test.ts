import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sendJson } from '../harness/cloud-hosts.js'
import { type Expected, expectEnding } from '../harness/endings.js'
import {
  authorityHost,
  keyAnswer,
  type KeyVault,
  type Login,
  openKeyVault,
  sendFault,
  tenant,
  vaultHost,
  versionId,
} from '../harness/key-vault.js'
import { expectNoSecret } from '../harness/leaks.js'
import { type RanAction, runAction, temporaryFolder } from '../harness/run.js'
import { newKey, signedImage, writeStore } from '../harness/store.js'
import { openWeb } from '../harness/web.js'

// Against a stand-in that behaves as the REST documentation says: the real Key Vault cannot be reached from here.

const [first, second, third, stranger] = [newKey(), newKey(), newKey(), newKey()]
const reference = `azurekms://${vaultHost}/signer`
const pinned = `${reference}/${versionId(2)}`
let vault: KeyVault
beforeEach(async () => void (vault = await openKeyVault([first, second, third])))
afterEach(async () => vault.stop())

interface Run {
  readonly key?: string
  readonly signer?: typeof first
  readonly login?: Login | 'none'
  readonly env?: Readonly<Record<string, string>>
  readonly timeout?: string
}

async function run({
  key = reference,
  signer = third,
  login = 'Azure CLI',
  env,
  timeout = '20s',
}: Run = {}): Promise<RanAction> {
  const cwd = temporaryFolder()
  writeStore(path.join(cwd, 'store'), signedImage(signer, 'store'))
  const inputs = { image: 'local://store/app:v1', key, retries: '1', timeout }
  const credentials = login === 'none' ? {} : vault.credentials[login]
  return runAction(inputs, { cwd, env: { ...vault.environment, ...credentials, ...env } })
}

/** What the vault was asked, without queries. */
const asked = (): readonly string[] =>
  vault.requests.filter(({ line }) => line.includes(vaultHost)).map(({ line }) => line.replace(/\?.*$/, ''))
const keys = `GET https://${vaultHost}/keys/signer`

describe('a key in Azure Key Vault', () => {
  it.for([
    ['client secret', [authorityHost]],
    ['client certificate', [authorityHost]],
    ['federated token', [authorityHost]],
    ['Azure CLI', ['az']],
  ] as const)('is had with a %s, and every host is in the report', async ([login, hosts]) => {
    const ran = await run({ login, env: { AZURE_LOG_LEVEL: 'verbose' } })
    expectEnding(ran, 'verified')
    expect(ran.document?.calls.map(({ host }) => host)).toEqual([...hosts, vaultHost])
    const count = ran.document?.calls.reduce((sum, one) => sum + one.count, 0)
    expect(count).toBe(vault.requests.length + (login === 'Azure CLI' ? 1 : 0))
    expectNoSecret(ran, vault.secrets)
  })

  it('is had with the managed identity of the service that the program runs in', async () => {
    const header = 'identity-header-8d1c7a'
    const identity = await openWeb(({ headers, target }, response) => {
      const good =
        headers['x-identity-header'] === header && target.includes('resource=https%3A%2F%2Fvault.azure.net')
      const expires_on = 4_000_000_000
      if (good)
        sendJson(response, 200, { access_token: vault.secrets.token, expires_on, token_type: 'Bearer' })
      else sendJson(response, 400, { error: 'invalid_request', error_description: 'no' })
    })
    const env = { IDENTITY_ENDPOINT: `${identity.url}/msi/token`, IDENTITY_HEADER: header }
    const ran = await run({ login: 'none', env })
    await identity.stop()
    expectEnding(ran, 'verified')
    expect(ran.document?.calls.map(({ host }) => host)).toEqual([new URL(identity.url).host, vaultHost])
    expectNoSecret(ran, { ...vault.secrets, header })
  })

  it('verifies with the newest version, by a list and the keys alone', async () => {
    const ran = await run()
    expectEnding(ran, 'verified')
    expect(ran.document?.images[0]?.signatures).toMatchObject([
      { verified: true, keyId: third.id, keyRef: `${reference} (version ${versionId(3)})` },
    ])
    expect(ran.document?.keys.map(({ id, version }) => [version, id])).toEqual([
      [versionId(3), third.id],
      [versionId(2), second.id],
      [versionId(1), first.id],
    ])
    const list = `${keys}/versions`
    const each = [1, 2, 3].map((number) => `${keys}/${versionId(number)}`)
    expect(asked().toSorted()).toEqual([list, list, list, ...each].toSorted())
  })

  it('that was rotated verifies what an older version signed, and the report says which', async () => {
    const ran = await run({ signer: first })
    expectEnding(ran, 'verified')
    expect(ran.document?.images[0]?.signatures).toMatchObject([
      { keyRef: `${reference} (version ${versionId(1)})` },
    ])
  })

  it('does not verify what another key signed, or a version that is disabled by now', async () => {
    expectEnding(await run({ signer: stranger }), 'unsigned')
    vault.versions.set(versionId(1), { ...first, enabled: false })
    expectEnding(await run({ signer: first }), 'unsigned')
  })

  it('may be one version, and needs one right', async () => {
    vault.rights.delete('list')
    expectEnding(await run({ key: pinned, signer: second }), 'verified')
    expect(asked()).toEqual([`${keys}/${versionId(2)}`])
    expectEnding(await run({ key: pinned, signer: third }), 'unsigned')
  })

  it('may lie in an HSM', async () => {
    vault.versions.set(versionId(2), { ...second, fields: { kty: 'EC-HSM' } })
    expectEnding(await run({ key: pinned, signer: second }), 'verified')
  })

  it('is had from the cloud that the environment names', async () => {
    const env = { AZURE_ENVIRONMENT: 'AzurePublicCloud' }
    expectEnding(await run({ login: 'client secret', env }), 'verified')
    const wrong = await run({ login: 'client secret', env: { AZURE_ENVIRONMENT: 'AzureGermany' } })
    expectEnding(wrong, 'input-invalid')
    expect(wrong.outputs['message']).toContain('AZUREUSGOVERNMENT')
    const elsewhere = { AZURE_ENVIRONMENT: 'AzureUSGovernment' }
    const ran = await run({ login: 'client secret', env: elsewhere })
    expect(ran.document?.calls.map(({ host }) => host)).toEqual(['login.microsoftonline.us'])
    // The proxy knows no such host.
    expectEnding(ran, 'server-error key')
  })
})

describe('a key in Azure Key Vault that cannot be had', () => {
  const rsa = { kty: 'RSA', n: 'AQAB', e: 'AQAB' }
  it.for([
    ['a version that never was, or was deleted', undefined],
    ['a disabled version', { ...second, enabled: false }],
    ['a version on secp256k1', { ...second, fields: { crv: 'P-256K' } }],
    ['a symmetric key', { ...second, fields: { kty: 'oct-HSM' } }],
    ['a key that wraps only', { ...second, fields: { key_ops: ['wrapKey', 'unwrapKey'] } }],
    ['an RSA key that is too short', { ...second, fields: rsa }],
  ] as const)('is %s', async ([, version]) => {
    if (version) vault.versions.set(versionId(2), version)
    else vault.versions.delete(versionId(2))
    const ran = await run({ key: pinned, signer: second })
    expectEnding(ran, 'key-invalid')
    expect(ran.outputs['message']).toContain(pinned)
    expect(asked()).toHaveLength(1)
  })

  it('is one that never was, one without an enabled version, or with one that is no key to verify with', async () => {
    expectEnding(await run({ key: `azurekms://${vaultHost}/other` }), 'key-invalid')
    vault.versions.set(versionId(2), { ...second, fields: { kty: 'oct' } })
    expectEnding(await run(), 'key-invalid')
    for (const [id, version] of vault.versions) vault.versions.set(id, { ...version, enabled: false })
    const none = await run()
    expectEnding(none, 'key-invalid')
    expect(none.outputs['message']).toContain('expected a version that is enabled')
  })

  it.for(['get', 'list'] as const)(
    'is denied without the right to %s, and the message names it',
    async (right) => {
      vault.rights.delete(right)
      const ran = await run()
      expectEnding(ran, 'denied key')
      expect(ran.outputs['message']).toContain(
        `needed is keys/${right}, or Microsoft.KeyVault/vaults/keys/read`,
      )
    },
  )

  it('is denied to a token of another tenant, and the message names the right one', async () => {
    vault.override((_request, response) => {
      const challenge = `Bearer authorization="https://${authorityHost}/${tenant}", resource="https://vault.azure.net"`
      response.setHeader('www-authenticate', challenge)
      sendFault(response, 401, 'Unauthorized', 'AKV10032: Invalid issuer.')
    })
    const ran = await run({ key: pinned })
    expectEnding(ran, 'denied key')
    expect(ran.outputs['message']).toContain(`it takes tokens of https://${authorityHost}/${tenant}`)
  })

  it.for([
    [400, 'BadParameter', 'key-invalid', 1],
    [403, 'Forbidden', 'denied key', 1],
    [404, 'KeyNotFound', 'key-invalid', 1],
    [404, 'VaultNotFound', 'response-invalid key', 1],
    [429, 'Throttled', 'rate-limited key', 2],
    [500, 'InternalServerError', 'server-error key', 2],
    [503, 'ServiceUnavailable', 'server-error key', 2],
    [504, 'GatewayTimeout', 'timeout key', 2],
  ] as const)('is one for which the vault says %i %s', async ([status, code, expected, times]) => {
    vault.override(({ headers }, response) => {
      sendFault(response, status, code, `you sent ${String(headers.authorization)}`)
    })
    const ran = await run({ key: pinned })
    expectEnding(ran, expected satisfies Expected)
    expect(asked()).toHaveLength(times)
    expectNoSecret(ran, vault.secrets)
  })

  const missing = {
    ...keyAnswer(versionId(2), second),
    key: { kid: `https://${vaultHost}/keys/signer/${versionId(2)}` },
  }
  it.for([
    ['a page', 200, '<html>sign in</html>', 'response-invalid key'],
    ['a page with 404', 404, '<html>404</html>', 'response-invalid key'],
    ['a page elsewhere', 302, '', 'response-invalid key'],
    ['no key', 200, JSON.stringify(missing), 'response-invalid key'],
    [
      'half a key',
      200,
      JSON.stringify(keyAnswer(versionId(2), { ...second, fields: { y: undefined } })),
      'response-invalid key',
    ],
    [
      'a point off the curve',
      200,
      JSON.stringify(keyAnswer(versionId(2), { ...second, fields: { y: 'AAAA' } })),
      'response-invalid key',
    ],
    ['another version', 200, JSON.stringify(keyAnswer(versionId(3), third)), 'response-invalid key'],
    ['more than any key', 200, `{"key":"${'a'.repeat(1024 * 1024)}"}`, 'limit-exceeded key'],
  ] as const)('is one for which something answers %s', async ([, status, body, expected]) => {
    vault.override((_request, response) => {
      response.writeHead(status, { location: 'https://elsewhere.test/' })
      response.end(body)
    })
    expectEnding(await run({ key: pinned, signer: second }), expected)
    expect(asked()).toHaveLength(1)
  })

  it('is any while one of its versions, the list, or the whole vault is not to be had', async () => {
    const item = (number: number): object => ({
      kid: `https://${vaultHost}/keys/signer/${versionId(number)}`,
      attributes: { enabled: true, created: number },
    })
    vault.override((_request, response, url) => {
      if (url.pathname.endsWith('/versions')) sendJson(response, 200, { value: [item(1), item(3)] })
      else if (url.pathname.endsWith(versionId(1))) sendFault(response, 503, 'ServiceUnavailable', 'later')
      else sendJson(response, 200, keyAnswer(versionId(3), third))
    })
    // The one that is missing may be the one that signed.
    expectEnding(await run({ signer: stranger }), 'server-error key')
    vault.override(() => undefined)
    expectEnding(await run({ timeout: '3s' }), 'timeout key')
    const closed = await openWeb(() => undefined)
    await closed.stop()
    // The token that this CLI would get is for another vault.
    const env = {
      ...vault.credentials['client secret'],
      AZURE_AUTHORITY_HOST: closed.url.replace('http:', 'https:'),
    }
    expectEnding(await run({ login: 'none', env }), 'unreachable key')
  })

  it.for([
    ['more enabled versions than are fetched', 'limit-exceeded key'],
    ['a list that goes on at another host', 'response-invalid key'],
    ['a list of another key', 'response-invalid key'],
  ] as const)('is one with %s', async ([what, expected]) => {
    const item = (name: string, index: number): object => ({
      kid: `https://${vaultHost}/keys/${name}/${String(index).padStart(32, '0')}`,
      attributes: { enabled: true, created: index },
    })
    const answers = {
      'more enabled versions than are fetched': {
        value: Array.from({ length: 101 }, (_, index) => item('signer', index)),
      },
      'a list that goes on at another host': {
        value: [item('signer', 1)],
        nextLink: `https://${authorityHost}/next`,
      },
      'a list of another key': { value: [item('another', 1)] },
    }
    vault.override((_request, response) => sendJson(response, 200, answers[what]))
    expectEnding(await run(), expected)
    expect(vault.requests).toHaveLength(1)
  })

  it.for([
    'azurekms://',
    `azurekms://${vaultHost}`,
    `azurekms://https://${vaultHost}/signer`,
    `azurekms://user@${vaultHost}/signer`,
    `${reference}?v=1`,
  ])('is one that cannot be a reference, and nobody is asked: %s', async (key) => {
    const ran = await run({ key })
    expectEnding(ran, 'key-invalid')
    expect(ran.outputs['message']).toContain('expected azurekms://<vault host>/<key>')
    expect(vault.requests).toEqual([])
  })

  it('needs another host, so that it is refused offline', async () => {
    const inputs = { image: 'local://store/app:v1', key: reference, offline: 'true' }
    const env = { ...vault.environment, ...vault.credentials['Azure CLI'] }
    expectEnding(await runAction(inputs, { cwd: temporaryFolder(), env }), 'input-invalid')
    expect(vault.requests).toEqual([])
  })
})

describe('a login to Azure that fails', () => {
  it('is denied without any credentials, and says what to do', async () => {
    const ran = await run({ login: 'none' })
    expectEnding(ran, 'denied key')
    expect(ran.outputs['message']).toContain('run azure/login before this step')
    expect(vault.requests).toEqual([])
  })

  it.for([
    [
      'a client without a tenant',
      { AZURE_CLIENT_SECRET: 'secret-9a8b7c6d', AZURE_CLIENT_ID: 'a' },
      'AZURE_TENANT_ID',
    ],
    [
      'a tenant without a client',
      { AZURE_CLIENT_SECRET: 'secret-9a8b7c6d', AZURE_TENANT_ID: tenant },
      'AZURE_CLIENT_ID',
    ],
    [
      'a certificate that is not there',
      { AZURE_CLIENT_CERTIFICATE_PATH: '/nonexistent', AZURE_CLIENT_ID: 'a', AZURE_TENANT_ID: tenant },
      '/nonexistent',
    ],
    [
      'a federated token that is not there',
      { AZURE_FEDERATED_TOKEN_FILE: '/nonexistent', AZURE_CLIENT_ID: 'a', AZURE_TENANT_ID: tenant },
      '/nonexistent',
    ],
  ] as const)('is a wrong setting where the environment has %s', async ([, env, named]) => {
    const ran = await run({ login: 'none', env })
    expectEnding(ran, 'input-invalid')
    expect(ran.outputs['message']).toContain(named)
    expectNoSecret(ran, { secret: 'secret-9a8b7c6d' })
    expect(asked()).toEqual([])
  })

  it('is denied with a wrong secret, which nobody sees', async () => {
    const secret = 'wrong-secret-1f2e3d'
    const ran = await run({ login: 'client secret', env: { AZURE_CLIENT_SECRET: secret } })
    expectEnding(ran, 'denied key')
    expect(ran.outputs['message']).toContain('AADSTS7000215')
    expectNoSecret(ran, { secret })
  })

  it.for([
    ['client secret', 400, 'invalid_request', 'denied key', 1],
    ['federated token', 401, 'invalid_client', 'denied key', 1],
    ['federated token', 429, 'temporarily_unavailable', 'rate-limited key', 2],
    ['client secret', 503, 'temporarily_unavailable', 'server-error key', 2],
  ] as const)(
    'by %s answered %i %s is told as what it is',
    async ([login, status, error, expected, times]) => {
      vault.override(({ method, body }, response, url) => {
        const root = `https://${authorityHost}/${tenant}`
        if (method === 'POST') sendJson(response, status, { error, error_description: `you sent ${body}` })
        else
          sendJson(response, 200, {
            issuer: `${root}/v2.0`,
            authorization_endpoint: `${root}/oauth2/v2.0/authorize`,
            token_endpoint: `https://${url.host}/${tenant}/oauth2/v2.0/token`,
            jwks_uri: `${root}/keys`,
          })
      })
      const ran = await run({ login })
      expectEnding(ran, expected satisfies Expected)
      // The library's own attempts are switched off.
      expect(vault.requests.filter(({ method }) => method === 'POST')).toHaveLength(times)
      expectNoSecret(ran, vault.secrets)
    },
  )

  it('is no answer where the authority answers with a page', async () => {
    vault.override((_request, response) => void response.end('<html>sign in</html>'))
    expectEnding(await run({ login: 'client secret' }), 'response-invalid key')
  })

  it('that takes too long ends with the time for the image', async () => {
    vault.override(() => undefined)
    expectEnding(await run({ login: 'federated token', timeout: '3s' }), 'timeout key')
    expect(vault.requests).toHaveLength(1)
  })
})
