import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { layDocumentedPolicies } from '../harness/documented-policies.js'
import { keylessFolder, keylessPieces, keylessSigner, putKeyless } from '../harness/keyless-pieces.js'
import { putImage } from '../harness/registry-images.js'
import { type LoopbackRegistry, openRegistry } from '../harness/registry.js'
import { dist, type Ran, temporaryFolder } from '../harness/run.js'
import { runShell } from '../harness/shell.js'

const root = path.resolve(import.meta.dirname, '../..')
const page = readFileSync(path.join(root, 'docs/library.md'), 'utf8')

/** Whole programs, in the order of the page. */
const programs = [...page.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text)

/** What each comes to; the names are for the reports of the tests. */
const expected: readonly (readonly [name: string, exit: number, stdout: RegExp])[] = [
  ['a key', 0, /^deploy local:\/\/examples\/hello:v1@sha256:[0-9a-f]{64}\n$/],
  [
    'an identity',
    0,
    /^verified https:\/\/github\.com\/team\/app\/\S+ \[\n  'log-entry 20\S+Z',\n  'timestamp 20\S+Z'\n\]\n$/,
  ],
  ['an exit code', 1, /^$/],
  [
    'a fleet',
    0,
    /^3 images\n(?=[\s\S]*^verified \S+\/team\/web:v1 $)(?=[\s\S]*^rejected \S+\/bad:v1 unsigned$)(?=[\s\S]*^GET http:\S+\/v2\/team\/web\/manifests\/v1 200 \d+$)/m,
  ],
  ['policies', 0, /^pass signed-by-release autogen-release-key web\n[\s\S]*^verified \*\*\*\n$/m],
  ['an inspection', 0, /^verified s3lo-record 77de8a83e0e76bb5\n$/],
  ['the gate', 0, /^deploy\/web\.yaml 3 \d+\n$/],
]

let registry: LoopbackRegistry
/** Like a project that installed the package; its declarations are made as they are for a release. */
const folder = temporaryFolder()
const installed = path.join(folder, 'node_modules/verify-image')

beforeAll(async () => {
  registry = await openRegistry()
  layDocumentedPolicies(folder, registry)
  putKeyless(registry.holdings, 'org/app', keylessPieces.bundle)
  putImage(registry.holdings, 'bad')
  for (const from of ['keys', 'manifests', 'blobs'])
    cpSync(path.join(root, 'examples', from), path.join(folder, 'examples', from), { recursive: true })
  writeFileSync(
    path.join(folder, 'images.txt'),
    ['team/web:v1', 'bad:v1', 'team/migrate:v7'].map((name) => `${registry.host}/${name}\n`).join(''),
  )
  cpSync(path.join(keylessFolder, 'root.json'), path.join(folder, 'trusted_root.json'))
  mkdirSync(installed, { recursive: true })
  cpSync(path.join(root, 'package.json'), path.join(installed, 'package.json'))
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}')
  symlinkSync(dist, path.join(installed, 'dist'))
  for (const [at, text] of programs.entries()) {
    writeFileSync(path.join(folder, `page-${at}.mts`), text)
    writeFileSync(path.join(folder, `page-${at}.mjs`), here(text))
  }
})
afterAll(async () => registry.stop())

const here = (text: string): string =>
  text
    .replaceAll('ghcr.io', registry.host)
    .replaceAll('https://github.com/org/app', 'https://github.com/team/app')
    .replaceAll('https://token.actions.githubusercontent.com', keylessSigner['certificate-oidc-issuer'])

const run = async (file: string): Promise<Ran> =>
  runShell(`node ${file}`, folder, { TUF_MIRROR: 'http://127.0.0.1:9' })

describe('the programs of the page', () => {
  it('are as many as are run here, and each imports the package', () => {
    expect(programs).toHaveLength(expected.length)
    for (const text of programs) expect(text).toMatch(/^import \{ .+ \} from 'verify-image'$/m)
  })

  it.each(expected.map((one, at) => [one[0], at] as const))('%s', { timeout: 60_000 }, async (_name, at) => {
    const [, exit, stdout] = expected[at] ?? expect.unreachable()
    const ran = await run(`page-${at}.mjs`)
    expect(ran.stderr).toBe('')
    expect(ran.stdout).toMatch(stdout)
    expect(ran.exit).toBe(exit)
  })
})

/** What a program may not say, and what the compiler says to it. */
const refused: readonly (readonly [what: string, line: string, problem: RegExp])[] = [
  ['an input that is none', "void verify({ image: 'a:v1', keys: 'k.pub' })", /'keys' does not exist/],
  ['a number for a list', "void verify({ image: 'a:v1', key: 1 })", /'number' is not assignable/],
  [
    'a file of a report',
    "void verify({ image: 'a:v1', 'html-report': 'r' })",
    /'html-report'.* does not exist/,
  ],
  ['a mode', "void verify({ image: 'a:v1', mode: 'audit' })", /'mode' does not exist/],
  ['an input that may be missing', "void verify({ key: process.env['KEY'] })", /undefined/],
  [
    'an inspection of two images',
    "void inspect({ image: ['a:v1', 'b:v1'] })",
    /'string\[\]' is not assignable/,
  ],
  ['a request without a signer', "void decide({ images: ['a:v1'], patience })", /not assignable/],
  ['a request without an image', 'void decide({ images: [], signers, patience })', /not assignable/],
]

/** What stands before such a line, and is itself all right. */
const before = [
  "import { decide, inspect, verify, type Patience, type Signers } from 'verify-image'",
  'declare const patience: Patience, signers: Signers',
  'void [decide, inspect, verify, patience, signers]',
]

/** Problems that the compiler has with each file, in the strictest reading there is; with the declarations too. */
function problemsByFile(files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const program = ts.createProgram(files, {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'],
    typeRoots: [path.join(root, 'node_modules/@types')],
  })
  const problems = new Map<string, string[]>()
  for (const { file, messageText } of ts.getPreEmitDiagnostics(program)) {
    const name = file ? path.relative(folder, file.fileName) : ''
    problems.set(name, [...(problems.get(name) ?? []), ts.flattenDiagnosticMessageText(messageText, ' ')])
  }
  return problems
}

describe('the declarations', () => {
  let problems: ReadonlyMap<string, readonly string[]>
  beforeAll(() => {
    const read = ts.getParsedCommandLineOfConfigFile(
      path.join(root, 'tsconfig.library.json'),
      { outDir: path.join(installed, 'lib') },
      { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => expect.unreachable() },
    )
    ts.createProgram(read?.fileNames ?? [], read?.options ?? {}).emit()
    // What the declarations themselves speak of, as an install would lay it beside them.
    for (const name of readdirSync(path.join(root, 'node_modules')))
      if (!name.startsWith('.'))
        symlinkSync(path.join(root, 'node_modules', name), path.join(folder, 'node_modules', name))
    const written = [before, ...refused.map(([, line]) => [...before, line])]
    for (const [at, lines] of written.entries())
      writeFileSync(path.join(folder, `line-${at}.mts`), `${lines.join('\n')}\n`)
    const names = [...programs.keys()].map((at) => `page-${at}.mts`)
    problems = problemsByFile(
      [...names, ...[...written.keys()].map((at) => `line-${at}.mts`)].map((name) => path.join(folder, name)),
    )
  }, 180_000)

  it('take every program of the page as it stands, and are themselves sound', () => {
    expect([...problems].filter(([name]) => !name.startsWith('line-') || name === 'line-0.mts')).toEqual([])
  })

  it.each(refused.map(([what, , problem], at) => [what, at + 1, problem] as const))(
    'refuse %s',
    (_what, at, problem) => {
      const own = problems.get(`line-${at}.mts`) ?? []
      expect(own).toHaveLength(1)
      expect(own[0]).toMatch(problem)
    },
  )
})
