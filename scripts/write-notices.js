// Writes THIRD-PARTY-NOTICES.txt: the licences of everything that can be in the bundle. `--check` compares only.
// A licence that is not on the list stops the build. The Go modules in the policy engines are listed in
// engines/NOTICES.txt, which engines/build.js writes where Go is.
import fs from 'node:fs'
import path from 'node:path'
import { getProjectLicenses } from 'generate-license-file'
import { allowed, notBundled } from './allowed-licences.js'

const root = path.resolve(import.meta.dirname, '..')
const target = path.join(root, 'THIRD-PARTY-NOTICES.txt')
const groups = await getProjectLicenses(path.join(root, 'package.json'))
const sections = []
for (const { dependencies, content } of groups) {
  const names = dependencies.filter((name) => !notBundled.test(name)).sort()
  if (names.length === 0) continue
  for (const name of names) {
    const folder = path.join(root, 'node_modules', name.slice(0, name.lastIndexOf('@')))
    const { license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
    if (!allowed.has(license)) throw new Error(`${name} has the licence ${license}, which is not on the list`)
  }
  sections.push({ names, text: `${names.join('\n')}\n\n${content.replaceAll('\r\n', '\n').trim()}\n` })
}
sections.sort((a, b) => (a.names[0] < b.names[0] ? -1 : 1))
const rule = `\n${'-'.repeat(80)}\n\n`
const engines = fs.readFileSync(path.join(root, 'engines/NOTICES.txt'), 'utf8')
const listed = sections.map(({ text }) => text).join(rule)
const wanted = `The bundle in dist/ contains these packages.\n${rule}${listed}${rule}${engines}`

if (!process.argv.includes('--check')) fs.writeFileSync(target, wanted)
else if (!fs.existsSync(target) || fs.readFileSync(target, 'utf8') !== wanted) {
  console.error('stale: THIRD-PARTY-NOTICES.txt; run npm run build')
  process.exitCode = 1
}
