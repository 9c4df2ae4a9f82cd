import type { ImageResult, Result, TrustResult, Verdict } from '../verdict/result.js'
import type { Ending } from '../verdict/ending.js'
import { distinct } from './distinct.js'
import { inCode, inert, shorten } from './escape.js'
import { imagesWorstFirst, outcomeOf } from './outcomes.js'
import { attested, howWeKnow, outcomeMarks, signerCell, vouched } from './summary-evidence.js'
import { atAGlance, failures, notChecked } from './summary-failures.js'
import { pinnedSection, placesCell, policySection } from './summary-policies.js'
import { alsoTurn, headline, spared, title, turn } from './words.js'

/** The runner drops a larger summary whole. */
export const summaryLimit = 1024 * 1024
const mostRows = 100
/** A longer table is folded. */
const mostOpenRows = 20
const mostDetails = 20
const longestText = 600

const marks: Readonly<Record<Verdict, string>> = { verified: '✅', rejected: '❌', undetermined: '⚠️' }
/**
 * The job summary: the verdict in a sentence, what nobody checked and whose turn it is; what failed and what next; what
 * to deploy, who vouched for it, and how that is known. Everything from outside is escaped, the tables are bounded, and the whole stays within what the
 * runner shows.
 *
 * @param pinnedTo the folder that manifests with digests were written to
 */
export function toSummary(result: Result, ending: Ending, pinnedTo?: string): string {
  const isOne = result.images.length === 1
  const parts = [
    heading(result, ending),
    atAGlance(result),
    failures(result),
    notChecked(result),
    deploy(result, ending),
    pinnedTo === undefined ? '' : pinnedSection(result.pinned ?? [], pinnedTo),
    vouched(result.images),
    table(result.images),
    // Of one image the picture says what the policies say; of many it is what one looks up.
    ...(isOne ? [] : [policySection(result.policies ?? [])]),
    attested(result.images),
    ...howWeKnow(result.images),
    ...(isOne ? [policySection(result.policies ?? [])] : []),
    footer(result),
  ].filter((part) => part !== '')
  const kept: string[] = []
  let size = 0
  for (const part of parts) {
    size += Buffer.byteLength(part) + 2
    if (size > summaryLimit - 200) {
      kept.push('*This summary was cut; the result file has all of it.*')
      break
    }
    kept.push(part)
  }
  return `${kept.join('\n\n')}\n`
}

function heading(result: Result, ending: Ending): string {
  const { verdict, failure, warnings } = result
  const pass = ending.letPass
    ? '\n\n> [!WARNING]\n> The step passes because its inputs ask for that. **Not everything is verified:** ' +
      `${spared(result)}.`
    : ''
  const warned = warnings
    .slice(0, mostDetails)
    .map((warning) => `\n> - ${inert(shorten(warning, longestText))}`)
    .join('')
  const more =
    warnings.length > mostDetails
      ? `\n> - … and ${warnings.length - mostDetails} more warnings in the result file`
      : ''
  const aloud = warnings.length === 0 ? '' : `\n\n> [!WARNING]${warned}${more}`
  const said = inert(shorten(headline(result), longestText))
  return `## ${marks[verdict]} ${title(verdict, failure)}\n\n${said}${pass}${aloud}\n\n**Whose turn:** ${turn(failure)}${alsoTurn(result)}`
}

function deploy({ images }: Result, { handOn }: Ending): string {
  const verified = images.filter((image) => image.verdict === 'verified' && image.pinned !== null)
  if (verified.length === 0 || !handOn) return ''
  const rows = verified.slice(0, mostRows).map((image) => inert(shorten(String(image.pinned), longestText)))
  const more =
    verified.length > mostRows ? `\n… and ${verified.length - mostRows} more in the result file` : ''
  const note = images.length > verified.length ? ' (the verified ones only)' : ''
  return `### Deploy by digest${note}\n\n<pre><code>${rows.join('\n')}${more}</code></pre>`
}

function table(images: readonly ImageResult[]): string {
  if (images.length === 0) return ''
  const isPlaced = images.some(({ origins }) => origins !== undefined)
  const rows = imagesWorstFirst(images)
    .slice(0, mostRows)
    .map((image) => {
      const verified = image.signatures.filter((signature) => signature.verified)
      const signers = [...new Set(verified.map(signerCell))]
      const cells = [
        outcomeMarks[outcomeOf(image)],
        inCode(image.reference),
        ...(isPlaced ? [placesCell(image.origins ?? [])] : []),
        signers.length === 0 ? '–' : signers.join('<br>'),
        // The whole one is above; where the places stand beside it, there is no room for it.
        ...(isPlaced ? [] : [image.digest === null ? '–' : inCode(shortDigest(image.digest))]),
      ]
      return `| ${cells.join(' | ')} |`
    })
  const more = images.length > mostRows ? `\n\n… and ${images.length - mostRows} more in the result file` : ''
  const heads = ['Verdict', 'Image', ...(isPlaced ? ['Where', 'Signed by'] : ['Signed by', 'Digest'])]
  const all = `| ${heads.join(' | ')} |\n| ${heads.map(() => '---').join(' | ')} |\n${rows.join('\n')}${more}`
  if (images.length <= mostOpenRows) return `### Images\n\n${all}`
  const shown = Math.min(images.length, mostRows)
  return `### Images\n\n<details><summary>${shown} of ${images.length}, what failed first</summary>\n\n${all}\n\n</details>`
}

/** Enough to recognise; whole, it would push the table beyond the page. The whole one is above and below. */
function shortDigest(digest: string): string {
  return `${digest.slice(0, 'sha256:'.length + 12)}…`
}

function footer({ keys, calls, trust, policyFiles = [] }: Result): string {
  const asked = distinct(keys).map(
    ({ reference, id, type }) => `${inCode(reference)} (${inert(type)}, ${inCode(id)})`,
  )
  const read = policyFiles
    .slice(0, mostDetails)
    .map(({ file, sha256 }) => `${inCode(file)} (SHA-256 ${inCode(sha256.slice(0, 12))}…)`)
  if (policyFiles.length > mostDetails) read.push(`and ${policyFiles.length - mostDetails} more`)
  const hosts = calls.map(({ host, count }) => `${inCode(host)} ×${count}`)
  return [
    asked.length === 0 ? '' : `**Keys asked for:** ${asked.join(', ')}`,
    read.length === 0 ? '' : `**Policies read:** ${read.join(', ')}`,
    trust === undefined ? '' : trustLine(trust),
    `**Hosts contacted:** ${hosts.length === 0 ? 'none' : hosts.join(', ')}`,
  ]
    .filter((part) => part !== '')
    .join('<br>\n')
}

function trustLine({ name, sha256, newestPart, checkedAt, expires }: TrustResult): string {
  const facts = [
    `SHA-256 ${inCode(sha256)}`,
    ...(newestPart === undefined ? [] : [`newest part of ${inert(newestPart)}`]),
    ...(checkedAt === undefined ? [] : [`asked at ${inert(checkedAt)}`]),
    ...(expires === undefined ? [] : [`holds until ${inert(expires)}`]),
  ]
  return `**Trusted root:** ${inCode(name)} (${facts.join(', ')})`
}
