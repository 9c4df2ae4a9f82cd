import type { LoadedKey } from '../../keys/key-source.js'
import type { Answer, Question } from '../../engine/question.js'
import type { Envelopes, Joint, Part } from '../../policy/part.js'
import { problemText } from '../../policy/problem.js'
import { type Profile, profiles, withoutHardening } from '../../policy/witness/profile.js'
import { openPolicy } from '../../policy/witness/signed-policy.js'
import { type Problem, unknown } from '../../verdict/finding.js'
import type { BuildDemand } from '../../verdict/request.js'
import { readGivenEnvelopes } from './evidence.js'
import { judgeBuild } from './verdict.js'
import { loadPolicyTrust } from './trust.js'

/** A file with a signed policy. */
export interface SignedFile {
  readonly file: string
  readonly bytes: Uint8Array
}

/** What policies about builds are opened with. */
export interface BuildTools {
  readonly ask: (question: Question) => Promise<Answer>
  readonly loadKey: (reference: string) => Promise<LoadedKey>
  readonly now: Date
}

export interface OpenedBuild {
  /** What each policy demands of every image. */
  readonly parts: readonly Part[]
  readonly problems: readonly Problem[]
  readonly warnings: readonly string[]
}

/** Nothing is said about how policies are signed: then none can be used. */
export const noBuildDemand: BuildDemand = {
  profile: 'cilock',
  keys: [],
  caRoots: [],
  caIntermediates: [],
  timestampAuthorities: [],
  signer: {},
  attestations: [],
  subjects: [],
}

/** Opens signed policies: one that is not to be used decides for every image that it is not met. */
export async function openBuildPolicies(
  files: readonly SignedFile[],
  demand: BuildDemand,
  { ask, loadKey, now }: BuildTools,
): Promise<OpenedBuild> {
  if (files.length === 0) return { parts: [], problems: [unused], warnings: [] }
  const [given, trust] = await Promise.all([
    readGivenEnvelopes(demand.attestations),
    loadPolicyTrust(demand, loadKey),
  ])
  const warnings: string[] = []
  const profile = profileOf(demand)
  const parts = files.map(({ file, bytes }) => {
    if ('code' in trust) return partOf(file, async () => Promise.resolve(unknown('policy-signed', trust)))
    const opened = openPolicy({ bytes, where: file, trust, profile, now: now.getTime() })
    warnings.push(...opened.warnings.map(problemText))
    if (opened.kind === 'refused') return partOf(file, async () => Promise.resolve(opened.finding))
    const { policy, finding } = opened
    const matter = { policy, signed: finding, profile, given, subjects: demand.subjects, ask, now }
    return partOf(file, async ({ built }) =>
      built ? judgeBuild(matter, built) : unknown('build-policy', nowhere),
    )
  })
  return { parts, problems: given.problems, warnings: [...warnings, ...notesOf(given)] }
}

const unused: Problem = {
  code: 'input-invalid',
  message:
    'policy: expected a signed build policy (a DSSE envelope) for policy-key, policy-ca-roots, attestations, subjects or archivista-url, got none',
}
const nowhere: Problem = { code: 'internal-error', message: 'nobody looked for how the image was built' }

function profileOf({ profile, lenient }: BuildDemand): Profile {
  return lenient ? withoutHardening(profiles[profile]) : profiles[profile]
}

function partOf(file: string, evaluate: Joint['evaluate']): Part {
  const id = `build-policy ${file}`
  const requirement = { kind: 'joint' as const, name: 'build-policy', id, needs: [] }
  return { policy: file, rule: '', requirement, joints: [{ id, evaluate }] }
}

function notesOf({ sources }: Envelopes): readonly string[] {
  return sources
    .filter(({ where }) => where.endsWith('.detection.json'))
    .map(({ where }) => `${where}: left out: cilock's detection plan, no attestation`)
}
