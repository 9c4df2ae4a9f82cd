import { createHash } from 'node:crypto'
import type { PolicyText } from '../engine/question.js'
import { readWhole } from '../files/read.js'
import { compileStatementPolicy, type StatementPolicy } from '../policy/statement-policy.js'
import type { Problem } from '../verdict/finding.js'
import type { PolicyFile } from '../verdict/result.js'
import type { StatementRule } from '../verify/statement-rule.js'
import type { LazyEngine } from './policy-engine.js'

const mostBytes = 1024 * 1024

export interface OpenStatementPolicy {
  readonly rule: StatementRule
  /** What was read, for auditors. */
  readonly files: () => readonly PolicyFile[]
}

/** The policy that the request names about statements, read once; the engine starts when it is asked first. */
export function openStatementPolicy(paths: readonly string[], { ask }: LazyEngine): OpenStatementPolicy {
  const files: PolicyFile[] = []
  let loading: Promise<StatementPolicy | Problem> | undefined
  const load = async (): Promise<StatementPolicy | Problem> => (loading ??= readAll(paths, files))
  const rule = compileStatementPolicy(`attestation-policy ${paths.join('\n')}`, load, ask)
  // The engine takes half a second to start: beside the first answers, not after them.
  void rule.problem().catch(() => undefined)
  return { rule, files: () => files }
}

async function readAll(paths: readonly string[], read: PolicyFile[]): Promise<StatementPolicy | Problem> {
  const texts: Record<'rego' | 'cue', PolicyText[]> = { rego: [], cue: [] }
  for (const path of paths) {
    const bytes = await readPolicy(path)
    if ('code' in bytes) return bytes
    const language = path.endsWith('.cue') ? 'cue' : 'rego'
    texts[language].push({ name: path, text: Buffer.from(bytes).toString() })
    read.push(fileOf(path, language, bytes))
  }
  return texts
}

/** The bytes of a file with a policy. */
export async function readPolicy(path: string): Promise<Uint8Array | Problem> {
  const bytes = await readWhole(path, mostBytes, 'engine')
  switch (bytes.kind) {
    case 'found':
      return bytes.value
    case 'absent':
      return { code: 'policy-invalid', message: `policy not found: ${path}` }
    case 'failed':
      return { code: 'policy-invalid', message: `policy not read: ${bytes.problem.message}` }
  }
}

export function fileOf(file: string, language: string, bytes: Uint8Array): PolicyFile {
  return { file, language, sha256: createHash('sha256').update(bytes).digest('hex') }
}
