import { setMaxListeners } from 'node:events'
import type { LoadedKey } from '../keys/key-source.js'
import { openJournal, sumCalls } from '../network/journal.js'
import { compileInputs } from '../policy/inputs.js'
import { asksOf } from '../requirement/leaves.js'
import type { Archivista } from '../stores/archivista/archivista.js'
import { openStores } from '../stores/open.js'
import type { Request } from '../verdict/request.js'
import { type ImageResult, type Result, verdictOfRun } from '../verdict/result.js'
import { systemClock } from './clock.js'
import type { Bench } from './bench.js'
import { judgeImage } from './image.js'
import type { JudgedImage } from './judged.js'
import { openVoucher } from './vouching.js'
import { openKeyring } from './keyring.js'
import { openManners } from './manners.js'
import type { Outside } from './outside.js'
import { type Plan, type Target, withPlace } from './target.js'
import { lazyEngine } from './policy-engine.js'
import { openStatementPolicy } from './statement-policy.js'
import { openTurns, partsAtOnce } from './turns.js'

/**
 * The whole story: what must hold of which image is planned; each image is resolved once, its evidence is fetched and
 * checked, and what was found is held against the requirement. Answers for every image, whatever happens to the others.
 */
export async function decide(request: Request, outside: Outside = { clock: systemClock }): Promise<Result> {
  const { clock } = outside
  const startedAt = clock.now().toISOString()
  const { patience, signers, registry } = request

  const journal = openJournal()
  const ends = new AbortController()
  // As many calls listen as a request has keys; Node 20 warns from the eleventh on.
  setMaxListeners(0, ends.signal)
  const timer = setTimeout(() => ends.abort(), patience.waitMs + patience.timeoutMs)
  const engine = lazyEngine()
  const { policies } = request.demand ?? {}
  const statements = policies && openStatementPolicy(policies, engine)
  const inputs = signers && compileInputs({ ...request, signers }, statements?.rule)
  const loading = { signal: ends.signal, retries: patience.retries, journal }
  const loadPolicyKey = async (reference: string): Promise<LoadedKey> =>
    (await import('../keys/load.js')).loadKey(reference, loading)
  const plan = await planOf(request, inputs, async () =>
    (await import('./plan.js')).makePlan(request, {
      ask: engine.ask,
      loadKey: loadPolicyKey,
      now: clock.now(),
      inputs,
    }),
  )
  const asks = plan.targets.map(({ requirement }) => asksOf(requirement))
  const keys = asks.flat().flatMap(({ by }) => (by.kind === 'key' ? by.reference : []))
  const keyring = openKeyring([...(signers?.keys ?? []), ...keys], loading)
  const log = request.log ?? 'require'
  // Ends before the images do, so that what is said of them names who did not answer.
  const trustMs = Math.ceil((patience.waitMs + patience.timeoutMs) * 0.9)
  const trustCall = {
    signal: AbortSignal.any([ends.signal, AbortSignal.timeout(trustMs)]),
    retries: patience.retries,
    journal,
  }
  const voucher = openVoucher(request.trust, log, clock, trustCall)
  const settings = {
    ...(request.endpoint !== undefined && { endpoint: request.endpoint }),
    ...(registry && { registry }),
    ...(request.github && { github: request.github }),
    ...(request.records?.signedLocation && { signedLocation: request.records.signedLocation }),
  }
  const stores = openStores(settings)
  const manners = openManners(
    log,
    stores,
    (place) =>
      openStores({
        ...settings,
        registry: { ...(registry ?? { allowHttp: 'none', allowInsecure: 'none', tagPrefix: '' }), ...place },
      }),
    (trust, own) => openVoucher({ ...request.trust, ...trust }, own, clock, trustCall),
  )
  const bench: Omit<Bench, 'requirement' | 'asks'> = {
    keyring,
    stores,
    manners,
    patience,
    clock,
    log,
    vouching: voucher.load,
    acceptUnbound: request.records?.acceptUnbound ?? false,
    ...(request.trust?.maxAgeMs !== undefined && { maxAgeMs: request.trust.maxAgeMs }),
    recheckTag: request.recheckTag ?? false,
    platforms: request.platforms ?? 'index',
    archivista: await openArchivistaOf(request),
    ...(request.deep === true && { deep: openTurns(partsAtOnce) }),
    // Identities may overlap: which signature counts for which is known when all are.
    thorough: request.thorough === true || (signers?.identities?.length ?? 0) > 1,
  }

  const judged = await mapAtMost(patience.concurrency, plan.targets, async (target, index) => {
    const joints = target.parts.flatMap((part) => part.joints ?? [])
    const one = await judgeImage(target.reference, {
      ...bench,
      requirement: target.requirement,
      asks: asks[index] ?? [],
      ...(joints.length > 0 && { joints }),
      ...(target.isSubjects && { isSubjects: true }),
      // A digest that is expected is not known before the image is.
      mayBeStatic: target.parts.length > 0 && request.expectedDigest === undefined,
    })
    if (!joints.some(({ across }) => across)) outside.decided?.(withPlace(one.result, target))
    return one
  })
  const { images, policies: rows } = await conclude(plan, judged, outside.decided)
  clearTimeout(timer)
  ends.abort()
  engine.close()

  const trusted = voucher.trusted() ?? manners.trusted()[0]
  const policyFiles = [...(statements?.files() ?? []), ...plan.policyFiles]
  const verdict = verdictOfRun(images, plan.problems)
  const pinned =
    plan.manifests.length > 0 ? await (await import('./pinning.js')).pinVerified(plan, images) : undefined
  return {
    ...verdict,
    images,
    keys: keyring.loaded(),
    ...(trusted && { trust: trusted }),
    ...(policyFiles.length > 0 && { policyFiles }),
    ...(rows.length > 0 && { policies: rows }),
    ...(pinned && { pinned: pinned.manifests }),
    calls: sumCalls([journal, ...judged.map((one) => one.journal)]),
    warnings: [
      ...plan.warnings,
      // The first speaks for the run; the others are told too.
      ...plan.problems.map(({ message }) => message).filter((one) => one !== verdict.failure?.message),
      ...voucher.warnings(),
      ...manners.warnings(),
      ...judged.flatMap((one) => one.warnings),
      ...(pinned?.warnings ?? []),
    ],
    startedAt,
    finishedAt: clock.now().toISOString(),
  }
}

async function openArchivistaOf({ build }: Request): Promise<Archivista | undefined> {
  if (build?.archivista === undefined) return undefined
  const { url, headers } = build.archivista
  const { openArchivista } = await import('../stores/archivista/archivista.js')
  return openArchivista({ url: new URL(url), headers })
}

/** Without policies and manifests the plan is the list of images. */
async function planOf(
  { images, manifests = [], policies }: Request,
  inputs: Target['requirement'] | undefined,
  make: () => Promise<Plan>,
): Promise<Plan> {
  if (policies || manifests.length > 0 || inputs === undefined) return make()
  const targets = images.map((reference): Target => ({
    reference,
    requirement: inputs,
    parts: [],
    origins: [],
    allowed: false,
  }))
  return { targets, manifests: [], places: [], skipped: [], policyFiles: [], warnings: [], problems: [] }
}

/** What policies over several images come to, and what each rule says to each image. */
async function conclude(
  plan: Plan,
  judged: readonly JudgedImage[],
  decided: Outside['decided'],
): Promise<{ readonly images: readonly ImageResult[]; readonly policies: NonNullable<Result['policies']> }> {
  if (
    plan.targets.every(
      ({ parts, origins, allowed }) => parts.length === 0 && origins.length === 0 && !allowed,
    )
  )
    return { images: judged.map(({ result }) => result), policies: [] }
  const { concludeAll } = await import('./conclusion.js')
  return concludeAll(plan, judged, decided)
}

/** Runs over items in order, so many at the same time; answers in the order of the items. */
async function mapAtMost<Item, Out>(
  most: number,
  items: readonly Item[],
  run: (item: Item, index: number) => Promise<Out>,
): Promise<readonly Out[]> {
  const out = new Array<Out>(items.length)
  const queue = items.entries()
  const work = async (): Promise<void> => {
    for (const [index, item] of queue) out[index] = await run(item, index)
  }
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, work))
  return out
}
