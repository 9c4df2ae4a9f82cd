import { createHmac } from 'node:crypto'

/**
 * The `Authorization` of a GET request without a body ("Authorize with Shared Key", version 2015-02-21 and later).
 *
 * @param headers as they are sent, their names in lower case; `x-ms-date` among them
 * @param key the account's key in base64
 */
export function signSharedKey(
  url: URL,
  headers: Readonly<Record<string, string>>,
  { name, key }: { readonly name: string; readonly key: string },
): string {
  // Content-Encoding, -Language, -Length, -MD5, -Type, Date, four conditions and Range: none of them is sent.
  const standard = Array<string>(11).fill('')
  const ours = Object.entries(headers)
    .filter(([header]) => header.startsWith('x-ms-'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([header, value]) => `${header}:${value.trim()}`)
  const query = [...url.searchParams]
    .map(([parameter, value]) => `${parameter.toLowerCase()}:${value}`)
    .sort()
  const resource = [`/${name}${url.pathname}`, ...query].join('\n')
  const text = ['GET', ...standard, ...ours, resource].join('\n')
  const signature = createHmac('sha256', Buffer.from(key, 'base64')).update(text, 'utf8').digest('base64')
  return `SharedKey ${name}:${signature}`
}
