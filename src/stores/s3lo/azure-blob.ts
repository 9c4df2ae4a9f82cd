import { azureAuthority } from '../../network/azure-cloud.js'
import type { Answer, Call } from '../../network/call.js'
import { exchange, type Question, type Reply } from '../../network/exchange.js'
import { failed, found } from '../../network/lookup.js'
import { openRelay } from '../../network/relay.js'
import type { Problem } from '../../verdict/finding.js'
import { type AzureAccount, readAzureAccount } from './azure-account.js'
import { azureFault } from './azure-fault.js'
import { signSharedKey } from './azure-shared-key.js'
import { readBlobList } from './azure-xml.js'
import { openCloudObjects } from './cloud-objects.js'
import type { ObjectStore } from './objects.js'
import { openSignIn, type SignedHeaders } from './sign-in.js'

/** Connections to Azure Blob Storage, shared by all containers of a run. */
export interface AzureBlobs {
  readonly container: (name: string) => ObjectStore | Problem
}

const apiVersion = '2023-11-03'
const scope = 'https://storage.azure.com/.default'

/** Names that a container can have ("Naming and referencing containers, blobs, and metadata"). */
const containerName = /^(\$root|\$web|(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*)$/

/** Most bytes of one page of a list, and most pages. */
const pageLimit = 8 * 1024 * 1024
const mostPages = 20

/** Opens the Blob Storage of the account that the environment names (REST: Get Blob and List Blobs). */
export function openAzureBlobs(
  environment?: Readonly<Record<string, string | undefined>>,
): AzureBlobs | Problem {
  const account = readAzureAccount(environment)
  if (typeof account === 'string') return { code: 'input-invalid', message: account }
  const { endpoint } = account
  const requests = openRequests(account)

  return {
    container: (name) => {
      if (!containerName.test(name)) {
        return { code: 'reference-invalid', message: `az://${name}: no name that a container can have` }
      }
      const where = (key: string): string => `az://${name}/${key}`
      const container = `${endpoint.pathname}${encodeURIComponent(name)}`
      return openCloudObjects({
        where,
        request: async (key, how, call) => {
          const path = key.split('/').map(encodeURIComponent).join('/')
          return requests.send(`${container}/${path}`, {}, how, call)
        },
        refuse: async (reply, key) => Promise.resolve(azureFault(reply, where(key), requests.clean)),
        stored: ({ headers }) => {
          const md5 = headers['content-md5']
          return typeof md5 === 'string' ? { md5 } : {}
        },
        names: async (prefix, most, call) => {
          const names: string[] = []
          let marker = ''
          for (let page = 0; page < mostPages && names.length < most; page++) {
            const query = {
              restype: 'container',
              comp: 'list',
              prefix,
              delimiter: '/',
              maxresults: String(most - names.length),
              ...(marker !== '' && { marker }),
            }
            const answer = await requests.send(container, query, { limit: pageLimit }, call)
            if (answer.kind !== 'found') return answer
            if (answer.value.status !== 200) {
              const fault = azureFault(answer.value, where(prefix), requests.clean)
              return fault.kind === 'absent' ? failed('response-invalid', fault.message, 'storage') : fault
            }
            const list = readBlobList(Buffer.from(answer.value.body).toString('utf8'))
            if (!list) {
              const message = `${where(prefix)}: expected a list of blobs, got something else`
              return failed('response-invalid', message, 'storage')
            }
            names.push(...list.names.map((one) => one.slice(prefix.length)))
            marker = list.next
            if (marker === '') break
          }
          return found(
            names
              .filter((one) => one !== '')
              .sort()
              .slice(0, most),
          )
        },
      })
    },
  }
}

interface Requests {
  readonly send: (
    path: string,
    query: Readonly<Record<string, string>>,
    how: Pick<Question, 'limit' | 'into'>,
    call: Call,
  ) => Promise<Answer<Reply>>
  /** A text without what signed in: a service may send back what it was sent. */
  readonly clean: (text: string) => string
}

/** Sends GET requests to an account in the way in which one signs in there. */
function openRequests({ name, endpoint, access }: AzureAccount): Requests {
  const secrets = new Set<string>(access.kind === 'sas' ? secretsIn(access.query) : [])
  const signIn = openSignIn(async (call) => logIn(endpoint, call))
  return {
    send: async (path, query, how, call) => {
      const own = new URLSearchParams(query).toString()
      const search = [own, access.kind === 'sas' ? access.query : ''].filter((part) => part !== '').join('&')
      const url = new URL(search === '' ? path : `${path}?${search}`, endpoint)
      const headers = { 'x-ms-version': apiVersion, 'x-ms-date': new Date().toUTCString() }
      const question: Question = { url, headers, service: 'storage', ...how }
      switch (access.kind) {
        case 'login':
          return signIn.send(question, call)
        case 'sas':
          return exchange(question, call)
        case 'shared-key': {
          const authorization = signSharedKey(url, headers, { name, key: access.key })
          secrets.add(authorization.slice(authorization.lastIndexOf(':') + 1))
          return exchange({ ...question, headers: { ...headers, authorization } }, call)
        }
      }
    },
    clean: (text) =>
      [...secrets].reduce((rest, secret) => rest.replaceAll(secret, '***'), signIn.clean(text)),
  }
}

/** A shared access signature as a whole and its `sig`, as it is written and as it is meant. */
function secretsIn(query: string): readonly string[] {
  const written = /(?:^|&)sig=([^&]+)/.exec(query)?.[1] ?? ''
  const meant = new URLSearchParams(query).get('sig') ?? ''
  return [query, written, meant].filter((one) => one !== '')
}

/** A token of Microsoft Entra ID; s3lo asks in the same way. */
async function logIn(endpoint: URL, call: Call): Promise<Answer<SignedHeaders>> {
  const authority = azureAuthority(endpoint.host, process.env)
  if (authority.kind === 'refused') return failed('input-invalid', `az://: ${authority.reason}`)
  // The library is loaded for such logins only.
  const { logInToAzure } = await import('../../network/azure-login.js')
  const purpose = { what: 'az://', scope, service: 'storage', authority: authority.url } as const
  const token = await logInToAzure(purpose, openRelay('storage'), call)
  if (token.kind === 'absent') return failed('denied', token.message, 'storage')
  return token.kind === 'found' ? found({ authorization: `Bearer ${token.value}` }) : token
}
