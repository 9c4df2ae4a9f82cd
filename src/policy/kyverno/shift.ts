import type { KyvernoRule } from './model.js'

const template = { controller: 'spec.template', cronjob: 'spec.jobTemplate.spec.template' } as const

/**
 * Rewrites the variables of a rule for pods to where a controller has its pod: the text `request.object.spec` wherever
 * it stands, and three like it, as Kyverno does on the rule's JSON (pkg/autogen/v1/rule.go).
 */
export function shiftRule(rule: KyvernoRule, form: keyof typeof template): KyvernoRule {
  const { name, path, origin, operation, ...rest } = rule
  return { ...(shift(rest, template[form]) as typeof rest), name, path, origin, operation }
}

function shift(value: unknown, pod: string): unknown {
  if (typeof value === 'string') {
    return ['object', 'oldObject'].reduce(
      (text, object) =>
        text
          .replaceAll(`request.${object}.spec`, `request.${object}.${pod}.spec`)
          .replaceAll(`request.${object}.metadata`, `request.${object}.${pod}.metadata`),
      value,
    )
  }
  if (Array.isArray(value)) return value.map((item: unknown) => shift(item, pod))
  if (value instanceof Map)
    return new Map([...value].map(([key, item]: [unknown, unknown]) => [shift(key, pod), shift(item, pod)]))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [shift(key, pod), shift(item, pod)]))
  return value
}
