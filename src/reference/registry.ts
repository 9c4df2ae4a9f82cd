import { isDigest, type RegistryReference, type Unreadable, unreadable } from './reference.js'

/** The registry that a reference without one means, and its folder for images without one: docker's rules. */
const defaultRegistry = 'docker.io'
const officialFolder = 'library'

const host = /^(?:\[[0-9a-fA-F:]+\]|[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?)(?::[0-9]{1,5})?$/
const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
const tagPattern = /^\w[\w.-]{0,127}$/
const longestName = 255

/** Reads `[registry/]name[:tag][@sha256:…]` by the grammar of docker's `distribution/reference`. */
export function parseRegistryReference(text: string): RegistryReference | Unreadable {
  const at = text.indexOf('@')
  const digest = at < 0 ? undefined : text.slice(at + 1)
  if (digest !== undefined && !isDigest(digest)) {
    return unreadable(text, `malformed digest "${digest}": expected sha256: and 64 lower-case hex digits`)
  }
  const named = at < 0 ? text : text.slice(0, at)
  const slash = named.indexOf('/')
  const first = slash < 0 ? '' : named.slice(0, slash)
  const hasRegistry = /[.:[A-Z]/.test(first) || first === 'localhost'
  const path = hasRegistry ? named.slice(slash + 1) : named
  const colon = path.lastIndexOf(':')
  const name = colon < 0 ? path : path.slice(0, colon)
  const tag = colon < 0 ? undefined : path.slice(colon + 1)

  if (hasRegistry && !host.test(first)) return unreadable(text, `"${first}" is not a registry host`)
  if (name === '') return unreadable(text, 'empty image name')
  if (name.length > longestName) return unreadable(text, `the name is longer than ${longestName} characters`)
  for (const part of name.split('/')) {
    if (!component.test(part)) {
      return unreadable(
        text,
        `illegal name component "${part}": lower-case letters, digits and single separators (. _ __ -) are allowed`,
      )
    }
  }
  if (tag !== undefined && !tagPattern.test(tag)) return unreadable(text, `illegal tag "${tag}"`)
  if (tag === undefined && digest === undefined)
    return unreadable(text, `missing tag in "${text}" (e.g. ${text}:v1)`)

  const registry = !hasRegistry || first === `index.${defaultRegistry}` ? defaultRegistry : first
  const official = registry === defaultRegistry && !name.includes('/')
  return {
    kind: 'registry',
    registry,
    repository: official ? `${officialFolder}/${name}` : name,
    text,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  }
}
