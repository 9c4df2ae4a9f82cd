// Writes what is generated from the source: the inputs and outputs in action.yml and docs/inputs.md, the codes in
// docs/codes.md and, with what docs/codes.yml tells of each, in docs/codes/, the counts, positions and mutants in
// docs/attacks.md, the cells in docs/faults.md. `--check` writes nothing and fails when something is stale.
import fs from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { format } from 'prettier'
import { parse } from 'yaml'
import { codePages } from './docs/code-pages.js'

const root = path.resolve(import.meta.dirname, '..')
const check = process.argv.includes('--check')

/** The source says it; it is compiled in memory, with what it imports, and asked. */
async function load(file) {
  return import(compile(path.join(root, file)))
}

function compile(file) {
  const { outputText } = ts.transpileModule(fs.readFileSync(file, 'utf8'), {
    compilerOptions: { module: 'ESNext', target: 'ES2023' },
  })
  const whole = outputText.replace(/from '(\.\.?\/[^']+)\.js'/g, (_, name) => {
    return `from '${compile(path.join(path.dirname(file), `${name}.ts`))}'`
  })
  return `data:text/javascript;base64,${Buffer.from(whole).toString('base64')}`
}

const { inputTable } = await load('src/inputs/table.ts')
const { outputTable } = await load('src/inputs/output-table.ts')
const { codes } = await load('src/verdict/codes.ts')
const { turn } = await load('src/report/words.ts')

const quote = (text) => `'${text.replaceAll("'", "''")}'`

function actionYml() {
  const inputs = inputTable.map(
    (entry) =>
      `  ${entry.name}:\n    description: ${quote(entry.description)}\n    required: false\n    default: ${quote(entry.default)}\n`,
  )
  const outputs = outputTable.map(
    (entry) => `  ${entry.name}:\n    description: ${quote(entry.description)}\n`,
  )
  return `# Inputs and outputs are generated (npm run docs).
name: Verify image
description: Decides whether a container image may be promoted - verified, rejected or undetermined
author: verify-image maintainers
branding:
  icon: shield
  color: green

inputs:
${inputs.join('')}
outputs:
${outputs.join('')}
runs:
  using: node24
  main: dist/action.js
`
}

function inputsPage() {
  const rows = inputTable.map((entry) => {
    const fallback = entry.default === '' ? '–' : `\`${entry.default}\``
    const other =
      entry.commandDefault === undefined
        ? ''
        : ` (command: ${entry.commandDefault === '' ? 'none' : `\`${entry.commandDefault}\``})`
    return `| \`${entry.name}\` | ${fallback}${other} | ${entry.description.replaceAll('|', '\\|')} |`
  })
  const outputs = outputTable.map(
    (entry) => `| \`${entry.name}\` | ${entry.description.replaceAll('|', '\\|')} |`,
  )
  return `# Inputs and outputs

Generated from the source. The command has the inputs as flags of the same names (\`--key\`, \`--require\` …); images are its arguments.

## Inputs

| Input | Default | Meaning |
| --- | --- | --- |
${rows.join('\n')}

## Outputs

Set for every ending, also when the step fails.

| Output | Meaning |
| --- | --- |
${outputs.join('\n')}
`
}

function codesPage() {
  const classes = [
    ['supply-chain', 'Supply chain: rejected, exit 1', 'Proven false. The owner of the image acts.'],
    [
      'configuration',
      'Configuration: undetermined, exit 2',
      'The step is set up wrongly. The owner of the pipeline acts.',
    ],
    [
      'infrastructure',
      'Infrastructure: undetermined, exit 2',
      'A service did not answer, so nothing is known. The owner of the pipeline acts.',
    ],
  ]
  const sections = classes.map(([name, title, meaning]) => {
    const entries = Object.entries(codes).filter(([, entry]) => entry.class === name)
    const pages = entries.map(
      ([code, entry]) =>
        `### ${code}\n\n${entry.meaning}\n\n**What to do:** ${entry.remedy} [How it looks, causes](codes/${code}.md)`,
    )
    return `## ${title}\n\n${meaning}\n\n${pages.join('\n\n')}`
  })
  return `# Failure codes\n\nGenerated from the source. The output \`failure-code\` and \`failure.code\` in the result document hold one of these; each has a page.\n\n${sections.join('\n\n')}\n`
}

/** A page that is written by hand, with something else between its marks. */
function between(text, mark, inside) {
  return text.replace(
    new RegExp(`(<!-- ${mark} -->)[\\s\\S]*(<!-- end of ${mark} -->)`),
    (_, begin, end) => `${begin}\n\n${inside}\n\n${end}`,
  )
}

/** Between the marks stands what the attacks found (npm run attacks). */
function attacksPage() {
  const readFrom = (folder) => (name) => JSON.parse(fs.readFileSync(path.join(root, folder, name), 'utf8'))
  const read = readFrom('__tests__/attacks/data')
  const readMutants = readFrom('__tests__/mutants')
  const page = fs.readFileSync(path.join(root, 'docs/attacks.md'), 'utf8')
  const parts = {
    counts: countsTable(read('counts.json')),
    positions: positionsTable(read),
    mutants: mutantsTable(readMutants('counts.json')),
    survivors: survivorsTable(readMutants('survivors.json')),
  }
  return Object.entries(parts).reduce((text, [mark, inside]) => between(text, mark, inside), page)
}

function mutantsTable({ rooms, untried }) {
  const names = ['mutants', 'killed', 'survived', 'disabled', 'not run']
  const rows = Object.entries(rooms).map(([room, counted]) => [room, ...names.map((name) => counted[name])])
  const total = ['all', ...names.map((_, at) => rows.reduce((sum, row) => sum + row[at + 1], 0))]
  const lines = [...rows, total].map((row) => {
    const [, , killed, survived] = row
    return `| ${row.join(' | ')} | ${((100 * killed) / (killed + survived)).toFixed(1)} % |`
  })
  const table = `| room | ${names.join(' | ')} | score |\n| --- |${' ---: |'.repeat(names.length + 1)}\n${lines.join('\n')}`
  if (untried.length === 0) return table
  return `${table}\n\nNot tried yet: ${untried.map((file) => `\`${file}\``).join(', ')}.`
}

function survivorsTable(survivors) {
  const reasons = new Map()
  for (const { why } of survivors) reasons.set(why, (reasons.get(why) ?? 0) + 1)
  const rows = [...reasons]
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .map(([why, count]) => `| ${why === '' ? 'not judged yet' : why} | ${count} |`)
  return `| Why no test notices | Mutants |\n| --- | ---: |\n${rows.join('\n')}`
}

function countsTable(counts) {
  const columns = {
    fuzz: ['parsers', 'properties', 'cases'],
    flips: ['blobs', 'changes', 'refused', 'without effect', 'a time less', 'passed for something else'],
    swaps: [
      'swaps',
      'refused',
      'without effect',
      'a time less',
      'proven by evidence left whole',
      'passed for something else',
    ],
    bounds: ['inputs'],
  }
  return Object.entries(columns)
    .map(([attack, names]) => {
      const rows = Object.entries(counts)
        .filter(([key]) => key.startsWith(`${attack}/`))
        .map(([key, counted]) => [key.slice(attack.length + 1), ...names.map((name) => counted[name] ?? 0)])
      const total = ['all', ...names.map((_, at) => rows.reduce((sum, row) => sum + row[at + 1], 0))]
      const lines = [...rows, total].map((row) => `| ${row.join(' | ')} |`)
      return `| ${attack} | ${names.join(' | ')} |\n| --- |${' ---: |'.repeat(names.length)}\n${lines.join('\n')}`
    })
    .join('\n\n')
}

function positionsTable(read) {
  const reasons = new Map()
  for (const [name, parts] of Object.entries(read('positions/own.json')))
    for (const lines of Object.values(parts))
      for (const { at, why, outcome } of lines) {
        const known = reasons.get(why) ?? { outcome, count: 0, names: new Set() }
        const ranges = at.split(' ').map((range) => range.split('-').map(Number))
        known.count += ranges.reduce((sum, [from, to = from]) => sum + to - from + 1, 0)
        known.names.add(name)
        reasons.set(why, known)
      }
  const rows = [...reasons].map(([why, { count, names, outcome }]) => {
    const effect = outcome === 'same' ? 'none' : 'a time less'
    return `| ${why} | ${effect} | ${count} | ${names.size} |`
  })
  return `| Why it may change | Effect | Positions | Pieces of evidence |\n| --- | --- | ---: | ---: |\n${rows.sort().join('\n')}`
}

/** Between the marks stands what became of each fault (npm run faults). */
function faultsPage() {
  const { exceptions, families } = JSON.parse(
    fs.readFileSync(path.join(root, '__tests__/faults/data/cells.json'), 'utf8'),
  )
  const page = fs.readFileSync(path.join(root, 'docs/faults.md'), 'utf8')
  return [
    ['exceptions', exceptionsTable(exceptions, families)],
    ['counts', faultCounts(families)],
    ['cells', families.map(familySection).join('\n\n')],
  ].reduce((text, [mark, inside]) => between(text, mark, inside), page)
}

const tableOf = (head, rows, ends = head.map(() => '---')) =>
  [head, ends, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

function exceptionsTable(exceptions, families) {
  const sum = (name) => families.reduce((all, one) => all + (one.exceptions[name] ?? 0), 0)
  const rows = Object.entries(exceptions).map(([name, reason]) => [`**${name}**`, reason, sum(name)])
  return tableOf(['Exception', 'Why it may reject', 'Cells'], rows, ['---', '---', '---:'])
}

/** All cells of a family, without those that they are held against. */
function cellsOf({ cells }) {
  return Object.values(cells).flatMap((faults) =>
    Object.entries(faults).flatMap(([fault, kinds]) =>
      fault === 'nothing' ? [] : Object.entries(kinds).map(([key, text]) => ({ key, text })),
    ),
  )
}

function faultCounts(families) {
  const columns = {
    places: (family) => family.places.length,
    cells: (family) => cellsOf(family).length,
    'still verified': (family) => cellsOf(family).filter(({ text }) => text === 'verified').length,
    'verified at the second attempt': (family) =>
      cellsOf(family).filter(({ text }) => text === 'verified again').length,
    undetermined: (family) => cellsOf(family).filter(({ text }) => text.startsWith('undetermined')).length,
    rejected: (family) => cellsOf(family).filter(({ text }) => text.startsWith('rejected')).length,
    'of them exceptions': (family) => Object.values(family.exceptions).reduce((a, b) => a + b, 0),
    'by the command too': (family) => family['by the command too'],
    wrong: (family) => family.wrong,
  }
  const rows = families.map((family) => [
    family.title,
    ...Object.values(columns).map((count) => count(family)),
  ])
  const total = [
    'all',
    ...Object.keys(columns).map((_, at) => rows.reduce((sum, row) => sum + row[at + 1], 0)),
  ]
  const head = ['', ...Object.keys(columns)]
  return tableOf(
    head,
    [...rows, total],
    head.map((_, at) => (at === 0 ? '---' : '---:')),
  )
}

/** Wider tables are read by nobody. */
const mostColumns = 5

function familySection({ title, about, places, cells }) {
  const kinds = [...new Set(places.map(({ kind }) => kind))]
  const tables = (image) =>
    kinds.flatMap((kind) => {
      const names = places.filter((place) => place.kind === kind).map(({ name }) => name)
      const asked = names.filter((name) => cells[name].nothing[`${image} always`] !== undefined)
      const pages = Array.from({ length: Math.ceil(asked.length / mostColumns) }, (_, page) =>
        asked.slice(page * mostColumns, (page + 1) * mostColumns),
      )
      return pages.map((page) => faultTable(page, cells, image))
    })
  const other = `<details>\n<summary>The image that is rejected when all is well</summary>\n\n${tables('other').join('\n\n')}\n\n</details>`
  return `### ${title}\n\n${about}\n\n${tables('signed').join('\n\n')}\n\n${other}`
}

function faultTable(names, cells, image) {
  const faults = [...new Set(names.flatMap((name) => Object.keys(cells[name])))]
  const order = (fault) => Math.max(...names.map((name) => Object.keys(cells[name]).indexOf(fault)))
  const rows = faults
    .filter((fault) => fault !== 'nothing' && names.some((name) => cells[name][fault]?.[`${image} always`]))
    .sort((a, b) => order(a) - order(b))
    .map((fault) => [
      fault,
      ...names.map((name) => faultCell(cells[name][fault], cells[name].nothing, image)),
    ])
  return tableOf(['', ...names], rows)
}

function faultCell(cell, nothing, image) {
  const [usual, always, once] = [nothing, cell, cell].map(
    (from, at) => from?.[`${image} ${at === 2 ? 'once' : 'always'}`],
  )
  if (always === undefined) return '–'
  const stays = outcomeWord(always)
  if (once === undefined || once === always) return stays
  const isMended = once === 'verified again' || (image === 'other' && once === usual)
  return isMended && always.startsWith('undetermined') ? `${stays} ↻` : `${stays} / ${outcomeWord(once)}`
}

function outcomeWord(text) {
  const [verdict, code] = text.split(' ')
  if (verdict === 'verified') return text === 'verified' ? 'verified' : 'verified ↻'
  if (verdict === 'rejected') return `**rejected** \`${code}\``
  return codes[code].class === 'configuration' ? `\`${code}\` _setting_` : `\`${code}\``
}

const prose = parse(fs.readFileSync(path.join(root, 'docs/codes.yml'), 'utf8'))
const pagesOfCodes = codePages(codes, prose, turn)

let stale = 0
for (const [file, text, parser] of [
  ['action.yml', actionYml(), 'yaml'],
  ['docs/inputs.md', inputsPage(), 'markdown'],
  ['docs/codes.md', codesPage(), 'markdown'],
  ['docs/attacks.md', attacksPage(), 'markdown'],
  ['docs/faults.md', faultsPage(), 'markdown'],
  ...pagesOfCodes.map(([file, text]) => [file, text, 'markdown']),
]) {
  const target = path.join(root, file)
  const wanted = await format(text, { parser, semi: false, singleQuote: true, printWidth: 110 })
  if (check) {
    if (fs.existsSync(target) && fs.readFileSync(target, 'utf8') === wanted) continue
    console.error(`stale: ${file}; run npm run docs`)
    stale++
  } else {
    fs.mkdirSync(path.dirname(target), { recursive: true })
    fs.writeFileSync(target, wanted)
  }
}
// A page of a code that is no more.
const folder = path.join(root, 'docs/codes')
for (const name of fs.existsSync(folder) ? fs.readdirSync(folder) : []) {
  if (pagesOfCodes.some(([file]) => file === `docs/codes/${name}`)) continue
  if (check) {
    console.error(`left over: docs/codes/${name}; run npm run docs`)
    stale++
  } else fs.rmSync(path.join(folder, name), { recursive: true })
}
process.exitCode = stale === 0 ? 0 : 1
