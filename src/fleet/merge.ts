import { distinct } from '../report/distinct.js'
import type { ResultDocument } from '../report/document.js'
import { type Problem, unknown } from '../verdict/finding.js'
import { type Calls, failureOf, type ImageResult, type Result, verdictOfRun } from '../verdict/result.js'
import { differences, type Named } from './differences.js'
import { type FleetPlan, referencesOf, type Shard } from './plan.js'
import { readShardResult, type ShardResult } from './shard-result.js'

/** A result file of a shard, or why it cannot be read. */
export interface ShardFile {
  readonly name: string
  readonly content: Uint8Array | Problem
}

/** The results of all shards as that of one run. */
export interface Merged {
  readonly result: Result
  readonly inputs: ResultDocument['inputs']
}

/** What there is of one shard. */
interface Found {
  readonly name: string
  readonly result: ShardResult
}

/**
 * Joins the results of the shards of a plan. What each image came to is taken from its findings, and the verdict is made
 * anew from the images. A shard without exactly one sound result is undetermined with all of its images; the rest is
 * judged all the same, so that a rejection stays one.
 *
 * @param version that of this program
 * @param now ISO 8601, for a plan of which nothing came back
 */
export function merge(plan: FleetPlan, files: readonly ShardFile[], version: string, now: string): Merged {
  const problems: Problem[] = []
  const found = new Map<number, Found[]>()
  for (const { name, content } of files) {
    const result = 'code' in content ? content.message : readShardResult(content)
    if (typeof result === 'string') {
      problems.push({ code: 'internal-error', message: `${name} is no result of a shard: ${result}` })
      continue
    }
    const foreign = whyForeign(plan, result.document)
    const shard = result.document.plan?.shard
    if (foreign !== undefined || shard === undefined)
      problems.push({ code: 'input-invalid', message: `${name} is not of this plan: ${String(foreign)}` })
    else found.set(shard, [...(found.get(shard) ?? []), { name, result }])
  }

  const images: ImageResult[] = []
  const sound: (Named & { readonly result: ShardResult })[] = []
  for (const shard of plan.shards) {
    const name = `shard ${shard.shard} of ${plan.shards.length}`
    const one = soleResult(shard, found.get(shard.shard) ?? [], name)
    if ('code' in one) images.push(...referencesOf(shard).map((reference) => undecided(reference, one)))
    else {
      images.push(...inOrder(shard, one.images))
      sound.push({ name, document: one.document, result: one })
      problems.push(...ownProblem(one, name))
    }
  }
  problems.push(...differences(sound).map((message): Problem => ({ code: 'input-invalid', message })))
  const documents = sound.map(({ document }) => document)
  const attempts = distinct(documents.flatMap((document) => document.attempts ?? []))
  const verdict = verdictOfRun(images, problems)
  return {
    result: {
      ...verdict,
      images,
      keys: distinct(documents.flatMap(({ keys }) => keys)),
      ...trustOf(documents),
      policyFiles: distinct(documents.flatMap(({ policyFiles }) => policyFiles)),
      policies: distinct(documents.flatMap(({ policies }) => policies)),
      calls: sumOf(documents),
      ...(attempts.length > 0 && { attempts }),
      warnings: [
        // The first speaks for the whole; the others are told too.
        ...problems.map(({ message }) => message).filter((one) => one !== verdict.failure?.message),
        ...programWarnings(plan, documents, version),
        ...new Set(documents.flatMap(({ warnings }) => warnings)),
      ],
      startedAt: documents.map(({ startedAt }) => startedAt).sort()[0] ?? now,
      finishedAt:
        documents
          .map(({ finishedAt }) => finishedAt)
          .sort()
          .at(-1) ?? now,
    },
    inputs: { ...documents[0]?.inputs, image: [], shard: '' },
  }
}

function whyForeign({ sha256, shards }: FleetPlan, { plan }: ResultDocument): string | undefined {
  if (plan === undefined) return 'it is of a run without a plan'
  if (plan.sha256 !== sha256) return `expected the plan ${sha256}, got ${plan.sha256}`
  if (plan.shard === undefined) return 'it is a merged one'
  if (plan.of !== shards.length || plan.shard > shards.length)
    return `expected a shard of ${shards.length}, got ${plan.shard} of ${plan.of}`
  return undefined
}

/** The one result of a shard, or why there is none that counts. */
function soleResult(shard: Shard, found: readonly Found[], name: string): ShardResult | Problem {
  const [only, ...others] = found
  if (!only)
    return {
      code: 'internal-error',
      message: `${name} has no result: its job failed, was ended or never ran`,
    }
  if (others.length > 0) {
    const names = found.map((one) => one.name).join(', ')
    return { code: 'input-invalid', message: `${name} has more than one result: ${names}` }
  }
  const listed = only.result.images.map(({ reference }) => reference)
  const own = new Set(referencesOf(shard))
  const odd = (why: string): Problem => ({ code: 'internal-error', message: `${name}: ${only.name} ${why}` })
  const foreign = listed.find((reference) => !own.has(reference))
  if (foreign !== undefined) return odd(`lists ${foreign}, which is not its`)
  if (listed.length > new Set(listed).size) return odd('lists an image more than once')
  const seen = new Set(listed)
  const missing = [...own].find((reference) => !seen.has(reference))
  return missing === undefined ? only.result : odd(`does not list ${missing}`)
}

function inOrder(shard: Shard, images: readonly ImageResult[]): readonly ImageResult[] {
  const byReference = new Map(images.map((image) => [image.reference, image]))
  return referencesOf(shard).flatMap((reference) => byReference.get(reference) ?? [])
}

/** A reason why a shard came to nothing that none of its images has: an input, a report, a signal. */
function ownProblem({ document, images }: ShardResult, name: string): readonly Problem[] {
  const { verdict, failure } = document
  if (verdict !== 'undetermined' || !failure) return []
  const isOfImage = images.some(
    (image) => image.failure?.code === failure.code && image.failure.message === failure.message,
  )
  if (isOfImage) return []
  const { code, message, service } = failure
  const said = unknown('shard', { code: code as Problem['code'], message: `${name}: ${message}` })
  return [{ code: said.code, message: said.message, ...(service && { service }) }]
}

function undecided(reference: string, problem: Problem): ImageResult {
  const finding = unknown('shard-merged', problem)
  return {
    reference,
    digest: null,
    pinned: null,
    verdict: 'undetermined',
    failure: failureOf(finding),
    signatures: [],
    finding,
    attempts: [],
  }
}

function trustOf(documents: readonly ResultDocument[]): Pick<Result, 'trust'> {
  const trust = documents.map((document) => document.trust).find((one) => one !== null)
  return trust ? { trust } : {}
}

function sumOf(documents: readonly ResultDocument[]): readonly Calls[] {
  const sum = new Map<string, number>()
  for (const { calls } of documents)
    for (const { host, count } of calls) sum.set(host, (sum.get(host) ?? 0) + count)
  return [...sum].map(([host, count]) => ({ host, count })).sort((a, b) => (a.host < b.host ? -1 : 1))
}

function programWarnings(
  plan: FleetPlan,
  documents: readonly ResultDocument[],
  version: string,
): readonly string[] {
  const versions = [...new Set([plan.tool.version, version, ...documents.map(({ tool }) => tool.version)])]
  const programs = new Set(documents.flatMap(({ tool }) => tool.sha256 ?? []))
  const roots = new Set(documents.flatMap(({ trust }) => trust?.sha256 ?? []))
  return [
    ...(versions.length > 1
      ? [`plan, shards and merge are of different versions of verify-image: ${versions.join(', ')}`]
      : programs.size > 1
        ? ['the shards were judged by different builds of verify-image']
        : []),
    ...(roots.size > 1 ? ['the shards were held against different trusted roots'] : []),
  ]
}
