// Runs the bundle as a runner does, once for each case, and gives what pictures are made of: two pages.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { layCases } from './cases.js'
import { toHtml } from './markdown.js'
import { openRegistry } from './registry.js'

const root = path.resolve(import.meta.dirname, '../..')

/** @param each gets what a case gave: its name, the report's file, the summary and a page of it */
export async function runCases(folder, each) {
  const registry = await openRegistry(5055)
  try {
    for (const one of layCases(registry, folder))
      await each({ ...(await run(folder, one)), host: registry.host, folder })
  } finally {
    registry.stop()
  }
}

async function run(folder, { name, inputs, verdict }) {
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
  const summary = fs.readFileSync(files.summary, 'utf8')
  return { name, page, summary, summaryPage: (drawn) => summaryPage(summary, drawn) }
}

const githubStyle = `body{font:15px/1.5 "DejaVu Sans",sans-serif;margin:24px 32px;color:#1f2328;background:#fff;overflow-wrap:break-word}
h2{border-bottom:1px solid #d1d9e0;padding-bottom:6px}h3{margin:22px 0 8px}
table{border-collapse:collapse;font-size:14px;display:block;width:max-content;max-width:100%;overflow:auto}th,td{border:1px solid #d1d9e0;padding:6px 12px;text-align:left;vertical-align:top}
code{font:13px "DejaVu Sans Mono",monospace;background:#eff1f3;border-radius:5px;padding:1px 5px;overflow-wrap:break-word}
pre{background:#f6f8fa;border-radius:6px;padding:14px;overflow-wrap:anywhere;white-space:pre-wrap}pre code{background:none;padding:0}
pre.mermaid{background:none;padding:0}pre.block{max-height:120px;overflow:hidden}
blockquote{border-left:4px solid #9a6700;margin:12px 0;padding:0 16px}summary{cursor:pointer;margin:6px 0}`

/** The summary as a page: what GitHub makes of it, as far as it can be had here. */
function summaryPage(summary, drawn) {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><style>${githubStyle}</style><body>${toHtml(summary, drawn)}</body></html>`
}
