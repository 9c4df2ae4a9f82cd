import { gunzipSync } from 'node:zlib'
import { readWhole } from '../files/read.js'
import { findFiles } from '../files/find.js'
import { imagesOf } from '../kubernetes/images.js'
import { type Manifest, type ManifestProblem, parseManifest, type Resource } from '../kubernetes/manifest.js'
import type { ManifestImage } from '../kubernetes/place.js'
import { readManifestReference } from '../kubernetes/image-reference.js'
import type { Answer, Question } from '../engine/question.js'
import { coverDocument, coverResource, type CoverSettings } from '../policy/cover.js'
import { noSurroundings } from '../policy/kyverno/resource.js'
import type { Part } from '../policy/part.js'
import { type PolicySet, readPolicySet } from '../policy/policy-set.js'
import type { Requirement } from '../requirement/requirement.js'
import type { Problem } from '../verdict/finding.js'
import type { PolicyDemand, Request } from '../verdict/request.js'
import type { Origin, PolicyFile, PolicyResult } from '../verdict/result.js'
import { fileOf, readPolicy } from './statement-policy.js'
import type { PlacedPart, Plan, Target } from './target.js'

interface Sources {
  readonly ask: (question: Question) => Promise<Answer>
  readonly now: Date
  /** What the step's own inputs demand of every image. */
  readonly inputs: Requirement | undefined
}

const mostManifestBytes = 16 * 1024 * 1024

/** Which images are judged, and what must hold of each: by the step's inputs, by policies, by both. */
export async function makePlan(request: Request, sources: Sources): Promise<Plan> {
  const problems: Problem[] = []
  const warnings: string[] = []
  const policyFiles: PolicyFile[] = []
  const set = request.policies && (await readPolicies(request.policies.files, policyFiles, problems))
  if (set) warnings.push(...set.warnings)
  const manifests = await readManifests(request.manifests ?? [], problems)
  const gathering = newGathering()
  const resources = manifests.flatMap((manifest) => manifest.resources)
  for (const manifest of manifests)
    for (const problem of manifest.problems) {
      if (set && problem.kind === 'no-resource' && gatherDocument(gathering, problem, set)) continue
      problems.push({ code: 'input-invalid', message: `${problem.file}:${problem.line}: ${problem.message}` })
    }

  const settings = set && coverSettings(request.policies, resources, sources)
  for (const resource of resources) gatherResource(gathering, resource, set, settings)
  for (const reference of request.images) gatherReference(gathering, reference, set, settings)
  problems.push(...gathering.problems.map((message): Problem => ({ code: 'input-invalid', message })))
  problems.push(...gathering.unsupported.map((message): Problem => ({ code: 'unsupported', message })))
  const { noMatch } = request.policies ?? {}
  return {
    targets: [...gathering.targets].map(([reference, found]) =>
      targetOf(reference, found, sources.inputs, noMatch),
    ),
    manifests,
    places: gathering.places,
    skipped: gathering.skipped,
    policyFiles,
    warnings: [...new Set([...warnings, ...gathering.warnings])],
    problems,
  }
}

interface Gathered {
  readonly parts: PlacedPart[]
  readonly origins: Origin[]
  readonly uncovered: ('deny' | 'allow')[]
}

interface Gathering {
  readonly targets: Map<string, Gathered>
  readonly places: { image: ManifestImage; reference: string }[]
  readonly skipped: PolicyResult[]
  readonly warnings: string[]
  readonly problems: string[]
  readonly unsupported: string[]
}

function newGathering(): Gathering {
  return { targets: new Map(), places: [], skipped: [], warnings: [], problems: [], unsupported: [] }
}

function gatherResource(
  gathering: Gathering,
  resource: Resource,
  set: PolicySet | undefined,
  settings: CoverSettings | undefined,
): void {
  const found = imagesOf(resource)
  const title = `${resource.kind}/${resource.namespace ?? 'default'}/${resource.name ?? resource.generateName ?? ''}`
  for (const { kind, message, origin } of found.odd) {
    const said = `${origin.file}:${origin.line}: ${title}: ${message}`
    if (kind === 'unusable') gathering.problems.push(said)
    else gathering.warnings.push(said)
  }
  for (const { text, origin } of found.unlisted)
    gathering.warnings.push(
      `${origin.file}:${origin.line}: ${title}: ${JSON.stringify(text)} looks like an image that nobody checks here`,
    )
  const covered =
    set && settings
      ? coverResource(set, resource, (extractors) => imagesOf(resource, extractors), settings)
      : {
          images: found.images.map((image) => ({ image, parts: [], skips: [], uncoveredBy: [] })),
          further: [],
          warnings: [],
          problems: [],
        }
  gathering.warnings.push(...covered.warnings)
  gathering.unsupported.push(...covered.problems)
  const name = {
    kind: resource.kind,
    namespace: resource.namespace ?? 'default',
    name: resource.name ?? resource.generateName ?? '',
  }
  for (const { text, parts } of covered.further)
    gatherFurther(gathering, text, parts, { file: resource.file, line: resource.line, resource: name })
  for (const { image, parts, skips, uncoveredBy } of covered.images) {
    const read = readManifestReference(image.text)
    const { origin } = image
    if ('kind' in read) {
      gathering.problems.push(
        `${origin.file}:${origin.line}: ${title}: ${JSON.stringify(image.text)} is no image: ${read.reason}`,
      )
      continue
    }
    if (read.warning !== undefined) gathering.warnings.push(`${origin.file}:${origin.line}: ${read.warning}`)
    const reference = read.reference.text
    gathering.places.push({ image, reference })
    const target = targetFor(gathering, reference)
    target.parts.push(...parts.map((part) => ({ ...part, resource: name })))
    target.origins.push({
      file: origin.file,
      line: origin.line,
      resource: name,
      ...(origin.container !== undefined && { container: origin.container }),
    })
    target.uncovered.push(...uncoveredBy)
    gathering.skipped.push(
      ...skips.map(({ policy, rule, reason }) => ({
        policy,
        rule,
        resource: name,
        image: image.text,
        result: 'skip' as const,
        message: reason,
      })),
    )
  }
}

/** A document that is no resource may still be what a policy in CEL is about. */
function gatherDocument(
  gathering: Gathering,
  { value, file, line }: Extract<ManifestProblem, { kind: 'no-resource' }>,
  set: PolicySet,
): boolean {
  const { further, warnings } = coverDocument(set, value)
  gathering.warnings.push(...warnings)
  for (const { text, parts } of further) gatherFurther(gathering, text, parts, { file, line })
  return further.length > 0
}

function gatherFurther(
  gathering: Gathering,
  text: string,
  parts: readonly Part[],
  {
    file,
    line,
    resource,
  }: { readonly file: string; readonly line: number; readonly resource?: PlacedPart['resource'] },
): void {
  const read = readManifestReference(text)
  if ('kind' in read) {
    gathering.problems.push(`${file}:${line}: ${JSON.stringify(text)} is no image: ${read.reason}`)
    return
  }
  const target = targetFor(gathering, read.reference.text)
  target.parts.push(...parts.map((part) => ({ ...part, ...(resource && { resource }) })))
  target.origins.push({ file, line, ...(resource && { resource }) })
}

/** An image that stands in no manifest is judged as the one container of a pod. */
function gatherReference(
  gathering: Gathering,
  reference: string,
  set: PolicySet | undefined,
  settings: CoverSettings | undefined,
): void {
  const target = targetFor(gathering, reference)
  if (!set || !settings) return
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'image' },
    spec: { containers: [{ name: 'image', image: reference }] },
  }
  const [resource] = parseManifest('', JSON.stringify(pod)).resources
  if (!resource) return
  const alone = { ...set, kyverno: set.kyverno }
  const covered = coverResource(alone, resource, (extractors) => imagesOf(resource, extractors), settings)
  gathering.warnings.push(...covered.warnings)
  gathering.unsupported.push(...covered.problems)
  for (const { parts, skips, uncoveredBy } of covered.images) {
    target.parts.push(...parts)
    target.uncovered.push(...uncoveredBy)
    gathering.skipped.push(
      ...skips.map(({ policy, rule, reason }) => ({
        policy,
        rule,
        image: reference,
        result: 'skip' as const,
        message: reason,
      })),
    )
  }
}

function targetFor({ targets }: Gathering, reference: string): Gathered {
  const before = targets.get(reference)
  if (before) return before
  const fresh: Gathered = { parts: [], origins: [], uncovered: [] }
  targets.set(reference, fresh)
  return fresh
}

function targetOf(
  reference: string,
  { parts, origins, uncovered }: Gathered,
  inputs: Requirement | undefined,
  noMatch: PolicyDemand['noMatch'],
): Target {
  const demanded = [...(inputs ? [inputs] : []), ...parts.map(({ requirement }) => requirement)]
  const denied =
    parts.length === 0 &&
    uncovered.length > 0 &&
    (noMatch ?? (uncovered.includes('deny') ? 'deny' : 'allow')) === 'deny'
  const problem: Problem = { code: 'uncovered', message: `${reference} is covered by no policy` }
  const of = denied ? [...demanded, { kind: 'open' as const, name: 'policies', problem }] : demanded
  const [only, ...others] = of
  const allowed = of.length === 0 && uncovered.length > 0
  const none: Requirement = allowed
    ? { kind: 'exempt', name: 'policies', reason: `no policy covers ${reference}, and that is allowed` }
    : {
        kind: 'open',
        name: 'image',
        problem: {
          code: 'nothing-to-verify',
          message: `nothing is demanded of ${reference}: give a key, an identity or a policy`,
        },
      }
  return {
    reference,
    parts,
    origins,
    allowed,
    requirement:
      only === undefined ? none : others.length === 0 ? only : { kind: 'all', name: 'policies', of },
  }
}

async function readPolicies(
  patterns: readonly string[],
  files: PolicyFile[],
  problems: Problem[],
): Promise<PolicySet> {
  const texts: { file: string; text: string }[] = []
  for (const pattern of patterns)
    for (const file of await expand(pattern, 'policy', problems)) {
      const bytes = await readPolicy(file)
      if ('code' in bytes) {
        problems.push(bytes)
        continue
      }
      texts.push({ file, text: Buffer.from(bytes).toString() })
      files.push(fileOf(file, 'policy', bytes))
    }
  const set = readPolicySet(texts)
  problems.push(...set.problems.map((message): Problem => ({ code: 'policy-invalid', message })))
  return set
}

async function readManifests(patterns: readonly string[], problems: Problem[]): Promise<readonly Manifest[]> {
  const manifests: Manifest[] = []
  for (const pattern of patterns) {
    if (pattern === '-') {
      manifests.push(parseManifest('standard input', await readStandardInput()))
      continue
    }
    for (const file of await expand(pattern, 'manifests', problems)) {
      const bytes = await readWhole(file, mostManifestBytes, 'engine')
      if (bytes.kind === 'found') manifests.push(parseManifest(file, decode(bytes.value)))
      else
        problems.push({
          code: 'input-invalid',
          message:
            bytes.kind === 'absent' ? `manifests: no file ${file}` : `manifests: ${bytes.problem.message}`,
        })
    }
  }
  return manifests
}

/** What is no UTF-8 becomes a character that no manifest may hold where it matters. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

async function expand(pattern: string, input: string, problems: Problem[]): Promise<readonly string[]> {
  const found = await findFiles(pattern)
  if (typeof found === 'string')
    problems.push({ code: 'input-invalid', message: `${input}: ${pattern}: ${found}` })
  else if (found.length === 0)
    problems.push({
      code: 'input-invalid',
      message: `${input}: ${pattern}: expected at least one file, got none`,
    })
  return typeof found === 'string' ? [] : found
}

async function readStandardInput(): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of process.stdin) {
    parts.push(part as Buffer)
    size += (part as Buffer).length
    if (size > mostManifestBytes) break
  }
  return decode(Buffer.concat(parts))
}

function coverSettings(
  demand: PolicyDemand | undefined,
  resources: readonly Resource[],
  { ask, now }: Sources,
): CoverSettings {
  const configMaps = new Map(
    resources
      .filter(({ kind, apiVersion }) => kind === 'ConfigMap' && apiVersion === 'v1')
      .map(({ namespace = 'default', name = '', value }) => [`${namespace}/${name}`, value]),
  )
  return {
    ask,
    gunzip: (bytes, most) => {
      try {
        return gunzipSync(bytes, { maxOutputLength: most })
      } catch {
        return undefined
      }
    },
    surroundings: noSurroundings,
    auditWarns: demand?.auditWarns ?? false,
    outside: { configMaps, values: () => ({}), now: now.getTime() },
  }
}
