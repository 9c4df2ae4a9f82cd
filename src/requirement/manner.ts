import type { Evidence } from '../evidence/evidence.js'
import type { LogDemand, TrustDemand } from '../verdict/request.js'

/** How a question is asked where a policy has its own way; what it leaves out is as the run has it. */
export interface Manner {
  readonly log?: LogDemand
  /** Whom to trust. */
  readonly trust?: TrustDemand
  /** `registry/repository` where signatures lie instead of beside the image. */
  readonly signatureRepository?: string
  readonly tagPrefix?: string
  /** Evidence in other formats does not count. */
  readonly formats?: readonly Evidence['format'][]
  /** Evidence is looked for there only: under tags, or among what refers to the image. */
  readonly only?: 'tags' | 'referrers'
}
