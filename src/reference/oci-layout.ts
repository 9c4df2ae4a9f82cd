import { isDigest, type LayoutReference, type Unreadable, unreadable } from './reference.js'

export const layoutScheme = 'oci-layout://'

/** Reads `oci-layout://dir[:tag][@sha256:…]`. Colon and at sign count only in the last path component. */
export function parseLayoutReference(text: string): LayoutReference | Unreadable {
  const rest = text.slice(layoutScheme.length)
  const last = rest.lastIndexOf('@')
  const at = last >= 0 && !/[/\\]/.test(rest.slice(last)) ? last : -1
  const digest = at < 0 ? undefined : rest.slice(at + 1)
  if (digest !== undefined && !isDigest(digest)) {
    return unreadable(text, `malformed digest "${digest}": expected sha256: and 64 lower-case hex digits`)
  }
  const named = at < 0 ? rest : rest.slice(0, at)
  const colon = named.lastIndexOf(':')
  const tagged = colon >= 0 && !/[/\\]/.test(named.slice(colon))
  const path = tagged ? named.slice(0, colon) : named
  const tag = tagged ? named.slice(colon + 1) : undefined
  if (path === '') return unreadable(text, 'missing folder of the layout')
  if (tag === '') return unreadable(text, "empty tag after ':'")
  return {
    kind: 'oci-layout',
    path,
    text,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  }
}
