import { createPublicKey, generateKeyPairSync, randomBytes, verify } from 'node:crypto'
import { chmodSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import path from 'node:path'
import { newCertificate } from './certificate.js'
import { type CloudHosts, type HostAnswer, openCloudHosts, sendJson } from './cloud-hosts.js'
import { temporaryFolder } from './run.js'
import type { KeyPair } from './store.js'

export const vaultHost = 'release.vault.azure.net'
export const authorityHost = 'login.microsoftonline.com'
export const tenant = '11111111-2222-3333-4444-555555555555'
const client = '99999999-8888-7777-6666-555555555555'

export interface VaultVersion {
  readonly publicPem: string
  readonly enabled?: boolean
  /** Fields of the JSON Web Key that are other than usual. */
  readonly fields?: Readonly<Record<string, unknown>>
}

export type Right = 'get' | 'list'
export type Login = 'client secret' | 'client certificate' | 'federated token' | 'Azure CLI'

/**
 * Azure as its documentation describes it: Key Vault's REST 7.4 and the token endpoint of Microsoft Entra ID. The real
 * services cannot be reached from the tests. Credentials and tokens are checked.
 */
export interface KeyVault extends CloudHosts {
  /** By their ids, the oldest first. */
  readonly versions: Map<string, VaultVersion>
  readonly rights: Set<Right>
  /** Every secret that is sent or given out. */
  readonly secrets: Readonly<Record<'secret' | 'federated' | 'token', string>>
  /** Variables that lead to credentials of one kind. */
  readonly credentials: Readonly<Record<Login, Readonly<Record<string, string>>>>
}

/** The id of the version with this number. */
export function versionId(number: number): string {
  return String(number).repeat(32)
}

/** The vault gives one version a page, so that every list has several. */
export async function openKeyVault(keys: readonly KeyPair[]): Promise<KeyVault> {
  const versions = new Map<string, VaultVersion>(keys.map((key, index) => [versionId(index + 1), key]))
  const rights = new Set<Right>(['get', 'list'])
  const random = (what: string): string => `${what}-${randomBytes(12).toString('hex')}`
  const secrets = {
    secret: random('se~cret'),
    federated: random('eyJ-federated'),
    token: random('eyJ-token'),
  }
  const certificate = newCertificate()
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })

  const vault: HostAnswer = ({ headers }, response, url) => {
    if (headers.authorization !== `Bearer ${secrets.token}`) {
      const challenge = `Bearer authorization="https://${authorityHost}/${tenant}", resource="https://vault.azure.net"`
      response.setHeader('www-authenticate', challenge)
      sendFault(response, 401, 'Unauthorized', 'AKV10000: Request is missing a Bearer or PoP token.')
      return
    }
    const [, folder, name, version = ''] = url.pathname.split('/')
    if (url.searchParams.get('api-version') !== '7.4') sendFault(response, 400, 'BadParameter', 'api-version')
    else if (folder !== 'keys' || name !== 'signer')
      sendFault(response, 404, 'KeyNotFound', 'A key was not found')
    else if (version === 'versions') list(url, response)
    else if (!rights.has('get')) sendForbidden(response, 'get')
    else sendKey(version, response)
  }
  const sendKey = (id: string, response: ServerResponse): void => {
    const version = versions.get(id)
    if (!version) sendFault(response, 404, 'KeyNotFound', `A key with (name/id) signer/${id} was not found`)
    else if (version.enabled === false) {
      const message = 'Operation get is not allowed on a disabled key.'
      sendFault(response, 403, 'Forbidden', message, 'KeyDisabled')
    } else sendJson(response, 200, keyAnswer(id, version))
  }
  const list = (url: URL, response: ServerResponse): void => {
    if (!rights.has('list')) {
      sendForbidden(response, 'list')
      return
    }
    const from = Number(url.searchParams.get('$skiptoken') ?? 0)
    const all = [...versions]
    const value = all.slice(from, from + 1).map(([id, { enabled = true }]) => ({
      kid: `https://${vaultHost}/keys/signer/${id}`,
      attributes: { enabled, created: 1_700_000_000 + all.findIndex(([other]) => other === id) },
    }))
    const next = `https://${vaultHost}/keys/signer/versions?api-version=7.4&$skiptoken=${from + 1}`
    sendJson(response, 200, { value, nextLink: from + 1 < all.length ? next : null })
  }

  const authority: HostAnswer = ({ method, body }, response, url) => {
    const root = `https://${authorityHost}/${tenant}`
    if (method === 'GET' && url.pathname === `/${tenant}/v2.0/.well-known/openid-configuration`) {
      sendJson(response, 200, {
        issuer: `${root}/v2.0`,
        authorization_endpoint: `${root}/oauth2/v2.0/authorize`,
        token_endpoint: `${root}/oauth2/v2.0/token`,
        jwks_uri: `${root}/discovery/v2.0/keys`,
      })
      return
    }
    const form = new URLSearchParams(body)
    const assertion = form.get('client_assertion') ?? ''
    const known =
      form.get('client_secret') === secrets.secret ||
      assertion === secrets.federated ||
      (assertion.includes('.') &&
        isSignedBy(rsa.publicKey.export({ type: 'spki', format: 'pem' }), assertion))
    const good =
      url.pathname === `/${tenant}/oauth2/v2.0/token` &&
      form.get('grant_type') === 'client_credentials' &&
      form.get('client_id') === client &&
      (form.get('scope') ?? '').split(' ').includes('https://vault.azure.net/.default')
    if (good && known) {
      sendJson(response, 200, { token_type: 'Bearer', expires_in: 3599, access_token: secrets.token })
    } else {
      sendJson(response, 401, {
        error: 'invalid_client',
        error_description: 'AADSTS7000215: Invalid client secret provided.',
        error_codes: [7_000_215],
      })
    }
  }

  const hosts = await openCloudHosts({ [vaultHost]: vault, [authorityHost]: authority })
  const folder = temporaryFolder()
  const write = (name: string, content: string): string => {
    const file = path.join(folder, name)
    writeFileSync(file, content)
    return file
  }
  const az = write('az', fakeCli(secrets.token))
  chmodSync(az, 0o755)
  const named = { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: client }
  // A certificate of any key will do: the authority knows the key by itself.
  const privateKey = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return {
    ...hosts,
    // Nothing of the machine's own: no other CLI, and a managed identity only where a test has one.
    environment: {
      ...hosts.environment,
      PATH: '/usr/bin:/bin',
      AZURE_POD_IDENTITY_AUTHORITY_HOST: 'http://127.0.0.1:9',
    },
    versions,
    rights,
    secrets,
    credentials: {
      'client secret': { ...named, AZURE_CLIENT_SECRET: secrets.secret },
      'client certificate': {
        ...named,
        AZURE_CLIENT_CERTIFICATE_PATH: write('client.pem', `${privateKey}${certificate.cert}`),
      },
      'federated token': { ...named, AZURE_FEDERATED_TOKEN_FILE: write('federated', secrets.federated) },
      'Azure CLI': { PATH: `${folder}:/usr/bin:/bin` },
    },
  }
}

/** Answers as `az account get-access-token` does, and only to that. */
function fakeCli(token: string): string {
  const answer = { accessToken: token, expires_on: 4_000_000_000, tenant, tokenType: 'Bearer' }
  const wanted = 'account get-access-token --output json --resource https://vault.azure.net'
  return `#!/bin/sh\n[ "$*" = "${wanted}" ] || { echo "unexpected: $*" >&2; exit 1; }\necho '${JSON.stringify(answer)}'\n`
}

function isSignedBy(publicPem: string | Buffer, token: string): boolean {
  const [head = '', body = '', signature = ''] = token.split('.')
  const signed = Buffer.from(signature, 'base64url')
  const algorithm = String(
    (JSON.parse(Buffer.from(head, 'base64url').toString('utf8')) as { alg?: string }).alg,
  )
  const key = { key: publicPem, ...(algorithm === 'PS256' && { padding: 6, saltLength: 32 }) }
  return verify('sha256', Buffer.from(`${head}.${body}`), key, signed)
}

/** A KeyBundle as the vault gives it. */
export function keyAnswer(id: string, { publicPem, enabled = true, fields = {} }: VaultVersion): object {
  const jwk = createPublicKey(publicPem).export({ format: 'jwk' })
  return {
    key: {
      kid: `https://${vaultHost}/keys/signer/${id}`,
      ...jwk,
      key_ops: ['sign', 'verify'],
      ...fields,
    },
    attributes: { enabled, created: 1_700_000_000, recoveryLevel: 'Recoverable+Purgeable' },
  }
}

export function sendFault(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  inner?: string,
): void {
  sendJson(response, status, {
    error: { code, message, ...(inner !== undefined && { innererror: { code: inner } }) },
  })
}

function sendForbidden(response: ServerResponse, right: Right): void {
  const message = `The user, group or application 'appid=${client}' does not have keys ${right} permission on key vault 'release'.`
  sendFault(response, 403, 'Forbidden', message, 'ForbiddenByPolicy')
}
