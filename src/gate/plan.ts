import { gunzipSync } from 'node:zlib'
import type { Answer, Question } from '../engine/question.js'
import type { LoadedKey } from '../keys/key-source.js'
import type { Resource } from '../kubernetes/manifest.js'
import type { CoverSettings } from '../policy/cover.js'
import { extractWith } from '../policy/extract.js'
import { noSurroundings } from '../policy/kyverno/resource.js'
import { type PolicyValues, valuesFor } from '../policy/kyverno/values.js'
import type { Requirement } from '../requirement/requirement.js'
import type { Problem } from '../verdict/finding.js'
import type { BuildDemand, PolicyDemand, Request } from '../verdict/request.js'
import type { PolicyFile } from '../verdict/result.js'
import { type Gathered, gatherDocument, gatherReference, gatherResource, newGathering } from './gathering.js'
import type { OpenedBuild } from './build/policies.js'
import { readManifests, type ReadPolicies, readPolicies, readValues } from './policy-sources.js'
import type { PlacedPart, Plan, Target } from './target.js'

interface Sources {
  readonly ask: (question: Question) => Promise<Answer>
  readonly loadKey: (reference: string) => Promise<LoadedKey>
  readonly now: Date
  /** What the step's own inputs demand of every image. */
  readonly inputs: Requirement | undefined
}

/** Which images are judged, and what must hold of each: by the step's inputs, by policies, by both. */
export async function makePlan(request: Request, sources: Sources): Promise<Plan> {
  const problems: Problem[] = []
  const warnings: string[] = []
  const policyFiles: PolicyFile[] = []
  const { set, signed } = request.policies
    ? await readPolicies(request.policies.files, request.build !== undefined, policyFiles, problems)
    : { set: undefined, signed: [] }
  if (set) warnings.push(...set.warnings)
  const builds = await openBuilds(signed, request.build, sources)
  warnings.push(...builds.warnings)
  problems.push(...builds.problems)
  const values = await readValues(request.policies?.values, policyFiles, problems)
  const about = signerless(request)
  if (about) problems.push(about)
  const [unread] = problems
  const inputs = sources.inputs ?? expectedOf(request)
  const manifests = await readManifests(request.manifests ?? [], problems)
  const gathering = newGathering()
  const resources = manifests.flatMap((manifest) => manifest.resources)
  for (const manifest of manifests)
    for (const problem of manifest.problems) {
      if (set && problem.kind === 'no-resource' && gatherDocument(gathering, problem, set)) continue
      problems.push({ code: 'input-invalid', message: `${problem.file}:${problem.line}: ${problem.message}` })
    }

  const settings = set && coverSettings(request.policies, values, resources, sources)
  for (const resource of resources) gatherResource(gathering, resource, set, settings)
  for (const reference of request.images) gatherReference(gathering, reference, set, settings)
  for (const { parts } of gathering.targets.values()) parts.push(...builds.parts)
  problems.push(...gathering.problems.map((message): Problem => ({ code: 'input-invalid', message })))
  problems.push(...gathering.unsupported.map((message): Problem => ({ code: 'unsupported', message })))
  const { noMatch } = request.policies ?? {}
  if (noMatch === 'warn')
    for (const [reference, { uncovered }] of gathering.targets)
      if (uncovered.some((by) => by !== 'exempt')) warnings.push(`${reference} is covered by no policy`)
  return {
    targets: [
      ...[...gathering.targets].map(([reference, found]) =>
        targetOf(reference, found, inputs, noMatch, unread),
      ),
      ...('subjects' in request ? [targetOfSubjects(request.subjects, builds.parts, unread)] : []),
    ],
    manifests,
    places: gathering.places,
    skipped: gathering.skipped,
    policyFiles,
    warnings: [...new Set([...warnings, ...gathering.warnings])],
    problems,
  }
}

/** What is demanded of signers is nothing without one: policies say by themselves what they want. */
function signerless({ demand, signers }: Request): Problem | undefined {
  if (demand === undefined || signers !== undefined) return undefined
  const message =
    'annotations, attestation-type, attestation-policy, require-signature and what provenance must say are about a signer: expected a key or an identity beside them, got policies alone'
  return { code: 'input-invalid', message }
}

function expectedOf({ expectedDigest }: Request): Requirement | undefined {
  return expectedDigest === undefined ? undefined : { kind: 'digest', expected: expectedDigest }
}

function targetOf(
  reference: string,
  { parts, origins, uncovered }: Gathered,
  inputs: Requirement | undefined,
  noMatch: PolicyDemand['noMatch'],
  /** A policy that was not read may demand anything of any image. */
  unread: Problem | undefined,
): Target {
  const demanded = [...(inputs ? [inputs] : []), ...parts.map(({ requirement }) => requirement)]
  const denied = uncovered.some((by) => by !== 'exempt' && (noMatch ?? by) === 'deny')
  const nobodys: Problem = { code: 'uncovered', message: `${reference} is covered by no policy` }
  const problem = unread ?? (denied ? nobodys : undefined)
  const of = problem ? [...demanded, { kind: 'open' as const, name: 'policies', problem }] : demanded
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

/** Policies about builds, where there are any or somebody says how they are signed. */
async function openBuilds(
  signed: ReadPolicies['signed'],
  demand: BuildDemand | undefined,
  { ask, loadKey, now }: Sources,
): Promise<OpenedBuild> {
  if (signed.length === 0 && demand === undefined) return { parts: [], problems: [], warnings: [] }
  const { noBuildDemand, openBuildPolicies } = await import('./build/policies.js')
  return openBuildPolicies(signed, demand ?? noBuildDemand, { ask, loadKey, now })
}

/** Digests without an image: only policies about builds can say anything of them. */
function targetOfSubjects(
  subjects: readonly string[],
  parts: readonly PlacedPart[],
  unread: Problem | undefined,
): Target {
  const name = subjects.join(', ')
  const gathered: Gathered = { parts: [...parts], origins: [], uncovered: [] }
  return { ...targetOf(name, gathered, undefined, undefined, unread), isSubjects: true }
}

function coverSettings(
  demand: PolicyDemand | undefined,
  given: PolicyValues,
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
    surroundings: { ...noSurroundings, namespaceLabels: given.namespaces },
    auditWarns: demand?.auditWarns ?? false,
    extract: extractWith(now.getTime()),
    outside: { configMaps, values: (policy, rule) => valuesFor(given, policy, rule), now: now.getTime() },
  }
}
