import {
  AzureCliCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  WorkloadIdentityCredential,
} from '@azure/identity'
import { type Answer, type Call, idleLimit } from './call.js'
import { describe } from './fault.js'
import { absent, failed, found } from './lookup.js'
import type { LoginPurpose } from './login-purpose.js'
import type { Relay } from './relay.js'
import { requestsThrough } from './azure-client-requests.js'

interface Credential {
  getToken: (
    scope: string,
    options: { abortSignal: AbortSignal },
  ) => Promise<{ readonly token: string } | null>
}

/** What `@azure/identity` itself reads; empty is not set. */
type Environment = Readonly<Record<string, string | undefined>>

/** Off Azure, the address of the identity service leads nowhere; milliseconds. */
const patience = 5_000

const remedy =
  'run azure/login before this step, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_FEDERATED_TOKEN_FILE (or AZURE_CLIENT_SECRET)'

/**
 * A token of Microsoft Entra ID. Credentials that the environment names are the only ones tried: client secret, client
 * certificate, federated token file, in this order; then the managed identity where the environment tells of one.
 * Without any: the login of the Azure CLI, then the managed identity of the machine. Those that are named and no good
 * are a wrong setting (`input-invalid`); absent is said where there are none.
 */
export async function logInToAzure(
  { what, scope, authority }: LoginPurpose & { readonly authority: string },
  relay: Relay,
  call: Call,
): Promise<Answer<string>> {
  const options = {
    ...requestsThrough(relay, call),
    authorityHost: authority,
    // Who set the authority vouches for it; else Microsoft's would be asked for every other one.
    disableInstanceDiscovery: true,
  }
  const named = namedCredential(process.env, options)
  if (typeof named === 'string') return failed('input-invalid', `${what}: ${named}`)
  if (named) {
    const token = await take(named(), scope, call.signal)
    if ('token' in token) return found(token.token)
    return (
      relay.blame(token.error) ?? failed('input-invalid', `${what}: ${relay.clean(firstLine(token.error))}`)
    )
  }
  // It alone knows whom it asks.
  const ended = call.journal.contacted('az')
  const cli = new AzureCliCredential({ processTimeoutInMs: idleLimit })
  const fromCli = await take(cli, scope, call.signal)
  ended('token' in fromCli ? 'a token' : 'no token')
  if ('token' in fromCli) return found(fromCli.token)
  const signal = AbortSignal.any([call.signal, AbortSignal.timeout(patience)])
  const machine = managedIdentity(process.env, requestsThrough(relay, { ...call, signal }))
  const fromMachine = await take(machine, scope, signal)
  if ('token' in fromMachine) return found(fromMachine.token)
  const why = `Azure CLI: ${relay.clean(firstLine(fromCli.error))}; managed identity: ${relay.clean(firstLine(fromMachine.error))}`
  return absent(`${what}: no Azure credentials; ${remedy} (${why})`)
}

type Options = ReturnType<typeof requestsThrough> & {
  readonly authorityHost: string
  readonly disableInstanceDiscovery: boolean
}

/** @returns why what is named cannot be used; undefined when none is named */
function namedCredential(
  environment: Environment,
  options: Options,
): (() => Credential) | string | undefined {
  const value = (name: string): string => environment[name] ?? ''
  const chosen = ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH', 'AZURE_FEDERATED_TOKEN_FILE'].find(
    (name) => value(name) !== '',
  )
  if (chosen === undefined) {
    const told = value('IDENTITY_ENDPOINT') !== '' || value('MSI_ENDPOINT') !== ''
    return told ? () => managedIdentity(environment, options) : undefined
  }
  const tenantId = value('AZURE_TENANT_ID')
  const clientId = value('AZURE_CLIENT_ID')
  for (const [name, given] of [
    ['AZURE_TENANT_ID', tenantId],
    ['AZURE_CLIENT_ID', clientId],
  ] as const) {
    if (given === '') return `${chosen} is set without ${name}`
  }
  switch (chosen) {
    case 'AZURE_CLIENT_SECRET':
      return () => new ClientSecretCredential(tenantId, clientId, value(chosen), options)
    case 'AZURE_CLIENT_CERTIFICATE_PATH': {
      const certificatePassword = value('AZURE_CLIENT_CERTIFICATE_PASSWORD')
      const certificate = {
        certificatePath: value(chosen),
        ...(certificatePassword !== '' && { certificatePassword }),
      }
      return () => new ClientCertificateCredential(tenantId, clientId, certificate, options)
    }
    default:
      return () =>
        new WorkloadIdentityCredential({ ...options, tenantId, clientId, tokenFilePath: value(chosen) })
  }
}

function managedIdentity(environment: Environment, options: ReturnType<typeof requestsThrough>): Credential {
  const clientId = environment['AZURE_CLIENT_ID'] ?? ''
  return new ManagedIdentityCredential({ ...options, ...(clientId !== '' && { clientId }) })
}

type Taken = { readonly token: string } | { readonly error: unknown }

/** Ends with the signal, whatever the library still waits for. */
async function take(credential: Credential, scope: string, signal: AbortSignal): Promise<Taken> {
  let stop = (): void => undefined
  const over = new Promise<Taken>((resolve) => {
    stop = () => resolve({ error: new Error('stopped, as the time for it was over') })
  })
  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  const asked = async (): Promise<Taken> => {
    try {
      const token = await credential.getToken(scope, { abortSignal: signal })
      return token === null ? { error: new Error('got no token') } : { token: token.token }
    } catch (error) {
      return { error }
    }
  }
  try {
    return await Promise.race([asked(), over])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function firstLine(error: unknown): string {
  return (describe(error).split('\n')[0] ?? '').slice(0, 300)
}
