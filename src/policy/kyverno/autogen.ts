import type { KyvernoPolicy, KyvernoRule, MatchBlock, ResourceFilter } from './model.js'
import { namesKind } from './kind-selector.js'
import { shiftRule } from './shift.js'

export const autogenAnnotation = 'pod-policies.kyverno.io/autogen-controllers'

/** The controllers of pods with the kinds that generated rules ask for. */
const controllers: ReadonlyMap<string, string> = new Map([
  ['DaemonSet', 'apps/v1/DaemonSet'],
  ['Deployment', 'apps/v1/Deployment'],
  ['Job', 'batch/v1/Job'],
  ['StatefulSet', 'apps/v1/StatefulSet'],
  ['ReplicaSet', 'apps/v1/ReplicaSet'],
  ['ReplicationController', 'v1/ReplicationController'],
  ['CronJob', 'batch/v1/CronJob'],
])
const longestName = 63

export interface EffectiveRule {
  readonly rule: KyvernoRule
  /** Which generated form it is of the rule that the policy has. */
  readonly autogen?: 'controller' | 'cronjob'
}

export interface EffectiveRules {
  readonly rules: readonly EffectiveRule[]
  /** Why a controller of pods gets no rules of its own; undefined when it gets them, or is none. */
  readonly off?: string
}

/**
 * The rules of a policy for resources of a kind: its own, and for a controller of pods those that Kyverno generates
 * from the ones for pods (pkg/autogen/v1 at v1.19).
 */
export function effectiveRules(policy: KyvernoPolicy, kind: string): EffectiveRules {
  const own = policy.rules.map((rule) => ({ rule }))
  const selector = controllers.get(kind)
  if (selector === undefined) return { rules: own }
  const off = whyOff(policy, kind)
  if (off !== undefined) return { rules: own, off }
  const form = kind === 'CronJob' ? 'cronjob' : 'controller'
  const generated = policy.rules.flatMap((rule) => generate(rule, selector, form))
  if (generated.length === 0) return { rules: own, off: `no rule of it is for pods alone` }
  return { rules: [...own.filter(({ rule }) => !rule.name.startsWith('autogen-')), ...generated] }
}

/** Controllers in the annotation that Kyverno does not know: it generates nothing for them and says nothing. */
export function unknownControllers(policy: KyvernoPolicy): readonly string[] {
  const text = policy.annotations.get(autogenAnnotation)
  if (text === undefined || text === 'none' || text === 'all') return []
  return text.split(',').filter((name) => !controllers.has(name))
}

function whyOff(policy: KyvernoPolicy, kind: string): string | undefined {
  let needed = false
  for (const { name, operation, body, match, exclude } of policy.rules) {
    if (operation === 'generate') return `rule ${name} generates resources`
    if (operation === 'mutate' && patchesByJson(body)) return `rule ${name} has patchesJson6902`
    for (const block of [match, exclude]) {
      const where = block === match ? 'match' : 'exclude'
      for (const filter of block?.filters ?? []) {
        const field = hinders(filter)
        if (field !== undefined) return `rule ${name} has ${field} in ${where}`
        needed ||= filter.kinds.some((one) => one === 'Pod' || controllers.has(one))
      }
    }
  }
  if (!needed) return 'no rule of it names the kind Pod'
  const asked = policy.annotations.get(autogenAnnotation)
  // The word is in Kyverno's documents; v1.19 looks for a kind of that name.
  if (asked === undefined || asked === 'all') return undefined
  return asked.split(',').includes(kind)
    ? undefined
    : `its annotation ${autogenAnnotation} is ${JSON.stringify(asked)}`
}

function hinders({ names, selector, annotations, kinds }: ResourceFilter): string | undefined {
  if (names.length > 0) return 'names'
  if (selector !== undefined) return 'a selector'
  if (annotations !== undefined) return 'annotations'
  return kinds.length > 1 && namesKind(kinds, 'Pod') ? 'Pod together with other kinds' : undefined
}

function patchesByJson(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false
  const has = (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    Object.hasOwn(value, 'patchesJson6902') &&
    (value as { patchesJson6902: unknown }).patchesJson6902 !== ''
  const { foreach } = body as { foreach?: unknown }
  return has(body) || (Array.isArray(foreach) && foreach.some(has))
}

function generate(
  rule: KyvernoRule,
  selector: string,
  form: 'controller' | 'cronjob',
): readonly EffectiveRule[] {
  const kinds = rule.match.filters.flatMap((filter) => filter.kinds)
  const excluded = rule.exclude?.filters.flatMap((filter) => filter.kinds) ?? []
  if (rule.name.startsWith('autogen-') || !namesKind(kinds, 'Pod')) return []
  if (excluded.length > 0 && !namesKind(excluded, 'Pod')) return []
  const prefix = form === 'cronjob' ? 'autogen-cronjob-' : 'autogen-'
  const { exclude } = rule
  return [
    {
      autogen: form,
      rule: {
        ...shiftRule(rule, form),
        name: `${prefix}${rule.name}`.slice(0, longestName),
        match: forController(rule.match, selector, form, 'match'),
        exclude: exclude && forController(exclude, selector, form, 'exclude'),
        // A generated rule has none: the usual places count.
        imageExtractors: undefined,
      },
    },
  ]
}

/** The kinds of pods become the controller's; for CronJob those of every filter do. */
function forController(
  block: MatchBlock,
  selector: string,
  form: 'controller' | 'cronjob',
  where: 'match' | 'exclude',
): MatchBlock {
  const filters = block.filters.map((filter) => {
    const replaced =
      block.form === 'direct'
        ? where === 'match' || filter.kinds.length > 0
        : form === 'cronjob' || namesKind(filter.kinds, 'Pod')
    return replaced ? { ...filter, kinds: [selector] } : filter
  })
  return { ...block, filters }
}
