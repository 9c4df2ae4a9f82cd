import { generateKeyPairSync, verify } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import type { CloudServer } from '../harness/cloud-server.js'
import { certificateOf, credentialsFile, openCloudWorld } from '../harness/cloud-world.js'
import { expectEnding } from '../harness/endings.js'
import { openGcsServer, sendGcsError } from '../harness/gcs.js'
import { expectNoSecret } from '../harness/leaks.js'
import { runAction, type RanAction } from '../harness/run.js'
import type { Fault } from '../harness/s3.js'
import { newKey, signedImage } from '../harness/store.js'
import { openWeb, type Web, type WebRequest } from '../harness/web.js'

const key = newKey()
const certificate = certificateOf(['storage.googleapis.com', 'sts.googleapis.com'])
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const scope = 'https://www.googleapis.com/auth/devstorage.read_only'
const token = 'ya29.a-token-of-the-federation-0123456789'
const subject = 'eyJhbGciOiJSUzI1NiJ9.a-token-of-the-workflow.signature'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

interface World {
  readonly gcs: CloudServer
  readonly sts: Web
  readonly run: (env?: Readonly<Record<string, string>>) => Promise<RanAction>
}

/** Google's storage and its token service. @param guard who may read; @param exchange how tokens are exchanged */
async function openWorld(
  guard: Fault,
  exchange: Parameters<typeof openWeb>[0] = hands(token),
): Promise<World> {
  const gcs = await openGcsServer({ certificate, guard })
  gcs.put('bucket', signedImage(key, 'bucket'))
  const sts = await openWeb(exchange, certificate)
  const hosts = { 'storage.googleapis.com': gcs.port, 'sts.googleapis.com': Number(new URL(sts.url).port) }
  const world = await openCloudWorld(hosts, certificate)
  stops.push(gcs.stop, sts.stop, world.proxy.stop)
  const inputs = { image: 'gs://bucket/app:v1', key: key.publicPem, retries: '1', timeout: '20s' }
  const nobody = { METADATA_SERVER_DETECTION: 'none' }
  return {
    gcs,
    sts,
    run: async (env = {}) => runAction(inputs, { env: { ...world.env, ...nobody, ...env } }),
  }
}

/** A token service that gives this token for the workflow's own. */
function hands(given: string): Parameters<typeof openWeb>[0] {
  return ({ body }, response) => {
    const known = new URLSearchParams(body).get('subject_token') === subject
    const answer = known
      ? { access_token: given, issued_token_type: 'x', token_type: 'Bearer', expires_in: 3600 }
      : { error: 'invalid_grant', error_description: `this is nobody: ${body}` }
    response.writeHead(known ? 200 : 400, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer))
  }
}

const refuses =
  (allowed: (authorization: string | undefined) => boolean): Fault =>
  ({ headers }, response, usual) => {
    if (allowed(headers.authorization)) usual()
    else sendGcsError(response, 401, 'authError', `Invalid Credentials: ${String(headers.authorization)}`)
  }
const anybody: Fault = (_request, _response, usual) => usual()
const onlyToken = refuses((authorization) => authorization === `Bearer ${token}`)

/** What google-github-actions/auth writes for a federated workflow; here the workflow's own token lies in a file. */
const federation = (own = subject): string =>
  credentialsFile({
    type: 'external_account',
    audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/gh',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: 'https://sts.googleapis.com/v1/token',
    credential_source: { file: credentialsFile(own) },
  })
const hostsOf = (ran: RanAction): readonly string[] => ran.document?.calls.map(({ host }) => host) ?? []

describe('Google Cloud Storage is asked by', () => {
  it('a federated workflow, which signs in once', async () => {
    const { gcs, sts, run } = await openWorld(onlyToken)
    const ran = await run({ GOOGLE_APPLICATION_CREDENTIALS: federation() })
    expectEnding(ran, 'verified')
    expect(hostsOf(ran)).toEqual(['storage.googleapis.com', 'sts.googleapis.com'])
    expect(sts.requests.map(({ body }) => new URLSearchParams(body).get('scope'))).toEqual([scope])
    expect(gcs.requests).toHaveLength(2)
    expectNoSecret(ran, { token, subject })
  })

  it('a service account, which signs its own tokens', async () => {
    const email = 'reader@project.iam.gserviceaccount.com'
    const isSigned = (authorization = 'Bearer a.e30.b'): boolean => {
      const [head = '', claims = '', signature = ''] = authorization.replace('Bearer ', '').split('.')
      const said = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>
      const bytes = Buffer.from(`${head}.${claims}`)
      const isGenuine = verify('sha256', bytes, rsa.publicKey, Buffer.from(signature, 'base64url'))
      return isGenuine && said['iss'] === email && said['scope'] === scope
    }
    const { gcs, sts, run } = await openWorld(refuses(isSigned))
    const file = credentialsFile({
      type: 'service_account',
      client_email: email,
      private_key: rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }),
      private_key_id: 'k1',
    })
    const ran = await run({ GOOGLE_APPLICATION_CREDENTIALS: file })
    expectEnding(ran, 'verified')
    expect(hostsOf(ran)).toEqual(['storage.googleapis.com'])
    expect(sts.requests).toEqual([])
    expectNoSecret(ran, { token: gcs.requests[0]?.headers.authorization?.slice(7) ?? '' })
  })

  it('a machine of Google’s, as its metadata server says', async () => {
    const metadata = await openWeb(({ target, headers }, response) => {
      const asked = new URL(target, 'http://localhost')
      const known = headers['metadata-flavor'] === 'Google' && asked.searchParams.get('scopes') === scope
      response.writeHead(known ? 200 : 403, {
        'metadata-flavor': 'Google',
        'content-type': 'application/json',
      })
      response.end(JSON.stringify({ access_token: token, expires_in: 3000, token_type: 'Bearer' }))
    })
    stops.push(metadata.stop)
    const { run } = await openWorld(onlyToken)
    const ran = await run({ METADATA_SERVER_DETECTION: '', GCE_METADATA_HOST: new URL(metadata.url).host })
    expectEnding(ran, 'verified')
    expectNoSecret(ran, { token })
  })

  it('anybody, where anybody may read', async () => {
    const { gcs, run } = await openWorld(anybody)
    expectEnding(await run(), 'verified')
    expect(gcs.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined])
  })

  it('nobody in an emulator, whatever credentials there are', async () => {
    const gcs = await openGcsServer()
    stops.push(gcs.stop)
    gcs.put('bucket', signedImage(key, 'bucket'))
    const { sts, run } = await openWorld(onlyToken)
    const ran = await run({ GOOGLE_APPLICATION_CREDENTIALS: federation(), STORAGE_EMULATOR_HOST: gcs.url })
    expectEnding(ran, 'verified')
    expect(gcs.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined])
    expect(sts.requests).toEqual([])
  })
})

describe('Google Cloud Storage refuses', () => {
  it('anybody, where only some may read, and says how to sign in', async () => {
    const { run } = await openWorld(onlyToken)
    const ran = await run()
    expectEnding(ran, 'denied storage')
    expect(ran.outputs['message']).toContain('run google-github-actions/auth before this step')
  })

  it('another token, and asks for no second one', async () => {
    const { sts, run } = await openWorld(onlyToken, hands('ya29.a-token-of-somebody-else-0123456789'))
    const ran = await run({ GOOGLE_APPLICATION_CREDENTIALS: federation() })
    expectEnding(ran, 'denied storage')
    expect(sts.requests).toHaveLength(1)
    expectNoSecret(ran, { token: 'ya29.a-token-of-somebody-else-0123456789', subject })
  })

  it('a workflow that the federation does not know', async () => {
    const { gcs, run } = await openWorld(onlyToken)
    const stranger = 'eyJhbGciOiJSUzI1NiJ9.a-token-of-a-stranger.signature'
    const ran = await run({ GOOGLE_APPLICATION_CREDENTIALS: federation(stranger) })
    expectEnding(ran, 'denied storage')
    expect(gcs.requests).toEqual([])
    expectNoSecret(ran, { stranger })
  })

  it('a redirect to another host, which gets no token', async () => {
    const other = await openWeb((_request, response) => void response.end('{}'), certificate)
    stops.push(other.stop)
    const { run } = await openWorld((_request, response) => {
      response.writeHead(307, { location: `${other.url}/elsewhere` })
      response.end()
    })
    expectEnding(await run({ GOOGLE_APPLICATION_CREDENTIALS: federation() }), 'response-invalid storage')
    expect(other.requests).toEqual([])
  })
})

describe('credentials of Google that cannot be used', () => {
  it.for([
    ['a file that is not there', '/nonexistent/credentials.json'],
    ['a file that is no JSON', credentialsFile('secret: yes')],
    ['a file of another kind', credentialsFile({ type: 'something_else' })],
  ] as const)('%s is a wrong setting, and nobody is asked', async ([, file]) => {
    const { gcs, run } = await openWorld(anybody)
    expectEnding(await run({ GOOGLE_APPLICATION_CREDENTIALS: file }), 'input-invalid')
    expect(gcs.requests).toEqual([])
  })

  it('a token service that is down is an outage, and is asked again', async () => {
    const failing = ({ healed }: { healed: boolean }): Parameters<typeof openWeb>[0] => {
      let asked = 0
      return (request: WebRequest, response) => {
        if (healed && asked++ > 0) return hands(token)(request, response)
        response.writeHead(503)
        response.end()
        return undefined
      }
    }
    const down = await openWorld(onlyToken, failing({ healed: false }))
    expectEnding(await down.run({ GOOGLE_APPLICATION_CREDENTIALS: federation() }), 'server-error storage')
    const healed = await openWorld(onlyToken, failing({ healed: true }))
    expectEnding(await healed.run({ GOOGLE_APPLICATION_CREDENTIALS: federation() }), 'verified')
  })
})
