import schema from '../../schema/verify-result.schema.json' with { type: 'json' }
import { readObject } from '../evidence/json.js'
import { parseReference } from '../reference/parse.js'
import { isDigest, pin } from '../reference/reference.js'
import type { ImageDocument, ResultDocument } from '../report/document.js'
import { all } from '../verdict/algebra.js'
import { classOf } from '../verdict/codes.js'
import type { Finding } from '../verdict/finding.js'
import { failureOf, type ImageResult, verdictOf, verdictOfRun } from '../verdict/result.js'
import { mismatch } from './schema.js'

/** The result of one shard as it was read back. */
export interface ShardResult {
  readonly document: ResultDocument
  readonly images: readonly ImageResult[]
}

/**
 * Reads a result document back: it must be as the published schema says, and at one with itself. That finds what is
 * damaged or was cut short; somebody who can write the file can write a sound one.
 *
 * @returns a text says what is wrong with it
 */
export function readShardResult(bytes: Uint8Array): ShardResult | string {
  const value = readObject(bytes)
  if (value === undefined) return 'it is no JSON object: damaged, or cut short'
  if (Object.hasOwn(value, 'truncated')) return 'it was cut to fit an output: the result file has all of it'
  const why = mismatch(value, schema)
  if (why !== undefined) return why
  const document = value as unknown as ResultDocument
  for (const image of document.images) {
    const odd = oddity(image)
    if (odd !== undefined) return `${image.reference}: ${odd}`
  }
  const images = document.images.map(toResult)
  const { verdict, failure } = document
  if (failure && failure.class !== classOf(failure.code)) return `its failure is of no class ${failure.class}`
  const own = images.length === 0 ? 'undetermined' : verdictOfRun(images).verdict
  // A run may come to nothing for a reason of its own; it comes to nothing else than its images do.
  if (verdict !== 'undetermined' && verdict !== own)
    return `it says ${verdict}, but its images come to ${own}`
  if (verdict === 'undetermined' && failure?.class === 'supply-chain')
    return 'it says undetermined, for a reason that rejects'
  return { document, images }
}

function toResult(image: ImageDocument): ImageResult {
  const { reference, digest, pinned, verdict, failure, signatures, attestations, findings, attempts } = image
  return {
    reference,
    digest,
    pinned,
    verdict,
    failure,
    signatures: [...signatures, ...attestations],
    finding: findings,
    attempts,
    ...(image.origins.length > 0 && { origins: image.origins }),
    ...(image.allowed && { allowed: true }),
  }
}

/** Where what is said of an image is not at one. */
function oddity(image: ImageDocument): string | undefined {
  const { reference, digest, pinned, verdict, failure, findings, allowed } = image
  if (!isSound(findings)) return 'a finding has a code that its status cannot have'
  const { check, children = [], status } = findings
  if (check === 'image' && children.length > 0 && all(check, children).status !== status)
    return `its findings do not come to ${status}`
  if (verdict !== verdictOf(findings)) return `it says ${verdict}, but its findings are ${status}`
  const own = failureOf(findings)
  if (own?.code !== failure?.code || own?.class !== failure?.class)
    return `it says ${failure?.code ?? 'nothing'}, but its findings say ${own?.code ?? 'nothing'}`
  if (allowed && failure?.code !== 'nothing-to-verify') return 'it is not checked, and yet was'
  if (verdict !== 'verified') return pinned === null ? undefined : 'it is pinned, and not verified'
  if (digest === null) return pinned === null ? undefined : 'it is pinned without a digest'
  const parsed = parseReference(reference)
  if (parsed.kind === 'unreadable' || !isDigest(digest)) return 'nothing can be verified by that name'
  if (parsed.digest !== undefined && parsed.digest !== digest) return `it has the digest ${digest}`
  return pinned === pin(parsed, digest) ? undefined : 'it is pinned to something else'
}

/** The schema bounds how deep findings go. */
function isSound(finding: Finding): boolean {
  const isDenial = 'code' in finding && classOf(finding.code) === 'supply-chain'
  if (finding.status === 'unmet' && !isDenial) return false
  if (finding.status === 'unknown' && isDenial) return false
  return (finding.children ?? []).every(isSound)
}
