import { setMaxListeners } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { Evidence } from '../evidence/evidence.js'
import { parseRecord } from '../evidence/s3lo-record.js'
import type { Call } from '../network/call.js'
import { openJournal, type Journal } from '../network/journal.js'
import type { Lookup } from '../network/lookup.js'
import { parseReference } from '../reference/parse.js'
import { type Digest, pin, type Reference } from '../reference/reference.js'
import { evaluate } from '../requirement/evaluate.js'
import type { Requirement } from '../requirement/requirement.js'
import type { Stores } from '../stores/open.js'
import type { Place, Resolved } from '../stores/store.js'
import { all } from '../verdict/algebra.js'
import { type Finding, met, type NearMiss, type Problem, unknown } from '../verdict/finding.js'
import type { Patience } from '../verdict/request.js'
import { failureOf, type ImageResult, verdictOf } from '../verdict/result.js'
import type { Clock } from './clock.js'
import type { Keyring } from './keyring.js'
import { type Answered, askSigner } from './signer.js'

/** What every image of a run is judged with. */
export interface Bench {
  readonly requirement: Requirement
  readonly signers: readonly string[]
  readonly keyring: Keyring
  readonly stores: Stores
  readonly patience: Patience
  readonly clock: Clock
}

/** A requirement that is met waits this long for what else is just arriving, so that reports do not depend on races. */
const settleMs = 250
const firstPoll = 1000
const longestPoll = 15_000
/** Near misses only explain: they get little time and room. */
const nearMissMs = 5000
const mostNearMisses = 10

/** Judges one image; never throws. */
export async function judgeImage(
  reference: string,
  bench: Bench,
): Promise<{ result: ImageResult; journal: Journal }> {
  const journal = openJournal()
  const ends = new AbortController()
  setMaxListeners(0, ends.signal)
  const timer = setTimeout(() => ends.abort(), bench.patience.waitMs + bench.patience.timeoutMs)
  try {
    const call: Call = { signal: ends.signal, retries: bench.patience.retries, journal }
    return { result: await judge(reference, bench, call), journal }
  } catch (error) {
    const message = `while judging: ${error instanceof Error ? error.message : String(error)}`
    return {
      result: close(reference, undefined, unknown('image', { code: 'internal-error', message }), [], journal),
      journal,
    }
  } finally {
    clearTimeout(timer)
    // Whatever still hangs is not needed any more.
    ends.abort()
  }
}

async function judge(text: string, bench: Bench, call: Call): Promise<ImageResult> {
  const reference = parseReference(text)
  if (reference.kind === 'unreadable') {
    const problem: Problem = {
      code: 'reference-invalid',
      message: `invalid reference "${text}": ${reference.reason}`,
    }
    return close(text, undefined, unknown('reference-read', problem), [], call.journal)
  }
  const place = await bench.stores(reference)
  if ('code' in place) return close(text, undefined, unknown('store-opened', place), [], call.journal)

  const image = orTimeout(place.images.resolve(call), call)
  const answers = new Map<string, Answered>()
  const known = async (): Promise<Finding> => findingOf(reference, await image, answers, bench)
  const deadline = bench.clock.now().getTime() + bench.patience.waitMs

  for (let poll = firstPoll; ; poll = Math.min(poll * 2, longestPoll)) {
    const open = bench.signers.filter((signer) => answers.get(signer)?.absent ?? !answers.has(signer))
    const decided = async (): Promise<boolean> =>
      (await image).kind !== 'found' || (await known()).status === 'met'
    await settle(
      open,
      async (signer) => askSigner(signer, bench.keyring, place, image, call),
      answers,
      decided,
      call,
    )
    const finding = await known()
    const left = deadline - bench.clock.now().getTime()
    if (left <= 0 || call.signal.aborted || !mayStillBeMet(reference, await image, answers, bench)) {
      const resolved = await image
      const digest = resolved.kind === 'found' ? resolved.value.digest : undefined
      const missing = finding.status !== 'met' && [...answers.values()].some((answer) => answer.absent)
      const nearMisses = missing ? await findNearMisses(place, image, bench, call) : []
      const whole = nearMisses.length > 0 ? { ...finding, nearMisses } : finding
      return close(text, digest && { digest, reference }, whole, signaturesOf(bench, answers), call.journal)
    }
    await bench.clock.sleep(Math.min(poll, left), call.signal)
  }
}

/** Asks all at once and waits until all have answered, or until no further answer could matter. */
async function settle(
  signers: readonly string[],
  askOne: (signer: string) => Promise<Answered>,
  answers: Map<string, Answered>,
  decided: () => Promise<boolean>,
  call: Call,
): Promise<void> {
  const early = new Promise<void>((resolve, reject) => {
    const look = async (): Promise<void> => {
      if (await decided()) setTimeout(resolve, settleMs).unref()
    }
    look().catch(reject)
    const asked = signers.map(async (signer) => {
      answers.set(signer, await askOne(signer))
      await look()
    })
    Promise.all(asked).then(() => resolve(), reject)
  })
  // Calls that are stopped say themselves what they were waiting for.
  const stopped = aborted(call.signal).then(async () => delay(settleMs, undefined, { ref: false }))
  await Promise.race([early, stopped])
}

/** Whether evidence that is not there yet could still decide for the image: only then is it waited for. */
function mayStillBeMet(
  reference: Reference,
  image: Lookup<Resolved>,
  answers: ReadonlyMap<string, Answered>,
  bench: Bench,
): boolean {
  const absent = [...answers].filter(([, answer]) => answer.absent)
  if (absent.length === 0) return false
  const rest = new Map([...answers].filter(([, answer]) => !answer.absent))
  return findingOf(reference, image, rest, bench).status === 'unknown'
}

function findingOf(
  reference: Reference,
  image: Lookup<Resolved>,
  answers: ReadonlyMap<string, Answered>,
  bench: Bench,
): Finding {
  if (image.kind === 'failed') return unknown('image-found', image.problem)
  if (image.kind === 'absent') {
    return unknown('image-found', { code: 'not-found', service: 'storage', message: image.message })
  }
  const { digest, where } = image.value
  const requirement: Requirement =
    reference.digest === undefined
      ? bench.requirement
      : {
          kind: 'all',
          name: 'reference',
          of: [{ kind: 'digest', expected: reference.digest }, bench.requirement],
        }
  const open: Problem = {
    code: 'timeout',
    service: 'storage',
    message: 'no answer within the time for this image',
  }
  const signedBy = ({ reference: signer }: { reference: string }): Finding =>
    answers.get(signer)?.finding ?? unknown('signed', open)
  const leaves = { digest, signedBy }
  // That the image is there, and as its reference says, proves nothing where nothing is demanded of it.
  const demanded = evaluate(bench.requirement, leaves)
  if (demanded.status === 'exempt') return all('image', [demanded])
  return all('image', [met('image-found', `${digest} at ${where}`), evaluate(requirement, leaves)])
}

async function findNearMisses(
  place: Place,
  image: Promise<Lookup<Resolved>>,
  bench: Bench,
  call: Call,
): Promise<readonly NearMiss[]> {
  const signal = AbortSignal.any([call.signal, AbortSignal.timeout(nearMissMs)])
  const asked = new Set(bench.keyring.loaded().map(({ id }) => id))
  const listed = await Promise.race([
    place.evidence.list(image, mostNearMisses, { ...call, signal, retries: 0 }).catch(() => undefined),
    aborted(signal),
  ])
  // No near miss is no answer either way: what could not be listed is simply not mentioned.
  if (listed?.kind !== 'found') return []
  return listed.value
    .filter(({ keyId }) => !asked.has(keyId))
    .map((evidence) => nearMiss(evidence, [...asked]))
}

function nearMiss({ keyId, bytes }: Evidence, asked: readonly string[]): NearMiss {
  const parsed = parseRecord(bytes)
  const claim =
    parsed.kind === 'record' && parsed.record.keyRef !== '' ? `, which it calls ${parsed.record.keyRef}` : ''
  return { message: `a record claims a signature by key ${keyId}${claim}; you asked for ${asked.join(', ')}` }
}

function signaturesOf(bench: Bench, answers: ReadonlyMap<string, Answered>): ImageResult['signatures'] {
  return bench.signers.flatMap((signer) => answers.get(signer)?.signature ?? [])
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

async function orTimeout(resolve: Promise<Lookup<Resolved>>, call: Call): Promise<Lookup<Resolved>> {
  const answer = await Promise.race([resolve, aborted(call.signal)])
  const message = 'the image did not resolve within the time for it'
  return answer ?? { kind: 'failed', problem: { code: 'timeout', service: 'storage', message } }
}

async function aborted(signal: AbortSignal): Promise<undefined> {
  if (signal.aborted) return undefined
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }))
}
