import { spawn } from 'node:child_process'
import path from 'node:path'
import type { Ran } from './run.js'

/** Runs one line as a user types it, in a folder; `node` is the Node of the tests. */
export async function runShell(
  line: string,
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const PATH = [path.dirname(process.execPath), process.env['PATH'] ?? ''].join(path.delimiter)
    const child = spawn(line, { cwd, shell: true, env: { PATH, HOME: cwd, ...env } })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.on('error', reject)
    child.on('close', (exit) => {
      resolve({
        exit,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
      })
    })
  })
}
