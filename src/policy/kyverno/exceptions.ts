import { matchBlock } from './match.js'
import type { KyvernoException, KyvernoPolicy, Raw } from './model.js'
import type { Resource, Surroundings } from './resource.js'
import { matchesAny, matchesWildcard } from './wildcard.js'

/** An exception that takes a rule off a resource, all its images with it. */
export interface Exempted {
  readonly exception: KyvernoException
  /** `namespace/name` of the exception. */
  readonly name: string
  /** Undefined: it holds without conditions. */
  readonly conditions: Raw
  /** What else would have to be known. */
  readonly unknown?: string
}

/**
 * The exceptions for a rule and a resource (pkg/engine/utils/exceptions.go). The rule's name is the one that takes
 * effect: an exception for `check` is none for `autogen-check`. Users and roles are nobody's outside a cluster, so an
 * exception for them is none.
 */
export function exceptionsFor(
  exceptions: readonly KyvernoException[],
  policy: KyvernoPolicy,
  ruleName: string,
  resource: Resource,
  surroundings: Surroundings,
): readonly Exempted[] {
  const policyName = policy.namespace === undefined ? policy.name : `${policy.namespace}/${policy.name}`
  return exceptions.flatMap((exception) => {
    const named = exception.exceptions.some(
      (one) => matchesWildcard(one.policyName, policyName) && matchesAny(one.ruleNames, ruleName),
    )
    if (!named) return []
    const { form, filters } = exception.match
    const nobody = filters.filter(
      ({ roles, clusterRoles, subjects }) => roles.length + clusterRoles.length + subjects.length === 0,
    )
    if (form === 'all' && nobody.length < filters.length) return []
    const matched = matchBlock({ form, filters: nobody }, resource, surroundings)
    if (matched.kind === 'does-not-apply') return []
    return {
      exception,
      name: exception.namespace === undefined ? exception.name : `${exception.namespace}/${exception.name}`,
      conditions: exception.conditions,
      ...(matched.kind === 'unknown' && { unknown: matched.why }),
    }
  })
}
