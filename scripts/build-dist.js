// Builds dist/: one bundle with lazy chunks, and the stubs that start it. `--out DIR` builds elsewhere, for comparison.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const at = process.argv.indexOf('--out')
const out = path.resolve(at < 0 ? path.join(root, 'dist') : process.argv[at + 1])

// Built beside and then put in place: ncc never cleans, and a build that fails must not leave a half one.
const made = `${out}.new`
fs.rmSync(made, { recursive: true, force: true })
const ncc = path.join(root, 'node_modules/@vercel/ncc/dist/ncc/cli.js')
// It finds src/tsconfig.json, so that a test that does not compile stops no build.
// Nothing stays outside: what is left external is imported at the start, and beside dist/ there is no node_modules.
const flags = ['--no-cache', '-q']
execFileSync(process.execPath, [ncc, 'build', 'src/main.ts', '-o', made, ...flags], {
  cwd: root,
  stdio: 'inherit',
})
fs.renameSync(path.join(made, 'index.js'), path.join(made, 'main.js'))
// Azure's library could open a browser with this script; nothing here asks it to.
fs.rmSync(path.join(made, 'xdg-open'), { force: true })
for (const stub of ['action.js', 'cli.js', 'guard.js', 'policy-engine.js'])
  fs.copyFileSync(path.join(root, 'entries', stub), path.join(made, stub))
const engines = fs.readFileSync(path.join(root, 'engines/policy-engines.wasm.br'))
fs.writeFileSync(path.join(made, 'policy-engines.wasm.br'), engines)
// Read at every start in place of the module, which is read when a policy asks, and then held against it.
const hash = createHash('sha256').update(engines).digest('hex')
fs.writeFileSync(path.join(made, 'policy-engines.sha256'), `${hash}  policy-engines.wasm.br\n`)
fs.chmodSync(path.join(made, 'cli.js'), 0o755)
fs.writeFileSync(path.join(made, 'package.json'), '{"type":"module"}\n')
fs.rmSync(out, { recursive: true, force: true })
fs.renameSync(made, out)
for (const name of fs.readdirSync(out).sort())
  console.log(String(fs.statSync(path.join(out, name)).size).padStart(9), name)
