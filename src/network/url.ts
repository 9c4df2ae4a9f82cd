/** A URL as it may be shown: without user, password and query. */
export function shown(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`
}

/** Plain http is for this machine only. */
export function mayCarry(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))
}

export function isLoopback({ hostname }: { readonly hostname: string }): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)
}

/** Where a cloud tells a machine who it is: at the machine's own link, without TLS and never behind a proxy. */
export function isMetadataServer({ hostname }: { readonly hostname: string }): boolean {
  return /^(169\.254(\.\d{1,3}){2}|metadata\.google\.internal\.?)$/.test(hostname)
}
