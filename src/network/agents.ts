import http from 'node:http'
import https from 'node:https'
import { certificateAuthorities, usualAuthorities } from './authorities.js'
import { mostAtOnce } from './host-turns.js'
import { isLoopback, isMetadataServer } from './url.js'

/** What a service may be trusted with beyond the usual. */
export interface Trust {
  /** PEM of certificate authorities that are trusted besides the usual ones. */
  readonly ca?: string
  /** Certificates are not checked at all: only where the user named the host. */
  readonly insecure?: boolean
}

const agents = new Map<string, Promise<http.Agent>>()

/**
 * The agent for a URL: connections are kept and shared, and go through the proxy that `HTTPS_PROXY`, `HTTP_PROXY` and
 * `NO_PROXY` name for it. This machine itself is never asked through a proxy, as in Go's tools.
 */
export async function agentFor(url: URL, trust: Trust = {}): Promise<http.Agent> {
  const secure = url.protocol === 'https:'
  const proxy = await proxyFor(url)
  const name = JSON.stringify([secure, proxy, trust.ca ?? '', trust.insecure ?? false])
  const agent = agents.get(name) ?? newAgent(secure, proxy, trust)
  agents.set(name, agent)
  return agent
}

async function newAgent(secure: boolean, proxy: string, trust: Trust): Promise<http.Agent> {
  const tls = secure ? tlsOptions(trust) : {}
  const options = { keepAlive: true, maxSockets: mostAtOnce, ...tls }
  if (proxy === '') return secure ? new https.Agent(options) : new http.Agent(options)
  if (!secure) return new (await import('http-proxy-agent')).HttpProxyAgent(proxy, options)
  const { HttpsProxyAgent } = await import('https-proxy-agent')
  return new HttpsProxyAgent(proxy, { ...options, ...certificateAuthorities() })
}

/** The options of each connection, for agents that do not hand theirs on. */
export function tlsOptions({ ca, insecure }: Trust): { ca?: string[]; rejectUnauthorized?: false } {
  const usual = certificateAuthorities()
  const more = ca === undefined ? usual : { ca: [...(usual.ca ?? usualAuthorities()), ca] }
  return { ...more, ...(insecure === true && { rejectUnauthorized: false as const }) }
}

/** @returns an empty text where no proxy is to be asked */
export async function proxyFor(url: URL): Promise<string> {
  if (!anyProxy() || isLoopback(url) || isMetadataServer(url)) return ''
  const { getProxyForUrl } = await import('proxy-from-env')
  const proxy = getProxyForUrl(url.href)
  // A proxy named without a scheme speaks http, as for curl and Go; the library takes that of the URL asked for.
  const named = Object.values(process.env).some((value) => value === proxy)
  return named || proxy === '' ? proxy : proxy.replace(/^\w+:/, 'http:')
}

/** Most runs have none: then nothing of this is loaded. */
export function anyProxy(): boolean {
  return Object.keys(process.env).some(
    (name) => /^(https?|all)_proxy$/i.test(name) && process.env[name] !== '',
  )
}
