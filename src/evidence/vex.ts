import { type Vex, type VexStatus, vexStatuses } from '../verdict/statement-summary.js'
import { claim, known } from './claim.js'
import { isObject, listField, textField } from './json.js'

/** With a version behind it or without. */
export function isVexType(predicateType: string): boolean {
  return /^https:\/\/openvex\.dev\/ns(?:\/v[\d.]+)?$/.test(predicateType)
}

const statuses: ReadonlySet<string> = new Set(vexStatuses)

/** Reads OpenVEX (openvex/spec, 0.2.0): statements of which status there are, and how many. */
export function readVex(predicate: unknown): Vex | undefined {
  const statements = isObject(predicate) ? listField(predicate, 'statements') : undefined
  if (!isObject(predicate) || statements === undefined) return undefined
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
  const status = isObject(statement) ? textField(statement, 'status') : undefined
  return status !== undefined && statuses.has(status) ? (status as VexStatus) : 'unknown'
}
