import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { flipped, type Manner } from './faults.js'
import type { FilePlace } from './place.js'

/** What is wrong with a file. A file without rights is none of them: whoever may do everything reads it all the same. */
export interface FileFault {
  readonly name: string
  readonly manner: Manner
  readonly spoil: (file: string, place: FilePlace) => void
}

function makeFolder(file: string): void {
  mkdirSync(file)
}

const instead = (put: (file: string) => void) => (file: string) => {
  rmSync(file)
  put(file)
}
const change = (to: (text: string, place: FilePlace) => string) => (file: string, place: FilePlace) =>
  writeFileSync(file, to(readFileSync(file, 'latin1'), place), 'latin1')

export const fileFaults: readonly FileFault[] = [
  { name: 'is not there', manner: 'absence', spoil: (file) => rmSync(file) },
  {
    name: 'is a link to nothing',
    manner: 'absence',
    spoil: instead((file) => symlinkSync('nowhere', file)),
  },
  {
    name: 'is a link to itself',
    manner: 'nonsense',
    spoil: instead((file) => symlinkSync(path.basename(file), file)),
  },
  { name: 'is a folder', manner: 'nonsense', spoil: instead(makeFolder) },
  {
    name: 'is a pipe that nobody writes to',
    manner: 'nonsense',
    spoil: instead((file) => {
      if (spawnSync('mkfifo', [file]).status !== 0) throw new Error('no mkfifo on this machine')
    }),
  },
  { name: 'is empty', manner: 'other bytes', spoil: (file) => writeFileSync(file, '') },
  {
    name: 'is cut off in the middle',
    manner: 'other bytes',
    spoil: change((text) => text.slice(0, text.length / 2)),
  },
  {
    name: 'holds a page',
    manner: 'other bytes',
    spoil: (file) => writeFileSync(file, '<html>sign in</html>'),
  },
  {
    name: 'has another byte',
    manner: 'other bytes',
    spoil: change((text, { flips }) => flipped(text, flips)),
  },
  {
    name: 'is larger than is read',
    manner: 'nonsense',
    spoil: (file, { limit }) => truncateSync(file, limit + 1),
  },
]

/** What is wrong with a variable; undefined: it is not set. */
export interface VariableFault {
  readonly name: string
  readonly manner: Manner
  readonly spoil: (text: string) => string | undefined
}

export const variableFaults: readonly VariableFault[] = [
  { name: 'is not there', manner: 'absence', spoil: () => undefined },
  { name: 'is empty', manner: 'other bytes', spoil: () => '' },
  {
    name: 'is cut off in the middle',
    manner: 'other bytes',
    spoil: (text) => text.slice(0, text.length / 2),
  },
  { name: 'holds a page', manner: 'other bytes', spoil: () => '<html>sign in</html>' },
  {
    name: 'has another byte',
    manner: 'other bytes',
    spoil: (text) => flipped(text, /KEY-----\n.{60}/),
  },
]
