import type { Finding } from '../../verdict/finding.js'
import { line, shorten } from '../escape.js'
import { statusWords, type TreeNode } from '../tree.js'
import { html } from './text.js'

/** In units of the picture, which is as wide as the page lets it be. */
const width = 1000
const rowHeight = 50
const gap = 8
const indent = 30
const labelCharacter = 8.1
const detailCharacter = 6.9
const wordCharacter = 7.2

interface Row {
  readonly node: TreeNode | undefined
  /** What is left out, where there is no node. */
  readonly text: string
  readonly depth: number
  /** The row of what it is a part of. */
  readonly parent: number | undefined
}

/**
 * The tree as a picture: a card for each requirement, below and right of what it is a part of, with a sign, a word and a
 * colour for what it came to.
 *
 * @param name distinguishes the pictures of a page
 * @param title what the picture is about
 */
export function svgTree(root: TreeNode, name: string, title: string): string {
  const rows: Row[] = []
  const collect = (node: TreeNode, depth: number, parent: number | undefined): void => {
    const own = rows.push({ node, text: '', depth, parent }) - 1
    for (const child of node.children) collect(child, depth + 1, own)
    if (node.leftOut !== undefined)
      rows.push({ node: undefined, text: node.leftOut, depth: depth + 1, parent: own })
  }
  collect(root, 0, undefined)
  const height = rows.length * (rowHeight + gap) + gap
  const lines = rows.map((row, at) => connector(row, at)).join('')
  const cards = rows.map((row, at) => card(row, at)).join('')
  return `<svg class="tree" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${name}-title ${name}-text"><title id="${name}-title">${html(title, 200)}</title><desc id="${name}-text">${html(describe(rows), 2000)}</desc>${lines}${cards}</svg>`
}

function top(at: number): number {
  return gap + at * (rowHeight + gap)
}

function connector({ node, depth, parent }: Row, at: number): string {
  if (parent === undefined) return ''
  const x = (depth - 1) * indent + 20
  const status = node === undefined || node.idle ? 'exempt' : node.status
  return `<path class="edge ${status}" d="M${x} ${top(parent) + rowHeight}V${top(at) + rowHeight / 2}H${depth * indent + 4}"/>`
}

function card({ node, text, depth }: Row, at: number): string {
  const x = depth * indent + 4
  const y = top(at)
  const room = width - 4 - x
  if (node === undefined)
    return `<g class="card exempt"><rect x="${x}" y="${y}" width="${room}" height="${rowHeight}" rx="7"/><text class="detail" x="${x + 46}" y="${y + 30}">… ${html(fit(text, room - 60, detailCharacter))}</text></g>`
  const { status, label, detail, idle, code } = node
  const word = idle && status !== 'met' ? `${statusWords[status]}, not needed` : statusWords[status]
  const wordRoom = word.length * wordCharacter + 24
  const textRoom = room - 46 - wordRoom
  const failed = code === undefined ? '' : ` · ${code}`
  return [
    `<g class="card ${idle ? 'idle ' : ''}${status}"><title>${html(`${label}: ${word}. ${detail}`)}</title>`,
    `<rect x="${x}" y="${y}" width="${room}" height="${rowHeight}" rx="7"/>`,
    `<circle cx="${x + 24}" cy="${y + rowHeight / 2}" r="11"/>${sign(status, x + 24, y + rowHeight / 2)}`,
    `<text class="label" x="${x + 46}" y="${y + 21}">${html(fit(`${label}${failed}`, textRoom, labelCharacter))}</text>`,
    `<text class="detail" x="${x + 46}" y="${y + 39}">${html(fit(detail, textRoom, detailCharacter))}</text>`,
    `<text class="word" x="${width - 16}" y="${y + 30}" text-anchor="end">${word}</text></g>`,
  ].join('')
}

/** Drawn, not written: fonts differ in their signs. */
function sign(status: Finding['status'], x: number, y: number): string {
  switch (status) {
    case 'met':
      return `<path class="sign" d="M${x - 5} ${y}l4 4l7 -8"/>`
    case 'unmet':
      return `<path class="sign" d="M${x - 4} ${y - 4}l8 8M${x + 4} ${y - 4}l-8 8"/>`
    case 'unknown':
      return `<path class="sign" d="M${x - 3.5} ${y - 2.5}a3.5 3.5 0 1 1 5 3.2q-1.5 .8 -1.5 2.3M${x} ${y + 5.8}v.6"/>`
    case 'exempt':
      return `<path class="sign" d="M${x - 5} ${y}h10"/>`
  }
}

/** Wide letters of the East take the room of two. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f000}-\u{3ffff}]/u

function fit(text: string, room: number, character: number): string {
  const clean = line(shorten(text, 400))
  let used = 0
  let kept = ''
  for (const one of clean) {
    used += wide.test(one) ? 2 : 1
    if (used * character > room - character) return `${kept}…`
    kept += one
  }
  return clean
}

/** The same in words, for who does not see it; every check stands below the picture too. */
function describe(rows: readonly Row[]): string {
  const nodes = rows.flatMap(({ node }) => node ?? [])
  const count = (status: Finding['status']): string =>
    `${nodes.filter((node) => node.status === status).length} ${statusWords[status]}`
  const statuses = ['met', 'unmet', 'unknown', 'exempt'] as const
  const counts = statuses.map(count).filter((text) => !text.startsWith('0 '))
  const open = nodes.filter(
    ({ status, idle, children }) => status !== 'met' && !idle && children.length === 0,
  )
  const said = open.map(
    ({ label, detail, status }) => ` ${label}: ${statusWords[status]}, ${shorten(detail, 200)}.`,
  )
  return `${nodes.length} requirements: ${counts.join(', ')}.${said.join('')}`
}
