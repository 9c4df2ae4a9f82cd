import { setMaxListeners } from 'node:events'
import type { LoadedKey } from '../keys/key-source.js'
import type { Call } from '../network/call.js'
import { openJournal } from '../network/journal.js'
import { compileInputs } from '../policy/inputs.js'
import { asksOf } from '../requirement/leaves.js'
import type { Archivista } from '../stores/archivista/archivista.js'
import { openStores } from '../stores/open.js'
import type { Problem } from '../verdict/finding.js'
import type { Request } from '../verdict/request.js'
import { type ImageResult, type Result, verdictOfRun } from '../verdict/result.js'
import { systemClock } from './clock.js'
import type { Bench } from './bench.js'
import { judgeImage } from './image.js'
import { openVoucher } from './vouching.js'
import { openKeyring } from './keyring.js'
import { openManners } from './manners.js'
import type { Outside } from './outside.js'
import { withoutRepeats } from './repeats.js'
import { ownShare } from './share.js'
import { looksAcross, type Settled, settle } from './settled.js'
import { unlessStopped, verdictOfStopped } from './stop.js'
import type { Plan, Target } from './target.js'
import { lazyEngine } from './policy-engine.js'
import { openStatementPolicy } from './statement-policy.js'
import { openTurns, partsAtOnce } from './turns.js'

/**
 * The whole story: what must hold of which image is planned; each image is resolved once, its evidence is fetched and
 * checked, and what was found is held against the requirement. Answers for every image, whatever happens to the others.
 */
export async function decide(given: Request, outside: Outside = { clock: systemClock }): Promise<Result> {
  const { clock, kept, stop, asked } = outside
  // Each image that is being judged listens.
  if (stop) setMaxListeners(0, stop)
  const unique = withoutRepeats(given.images)
  const request = { ...given, images: unique.images } as Request
  const startedAt = clock.now().toISOString()
  const { patience, signers, registry } = request

  const journal = openJournal({ ...(asked && { listen: asked }) })
  const ends = new AbortController()
  // As many calls listen as a request has keys; Node 20 warns from the eleventh on.
  const within = (ms: number): AbortSignal => {
    const signal = AbortSignal.any([ends.signal, AbortSignal.timeout(ms)])
    setMaxListeners(0, signal)
    return signal
  }
  const imageMs = patience.waitMs + patience.timeoutMs
  const engine = lazyEngine()
  const { policies } = request.demand ?? {}
  const statements = policies && openStatementPolicy(policies, engine)
  const inputs = signers && compileInputs({ ...request, signers }, statements?.rule)
  const loading = { signal: within(imageMs), retries: patience.retries, journal }
  const loadPolicyKey = async (reference: string): Promise<LoadedKey> =>
    (await import('../keys/load.js')).loadKey(reference, loading)
  const whole = await planOf(request, inputs, async () =>
    (await import('./plan.js')).makePlan(request, {
      ask: engine.ask,
      loadKey: loadPolicyKey,
      now: clock.now(),
      inputs,
    }),
  )
  const plan = ownShare(whole, request.share)
  outside.planned?.(plan.targets.length)
  const asks = plan.targets.map(({ requirement }) => asksOf(requirement))
  const keys = asks.flat().flatMap(({ by }) => (by.kind === 'key' ? by.reference : []))
  const keyring = openKeyring([...(signers?.keys ?? []), ...keys], {
    signal: within(imageMs),
    retries: patience.retries,
    journal,
  })
  const log = request.log ?? 'require'
  // Ends before the images do, so that what is said of them names who did not answer.
  const trustMs = Math.ceil(imageMs * 0.9)
  const trustCall = (): Call => ({ signal: within(trustMs), retries: patience.retries, journal })
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
    journal,
    ...(stop && { stop }),
    platforms: request.platforms ?? 'index',
    archivista: await openArchivistaOf(request),
    ...(request.deep === true && { deep: openTurns(partsAtOnce) }),
    // Identities may overlap: which signature counts for which is known when all are.
    thorough: request.thorough === true || (signers?.identities?.length ?? 0) > 1,
  }

  const across = looksAcross(plan)
  const ruled = plan.targets.some(({ parts }) => parts.length > 0)
  const { rowsOf } = ruled ? await import('./conclusion.js') : {}
  const judge = async (target: Target, index: number): Promise<Settled> => {
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
    const settled = across ? { ...settle(one, target, undefined), judged: one } : settle(one, target, rowsOf)
    return kept ? { ...settled, result: kept(settled.result) } : settled
  }
  const settled = await mapAtMost(patience.concurrency, plan.targets, async (target, index) => {
    const one = await unlessStopped(stop, target, async () => judge(target, index))
    const isOpen = target.parts.some(({ joints = [] }) => joints.some((joint) => joint.across))
    if (!isOpen) outside.decided?.(one.result)
    return one
  })
  const { images, policies: rows } = await conclude(plan, settled, outside)
  ends.abort()
  engine.close()

  const trusted = voucher.trusted() ?? manners.trusted()[0]
  const policyFiles = [...(statements?.files() ?? []), ...plan.policyFiles]
  const verdict = verdictOfStopped(images, stop) ?? verdictOfRun(images, problemsOf(whole, plan))
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
    calls: journal.calls(),
    ...(journal.attempts().length > 0 && { attempts: journal.attempts() }),
    warnings: [
      ...unique.warnings,
      ...plan.warnings,
      // The first speaks for the run; the others are told too.
      ...plan.problems.map(({ message }) => message).filter((one) => one !== verdict.failure?.message),
      ...voucher.warnings(),
      ...manners.warnings(),
      ...settled.flatMap((one) => one.warnings),
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

/** Manifests that name no image are the reason why there is none. */
function problemsOf({ targets, manifests }: Plan, { problems }: Plan): readonly Problem[] {
  if (targets.length > 0 || manifests.length === 0 || problems.length > 0) return problems
  const files = manifests.map(({ file }) => file).join(', ')
  return [{ code: 'nothing-to-verify', message: `manifests: expected an image, got none in ${files}` }]
}

/** What policies over several images come to, and what each rule says to each image. */
async function conclude(
  plan: Plan,
  settled: readonly Settled[],
  { decided, kept, stop }: Outside,
): Promise<{ readonly images: readonly ImageResult[]; readonly policies: NonNullable<Result['policies']> }> {
  const judged = settled.flatMap((one) => one.judged ?? [])
  // Those that were not decided are not there to be looked at.
  if (judged.length === 0 || stop?.aborted === true)
    return {
      images: settled.map(({ result }) => result),
      policies: [...plan.skipped, ...settled.flatMap(({ rows }) => rows)],
    }
  const { concludeAll } = await import('./conclusion.js')
  const { images, policies } = await concludeAll(plan, judged, decided)
  return { images: kept ? images.map(kept) : images, policies }
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
