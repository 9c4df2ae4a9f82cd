import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { all, type Element, readPage, sectionOf, textOf } from '../harness/html.js'
import { type RanAction, runAction, runCli, temporaryFolder } from '../harness/run.js'

const examples = path.resolve(import.meta.dirname, '../../examples')
const key = 'examples/keys/release.pub'
const genuine = 'local://examples/hello:v1'
const changed = 'local://examples/hello:changed'
const absent = 'local://examples/nothing:v1'
/** A folder with the examples: where they lie is part of what is signed. */
function newFolder(): string {
  const cwd = temporaryFolder()
  cpSync(examples, path.join(cwd, 'examples'), { recursive: true })
  return cwd
}
const readFile = (file: string): Element => readPage(readFileSync(file, 'utf8'))
const titleOf = (page: Element): string => textOf(all(page, 'h1')[0]!)

/** Both faces, with the same flags; the page of each. */
async function runBoth(
  images: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<{
  readonly action: RanAction
  readonly pages: readonly Element[]
  readonly exits: readonly (number | null)[]
}> {
  const cwd = newFolder()
  const action = await runAction(
    { image: images.join('\n'), key, ...more, 'html-report': 'out/action.html' },
    { cwd },
  )
  const flags = Object.entries(more).map(([name, value]) => `--${name}=${value}`)
  const cli = await runCli(['verify', ...images, '--key', key, ...flags, '--html-report', 'out/cli.html'], {
    cwd,
  })
  return {
    action,
    pages: ['out/action.html', 'out/cli.html'].map((file) => readFile(path.join(cwd, file))),
    exits: [action.exit, cli.exit],
  }
}

describe('the page, written by both faces', () => {
  it.each([
    ['verified', [genuine], 'Verified', 0],
    ['rejected', [changed], 'Rejected: supply chain', 1],
    ['undetermined', [absent], 'Undetermined: infrastructure', 2],
    ['mixed', [genuine, changed, absent], 'Rejected: supply chain', 1],
  ] as const)('says that an image is %s', async (_, images, title, exit) => {
    const { action, pages, exits } = await runBoth(images)
    expect(exits).toEqual([exit, exit])
    for (const page of pages) {
      expect(titleOf(page)).toBe(title)
      const deployed = sectionOf(page, 'Deploy by digest')
      expect(deployed === undefined ? [] : all(deployed, 'pre').map(textOf)).toEqual(
        images.some((image) => image === genuine)
          ? [`${genuine}@${action.document?.images[0]?.digest ?? ''}`]
          : [],
      )
      expect(textOf(page)).toContain(action.document?.tool.sha256 ?? 'no hash')
    }
  })

  it('is written of inputs that cannot be used', async () => {
    const { pages, exits } = await runBoth([genuine], { mode: 'adit' })
    expect(exits).toEqual([2, 2])
    for (const page of pages) {
      expect(titleOf(page)).toBe('Undetermined: configuration')
      expect(textOf(page)).toContain('mode: expected enforce or audit')
    }
  })

  it('is not written where nobody asked for it', async () => {
    const cwd = newFolder()
    await runAction({ image: genuine, key, 'result-file': 'result.json' }, { cwd })
    expect(readdirSync(cwd).toSorted()).toEqual(['examples', 'result.json'])
  })
})

describe('a page that cannot be written', () => {
  const places: readonly (readonly [string, (cwd: string) => unknown])[] = [
    ['a folder is there', (cwd) => mkdirSync(path.join(cwd, 'page.html'))],
    ['a symbolic link is there', (cwd) => symlinkSync('elsewhere', path.join(cwd, 'page.html'))],
  ]

  it.each(places)('makes a verified image undetermined, with no digest: %s', async (_, prepare) => {
    const cwd = newFolder()
    prepare(cwd)
    const ran = await runAction({ image: genuine, key, 'html-report': 'page.html' }, { cwd })
    expect(ran.exit).toBe(2)
    expect(ran.outputs).toMatchObject({
      verdict: 'undetermined',
      'failure-class': 'configuration',
      'failure-code': 'output-unwritable',
      digest: '',
      images: '[]',
    })
    expect(ran.outputs['message']).toContain('html-report: cannot write page.html')
    expect(existsSync(path.join(cwd, 'elsewhere'))).toBe(false)
    const cli = await runCli(['verify', genuine, '--key', key, '--html-report', 'page.html'], { cwd })
    expect(cli.exit).toBe(2)
    expect(cli.stderr).toContain('html-report: cannot write page.html')
  })

  it('leaves a rejection one', async () => {
    const cwd = newFolder()
    mkdirSync(path.join(cwd, 'page.html'))
    const ran = await runAction({ image: changed, key, 'html-report': 'page.html' }, { cwd })
    expect(ran.exit).toBe(1)
    expect(ran.outputs['verdict']).toBe('rejected')
    expect(ran.stdout).toContain('html-report: cannot write page.html')
  })
})

describe('another report that cannot be written', () => {
  it('is what the page says, which never shows a verdict that the run did not have', async () => {
    const cwd = newFolder()
    mkdirSync(path.join(cwd, 'result.json'))
    const ran = await runCli(
      ['verify', genuine, '--key', key, '--result-file', 'result.json', '--html-report', 'page.html'],
      { cwd },
    )
    expect(ran.exit).toBe(2)
    const page = readFile(path.join(cwd, 'page.html'))
    expect(titleOf(page)).toBe('Undetermined: configuration')
    expect(textOf(page)).toContain('result-file: cannot write result.json')
    expect(sectionOf(page, 'Deploy by digest')).toBeUndefined()
  })

  it('comes after the page: it is written anew where manifests cannot be', async () => {
    const cwd = newFolder()
    const deployment = `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - {name: web, image: "127.0.0.1:9/app:v1"}\n`
    writeFileSync(path.join(cwd, 'web.yaml'), deployment)
    writeFileSync(path.join(cwd, 'pinned'), 'a file where the folder would be')
    const ran = await runAction(
      {
        image: changed,
        key,
        manifests: 'web.yaml',
        'pinned-manifests': 'pinned',
        'html-report': 'page.html',
        retries: '0',
      },
      { cwd },
    )
    expect(ran.exit).toBe(1)
    const page = readFile(path.join(cwd, 'page.html'))
    expect(titleOf(page)).toBe('Rejected: supply chain')
    expect(sectionOf(page, 'Manifests with digests')).toBeUndefined()
    expect(textOf(page)).toContain('pinned-manifests: cannot write')
  })
})

describe('the page of a fleet', () => {
  it('is written by merge, and undetermined where a shard is lost', async () => {
    const cwd = newFolder()
    const plan = ['plan', genuine, changed, '--shards', '2', '--plan-file', 'plan.json']
    expect((await runCli(plan, { cwd })).exit).toBe(0)
    const shard = (n: number): readonly string[] => [
      ...['verify', '--plan', 'plan.json', '--shard', String(n), '--key', key],
      ...['--result-file', `shard-${n}.json`, '--html-report', `shard-${n}.html`],
    ]
    for (const n of [1, 2]) await runCli(shard(n), { cwd })
    const merge = ['merge', '--plan', 'plan.json', '--html-report', 'all.html']
    expect((await runCli([...merge, 'shard-*.json'], { cwd })).exit).toBe(1)
    const page = readFile(path.join(cwd, 'all.html'))
    expect(textOf(sectionOf(page, 'At a glance')!)).toContain('✗ rejected1digest-mismatch')
    expect(textOf(sectionOf(page, 'The run')!)).toContain('all 2 shards')
    expect(textOf(sectionOf(readFile(path.join(cwd, 'shard-1.html')), 'The run')!)).toContain('shard 1 of 2')
    await runCli([...merge, 'shard-1.json'], { cwd })
    expect(textOf(readFile(path.join(cwd, 'all.html')))).toContain('shard 2 of 2 has no result')
  })

  it('that cannot be written makes the whole undetermined', async () => {
    const cwd = newFolder()
    await runCli(['plan', genuine, '--shards', '1', '--plan-file', 'plan.json'], { cwd })
    await runCli(
      ['verify', '--plan', 'plan.json', '--shard', '1', '--key', key, '--result-file', 'one.json'],
      { cwd },
    )
    mkdirSync(path.join(cwd, 'all.html'))
    const ran = await runCli(['merge', '--plan', 'plan.json', 'one.json', '--html-report', 'all.html'], {
      cwd,
    })
    expect(ran.exit).toBe(2)
    expect(ran.stderr).toContain('html-report: cannot write all.html')
  })
})

it('keeps secrets out of the page', async () => {
  const cwd = newFolder()
  const secret = 'tok-en-of-somebody-4711'
  await runAction(
    { image: absent, key, 'registry-username': 'u', 'registry-password': secret, 'html-report': 'page.html' },
    { cwd, env: { AWS_SECRET_ACCESS_KEY: secret } },
  )
  expect(readFileSync(path.join(cwd, 'page.html'), 'utf8')).not.toContain(secret)
})
