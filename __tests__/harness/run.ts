import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, existsSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ResultDocument } from '../../src/report/document.js'
import { expectCallsListed, watched } from './watched-calls.js'

/** The bundle as it is committed: what users run. */
export const dist = path.resolve(import.meta.dirname, '../../dist')

export interface Ran {
  readonly exit: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RanAction extends Ran {
  /** What the runner reads from the output file. */
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  readonly annotations: readonly {
    readonly level: string
    readonly title: string
    readonly message: string
    /** `file:line`, where it has one. */
    readonly place?: string
  }[]
  /** `verify-result.json`, parsed; undefined when there is none. */
  readonly document: ResultDocument | undefined
}

export interface RunOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Another Node than the one of the tests. */
  readonly node?: string
  /** Another folder than that of the bundle as it is committed. */
  readonly bundle?: string
  /** Called with the process id as soon as the program runs. */
  readonly started?: (pid: number) => void
}

/** An environment in which nothing of this machine shows: no cloud credentials, no runner. */
const cleanEnvironment = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  // Nothing is kept between runs, and no public service is asked: whoever forgets a trusted root learns it at once.
  XDG_CACHE_HOME: '/dev/null/nowhere',
  TUF_MIRROR: 'http://127.0.0.1:9',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/nonexistent',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
}

export function temporaryFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'verify-image-'))
}

/** Runs `dist/cli.js` with arguments. */
export async function runCli(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return run([path.join(options.bundle ?? dist, 'cli.js'), ...args], options)
}

/** Runs `dist/action.js` the way the runner does: `INPUT_*` in, command files out. */
export async function runAction(
  inputs: Readonly<Record<string, string>>,
  options: RunOptions = {},
): Promise<RanAction> {
  const folder = temporaryFolder()
  const output = path.join(folder, 'output')
  const summary = path.join(folder, 'summary')
  writeFileSync(output, '')
  writeFileSync(summary, '')
  const resultFile = inputs['result-file'] ?? path.join(folder, 'verify-result.json')
  const given = { 'result-file': resultFile, ...inputs }
  const env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    ...Object.fromEntries(
      Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    ),
    ...options.env,
  }
  const watch = path.join(folder, 'calls')
  const ran = await run([path.join(options.bundle ?? dist, 'action.js')], {
    ...options,
    env: { ...env, ...watched(watch, env) },
  })
  const file = path.resolve(options.cwd ?? process.cwd(), resultFile)
  // Tests put a folder there, so that it cannot be written.
  const isWritten = statSync(file, { throwIfNoEntry: false })?.isFile() === true
  const document = isWritten ? (JSON.parse(readFileSync(file, 'utf8')) as ResultDocument) : undefined
  if (document) expectCallsListed(watch, document, env)
  return {
    ...ran,
    outputs: readOutputs(readFileSync(output, 'utf8')),
    summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '',
    annotations: readAnnotations(ran.stdout),
    document,
  }
}

async function run(args: readonly string[], { cwd, env, node, started }: RunOptions): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(node ?? process.execPath, args, {
      cwd,
      env: { ...cleanEnvironment, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.on('error', reject)
    child.on('spawn', () => started?.(child.pid ?? 0))
    child.on('close', (exit) =>
      resolve({
        exit,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
      }),
    )
  })
}

/** The runner's grammar of the output file: `name=value` and `name<<delimiter` blocks. */
export function readOutputs(text: string): Readonly<Record<string, string>> {
  const outputs: Record<string, string> = {}
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at++) {
    const one = lines[at] ?? ''
    const block = /^([^=<]+)<<(.+)$/.exec(one)
    if (block) {
      const end = lines.indexOf(block[2] ?? '', at + 1)
      if (end < 0) throw new Error(`the output ${String(block[1])} never ends`)
      outputs[block[1] ?? ''] = lines.slice(at + 1, end).join('\n')
      at = end
    } else if (one.includes('=')) {
      outputs[one.slice(0, one.indexOf('='))] = one.slice(one.indexOf('=') + 1)
    } else if (one !== '') {
      throw new Error(`not a line of an output file: ${one}`)
    }
  }
  return outputs
}

/** The commands that the runner would obey: any line that starts with `::`, and `##[` anywhere. */
export function readCommands(stdout: string): readonly string[] {
  return stdout.split('\n').filter((one) => one.trimStart().startsWith('::') || one.includes('##['))
}

function readAnnotations(stdout: string): RanAction['annotations'] {
  return readCommands(stdout).flatMap((command) => {
    const parts = /^::(error|warning|notice)(?: ([^:]*))?::(.*)$/.exec(command)
    if (!parts) return []
    const properties = new Map(
      (parts[2] ?? '').split(',').map((one) => [one.split('=')[0], one.replace(/^[^=]*=/, '')]),
    )
    const [file, line] = [properties.get('file'), properties.get('line')]
    return [
      {
        level: String(parts[1]),
        title: decode(properties.get('title') ?? ''),
        message: decode(parts[3] ?? ''),
        ...(file !== undefined && { place: `${decode(file)}:${line ?? ''}` }),
      },
    ]
  })
}

function decode(text: string): string {
  return text
    .replaceAll('%0A', '\n')
    .replaceAll('%0D', '\r')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%')
}
