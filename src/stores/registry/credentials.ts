import { found, type Lookup } from '../../network/lookup.js'
import type { RegistryAccess } from '../../verdict/request.js'
import type { Credentials } from './auth-entry.js'
import { readDockerConfig, signInsOf } from './docker-config.js'

/**
 * Finds the credentials of a registry: the inputs for one login, then `registry-config`, and docker's own configuration
 * only where that was not given. Anonymous where there is nothing.
 */
export async function credentialsFor(
  registry: string,
  { login, config }: Pick<RegistryAccess, 'login' | 'config'>,
  signal: AbortSignal,
): Promise<Lookup<Credentials>> {
  if (login) return found(() => found({ kind: 'login', ...login }))
  if (config === undefined) return readDockerConfig(registry, signal)
  const { readRegistryConfig } = await import('./registry-config.js')
  const read = await readRegistryConfig(config)
  if (read.kind !== 'found') return read
  return signInsOf({ ...read.value, file: 'registry-config' }, registry, signal)
}
