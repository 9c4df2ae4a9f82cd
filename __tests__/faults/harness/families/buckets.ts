import type { ServerResponse } from 'node:http'
import { credentialsFile } from '../../../harness/cloud-world.js'
import { azureConnection, azureKey, openAzureServer, sendAzureError } from '../../../harness/azure.js'
import { openGcsServer, sendGcsError } from '../../../harness/gcs.js'
import type { Answer } from '../../../harness/registry-answers.js'
import { elsewhere, livesIn } from '../../../harness/s3-faults.js'
import { type Fault, openS3Server } from '../../../harness/s3.js'
import { digestOf, manifest, newKey, newRecord, signedImage } from '../../../harness/store.js'
import { openWeb } from '../../../harness/web.js'
import type { Asked, Family, HttpPlace, ImageKind } from '../place.js'

const key = newKey()
const stranger = newKey()
const digest = digestOf(manifest)

/**
 * Two images that are not verified: one whose record another key signed, and one that only somebody else signed, for
 * which the other signatures are listed.
 */
function imagesIn(bucket: string): Readonly<Record<string, string>> {
  const forged = newRecord(stranger, `${bucket}/other:v1`, digest)
  return {
    ...signedImage(key, bucket, 'signed'),
    'manifests/other/v1/manifest.json': manifest,
    [`manifests/other/v1/signatures/${key.id}.json`]: forged,
    ...signedImage(stranger, bucket, 'unsigned'),
  }
}

function text(
  status: number,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, headers: { 'content-type': type, ...headers }, body: Buffer.from(body) }
}

const isObject =
  (end: RegExp) =>
  ({ url }: Asked): boolean =>
    end.test(decodeURIComponent(url.pathname))
const manifestEnd = /\/manifest\.json$/
const recordEnd = /\/signatures\/[0-9a-f]+\.json$/
const signatureText = /"signature":"/

type Place = Omit<HttpPlace, 'kind' | 'service' | 'upstream' | 'words' | 'run'> & Partial<HttpPlace>

/** The requests that every store of objects gets. */
function objectPlaces(isList: (asked: Asked) => boolean): readonly Place[] {
  const record = { absence: true, unsealed: true, flips: signatureText } as const
  return [
    { name: 'manifest', matches: isObject(manifestEnd), reached: 'by address', flips: /"digest":"sha256:/ },
    { name: 'record', matches: isObject(recordEnd), reached: 'not alone', ...record },
    { name: 'list of other signatures', matches: isList, reached: 'not alone' },
  ]
}

/** Whoever has this token gets an answer, all others this refusal. */
function onlyFor(token: string, refuse: (response: ServerResponse) => void): Fault {
  return ({ headers }, response, usual) =>
    headers.authorization === `Bearer ${token}` ? usual() : refuse(response)
}

/** The image whose other signatures are listed. */
const nameOf = (image: ImageKind, place: string): string =>
  image === 'other' && place === 'list of other signatures' ? 'unsigned' : image

export const s3: Family = {
  name: 's3',
  title: 'S3',
  about: 'An image in a bucket, signed as s3lo does. S3 sends a checksum with each object.',
  open: async () => {
    const server = await openS3Server()
    const moved = await openS3Server()
    for (const one of [server, moved]) one.put('bucket', imagesIn('bucket'))
    moved.fault(
      '',
      'always',
      livesIn('eu-west-1', elsewhere(301, 'PermanentRedirect', 'eu-west-1', 'header')),
    )
    const words = (status: number): Answer => {
      const codes: Readonly<Record<number, string>> = {
        401: 'InvalidAccessKeyId',
        403: 'AccessDenied',
        404: 'NoSuchKey',
        429: 'TooManyRequests',
        500: 'InternalError',
      }
      return text(
        status,
        'application/xml',
        `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${codes[status] ?? ''}</Code><Message>no</Message></Error>`,
      )
    }
    const place = (one: Place, { url } = server): HttpPlace => ({
      kind: 'http',
      service: 'storage',
      named: ['s3://bucket/'],
      upstream: { urlOf: () => url, own: [] },
      words,
      run: (image, reach) => ({
        inputs: {
          image: `s3://bucket/${nameOf(image, one.name)}:v1`,
          key: key.publicPem,
          endpoint: reach.url,
        },
        env: { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'us-east-1' },
        digest,
      }),
      ...one,
    })
    const isList = ({ url }: Asked): boolean => url.searchParams.get('list-type') === '2'
    return {
      places: [
        ...objectPlaces(isList).map((one) => place(one)),
        place(
          {
            name: 'bucket of another region',
            // The record is asked for at the same time: whichever comes first learns the region.
            matches: (asked) =>
              isObject(manifestEnd)(asked) &&
              asked.headers.authorization?.includes('/us-east-1/s3/') === true,
            reached: 'not alone',
          },
          moved,
        ),
      ],
      stop: async () => {
        await server.stop()
        await moved.stop()
      },
    }
  },
}

const googleStorage = 'storage.googleapis.com'
const googleToken = 'ya29.a-token-of-the-federation'
const googleTokens = 'sts.googleapis.com'

export const gs: Family = {
  name: 'gs',
  title: 'Google Cloud Storage',
  about: 'The same in Google Cloud Storage, also behind a login by workload identity federation.',
  open: async () => {
    const server = await openGcsServer()
    const guarded = await openGcsServer({
      guard: onlyFor(googleToken, (response) => sendGcsError(response, 401, 'authError', 'no')),
    })
    for (const one of [server, guarded]) one.put('bucket', imagesIn('bucket'))
    const tokens = await openWeb((_request, response) => {
      const answer = {
        access_token: googleToken,
        issued_token_type: 'x',
        token_type: 'Bearer',
        expires_in: 3600,
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    })
    const reasons: Readonly<Record<number, string>> = {
      401: 'authError',
      403: 'forbidden',
      404: 'notFound',
      429: 'rateLimitExceeded',
      500: 'internalError',
    }
    const words = (status: number): Answer => {
      // An object that is not there is a line of text, where its content was asked for.
      if (status === 404) return text(status, 'text/html; charset=UTF-8', 'No such object: bucket/key')
      const errors = [{ message: 'no', domain: 'global', reason: reasons[status] }]
      return text(
        status,
        'application/json',
        JSON.stringify({ error: { code: status, message: 'no', errors } }),
      )
    }
    const place = (one: Place): HttpPlace => ({
      kind: 'http',
      service: 'storage',
      named: ['gs://bucket/'],
      upstream: { urlOf: () => server.url, own: [] },
      words,
      run: (image, { url }) => ({
        inputs: { image: `gs://bucket/${nameOf(image, one.name)}:v1`, key: key.publicPem },
        env: { STORAGE_EMULATOR_HOST: url },
        digest,
      }),
      ...one,
    })
    const isList = ({ url }: Asked): boolean => url.pathname.endsWith('/o')
    const names = [googleStorage, googleTokens]
    const signedIn = (name: string, hostname: string, more: Partial<HttpPlace> = {}): HttpPlace =>
      place({
        name,
        hostname,
        matches: ({ url }) => url.hostname === hostname,
        reached: 'by proxy',
        upstream: {
          urlOf: ({ url }) => (url.hostname === googleStorage ? guarded.url : tokens.url),
          own: [],
          names,
        },
        run: (image, { env }) => ({
          inputs: { image: `gs://bucket/${image}:v1`, key: key.publicPem },
          env: { ...env, METADATA_SERVER_DETECTION: 'none', GOOGLE_APPLICATION_CREDENTIALS: federation() },
          digest,
        }),
        ...more,
      })
    return {
      places: [
        ...objectPlaces(isList).map(place),
        signedIn('login', googleTokens, {
          credential: true,
          flips: /ya29/,
          words: (status) => text(status, 'application/json', JSON.stringify({ error: 'invalid_grant' })),
        }),
        signedIn('host, signed in', googleStorage, { wayOnly: true }),
      ],
      stop: async () => {
        for (const one of [server, guarded, tokens]) await one.stop()
      },
    }
  },
}

function federation(): string {
  return credentialsFile({
    type: 'external_account',
    audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/gh',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: `https://${googleTokens}/v1/token`,
    credential_source: { file: credentialsFile('eyJhbGciOiJSUzI1NiJ9.a-token-of-the-workflow.signature') },
  })
}

const account = 'stores123'
const azureToken = 'eyJ0.a-token-of-entra.signature'
const azureStorage = `${account}.blob.core.windows.net`
const entra = 'login.microsoftonline.com'

export const az: Family = {
  name: 'az',
  title: 'Azure Blob Storage',
  about: 'The same in Azure Blob Storage, also behind a federated login.',
  open: async () => {
    const server = await openAzureServer('account')
    const named = await openAzureServer(undefined, {
      guard: onlyFor(azureToken, (response) => sendAzureError(response, 403, 'AuthenticationFailed', 'no')),
    })
    for (const one of [server, named]) one.put('bucket', imagesIn('bucket'))
    const login = await openWeb(({ target }, response) => {
      const root = `https://${entra}/tenant`
      const answer = target.includes('openid-configuration')
        ? {
            token_endpoint: `${root}/oauth2/v2.0/token`,
            authorization_endpoint: `${root}/oauth2/v2.0/authorize`,
            issuer: `${root}/v2.0`,
            jwks_uri: `https://${entra}/keys`,
          }
        : { token_type: 'Bearer', expires_in: 3600, access_token: azureToken }
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    })
    const codes: Readonly<Record<number, string>> = {
      401: 'InvalidAuthenticationInfo',
      403: 'AuthorizationPermissionMismatch',
      404: 'BlobNotFound',
      429: 'TooManyRequests',
      500: 'InternalError',
    }
    const words = (status: number): Answer => {
      const code = codes[status] ?? ''
      const body = `\uFEFF<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>no</Message></Error>`
      return text(status, 'application/xml', body, { 'x-ms-error-code': code })
    }
    const place = (one: Place): HttpPlace => ({
      kind: 'http',
      service: 'storage',
      named: ['az://bucket/'],
      upstream: { urlOf: () => server.url, own: [] },
      words,
      run: (image, reach) => {
        const connection = azureConnection({ ...server, url: reach.url }, 'account', `AccountKey=${azureKey}`)
        const protocol = reach.url.startsWith('https:') ? 'https' : 'http'
        return {
          inputs: { image: `az://bucket/${nameOf(image, one.name)}:v1`, key: key.publicPem },
          env: {
            AZURE_STORAGE_CONNECTION_STRING: connection.replace('Protocol=http;', `Protocol=${protocol};`),
          },
          digest,
        }
      },
      ...one,
    })
    const isList = ({ url }: Asked): boolean => url.searchParams.get('comp') === 'list'
    const signedIn = (name: string, hostname: string, more: Partial<HttpPlace> = {}): HttpPlace =>
      place({
        name,
        hostname,
        matches: ({ url }) => url.hostname === hostname,
        reached: 'by proxy',
        upstream: {
          urlOf: ({ url }) => (url.hostname === azureStorage ? named.url : login.url),
          own: [],
          names: [azureStorage, entra],
        },
        run: (image, { env }) => ({
          inputs: { image: `az://bucket/${image}:v1`, key: key.publicPem },
          env: {
            ...env,
            AZURE_STORAGE_ACCOUNT: account,
            AZURE_TENANT_ID: 'tenant',
            AZURE_CLIENT_ID: 'client',
            AZURE_FEDERATED_TOKEN_FILE: credentialsFile('eyJhbGciOiJSUzI1NiJ9.workflow.signature'),
          },
          digest,
        }),
        ...more,
      })
    return {
      places: [
        ...objectPlaces(isList).map(place),
        signedIn('login', entra, {
          credential: true,
          matches: ({ url }) => url.hostname === entra && url.pathname.endsWith('/token'),
          flips: /a-token-of-/,
          words: (status) => text(status, 'application/json', JSON.stringify({ error: 'invalid_client' })),
        }),
        signedIn('host, signed in', azureStorage, { wayOnly: true }),
      ],
      stop: async () => {
        await server.stop()
        await named.stop()
        await login.stop()
      },
    }
  },
}
