/**
 * The next page that a `Link` header names (RFC 8288).
 *
 * @returns undefined: there is none; null: it lies on another host, which no listing needs
 */
export function nextPage(link: string | string[] | undefined, from: URL): URL | undefined | null {
  const header = Array.isArray(link) ? link.join(',') : (link ?? '')
  const target = /<([^<>]*)>\s*;[^<]*\brel=(?:"next"|next(?![\w-]))/i.exec(header)?.[1]
  if (target === undefined) return undefined
  if (!URL.canParse(target, from.href)) return null
  const url = new URL(target, from)
  // A port may be left out where it is the usual one of the scheme that the link names.
  return url.host === new URL(`${url.protocol}//${from.host}`).host ? url : null
}
