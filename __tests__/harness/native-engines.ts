import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Fault, PolicyText, Question } from '../../src/engine/question.js'
import { peerProgram } from './peers.js'
import { temporaryFolder } from './run.js'

/** What a native engine came to: a value, undefined, or why it has none. */
export type Native =
  { readonly value: unknown } | { readonly undefined: true } | { readonly codes: readonly string[] }

interface Ran {
  readonly exit: number | null
  readonly stdout: string
  readonly stderr: string
}

async function run(name: string, args: readonly string[], cwd: string, input: string): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(peerProgram(name), args, { cwd, env: {}, stdio: ['pipe', 'pipe', 'pipe'] })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.on('error', reject)
    child.on('close', (exit) =>
      resolve({ exit, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    )
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}

/** Files in a folder of their own; a name is a name only. */
function laid(
  files: readonly PolicyText[],
  ending: string,
): { readonly folder: string; readonly names: string[] } {
  const folder = temporaryFolder()
  mkdirSync(folder, { recursive: true })
  const names = files.map(({ text }, at) => {
    const name = `f${at}.${ending}`
    writeFileSync(path.join(folder, name), text)
    return name
  })
  return { folder, names }
}

/**
 * `opa eval` with a reference as its query, and the builtins that nobody has here taken away.
 *
 * @param capabilities a file; by default those of this OPA
 */
export async function evalNatively(
  question: Extract<Question, { language: 'rego' }>,
  query: string,
  input: string,
  capabilities: string,
): Promise<Native> {
  const { folder, names } = laid(question.files, 'rego')
  const { version, strict } = question.rego
  const args = [
    'eval',
    ...(version === 'v0' ? ['--v0-compatible'] : ['--v1-compatible']),
    ...(strict ? ['--strict-builtin-errors'] : []),
    ...['--capabilities', capabilities, '--format', 'json', '--stdin-input'],
    ...names.flatMap((name) => ['-d', name]),
    query,
  ]
  const { exit, stdout, stderr } = await run('opa', args, folder, input)
  if (stdout === '') throw new Error(`opa ${args.join(' ')}: exit ${exit}: ${stderr}`)
  const { result, errors } = JSON.parse(stdout) as {
    result?: readonly [{ readonly expressions: readonly [{ readonly value: unknown }] }]
    errors?: readonly { readonly code: string }[]
  }
  if (errors) return { codes: errors.map(({ code }) => code) }
  return result ? { value: result[0].expressions[0].value } : { undefined: true }
}

/** The capabilities of this OPA in a file, without what is not there in the module. */
export async function nativeCapabilities(version: 'v0' | 'v1'): Promise<string> {
  const folder = temporaryFolder()
  const flag = version === 'v0' ? ['--v0-compatible'] : []
  const { stdout } = await run('opa', ['capabilities', '--current', ...flag], folder, '')
  const all = JSON.parse(stdout) as { builtins: readonly { readonly name: string }[] }
  const outside = ['http.send', 'net.lookup_ip_addr', 'opa.runtime']
  const file = path.join(folder, 'capabilities.json')
  writeFileSync(
    file,
    JSON.stringify({
      ...all,
      builtins: all.builtins.filter(({ name }) => !outside.includes(name)),
      allow_net: [],
    }),
  )
  return file
}

/** `cue vet -c` of one input: the paths of its errors in their order; undefined where all is well. */
export async function vetNatively(
  files: readonly PolicyText[],
  input: string,
): Promise<readonly string[] | undefined> {
  const { folder, names } = laid(files, 'cue')
  writeFileSync(path.join(folder, 'input.json'), input)
  const { exit, stderr } = await run(
    'cue',
    ['vet', '-c', ...names.map((name) => `./${name}`), './input.json'],
    folder,
    '',
  )
  if (exit === 0) return undefined
  const lines = stderr.split('\n').filter((line) => line !== '' && !line.startsWith(' '))
  return lines.map((line) => /^((?:[\w"#$-]+\.)*[\w"#$-]+): /.exec(line)?.[1] ?? '')
}

/** The sources of the module, built for this system: its answer, word for word. */
export async function askNatively(
  question: Question,
): Promise<{ readonly faults?: readonly Fault[]; readonly results?: readonly unknown[] }> {
  const { stdout } = await run('policy-engines', [], temporaryFolder(), `${JSON.stringify(question)}\n`)
  return JSON.parse(stdout) as { faults?: readonly Fault[]; results?: readonly unknown[] }
}
