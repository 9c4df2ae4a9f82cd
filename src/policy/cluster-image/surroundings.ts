import type { Answer, Question } from '../../engine/question.js'
import type { Gunzip } from './mirror.js'
import type { Resource } from './resource.js'
import type { TrustRoot } from './trust-root.js'

/** What a compiler of ClusterImagePolicies is given beside them. */
export interface Surroundings {
  readonly trustRoots: readonly TrustRoot[]
  readonly gunzip: Gunzip
  readonly ask: (question: Question) => Promise<Answer>
  /** What the image stands in, as plain JSON. */
  readonly resource?: { readonly value: unknown } & Pick<Resource, 'apiVersion' | 'kind'>
}
