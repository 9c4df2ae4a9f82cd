import { type Vex, type VexStatus, vexStatuses } from '../verdict/statement-summary.js'
import { claim, known } from './claim.js'
import { field, isObject, listField } from './json.js'

/** With a version behind it or without. */
export function isVexType(predicateType: string): boolean {
  return /^https:\/\/openvex\.dev\/ns(?:\/v[\d.]+)?$/.test(predicateType)
}

/** Reads OpenVEX (openvex/spec, 0.2.0): statements of which status there are, and how many. */
export function readVex(predicate: unknown): Vex | undefined {
  if (!isObject(predicate)) return undefined
  const statements = listField(predicate, 'statements')
  if (statements === undefined) return undefined
  const counts = Object.fromEntries(vexStatuses.map((status) => [status, 0])) as Record<VexStatus, number>
  for (const one of statements) counts[statusOf(one)]++
  return known({
    kind: 'vex' as const,
    author: claim(predicate, 'author'),
    createdAt: claim(predicate, 'timestamp'),
    statements: counts,
  })
}

function statusOf(statement: unknown): VexStatus {
  const status = isObject(statement) ? field(statement, 'status') : undefined
  return vexStatuses.find((one) => one === status) ?? 'unknown'
}
