import { createHash } from 'node:crypto'
import { readWhole } from '../files/read.js'
import { openJournal } from '../network/journal.js'
import { loadKey } from '../keys/load.js'
import type { PublicKey } from '../verify/public-key.js'
import { isDigest } from '../reference/reference.js'
import { bundleLimit } from '../stores/store.js'
import { all } from '../verdict/algebra.js'
import { type Finding, type Problem, unknown } from '../verdict/finding.js'
import type { IdentityDemand, LogDemand, Patience, TrustDemand } from '../verdict/request.js'
import { type Artifact, checkArtifactBundle } from '../verify/artifact-bundle.js'
import { patternProblem } from '../verify/identity.js'
import type { Clock } from './clock.js'
import { openVoucher } from './vouching.js'

export interface BundleRequest {
  /** The file of the bundle. */
  readonly bundle: string
  /** A file, or `sha256:` and 64 hex digits. */
  readonly artifact: string
  readonly signer: { readonly key: string } | { readonly identity: IdentityDemand }
  readonly trust: TrustDemand
  readonly log: LogDemand
  readonly patience: Patience
}

export interface DecidedBundle {
  readonly finding: Finding
  readonly warnings: readonly string[]
}

/** Artifacts are files that people download. */
const artifactLimit = 2 * 1024 * 1024 * 1024

/** Whether a bundle proves that a signer signed an artifact, as sigstore's clients decide it for files. */
export async function decideBundle(request: BundleRequest, clock: Clock): Promise<DecidedBundle> {
  const { signer, patience } = request
  const stop = (check: string, problem: Problem): DecidedBundle => ({
    finding: all('bundle', [unknown(check, problem)]),
    warnings: [],
  })
  const bundle = await readWhole(request.bundle, bundleLimit, 'storage')
  if (bundle.kind === 'absent')
    return stop('bundle-read', { code: 'input-invalid', message: `bundle: no file ${request.bundle}` })
  if (bundle.kind === 'failed') return stop('bundle-read', bundle.problem)
  const artifact = await readArtifact(request.artifact)
  if ('code' in artifact) return stop('artifact-read', artifact)
  const call = {
    signal: AbortSignal.timeout(patience.timeoutMs),
    retries: patience.retries,
    journal: openJournal(),
  }
  const loaded = 'key' in signer ? await loadKey(signer.key, call) : undefined
  if (loaded?.kind === 'failed') return stop('key-loaded', loaded.problem)
  const identity = 'identity' in signer ? signer.identity : undefined
  for (const pattern of [identity?.subjectRegexp, identity?.issuerRegexp]) {
    const why = pattern === undefined ? undefined : patternProblem(pattern)
    if (why !== undefined)
      return stop('signer', { code: 'input-invalid', message: `expected a pattern in RE2: ${why}` })
  }
  const voucher = openVoucher(request.trust, request.log, clock, call)
  // A key without a log needs nobody else's word.
  const needed = identity !== undefined || request.log === 'require'
  const vouching = needed
    ? { ...(await voucher.load()), everyTime: true, ...(identity && { identity }) }
    : undefined
  const check = async (key: PublicKey | undefined): Promise<Finding> =>
    all('bundle', await checkArtifactBundle(bundle.value, artifact, key, vouching, request.log))
  let finding: Finding | undefined
  for (const key of loaded ? loaded.keys.map((one) => one.key) : [undefined]) {
    const judged = await check(key)
    if (finding === undefined || judged.status === 'met') finding = judged
    if (judged.status === 'met') break
  }
  return { finding: finding ?? all('bundle', []), warnings: voucher.warnings() }
}

async function readArtifact(name: string): Promise<Artifact | Problem> {
  if (isDigest(name)) return { digest: Buffer.from(name.slice('sha256:'.length), 'hex') }
  const read = await readWhole(name, artifactLimit, 'storage')
  if (read.kind === 'absent') return { code: 'input-invalid', message: `artifact: no file ${name}` }
  if (read.kind === 'failed') return read.problem
  return { digest: createHash('sha256').update(read.value).digest(), bytes: read.value }
}
