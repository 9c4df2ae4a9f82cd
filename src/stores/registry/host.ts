import { isLoopback } from '../../network/url.js'
import type { Hosts, RegistryAccess } from '../../verdict/request.js'

export type Scheme = 'https' | 'http'

/** Where docker's registry answers; its name is another (docker's `registry.IndexServer`). */
const dockerHost = 'registry-1.docker.io'

export function apiHost(registry: string): string {
  return registry === 'docker.io' ? dockerHost : registry
}

/**
 * The schemes that may be spoken with a host, in the order in which they are tried: https, and plain http only on this
 * machine, where it comes first, or where the user allowed it.
 */
export function schemesOf(registry: string, { allowHttp, cacert }: RegistryAccess): readonly Scheme[] {
  const hostname = URL.canParse(`http://${registry}`) ? new URL(`http://${registry}`).hostname : ''
  if (isLoopback({ hostname })) return cacert === undefined ? ['http', 'https'] : ['https']
  return allows(allowHttp, registry) ? ['https', 'http'] : ['https']
}

/** Whether an answer says that the other scheme is spoken here. */
export function speaksOther(
  scheme: Scheme,
  said: { readonly code?: string; readonly message: string },
): boolean {
  return scheme === 'https'
    ? said.code === 'tls-failed' && /wrong version number|packet length too long|EPROTO/i.test(said.message)
    : /HTTP request (was sent )?to (an? )?HTTPS/i.test(said.message)
}

export function allows(hosts: Hosts, host: string): boolean {
  return hosts === 'all' || (hosts !== 'none' && hosts.includes(host))
}
