import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { azureConnection, azureKey, openAzureServer, sendAzureError, sharedKeyOf } from '../harness/azure.js'
import type { CloudRequest, CloudServer } from '../harness/cloud-server.js'
import { certificateOf, credentialsFile, openCloudWorld } from '../harness/cloud-world.js'
import { expectEnding } from '../harness/endings.js'
import { expectNoSecret } from '../harness/leaks.js'
import { runAction, type RanAction } from '../harness/run.js'
import type { Fault } from '../harness/s3.js'
import { newKey, signedImage } from '../harness/store.js'
import { openWeb, type Web } from '../harness/web.js'

const key = newKey()
const account = 'stores123'
const [storage, entra] = [`${account}.blob.core.windows.net`, 'login.microsoftonline.com']
const certificate = certificateOf([storage, entra])
const token = 'eyJ0eXAiOiJKV1QifQ.a-token-of-entra.signature'
const assertion = 'eyJhbGciOiJSUzI1NiJ9.a-token-of-the-workflow.signature'
const otherKey = createHash('sha512').update('another key').digest('base64')
const signature = 'c2lnbmF0dXJlIG9mIGEgc2hhcmVkIGFjY2Vzcw=='
const sas = `sv=2023-11-03&ss=b&srt=co&sp=rl&se=2099-01-01T00%3A00%3A00Z&sig=${encodeURIComponent(signature)}`

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

interface World {
  readonly azure: CloudServer
  readonly login: Web
  readonly run: (env?: Readonly<Record<string, string>>) => Promise<RanAction>
}

/** The storage of one account and Microsoft's token service. @param guard who may read; @param status of the token service */
async function openWorld(guard: Fault, status = 200): Promise<World> {
  const azure = await openAzureServer(undefined, { certificate, guard })
  azure.put('images', signedImage(key, 'images'))
  const login = await openWeb(({ target, body }, response) => {
    const form = new URLSearchParams(body)
    const known = form.get('client_assertion') === assertion
    const error = { error: 'invalid_client', error_description: `AADSTS700213: nobody known: ${body}` }
    const answer = target.includes('openid-configuration')
      ? {
          token_endpoint: `https://${entra}/tenant/oauth2/v2.0/token`,
          authorization_endpoint: `https://${entra}/tenant/oauth2/v2.0/authorize`,
          issuer: `https://${entra}/tenant/v2.0`,
          jwks_uri: `https://${entra}/keys`,
        }
      : known
        ? { token_type: 'Bearer', expires_in: 3600, access_token: token }
        : error
    const said = status !== 200 ? status : 'error' in answer ? 401 : 200
    response.writeHead(said, { 'content-type': 'application/json' })
    response.end(status === 200 ? JSON.stringify(answer) : '')
  }, certificate)
  const world = await openCloudWorld(
    { [storage]: azure.port, [entra]: Number(new URL(login.url).port) },
    certificate,
  )
  stops.push(azure.stop, login.stop, world.proxy.stop)
  const inputs = { image: 'az://images/app:v1', key: key.publicPem, retries: '1', timeout: '20s' }
  return { azure, login, run: async (env = {}) => runAction(inputs, { env: { ...world.env, ...env } }) }
}

/** Whoever is refused gets back what was sent. */
const refuses =
  (allowed: (request: CloudRequest) => boolean): Fault =>
  (request, response, usual) => {
    if (allowed(request as CloudRequest)) usual()
    else {
      const sent = `${String(request.headers.authorization)} ${request.target}`.replaceAll('&', '&amp;')
      sendAzureError(response, 403, 'AuthenticationFailed', `Server failed to authenticate: ${sent}`)
    }
  }
const onlyToken = refuses(({ headers }) => headers.authorization === `Bearer ${token}`)
const onlyKey = refuses(
  (request) => request.headers.authorization === sharedKeyOf(request, account, azureKey),
)
const onlySignature = refuses(({ query }) => query.get('sig') === signature && query.get('sp') === 'rl')

/** What azure/login or a workload identity leaves. */
const federation = (own = assertion): Record<string, string> => ({
  AZURE_STORAGE_ACCOUNT: account,
  AZURE_TENANT_ID: 'tenant',
  AZURE_CLIENT_ID: 'client',
  AZURE_FEDERATED_TOKEN_FILE: credentialsFile(own),
})
const hostsOf = (ran: RanAction): readonly string[] => ran.document?.calls.map(({ host }) => host) ?? []

describe('Azure Blob Storage is asked with', () => {
  it('a federated login, once for all requests', async () => {
    const { azure, login, run } = await openWorld(onlyToken)
    const ran = await run(federation())
    expectEnding(ran, 'verified')
    expect(hostsOf(ran)).toEqual([entra, storage])
    const forms = login.requests.map(({ body }) => new URLSearchParams(body).get('scope') ?? '')
    expect(forms.filter((scope) => scope.includes('https://storage.azure.com/.default'))).toHaveLength(1)
    expect(azure.requests).toHaveLength(2)
    expectNoSecret(ran, { token, assertion })
  })

  it('the key of the account', async () => {
    const { login, run } = await openWorld(onlyKey)
    const ran = await run({ AZURE_STORAGE_ACCOUNT: account, AZURE_STORAGE_KEY: azureKey })
    expectEnding(ran, 'verified')
    expect(hostsOf(ran)).toEqual([storage])
    expect(login.requests).toEqual([])
    expectNoSecret(ran, { key: azureKey })
  })

  it.for([sas, `?${sas}`])('a shared access signature', async (given) => {
    const { run } = await openWorld(onlySignature)
    const ran = await run({ AZURE_STORAGE_ACCOUNT: account, AZURE_STORAGE_SAS_TOKEN: given })
    expectEnding(ran, 'verified')
    expectNoSecret(ran, { signature, sas })
  })

  it('what a connection string says, before all else', async () => {
    const { run } = await openWorld(onlySignature)
    const connection = `AccountName=${account};SharedAccessSignature=${sas};EndpointSuffix=core.windows.net`
    const other = { AZURE_STORAGE_ACCOUNT: 'other', AZURE_STORAGE_KEY: otherKey }
    const ran = await run({ AZURE_STORAGE_CONNECTION_STRING: connection, ...other })
    expectEnding(ran, 'verified')
    expectNoSecret(ran, { connection, signature })
  })

  it('the key of an account in the path, as with Azurite', async () => {
    const guard = refuses(
      (request) => request.headers.authorization === sharedKeyOf(request, account, azureKey),
    )
    const azurite = await openAzureServer(account, { guard })
    stops.push(azurite.stop)
    azurite.put('images', signedImage(key, 'images'))
    const connection = azureConnection(azurite, account, `AccountKey=${azureKey}`)
    const { run } = await openWorld(onlyToken)
    expectEnding(await run({ AZURE_STORAGE_CONNECTION_STRING: connection }), 'verified')
  })
})

describe('Azure Blob Storage refuses', () => {
  const cases: readonly (readonly [string, Fault, Readonly<Record<string, string>>, string])[] = [
    ['another key', onlyKey, { AZURE_STORAGE_ACCOUNT: account, AZURE_STORAGE_KEY: otherKey }, otherKey],
    [
      'another shared access signature',
      refuses(() => false),
      { AZURE_STORAGE_ACCOUNT: account, AZURE_STORAGE_SAS_TOKEN: sas },
      signature,
    ],
    ['another token', refuses(() => false), federation(), token],
  ]
  it.for(cases)('%s, which is in no report when it is sent back', async ([, guard, env, secret]) => {
    const { azure, run } = await openWorld(guard)
    const ran = await run(env)
    expectEnding(ran, 'denied storage')
    const sent = azure.requests.map(({ headers }) => headers.authorization?.split(/[ :]/).at(-1) ?? '')
    const signatures = sent.flatMap((one, at) => (one === '' ? [] : [[`signature ${at}`, one] as const]))
    expectNoSecret(ran, { secret, ...Object.fromEntries(signatures) })
  })

  it('a workflow that the directory does not know, and says why', async () => {
    const { azure, run } = await openWorld(onlyToken)
    const stranger = 'eyJhbGciOiJSUzI1NiJ9.a-token-of-a-stranger.signature'
    const ran = await run(federation(stranger))
    expectEnding(ran, 'denied storage')
    expect(ran.outputs['message']).toContain('AADSTS700213')
    expect(azure.requests).toEqual([])
    expectNoSecret(ran, { stranger })
  })

  it('a redirect to another host, which gets no key', async () => {
    const other = await openWeb((_request, response) => void response.end('{}'), certificate)
    stops.push(other.stop)
    const { run } = await openWorld((_request, response) => {
      response.writeHead(307, { location: `${other.url}/elsewhere` })
      response.end()
    })
    const ran = await run({ AZURE_STORAGE_ACCOUNT: account, AZURE_STORAGE_KEY: azureKey })
    expectEnding(ran, 'response-invalid storage')
    expect(other.requests).toEqual([])
  })
})

describe('without what it takes to sign in to Azure', () => {
  it.for([
    ['no account', {}, 'AZURE_STORAGE_ACCOUNT environment variable not set'],
    ['a name that is none', { AZURE_STORAGE_ACCOUNT: 'evil.example/x' }, '3 to 24 lower-case letters'],
    ['a key that is none', { AZURE_STORAGE_ACCOUNT: account, AZURE_STORAGE_KEY: 'not base64' }, 'base64'],
    [
      'plain http to another machine',
      { AZURE_STORAGE_CONNECTION_STRING: `AccountName=${account};BlobEndpoint=http://blobs.example/` },
      'expected https',
    ],
    [
      'half a login',
      { AZURE_STORAGE_ACCOUNT: account, AZURE_CLIENT_SECRET: 'a-secret-of-the-client' },
      'AZURE_TENANT_ID',
    ],
  ] as const)('%s is a wrong setting, and nobody is asked', async ([, env, words]) => {
    const { azure, login, run } = await openWorld(onlyToken)
    const ran = await run(env)
    expectEnding(ran, 'input-invalid')
    expect(ran.outputs['message']).toContain(words)
    expect([...azure.requests, ...login.requests]).toEqual([])
  })

  it('no login at all is denied, and says what to do', async () => {
    const { azure, run } = await openWorld(onlyToken)
    // The identity service of the machine, where nobody listens.
    const nobody = { AZURE_POD_IDENTITY_AUTHORITY_HOST: 'http://127.0.0.1:9', PATH: '/nonexistent' }
    const ran = await run({ AZURE_STORAGE_ACCOUNT: account, ...nobody })
    expectEnding(ran, 'denied storage')
    expect(ran.outputs['message']).toContain('run azure/login before this step')
    expect(azure.requests).toEqual([])
  })

  it('a token service that is down is an outage', async () => {
    const { run } = await openWorld(onlyToken, 503)
    expectEnding(await run(federation()), 'server-error storage')
  })
})
