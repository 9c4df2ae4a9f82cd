import { writeReport } from '../files/write.js'
import { type FleetPlan, matrixOf, newPlan, referencesOf } from '../fleet/plan.js'
import { type FleetImage, type Into, mostShards, split } from '../fleet/split.js'
import { systemClock } from '../gate/clock.js'
import { nameImages } from '../gate/named-images.js'
import { isRefused, readList, readWhole } from '../inputs/values.js'
import { line } from '../report/escape.js'
import { readImageLists } from '../run/fleet-files.js'
import { version } from '../run/version.js'
import { classOf, codes } from '../verdict/codes.js'
import type { Problem } from '../verdict/finding.js'
import type { NonEmpty, Targets } from '../verdict/request.js'
import type { Arguments } from './arguments.js'
import { writeStepOutputs } from './github.js'
import { print } from './print.js'

/**
 * `verify-image plan`: splits images into shards and asks nobody for anything. The matrix goes to stdout; exit 0, or 2
 * when there is no plan.
 */
export async function plan({ words, flags }: Arguments, before: readonly Problem[]): Promise<number> {
  const text = (name: string): string => flags.get(name)?.at(-1)?.trim() ?? ''
  const list = (name: string): readonly string[] => [...new Set((flags.get(name) ?? []).flatMap(readList))]
  const problems = [...before]
  const into = readInto(text('shards'), text('shard-size'))
  if ('code' in into) problems.push(into)
  const file = text('plan-file')
  if (file === '') problems.push(wrong('plan-file: expected a file for the plan, got nothing'))

  const listed = await readImageLists(flags.get('images-file') ?? [])
  problems.push(...listed.problems)
  const given = [...words, ...listed.images.map(({ reference }) => reference)]
  const targets = targetsOf(given, list('manifests'))
  if (!targets && listed.problems.length === 0)
    problems.push(
      wrong('image: expected at least one image reference, images-file or manifests, got nothing'),
    )
  if (problems.length > 0 || !targets || 'code' in into) return refuse(problems)

  const [policy, ...policies] = list('policy')
  const values = text('policy-values')
  const named = await nameImages(
    {
      ...targets,
      ...(policy !== undefined && {
        policies: { files: [policy, ...policies], auditWarns: false, ...(values !== '' && { values }) },
      }),
    },
    systemClock,
  )
  if (named.problems.length > 0) return refuse(named.problems)
  if (named.images.length === 0)
    return refuse([{ code: 'nothing-to-verify', message: 'the manifests name no image' }])
  const own = new Set(given)
  const images = named.images.map(({ reference, inManifests }): FleetImage => ({
    reference,
    inManifests,
    given: own.has(reference),
  }))
  const shards = split(images, into)
  if (shards.length > mostShards)
    return refuse([
      wrong(
        `shard-size: expected at most ${mostShards} shards, which is what a matrix of jobs may have, got ${shards.length}: give ${Math.ceil(images.length / mostShards)} or more`,
      ),
    ])
  const made = newPlan(shards, version)
  const unwritten = await writeReport(file, `${JSON.stringify(made, null, 2)}\n`, 'plan-file')
  if (unwritten) return refuse([unwritten])
  return say(made, file, [...repeats(given), ...named.warnings], flags.has('github-output'))
}

async function say(
  made: FleetPlan,
  file: string,
  warnings: readonly string[],
  toGithub: boolean,
): Promise<number> {
  const counts = made.shards.map((shard) => referencesOf(shard).length)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const matrix = JSON.stringify(matrixOf(made))
  const unsaid = toGithub
    ? await writeStepOutputs({ matrix, shards: String(counts.length), images: String(total) })
    : undefined
  if (unsaid) return refuse([unsaid])
  await print(process.stdout, [matrix])
  await print(process.stderr, [
    ...warnings.map((warning) => `Warning: ${line(warning)}`),
    `${total} images in ${counts.length} shards of at most ${Math.max(...counts)}: ${line(file)} (${made.sha256})`,
  ])
  return 0
}

function readInto(shards: string, size: string): Into | Problem {
  if ((shards === '') === (size === ''))
    return wrong(`shards: expected either shards or shard-size, got ${shards === '' ? 'neither' : 'both'}`)
  const count = readWhole(shards === '' ? size : shards, 1, shards === '' ? 1_000_000 : mostShards)
  if (!isRefused(count)) return shards === '' ? { size: count } : { shards: count }
  return wrong(
    `${shards === '' ? 'shard-size' : 'shards'}: expected ${count.expected}, got ${JSON.stringify(shards === '' ? size : shards)}`,
  )
}

function targetsOf(images: readonly string[], manifests: readonly string[]): Targets | undefined {
  const [image] = images
  const [manifest, ...others] = manifests
  if (image !== undefined) return { images: [...new Set(images)] as unknown as NonEmpty<string>, manifests }
  return manifest === undefined ? undefined : { images: [], manifests: [manifest, ...others] }
}

function repeats(given: readonly string[]): readonly string[] {
  const more = given.length - new Set(given).size
  return more === 0 ? [] : [`${more} references were given more than once: each is planned once`]
}

async function refuse(problems: readonly Problem[]): Promise<number> {
  const [first] = problems
  const { code, message }: Problem = first ?? {
    code: 'nothing-to-verify',
    message: 'there is nothing to plan',
  }
  await print(process.stderr, [
    `Error: ${line(message)}`,
    ...problems.slice(1).map((problem) => `Error: ${line(problem.message)}`),
    `  Verdict: undetermined (${classOf(code)}, ${code})`,
    `  Next:    ${codes[code].remedy}`,
  ])
  return 2
}

function wrong(message: string): Problem {
  return { code: 'input-invalid', message }
}
