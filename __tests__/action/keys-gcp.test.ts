import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sendJson } from '../harness/cloud-hosts.js'
import { type Expected, expectEnding } from '../harness/endings.js'
import {
  type GoogleCloud,
  keyName,
  type Login,
  openGoogleCloud,
  publicKeyAnswer,
  sendStatus,
} from '../harness/google-kms.js'
import { expectNoSecret } from '../harness/leaks.js'
import { type RanAction, runAction, temporaryFolder } from '../harness/run.js'
import { newKey, signedImage, writeStore } from '../harness/store.js'
import { openWeb } from '../harness/web.js'

// Against a stand-in that behaves as the API documentation says: the real Cloud KMS cannot be reached from here.

const [first, second, third, stranger] = [newKey(), newKey(), newKey(), newKey()]
const reference = `gcpkms://${keyName}`
let google: GoogleCloud
beforeEach(async () => void (google = await openGoogleCloud([first, second, third])))
afterEach(async () => google.stop())

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
  login = 'service account',
  env,
  timeout = '20s',
}: Run = {}): Promise<RanAction> {
  const cwd = temporaryFolder()
  writeStore(path.join(cwd, 'store'), signedImage(signer, 'store'))
  const inputs = { image: 'local://store/app:v1', key, retries: '1', timeout }
  const credentials = login === 'none' ? {} : google.credentials[login]
  return runAction(inputs, { cwd, env: { ...google.environment, ...credentials, ...env } })
}

/** What was asked, without queries. */
const asked = (): readonly string[] => google.requests.map(({ line }) => line.replace(/\?.*$/, ''))
const kms = 'https://cloudkms.googleapis.com/v1/'

describe('a key in Google Cloud KMS', () => {
  it.for([
    ['service account', []],
    ['federation', ['pipelines.actions.githubusercontent.com', 'sts.googleapis.com']],
    [
      'federation as a service account',
      ['iamcredentials.googleapis.com', 'pipelines.actions.githubusercontent.com', 'sts.googleapis.com'],
    ],
    ['federation by file', ['sts.googleapis.com']],
    ['user', ['oauth2.googleapis.com']],
  ] as const)(
    'is had with the credentials of a %s, and every host is in the report',
    async ([login, hosts]) => {
      // Even the library's own log is silent: it would hold tokens.
      const ran = await run({ login, env: { GOOGLE_SDK_NODE_LOGGING: '*' } })
      expectEnding(ran, 'verified')
      const called = ran.document?.calls.map(({ host }) => host)
      expect(called).toEqual(['cloudkms.googleapis.com', ...hosts].toSorted())
      const count = ran.document?.calls.reduce((sum, one) => sum + one.count, 0)
      expect(count).toBe(google.requests.length)
      expectNoSecret(ran, google.secrets)
    },
  )

  it('is had with the service account of the machine', async () => {
    const metadata = await openWeb(({ headers, target }, response) => {
      const good =
        headers['metadata-flavor'] === 'Google' && target.includes('service-accounts/default/token')
      response.setHeader('metadata-flavor', 'Google')
      sendJson(response, good ? 200 : 404, { access_token: google.secrets['user'], expires_in: 3600 })
    })
    const host = new URL(metadata.url).host
    const ran = await run({ login: 'none', env: { GCE_METADATA_HOST: host } })
    await metadata.stop()
    expectEnding(ran, 'verified')
    expect(ran.document?.calls.map((call) => call.host)).toEqual([host, 'cloudkms.googleapis.com'])
    expectNoSecret(ran, google.secrets)
  })

  it('verifies with the newest version, by a list and the public keys alone', async () => {
    const ran = await run()
    expectEnding(ran, 'verified')
    expect(ran.document?.images[0]?.signatures).toMatchObject([
      { verified: true, keyId: third.id, keyRef: `${reference} (version 3)` },
    ])
    expect(ran.document?.keys.map(({ id, version }) => [version, id])).toEqual([
      ['3', third.id],
      ['2', second.id],
      ['1', first.id],
    ])
    const list = `GET ${kms}${keyName}/cryptoKeyVersions`
    const versions = [1, 2, 3].map((number) => `GET ${kms}${keyName}/cryptoKeyVersions/${number}/publicKey`)
    expect(asked().toSorted()).toEqual([list, list, list, ...versions].toSorted())
  })

  it('that was rotated verifies what an older version signed, and the report says which', async () => {
    const ran = await run({ signer: first })
    expectEnding(ran, 'verified')
    expect(ran.document?.images[0]?.signatures).toMatchObject([{ keyRef: `${reference} (version 1)` }])
  })

  it('does not verify what another key signed, or a version that is disabled by now', async () => {
    expectEnding(await run({ signer: stranger }), 'unsigned')
    google.versions.set(1, { ...first, state: 'DISABLED' })
    expectEnding(await run({ signer: first }), 'unsigned')
  })

  it.for(['cryptoKeyVersions', 'versions'])(
    'may be one version, named by /%s/, and needs one right',
    async (word) => {
      google.rights.delete('list')
      const ran = await run({ key: `${reference}/${word}/2`, signer: second })
      expectEnding(ran, 'verified')
      expect(asked()).toEqual([`GET ${kms}${keyName}/cryptoKeyVersions/2/publicKey`])
      expectEnding(await run({ key: `${reference}/${word}/2`, signer: third }), 'unsigned')
    },
  )

  it('may lie at another endpoint, where gcloud is told of it', async () => {
    const other = await openWeb((_request, response) => sendJson(response, 200, publicKeyAnswer(2, second)))
    const env = { CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDKMS: other.url }
    const ran = await run({ key: `${reference}/versions/2`, signer: second, env })
    await other.stop()
    expectEnding(ran, 'verified')
    expect(asked()).toEqual([])
    const plain = await run({ env: { CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDKMS: 'http://kms.test/' } })
    expectEnding(plain, 'input-invalid')
  })
})

describe('a key in Google Cloud KMS that cannot be had', () => {
  it.for([
    ['a version that never was', 9, undefined],
    ['a disabled version', 2, { ...second, state: 'DISABLED' }],
    ['a destroyed version', 2, { ...second, state: 'DESTROYED' }],
    ['a version on secp256k1', 2, { ...second, algorithm: 'EC_SIGN_SECP256K1_SHA256' }],
    ['a version that decrypts', 2, { ...second, algorithm: 'RSA_DECRYPT_OAEP_2048_SHA256' }],
    ['a version whose PEM is none', 2, { publicPem: 'no key' }],
  ] as const)('is %s', async ([, number, version]) => {
    if (version) google.versions.set(number, version)
    const ran = await run({ key: `${reference}/versions/${number}`, signer: second })
    expectEnding(ran, 'key-invalid')
    expect(ran.outputs['message']).toContain(`cryptoKeyVersions/${number}`)
    expect(asked()).toHaveLength(1)
  })

  it('is one without an enabled version, or with one that is not for signatures', async () => {
    google.versions.set(2, { ...second, algorithm: 'GOOGLE_SYMMETRIC_ENCRYPTION' })
    const mixed = await run()
    expectEnding(mixed, 'key-invalid')
    expect(mixed.outputs['message']).toContain('ASYMMETRIC_SIGN')
    google.versions.clear()
    google.versions.set(1, { ...first, state: 'DESTROYED' })
    const none = await run({ signer: first })
    expectEnding(none, 'key-invalid')
    expect(none.outputs['message']).toContain('expected a version that is enabled')
  })

  it.for([
    ['list', 'cloudkms.cryptoKeyVersions.list'],
    ['viewPublicKey', 'cloudkms.cryptoKeyVersions.viewPublicKey'],
  ] as const)('is denied without the right to %s, and the message names it', async ([right, named]) => {
    google.rights.delete(right)
    const ran = await run()
    expectEnding(ran, 'denied key')
    expect(ran.outputs['message']).toContain(`needed is ${named} (in roles/cloudkms.`)
  })

  it.for([
    [401, 'UNAUTHENTICATED', 'denied key', 1],
    [400, 'FAILED_PRECONDITION', 'key-invalid', 1],
    [404, 'NOT_FOUND', 'key-invalid', 1],
    [429, 'RESOURCE_EXHAUSTED', 'rate-limited key', 2],
    [500, 'INTERNAL', 'server-error key', 2],
    [503, 'UNAVAILABLE', 'server-error key', 2],
    [504, 'DEADLINE_EXCEEDED', 'timeout key', 2],
  ] as const)('is one for which the API says %i %s', async ([code, status, expected, times]) => {
    google.override(({ headers }, response) => {
      sendStatus(response, code, status, `you sent ${String(headers.authorization)}`)
    })
    const ran = await run({ key: `${reference}/versions/2` })
    expectEnding(ran, expected satisfies Expected)
    expect(asked()).toHaveLength(times)
    const [sent] = google.requests
    expectNoSecret(ran, { token: String(sent?.headers.authorization).replace('Bearer ', '') })
  })

  const answer = publicKeyAnswer(2, second)
  it.for([
    ['a page', 200, '<html>sign in</html>', 'response-invalid key'],
    ['a page with 404', 404, '<html>404</html>', 'response-invalid key'],
    ['no key', 200, JSON.stringify({ ...answer, pem: undefined }), 'response-invalid key'],
    ['a wrong checksum', 200, JSON.stringify({ ...answer, pemCrc32c: '1' }), 'response-invalid key'],
    ['no checksum', 200, JSON.stringify({ ...answer, pemCrc32c: undefined }), 'response-invalid key'],
    ['another key', 200, JSON.stringify({ ...answer, pem: stranger.publicPem }), 'response-invalid key'],
    ['another version', 200, JSON.stringify(publicKeyAnswer(3, second)), 'response-invalid key'],
    ['more than any key', 200, `{"pem":"${'a'.repeat(1024 * 1024)}"}`, 'limit-exceeded key'],
  ] as const)('is one for which something answers %s', async ([, status, body, expected]) => {
    google.override((_request, response) => {
      response.statusCode = status
      response.end(body)
    })
    expectEnding(await run({ key: `${reference}/versions/2`, signer: second }), expected)
  })

  it('is any while one of its versions, the list, or the whole service is not to be had', async () => {
    google.override((_request, response, url) => {
      if (url.pathname.endsWith('/1/publicKey')) sendStatus(response, 503, 'UNAVAILABLE', 'later')
      else if (url.pathname.endsWith('/publicKey')) {
        const number = Number(/(\d+)\/publicKey$/.exec(url.pathname)?.[1])
        sendJson(response, 200, publicKeyAnswer(number, google.versions.get(number) ?? first))
      } else {
        const cryptoKeyVersions = [1, 3].map((number) => ({
          name: `${keyName}/cryptoKeyVersions/${number}`,
          state: 'ENABLED',
          algorithm: 'EC_SIGN_P256_SHA256',
        }))
        // A list that ignores the filter changes nothing.
        const disabled = { name: `${keyName}/cryptoKeyVersions/2`, state: 'DISABLED' }
        sendJson(response, 200, { cryptoKeyVersions: [...cryptoKeyVersions, disabled] })
      }
    })
    // The one that is missing may be the one that signed.
    expectEnding(await run({ signer: stranger }), 'server-error key')
    expect(asked()).not.toContain(`GET ${kms}${keyName}/cryptoKeyVersions/2/publicKey`)
    google.override(() => undefined)
    expectEnding(await run({ timeout: '3s' }), 'timeout key')
    const closed = await openWeb(() => undefined)
    await closed.stop()
    const env = { CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDKMS: closed.url }
    expectEnding(await run({ env }), 'unreachable key')
  })

  it('is one with more enabled versions than are fetched', async () => {
    google.override((_request, response) => {
      const cryptoKeyVersions = Array.from({ length: 101 }, (_, index) => ({
        name: `${keyName}/cryptoKeyVersions/${index + 1}`,
        state: 'ENABLED',
        algorithm: 'EC_SIGN_P256_SHA256',
      }))
      sendJson(response, 200, { cryptoKeyVersions })
    })
    expectEnding(await run(), 'limit-exceeded key')
    expect(asked()).toHaveLength(1)
  })

  it.for([
    'gcpkms://',
    'gcpkms:///projects/p',
    'gcpkms://projects/p/locations/l/keyRings/r',
    `${reference}/versions/latest`,
  ])('is one that cannot be a reference, and nobody is asked: %s', async (key) => {
    const ran = await run({ key })
    expectEnding(ran, 'key-invalid')
    expect(ran.outputs['message']).toContain('expected gcpkms://projects/<project>/')
    expect(asked()).toEqual([])
  })

  it('needs another host, so that it is refused offline', async () => {
    const cwd = temporaryFolder()
    const inputs = { image: 'local://store/app:v1', key: reference, offline: 'true' }
    const ran = await runAction(inputs, { cwd, env: { ...google.environment, ...google.credentials.user } })
    expectEnding(ran, 'input-invalid')
    expect(asked()).toEqual([])
  })
})

describe('a login to Google Cloud that fails', () => {
  it('is denied without any credentials, and says what to do', async () => {
    const ran = await run({ login: 'none', env: { METADATA_SERVER_DETECTION: 'none' } })
    expectEnding(ran, 'denied key')
    expect(ran.outputs['message']).toContain('run google-github-actions/auth before this step')
    expect(asked()).toEqual([])
  })

  it('is denied where the metadata server is that of another cloud, or knows no account', async () => {
    const other = await openWeb((_request, response) => sendJson(response, 400, { error: 'Bad request' }))
    const bare = await openWeb((_request, response) => {
      response.setHeader('metadata-flavor', 'Google')
      sendJson(response, 404, {})
    })
    for (const { url } of [other, bare]) {
      const env = { GCE_METADATA_HOST: new URL(url).host }
      expectEnding(await run({ login: 'none', env }), 'denied key')
    }
    await other.stop()
    await bare.stop()
    const gone = await run({ login: 'none', env: { GCE_METADATA_HOST: new URL(bare.url).host } })
    expectEnding(gone, 'unreachable key')
  })

  it.for([
    ['a file that is not there', undefined],
    ['something else than JSON', 'no JSON'],
    ['no type', '{}'],
    ['an unknown type', '{"type":"impersonated_service_account"}'],
    ['no private key', '{"type":"service_account","client_email":"a@b"}'],
    [
      'a private key that is none',
      '{"type":"service_account","client_email":"a@b","private_key":"a secret key"}',
    ],
    [
      'a program',
      '{"type":"external_account","audience":"a","credential_source":{"executable":{"command":"id"}}}',
    ],
    ['a domain that is none', '{"type":"service_account","universe_domain":"evil.test/"}'],
  ] as const)('is a wrong setting where the file is %s', async ([, content]) => {
    const file = path.join(temporaryFolder(), 'credentials.json')
    if (content !== undefined) writeFileSync(file, content)
    const ran = await run({ login: 'none', env: { GOOGLE_APPLICATION_CREDENTIALS: file } })
    expectEnding(ran, 'input-invalid')
    expect(ran.outputs['message']).toContain(file)
    expectNoSecret(ran, { key: 'a secret key' })
    expect(asked()).toEqual([])
  })

  it.for([
    ['federation', 400, 'invalid_grant', 'denied key', 1],
    ['federation as a service account', 403, 'PERMISSION_DENIED', 'denied key', 1],
    ['federation', 429, 'RESOURCE_EXHAUSTED', 'rate-limited key', 2],
    ['federation', 503, 'UNAVAILABLE', 'server-error key', 2],
    ['user', 400, 'invalid_grant', 'denied key', 1],
    ['user', 500, 'internal_failure', 'server-error key', 2],
  ] as const)(
    'by %s answered %i %s is told as what it is',
    async ([login, status, error, expected, times]) => {
      google.override(({ headers, body }, response) => {
        sendJson(response, status, { error, error_description: `${String(headers.authorization)} ${body}` })
      })
      const ran = await run({ login })
      expectEnding(ran, expected satisfies Expected)
      // The library's own attempts are switched off.
      expect(asked()).toHaveLength(times)
      expectNoSecret(ran, google.secrets)
    },
  )

  it.for([
    ['a page', '<html>sign in</html>'],
    ['no token', '{"token_type":"Bearer"}'],
  ] as const)('is no answer where the token endpoint answers with %s', async ([, body]) => {
    google.override((_request, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(body)
    })
    expectEnding(await run({ login: 'user' }), 'response-invalid key')
  })

  it('that takes too long ends with the time for the image', async () => {
    google.override(() => undefined)
    expectEnding(await run({ login: 'federation', timeout: '3s' }), 'timeout key')
    expect(asked()).toHaveLength(1)
  })
})
