import type { Finding } from '../verdict/finding.js'

/** All near misses below a finding that is not met, each once. */
export function nearMissesOf(finding: Finding): readonly string[] {
  if (finding.status === 'met') return []
  const own = (finding.nearMisses ?? []).map(({ message }) => message)
  return [...new Set([...own, ...(finding.children ?? []).flatMap(nearMissesOf)])]
}
