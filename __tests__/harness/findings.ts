import { exempt, type Finding, met, unknown, unmet } from '../../src/verdict/finding.js'

/** Findings with nothing but a status, for tests about how findings compose. */
export const yes: Finding = met('yes', 'proven')
export const no: Finding = unmet('no', 'unsigned', 'proven false')
export const open: Finding = unknown('open', { code: 'timeout', service: 'storage', message: 'no answer' })
export const aside: Finding = exempt('aside', 'does not count')

/** Every list of so many items of these kinds. */
export function listsOf<Item>(kinds: readonly Item[], length: number): readonly (readonly Item[])[] {
  if (length === 0) return [[]]
  return listsOf(kinds, length - 1).flatMap((list) => kinds.map((kind) => [...list, kind]))
}

/** Every way in which the unknown ones of these findings may come out. */
export function completions(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  const [first, ...others] = findings
  if (!first) return [[]]
  const rest = completions(others)
  const firsts = first.status === 'unknown' ? [yes, no] : [first]
  return firsts.flatMap((one) => rest.map((tail) => [one, ...tail]))
}
