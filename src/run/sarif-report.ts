import path from 'node:path'
import { writeReport } from '../files/write.js'
import type { Tool } from '../report/document.js'
import type { LineOf, Surroundings } from '../report/sarif-places.js'
import type { Ending } from '../verdict/ending.js'
import type { Problem } from '../verdict/finding.js'
import type { Result } from '../verdict/result.js'

/** A reference that stands in a list of images. */
export interface Listed extends LineOf {
  readonly reference: string
}

/** Writes the results for code scanning; what makes them is loaded only where they are asked for. */
export async function writeSarifReport(
  file: string,
  result: Result,
  ending: Ending,
  tool: Tool,
  listed: readonly Listed[],
): Promise<Problem | undefined> {
  const { sarifReport } = await import('../report/sarif.js')
  return writeReport(
    file,
    sarifReport(result, ending, tool, surroundings(process.env, listed)),
    'sarif-report',
  )
}

/** What a runner says of where the run stands. */
function surroundings(
  env: Readonly<Record<string, string | undefined>>,
  listed: readonly Listed[],
): Surroundings {
  const top = path.resolve(env['GITHUB_WORKSPACE'] ?? '.')
  const workflow = workflowOf(env)
  const docs = docsOf(env)
  return {
    inRepository: (file) => {
      const below = path.relative(top, path.resolve(file))
      const isBelow = below !== '' && !path.isAbsolute(below) && below.split(path.sep)[0] !== '..'
      return isBelow && file !== 'standard input' ? below.split(path.sep).join('/') : undefined
    },
    // Where one is listed twice, its first line counts.
    listed: new Map(listed.toReversed().map(({ reference, file, line }) => [reference, { file, line }])),
    ...(workflow !== undefined && { workflow }),
    ...(docs !== undefined && { docs }),
  }
}

/** `owner/repository/.github/workflows/x.yml@refs/heads/main`, where it is one of the repository itself. */
function workflowOf(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { GITHUB_WORKFLOW_REF: reference = '', GITHUB_REPOSITORY: repository = '' } = env
  if (repository === '' || !reference.startsWith(`${repository}/`)) return undefined
  return /^(\.github\/workflows\/[^@]+)@/.exec(reference.slice(repository.length + 1))?.[1]
}

/** The pages of the very version that runs, where the runner says where it has it from. */
function docsOf(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const {
    GITHUB_SERVER_URL: server = '',
    GITHUB_ACTION_REPOSITORY: repository = '',
    GITHUB_ACTION_REF: ref = '',
  } = env
  // A command in a step of another action would be told of that one.
  const isOwn = /^[\w.-]+\/verify-image$/.test(repository) && /^\w[\w.-]*$/.test(ref)
  return isOwn && /^https:\/\/[\w.:-]+$/.test(server)
    ? `${server}/${repository}/blob/${ref}/docs/codes`
    : undefined
}
