import type { Problem } from '../verdict/finding.js'
import type { Share } from '../verdict/request.js'
import type { Plan } from './target.js'

const mostNamed = 5

/**
 * What a run judges of a fleet that several share: its own images, with all that manifests and policies say of them.
 * Manifests that name other images than those that were shared out would leave some to nobody: that is a problem.
 */
export function ownShare(plan: Plan, share: Share | undefined): Plan {
  if (share === undefined) return plan
  const own = new Set(share.own)
  const planned = new Set(share.planned)
  const named = new Set(plan.targets.map(({ reference }) => reference))
  const missing = share.own.filter((reference) => !named.has(reference))
  const further = [...named].filter((reference) => !planned.has(reference))
  return {
    ...plan,
    targets: plan.targets.filter(({ reference }) => own.has(reference)),
    // Nobody has all digests: the text of manifests stays as it is.
    manifests: [],
    places: [],
    problems: [
      ...plan.problems,
      ...problem(missing, 'the plan names images that these manifests do not'),
      ...problem(further, 'these manifests and policies name images that the plan does not'),
    ],
  }
}

function problem(references: readonly string[], what: string): readonly Problem[] {
  if (references.length === 0) return []
  const more = references.length > mostNamed ? ` and ${references.length - mostNamed} more` : ''
  const message = `plan: ${what}, make it anew: ${references.slice(0, mostNamed).join(', ')}${more}`
  return [{ code: 'input-invalid', message }]
}
