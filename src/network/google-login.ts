import path from 'node:path'
import type { AuthClient } from 'google-auth-library/build/src/auth/authclient.js'
import {
  IdentityPoolClient,
  type IdentityPoolClientOptions,
} from 'google-auth-library/build/src/auth/identitypoolclient.js'
import { JWT } from 'google-auth-library/build/src/auth/jwtclient.js'
import { UserRefreshClient } from 'google-auth-library/build/src/auth/refreshclient.js'
import { StsCredentials } from 'google-auth-library/build/src/auth/stscredentials.js'
import { field, type JsonObject, objectField, readObject, textField } from '../evidence/json.js'
import type { Answer, Call } from './call.js'
import { describe } from './fault.js'
import { homeFolder } from './home-folder.js'
import { failed, found } from './lookup.js'
import type { Relay } from './relay.js'
import { type ClientOptions, requestsThrough, withoutRetries } from './google-client-requests.js'
import { logInByMetadataServer } from './google-metadata-server.js'
import { type GoogleLogin, type LoginPurpose, usualUniverse } from './login-purpose.js'
import { readSettingFile } from './setting-file.js'

const fileVariable = 'GOOGLE_APPLICATION_CREDENTIALS'

/**
 * Logs in with the Application Default Credentials: the file that `GOOGLE_APPLICATION_CREDENTIALS` names, else the one
 * that gcloud wrote, else the metadata server. A file that is named and no good is a wrong setting (`input-invalid`);
 * absent is said where there is nothing at all.
 */
export async function logInToGoogle(
  purpose: LoginPurpose,
  relay: Relay,
  call: Call,
): Promise<Answer<GoogleLogin>> {
  const named = process.env[fileVariable]
  const wanted = named !== undefined && named !== ''
  const file = wanted ? named : gcloudFile()
  if (file === undefined) return logInByMetadataServer(purpose, relay, call)
  const read = await readSettingFile(file)
  if (read.kind === 'found') return logInByFile(file, read.content, purpose, relay, call)
  if (!wanted && read.kind === 'missing') return logInByMetadataServer(purpose, relay, call)
  const why = read.kind === 'missing' ? 'no such file' : read.reason
  return failed('input-invalid', `${purpose.what}: ${wanted ? `${fileVariable}: ` : ''}${file}: ${why}`)
}

/** Where `gcloud auth application-default login` writes; undefined for a user without a home. */
function gcloudFile(): string | undefined {
  const { CLOUDSDK_CONFIG: config, APPDATA: data = '' } = process.env
  const folder = config === undefined || config === '' ? usualFolder(data) : config
  return folder === undefined ? undefined : path.join(folder, 'application_default_credentials.json')
}

function usualFolder(data: string): string | undefined {
  if (process.platform === 'win32') return path.join(data, 'gcloud')
  const home = homeFolder()
  return home === undefined ? undefined : path.join(home, '.config/gcloud')
}

async function logInByFile(
  file: string,
  content: Uint8Array,
  { what, scope }: LoginPurpose,
  relay: Relay,
  call: Call,
): Promise<Answer<GoogleLogin>> {
  const wrong = (why: string): Answer<never> => failed('input-invalid', `${what}: ${file}: ${why}`)
  const document = readObject(content)
  if (!document) return wrong('expected the JSON of Google credentials, got something else')
  const universe = textField(document, 'universe_domain') ?? usualUniverse
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(universe)) return wrong('universe_domain: expected a domain')
  try {
    const client = openClient(document, scope, requestsThrough(relay, call))
    if (typeof client === 'string') return wrong(client)
    const headers = await withoutRetries(client).getRequestHeaders()
    // The library hands on a token that is missing as a word.
    if (!/^Bearer (?!undefined$|null$)[\x21-\x7e]+$/.test(headers.get('authorization') ?? '')) {
      throw new Error('it gave no token')
    }
    return found({ headers: Object.fromEntries(headers), universe })
  } catch (error) {
    return relay.blame(error) ?? wrong(relay.clean(describe(error)))
  }
}

/** @returns why it can be none */
function openClient(document: JsonObject, scope: string, options: ClientOptions): AuthClient | string {
  const text = (name: string): string => {
    const value = textField(document, name) ?? ''
    if (value === '') throw new Error(`expected a text in the field ${name}`)
    return value
  }
  const type = textField(document, 'type') ?? ''
  switch (type) {
    case 'service_account': {
      const keyId = textField(document, 'private_key_id')
      const client = new JWT({
        email: text('client_email'),
        key: text('private_key'),
        scopes: [scope],
        ...options,
        ...(keyId !== undefined && { keyId }),
      })
      // It signs its own tokens, as in Google's clients (AIP-4111): no token endpoint is asked.
      client.useJWTAccessWithScope = true
      return client
    }
    case 'authorized_user': {
      const client = new UserRefreshClient(options)
      client.fromJSON(document)
      return client
    }
    case 'external_account': {
      const source = objectField(document, 'credential_source')
      if (field(source, 'file') === undefined && field(source, 'url') === undefined)
        return 'expected an external_account whose credential_source is a file or a URL, got another'
      return new FederatedClient({
        ...(document as unknown as IdentityPoolClientOptions),
        scopes: [scope],
        ...options,
      })
    }
    default: {
      const got = type === '' ? 'no type' : `type ${JSON.stringify(type.slice(0, 60))}`
      return `expected credentials of type service_account, external_account or authorized_user, got ${got}`
    }
  }
}

/** The library's client exchanges its token past the transporter that it is given. */
class FederatedClient extends IdentityPoolClient {
  constructor(options: IdentityPoolClientOptions) {
    super(options)
    this.stsCredential = new StsCredentials({
      tokenExchangeEndpoint: this.getTokenUrl(),
      transporter: this.transporter,
      ...(this.clientAuth && { clientAuthentication: this.clientAuth }),
    })
  }
}
