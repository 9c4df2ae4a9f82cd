import type { KeySource } from './key-source.js'
import { keyFromText } from './pem-text.js'

/** The PEM itself as the value of the input. */
export const inlineKey: KeySource = {
  matches: (reference) => reference.trimStart().startsWith('-----BEGIN'),
  load: async (reference) => keyFromText('the key given inline', reference.trimStart()),
}

/** A key reference as it is shown: inline PEM may be a private one and is long besides. */
export function keyName(reference: string): string {
  if (inlineKey.matches(reference)) return 'inline PEM'
  if (!/^https?:\/\//.test(reference) || !URL.canParse(reference)) return reference
  const url = new URL(reference)
  return url.username === '' && url.password === '' && url.search === ''
    ? reference
    : `${url.protocol}//${url.host}${url.pathname}`
}
