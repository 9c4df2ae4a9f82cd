import { shortNameOf } from '../evidence/statement.js'
import type { Finding } from '../verdict/finding.js'
import type { ImageResult, Result, Signature, TrustResult, Verdict } from '../verdict/result.js'
import type { Ending } from '../verdict/ending.js'
import { distinct } from './distinct.js'
import { inCode, inert, shorten } from './escape.js'
import { furtherReasons } from './build-reasons.js'
import { nearMissesOf } from './near-misses.js'
import { placeText, whyNotChecked } from './place.js'
import { sentence } from './statements.js'
import { pinnedSection, placesCell, policySection } from './summary-policies.js'
import { title, turn } from './words.js'

/** The runner drops a larger summary whole. */
export const summaryLimit = 1024 * 1024
const mostRows = 100
const mostStatements = 50
const mostDetails = 20
const mostPlaces = 5
const longestText = 600

const marks: Readonly<Record<Verdict, string>> = { verified: '✅', rejected: '❌', undetermined: '⚠️' }
const statusMarks: Readonly<Record<Finding['status'], string>> = {
  met: '✅',
  unmet: '❌',
  unknown: '❔',
  exempt: '➖',
}

/**
 * The job summary: the verdict first and what nobody checked, then what to deploy, what failed and whose turn it is, then
 * how that is known. Everything from outside is escaped, the tables are bounded, and the whole stays within what the
 * runner shows.
 *
 * @param pinnedTo the folder that manifests with digests were written to
 */
export function toSummary(result: Result, ending: Ending, pinnedTo?: string): string {
  const parts = [
    heading(result, ending),
    failures(result),
    notChecked(result),
    deploy(result, ending),
    pinnedTo === undefined ? '' : pinnedSection(result.pinned ?? [], pinnedTo),
    table(result.images),
    policySection(result.policies ?? []),
    attested(result.images),
    ...result.images.slice(0, mostDetails).map(detail),
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

function heading({ verdict, failure, warnings }: Result, ending: Ending): string {
  const pass = ending.letPass
    ? '\n\n> [!WARNING]\n> The step passes because its inputs ask for that. **The image is not verified.**'
    : ''
  const said = warnings
    .slice(0, mostDetails)
    .map((warning) => `\n> - ${inert(shorten(warning, longestText))}`)
    .join('')
  const more =
    warnings.length > mostDetails
      ? `\n> - … and ${warnings.length - mostDetails} more warnings in the result file`
      : ''
  const aloud = warnings.length === 0 ? '' : `\n\n> [!WARNING]${said}${more}`
  return `## ${marks[verdict]} ${title(verdict, failure)}${pass}${aloud}\n\n**Whose turn:** ${turn(failure)}`
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

function failures({ images, failure }: Result): string {
  const all = images.filter((image) => image.failure !== null && !image.allowed)
  // What speaks for the run comes first.
  const failed = [
    ...all.filter(({ verdict }) => verdict === 'rejected'),
    ...all.filter(({ verdict }) => verdict !== 'rejected'),
  ]
  // A failure of the run itself: an input, a policy that cannot be read.
  const own =
    failure && !failed.some((image) => image.failure?.message === failure.message)
      ? [
          `\`${failure.code}\`: ${inert(shorten(failure.message, longestText))}\n\n**Next:** ${inert(failure.hint)}`,
        ]
      : []
  const rows = failed.slice(0, mostDetails).map((image) => {
    const { origins = [] } = image
    const places = origins
      .slice(0, mostPlaces)
      .map((origin) => `\n  - At ${inCode(shorten(placeText(origin), longestText))}`)
    if (origins.length > mostPlaces) places.push(`\n  - … and at ${origins.length - mostPlaces} more places`)
    const misses = nearMissesOf(image.finding).map(
      (miss) => `\n  - Near miss: ${inert(shorten(miss, longestText))}`,
    )
    const further = furtherReasons(image).map(
      (reason) => `\n  - Also: ${inert(shorten(reason, longestText))}`,
    )
    const { code = '', message = '', hint = '' } = image.failure ?? {}
    return `- ${inCode(image.reference)} \`${code}\`: ${inert(shorten(message, longestText))}${further.join('')}${places.join('')}${misses.join('')}\n  - **Next:** ${inert(hint)}`
  })
  const more =
    failed.length > mostDetails ? [`- … and ${failed.length - mostDetails} more in the result file`] : []
  const listed = rows.length === 0 ? [] : [[...rows, ...more].join('\n')]
  const said = [...own, ...listed]
  return said.length === 0 ? '' : `### What failed\n\n${said.join('\n\n')}`
}

/** Images that nothing is demanded of, where that is allowed: they are not verified, and must not look as if they were. */
function notChecked({ images, policies = [] }: Result): string {
  const own = images.filter(({ allowed }) => allowed)
  if (own.length === 0) return ''
  const rows = own.slice(0, mostDetails).map((image) => {
    const [origin] = image.origins ?? []
    const where = origin === undefined ? '' : ` at ${inCode(shorten(placeText(origin), longestText))}`
    return `- ${inCode(image.reference)}${where}: ${inert(shorten(whyNotChecked(image, policies), longestText))}`
  })
  const more = own.length > mostDetails ? [`- … and ${own.length - mostDetails} more in the result file`] : []
  return `### Not checked\n\n${[...rows, ...more].join('\n')}`
}

function table(images: readonly ImageResult[]): string {
  if (images.length === 0) return ''
  const isPlaced = images.some(({ origins }) => origins !== undefined)
  const rows = images.slice(0, mostRows).map((image) => {
    const verified = image.signatures.filter((signature) => signature.verified)
    const signers = [...new Set(verified.map(signer))]
    const cells = [
      image.allowed ? '➖&nbsp;not&nbsp;checked' : `${marks[image.verdict]}&nbsp;${image.verdict}`,
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
  return `### Images\n\n| ${heads.join(' | ')} |\n| ${heads.map(() => '---').join(' | ')} |\n${rows.join('\n')}${more}`
}

function signer({ keyRef, keyId, identity }: Signature): string {
  if (identity !== undefined) return `${inCode(identity.subject)} (${inCode(identity.issuer)})`
  return keyId === '' ? inCode(keyRef) : `${inCode(keyRef)} (${inCode(keyId)})`
}

/** What verified attestations say. Who says it is proven; the page must not read as if the rest were. */
function attested(images: readonly ImageResult[]): string {
  const rows = images.flatMap(({ reference, signatures }) =>
    signatures.flatMap((signature) => {
      const { verified, attests, statement } = signature
      if (!verified || attests === undefined || statement === undefined) return []
      const says = inert(shorten(sentence(statement), longestText))
      // One image is named above; its name would push what they say beyond the page.
      const cells = [...(images.length > 1 ? [inCode(reference)] : []), inCode(shortNameOf(attests))]
      return [`| ${[...cells, signer(signature), says].join(' | ')} |`]
    }),
  )
  if (rows.length === 0) return ''
  const more =
    rows.length > mostStatements ? `\n\n… and ${rows.length - mostStatements} more in the result file` : ''
  const note = 'Who attested this is proven. What they say is their claim: it was read, and not checked.'
  const heads = [...(images.length > 1 ? ['Image'] : []), 'Type', 'Attested by', 'What they say']
  const head = `| ${heads.join(' | ')} |\n| ${heads.map(() => '---').join(' | ')} |`
  return `### What was attested\n\n${note}\n\n${head}\n${rows.slice(0, mostStatements).join('\n')}${more}`
}

/** Enough to recognise; whole, it would push the table beyond the page. The whole one is above and below. */
function shortDigest(digest: string): string {
  return `${digest.slice(0, 'sha256:'.length + 12)}…`
}

function detail(image: ImageResult): string {
  const claims = image.signatures.flatMap(({ claimed }) =>
    claimed.signedAt
      ? [
          `<p>The record says it was signed at ${inert(shorten(claimed.signedAt, 100))}. That time is a claim: nothing signs it.</p>`,
        ]
      : [],
  )
  return `<details><summary>How we know: ${inert(shorten(image.reference, 200))}</summary>\n\n<ul>${tree(image.finding, 0)}</ul>${claims.join('')}\n\n</details>`
}

function tree(finding: Finding, depth: number): string {
  const children = depth > 20 ? [] : (finding.children ?? [])
  const below =
    children.length === 0 ? '' : `<ul>${children.map((child) => tree(child, depth + 1)).join('')}</ul>`
  return `<li>${statusMarks[finding.status]} <b>${inert(finding.check)}</b>: ${inert(shorten(finding.message, longestText))}${below}</li>`
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
