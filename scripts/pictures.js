// Pictures of the job summary and of the report as a page, for docs/reports.md: five runs of the bundle on real images in a
// loopback registry, drawn by a headless Chromium. `node scripts/pictures.js [--out DIR] [--mermaid FILE]`;
// GitHub draws mermaid itself: with a copy of it (mermaid.min.js of version 11) the pictures do, else they show its text.
//
// `--check` draws nothing and needs no browser: it says whether the pictures in docs/ are those that sources.json was written
// with, and whether the runs still give the pages that these pictures are of.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { openChromium } from './pictures/chromium.js'
import { runCases } from './pictures/runs.js'
import { compare, pictureProblems, readSources, sourceOf, writeSources } from './pictures/sources.js'

const root = path.resolve(import.meta.dirname, '..')
const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? fallback : process.argv[at + 1]
}
const out = path.resolve(option('out', path.join(root, 'docs/pictures')))
const mermaid = option('mermaid')
const mostBytes = 200_000
const mostInAll = 1_500_000
const width = 1000
/** Enough for the verdict, the evidence and the tree. */
const mostHeight = { 'twelve-rules': 1950 }

if (process.argv.includes('--check')) await check()
else await draw()

async function check() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pictures-'))
  const { cases } = readSources(out)
  const problems = pictureProblems(root, out)
  const seen = new Set()
  await runCases(folder, (ran) => {
    seen.add(ran.name)
    problems.push(...compare(ran, cases[ran.name], folder))
  })
  for (const name of Object.keys(cases)) if (!seen.has(name)) problems.push(`${name} is no case any more`)
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) {
    console.error('Made anew by: node scripts/pictures.js --mermaid FILE (docs/reports.md, last section)')
    process.exitCode = 1
    return
  }
  fs.rmSync(folder, { recursive: true })
  console.log(`${seen.size} cases give what the pictures are of`)
}

async function draw() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pictures-'))
  fs.mkdirSync(out, { recursive: true })
  const browser = await openChromium(path.join(folder, 'profile'))
  const made = []
  const cases = {}
  try {
    await runCases(folder, async (ran) => {
      const shoot = async (page, label, options) => {
        const file = path.join(out, `${ran.name}-${label}.png`)
        const height = mostHeight[ran.name] ?? 1400
        const shot = await browser.picture(`file://${page}`, { width, mostHeight: height, ...options }, file)
        made.push({ file, bytes: fs.statSync(file).size, ...shot })
      }
      await shoot(withMermaid(folder, ran), 'summary', {
        scheme: 'light',
        // Folded ones cannot be measured: they are drawn by GitHub when they are opened.
        ...(mermaid !== undefined && { ready: "mermaid.run({ querySelector: 'body > .mermaid' })" }),
      })
      await shoot(ran.page, 'report-light', { scheme: 'light' })
      await shoot(ran.page, 'report-dark', { scheme: 'dark' })
      cases[ran.name] = sourceOf(ran)
      const bytes = { page: fs.statSync(ran.page).size, summary: Buffer.byteLength(ran.summary) }
      console.log(`${ran.name}: page ${bytes.page} bytes, summary ${bytes.summary} bytes`)
    })
  } finally {
    await browser.close()
  }
  writeSources(out, cases)
  const total = made.reduce((sum, { bytes }) => sum + bytes, 0)
  for (const { file, bytes, whole, height } of made)
    console.log(`${path.relative(root, file)}: ${bytes} bytes, ${height} of ${whole} pixels high`)
  console.log(`${made.length} pictures, ${total} bytes; the pages are in ${folder}`)
  process.exitCode = made.some(({ bytes }) => bytes > mostBytes) || total > mostInAll ? 1 : 0
}

/** The summary as a page, with what draws its trees. */
function withMermaid(folder, { name, summaryPage }) {
  const file = path.join(folder, `${name}-summary.html`)
  const script =
    mermaid === undefined
      ? ''
      : `<script src="file://${path.resolve(mermaid)}"></script><script>mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' })</script>`
  fs.writeFileSync(file, summaryPage(mermaid !== undefined).replace('<body>', `${script}<body>`))
  return file
}
