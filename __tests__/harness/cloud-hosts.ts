import { writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import path from 'node:path'
import { newCertificateFor } from './certificate.js'
import { openNamedHostsProxy } from './named-hosts-proxy.js'
import { temporaryFolder } from './run.js'
import { openWeb, type WebRequest } from './web.js'

export type HostAnswer = (request: WebRequest, response: ServerResponse, url: URL) => void

/** Hosts of a cloud by their real names, which only a proxy on this machine knows, with TLS that only these runs trust. */
export interface CloudHosts {
  /** Where they all are: `https://127.0.0.1:port`. */
  readonly url: string
  /** Every request as `METHOD https://host/path?query`, in the order in which they came. */
  readonly requests: readonly (WebRequest & { readonly line: string })[]
  /** What a run needs to reach them. */
  readonly environment: Readonly<Record<string, string>>
  /** Answers everything at this place from now on; undefined as before. */
  readonly override: (answer: HostAnswer | undefined) => void
  readonly stop: () => Promise<void>
}

/** @param hosts what answers by host name; a host that is not named cannot be reached */
export async function openCloudHosts(hosts: Readonly<Record<string, HostAnswer>>): Promise<CloudHosts> {
  const names = Object.keys(hosts)
  const certificate = newCertificateFor(names)
  const requests: (WebRequest & { line: string })[] = []
  let override: HostAnswer | undefined
  const web = await openWeb((request, response) => {
    const host = String(request.headers.host)
    const url = new URL(request.target, `https://${host}`)
    requests.push({ ...request, line: `${request.method} ${url.href}` })
    const answer = override ?? hosts[url.hostname]
    if (answer) answer(request, response, url)
    else response.destroy()
  }, certificate)
  const port = Number(new URL(web.url).port)
  const proxy = await openNamedHostsProxy(Object.fromEntries(names.map((name) => [name, port])))
  const authority = path.join(temporaryFolder(), 'ca.pem')
  writeFileSync(authority, certificate.cert)
  return {
    url: web.url,
    requests,
    environment: { HTTPS_PROXY: proxy.url, SSL_CERT_FILE: authority },
    override: (answer) => void (override = answer),
    stop: async () => {
      await proxy.stop()
      await web.stop()
    },
  }
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' })
  response.end(JSON.stringify(body))
}
