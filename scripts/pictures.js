// Pictures of the job summary and of the report as a page, for docs/reports.md: five runs of the bundle on real images in a
// loopback registry, drawn by a headless Chromium. `node scripts/pictures.js [--out DIR] [--port N] [--mermaid FILE]`;
// GitHub draws mermaid itself: with a copy of it (mermaid.min.js of version 11) the pictures do, else they show its text.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { layCases } from './pictures/cases.js'
import { openChromium } from './pictures/chromium.js'
import { toHtml } from './pictures/markdown.js'
import { openRegistry } from './pictures/registry.js'

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

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pictures-'))
fs.mkdirSync(out, { recursive: true })
const registry = await openRegistry(Number(option('port', '5055')))
const cases = layCases(registry, folder)

/** Runs the action as a runner does. */
async function run({ name, inputs, verdict }) {
  const files = { output: path.join(folder, `${name}.output`), summary: path.join(folder, `${name}.md`) }
  for (const file of Object.values(files)) fs.writeFileSync(file, '')
  const page = path.join(folder, `${name}.html`)
  const given = { ...inputs, 'result-file': `${name}.json`, 'html-report': page }
  const child = spawn(process.execPath, [path.join(root, 'dist/action.js')], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      GITHUB_OUTPUT: files.output,
      GITHUB_STEP_SUMMARY: files.summary,
      ...Object.fromEntries(
        Object.entries(given).map(([key, value]) => [`INPUT_${key.toUpperCase()}`, value]),
      ),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let log = ''
  child.stdout.on('data', (chunk) => (log += chunk))
  await new Promise((resolve) => child.on('close', resolve))
  const result = JSON.parse(fs.readFileSync(path.join(folder, `${name}.json`), 'utf8'))
  if (result.verdict !== verdict)
    throw new Error(`${name}: expected ${verdict}, got ${result.verdict}: ${log.slice(-2000)}`)
  return { name, page, summary: fs.readFileSync(files.summary, 'utf8') }
}

const githubStyle = `body{font:15px/1.5 "DejaVu Sans",sans-serif;margin:24px 32px;color:#1f2328;background:#fff;overflow-wrap:break-word}
h2{border-bottom:1px solid #d1d9e0;padding-bottom:6px}h3{margin:22px 0 8px}
table{border-collapse:collapse;font-size:14px;display:block;width:max-content;max-width:100%;overflow:auto}th,td{border:1px solid #d1d9e0;padding:6px 12px;text-align:left;vertical-align:top}
code{font:13px "DejaVu Sans Mono",monospace;background:#eff1f3;border-radius:5px;padding:1px 5px;overflow-wrap:break-word}
pre{background:#f6f8fa;border-radius:6px;padding:14px;overflow-wrap:anywhere;white-space:pre-wrap}pre code{background:none;padding:0}
pre.mermaid{background:none;padding:0}pre.block{max-height:120px;overflow:hidden}
blockquote{border-left:4px solid #9a6700;margin:12px 0;padding:0 16px}summary{cursor:pointer;margin:6px 0}`

/** The summary as a page: what GitHub makes of it, as far as it can be had here. */
function summaryPage({ name, summary }) {
  const script =
    mermaid === undefined
      ? ''
      : `<script src="file://${path.resolve(mermaid)}"></script><script>mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' })</script>`
  const file = path.join(folder, `${name}-summary.html`)
  fs.writeFileSync(
    file,
    `<!doctype html><html lang="en"><meta charset="utf-8"><style>${githubStyle}</style>${script}<body>${toHtml(summary, mermaid !== undefined)}</body></html>`,
  )
  return file
}

const browser = await openChromium(path.join(folder, 'profile'))
const made = []
try {
  for (const one of cases) {
    const ran = await run(one)
    const shoot = async (page, label, options) => {
      const file = path.join(out, `${ran.name}-${label}.png`)
      const { whole, height } = await browser.picture(
        `file://${page}`,
        { width, mostHeight: mostHeight[ran.name] ?? 1400, ...options },
        file,
      )
      made.push({ file, bytes: fs.statSync(file).size, whole, height })
    }
    await shoot(summaryPage(ran), 'summary', {
      scheme: 'light',
      // Folded ones cannot be measured: they are drawn by GitHub when they are opened.
      ...(mermaid !== undefined && { ready: "mermaid.run({ querySelector: 'body > .mermaid' })" }),
    })
    await shoot(ran.page, 'report-light', { scheme: 'light' })
    await shoot(ran.page, 'report-dark', { scheme: 'dark' })
    const bytes = { page: fs.statSync(ran.page).size, summary: Buffer.byteLength(ran.summary) }
    console.log(`${ran.name}: page ${bytes.page} bytes, summary ${bytes.summary} bytes`)
  }
} finally {
  await browser.close()
  registry.stop()
}
const total = made.reduce((sum, { bytes }) => sum + bytes, 0)
for (const { file, bytes, whole, height } of made)
  console.log(`${path.relative(root, file)}: ${bytes} bytes, ${height} of ${whole} pixels high`)
console.log(`${made.length} pictures, ${total} bytes; the pages are in ${folder}`)
process.exitCode = made.some(({ bytes }) => bytes > mostBytes) || total > mostInAll ? 1 : 0
