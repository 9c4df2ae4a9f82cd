import type { ImageResult, Result } from '../verdict/result.js'
import { furtherReasons } from './build-reasons.js'
import { inCode, inert, shorten } from './escape.js'
import { nearMissesOf } from './near-misses.js'
import { groupOutcomes, imagesWorstFirst } from './outcomes.js'
import { placeText, whyNotChecked } from './place.js'
import { outcomeMarks } from './summary-evidence.js'
import { party } from './words.js'

const mostDetails = 20
const mostApart = 5
const mostPlaces = 5
const longestText = 600

/** Of several images: how many came to what, why, and whose turn it is; what failed first. */
export function atAGlance({ images }: Result): string {
  if (images.length < 2) return ''
  const rows = groupOutcomes(images).map(({ outcome, failure, images: own }) => {
    const code = failure === null ? '–' : `\`${failure.code}\``
    const next = failure === null ? '–' : inert(failure.hint)
    const whose = outcome === 'not-checked' ? 'who writes the policies' : party(failure)
    return `| ${own.length} | ${outcomeMarks[outcome]} | ${code} | ${whose} | ${next} |`
  })
  const head = '| Images | Verdict | Code | Whose turn | What next |\n| ---: | --- | --- | --- | --- |'
  return `### At a glance\n\n${head}\n${rows.join('\n')}`
}

export function failures({ images, failure }: Result): string {
  // What speaks for the run comes first; of many images, those that failed in the same way stand together.
  const worstFirst = imagesWorstFirst(images).filter((image) => image.failure !== null && !image.allowed)
  const isMany = worstFirst.length > mostApart
  const failed = isMany ? groupOutcomes(worstFirst).flatMap((group) => group.images) : worstFirst
  // A failure of the run itself: an input, a policy that cannot be read.
  const own =
    failure && !failed.some((image) => image.failure?.message === failure.message)
      ? [
          `\`${failure.code}\`: ${inert(shorten(failure.message, longestText))}\n\n**Next:** ${inert(failure.hint)}`,
        ]
      : []
  const rows = failed.slice(0, mostDetails).map((image) => failureItem(image, isMany))
  const more =
    failed.length > mostDetails ? [`- … and ${failed.length - mostDetails} more in the result file`] : []
  const listed = rows.length === 0 ? [] : [[...rows, ...more].join('\n')]
  const said = [...own, ...listed]
  return said.length === 0 ? '' : `### What failed\n\n${said.join('\n\n')}`
}

/** @param isBrief what to do next stands above, by code */
function failureItem(image: ImageResult, isBrief: boolean): string {
  const { origins = [] } = image
  const places = origins
    .slice(0, mostPlaces)
    .map((origin) => `\n  - At ${inCode(shorten(placeText(origin), longestText))}`)
  if (origins.length > mostPlaces) places.push(`\n  - … and at ${origins.length - mostPlaces} more places`)
  const misses = nearMissesOf(image.finding).map(
    (miss) => `\n  - Near miss: ${inert(shorten(miss, longestText))}`,
  )
  const further = furtherReasons(image).map((reason) => `\n  - Also: ${inert(shorten(reason, longestText))}`)
  const { code = '', message = '', hint = '' } = image.failure ?? {}
  const next = isBrief ? '' : `\n  - **Next:** ${inert(hint)}`
  return `- ${inCode(image.reference)} \`${code}\`: ${inert(shorten(message, longestText))}${further.join('')}${places.join('')}${misses.join('')}${next}`
}

/** Images that nothing is demanded of, where that is allowed: they are not verified, and must not look as if they were. */
export function notChecked({ images, policies = [] }: Result): string {
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
