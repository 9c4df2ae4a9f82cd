import { validateHeaderName, validateHeaderValue } from 'node:http'
import { mayCarry, shown } from '../../network/url.js'
import type { Problem } from '../../verdict/finding.js'

/** Where an Archivista is, and what it is told about who asks. */
export interface ArchivistaAccess {
  /** May have a path, as `https://platform/archivista`. */
  readonly url: URL
  /** Secret, `Authorization` say: sent to the origin of `url` and no other. */
  readonly headers?: Readonly<Record<string, string>>
}

/** An access that can be used. */
export interface Entrance {
  readonly origin: string
  /** Without a slash at the end. */
  readonly base: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
}

/** They say how a request is sent or how its answer comes: with a wrong length it hangs, packed it cannot be read. */
const reserved: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'range',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** The problem is always input-invalid; it never shows the value of a header. */
export function readAccess({ url, headers = {} }: ArchivistaAccess): Entrance | Problem {
  if (!mayCarry(url)) return invalid(`${shown(url)}: expected https, got ${url.protocol}//`)
  if (url.username !== '' || url.password !== '')
    return invalid(
      `${shown(url)}: expected no user or password in the URL: credentials are given as a header`,
    )
  if (url.search !== '' || url.hash !== '')
    return invalid(`${shown(url)}: expected an address without query or fragment`)
  const checked = new Map<string, string>()
  const wrong = (message: string): Problem => invalid(message, 'archivista-headers')
  for (const [given, value] of Object.entries(headers)) {
    const name = given.toLowerCase()
    if (!isHeader(given, value))
      return wrong(
        `${JSON.stringify(given)} cannot be sent: a character in it, or in its value, is in no header`,
      )
    if (reserved.has(name)) return wrong(`${given} is not the user's to give`)
    if (checked.has(name)) return wrong(`${given} is given twice`)
    checked.set(name, value)
  }
  return {
    origin: url.origin,
    base: url.href.replace(/\/+$/, ''),
    headers: Object.fromEntries(checked),
  }
}

function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
    return true
  } catch {
    return false
  }
}

function invalid(message: string, input = 'archivista-url'): Problem {
  return { code: 'input-invalid', message: `${input}: ${message}` }
}
