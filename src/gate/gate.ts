import { setMaxListeners } from 'node:events'
import { openJournal, sumCalls } from '../network/journal.js'
import { compileInputs } from '../policy/inputs.js'
import { asksOf } from '../requirement/leaves.js'
import { openStores } from '../stores/open.js'
import type { Request } from '../verdict/request.js'
import { type ImageResult, type Result, verdictOfRun } from '../verdict/result.js'
import { type Clock, systemClock } from './clock.js'
import type { Bench } from './bench.js'
import { judgeImage } from './image.js'
import { openVoucher } from './vouching.js'
import { openKeyring } from './keyring.js'
import { openStatementPolicy } from './statement-policy.js'
import { openTurns, partsAtOnce } from './turns.js'

export interface Outside {
  readonly clock: Clock
  /** Told of each image as it is decided, in no particular order. */
  readonly decided?: (image: ImageResult) => void
}

/**
 * The whole story: each image of the request is resolved once, its evidence is fetched and checked, and what was found
 * is held against the requirement. Answers for every image, whatever happens to the others.
 */
export async function decide(request: Request, outside: Outside = { clock: systemClock }): Promise<Result> {
  const { clock } = outside
  const startedAt = clock.now().toISOString()
  const { patience, signers } = request

  const journal = openJournal()
  const ends = new AbortController()
  // As many calls listen as a request has keys; Node 20 warns from the eleventh on.
  setMaxListeners(0, ends.signal)
  const timer = setTimeout(() => ends.abort(), patience.waitMs + patience.timeoutMs)
  const keyring = openKeyring(signers.keys, { signal: ends.signal, retries: patience.retries, journal })
  const { policies } = request.demand ?? {}
  const policy = policies && openStatementPolicy(policies, ends.signal)
  const requirement = compileInputs(request, policy?.rule)
  const log = request.log ?? 'require'
  // Ends before the images do, so that what is said of them names who did not answer.
  const trustMs = Math.ceil((patience.waitMs + patience.timeoutMs) * 0.9)
  const voucher = openVoucher(request.trust, log, clock, {
    signal: AbortSignal.any([ends.signal, AbortSignal.timeout(trustMs)]),
    retries: patience.retries,
    journal,
  })
  const bench: Bench = {
    requirement,
    asks: asksOf(requirement),
    keyring,
    stores: openStores({
      ...(request.endpoint !== undefined && { endpoint: request.endpoint }),
      ...(request.registry && { registry: request.registry }),
      ...(request.github && { github: request.github }),
      ...(request.records?.signedLocation && { signedLocation: request.records.signedLocation }),
    }),
    patience,
    clock,
    log,
    vouching: voucher.load,
    acceptUnbound: request.records?.acceptUnbound ?? false,
    ...(request.trust?.maxAgeMs !== undefined && { maxAgeMs: request.trust.maxAgeMs }),
    recheckTag: request.recheckTag ?? false,
    platforms: request.platforms ?? 'index',
    ...(request.deep === true && { deep: openTurns(partsAtOnce) }),
    // Identities may overlap: which signature counts for which is known when all are.
    thorough: request.thorough === true || (signers.identities?.length ?? 0) > 1,
  }

  const judged = await mapAtMost(patience.concurrency, request.images, async (reference) => {
    const one = await judgeImage(reference, bench)
    outside.decided?.(one.result)
    return one
  })
  clearTimeout(timer)
  ends.abort()
  policy?.close()

  const images = judged.map(({ result }) => result)
  const trusted = voucher.trusted()
  return {
    ...verdictOfRun(images),
    images,
    keys: keyring.loaded(),
    ...(trusted && { trust: trusted }),
    ...(policy && { policyFiles: policy.files() }),
    calls: sumCalls([journal, ...judged.map((one) => one.journal)]),
    warnings: [...voucher.warnings(), ...judged.flatMap((one) => one.warnings)],
    startedAt,
    finishedAt: clock.now().toISOString(),
  }
}

/** Runs over items in order, so many at the same time; answers in the order of the items. */
async function mapAtMost<Item, Out>(
  most: number,
  items: readonly Item[],
  run: (item: Item) => Promise<Out>,
): Promise<readonly Out[]> {
  const out = new Array<Out>(items.length)
  const queue = items.entries()
  const work = async (): Promise<void> => {
    for (const [index, item] of queue) out[index] = await run(item)
  }
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, work))
  return out
}
