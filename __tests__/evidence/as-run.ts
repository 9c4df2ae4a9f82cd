import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** One run of the real s3lo (the README beside the fixtures explains the fields). */
export interface RunCase {
  readonly id: string
  readonly group: string
  readonly ref?: string
  readonly key?: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly needs?: string
  readonly verdict: string
  readonly genuine?: boolean
  readonly ours?: string
  readonly stdout: string
  readonly stderr: string
}

const root = path.resolve(import.meta.dirname, '../../../shared/fixtures/s3lo')

/** Files of the fixtures' working directory. */
export const inWorkspace = (...names: string[]): string => path.join(root, 'ws', ...names)

/** The runs, or none (said aloud) where the fixtures are not there: they are not part of this repository. */
export function readRuns(): readonly RunCase[] {
  const index = path.join(root, 'index.json')
  if (!existsSync(index)) {
    console.info(
      'skipped: the outputs of the real s3lo are not beside this repository (../shared/fixtures/s3lo)',
    )
    return []
  }
  return (JSON.parse(readFileSync(index, 'utf8')) as { cases: RunCase[] }).cases
}

/** What the real s3lo gave as its reason, from text or JSON. */
export function reasonOf(run: RunCase): string | undefined {
  if (run.args.includes('json')) return (JSON.parse(run.stdout) as { reason?: string }).reason
  return run.stderr.replace(/^[^\n]*\n {2}/, '').replace(/\n$/, '') || undefined
}
