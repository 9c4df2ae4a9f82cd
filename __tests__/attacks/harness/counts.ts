import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll } from 'vitest'

/** What was tried of one kind of attack, and what became of it. */
export type Counts = Readonly<Record<string, number>>

const folder = process.env['ATTACKS_COUNTS']

/** Keeps count of a file of tests; the script that runs them all adds up. */
export function openCounts(
  attack: 'fuzz' | 'flips' | 'swaps' | 'bounds',
  what: string,
): (more: Counts) => void {
  const counts: Record<string, number> = {}
  afterAll(() => {
    if (folder === undefined) return
    mkdirSync(folder, { recursive: true })
    writeFileSync(path.join(folder, `${attack}-${what}.json`), JSON.stringify({ attack, what, counts }))
  })
  return (more) => {
    for (const [name, number] of Object.entries(more)) counts[name] = (counts[name] ?? 0) + number
  }
}
