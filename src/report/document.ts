import { parseReference } from '../reference/parse.js'
import type { Finding } from '../verdict/finding.js'
import {
  decidingPart,
  type Failure,
  type ImageResult,
  type Result,
  type TrustResult,
} from '../verdict/result.js'
import { distinct } from './distinct.js'

/** What the program is, for auditors. */
export interface Tool {
  readonly name: string
  readonly version: string
  /** SHA-256 of the program's main file, 64 hex digits; null where it is not run from its bundle. */
  readonly sha256: string | null
}

/** `verify-result.json`, schema version 1: see `schema/verify-result.schema.json`. */
export interface ResultDocument {
  readonly schemaVersion: 1
  readonly verified: boolean
  /** The five names that s3lo's JSON has; for one image and one key only. */
  readonly reason?: string
  readonly digest?: string
  readonly keyRef?: string
  readonly keyID?: string
  readonly signedAt?: string
  readonly verdict: Result['verdict']
  readonly failure: Failure | null
  readonly images: readonly ImageDocument[]
  readonly policies: NonNullable<Result['policies']>
  readonly keys: Result['keys']
  readonly policyFiles: NonNullable<Result['policyFiles']>
  readonly trust: TrustResult | null
  readonly inputs: Readonly<Record<string, string | readonly string[]>>
  readonly calls: Result['calls']
  readonly attempts?: NonNullable<Result['attempts']>
  readonly warnings: readonly string[]
  readonly tool: Tool
  /** Of a run that judged a shard of a plan, or of the merged results of one. */
  readonly plan?: PlanShard
  readonly startedAt: string
  readonly finishedAt: string
}

/** Which part of which plan a run was; without a shard, all of it, merged. */
export interface PlanShard {
  readonly sha256: string
  readonly of: number
  readonly shard?: number
}

export interface ImageDocument {
  readonly reference: string
  readonly digest: string | null
  readonly pinned: string | null
  readonly verdict: ImageResult['verdict']
  readonly failure: Failure | null
  readonly signatures: ImageResult['signatures']
  readonly attestations: ImageResult['signatures']
  readonly findings: Finding
  readonly origins: NonNullable<ImageResult['origins']>
  /** No policy covers it, and that is allowed: it is not verified, and does not count. */
  readonly allowed?: true
  readonly attempts: ImageResult['attempts']
}

export function toDocument(
  result: Result,
  inputs: ResultDocument['inputs'],
  tool: Tool,
  plan?: PlanShard,
): ResultDocument {
  const keys = distinct(result.keys)
  const { verdict, failure, calls, attempts, warnings, startedAt, finishedAt } = result
  return {
    schemaVersion: 1,
    verified: verdict === 'verified',
    ...s3loNames(result),
    verdict,
    failure,
    images: result.images.map(toImage),
    policies: result.policies ?? [],
    keys,
    policyFiles: result.policyFiles ?? [],
    trust: result.trust ?? null,
    inputs,
    calls,
    ...(attempts && { attempts }),
    warnings,
    tool,
    ...(plan && { plan }),
    startedAt,
    finishedAt,
  }
}

/** An image as the document has it: pinned only where it is verified. */
export function toImage(image: ImageResult): ImageDocument {
  const { reference, digest, verdict, failure, finding, attempts } = image
  const signatures = distinct(image.signatures)
  return {
    reference,
    digest,
    pinned: verdict === 'verified' ? image.pinned : null,
    verdict,
    failure,
    signatures: signatures.filter(({ attests }) => attests === undefined).map(withoutBallast),
    attestations: signatures.filter(({ attests }) => attests !== undefined).map(withoutBallast),
    findings: finding,
    origins: image.origins ?? [],
    ...(image.allowed && { allowed: true }),
    attempts,
  }
}

/** Envelopes hold whole bills of materials, and entries of logs are not verified: the document repeats neither. */
function withoutBallast(signature: ImageResult['signatures'][number]): ImageResult['signatures'][number] {
  if (signature.payload === undefined) return signature
  const { dockerReference, type, optional } = signature.payload
  return { ...signature, payload: { dockerReference, type, optional } }
}

/** What the document, the text and the summary need of an image: only cosign's output prints whole envelopes. */
export function forReports(image: ImageResult): ImageResult {
  return { ...image, signatures: image.signatures.map(withoutBallast) }
}

/** s3lo says these for its one image and one key, so that `jq` lines written for it go on working. */
function s3loNames(result: Result): Partial<ResultDocument> {
  const [image, ...others] = result.images
  const [latest, ...more] = result.keys
  // The versions of a key that rotates are one key; other keys may share a name, such as inline PEM.
  const isOneKey = more.every(
    ({ reference, version }) => version !== undefined && reference === latest?.reference,
  )
  if (!image || others.length > 0 || !isOneKey) return {}
  const signed = image.signatures.find(({ verified }) => verified)?.keyId
  const key = result.keys.find(({ id }) => id === signed) ?? latest
  const reason = peerReason(image)
  const signedAt = image.signatures[0]?.claimed.signedAt ?? ''
  return {
    ...(reason !== undefined && { reason }),
    ...(image.digest !== null && { digest: image.digest }),
    ...(key && { keyRef: key.reference, keyID: key.id }),
    ...(signedAt !== '' && { signedAt }),
  }
}

/** Why an image is not verified: of an image in s3lo's layout in the words of s3lo, whose lines these are. */
export function peerReason({ reference, finding, failure }: ImageResult): string | undefined {
  if (finding.status !== 'unmet' && finding.status !== 'unknown') return undefined
  const isS3lo = parseReference(reference).kind === 's3lo'
  const part = decidingPart(finding)
  return (isS3lo && !isOfBuild(part) ? part.peerReason : undefined) ?? failure?.message
}

/** A build policy's parts have the words of cilock or witness. */
function isOfBuild({ check }: Finding): boolean {
  return /^(step|external) |^policy-/.test(check)
}
