import { createHash } from 'node:crypto'
import type { OpenEngine } from '../engine/engine.js'
import type { PolicyText } from '../engine/question.js'
import { readWhole } from '../files/read.js'
import { compileStatementPolicy, type StatementPolicy } from '../policy/statement-policy.js'
import type { Problem } from '../verdict/finding.js'
import type { PolicyFile } from '../verdict/result.js'
import type { StatementRule } from '../verify/statement-rule.js'

const mostBytes = 1024 * 1024

export interface OpenStatementPolicy {
  readonly rule: StatementRule
  /** What was read, for auditors. */
  readonly files: () => readonly PolicyFile[]
  readonly close: () => void
}

/** The policy that the request names about statements, read once; the engine starts when it is asked first. */
export function openStatementPolicy(paths: readonly string[], signal: AbortSignal): OpenStatementPolicy {
  const files: PolicyFile[] = []
  let loading: Promise<StatementPolicy | Problem> | undefined
  let engine: Promise<OpenEngine> | undefined
  const load = async (): Promise<StatementPolicy | Problem> => (loading ??= readAll(paths, files))
  const rule = compileStatementPolicy(`attestation-policy ${paths.join('\n')}`, load, async (question) => {
    engine ??= import('../engine/engine.js').then(({ openEngine }) => openEngine())
    return (await engine).ask(question, signal)
  })
  // The engine takes half a second to start: beside the first answers, not after them.
  void rule.problem().catch(() => undefined)
  return { rule, files: () => files, close: () => void engine?.then((one) => one.close()) }
}

async function readAll(paths: readonly string[], read: PolicyFile[]): Promise<StatementPolicy | Problem> {
  const texts: Record<'rego' | 'cue', PolicyText[]> = { rego: [], cue: [] }
  for (const path of paths) {
    const bytes = await readWhole(path, mostBytes, 'engine')
    if (bytes.kind === 'absent') return { code: 'policy-invalid', message: `policy not found: ${path}` }
    if (bytes.kind === 'failed')
      return { code: 'policy-invalid', message: `policy not read: ${bytes.problem.message}` }
    const language = path.endsWith('.cue') ? 'cue' : 'rego'
    texts[language].push({ name: path, text: Buffer.from(bytes.value).toString() })
    read.push({ file: path, language, sha256: createHash('sha256').update(bytes.value).digest('hex') })
  }
  return texts
}
