import type { LabelSelector } from './model.js'
import { hasWildcard, matchesWildcard } from './wildcard.js'

/** Labels of which some may be unknown: outside a cluster nobody can look a namespace up. */
export interface Labels {
  readonly known: ReadonlyMap<string, string>
  readonly complete: boolean
}

/** Undefined when it depends on labels that are not known. */
export type Selected = boolean | undefined

/** Whether labels meet a selector; keys and values in matchLabels may have wildcards (engine/wildcards). */
export function selects({ matchLabels, matchExpressions }: LabelSelector, labels: Labels): Selected {
  const answers = [
    ...[...matchLabels].map(([key, value]) => hasLabel(key, value, labels)),
    ...matchExpressions.map(({ key, operator, values }): Selected => {
      const got = labels.known.get(key)
      if (got === undefined && !labels.complete) return undefined
      switch (operator) {
        case 'In':
          return got !== undefined && values.includes(got)
        case 'NotIn':
          return got === undefined || !values.includes(got)
        case 'Exists':
          return got !== undefined
        case 'DoesNotExist':
          return got === undefined
      }
    }),
  ]
  if (answers.includes(false)) return false
  return answers.includes(undefined) ? undefined : true
}

function hasLabel(key: string, value: string, { known, complete }: Labels): Selected {
  if (!hasWildcard(key) && !hasWildcard(value)) {
    const got = known.get(key)
    return got === undefined && !complete ? undefined : got === value
  }
  for (const [name, got] of known) if (matchesWildcard(key, name) && matchesWildcard(value, got)) return true
  return complete || (!hasWildcard(key) && known.has(key)) ? false : undefined
}
