import type { Code, Service } from '../../src/verdict/codes.js'
import type { Finding } from '../../src/verdict/finding.js'
import { failure, failureOf, type ImageResult, type Result, verdictOf } from '../../src/verdict/result.js'

export const someDigest = `sha256:${'ab'.repeat(32)}`

/** An image with this finding; without a digest it was never resolved. */
export function imageWith(finding: Finding, digest: string | null = someDigest): ImageResult {
  const reference = 's3://bucket/app:v1'
  return {
    reference,
    digest,
    pinned: digest === null ? null : `${reference}@${digest}`,
    verdict: verdictOf(finding),
    failure: failureOf(finding),
    signatures: [],
    finding,
    attempts: [],
  }
}

/** What an ending is made from: a verdict, the code that leads it, and images. */
export function resultWith(
  verdict: Result['verdict'],
  code: Code | undefined,
  images: readonly ImageResult[],
  service?: Service,
): Pick<Result, 'verdict' | 'failure' | 'images'> {
  return { verdict, failure: code === undefined ? null : failure(code, 'why', service), images }
}
