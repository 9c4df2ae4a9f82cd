import { found, type Lookup } from '../../network/lookup.js'
import type { Credential, Login } from './credential.js'
import { readDockerConfig } from './docker-config.js'

/** Finds the credential of a registry: the input, then docker's configuration and its helpers, then none. */
export async function credentialFor(
  registry: string,
  login: Login | undefined,
  signal: AbortSignal,
): Promise<Lookup<Credential>> {
  if (login) return found({ kind: 'login', ...login })
  return readDockerConfig(registry, signal)
}
