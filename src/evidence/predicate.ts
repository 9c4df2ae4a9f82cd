import type { StatementSummary } from '../verdict/statement-summary.js'
import { isBillType, readBillOfMaterials } from './bill-of-materials.js'
import { isProvenanceType, readProvenance } from './provenance.js'
import { isVexType, readVex } from './vex.js'
import { isScanType, readVulnerabilityScan } from './vulnerability-scan.js'

interface Reader {
  readonly reads: (predicateType: string) => boolean
  /** What a predicate of this type is expected to be. */
  readonly what: string
  readonly read: (predicateType: string, predicate: unknown) => StatementSummary | undefined
}

/** A new type is one more line. */
const readers: readonly Reader[] = [
  { reads: isProvenanceType, what: 'SLSA provenance', read: readProvenance },
  { reads: isBillType, what: 'SPDX 2 or CycloneDX as JSON', read: (_, one) => readBillOfMaterials(one) },
  { reads: isScanType, what: 'a vulnerability scan', read: (_, one) => readVulnerabilityScan(one) },
  { reads: isVexType, what: 'OpenVEX', read: (_, one) => readVex(one) },
]

/** What a statement of this type says; never throws, whatever the predicate is. Time grows with its size, once. */
export function readPredicate(predicateType: string, predicate: unknown): StatementSummary {
  const reader = readers.find(({ reads }) => reads(predicateType))
  if (!reader) return { kind: 'unread', reason: 'there is no reader for this type' }
  const summary = reader.read(predicateType, predicate)
  return summary ?? { kind: 'unread', reason: `expected ${reader.what}, got something else` }
}
