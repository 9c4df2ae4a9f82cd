// Writes THIRD-PARTY-NOTICES.txt: the licences of everything that can be in the bundle. `--check` compares only.
// A licence that is not on the list stops the build: whoever adds it decides.
import fs from 'node:fs'
import path from 'node:path'
import { getProjectLicenses } from 'generate-license-file'

const root = path.resolve(import.meta.dirname, '..')
const target = path.join(root, 'THIRD-PARTY-NOTICES.txt')
// BlueOak-1.0.0: permissive, approved by the OSI, with a licence of patents.
const allowed = new Set(['MIT', 'Apache-2.0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0'])
/** The Node that the tests bring is no part of the program, and the stand-in is our own. */
const notBundled = /^node-(linux|win|darwin)-|^@actions\/http-client@/

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
const wanted = `The bundle in dist/ contains these packages.\n${rule}${sections.map(({ text }) => text).join(rule)}`

if (!process.argv.includes('--check')) fs.writeFileSync(target, wanted)
else if (!fs.existsSync(target) || fs.readFileSync(target, 'utf8') !== wanted) {
  console.error('stale: THIRD-PARTY-NOTICES.txt; run npm run build')
  process.exitCode = 1
}
