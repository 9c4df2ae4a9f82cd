// Writes sbom.cdx.json: everything that is in the bundle, npm packages and the Go modules in the policy engines, as
// CycloneDX. No time and no serial number are in it: the same sources give the same bytes. `--check` compares only.
import fs from 'node:fs'
import path from 'node:path'
import { getProjectLicenses } from 'generate-license-file'
import { notBundled } from './allowed-licences.js'

const root = path.resolve(import.meta.dirname, '..')
const target = path.join(root, 'sbom.cdx.json')
const read = (file) => fs.readFileSync(path.join(root, file), 'utf8')
const { name, version, license } = JSON.parse(read('package.json'))
const locked = JSON.parse(read('package-lock.json')).packages

function npmPackage(spec) {
  const at = spec.lastIndexOf('@')
  const [own, number] = [spec.slice(0, at), spec.slice(at + 1)]
  const { license: said } = JSON.parse(read(`node_modules/${own}/package.json`))
  const [group, short] = own.startsWith('@') ? own.split('/') : ['', own]
  const purl = `pkg:npm/${own.replace('@', '%40')}@${number}`
  // Nested ones too: what is locked under that name and version.
  const [algorithm, digest] = (
    Object.entries(locked).find(
      ([place, one]) => place.endsWith(`node_modules/${own}`) && one.version === number,
    )?.[1].integrity ?? ''
  ).split('-')
  return {
    type: 'library',
    'bom-ref': purl,
    ...(group && { group }),
    name: short,
    version: number,
    ...(algorithm === 'sha512' && {
      hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }],
    }),
    licenses: [{ license: { id: said } }],
    purl,
  }
}

/** The names stand alone on the first line after a rule. */
function goModules() {
  const sections = read('engines/NOTICES.txt')
    .split(`\n${'-'.repeat(80)}\n\n`)
    .slice(1)
  return sections.flatMap((section) => {
    const [line = ''] = section.split('\n')
    const [, module, number] = /^(\S+)@(v\S+)$/.exec(line) ?? []
    if (module === undefined) {
      const [, go] = /^Go go(\S+)$/.exec(line) ?? []
      if (go === undefined) throw new Error(`engines/NOTICES.txt: expected a module, got ${line}`)
      const purl = `pkg:golang/std@${go}`
      return [{ type: 'library', 'bom-ref': purl, name: 'std', version: go, purl }]
    }
    const purl = `pkg:golang/${module}@${number}`
    return [{ type: 'library', 'bom-ref': purl, name: module, version: number, purl }]
  })
}

const groups = await getProjectLicenses(path.join(root, 'package.json'))
const packages = [...new Set(groups.flatMap(({ dependencies }) => dependencies))].filter(
  (one) => !notBundled.test(one),
)
const components = [...packages.map(npmPackage), ...goModules()].sort((a, b) => (a.purl < b.purl ? -1 : 1))
const bill = {
  $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: {
    component: {
      type: 'application',
      'bom-ref': `pkg:npm/${name}@${version}`,
      name,
      version,
      licenses: [{ license: { id: license } }],
      purl: `pkg:npm/${name}@${version}`,
    },
  },
  components,
}
const wanted = `${JSON.stringify(bill, null, 2)}\n`

if (!process.argv.includes('--check')) fs.writeFileSync(target, wanted)
else if (!fs.existsSync(target) || fs.readFileSync(target, 'utf8') !== wanted) {
  console.error('stale: sbom.cdx.json; run npm run build')
  process.exitCode = 1
}
