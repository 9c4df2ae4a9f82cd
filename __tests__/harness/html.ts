/** An element of a page that was read strictly. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly (Element | string)[]
}

/** Elements without an end. */
const empty = new Set(['meta', 'br'])
const token =
  /<!doctype html>|<\/([a-z][a-z0-9]*)>|<([a-zA-Z][a-zA-Z0-9]*)((?: [a-zA-Z-]+(?:="[^"<>]*")?)*)(\/?)>|([^<>]+)/y

/** Reads a page that is well-formed to the letter: every tag known by its form, every element ended, no stray bracket. */
export function readPage(page: string): Element {
  const root: { name: string; attributes: Record<string, string>; children: (Element | string)[] } = {
    name: '#page',
    attributes: {},
    children: [],
  }
  const open = [root]
  token.lastIndex = 0
  while (token.lastIndex < page.length) {
    const from = token.lastIndex
    const found = token.exec(page)
    if (!found) throw new Error(`not well-formed at ${from}: ${page.slice(from, from + 80)}`)
    const [, end, start, attributes = '', closed, text] = found
    const above = open.at(-1) ?? root
    if (text !== undefined) {
      const entities = text.replace(/&(#\d+|amp|lt|gt|quot|nbsp);/g, '')
      if (above.name !== 'style' && entities.includes('&')) throw new Error(`a bare & at ${from}`)
      above.children.push(decode(text))
    } else if (end !== undefined) {
      if (above.name !== end) throw new Error(`</${end}> ends ${above.name} at ${from}`)
      open.pop()
    } else if (start !== undefined) {
      const element = { name: start, attributes: attributesOf(attributes), children: [] }
      above.children.push(element)
      if (closed === '' && !empty.has(start)) open.push(element)
    }
  }
  if (open.length !== 1) throw new Error(`${open.at(-1)?.name ?? ''} never ends`)
  return root
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/ ([a-zA-Z-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [
      name,
      decode(value),
    ]),
  )
}

function decode(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
}

/** All elements of these names, in the order of the page. */
export function all(element: Element, ...names: readonly string[]): readonly Element[] {
  return element.children.flatMap((child) =>
    typeof child === 'string'
      ? []
      : [...(names.includes(child.name) ? [child] : []), ...all(child, ...names)],
  )
}

export function textOf(element: Element): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('')
}

/** The section under a heading; undefined where there is none. */
export function sectionOf(page: Element, title: string): Element | undefined {
  return all(page, 'section').find((section) => all(section, 'h2').some((head) => textOf(head) === title))
}

/** The rows of the tables below, cell by cell, without heads. */
export function rowsOf(element: Element): readonly (readonly string[])[] {
  return all(element, 'tbody').flatMap((body) =>
    all(body, 'tr').map((row) => all(row, 'th', 'td').map((cell) => textOf(cell))),
  )
}
