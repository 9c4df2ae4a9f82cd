// The path of somebody who never saw this: a copy of the tree without node_modules, and the README's own lines,
// from nothing to a bad image that is blocked. Prints what each line came to and how long all of it took.
// `--node FILE` runs another Node (default: this one).
import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const at = process.argv.indexOf('--node')
const node = at < 0 ? process.execPath : path.resolve(process.argv[at + 1] ?? '')
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'stranger-'))

try {
  const begun = performance.now()
  copyTree(folder)
  const copied = performance.now()
  const lines = commands(fs.readFileSync(path.join(folder, 'README.md'), 'utf8'))
  const exits = lines.map(run)
  const ended = performance.now()
  const expected = [0, 1]
  const right = exits.length === expected.length && exits.every((exit, index) => exit === expected[index])
  console.log(`Node ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}, no node_modules`)
  console.log(`copy ${seconds(copied - begun)}, the README's lines ${seconds(ended - copied)}`)
  console.log(
    right ? 'A good image passed, a bad one was blocked.' : `Expected the exits 0 and 1, got ${exits}.`,
  )
  process.exitCode = right ? 0 : 1
} finally {
  fs.rmSync(folder, { recursive: true, force: true })
}

/** As a fresh clone has it: nothing that was installed or built beside it. */
function copyTree(to) {
  const left = new Set(['node_modules', '.git', '.peers', '.vitest', 'lib'])
  fs.cpSync(root, to, { recursive: true, filter: (from) => !left.has(path.relative(root, from)) })
}

/** The lines under "Try it", but the one that installs and tests. */
function commands(readme) {
  const section = /^## Try it\n([\s\S]*?)^## /m.exec(readme)?.[1] ?? ''
  return [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
    .flatMap(([, block]) => block.split('\n'))
    .filter((line) => line.startsWith('node '))
}

/** One line as it stands there, in the copy, with nothing of this machine but a PATH. */
function run(line) {
  const PATH = [path.dirname(node), process.env.PATH].join(path.delimiter)
  const HOME = path.join(folder, '.home')
  const ran = spawnSync(line, {
    cwd: folder,
    shell: true,
    env: { PATH, HOME, SystemRoot: process.env.SystemRoot },
  })
  console.log(`$ ${line}\n${ran.stdout}${ran.stderr}exit ${ran.status}\n`)
  return ran.status
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`
}
