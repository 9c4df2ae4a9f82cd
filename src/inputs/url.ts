/** A URL with a host and without credentials. */
export function isHttpUrl(text: string): boolean {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return false
  const url = new URL(text)
  return url.hostname !== '' && url.username === '' && url.password === ''
}

/** Up to the last at sign: in a text that is no URL a password may hold any character. */
export function withoutUser(text: string): string {
  const [slashes, at] = [text.indexOf('//'), text.lastIndexOf('@')]
  return slashes < 0 || at < slashes + 2 ? text : `${text.slice(0, slashes)}//…${text.slice(at)}`
}
