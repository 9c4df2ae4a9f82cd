import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { ResultDocument } from '../../src/report/document.js'

type Counts = Readonly<Record<string, number>>

const hook = path.resolve(import.meta.dirname, '../setup/watch-calls.cjs')

/** What a run needs in its environment so that its calls are written to a file. */
export function watched(
  file: string,
  env: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return {
    WATCHED_CALLS: file,
    NODE_OPTIONS: [env['NODE_OPTIONS'], `--require "${hook}"`].filter(Boolean).join(' '),
  }
}

/**
 * Every request that the program sent, and every host that it connected to, must be among the calls of its result
 * document. A call may be listed that never became a request: its connection failed. A program that was killed wrote
 * nothing down.
 */
export function expectCallsListed(
  file: string,
  { calls }: ResultDocument,
  env: Readonly<Record<string, string>>,
): void {
  if (!existsSync(file)) return
  const { requests, connections } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Counts>
  const listed = new Map(calls.map(({ host, count }) => [host, count]))
  const unlisted = Object.entries(requests ?? {}).filter(([host, count]) => count > (listed.get(host) ?? 0))
  const isSentOn = Object.keys(env).some((name) => /^(https?|all)_proxy$/i.test(name))
  const strange = Object.keys(connections ?? {}).filter(
    (name) => !isSentOn && !listed.has(name) && !listed.has(name.replace(/:(443|80)$/, '')),
  )
  if (unlisted.length > 0 || strange.length > 0)
    throw new Error(`not in calls: ${JSON.stringify({ unlisted, strange, listed: [...listed] })}`)
}
