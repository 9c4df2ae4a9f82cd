import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const pages = [...globSync('*.md', { cwd: root }), ...globSync('{docs,examples}/**/*.md', { cwd: root })]

/** Headings as GitHub names them. */
function anchors(page: string): Set<string> {
  return new Set(
    [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}

it.each(pages)('every link of %s leads somewhere', (page) => {
  const text = readFileSync(path.join(root, page), 'utf8')
  const broken = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)(?:#([^)]+))?\)/g)].flatMap(
    ([, file = '', anchor]) => {
      const target = path.join(root, path.dirname(page), file)
      if (!existsSync(target)) return [file]
      if (anchor === undefined || file === '') return []
      return anchors(readFileSync(target, 'utf8')).has(anchor) ? [] : [`${file}#${anchor}`]
    },
  )
  const here = [...text.matchAll(/\]\(#([^)]+)\)/g)].flatMap(([, anchor = '']) =>
    anchors(text).has(anchor) ? [] : [`#${anchor}`],
  )
  expect([...broken, ...here]).toEqual([])
})
