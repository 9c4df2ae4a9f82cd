import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readArguments } from '../../src/cli/arguments.js'
import { commands, flagSpecs, inputFlags, strayFlag } from '../../src/cli/commands.js'
import { outputTable } from '../../src/inputs/output-table.js'
import { inputTable } from '../../src/inputs/table.js'
import { turn } from '../../src/report/words.js'
import { type Code, codes } from '../../src/verdict/codes.js'
import { type FailingStage, openFailingStage } from '../harness/failing-stage.js'

const folder = path.resolve(import.meta.dirname, '../../docs/codes')
const names = Object.keys(codes) as readonly Code[]
const pageOf = (code: Code): string => readFileSync(path.join(folder, `${code}.md`), 'utf8')

/** Sections by their headings; what stands before the first is under the empty name. */
function sectionsOf(page: string): ReadonlyMap<string, string> {
  const [head = '', ...others] = page.split(/^## /m)
  return new Map([
    ['', head],
    ...others.map((text): [string, string] => {
      const end = text.indexOf('\n')
      return [text.slice(0, end), text.slice(end + 1).trim()]
    }),
  ])
}

/** Blocks of one language, also those of a list, without their indentation. */
function blocksOf(page: string, language: string): readonly string[] {
  return [...page.matchAll(/^( *)```(\w+)\n([\s\S]*?)^\1```$/gm)].flatMap(([, indent, of, text = '']) =>
    of === language ? [text.replaceAll(new RegExp(`^${String(indent)}`, 'gm'), '')] : [],
  )
}

/** Words as a shell splits them, as far as these pages need it. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  )
}

const inputs: ReadonlySet<string> = new Set(inputTable.map(({ name }) => name))

it('each code has a page, and no page is left over', () => {
  expect(readdirSync(folder).sort()).toEqual(names.map((code) => `${code}.md`).sort())
})

it('the table leads to each page', () => {
  const table = readFileSync(path.join(folder, '../codes.md'), 'utf8')
  expect(names.filter((code) => !table.includes(`](codes/${code}.md)`))).toEqual([])
})

describe.each(names)('the page of %s', (code) => {
  const page = pageOf(code)
  const sections = sectionsOf(page)
  const entry = codes[code]

  it('says what the code means, its class, its verdict, and whose turn it is', () => {
    const head = sections.get('') ?? ''
    expect(head).toMatch(new RegExp(`^# ${code}\n`))
    const verdict = entry.class === 'supply-chain' ? 'rejected' : 'undetermined'
    const exit = entry.class === 'supply-chain' ? /\| Exit +\| 1/ : /\| Exit +\| 2/
    const whose = turn({ code, class: entry.class, message: '', hint: '' })
    for (const said of [entry.meaning, entry.remedy, `\`${entry.class}\``, `\`${verdict}\``, whose])
      expect(head).toContain(said)
    expect(head).toMatch(exit)
  })

  it('shows what is typed and what it says', () => {
    const looks = sections.get('How it looks') ?? ''
    expect(blocksOf(looks, 'sh')).toHaveLength(1)
    const [said = ''] = blocksOf(looks, 'text')
    expect(said).toMatch(new RegExp(`^  Verdict: .*, ${code}[,)]`, 'm'))
  })

  it('names causes, each with how to tell and what to do', () => {
    const causes = (sections.get('Causes, the most frequent first') ?? '').split(/^\d+\. /m).slice(1)
    expect(causes.length).toBeGreaterThan(1)
    for (const cause of causes) expect(cause).toMatch(/^\*\*\S[^\n]*\.\*\* \S[\s\S]*\*\*To do:\*\* \S/)
  })

  it('names the codes that it is confused with, and none twice', () => {
    const others = [...(sections.get('What it is not') ?? '').matchAll(/^- \[`(.+)`\]\((.+)\.md\): \S/gm)]
    expect(others.length).toBeGreaterThan(0)
    const named = others.map(([, name]) => name)
    expect(named).toEqual(others.map(([, , file]) => file))
    expect(named.filter((name) => name === code || !names.some((known) => known === name))).toEqual([])
    expect(new Set(named).size).toBe(named.length)
  })

  it('is about a screen', () => {
    expect(page.split('\n').length).toBeLessThan(75)
  })

  it('types commands and flags that exist', () => {
    const lines = blocksOf(page, 'sh').flatMap((block) => block.replaceAll('\\\n', ' ').split('\n'))
    const typed = lines.flatMap((line) => /(?:verify-image|node dist\/cli\.js) (.+)$/.exec(line)?.[1] ?? [])
    expect(typed.length).toBeGreaterThan(0)
    for (const line of typed) {
      const read = readArguments(wordsOf(line), flagSpecs)
      if (read.misuse) throw new Error(`${line}: ${read.misuse.message}`)
      const [name = ''] = read.words
      if (name === '' && read.flags.has('version')) continue
      const command = commands.find((one) => one.name === name)
      if (!command) throw new Error(`${line}: no such command`)
      const known = [...(command.inputs ?? inputFlags.map((flag) => flag.name)), ...command.own, 'help']
      expect([...read.flags.keys()].filter((flag) => !known.some((one) => one === flag))).toEqual([])
      expect(strayFlag(name, read.flags.keys())).toBeUndefined()
    }
  })

  it('names inputs that exist', () => {
    // What others say is theirs.
    const own = page.split('## What others say')[0] ?? ''
    const prose = own.replaceAll(/^( *)```\w+\n[\s\S]*?^\1```$/gm, '')
    const given = [...prose.matchAll(/`([a-z][a-z-]*): [^`]+`/g)].map(([, name = '']) => name)
    expect(given.filter((name) => !inputs.has(name))).toEqual([])
    // What looks like a name of ours has to be one.
    const known = [...inputs, ...names, ...outputTable.map(({ name }) => name), 'supply-chain']
    const words = [...prose.matchAll(/`(?:--)?([a-z]+(?:-[a-z]+)+)`/g)].map(([, name = '']) => name)
    const others = ['timeout-minutes', 'github-output']
    expect(words.filter((name) => !known.includes(name) && !others.includes(name))).toEqual([])
  })
})

describe('what is typed says what the page shows', () => {
  let stage: FailingStage
  beforeAll(async () => {
    stage = await openFailingStage()
  })
  afterAll(async () => stage.stop())

  it.each(names)('%s', { timeout: 60_000 }, async (code) => {
    const looks = sectionsOf(pageOf(code)).get('How it looks') ?? ''
    const ran = await stage.type(blocksOf(looks, 'sh')[0] ?? '')
    expect(ran.stdout + ran.stderr).toContain(blocksOf(looks, 'text')[0])
    expect(ran.exit).toBe(codes[code].class === 'supply-chain' ? 1 : 2)
  })
})
