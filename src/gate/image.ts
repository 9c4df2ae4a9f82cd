import { setMaxListeners } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { Call } from '../network/call.js'
import { openJournal, type Journal } from '../network/journal.js'
import type { Lookup } from '../network/lookup.js'
import { parseReference } from '../reference/parse.js'
import { type Digest, pin, type Reference } from '../reference/reference.js'
import { evaluate } from '../requirement/evaluate.js'
import { type Ask, askId } from '../requirement/leaves.js'
import type { Fact, Facts } from '../policy/part.js'
import type { Manner } from '../requirement/manner.js'
import type { Known, Requirement } from '../requirement/requirement.js'
import type { Resolved } from '../stores/store.js'
import { all } from '../verdict/algebra.js'
import type { Service } from '../verdict/codes.js'
import { exempt, type Finding, type Problem, unknown } from '../verdict/finding.js'
import { failureOf, type ImageResult, verdictOf } from '../verdict/result.js'
import type { Judged, JudgedImage } from './judged.js'
import { findingOf, knownOf, open } from './known.js'
import { findNearMisses } from './near-misses.js'
import type { Bench } from './bench.js'
import type { Answered } from './signer.js'
import { recheck } from './moved-tag.js'
import { findSubjects, type Subject } from './subjects.js'
import { openTrial, type Places, type Trial } from './trial.js'
import { aborted, runTrials } from './waiting.js'

/** Nothing was asked, and no policy can change it. */
function closed(result: ImageResult): Judged {
  const finding = (): Finding => result.finding
  return {
    result,
    findingOf: finding,
    facts: { of: () => undefined, digestOf: () => result.digest ?? undefined, finding },
    conclude: async () => Promise.resolve(result),
  }
}

/** Judges one image; never throws. */
export async function judgeImage(reference: string, bench: Bench): Promise<JudgedImage> {
  const journal = openJournal({ ...(bench.journal && { within: bench.journal }) })
  const ends = new AbortController()
  setMaxListeners(0, ends.signal)
  const end = (): void => ends.abort()
  const timer = setTimeout(end, bench.patience.waitMs + bench.patience.timeoutMs)
  bench.stop?.addEventListener('abort', end)
  try {
    const call: Call = { signal: ends.signal, retries: bench.patience.retries, journal }
    const warnings: string[] = []
    return { ...(await judge(reference, bench, call, warnings)), warnings }
  } catch (error) {
    const message = `while judging: ${error instanceof Error ? error.message : String(error)}`
    const broken = unknown('image', { code: 'internal-error', message })
    return { ...closed(close(reference, undefined, broken, [], journal)), warnings: [] }
  } finally {
    clearTimeout(timer)
    bench.stop?.removeEventListener('abort', end)
    // Whatever still hangs is not needed any more.
    ends.abort()
  }
}

async function judge(text: string, bench: Bench, call: Call, warnings: string[]): Promise<Judged> {
  if (bench.isSubjects) return (await import('./build/subjects-alone.js')).judgeSubjects(text, bench, call)
  const beforehand = decideBeforehand(text, bench, call)
  if (beforehand) return beforehand
  const reference = parseReference(text)
  if (reference.kind === 'unreadable') {
    const problem: Problem = {
      code: 'reference-invalid',
      message: `invalid reference "${text}": ${reference.reason}`,
    }
    return closed(close(text, undefined, unknown('reference-read', problem), [], call.journal))
  }
  const place = await bench.stores(reference)
  if ('code' in place) return closed(close(text, undefined, unknown('store-opened', place), [], call.journal))

  const isWhole = bench.platforms !== 'index' || bench.deep !== undefined || bench.joints !== undefined
  const need = isWhole ? 'manifest' : 'digest'
  const service = reference.kind === 'registry' ? 'registry' : 'storage'
  const image = orTimeout(place.images.resolve(call, need), `${text}: no answer`, service, call)
  // What most evidence is held against comes while the registry answers; without evidence in cosign's formats, never.
  if (reference.kind === 'registry' && needsTrust(bench)) void bench.vouching().catch(() => undefined)
  const subjects = await findSubjects(reference, place, image, bench.platforms, call)
  if (!Array.isArray(subjects)) {
    const finding = unknown('platforms', subjects as Problem)
    return closed(close(text, pinned(await image, reference), finding, [], call.journal))
  }
  const places: Places = (manner) => bench.manners?.stores(manner)(reference) ?? place
  const elsewhere = (manner: Manner): boolean =>
    manner.signatureRepository !== undefined || manner.tagPrefix !== undefined
  const trials = (subjects as readonly Subject[]).map((subject) =>
    openTrial(subject, (manner) => (elsewhere(manner) ? places(manner) : place), bench, call),
  )
  const judgeOn = async (
    answerOf: (trial: Trial, ask: Ask) => Answered | undefined,
    joint?: Known['joint'],
  ): Promise<Finding> => findingOf(reference, await image, trials, bench, answerOf, joint)
  await runTrials(trials, judgeOn, async () => (await image).kind !== 'found', bench, call)

  const answered = (trial: Trial, ask: Ask): Answered | undefined => trial.answers.get(askId(ask))
  const { joints: policies, platforms } = bench
  const built =
    policies &&
    (await import('./build/facts.js')).openBuilt({ place, image, service, platforms }, bench, call)
  const [first] = trials
  const about = await image
  const findingOfPart = (requirement: Requirement, joint?: Known['joint']): Finding =>
    first && about.kind === 'found'
      ? evaluate(
          requirement,
          knownOf(about.value.digest, first, bench.asks, answered, joint, open(reference)),
        )
      : findingOf(reference, about, trials, { ...bench, requirement }, answered, joint)
  const facts: Facts = {
    of: (ask) => first && answered(first, ask),
    digestOf: () => (about.kind === 'found' ? about.value.digest : undefined),
    finding: (requirement) => findingOfPart(requirement, jointOf),
    configs: async () => (await import('./configs.js')).readConfigs(place.images, about, service, call),
    ...(built && { built }),
  }
  let joints: ReadonlyMap<string, Fact> = new Map()
  const jointOf = (id: string): Finding | undefined => joints.get(id)?.finding
  if (bench.joints && about.kind === 'found') {
    const { runJoints } = await import('./joints.js')
    const own = bench.joints.filter(({ across }) => !across)
    joints = await runJoints(own, facts, call.signal)
  }
  const judged = await judgeOn(answered, jointOf)
  const { deep: turns } = bench
  const deep = turns
    ? await deepPart(judged, about, async (resolved) => {
        const { readDeep } = await import('./deep.js')
        return readDeep(resolved, { images: place.images, service, turns, call })
      })
    : undefined
  const answers = trials.flatMap(({ answers: given }) => [...given.values()])
  const missing = judged.status !== 'met' && answers.some(({ absent }) => absent)
  const nearMisses =
    missing && place.evidence.byKey ? await findNearMisses(place, image, bench.keyring, call) : []
  if (bench.recheckTag === true) warnings.push(...(await recheck(reference, place, about, call)))
  const resolved = pinned(about, reference)
  const conclude = (finding: Finding): ImageResult => {
    const parts = deep ? all(finding.check, [...(finding.children ?? []), deep]) : finding
    const whole = nearMisses.length > 0 ? { ...parts, nearMisses } : parts
    const found = [...joints.values()].flatMap(({ signatures }) => signatures)
    const signatures = [...trials.flatMap(signaturesOf(bench.asks)), ...found]
    return close(text, resolved, whole, signatures, call.journal)
  }
  return {
    result: conclude(judged),
    facts,
    findingOf: (requirement, joint) => findingOfPart(requirement, (id) => jointOf(id) ?? joint?.(id)),
    conclude: async (joint) => conclude(await judgeOn(answered, (id) => jointOf(id) ?? joint(id))),
  }
}

/** What a static policy decides, before anything is asked of a store; undefined: it takes more than that. */
function decideBeforehand(
  text: string,
  { requirement, asks, mayBeStatic }: Bench,
  call: Call,
): Judged | undefined {
  if (mayBeStatic !== true) return undefined
  const unasked = (): Finding => unknown('image', { code: 'timeout', message: 'not asked' })
  const finding = evaluate(requirement, { digest: '', signedBy: unasked, attestedBy: unasked })
  const isDecided = finding.status === 'met' || (finding.status === 'unmet' && asks.length === 0)
  return isDecided ? closed(close(text, undefined, all('image', [finding]), [], call.journal)) : undefined
}

/** Nothing more is read of an image that is rejected already, or that nothing is demanded of. */
async function deepPart(
  finding: Finding,
  image: Lookup<Resolved>,
  read: (image: Resolved) => Promise<Finding>,
): Promise<Finding | undefined> {
  if (image.kind !== 'found' || finding.status === 'exempt') return undefined
  return finding.status === 'unmet' ? exempt('deep', 'not read: already rejected') : read(image.value)
}

function needsTrust({ log, asks, maxAgeMs }: Bench): boolean {
  return asks.some(
    ({ by, manner }) =>
      manner?.trust === undefined &&
      ((manner?.log ?? log) === 'require' || maxAgeMs !== undefined || by.kind === 'identity'),
  )
}

function signaturesOf(asks: readonly Ask[]): (trial: Trial) => ImageResult['signatures'] {
  return ({ answers }) => asks.flatMap((ask) => answers.get(askId(ask))?.signatures ?? [])
}

function pinned(
  image: Lookup<Resolved>,
  reference: Reference,
): { digest: Digest; reference: Reference } | undefined {
  return image.kind === 'found' ? { digest: image.value.digest, reference } : undefined
}

function close(
  text: string,
  resolved: { digest: Digest; reference: Reference } | undefined,
  finding: Finding,
  signatures: ImageResult['signatures'],
  journal: Journal,
): ImageResult {
  return {
    reference: text,
    digest: resolved?.digest ?? null,
    pinned: resolved ? pin(resolved.reference, resolved.digest) : null,
    verdict: verdictOf(finding),
    failure: failureOf(finding),
    signatures,
    finding,
    attempts: journal.attempts(),
  }
}

/** What is stopped says which call hung, if it gets a moment for that; milliseconds. */
const lastWordMs = 100

async function orTimeout(
  resolve: Promise<Lookup<Resolved>>,
  what: string,
  service: Service,
  call: Call,
): Promise<Lookup<Resolved>> {
  const late = aborted(call.signal).then(async () => delay(lastWordMs, undefined, { ref: false }))
  const answer = await Promise.race([resolve, late])
  const message = `${what} within the time for this image`
  return answer ?? { kind: 'failed', problem: { code: 'timeout', service, message } }
}
