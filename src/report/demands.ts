import type { Finding } from '../verdict/finding.js'
import { decidingPart } from '../verdict/result.js'

/** One thing that the inputs of the run ask of an image, and the answer. */
export interface Demand {
  readonly finding: Finding
  /** Of which of its platforms, where each is asked for. */
  readonly platform?: string
}

/** What inputs ask by themselves; everything else below an image is a rule of a policy. */
const ofInputs = /^(?:signed-by-(?:all|any|\d+)|inputs|expected-digest|deep)$/
/** All of their parts must hold, so that each is a demand of its own. */
const joined: ReadonlySet<string> = new Set(['inputs', 'signed-by-all', 'vouched-for'])
const platform = /^platform (.+)$/

/**
 * What the inputs demanded of an image, one by one: each signer that must have signed, each type that must be attested, the
 * digest, that all parts were read. Where not even the image was found, it is that. What policies demand is left out.
 */
export function demandsOf(finding: Finding): readonly Demand[] {
  if (finding.check !== 'image') return isOpen(finding) ? [{ finding }] : []
  const children = finding.children ?? []
  if (children.length === 0) return isOpen(finding) ? [{ finding }] : []
  return children.flatMap((child) => demandsBelow(child))
}

function demandsBelow(finding: Finding, on?: string): readonly Demand[] {
  const { check, children = [] } = finding
  const own = platform.exec(check)?.[1]
  if (own !== undefined) return children.flatMap((child) => demandsBelow(child, own))
  if (check === 'policies') return children.flatMap((child) => demandsBelow(child, on))
  if (check === 'image-found') return isOpen(finding) ? [{ finding }] : []
  return ofInputs.test(check) ? partsOf(finding, on) : []
}

function partsOf(finding: Finding, on: string | undefined): readonly Demand[] {
  const { check, children = [] } = finding
  if (joined.has(check) && children.length > 0) return children.flatMap((child) => partsOf(child, on))
  return [{ finding, ...(on !== undefined && { platform: on }) }]
}

function isOpen({ status }: Finding): boolean {
  return status === 'unmet' || status === 'unknown'
}

/** How many of its parts are proven: says nothing to whoever does not see them. */
const tally = /^\d+ of \d+ proven, \d+ needed$/

/** What was found out, in the words of the part that decided it. */
export function answerTo({ finding }: Demand): string {
  if (finding.status === 'unmet' || finding.status === 'unknown') return decidingPart(finding).message
  return provenBy(finding).join('; ')
}

function provenBy(finding: Finding): readonly string[] {
  const proven = (finding.children ?? []).filter(({ status }) => status === 'met')
  return tally.test(finding.message) && proven.length > 0
    ? [...new Set(proven.flatMap(provenBy))]
    : [finding.message]
}
