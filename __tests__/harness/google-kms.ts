import { createPublicKey, generateKeyPairSync, randomBytes, verify } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import path from 'node:path'
import { crc32c } from '../../src/keys/crc32c.js'
import { type CloudHosts, type HostAnswer, openCloudHosts, sendJson } from './cloud-hosts.js'
import { temporaryFolder } from './run.js'
import type { KeyPair } from './store.js'

/** The key of every test: `gcpkms://` before it makes a reference. */
export const keyName = 'projects/release/locations/europe-west3/keyRings/images/cryptoKeys/signer'

export interface GoogleVersion {
  readonly publicPem: string
  readonly state?: 'ENABLED' | 'DISABLED' | 'DESTROYED'
  readonly algorithm?: string
}

export type Right = 'viewPublicKey' | 'list'

/**
 * Google Cloud as its API documentation describes it: Cloud KMS v1, token endpoints and the workload identity
 * federation of GitHub Actions. The real services cannot be reached from the tests. Tokens are checked at every host.
 */
export interface GoogleCloud extends CloudHosts {
  readonly versions: Map<number, GoogleVersion>
  readonly rights: Set<Right>
  /** Every secret that is sent or given out. */
  readonly secrets: Readonly<Record<string, string>>
  /** Variables that lead to credentials of one kind. */
  readonly credentials: Readonly<Record<Login, Readonly<Record<string, string>>>>
}

export type Login =
  'service account' | 'federation' | 'federation as a service account' | 'federation by file' | 'user'

const oidcHost = 'pipelines.actions.githubusercontent.com'
const account = 'verifier@release.iam.gserviceaccount.com'
const audience =
  '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/github/providers/main'
const federation = 'urn:ietf:params:oauth:grant-type:token-exchange'

/** The API gives one version a page, so that every list has several. */
export async function openGoogleCloud(keys: readonly KeyPair[]): Promise<GoogleCloud> {
  const versions = new Map<number, GoogleVersion>(keys.map((key, index) => [index + 1, key]))
  const rights = new Set<Right>(['viewPublicKey', 'list'])
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const accountPublic = createPublicKey(privateKey)
  const token = (what: string): string => `${what}-${randomBytes(12).toString('hex')}`
  const secrets = {
    request: token('ghs-request'),
    subject: token('eyJ-subject'),
    federated: token('ya29-federated'),
    impersonated: token('ya29-impersonated'),
    user: token('ya29-user'),
    refresh: token('1//refresh'),
    client: token('GOCSPX-client'),
  }

  const isSelfSigned = (bearer: string): boolean => {
    const [head = '', body = '', signature = ''] = bearer.split('.')
    if (signature === '') return false
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Record<string, unknown>
    const signed = Buffer.from(signature, 'base64url')
    return (
      claims['iss'] === account &&
      claims['sub'] === account &&
      claims['scope'] === 'https://www.googleapis.com/auth/cloudkms' &&
      Number(claims['exp']) > Date.now() / 1000 &&
      verify('sha256', Buffer.from(`${head}.${body}`), accountPublic, signed)
    )
  }

  const kms: HostAnswer = ({ headers }, response, url) => {
    const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? ''
    const known: readonly string[] = [secrets.federated, secrets.impersonated, secrets.user]
    if (!known.includes(bearer) && !isSelfSigned(bearer)) {
      sendStatus(response, 401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.')
      return
    }
    const name = url.pathname.replace(/^\/v1\//, '')
    if (name === `${keyName}/cryptoKeyVersions`) {
      if (rights.has('list')) list(url, response)
      else sendDenied(response, 'cloudkms.cryptoKeyVersions.list')
      return
    }
    const [, number = ''] = /\/cryptoKeyVersions\/(\d+)\/publicKey$/.exec(name) ?? []
    const version = name.startsWith(keyName) ? versions.get(Number(number)) : undefined
    if (!rights.has('viewPublicKey')) sendDenied(response, 'cloudkms.cryptoKeyVersions.viewPublicKey')
    else if (!version) sendStatus(response, 404, 'NOT_FOUND', `CryptoKeyVersion ${name} not found.`)
    else if ((version.state ?? 'ENABLED') !== 'ENABLED') {
      const message = `${name} is not enabled, current state is: ${String(version.state)}.`
      sendStatus(response, 400, 'FAILED_PRECONDITION', message)
    } else sendJson(response, 200, publicKeyAnswer(Number(number), version))
  }

  const list = (url: URL, response: ServerResponse): void => {
    const enabled = [...versions].filter(
      ([, { state = 'ENABLED' }]) =>
        url.searchParams.get('filter') !== 'state=ENABLED' || state === 'ENABLED',
    )
    const from = Number(url.searchParams.get('pageToken') ?? 0)
    const page = enabled.slice(from, from + 1).map(([number, { state = 'ENABLED', algorithm = usual }]) => ({
      name: `${keyName}/cryptoKeyVersions/${number}`,
      state,
      algorithm,
      createTime: '2026-11-21T00:00:00Z',
    }))
    const more = from + 1 < enabled.length
    sendJson(response, 200, {
      ...(page.length > 0 && { cryptoKeyVersions: page }),
      ...(more && { nextPageToken: String(from + 1) }),
      totalSize: enabled.length,
    })
  }

  const hosts = await openCloudHosts({
    'cloudkms.googleapis.com': kms,
    'oauth2.googleapis.com': ({ body }, response) => {
      const form = new URLSearchParams(body)
      const good =
        form.get('grant_type') === 'refresh_token' &&
        form.get('refresh_token') === secrets.refresh &&
        form.get('client_secret') === secrets.client
      if (good)
        sendJson(response, 200, { access_token: secrets.user, expires_in: 3600, token_type: 'Bearer' })
      else sendJson(response, 400, { error: 'invalid_grant', error_description: 'Bad Request' })
    },
    [oidcHost]: ({ headers }, response, url) => {
      const good = headers.authorization === `Bearer ${secrets.request}` && url.searchParams.has('audience')
      if (good) sendJson(response, 200, { value: secrets.subject })
      else sendJson(response, 401, { message: 'no' })
    },
    'sts.googleapis.com': ({ body }, response) => {
      const form = new URLSearchParams(body)
      const good =
        form.get('grant_type') === federation &&
        form.get('audience') === audience &&
        form.get('subject_token') === secrets.subject
      if (good)
        sendJson(response, 200, { access_token: secrets.federated, expires_in: 3600, token_type: 'Bearer' })
      else
        sendJson(response, 400, { error: 'invalid_grant', error_description: 'The audience does not match.' })
    },
    'iamcredentials.googleapis.com': ({ headers }, response, url) => {
      const named = url.pathname === `/v1/projects/-/serviceAccounts/${account}:generateAccessToken`
      if (!named || headers.authorization !== `Bearer ${secrets.federated}`)
        sendDenied(response, 'iam.serviceAccounts.getAccessToken')
      else sendJson(response, 200, { accessToken: secrets.impersonated, expireTime: '2099-01-01T00:00:00Z' })
    },
  })

  const folder = temporaryFolder()
  writeFileSync(path.join(folder, 'subject'), secrets.subject)
  const write = (name: string, content: object): Readonly<Record<string, string>> => {
    const file = path.join(folder, `${name}.json`)
    writeFileSync(file, JSON.stringify(content))
    return { GOOGLE_APPLICATION_CREDENTIALS: file }
  }
  // As google-github-actions/auth writes it.
  const external = {
    type: 'external_account',
    audience,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: 'https://sts.googleapis.com/v1/token',
    credential_source: {
      url: `https://${oidcHost}/token?api-version=2.0&audience=${encodeURIComponent(`https:${audience}`)}`,
      headers: { Authorization: `Bearer ${secrets.request}` },
      format: { type: 'json', subject_token_field_name: 'value' },
    },
  }
  return {
    ...hosts,
    versions,
    rights,
    secrets,
    credentials: {
      'service account': write('account', {
        type: 'service_account',
        client_email: account,
        private_key_id: 'abc',
        private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
        token_uri: 'https://oauth2.googleapis.com/token',
      }),
      federation: write('federation', external),
      'federation as a service account': write('impersonation', {
        ...external,
        service_account_impersonation_url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${account}:generateAccessToken`,
      }),
      'federation by file': write('by-file', {
        ...external,
        credential_source: { file: path.join(folder, 'subject') },
      }),
      user: write('user', {
        type: 'authorized_user',
        client_id: 'client.apps.googleusercontent.com',
        client_secret: secrets.client,
        refresh_token: secrets.refresh,
      }),
    },
  }
}

const usual = 'EC_SIGN_P256_SHA256'

/** A PublicKey as the API gives it. */
export function publicKeyAnswer(
  number: number,
  { publicPem, algorithm = usual }: GoogleVersion,
): Record<string, string> {
  return {
    pem: publicPem,
    algorithm,
    pemCrc32c: String(crc32c(Buffer.from(publicPem))),
    // By the project's number: the API does not promise the name that was asked by.
    name: `${keyName.replace('projects/release', 'projects/1234567')}/cryptoKeyVersions/${number}`,
    protectionLevel: 'HSM',
  }
}

export function sendStatus(response: ServerResponse, code: number, status: string, message: string): void {
  sendJson(response, code, { error: { code, message, status } })
}

function sendDenied(response: ServerResponse, right: string): void {
  const message = `Permission '${right}' denied on resource '${keyName}' (or it may not exist).`
  sendStatus(response, 403, 'PERMISSION_DENIED', message)
}
