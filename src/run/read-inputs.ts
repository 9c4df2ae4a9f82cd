import { type FleetPlan, referencesOf, type Shard } from '../fleet/plan.js'
import { type Face, type Given, type Parsed, parseInputs } from '../inputs/parse.js'
import type { PlanShard } from '../report/document.js'
import type { Problem } from '../verdict/finding.js'
import type { Listed } from './sarif-report.js'
import { version } from './version.js'

/** Inputs with what the files hold that name the images. */
export interface ReadInputs extends Parsed {
  /** The part of a plan that the run judges. */
  readonly plan?: PlanShard
  /** Images that stand in lists, and where. */
  readonly listed?: readonly Listed[]
}

/** Reads the inputs of a face, and first the files that they name images in. */
export async function readInputs(explicit: Given, face: 'action' | 'command'): Promise<ReadInputs> {
  const built = await imagesOfRunner(explicit)
  if ('code' in built) return withoutImages(explicit, face, [built])
  return readNamed(built.length > 0 ? new Map([...explicit, ['image', built]] as const) : explicit, face)
}

/** The same without asking the runner: nothing but what is named. */
export async function readNamed(given: Given, face: Face): Promise<ReadInputs> {
  if (!given.has('images-file') && !given.has('plan') && !given.has('shard')) return parseInputs(given, face)
  const { readImageLists } = await import('./fleet-files.js')
  const listed = await readImageLists(given.get('images-file') ?? [])
  const own = await readShare(given)
  const problems = [...listed.problems, ...('code' in own ? [own] : [])]
  if (problems.length > 0 || 'code' in own) return withoutImages(given, face, problems)
  const named = listed.images.map(({ reference }) => reference)
  const images = [...(given.get('image') ?? []), ...named, ...own.images]
  const parsed: ReadInputs = {
    ...parseInputs(images.length > 0 ? new Map([...given, ['image', images]]) : given, face),
    listed: listed.images,
  }
  const { plan, shard } = own
  if (!plan || !shard) return parsed
  const warnings =
    plan.tool.version === version
      ? []
      : [`plan: it was made by verify-image ${plan.tool.version}, and this is ${version}`]
  const share = { own: referencesOf(shard), planned: plan.shards.flatMap(referencesOf) }
  return {
    ...parsed,
    ...(parsed.request && { request: { ...parsed.request, share } }),
    warnings: [...warnings, ...parsed.warnings],
    plan: { sha256: plan.sha256, shard: shard.shard, of: plan.shards.length },
  }
}

/** What is wrong with the other inputs is told too, and not that there is no image. */
function withoutImages(given: Given, face: Face, problems: readonly Problem[]): ReadInputs {
  const parsed = parseInputs(new Map([...given, ['image', ['unknown:v1']]]), face)
  const effective = { ...parsed.effective, image: given.get('image') ?? [] }
  return { ...parsed, request: undefined, problems: [...problems, ...parsed.problems], effective }
}

/** What else says which images are meant. */
const sources = ['image', 'images-file', 'plan', 'shard', 'manifests', 'subjects'] as const

/** The images that earlier steps of the job told the runner of, where nothing else names any. */
async function imagesOfRunner(given: Given): Promise<readonly string[] | Problem> {
  const file = process.env['GITHUB_ARTIFACTS_LIST']?.trim() ?? ''
  const isNamed = sources.some((name) => given.get(name)?.some((value) => value.trim() !== ''))
  if (file === '' || isNamed) return []
  const { readArtifactsFile } = await import('./fleet-files.js')
  return readArtifactsFile(file)
}

interface Own {
  readonly images: readonly string[]
  readonly plan?: FleetPlan
  readonly shard?: Shard
}

/** The images of the shard; with the manifests that name them at hand, those that were given beside them. */
async function readShare(given: Given): Promise<Own | Problem> {
  const text = (name: 'plan' | 'shard'): string => given.get(name)?.at(-1)?.trim() ?? ''
  const has = (name: 'image' | 'images-file' | 'manifests' | 'policy' | 'pinned-manifests'): boolean =>
    given.get(name)?.some((value) => value.trim() !== '') === true
  const file = text('plan')
  const number = text('shard')
  if (file === '') return number === '' ? { images: [] } : wrong('shard: expected plan too, got nothing')
  if (number === '') return wrong('plan: expected shard too, got nothing')
  if (has('image') || has('images-file'))
    return wrong('plan: expected no other images beside it, got image or images-file')
  if (has('pinned-manifests'))
    return wrong('pinned-manifests: expected a run over all images, got a shard of a plan')
  const { readPlanFile } = await import('./fleet-files.js')
  const plan = await readPlanFile(file)
  if ('code' in plan) return plan
  const shard = /^\d{1,4}$/.test(number) ? plan.shards[Number(number) - 1] : undefined
  if (!shard)
    return wrong(
      `shard: expected a whole number from 1 to ${plan.shards.length}, got ${JSON.stringify(number)}`,
    )
  if (has('manifests')) return { images: shard.images, plan, shard }
  if (has('policy') && plan.shards.some(({ manifests }) => manifests.length > 0))
    return wrong(
      'policy: expected manifests too, as the plan was made of some: what a policy says depends on the resource',
    )
  return { images: referencesOf(shard), plan, shard }
}

function wrong(message: string): Problem {
  return { code: 'input-invalid', message }
}
