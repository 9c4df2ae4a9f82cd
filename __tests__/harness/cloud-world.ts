import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Certificate, newCertificateFor } from './certificate.js'
import { type NamedHostsProxy, openNamedHostsProxy } from './named-hosts-proxy.js'
import { temporaryFolder } from './run.js'

/** The public hosts of a cloud, played on this machine: whoever asks through the proxy gets there, by their own names. */
export interface CloudWorld {
  readonly proxy: NamedHostsProxy
  /** What a run needs to find this world and nothing beyond it. */
  readonly env: Readonly<Record<string, string>>
}

/** A certificate for hosts of a cloud. */
export function certificateOf(hosts: readonly string[]): Certificate {
  return newCertificateFor(hosts)
}

/** @param hosts ports on this machine by host name */
export async function openCloudWorld(
  hosts: Readonly<Record<string, number>>,
  { cert }: Certificate,
): Promise<CloudWorld> {
  const authority = path.join(temporaryFolder(), 'ca.pem')
  writeFileSync(authority, cert)
  const proxy = await openNamedHostsProxy(hosts)
  return { proxy, env: { HTTPS_PROXY: proxy.url, SSL_CERT_FILE: authority } }
}

/** A file of credentials, as a login step leaves it. */
export function credentialsFile(content: string | object): string {
  const file = path.join(temporaryFolder(), 'credentials.json')
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}
