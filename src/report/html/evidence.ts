import { shortNameOf } from '../../evidence/statement.js'
import type { Ending } from '../../verdict/ending.js'
import type { ImageResult, Result } from '../../verdict/result.js'
import { distinct } from '../distinct.js'
import { sentence } from '../statements.js'
import { groupVouchers, timesText, type Voucher, type VoucherGroup, vouchersOf } from '../vouching.js'
import { digests } from '../text.js'
import { code, folded, html, moreIn, outcomePill, table } from './text.js'

const mostPinned = 5000
const mostOpen = 20
const mostRows = 500
/** Of more images those who vouched for them are counted. */
const mostNamed = 10

/** What may be deployed: verified images, and only of a run that hands them on. */
export function deploy({ images }: Result, { handOn }: Ending): string {
  const verified = handOn
    ? images.flatMap(({ verdict, pinned, allowed }) =>
        verdict === 'verified' && !allowed ? (pinned ?? []) : [],
      )
    : []
  if (verified.length === 0) return ''
  const rows = verified.slice(0, mostPinned).map((pinned) => html(pinned, 1000))
  const note = images.length > verified.length ? '<p>The verified ones only.</p>\n' : ''
  const block = (lines: readonly string[]): string => `<pre>${lines.join('\n')}</pre>\n`
  const rest = rows.slice(mostOpen)
  const more = rest.length === 0 ? '' : folded(`${rest.length} more`, block(rest))
  return `${note}${block(rows.slice(0, mostOpen))}${more}${moreIn(verified.length - mostPinned)}`
}

/** Who signed, with what, when, and where to find it: of a few images each, of many by signer. */
export function vouched(images: readonly ImageResult[]): string {
  const isEach = images.length <= mostNamed
  const rows: readonly (Voucher | VoucherGroup)[] = isEach
    ? images.flatMap(vouchersOf)
    : groupVouchers(images)
  if (rows.length === 0) return ''
  const cells = rows.slice(0, mostRows).map((row) => [
    `${code(row.signer)}${row.signerDetail === '' ? '' : `<br><span class="note">${code(row.signerDetail)}</span>`}`,
    ...('image' in row
      ? images.length > 1
        ? [`${code(row.image.reference)}<br>${outcomePill(row.outcome)}`]
        : []
      : [`${row.images} ${outcomePill(row.outcome)}`]),
    html(row.kind),
    timesText(row)
      .map((time) => html(time, 200))
      .join('<br>'),
    code(row.where),
  ])
  const heads = [
    'Signer',
    ...(images.length > 1 ? [isEach ? 'Image' : 'Images'] : []),
    'Evidence',
    'Proven time',
  ]
  const caption = 'Signatures and attestations that were verified'
  return `${table(caption, [...heads, isEach ? 'Where it lies' : 'Where the first lies'], cells)}${moreIn(rows.length - mostRows)}`
}

/** What verified attestations say. */
export function attested(images: readonly ImageResult[]): string {
  const rows = images.flatMap(({ reference, signatures }) =>
    distinct(signatures).flatMap(({ verified, attests, statement, identity, keyRef }) =>
      verified && attests !== undefined && statement !== undefined
        ? [
            [
              code(reference),
              code(shortNameOf(attests)),
              code(identity?.subject ?? keyRef),
              html(sentence(statement)),
            ],
          ]
        : [],
    ),
  )
  if (rows.length === 0) return ''
  const note =
    '<p>Who attested this is proven. What they say is their claim: it was read, and not checked.</p>\n'
  const heads = ['Image', 'Type', 'Attested by', 'What they say']
  return `${note}${table('What verified attestations say', heads, rows.slice(0, mostRows))}${moreIn(rows.length - mostRows)}`
}

/** The manifests that came out with digests. */
export function pinnedManifests({ pinned = [] }: Result, folder: string | undefined): string {
  if (folder === undefined || pinned.length === 0) return ''
  const rows = pinned.slice(0, mostRows).map(({ file, changed }) => [code(file), html(digests(changed))])
  return `<p>In ${code(folder)}. Only verified images got their digest, and nothing else in them changed.</p>\n${table('Manifests as they came out', ['File', 'Digests'], rows)}${moreIn(pinned.length - mostRows)}`
}
