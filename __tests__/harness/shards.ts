import type { FleetPlan } from '../../src/fleet/plan.js'
import { referencesOf } from '../../src/fleet/plan.js'
import { type ResultDocument, toDocument } from '../../src/report/document.js'
import { all } from '../../src/verdict/algebra.js'
import { type Finding, met, unknown, unmet } from '../../src/verdict/finding.js'
import {
  failureOf,
  type ImageResult,
  type Result,
  verdictOf,
  verdictOfRun,
} from '../../src/verdict/result.js'

export const shardDigest = `sha256:${'cd'.repeat(32)}`

export type Outcome = 'verified' | 'rejected' | 'undetermined'

const partOf: Readonly<Record<Outcome, Finding>> = {
  verified: met('signed', 'signed by key'),
  rejected: unmet('signed', 'unsigned', 'expected a signature, got none'),
  undetermined: unknown('signed', { code: 'timeout', service: 'registry', message: 'too late' }),
}

export function judged(reference: string, outcome: Outcome): ImageResult {
  const finding = all('image', [met('image-found', 'there'), partOf[outcome]])
  return {
    reference,
    digest: shardDigest,
    pinned: `${reference}@${shardDigest}`,
    verdict: verdictOf(finding),
    failure: failureOf(finding),
    signatures: [],
    finding,
    attempts: [],
  }
}

/** The result document of a shard, as a run would have written it. */
export function shardDocument(
  plan: FleetPlan,
  shard: number,
  outcomes: Readonly<Record<string, Outcome>> = {},
  more: Partial<Result> = {},
  inputs: ResultDocument['inputs'] = { key: ['cosign.pub'], shard: String(shard) },
): ResultDocument {
  const own = plan.shards[shard - 1]
  const images = (own ? referencesOf(own) : []).map((reference) =>
    judged(reference, outcomes[reference] ?? 'verified'),
  )
  const result: Result = {
    ...verdictOfRun(images),
    images,
    keys: [{ reference: 'cosign.pub', id: 'ab'.repeat(8), sha256: 'ab'.repeat(32), type: 'ecdsa-p256' }],
    calls: [{ host: 'registry.example', count: 5 }],
    warnings: ['said by every shard'],
    startedAt: `2026-01-01T00:00:0${shard}.000Z`,
    finishedAt: `2026-01-01T00:01:0${shard}.000Z`,
    ...more,
  }
  const tool = { name: 'verify-image', version: plan.tool.version, sha256: 'ef'.repeat(32) }
  return toDocument(result, inputs, tool, { sha256: plan.sha256, of: plan.shards.length, shard })
}
