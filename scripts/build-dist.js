// Builds dist/: one bundle with lazy chunks, and the stubs that start it. `--out DIR` builds elsewhere, for comparison.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const at = process.argv.indexOf('--out')
const out = path.resolve(at < 0 ? path.join(root, 'dist') : process.argv[at + 1])

// ncc never cleans: what an older build left behind would stay.
fs.rmSync(out, { recursive: true, force: true })
const ncc = path.join(root, 'node_modules/@vercel/ncc/dist/ncc/cli.js')
execFileSync(process.execPath, [ncc, 'build', 'src/main.ts', '-o', out, '--no-cache', '-q'], {
  cwd: root,
  stdio: 'inherit',
})
fs.renameSync(path.join(out, 'index.js'), path.join(out, 'main.js'))
for (const stub of ['action.js', 'cli.js', 'guard.js'])
  fs.copyFileSync(path.join(root, 'entries', stub), path.join(out, stub))
fs.chmodSync(path.join(out, 'cli.js'), 0o755)
fs.writeFileSync(path.join(out, 'package.json'), '{"type":"module"}\n')
for (const name of fs.readdirSync(out).sort())
  console.log(String(fs.statSync(path.join(out, name)).size).padStart(9), name)
