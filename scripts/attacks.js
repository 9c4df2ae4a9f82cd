// Runs all attacks in full and writes what they counted into docs/attacks.md. `--slice` runs what `npm test` runs and
// writes nothing; `--positions` writes the list of positions anew, for somebody to look at what changed.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const [isSlice, isWriting] = ['--slice', '--positions'].map((flag) => process.argv.includes(flag))
const chosen = process.argv.slice(2).filter((word) => !word.startsWith('--'))

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'attacks-'))
const started = performance.now()
const { status } = spawnSync(
  process.execPath,
  [
    path.join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    ...(chosen.length > 0 ? chosen : ['__tests__/attacks']),
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      ATTACKS_COUNTS: folder,
      ...(!isSlice && { ATTACKS: 'full' }),
      ...(isWriting && { ATTACKS_WRITE: 'positions' }),
    },
  },
)

const counted = fs
  .readdirSync(folder)
  .sort()
  .map((name) => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')))
fs.rmSync(folder, { recursive: true })

for (const attack of ['fuzz', 'flips', 'swaps', 'bounds']) {
  const rows = counted.filter((one) => one.attack === attack)
  if (rows.length === 0) continue
  const total = {}
  for (const { counts } of rows)
    for (const [name, number] of Object.entries(counts)) total[name] = (total[name] ?? 0) + number
  console.log(`\n${attack}`)
  console.table(Object.fromEntries([...rows.map(({ what, counts }) => [what, counts]), ['all', total]]))
}
console.log(`${Math.round((performance.now() - started) / 1000)} s`)

if (status === 0 && !isSlice) {
  // What was not run this time keeps its counts.
  const file = path.join(root, '__tests__/attacks/data/counts.json')
  const before = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {}
  const now = Object.fromEntries(counted.map(({ attack, what, counts }) => [`${attack}/${what}`, counts]))
  const sorted = Object.entries({ ...before, ...now }).sort(([a], [b]) => (a < b ? -1 : 1))
  fs.writeFileSync(file, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`)
  spawnSync(process.execPath, [path.join(root, 'scripts/write-docs.js')], { cwd: root, stdio: 'inherit' })
}
process.exitCode = status ?? 1
