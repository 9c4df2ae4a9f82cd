import type { Requirement } from './requirement.js'

/** A question about evidence: the leaves of a requirement that somebody has to find out. */
export type Ask = Extract<Requirement, { kind: 'signed' | 'attested' }>

/** The questions of a requirement, each once, in the order in which they stand. */
export function asksOf(requirement: Requirement): readonly Ask[] {
  return [...new Map(leaves(requirement).map((ask) => [askId(ask), ask])).values()]
}

function leaves(requirement: Requirement): readonly Ask[] {
  switch (requirement.kind) {
    case 'all':
    case 'any':
    case 'atLeast':
      return requirement.of.flatMap(leaves)
    case 'program':
    case 'joint':
      return requirement.needs.flatMap(leaves)
    case 'signed':
    case 'attested':
      return [requirement]
    case 'digest':
    case 'decide':
    case 'exempt':
    case 'open':
      return []
  }
}

/** Two questions with one id have one answer. */
export function askId(ask: Ask): string {
  const about =
    ask.kind === 'signed' ? Object.entries(ask.annotations ?? {}) : [ask.type, ask.provenance, ask.rule?.id]
  return JSON.stringify([ask.kind, ask.by.reference, about, ask.manner, ask.apart])
}
