import type { FailureAction, KyvernoPolicy, KyvernoRule } from './model.js'
import { selectsNamespace } from './match.js'
import type { Surroundings } from './resource.js'
import { matchesAny } from './wildcard.js'

/**
 * What a failure of a rule does in a namespace: Enforce if any entry of the rule says so, else the first action an
 * entry says, else the policy's override for the namespace, else the policy's action. An override that depends on
 * labels that are not known does not count.
 */
export function failureActionOf(
  policy: Pick<KyvernoPolicy, 'failureAction' | 'failureActionOverrides'>,
  rule: Pick<KyvernoRule, 'verifyImages'>,
  namespace: string,
  { namespaceLabels }: Pick<Surroundings, 'namespaceLabels'>,
): FailureAction {
  const said = rule.verifyImages.flatMap(({ failureAction }) => failureAction ?? [])
  if (said.includes('Enforce')) return 'Enforce'
  const [first] = said
  if (first !== undefined) return first
  const override = policy.failureActionOverrides.find(
    ({ namespaces, namespaceSelector }) =>
      (namespaces.length > 0 || namespaceSelector !== undefined) &&
      (namespaces.length === 0 || matchesAny(namespaces, namespace)) &&
      (namespaceSelector === undefined ||
        selectsNamespace(namespaceSelector, namespace, namespaceLabels) === true),
  )
  return override?.action ?? policy.failureAction
}
