/**
 * Whether a URL whose host is an address points out of the private networks: Go's IsLoopback and IsPrivate.
 *
 * @returns undefined for a host that is a name, or for what is no URL
 */
export function isExternalAddress(url: string): boolean | undefined {
  const authority = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/(?:[^/?#@]*@)?(\[[0-9A-Fa-f:.]+\]|[^/?#:]*)/.exec(url)?.[1]
  if (authority === undefined) return undefined
  const four = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(authority)
  if (four !== null) {
    const [first = 0, second = 0, ...rest] = four.slice(1).map(Number)
    if ([first, second, ...rest].some((one) => one > 255)) return undefined
    const isPrivate =
      first === 10 || (first === 172 && second >= 16 && second < 32) || (first === 192 && second === 168)
    return !(isPrivate || first === 127)
  }
  // Of IPv6 only what needs no full reading: ::1 is the loopback, fc00::/7 private, 4-in-6 is left alone.
  const six = /^\[([0-9A-Fa-f:]+)\]$/.exec(authority)?.[1]?.toLowerCase()
  if (six === undefined) return undefined
  if (/^[0:]*:0*1$/.test(six)) return false
  if (/^f[cd][0-9a-f]{2}:/.test(six)) return false
  return /^[23][0-9a-f]{3}:/.test(six) ? true : undefined
}
