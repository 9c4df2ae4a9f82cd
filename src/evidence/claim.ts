import { isObject, type JsonObject, listField, textField } from './json.js'

/** What signers say is shown, compared and kept: no text of theirs is longer. */
export const longestClaim = 300

/** A text that says something, cut to size; one that was cut ends with `…` and so equals none that was not. */
export function claim(object: JsonObject | undefined, name: string): string | undefined {
  const text = textField(object, name)
  return text === undefined ? undefined : shortened(text)
}

/** @returns undefined for an empty text */
export function shortened(text: string): string | undefined {
  if (text === '') return undefined
  if (text.length <= longestClaim) return text
  // Half of a pair is no character.
  return `${text.slice(0, longestClaim - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

/** The objects in a list; what is none is left out. */
export function objects(object: JsonObject | undefined, name: string): readonly JsonObject[] {
  return (listField(object, name) ?? []).filter(isObject)
}

/** The same object, in which what may be undefined is absent then. */
type Known<Members> = {
  [Name in keyof Members as undefined extends Members[Name] ? never : Name]: Members[Name]
} & {
  [Name in keyof Members as undefined extends Members[Name] ? Name : never]?: Exclude<
    Members[Name],
    undefined
  >
}

/** Leaves out the members of which nothing is known. */
export function known<Members extends object>(members: Members): Known<Members> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as Known<Members>
}
