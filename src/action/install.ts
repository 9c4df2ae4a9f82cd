import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Given } from '../inputs/parse.js'
import { inputTable } from '../inputs/table.js'
import { describeProgram } from '../run/program.js'
import { version } from '../run/version.js'
import type { Problem } from '../verdict/finding.js'

const command = 'verify-image'

/** Inputs that ask for no verdict: only where it would be written. */
const silent: ReadonlySet<string> = new Set([
  'result-file',
  'html-report',
  'sarif-report',
  'policy-report',
  'summary',
])

/** Whether the step is only there for the command: nothing else is given that is not so by itself. */
export function isOnlyInstall(given: Given): boolean {
  return inputTable.every(({ name, default: usual }) => {
    const text = (given.get(name) ?? []).join('\n').trim()
    return name === 'install' ? text === 'true' : text === '' || text === usual || silent.has(name)
  })
}

/**
 * Puts the command on the path of later steps: this very program, copied to the runner's tool cache, where the action's
 * own folder may be gone or differ by then. A copy in the cache that is not what runs here is replaced: on a machine
 * that others use too, anybody may have written there.
 *
 * @param programFolder where the bundle lies
 * @returns the folder that is on the path now
 */
export async function install(programFolder: string | undefined): Promise<string | Problem> {
  const { RUNNER_TEMP: temporary = '', RUNNER_TOOL_CACHE: cache = '' } = process.env
  if (programFolder === undefined || temporary === '' || cache === '')
    return wrong('expected RUNNER_TOOL_CACHE and RUNNER_TEMP, which a runner sets, got none')
  try {
    const [{ addPath }, { cacheDir, find }] = await Promise.all([
      import('@actions/core'),
      import('@actions/tool-cache'),
    ])
    const own = describeProgram(programFolder).sha256
    const known = find(command, version)
    const isSame = known !== '' && own !== null && describeProgram(known).sha256 === own
    const folder = isSame ? known : await cacheDir(programFolder, command, version)
    if (own === null || describeProgram(folder).sha256 !== own)
      return wrong('the copy in the tool cache is not this program')
    const bin = path.join(temporary, command, 'bin')
    writeStarts(bin, path.join(folder, 'cli.js'))
    addPath(bin)
    return bin
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error))
  }
}

/** The Node of the runner runs it, so that a job's container needs none of its own. */
function writeStarts(bin: string, script: string): void {
  mkdirSync(bin, { recursive: true })
  const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
  const start = path.join(bin, command)
  writeFileSync(start, `#!/bin/sh\nexec ${quoted(process.execPath)} ${quoted(script)} "$@"\n`)
  chmodSync(start, 0o755)
  const escaped = (text: string): string => `"${text.replaceAll('%', '%%')}"`
  writeFileSync(`${start}.cmd`, `@${escaped(process.execPath)} ${escaped(script)} %*\r\n`)
}

function wrong(why: string): Problem {
  return { code: 'input-invalid', message: `install: the command could not be put on the path: ${why}` }
}
