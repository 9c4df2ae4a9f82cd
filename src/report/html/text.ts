import type { Finding } from '../../verdict/finding.js'
import { line, shorten } from '../escape.js'
import type { Outcome } from '../outcomes.js'

export const longestText = 600

const markup = /[&<>"'`]/g

/** Text for a page, between tags or in a quoted attribute: one line, in which nothing is markup. */
export function html(text: string, most = longestText): string {
  return line(shorten(text, most)).replace(markup, (character) => `&#${String(character.charCodeAt(0))};`)
}

export function code(text: string, most = longestText): string {
  return `<code>${html(text, most)}</code>`
}

/** Each answer has a sign and a word; its colour says nothing more. */
const signs: Readonly<Record<Finding['status'], string>> = { met: '✓', unmet: '✗', unknown: '?', exempt: '–' }
const statuses: Readonly<Record<Outcome, Finding['status']>> = {
  verified: 'met',
  rejected: 'unmet',
  undetermined: 'unknown',
  'not-checked': 'exempt',
}

export function pill(status: Finding['status'], word: string): string {
  return `<span class="pill ${status}"><span aria-hidden="true">${signs[status]}</span> ${html(word)}</span>`
}

export function outcomePill(outcome: Outcome): string {
  return pill(statuses[outcome], outcome.replace('-', ' '))
}

export function statusOf(outcome: Outcome): Finding['status'] {
  return statuses[outcome]
}

/** @param caption what the table is about; heads and cells are HTML already */
export function table(caption: string, heads: readonly string[], rows: Iterable<readonly string[]>): string {
  const head = heads.map((one) => `<th scope="col">${one}</th>`).join('')
  const lines: string[] = []
  for (const [first = '', ...cells] of rows)
    lines.push(`<tr><th scope="row">${first}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>\n`)
  return `<div class="wide" role="region" aria-label="${html(caption)}" tabindex="0"><table><caption>${html(caption)}</caption>\n<thead><tr>${head}</tr></thead>\n<tbody>${lines.join('')}</tbody></table></div>\n`
}

/** @param title HTML already */
export function folded(title: string, content: string): string {
  return `<details><summary>${title}</summary>\n${content}</details>\n`
}

export function section(id: string, title: string, content: string): string {
  if (content === '') return ''
  return `<section aria-labelledby="${id}"><h2 id="${id}">${html(title)}</h2>\n${content}</section>\n`
}

export function moreIn(count: number): string {
  return count > 0
    ? `<p class="note">… and ${count} more in the result file (<code>verify-result.json</code>).</p>\n`
    : ''
}
