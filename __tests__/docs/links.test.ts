import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { pages } from '../harness/documented-commands.js'

const root = path.resolve(import.meta.dirname, '../..')
const read = (page: string): string => readFileSync(path.join(root, page), 'utf8')
/** A comment in a block for a shell is no heading, and a bracket in code is no link. */
const withoutBlocks = (text: string): string => text.replaceAll(/^( *)```\w*\n[\s\S]*?^\1```$/gm, '')

/** Headings as GitHub names them; one that stands twice gets a number. */
function anchors(page: string): ReadonlySet<string> {
  const seen = new Map<string, number>()
  return new Set(
    [...withoutBlocks(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => {
      const name = heading
        .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-')
      const before = seen.get(name) ?? 0
      seen.set(name, before + 1)
      return before === 0 ? name : `${name}-${before}`
    }),
  )
}

interface Link {
  /** Empty: the page itself. */
  readonly file: string
  readonly anchor?: string
}

function linksOf(text: string): readonly Link[] {
  const bare = withoutBlocks(text).replaceAll(/(?<!`)`[^`\n]+`(?!\])/g, '')
  const inline = [...bare.matchAll(/\]\(<?([^)\s>]*)>?(?: "[^"]*")?\)/g)]
  const defined = [...bare.matchAll(/^\[[^\]]+\]: <?(\S+?)>?$/gm)]
  const html = [...bare.matchAll(/(?:src|srcset|href)="([^"]+)"/g)]
  return [...inline, ...defined, ...html]
    .map(([, target = '']) => target)
    .filter((target) => !/^(?:https?|mailto):/.test(target))
    .map((target) => {
      const [file = '', anchor] = target.split('#')
      return { file: decodeURIComponent(file), ...(anchor !== undefined && { anchor }) }
    })
}

function brokenIn(page: string, text: string): readonly string[] {
  return linksOf(text).flatMap(({ file, anchor }) => {
    const target = file === '' ? path.join(root, page) : path.join(root, path.dirname(page), file)
    if (!existsSync(target) || !target.startsWith(root)) return [file]
    if (anchor === undefined) return []
    const there = file === '' ? text : readFileSync(target, 'utf8')
    return target.endsWith('.md') && anchors(there).has(anchor) ? [] : [`${file}#${anchor}`]
  })
}

it.each(pages)('every link of %s leads somewhere', (page) => {
  expect(brokenIn(page, read(page))).toEqual([])
})

it('links that lead nowhere are found', () => {
  const text = [
    '[a](nowhere.md) [b](keys.md#nothing) [c](#nothing) ![d](pictures/none.svg) <img src="none.png">',
    '[e]: nowhere-else.md',
    '[`f`](none.md) [good](keys.md) [out](https://example.com/none)',
    '```sh',
    '# nothing',
    '```',
  ].join('\n')
  expect(brokenIn('docs/keyless.md', text)).toEqual([
    ...['nowhere.md', 'keys.md#nothing', '#nothing', 'pictures/none.svg', 'none.md'],
    ...['nowhere-else.md', 'none.png'],
  ])
})

describe('a reader finds', () => {
  const linked = (page: string): readonly string[] =>
    linksOf(read(page)).map(({ file }) => path.posix.join(path.posix.dirname(page), file))

  it('every page of docs/ in its index', () => {
    const all = globSync('docs/*.md', { cwd: root }).map((page) => page.split(path.sep).join('/'))
    expect(
      all.filter((page) => page !== 'docs/README.md' && !linked('docs/README.md').includes(page)),
    ).toEqual([])
  })

  it('the index, every tool one comes from, and the library in the README', () => {
    const first = [...globSync('docs/coming-from-*.md', { cwd: root }), 'docs/README.md', 'docs/library.md']
    expect(first.filter((page) => !linked('README.md').includes(page.split(path.sep).join('/')))).toEqual([])
  })

  it('the README in a screen and a half', () => {
    expect(read('README.md').split('\n').length).toBeLessThan(85)
    // Rows of tables aside, no line is a paragraph.
    const prose = read('README.md')
      .split('\n')
      .filter((line) => !line.startsWith('|'))
    expect(prose.filter((line) => line.length > 240)).toEqual([])
  })
})
