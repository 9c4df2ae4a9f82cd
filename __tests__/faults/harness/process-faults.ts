import path from 'node:path'
import { temporaryFolder } from '../../harness/run.js'
import type { Manner } from './faults.js'

/** What is wrong with a program that is started. */
export interface ProcessFault {
  readonly name: string
  readonly manner: Manner
  /** @returns what it does, as shell; undefined: there is no such program */
  readonly spoil: (usual: string) => string | undefined
  readonly timeout?: string
  readonly stays?: true
}

export const processFaults: readonly ProcessFault[] = [
  { name: 'is not there', manner: 'absence', spoil: () => undefined, stays: true },
  { name: 'ends with 1 and says nothing', manner: 'outage', spoil: () => 'exit 1' },
  { name: 'ends with 0 and says nothing', manner: 'nonsense', spoil: () => 'exit 0' },
  { name: 'is killed', manner: 'outage', spoil: () => 'kill -9 $$' },
  { name: 'says what makes no sense', manner: 'nonsense', spoil: () => "echo '<html>sign in</html>'" },
  { name: 'says half', manner: 'nonsense', spoil: (usual) => `{ ${usual}\n} | head -c 40` },
  { name: 'says all, and ends with 1', manner: 'outage', spoil: (usual) => `${usual}\nexit 1` },
  { name: 'says no end of it', manner: 'outage', spoil: () => 'exec yes' },
  { name: 'never ends', manner: 'outage', spoil: () => 'exec sleep 60', timeout: '6s', stays: true },
]

/** The same, for its first start only. */
export function onceOnly(spoiled: string, usual: string): string {
  const mark = path.join(temporaryFolder(), 'started')
  return `if [ ! -e '${mark}' ]; then\n: > '${mark}'\n${spoiled}\nelse\n${usual}\nfi`
}
