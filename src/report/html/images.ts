import type { Finding } from '../../verdict/finding.js'
import type { ImageResult } from '../../verdict/result.js'
import { checkWords } from '../check-words.js'
import { imagesWorstFirst, outcomeOf } from '../outcomes.js'
import { placeText } from '../place.js'
import { requirementTree, shapeOf, statusWords } from '../tree.js'
import { vouchersOf } from '../vouching.js'
import { code, folded, html, longestText, moreIn, outcomePill, pill, table } from './text.js'
import { svgTree } from './tree-svg.js'

const mostRows = 5000
const mostOpenRows = 50
const mostPlaces = 3
/** Pictures of so few images are drawn each; of more, one for each shape. */
const mostDrawnEach = 12
const mostPictures = 40
const mostNodes = 40
const mostNodesOfMany = 30
const mostChecks = 400
const deepest = 20
/** Bytes of all checks in words: a page must open. */
const mostBytes = 16 * 1024 * 1024

/** A fragment of the page for each image that has its checks there. */
export type Anchors = ReadonlyMap<ImageResult, string>

export function anchorsOf(images: readonly ImageResult[]): Anchors {
  return new Map(
    imagesWorstFirst(images)
      .slice(0, mostRows)
      .map((image, at) => [image, `image-${at + 1}`]),
  )
}

/** All images, what failed first; of many those that are verified are folded. */
export function imageTable(images: readonly ImageResult[], anchors: Anchors): string {
  if (images.length < 2) return ''
  const isPlaced = images.some(({ origins }) => origins !== undefined)
  const heads = ['Image', 'Verdict', ...(isPlaced ? ['Where'] : []), 'Digest', 'Signed by']
  const row = (image: ImageResult): readonly string[] => [
    linked(image, anchors),
    `${outcomePill(outcomeOf(image))}${image.failure && !image.allowed ? `<br>${code(image.failure.code)}` : ''}`,
    ...(isPlaced ? [places(image)] : []),
    image.digest === null ? '–' : code(image.digest),
    [...new Set(vouchersOf(image).map(({ signer }) => code(signer)))].join('<br>') || '–',
  ]
  const all = imagesWorstFirst(images).slice(0, mostRows)
  const more = moreIn(images.length - all.length)
  if (all.length <= mostOpenRows)
    return `${table('All images, what failed first', heads, all.map(row))}${more}`
  const verified = all.filter((image) => outcomeOf(image) === 'verified')
  const others = all.filter((image) => outcomeOf(image) !== 'verified')
  const open = others.length === 0 ? '' : table('Images that are not verified', heads, others.map(row))
  const fold = table('Images that are verified', heads, verified.map(row))
  return `${open}${verified.length === 0 ? '' : folded(`${verified.length} verified images`, fold)}${more}`
}

function linked(image: ImageResult, anchors: Anchors): string {
  const anchor = anchors.get(image)
  return anchor === undefined ? code(image.reference) : `<a href="#${anchor}">${code(image.reference)}</a>`
}

function places({ origins = [] }: ImageResult): string {
  const shown = origins.slice(0, mostPlaces).map((origin) => code(placeText(origin)))
  return (
    [...shown, ...(origins.length > mostPlaces ? [`… and ${origins.length - mostPlaces} more`] : [])].join(
      '<br>',
    ) || '–'
  )
}

/** How it is known: the tree as a picture, and every check in words below it. */
export function* howWeKnow(images: readonly ImageResult[], anchors: Anchors): Iterable<string> {
  const [only, ...others] = images
  if (!only) return
  if (others.length === 0) {
    yield `<div id="image-1">${figure(only, 'tree-1', mostNodes)}${folded('Every check in words', checks(only.finding))}</div>\n`
    return
  }
  const drawn = new Map<string, ImageResult>()
  let room = mostBytes
  let told = 0
  const verified = images.filter((image) => outcomeOf(image) === 'verified').length
  let isOpen = false
  for (const [image, anchor] of anchors) {
    const shape = `${image.verdict}\n${shapeOf(image.finding)}`
    const same = drawn.get(shape)
    const isDrawn = images.length <= mostDrawnEach || (same === undefined && drawn.size < mostPictures)
    if (same === undefined && isDrawn) drawn.set(shape, image)
    const picture = isDrawn
      ? figure(image, `tree-${anchor}`, mostNodesOfMany)
      : same
        ? `<p class="note">Its picture is that of <a href="#${String(anchors.get(same))}">${code(same.reference)}</a>, but for names.</p>\n`
        : ''
    const title = `${outcomePill(outcomeOf(image))} ${code(image.reference)}`
    const piece = folded(title, `<div id="${anchor}">${picture}${checks(image.finding)}</div>\n`)
    room -= Buffer.byteLength(piece)
    if (room < 0) break
    told++
    if (images.length > mostOpenRows && !isOpen && outcomeOf(image) === 'verified') {
      isOpen = true
      yield `<details><summary>${verified} verified images</summary>\n`
    }
    yield piece
  }
  if (isOpen) yield '</details>\n'
  yield moreIn(images.length - told)
}

function figure(image: ImageResult, name: string, most: number): string {
  const title = `What is asked of ${image.reference}, and what it came to`
  return `<figure>${svgTree(requirementTree(image.finding, most), name, title)}</figure>\n`
}

/** Every check, as deep and as many as are read by a person. */
function checks(finding: Finding): string {
  let room = mostChecks
  const item = (one: Finding, depth: number): string => {
    if (room-- <= 0) return ''
    const { status, check, message, nearMisses = [], children = [] } = one
    const failed = 'code' in one ? ` ${code(one.code)}` : ''
    const misses = nearMisses.slice(0, 5).map((miss) => `<li>Near miss: ${html(miss.message)}</li>`)
    const below = depth < deepest ? children.map((child) => item(child, depth + 1)) : []
    const lower = [...misses, ...below].join('')
    return `<li>${pill(status, statusWords[status])}${failed} <strong>${html(checkWords(check))}</strong> (${code(check, 200)}): ${html(message, longestText)}${lower === '' ? '' : `<ul>${lower}</ul>`}</li>`
  }
  const listed = `<ul class="checks">${item(finding, 0)}</ul>\n`
  return room < 0
    ? `${listed}<p class="note">… and ${-room} more checks or more in the result file.</p>\n`
    : listed
}
