import { createPublicKey } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { authorityHost, openKeyVault, vaultHost, versionId } from '../../../harness/key-vault.js'
import { keyName, openGoogleCloud } from '../../../harness/google-kms.js'
import { newKubectl, prints, secretText } from '../../../harness/kubectl.js'
import type { Answer } from '../../../harness/registry-answers.js'
import { temporaryFolder } from '../../../harness/run.js'
import { digestOf, manifest, newKey, newRecord, signedImage, writeStore } from '../../../harness/store.js'
import { openTransit, sendJson, transitKeyBody } from '../../../harness/transit-server.js'
import { openWeb } from '../../../harness/web.js'
import type { Asked, Family, HttpPlace, ImageKind, Place, Reach, Run } from '../place.js'

const key = newKey()
const digest = digestOf(manifest)

/** A folder with an image that the key signed, and one for which another key stands in for it. */
function layImages(): string {
  const cwd = temporaryFolder()
  writeStore(path.join(cwd, 'store'), {
    ...signedImage(key, 'store', 'signed'),
    'manifests/other/v1/manifest.json': manifest,
    [`manifests/other/v1/signatures/${key.id}.json`]: newRecord(newKey(), 'store/other:v1', digest),
  })
  return cwd
}
const common = layImages()

function run(image: ImageKind, reference: string, env: Run['env'] = {}, cwd = common): Run & { cwd: string } {
  return { inputs: { image: `local://store/${image}:v1`, key: reference }, env, cwd, digest }
}

function json(status: number, body: object, headers: Readonly<Record<string, string>> = {}): Answer {
  const type = { 'content-type': 'application/json' }
  return { status, headers: { ...type, ...headers }, body: Buffer.from(JSON.stringify(body)) }
}

/** A place whose only request brings the key. */
function keyPlace(
  name: string,
  urlOf: string,
  lead: (reach: Reach) => readonly [string, Run['env']],
  more: Partial<HttpPlace>,
): HttpPlace {
  return {
    kind: 'http',
    name,
    service: 'key',
    chosen: true,
    upstream: { urlOf: () => urlOf, own: [] },
    matches: () => true,
    words: (status) => json(status, {}),
    reached: 'by address',
    run: (image, reach) => run(image, ...lead(reach)),
    ...more,
  }
}

/** Where no program is: this machine may have one of its own. */
const nowhere = { PATH: temporaryFolder() }

const token = 'hvs.the-token-of-the-step'
/** Within the body of a PEM, where it stands in JSON. */
const inPem = /BEGIN PUBLIC KEY-----(\\n|\n).{50}/

export const keys: Family = {
  name: 'keys',
  title: 'Keys: files, servers and clusters',
  about:
    'An image in a folder, and the key that it has to be signed by, from each place where a key may lie.',
  open: async () => {
    const web = await openWeb((_request, response) => void response.end(key.publicPem))
    const transit = await openTransit(token, transitKeyBody('ecdsa-p256', { 1: key }))
    const gitlab = await openWeb((_request, response) =>
      sendJson(response, 200, { variable_type: 'env_var', key: 'COSIGN_PUBLIC_KEY', value: key.publicPem }),
    )
    const errors = (status: number): Answer => json(status, { errors: status === 404 ? [] : ['no'] })
    const secret = secretText({ 'cosign.pub': key.publicPem, 'cosign.key': 'x', 'cosign.password': 'y' })
    const places: readonly Place[] = [
      {
        kind: 'file',
        name: 'key file',
        service: 'key',
        chosen: true,
        file: 'release.pub',
        limit: 1024 * 1024,
        flips: inPem,
        run: (image) => {
          const cwd = layImages()
          writeFileSync(path.join(cwd, 'release.pub'), key.publicPem)
          return run(image, 'release.pub', {}, cwd)
        },
      },
      {
        kind: 'variable',
        name: 'env://',
        service: 'key',
        chosen: true,
        variable: 'RELEASE_KEY',
        run: (image) => ({ ...run(image, 'env://RELEASE_KEY'), env: { RELEASE_KEY: key.publicPem } }),
      },
      keyPlace('https://', web.url, ({ url }) => [`${url}/release.pub`, {}], {
        flips: inPem,
        words: (status) => ({ status, headers: { 'content-type': 'text/plain' }, body: Buffer.from('no\n') }),
      }),
      keyPlace(
        'hashivault://',
        transit.url,
        ({ url }) => ['hashivault://release', { VAULT_ADDR: url, VAULT_TOKEN: token }],
        { flips: inPem, words: errors, named: ['hashivault://release'] },
      ),
      keyPlace(
        'openbao://',
        transit.url,
        ({ url }) => ['openbao://release', { BAO_ADDR: url, BAO_TOKEN: token }],
        { flips: inPem, words: errors, named: ['openbao://release'] },
      ),
      {
        kind: 'file',
        name: '~/.vault-token',
        service: 'key',
        chosen: true,
        credential: true,
        file: '.vault-token',
        named: [new URL(transit.url).host],
        limit: 64 * 1024,
        run: (image) => {
          const cwd = layImages()
          writeFileSync(path.join(cwd, '.vault-token'), token)
          return run(image, 'hashivault://release', { VAULT_ADDR: transit.url, HOME: cwd }, cwd)
        },
      },
      keyPlace(
        'gitlab://',
        gitlab.url,
        ({ url }) => ['gitlab://team/app', { GITLAB_HOST: url, GITLAB_TOKEN: 'glpat-0123456789abcdefghij' }],
        {
          flips: inPem,
          named: ['gitlab://team/app'],
          words: (status) => json(status, { message: status === 404 ? '404 Variable Not Found' : 'no' }),
        },
      ),
      {
        kind: 'process',
        name: 'k8s://, by kubectl',
        service: 'key',
        named: ['kubectl', 'k8s://signing/release'],
        chosen: true,
        shell: () => prints(secret),
        run: (image, shell) =>
          run(image, 'k8s://signing/release', shell === undefined ? nowhere : newKubectl(shell).env),
      },
    ]
    return {
      places,
      stop: async () => {
        for (const one of [web, transit, gitlab]) await one.stop()
      },
    }
  },
}

const usersTokens = 'oauth2.googleapis.com'
const kms = 'cloudkms.googleapis.com'

export const clouds: Family = {
  name: 'clouds',
  title: 'Keys: clouds',
  about: 'The same with keys that clouds keep, and the logins that they want.',
  open: async () => {
    const aws = await openWeb((_request, response) => {
      const spki = createPublicKey(key.publicPem).export({ type: 'spki', format: 'der' })
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(
        JSON.stringify({
          KeyId: 'arn:aws:kms:eu-west-1:1:key/1',
          KeySpec: 'ECC_NIST_P256',
          KeyUsage: 'SIGN_VERIFY',
          PublicKey: spki.toString('base64'),
          SigningAlgorithms: ['ECDSA_SHA_256'],
        }),
      )
    })
    const google = await openGoogleCloud([key])
    const vault = await openKeyVault([key])
    const types: Readonly<Record<number, string>> = {
      401: 'UnrecognizedClientException',
      403: 'AccessDeniedException',
      404: 'NotFoundException',
      429: 'ThrottlingException',
      500: 'KMSInternalException',
    }
    const byProxy = (
      name: string,
      hostname: string,
      matches: (asked: Asked) => boolean,
      world: 'google' | 'azure',
      more: Partial<HttpPlace> = {},
    ): HttpPlace => ({
      kind: 'http',
      name,
      service: 'key',
      chosen: true,
      hostname,
      named: world === 'google' ? [keyName, 'log in to Google Cloud'] : ['azurekms://'],
      upstream: {
        urlOf: () => (world === 'google' ? google.url : vault.url),
        own: [],
        names: world === 'google' ? [usersTokens, kms] : [authorityHost, vaultHost],
      },
      matches: (asked) => asked.url.hostname === hostname && matches(asked),
      reached: 'by proxy',
      words: (status) =>
        json(status, {
          error:
            world === 'google'
              ? { code: status, message: 'no', status: 'NO' }
              : { code: 'No', message: 'no' },
        }),
      run: (image, { env }) =>
        world === 'google'
          ? run(image, `gcpkms://${keyName}`, { ...env, ...google.credentials.user })
          : run(image, `azurekms://${vaultHost}/signer`, {
              ...vault.environment,
              ...env,
              ...vault.credentials['client secret'],
            }),
      ...more,
    })
    const isVersions = ({ url }: Asked): boolean => /[vV]ersions$/.test(url.pathname)
    const isOneKey = (asked: Asked): boolean => !isVersions(asked)
    const oauth = (status: number): Answer =>
      json(status, { error: 'invalid_grant', error_description: 'no' })
    const places: readonly Place[] = [
      keyPlace(
        'awskms://',
        aws.url,
        ({ url }) => [
          'awskms:///alias/release',
          {
            AWS_ENDPOINT_URL_KMS: url,
            AWS_REGION: 'eu-west-1',
            AWS_ACCESS_KEY_ID: 'id',
            AWS_SECRET_ACCESS_KEY: 'secret',
          },
        ],
        {
          flips: /"PublicKey":".{60}/,
          named: ['awskms:///alias/release'],
          words: (status) => json(status, { __type: types[status] ?? 'No', message: 'no' }),
        },
      ),
      byProxy('gcpkms://, login', usersTokens, () => true, 'google', {
        credential: true,
        flips: /ya29/,
        words: oauth,
      }),
      byProxy('gcpkms://, versions', kms, isVersions, 'google', { flips: /"state":"/ }),
      byProxy('gcpkms://, key', kms, isOneKey, 'google', { reached: 'not alone', flips: inPem }),
      {
        kind: 'file',
        name: 'GOOGLE_APPLICATION_CREDENTIALS',
        service: 'key',
        chosen: true,
        credential: true,
        file: 'credentials.json',
        named: [usersTokens],
        flips: /"refresh_token":"/,
        limit: 1024 * 1024,
        run: (image) => {
          const cwd = layImages()
          const file = path.join(cwd, 'credentials.json')
          const content = {
            type: 'authorized_user',
            client_id: 'client.apps.googleusercontent.com',
            client_secret: google.secrets['client'],
            refresh_token: google.secrets['refresh'],
          }
          writeFileSync(file, JSON.stringify(content))
          const env = { ...google.environment, GOOGLE_APPLICATION_CREDENTIALS: file }
          return run(image, `gcpkms://${keyName}`, env, cwd)
        },
      },
      byProxy('azurekms://, login', authorityHost, ({ method }) => method === 'POST', 'azure', {
        credential: true,
        flips: /eyJ-token/,
        words: oauth,
      }),
      byProxy('azurekms://, versions', vaultHost, isVersions, 'azure', { flips: /keys\/signer\// }),
      byProxy('azurekms://, key', vaultHost, isOneKey, 'azure', {
        reached: 'not alone',
        flips: new RegExp(`${versionId(1)}.{0,200}"x":".{10}`),
      }),
      {
        kind: 'process',
        name: 'azurekms://, az',
        service: 'key',
        named: ['Azure', 'az'],
        chosen: true,
        credential: true,
        shell: () =>
          `echo '${JSON.stringify({ accessToken: vault.secrets.token, expires_on: 4_000_000_000, tenant: 't', tokenType: 'Bearer' })}'`,
        run: (image, shell) => {
          const folder = temporaryFolder()
          if (shell !== undefined)
            writeFileSync(path.join(folder, 'az'), `#!/bin/sh\n${shell}\n`, { mode: 0o755 })
          const env = {
            ...vault.environment,
            ...(shell === undefined ? nowhere : { PATH: `${folder}:/usr/bin:/bin` }),
          }
          return run(image, `azurekms://${vaultHost}/signer`, env)
        },
      },
    ]
    return {
      places,
      stop: async () => {
        for (const one of [aws, google, vault]) await one.stop()
      },
    }
  },
}
