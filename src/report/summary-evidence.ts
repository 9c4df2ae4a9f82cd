import { shortNameOf } from '../evidence/statement.js'
import type { Finding } from '../verdict/finding.js'
import type { ImageResult, Signature } from '../verdict/result.js'
import { distinct } from './distinct.js'
import { brief, inCode, inert, shorten } from './escape.js'
import { imagesWorstFirst, type Outcome } from './outcomes.js'
import { sentence } from './statements.js'
import { mermaidTree } from './tree-mermaid.js'
import { requirementTree, shapeOf } from './tree.js'
import { groupVouchers, timesText, type Voucher, type VoucherGroup, vouchersOf } from './vouching.js'

const mostStatements = 50
const mostVouchers = 30
const mostDetails = 20
const longestText = 600
/** Of more images those who vouched for them are counted. */
const mostNamed = 5
const mostPictures = 6
const mostNodes = 30

export const outcomeMarks: Readonly<Record<Outcome, string>> = {
  verified: '✅&nbsp;verified',
  rejected: '❌&nbsp;rejected',
  undetermined: '⚠️&nbsp;undetermined',
  'not-checked': '➖&nbsp;not&nbsp;checked',
}
const statusMarks: Readonly<Record<Finding['status'], string>> = {
  met: '✅',
  unmet: '❌',
  unknown: '❔',
  exempt: '➖',
}

export function signerCell({ keyRef, keyId, identity }: Signature): string {
  if (identity !== undefined) return `${inCode(identity.subject)} (${inCode(identity.issuer)})`
  return keyId === '' ? inCode(keyRef) : `${inCode(keyRef)} (${inCode(keyId)})`
}

/** Who signed, with what, when, and where to find it: of a few images each, of many by signer. */
export function vouched(images: readonly ImageResult[]): string {
  const isEach = images.length <= mostNamed
  const rows = isEach ? images.flatMap(vouchersOf) : groupVouchers(images)
  if (rows.length === 0) return ''
  const lines = rows.slice(0, mostVouchers).map((row) => {
    const cells = [
      ...('image' in row
        ? images.length > 1
          ? [`${inCode(row.image.reference)}<br>${outcomeMarks[row.outcome]}`]
          : []
        : [`${row.images} ${outcomeMarks[row.outcome]}`]),
      whoCell(row),
      inert(row.kind),
      timesText(row)
        .map((time) => inert(shorten(time, 100)))
        .join('<br>'),
      inCode(brief(row.where)),
    ]
    return `| ${cells.join(' | ')} |`
  })
  const more =
    rows.length > mostVouchers ? `\n\n… and ${rows.length - mostVouchers} more in the result file` : ''
  const heads = [
    ...(images.length > 1 ? [isEach ? 'Image' : 'Images'] : []),
    ...['Signer', 'Evidence', 'Proven time', isEach ? 'Where it lies' : 'Where the first lies'],
  ]
  const head = `| ${heads.join(' | ')} |\n| ${heads.map(() => '---').join(' | ')} |`
  return `### Who vouched for it\n\n${head}\n${lines.join('\n')}${more}`
}

function whoCell({ signer, signerDetail }: Voucher | VoucherGroup): string {
  return signerDetail === '' ? inCode(signer) : `${inCode(signer)}<br>${inCode(signerDetail)}`
}

/** What verified attestations say. Who says it is proven; the page must not read as if the rest were. */
export function attested(images: readonly ImageResult[]): string {
  const rows = images.flatMap(({ reference, signatures }) =>
    distinct(signatures).flatMap((signature) => {
      const { verified, attests, statement } = signature
      if (!verified || attests === undefined || statement === undefined) return []
      const says = inert(shorten(sentence(statement), longestText))
      // One image is named above; its name would push what they say beyond the page.
      const cells = [...(images.length > 1 ? [inCode(reference)] : []), inCode(shortNameOf(attests))]
      return [`| ${[...cells, signerCell(signature), says].join(' | ')} |`]
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

/**
 * How it is known: of one image a picture, and below it every check in words. Of several, one picture for each shape of
 * findings, which is that of all images with it; what failed stands first.
 */
export function howWeKnow(images: readonly ImageResult[]): readonly string[] {
  const [only, ...others] = images
  if (!only) return []
  if (others.length === 0) return [`### How we know\n\n${picture(only)}`, detail(only, '', '')]
  const shapes = new Map<string, ImageResult[]>()
  for (const image of imagesWorstFirst(images)) {
    const shape = `${image.verdict}\n${shapeOf(image.finding)}`
    const known = shapes.get(shape)
    if (known) known.push(image)
    else shapes.set(shape, [image])
  }
  const first = [...shapes.values()].slice(0, mostPictures)
  const pictured = new Set(first.flatMap(([image]) => image ?? []))
  const further = imagesWorstFirst(images).filter((image) => !pictured.has(image))
  const details = [
    ...first.flatMap(([image, ...same]) => {
      const also = same.length === 0 ? '' : ` and ${same.length} more in the same way`
      return image ? [detail(image, also, `${picture(image)}\n\n`)] : []
    }),
    ...further.slice(0, mostDetails - pictured.size).map((image) => detail(image, '', '')),
  ]
  const more = images.length - details.length
  const note = more > 0 ? `\n\nOf ${details.length} images; the result file has the other ${more}.` : ''
  return [`### How we know${note}`, ...details]
}

function picture({ finding }: ImageResult): string {
  return mermaidTree(requirementTree(finding, mostNodes))
}

function detail(image: ImageResult, also: string, drawn: string): string {
  const claims = image.signatures.flatMap(({ claimed }) =>
    claimed.signedAt
      ? [
          `<p>The record says it was signed at ${inert(shorten(claimed.signedAt, 100))}. That time is a claim: nothing signs it.</p>`,
        ]
      : [],
  )
  return `<details><summary>How we know: ${inert(shorten(image.reference, 200))}${also}</summary>\n\n${drawn}<ul>${list(image.finding, 0)}</ul>${claims.join('')}\n\n</details>`
}

function list(finding: Finding, depth: number): string {
  const children = depth > 20 ? [] : (finding.children ?? [])
  const below =
    children.length === 0 ? '' : `<ul>${children.map((child) => list(child, depth + 1)).join('')}</ul>`
  return `<li>${statusMarks[finding.status]} <b>${inert(finding.check)}</b>: ${inert(shorten(finding.message, longestText))}${below}</li>`
}
