import { isNull, membersOf, textOf } from './json-text.js'
import type { Profile } from './profile.js'

/** Digests of one thing, hex digits by the name of the algorithm. */
export type DigestSet = ReadonlyMap<string, string>

/** From the weakest to the strongest; in the digest sets of attestors there are no others (cryptoutil/digestset.go). */
const algorithms = ['sha1', 'gitoid:sha1', 'sha256', 'gitoid:sha256', 'dirHash'] as const
const known: ReadonlySet<string> = new Set(algorithms)
const strength = ['sha1', 'gitoid:sha1', 'gitoid:sha256', 'dirHash', 'sha256']

/** @returns a text that says what is wrong */
export function readDigests(json: string, which: 'any' | 'known'): DigestSet | string {
  if (isNull(json)) return new Map()
  const members = membersOf(json)
  if (members === undefined) return 'a set of digests is no object'
  const digests = new Map<string, string>()
  for (const { name, text } of members) {
    const value = textOf(text)
    if (value === undefined) return `the ${name} of a set of digests is no text`
    if (which === 'known' && !known.has(name)) return `unsupported hash function: ${name}`
    digests.set(name, value)
  }
  return digests
}

const sha256Hex = /^[0-9a-f]{64}$/

/** The digests of a subject that a search compares. */
export function comparable(digests: DigestSet, profile: Profile): readonly string[] {
  if (profile.subjectDigests === 'any') return [...digests.values()]
  return [...digests].flatMap(([algorithm, value]) => {
    if (algorithm === 'sha256') return sha256Hex.test(value) ? [value] : []
    return algorithm === 'gitoid:sha256' || algorithm === 'dirHash' ? [value] : []
  })
}

/** Whether two sets are of one file: as each tool sees it. */
export function sameFile(one: DigestSet, other: DigestSet, profile: Profile): boolean {
  const common = [...one.keys()].filter((algorithm) => other.has(algorithm))
  if (common.some((algorithm) => one.get(algorithm) !== other.get(algorithm))) return false
  if (profile.sameDigests === 'some') return common.length > 0
  const strongest = strength.findLast((algorithm) => one.has(algorithm) || other.has(algorithm))
  return strongest !== undefined && common.includes(strongest)
}
