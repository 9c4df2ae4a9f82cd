import type { KeySource } from './key-source.js'
import { keyFromText } from './pem-text.js'

/** The PEM itself as the value of the input. */
export const inlineKey: KeySource = {
  matches: (reference) => reference.trimStart().startsWith('-----BEGIN'),
  load: async (reference) => keyFromText('the key given inline', reference.trimStart()),
}

/**
 * A key reference as it is shown: inline PEM may be a private one and is long besides. Where no login belongs one may
 * stand all the same, and the query of `pkcs11:` may hold a PIN (RFC 7512, 2.4).
 */
export function keyName(reference: string): string {
  if (inlineKey.matches(reference)) return 'inline PEM'
  if (reference.startsWith('pkcs11:')) return reference.replace(/\?.*$/s, '')
  if (/^(hashivault|openbao|k8s|gitlab):/.test(reference)) return reference.replace(/\/\/[^/]*@/, '//')
  if (!/^https?:\/\//.test(reference) || !URL.canParse(reference)) return reference
  const url = new URL(reference)
  return url.username === '' && url.password === '' && url.search === ''
    ? reference
    : `${url.protocol}//${url.host}${url.pathname}`
}
