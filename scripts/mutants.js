// Changes the source of four rooms in one place at a time and looks whether a test notices (Stryker); writes what it
// counted, and what no test noticed, into __tests__/mutants. What is named runs alone: `npm run mutants -- src/verify/*.ts`.
// What a test noticed before is not tried again (.stryker/incremental.json); `--count` tries nothing and only counts. Where
// files of the rooms were never tried, what nobody judged is printed and nothing is written.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const named = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const known = path.join(root, '.stryker/incremental.json')

if (!process.argv.includes('--count')) {
  const stryker = path.join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js')
  const chosen = named.length > 0 ? ['--mutate', named.join(',')] : []
  const { status } = spawnSync(process.execPath, [stryker, 'run', ...chosen], { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

const { files } = JSON.parse(fs.readFileSync(known, 'utf8'))
const rooms = ['requirement', 'verdict', 'verify', 'evidence']
const counts = Object.fromEntries(
  rooms.map((room) => [room, { mutants: 0, killed: 0, survived: 0, disabled: 0, 'not run': 0 }]),
)
const survivors = []

for (const [file, { source, mutants }] of Object.entries(files)) {
  const room = counts[file.split('/')[1]]
  const lines = source.split('\n')
  for (const { status, statusReason = '', mutatorName, replacement = '', location } of mutants) {
    room.mutants++
    if (status === 'Killed' || status === 'Timeout') room.killed++
    // What its author said is without effect, and why; and what is evaluated as a module loads.
    else if (status === 'Ignored') room[statusReason.startsWith('Static mutant') ? 'not run' : 'disabled']++
    else if (status === 'Survived' || status === 'NoCoverage') {
      room.survived++
      const { start, end } = location
      const last = start.line === end.line ? end.column - 1 : undefined
      const was = (lines[start.line - 1] ?? '').slice(start.column - 1, last)
      survivors.push({ file, line: start.line, was, becomes: replacement, by: mutatorName })
    } else room['not run']++
  }
}

// A file that was never tried says so; types, what is `as const` and plain numbers have nothing that Stryker changes.
const unchanging = /^export const \w+ = (?:\[[^\]]*\] as const|[\d_]+)$/gm
const hasCode = (text) => /^(export )?(async )?(function|const) /m.test(text.replace(unchanging, ''))
const untried = rooms.flatMap((room) =>
  fs
    .readdirSync(path.join(root, 'src', room))
    .map((name) => `src/${room}/${name}`)
    .filter((file) => !(file in files) && hasCode(fs.readFileSync(path.join(root, file), 'utf8'))),
)

// Somebody judged each: what was said stays with the same change of the same text.
const folder = path.join(root, '__tests__/mutants')
const list = path.join(folder, 'survivors.json')
const keyOf = ({ file, was, becomes, by }) => JSON.stringify([file, was, becomes, by])
const before = fs.existsSync(list) ? JSON.parse(fs.readFileSync(list, 'utf8')) : []
const judged = new Map(before.map((one) => [keyOf(one), one.why]))
const order = (a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1)
const all = survivors.toSorted(order).map((one) => ({ ...one, why: judged.get(keyOf(one)) ?? '' }))

console.table(counts)
const open = all.filter(({ why }) => why === '')
if (untried.length > 0) {
  // What is written is of all rooms: a part of them says nothing of the others.
  for (const { file, line, was, becomes } of open) console.log(`${file}:${line}: ${was} -> ${becomes}`)
  console.error(`nothing is written: ${untried.length} files were never tried here`)
} else {
  fs.mkdirSync(folder, { recursive: true })
  fs.writeFileSync(
    path.join(folder, 'counts.json'),
    `${JSON.stringify({ rooms: counts, untried }, null, 2)}\n`,
  )
  fs.writeFileSync(list, `[\n${all.map((one) => `  ${JSON.stringify(one)}`).join(',\n')}\n]\n`)
  if (open.length > 0)
    console.error(`${open.length} survivors are not judged yet: say why in ${path.relative(root, list)}`)
  spawnSync(process.execPath, [path.join(root, 'scripts/write-docs.js')], { cwd: root, stdio: 'inherit' })
}
