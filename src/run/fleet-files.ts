import { readWhole } from '../files/read.js'
import { type FleetPlan, readPlan } from '../fleet/plan.js'
import { readArtifactsList } from '../inputs/artifacts-list.js'
import { readList } from '../inputs/values.js'
import type { Problem } from '../verdict/finding.js'
import type { Listed } from './sarif-report.js'

/** Most bytes of a list of images or a plan: some hundred thousand references. */
const listLimit = 32 * 1024 * 1024
/** The runner writes at most 500 subjects. */
const artifactsLimit = 4 * 1024 * 1024

/** Reads lists of images: one a line, without empty lines and comments. */
export async function readImageLists(
  given: readonly string[],
): Promise<{ readonly images: readonly Listed[]; readonly problems: readonly Problem[] }> {
  const images: Listed[] = []
  const problems: Problem[] = []
  for (const file of new Set(given.flatMap(readList))) {
    const bytes = await readWhole(file, listLimit, 'engine')
    if (bytes.kind !== 'found') {
      const why = bytes.kind === 'absent' ? `no file ${file}` : bytes.problem.message
      problems.push(wrong(`images-file: ${why}`))
      continue
    }
    const lines = Buffer.from(bytes.value).toString('utf8').split(/\r?\n/)
    const listed = lines
      .map((line, at): Listed => ({ reference: line.trim(), file, line: at + 1 }))
      .filter(({ reference }) => reference !== '' && !reference.startsWith('#'))
    if (listed.length === 0) problems.push(wrong(`images-file: expected images in ${file}, got none`))
    for (const one of listed) images.push(one)
  }
  return { images, problems }
}

/** The list that the runner keeps of what earlier steps made. */
export async function readArtifactsFile(file: string): Promise<readonly string[] | Problem> {
  const name = 'GITHUB_ARTIFACTS_LIST'
  const bytes = await readWhole(file, artifactsLimit, 'engine')
  if (bytes.kind === 'absent') return wrong(`${name}: no file ${file}`)
  if (bytes.kind === 'failed') return wrong(`${name}: ${bytes.problem.message}`)
  const listed = readArtifactsList(bytes.value)
  return 'problem' in listed ? wrong(`${name}: ${listed.problem}`) : listed.images
}

export async function readPlanFile(file: string): Promise<FleetPlan | Problem> {
  const bytes = await readWhole(file, listLimit, 'engine')
  if (bytes.kind === 'absent') return wrong(`plan: no file ${file}`)
  if (bytes.kind === 'failed') return wrong(`plan: ${bytes.problem.message}`)
  const plan = readPlan(bytes.value)
  return typeof plan === 'string' ? wrong(`plan: ${file} is no plan: ${plan}`) : plan
}

function wrong(message: string): Problem {
  return { code: 'input-invalid', message }
}
