import { type CosignEvidence } from '../evidence/evidence.js'
import {
  certificateAnnotation,
  chainAnnotation,
  logEntryAnnotation,
  parseLogEntry,
  timestampAnnotation,
} from '../evidence/simple-signing.js'
import type { Companions } from '../evidence/transparency.js'

/** Loads what lies beside a signature; only evidence that is asked about logs or identities needs it. */
export async function companionsOf(evidence: CosignEvidence): Promise<Companions | string> {
  const { companionsOfAnnotations, companionsOfBundle } = await import('../evidence/transparency.js')
  if (evidence.format === 'sigstore-bundle') return companionsOfBundle(evidence.bytes)
  const { annotations } = evidence
  const own = (name: string): string | undefined =>
    Object.hasOwn(annotations, name) ? annotations[name] : undefined
  const certificate = own(certificateAnnotation)
  const chain = own(chainAnnotation)
  const logEntry = parseLogEntry(own(logEntryAnnotation))
  const timestamp = own(timestampAnnotation)
  return companionsOfAnnotations({
    ...(certificate !== undefined && { certificate }),
    ...(chain !== undefined && { chain }),
    ...(logEntry && { logEntry }),
    ...(timestamp !== undefined && { timestamp }),
  })
}
