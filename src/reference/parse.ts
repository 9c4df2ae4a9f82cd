import { layoutScheme, parseLayoutReference } from './oci-layout.js'
import { type Reference, type Unreadable, unreadable } from './reference.js'
import { parseRegistryReference } from './registry.js'
import { parseS3loReference } from './s3lo.js'

/** The longest reference read; file systems and object stores end far below it. */
const longestReference = 2048
const controlCharacter = /[\p{Cc}\u2028\u2029]/u

/**
 * Reads an image reference of any kind. Control characters are refused everywhere: a line feed in a name would reach
 * the line-based bytes that s3lo signs, and the lines that a runner reads.
 */
export function parseReference(text: string): Reference | Unreadable {
  if (text === '') return unreadable(text, 'expected an image reference, got an empty text')
  if (text.length > longestReference) return unreadable(text, `longer than ${longestReference} characters`)
  if (controlCharacter.test(text)) return unreadable(text, 'a control character is in it')
  if (text.startsWith(layoutScheme)) return parseLayoutReference(text)
  if (/^(s3|gs|az|local):\/\//.test(text)) return parseS3loReference(text)
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\//.exec(text)
  if (scheme) {
    return unreadable(
      text,
      `"${String(scheme[1])}://" is no known place; expected s3://, gs://, az://, local://, oci-layout:// or registry/name:tag`,
    )
  }
  return parseRegistryReference(text)
}
