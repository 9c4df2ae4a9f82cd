import type { Origin, PinnedManifest, PolicyResult } from '../verdict/result.js'
import { brief, inCode, inert, shorten } from './escape.js'
import { resourceText, ruleText } from './place.js'
import { countOutcomes, countsText, type Outcome, worstFirst } from './policy-results.js'

const mostRows = 100
const mostPlaces = 3
const longestText = 300
const longestMessage = 200

const marks: Readonly<Record<Outcome, string>> = {
  pass: '✅',
  fail: '❌',
  warn: '⚠️',
  error: '❔',
  skip: '➖',
}

/** What each rule says to each image, what matters first; a table that is cut leaves out passes. */
export function policySection(rows: readonly PolicyResult[]): string {
  if (rows.length === 0) return ''
  const lines = worstFirst(rows)
    .slice(0, mostRows)
    .map(({ result, resource, image, message, ...rule }) => {
      const cells = [
        `${marks[result]}&nbsp;${result}`,
        inCode(ruleText(rule)),
        // One cell for both: the message must stay on the page.
        [...(resource === undefined ? [] : [resourceText(resource)]), image]
          .map((text) => inCode(shorten(text, longestText)))
          .join('<br>'),
        result === 'pass' ? '–' : inert(shorten(brief(message), longestMessage)),
      ]
      return `| ${cells.join(' | ')} |`
    })
  const more = rows.length > mostRows ? `\n\n… and ${rows.length - mostRows} more in the result file` : ''
  const head = '| Result | Rule | Resource and image | What it says |\n| --- | --- | --- | --- |'
  return `### What the policies say\n\n${countsText(countOutcomes(rows))}\n\n${head}\n${lines.join('\n')}${more}`
}

/** The manifests that came out with digests. */
export function pinnedSection(pinned: readonly PinnedManifest[], folder: string): string {
  const lines = pinned.slice(0, mostRows).map(({ file, changed }) => {
    const said = changed === 0 ? 'no digest written' : `${changed} digest${changed === 1 ? '' : 's'} written`
    return `- ${inCode(file)}: ${said}`
  })
  const more = pinned.length > mostRows ? `\n- … and ${pinned.length - mostRows} more` : ''
  const note =
    'Only verified images got their digest, and nothing else in them changed. An image that still has none is not verified.'
  return `### Manifests with digests\n\nIn ${inCode(folder)}. ${note}\n\n${lines.join('\n')}${more}`
}

/** Where an image stands, for a table cell: the place, and below it the resource. */
export function placesCell(origins: readonly Origin[]): string {
  if (origins.length === 0) return '–'
  const places = origins.slice(0, mostPlaces).map(({ file, line, resource, container }) => {
    const what = resource === undefined ? '' : `<br>${inert(shorten(resourceText(resource), longestText))}`
    const own = container === undefined ? '' : ` (${inert(shorten(container, longestText))})`
    return `${inCode(`${shorten(file, longestText)}:${line}`)}${what}${own}`
  })
  const more = origins.length > mostPlaces ? [`… and ${origins.length - mostPlaces} more`] : []
  return [...places, ...more].join('<br>')
}
