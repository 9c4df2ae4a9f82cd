import { findFiles } from '../files/find.js'
import { readWhole } from '../files/read.js'
import { merge, type Merged, type ShardFile } from '../fleet/merge.js'
import type { FleetPlan } from '../fleet/plan.js'
import { systemClock } from '../gate/clock.js'
import { endingOf, type Leniency } from '../verdict/ending.js'
import type { Problem } from '../verdict/finding.js'
import { type Answer, refuse } from './answer.js'
import { readPlanFile } from './fleet-files.js'
import { describeProgram } from './program.js'
import { type Files, tellProblem, told, withdrawReports, writeReports } from './reports.js'
import { version } from './version.js'

/** Most bytes of the result of a shard: some ten thousand images. */
const resultLimit = 256 * 1024 * 1024
/** Most files that are read. */
const mostFiles = 2000

interface Demanded {
  /** What is wrong with the inputs already. */
  readonly problems: readonly Problem[]
  readonly plan: string
  /** Result files, or patterns of them. */
  readonly files: readonly string[]
  readonly reports: Omit<Files, 'vsaFile'>
  readonly leniency: Leniency
}

/** Merges the results of the shards of a plan, and writes the reports of the whole, whatever it comes to. */
export async function answerMerged(
  { problems, plan: planFile, files: given, reports, leniency }: Demanded,
  programFolder: string | undefined,
): Promise<Answer> {
  const plan: FleetPlan | Problem = problems[0] ?? (await readPlanFile(planFile))
  const names = await expand(given)
  const files = { ...reports, vsaFile: '' }
  await withdrawReports(files, 'code' in names ? [] : [planFile, ...names])
  const wrong = 'code' in plan ? plan : 'code' in names ? names : undefined
  const merged: Merged =
    wrong || 'code' in plan || 'code' in names
      ? { result: refuse(problems.length > 0 ? problems : wrong ? [wrong] : []), inputs: {} }
      : merge(plan, await readAll(names), version, systemClock.now().toISOString())
  const tool = describeProgram(programFolder)
  const part = 'code' in plan ? undefined : { sha256: plan.sha256, of: plan.shards.length }
  const beside = { inputs: merged.inputs, tool, plan: part, listed: [] }
  const answered = told(merged.result, endingOf(merged.result, leniency), beside)
  const problem = await writeReports(files, answered, beside)
  return problem ? tellProblem(files, merged.result, problem, leniency, beside) : answered
}

async function readAll(names: readonly string[]): Promise<readonly ShardFile[]> {
  const files: ShardFile[] = []
  for (const name of names) {
    const bytes = await readWhole(name, resultLimit, 'storage')
    files.push({ name, content: bytes.kind === 'found' ? bytes.value : problemOf(bytes, name) })
  }
  return files
}

function problemOf(
  read: { readonly kind: 'absent' } | { readonly kind: 'failed'; readonly problem: Problem },
  name: string,
): Problem {
  return read.kind === 'failed' ? read.problem : { code: 'internal-error', message: `no file ${name}` }
}

async function expand(files: readonly string[]): Promise<readonly string[] | Problem> {
  const names: string[] = []
  for (const file of files) {
    const found = file.includes('*') ? await findFiles(file) : [file]
    // A pattern that finds nothing is a shard that is missing: the plan knows which.
    if (typeof found === 'string') return { code: 'input-invalid', message: `${file}: ${found}` }
    names.push(...found)
  }
  if (names.length <= mostFiles) return names
  const message = `expected at most ${mostFiles} result files, got ${names.length}`
  return { code: 'input-invalid', message }
}
