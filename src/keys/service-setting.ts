import type { UnknownCode } from '../verdict/codes.js'
import type { Problem } from '../verdict/finding.js'
import { mayCarry, shown } from '../network/url.js'

/** What the environment says about a service that keeps keys. */
export type Setting<Value> =
  { readonly kind: 'set'; readonly value: Value } | { readonly kind: 'failed'; readonly problem: Problem }

export function setTo<Value>(value: Value): Setting<Value> {
  return { kind: 'set', value }
}

export function unusable(message: string): Setting<never> {
  return failed('input-invalid', message)
}

/** Without a token nothing would be answered: as good as a refusal. */
export function noToken(remedy: string): Setting<never> {
  const { problem } = failed('denied', `no token; ${remedy}`)
  return { kind: 'failed', problem: { ...problem, service: 'key' } }
}

function failed(code: UnknownCode, message: string): { kind: 'failed'; problem: Problem } {
  return { kind: 'failed', problem: { code, message } }
}

/** The first of these variables that holds something: a workflow leaves empty what is not set. */
export function firstVariable(names: readonly string[]): { name: string; value: string } | undefined {
  for (const name of names) {
    const value = process.env[name] ?? ''
    if (value !== '') return { name, value }
  }
  return undefined
}

/** The address of a service; a token will go there, so it is https, or this machine. */
export function serviceUrl(variable: string, text: string): Setting<URL> {
  const wanted = `${variable}: expected an https URL (http on this machine only)`
  // What is no URL may still hold a password: it is not quoted.
  if (!URL.canParse(text)) return unusable(`${wanted}, got no URL`)
  const url = new URL(text)
  if (!mayCarry(url)) return unusable(`${wanted}, got ${shown(url)}`)
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return unusable(`${wanted} without user, query and fragment, got more than ${shown(url)}`)
  return setTo(url)
}

/** A text that goes into a header as it is; it is not quoted. */
export function headerText(from: string, text: string): Setting<string> {
  if (/^[\x21-\x7e]+$/.test(text)) return setTo(text)
  return unusable(`${from}: expected one word in ASCII, got blanks, line feeds or other characters in it`)
}
