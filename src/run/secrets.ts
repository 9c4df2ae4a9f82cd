import { secretsOf } from '../report/redaction.js'
import type { Problem } from '../verdict/finding.js'
import type { Request } from '../verdict/request.js'
import { secretsInConfig } from './registry-config.js'

/** The secrets that a run knows, which no report shows; a problem where what holds them cannot be read. */
export async function secretsOfRequest(
  request: Request | undefined,
): Promise<{ readonly secrets: readonly string[]; readonly problems: readonly Problem[] }> {
  const { signers, registry, github, build } = request ?? {}
  const config = await secretsInConfig(registry)
  const headers = Object.values(build?.archivista?.headers ?? {})
  const further = 'code' in config ? headers : [...config, ...headers]
  const references = [...(signers?.keys ?? []), ...(build?.keys ?? [])]
  return {
    secrets: secretsOf(process.env, references, registry?.login, github?.token, further),
    problems: 'code' in config ? [config] : [],
  }
}
