import { spawn } from 'node:child_process'
import { createPublicKey, type KeyObject } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { peerProgram } from './peers.js'
import { type Ran, temporaryFolder } from './run.js'

/** The two files of a key as cosign writes them. */
export interface CosignKey {
  readonly key: string
  readonly pub: string
}

/** `bundle` is what cosign 3 writes, `legacy` what it wrote before: the tags `.sig` and `.att`. */
export type Format = 'bundle' | 'legacy'

export interface Cosign {
  /** Of all its private keys. */
  readonly password: string
  readonly newKey: (name: string) => Promise<CosignKey>
  /** A key that was made elsewhere. */
  readonly importKey: (name: string, key: KeyObject) => Promise<CosignKey>
  readonly sign: (
    reference: string,
    key: CosignKey,
    format: Format,
    flags?: readonly string[],
  ) => Promise<void>
  /** @param type an alias of cosign's or a URI */
  readonly attest: (
    reference: string,
    key: CosignKey,
    format: Format,
    type: string,
    predicate?: object,
  ) => Promise<void>
  /** Runs cosign as it is, whatever it ends with. */
  readonly run: (...args: readonly string[]) => Promise<Ran>
  readonly crane: (...args: readonly string[]) => Promise<string>
}

const password = 'cosign-password'
/** Nothing is sent to a public log, and no service of sigstore's is asked for. */
const offline = ['--tlog-upload=false', '--use-signing-config=false', '--yes']

/** Real cosign and crane; `env` is for both, such as DOCKER_CONFIG or COSIGN_REPOSITORY. */
export function openCosign(env: Readonly<Record<string, string>> = {}): Cosign {
  const folder = temporaryFolder()
  // Its own home: cosign keeps a cache of sigstore's keys there.
  const environment = { HOME: folder, COSIGN_PASSWORD: password, ...env }
  const run = async (program: string, args: readonly string[]): Promise<Ran> =>
    runProgram(peerProgram(program), args, environment, folder)
  const must = async (program: string, ...args: readonly string[]): Promise<string> => {
    const { exit, stdout, stderr } = await run(program, args)
    expect(exit, `${program} ${args.join(' ')}: ${stderr}`).toBe(0)
    return stdout
  }
  const filesOf = (prefix: string): CosignKey => ({
    key: path.join(folder, `${prefix}.key`),
    pub: path.join(folder, `${prefix}.pub`),
  })
  const formatted = (format: Format): readonly string[] =>
    format === 'legacy' ? [...offline, '--new-bundle-format=false'] : offline

  return {
    password,
    newKey: async (name) => {
      await must('cosign', 'generate-key-pair', '--output-key-prefix', name)
      return filesOf(name)
    },
    importKey: async (name, key) => {
      const pem = path.join(folder, `${name}.pem`)
      writeFileSync(pem, key.export({ type: 'pkcs8', format: 'pem' }))
      await must('cosign', 'import-key-pair', '--key', pem, '--output-key-prefix', name)
      const files = filesOf(name)
      writeFileSync(files.pub, createPublicKey(key).export({ type: 'spki', format: 'pem' }))
      return files
    },
    sign: async (reference, { key }, format, flags = []) => {
      await must('cosign', 'sign', '--key', key, ...formatted(format), ...flags, reference)
    },
    attest: async (reference, { key }, format, type, predicate = {}) => {
      const file = path.join(folder, 'predicate.json')
      writeFileSync(file, JSON.stringify(predicate))
      const what = ['--type', type, '--predicate', file]
      await must('cosign', 'attest', '--key', key, ...formatted(format), ...what, reference)
    },
    run: async (...args) => run('cosign', args),
    crane: async (...args) => must('crane', ...args),
  }
}

async function runProgram(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd: string,
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.on('error', reject)
    child.on('close', (exit) =>
      resolve({
        exit,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
      }),
    )
  })
}
