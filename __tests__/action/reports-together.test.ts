import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { ResultDocument } from '../../src/report/document.js'
import type { OpenReport } from '../../src/report/open-report.js'
import { all, readPage, textOf } from '../harness/html.js'
import { dist, runAction, runCli, temporaryFolder } from '../harness/run.js'
import { readSarif } from '../harness/sarif.js'
import { openWeb } from '../harness/web.js'

const examples = path.resolve(import.meta.dirname, '../../examples')
const genuine = 'local://examples/hello:v1'
const changed = 'local://examples/hello:changed'
const key = 'examples/keys/release.pub'
/** Verification summaries are about policies; evaluating this one takes seconds. */
const build = {
  policy: 'examples/build/policy.json',
  'policy-key': 'examples/build/policy.pub',
  attestations: 'examples/build/docker-build.json,examples/build/docker-sbom.json',
}
const files = {
  'result-file': 'out/result.json',
  'html-report': 'out/page.html',
  'sarif-report': 'out/run.sarif',
  'policy-report': 'out/report.yaml',
}
const summaries = { 'vsa-outfile': 'out/vsa.jsonl' }
type Name = keyof typeof files
const names = Object.keys(files) as readonly Name[]

function newFolder(): string {
  const cwd = temporaryFolder()
  cpSync(examples, path.join(cwd, 'examples'), { recursive: true })
  return cwd
}

/** One run of either face that writes all of the reports. */
const faces = [
  [
    'action',
    async (image: string, more: Readonly<Record<string, string>>, cwd: string) =>
      runAction({ image, key, ...files, ...more }, { cwd }),
  ],
  [
    'command',
    async (image: string, more: Readonly<Record<string, string>>, cwd: string) => {
      const flags = Object.entries({ key, ...files, ...more }).map(([name, value]) => `--${name}=${value}`)
      return runCli(['verify', image, ...flags], { cwd })
    },
  ],
] as const

/** What each report says of the run; undefined where it is not there. */
function verdictsIn(cwd: string): Readonly<Record<Name, string | undefined>> {
  const read = (name: Name): string | undefined => {
    const file = path.join(cwd, files[name])
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined
  }
  const text = (name: Name, said: (text: string) => string): string | undefined => {
    try {
      const found = read(name)
      return found === undefined ? undefined : said(found)
    } catch {
      // A folder is there.
      return undefined
    }
  }
  return {
    'result-file': text('result-file', (found) => (JSON.parse(found) as ResultDocument).verdict),
    'html-report': text('html-report', (found) =>
      textOf(all(readPage(found), 'h1')[0]!)
        .replace(/:.*/, '')
        .toLowerCase(),
    ),
    'sarif-report': text('sarif-report', (found) => String(readSarif(found).properties['verdict'])),
    'policy-report': text('policy-report', (found) => {
      const { summary } = parse(found) as OpenReport
      return summary.fail > 0 ? 'rejected' : summary.error > 0 ? 'undetermined' : 'verified'
    }),
  }
}

const allSay = (verdict: string): Readonly<Record<Name, string>> =>
  Object.fromEntries(names.map((name) => [name, verdict])) as Record<Name, string>

describe.each(faces)('all reports of a run of the %s', (_, run) => {
  it('say the same', async () => {
    const cwd = newFolder()
    expect((await run(genuine, {}, cwd)).exit).toBe(0)
    expect(verdictsIn(cwd)).toEqual(allSay('verified'))
    expect((await run(changed, {}, cwd)).exit).toBe(1)
    expect(verdictsIn(cwd)).toEqual(allSay('rejected'))
  })

  it.each(names)('say that the run came to nothing where %s cannot be written', async (name) => {
    const cwd = newFolder()
    mkdirSync(path.join(cwd, files[name]), { recursive: true })
    expect((await run(genuine, {}, cwd)).exit).toBe(2)
    expect(verdictsIn(cwd)).toEqual({ ...allSay('undetermined'), [name]: undefined })
  })

  it('say so where manifests cannot be written, which comes last', async () => {
    const cwd = newFolder()
    writeFileSync(path.join(cwd, 'pinned'), 'a file where the folder would be')
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n'
    writeFileSync(path.join(cwd, 'web.yaml'), `${pod}    - {name: web, image: "127.0.0.1:9/app:v1"}\n`)
    const more = { manifests: 'web.yaml', 'pinned-manifests': 'pinned', retries: '0' }
    expect((await run(genuine, { ...more, ...build, ...summaries }, cwd)).exit).toBe(2)
    expect(verdictsIn(cwd)).toEqual(allSay('undetermined'))
    expect(readFileSync(path.join(cwd, summaries['vsa-outfile']), 'utf8')).toBe('')
    const document = JSON.parse(readFileSync(path.join(cwd, files['result-file']), 'utf8')) as ResultDocument
    expect(document.failure).toMatchObject({ class: 'configuration', code: 'output-unwritable' })
    expect(document.failure?.message).toContain('pinned-manifests: cannot write')
  })

  it('leave a rejection one where another cannot be written, and tell it', async () => {
    const cwd = newFolder()
    mkdirSync(path.join(cwd, files['html-report']), { recursive: true })
    expect((await run(changed, {}, cwd)).exit).toBe(1)
    expect(verdictsIn(cwd)).toEqual({ ...allSay('rejected'), 'html-report': undefined })
    const document = JSON.parse(readFileSync(path.join(cwd, files['result-file']), 'utf8')) as ResultDocument
    expect(document.warnings.join()).toContain('html-report: cannot write')
  })
})

describe('a program that ends without an answer', () => {
  it.each(['action', 'cli'] as const)('leaves no report of an earlier run: %s', async (face) => {
    const cwd = temporaryFolder()
    mkdirSync(path.join(cwd, 'out'))
    const asked = { ...files, ...summaries }
    for (const file of Object.values(asked)) writeFileSync(path.join(cwd, file), 'verified, some time ago')
    const bundle = temporaryFolder()
    cpSync(dist, bundle, { recursive: true })
    writeFileSync(path.join(bundle, 'main.js'), "throw new Error('boom')")
    const env = Object.fromEntries(
      Object.entries(asked).map(([name, file]) => [`INPUT_${name.toUpperCase()}`, file]),
    )
    const flags = Object.entries(asked).flatMap(([name, file], at) =>
      at % 2 === 0 ? [`--${name}`, file] : [`--${name}=${file}`],
    )
    const args = face === 'action' ? [] : ['verify', genuine, ...flags]
    const child = spawn(process.execPath, [path.join(bundle, `${face}.js`), ...args], {
      cwd,
      env: face === 'action' ? env : {},
      stdio: 'ignore',
    })
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(2)
    rmSync(bundle, { recursive: true })
    expect(readdirSync(path.join(cwd, 'out'))).toEqual(['result.json'])
    expect(readFileSync(path.join(cwd, files['result-file']), 'utf8')).toContain('internal-error')
  })

  it.each(['action', 'cli'] as const)('leaves none when it is killed while it asks: %s', async (face) => {
    const cwd = newFolder()
    mkdirSync(path.join(cwd, 'out'))
    for (const file of Object.values(files)) writeFileSync(path.join(cwd, file), 'verified, some time ago')
    let asked: () => void = () => undefined
    const waiting = new Promise<void>((resolve) => (asked = resolve))
    const silent = await openWeb(async () => {
      asked()
      return new Promise(() => undefined)
    })
    const image = `${new URL(silent.url).host}/app:v1`
    const given = { key, ...files }
    const args = Object.entries(given).map(([name, value]) => `--${name}=${value}`)
    const env = Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value] as const)
    const child = spawn(
      process.execPath,
      [path.join(dist, `${face}.js`), ...(face === 'cli' ? ['verify', image, ...args] : [])],
      {
        cwd,
        env: face === 'action' ? { ...Object.fromEntries(env), INPUT_IMAGE: image } : {},
        stdio: 'ignore',
      },
    )
    const ended = new Promise((resolve) => child.on('close', (_, signal) => resolve(signal)))
    await waiting
    child.kill('SIGKILL')
    expect(await ended).toBe('SIGKILL')
    await silent.stop()
    expect(readdirSync(path.join(cwd, 'out'))).toEqual([])
  })
})
