// Plays the whole matrix of faults and writes its cells and docs/faults.md. Names of families as arguments play only
// those, and `--only=PATTERN` only cells whose `place, fault` is like it: the others stay as they are. `--slice` plays
// what `npm test` plays and writes nothing.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const isSlice = process.argv.includes('--slice')
const only = process.argv.find((word) => word.startsWith('--only='))?.slice('--only='.length)
const chosen = process.argv.slice(2).filter((word) => !word.startsWith('--'))

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'faults-'))
const started = performance.now()
const { status } = spawnSync(
  process.execPath,
  [
    path.join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '__tests__/faults/matrix.test.ts',
    ...(chosen.length > 0 ? ['-t', `goes wrong with (${chosen.join('|')})\\b`] : []),
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      FAULTS_FOUND: folder,
      ...(!isSlice && { FAULTS: 'full' }),
      ...(only !== undefined && { FAULTS_ONLY: only }),
    },
  },
)

const found = fs
  .readdirSync(folder)
  .map((name) => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')))
fs.rmSync(folder, { recursive: true })

if (found.length > 0) {
  const countOf = ({ cells }) =>
    Object.values(cells).flatMap((faults) =>
      Object.entries(faults).flatMap(([fault, kinds]) => (fault === 'nothing' ? [] : Object.keys(kinds))),
    ).length
  console.table(Object.fromEntries(found.map((one) => [one.name, { cells: countOf(one), wrong: one.wrong }])))
}
console.log(`${Math.round((performance.now() - started) / 1000)} s`)

if (found.length === 0) console.error(`nothing was played: no family is called ${chosen.join(' or ')}`)
else if (status === 0 && !isSlice) {
  const file = path.join(root, '__tests__/faults/data/cells.json')
  const before = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')).families : []
  const now = found.map(({ reasons: _reasons, shown: _shown, ...family }) => family)
  const kept = before.filter(({ name }) => !now.some((one) => one.name === name))
  const families = [...kept, ...now].sort((a, b) => a.order - b.order)
  const text = JSON.stringify({ exceptions: found[0].reasons, families }, null, 2)
  fs.writeFileSync(file, `${text}\n`)
  spawnSync(process.execPath, [path.join(root, 'scripts/write-docs.js')], { cwd: root, stdio: 'inherit' })
}
process.exitCode = found.length === 0 ? 1 : (status ?? 1)
