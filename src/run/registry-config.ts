import type { Problem } from '../verdict/finding.js'
import type { RegistryAccess } from '../verdict/request.js'

/**
 * Reads `registry-config` before anything is asked: a wrong input is one whether or not a registry wants to know who
 * asks, and what it holds must be known before anything is shown.
 */
export async function secretsInConfig(
  access: Pick<RegistryAccess, 'config'> | undefined,
): Promise<readonly string[] | Problem> {
  if (access?.config === undefined) return []
  const { readRegistryConfig } = await import('../stores/registry/registry-config.js')
  const read = await readRegistryConfig(access.config)
  if (read.kind === 'found') return read.value.secrets
  return read.kind === 'failed' ? read.problem : { code: 'input-invalid', message: read.message }
}
