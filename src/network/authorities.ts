import { readFileSync } from 'node:fs'
import tls from 'node:tls'
import { describe } from './fault.js'

let known: { readonly ca: readonly string[] } | undefined | null = null

/**
 * The certificate authorities to trust beside Node's own: those of `SSL_CERT_FILE`, which the Go tools obey and Node
 * does not. Nothing where it is not set.
 */
export function certificateAuthorities(): { ca?: string[] } {
  if (known === null) known = load(process.env['SSL_CERT_FILE'])
  return known ? { ca: [...known.ca] } : {}
}

function load(file: string | undefined): { readonly ca: readonly string[] } | undefined {
  if (file === undefined || file === '') return undefined
  try {
    return { ca: [...usualAuthorities(), readFileSync(file, 'utf8')] }
  } catch (error) {
    throw new Error(`SSL_CERT_FILE: ${describe(error)}`, { cause: error })
  }
}

/** Those that Node trusts by itself. */
export function usualAuthorities(): readonly string[] {
  // Before Node 22.15 there is no way to ask for what NODE_EXTRA_CA_CERTS added: the built-in ones are the base.
  const ask = (tls as { getCACertificates?: (type: 'default') => string[] }).getCACertificates
  return ask ? ask('default') : tls.rootCertificates
}
