import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { dist, type Ran } from './run.js'

export interface Bash {
  /** Runs a script as somebody would type it; `flags` are those of bash itself, such as `-e`. */
  readonly run: (
    script: string,
    env?: Readonly<Record<string, string>>,
    flags?: readonly string[],
  ) => Promise<Ran>
}

/** Throws, and says what is missing, when a program that the lines need is not on this machine. */
export function demandPrograms(names: readonly string[]): void {
  const missing = names.filter((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status !== 0)
  if (missing.length > 0) throw new Error(`not on the PATH, install it: ${missing.join(', ')}`)
}

/**
 * A bash in a folder with `verify-image` on its PATH, installed as a user has it, beside other commands.
 *
 * @param commands scripts by name, for what the lines call besides
 */
export function openBash(cwd: string, commands: Readonly<Record<string, string>> = {}): Bash {
  const bin = path.join(cwd, '.bin')
  mkdirSync(bin)
  const program = `exec "${process.execPath}" "${path.join(dist, 'cli.js')}" "$@"`
  for (const [name, script] of Object.entries({ 'verify-image': program, ...commands })) {
    writeFileSync(path.join(bin, name), `#!/usr/bin/env bash\n${script}\n`)
    chmodSync(path.join(bin, name), 0o755)
  }
  const PATH = [bin, process.env['PATH'] ?? ''].join(path.delimiter)
  const clean = { PATH, HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true' }
  return {
    run: async (script, env = {}, flags = []) => {
      const args = ['--noprofile', '--norc', ...flags, '-c', script]
      const child = spawn('bash', args, {
        cwd,
        env: { ...clean, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []]
      child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
      child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
      const exit = await new Promise<number | null>((resolve, reject) => {
        child.on('error', reject)
        child.on('close', resolve)
      })
      return {
        exit,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
      }
    },
  }
}
