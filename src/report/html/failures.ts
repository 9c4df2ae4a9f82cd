import { codes } from '../../verdict/codes.js'
import type { Failure, ImageResult, Result } from '../../verdict/result.js'
import { furtherReasons } from '../build-reasons.js'
import { brief } from '../escape.js'
import { nearMissesOf } from '../near-misses.js'
import { groupOutcomes, type OutcomeGroup } from '../outcomes.js'
import { placeText, whyNotChecked } from '../place.js'
import { party } from '../words.js'
import { code, folded, html, moreIn, outcomePill, pill, statusOf, table } from './text.js'

/** Of a group: how many are told unfolded, and how many at all. */
const mostOpen = 10
const mostTold = 500
const mostPlaces = 10
const mostMisses = 10

/** How many images came to what, and whose turn it is; what failed first. */
export function glance({ images }: Result): string {
  if (images.length < 2) return ''
  const rows = groupOutcomes(images).map(({ outcome, failure, images: own }) => [
    outcomePill(outcome),
    String(own.length),
    failure === null ? '–' : code(failure.code),
    html(outcome === 'not-checked' ? 'who writes the policies' : party(failure)),
    failure === null ? '–' : html(failure.hint),
  ])
  const heads = ['Verdict', 'Images', 'Code', 'Whose turn', 'What next']
  return table('What the images came to, by verdict and code', heads, rows)
}

/** What failed, by verdict and code: why, near misses, where, and what to do. */
export function failures(result: Result, anchorOf: (image: ImageResult) => string | undefined): string {
  const { images, failure } = result
  const groups = groupOutcomes(images).filter((group) => group.failure !== null)
  const isOwn =
    failure !== null &&
    !groups.some((group) => group.images.some((image) => image.failure?.message === failure.message))
  const own = isOwn ? box(failure, 'undetermined', `<p>${html(failure.message, 4000)}</p>`, 'The run') : ''
  return `${own}${groups.map((group) => ofGroup(group, anchorOf)).join('')}`
}

function box(failure: Failure, outcome: OutcomeGroup['outcome'], content: string, title: string): string {
  return `<div class="card-box ${statusOf(outcome)}"><h3>${outcomePill(outcome)} ${html(title)}: ${code(failure.code)}</h3>
<p class="note">${html(codes[failure.code].meaning)}</p>
${content}<p class="next"><strong>Next</strong>, ${html(party(failure))}: ${html(failure.hint)}</p></div>\n`
}

function ofGroup(
  { outcome, failure, images }: OutcomeGroup,
  anchorOf: (image: ImageResult) => string | undefined,
): string {
  if (!failure) return ''
  const items = images.slice(0, mostTold).map((image) => `<li>${said(image, anchorOf(image))}</li>\n`)
  const open = `<ul>${items.slice(0, mostOpen).join('')}</ul>\n`
  const rest = items.slice(mostOpen)
  const more = rest.length === 0 ? '' : folded(`${rest.length} more`, `<ul>${rest.join('')}</ul>\n`)
  const title = images.length === 1 ? '1 image' : `${images.length} images`
  return box(failure, outcome, `${open}${more}${moreIn(images.length - mostTold)}`, title)
}

function said(image: ImageResult, anchor: string | undefined): string {
  const { reference, failure, finding, origins = [] } = image
  const name = anchor === undefined ? code(reference) : `<a href="#${anchor}">${code(reference)}</a>`
  const misses = nearMissesOf(finding)
  const below = [
    ...furtherReasons(image).map((reason) => `Also: ${html(reason)}`),
    ...origins.slice(0, mostPlaces).map((origin) => `At ${code(placeText(origin))}`),
    ...(origins.length > mostPlaces ? [`… and at ${origins.length - mostPlaces} more places`] : []),
    ...misses.slice(0, mostMisses).map((miss) => `<strong>Near miss:</strong> ${html(miss)}`),
    ...(misses.length > mostMisses ? [`… and ${misses.length - mostMisses} more near misses`] : []),
  ]
  const list = below.length === 0 ? '' : `<ul>${below.map((one) => `<li>${one}</li>`).join('')}</ul>`
  return `${name}: ${html(brief(failure?.message ?? ''))}${list}`
}

/** Images that nothing is demanded of, where that is allowed. */
export function notChecked({ images, policies = [] }: Result): string {
  const own = images.filter(({ allowed }) => allowed)
  if (own.length === 0) return ''
  const items = own.slice(0, mostTold).map((image) => {
    const [origin] = image.origins ?? []
    const where = origin === undefined ? '' : ` at ${code(placeText(origin))}`
    return `<li>${code(image.reference)}${where}: ${html(whyNotChecked(image, policies))}</li>\n`
  })
  const note = `<p>${pill('exempt', 'not checked')} Nothing is demanded of these. They are not verified.</p>`
  return `${note}\n<ul>${items.slice(0, mostOpen).join('')}</ul>\n${items.length > mostOpen ? folded(`${items.length - mostOpen} more`, `<ul>${items.slice(mostOpen).join('')}</ul>\n`) : ''}${moreIn(own.length - mostTold)}`
}
