import type { Answer } from './answer.js'
import type { ResultDocument } from '../report/document.js'
import type { OutputName } from '../inputs/output-table.js'
import { line, shorten } from '../report/escape.js'
import { message } from '../report/words.js'

/** Most bytes of one output that holds JSON. */
export const outputLimit = 64 * 1024
const longestMessage = 4000

/** The step's outputs; every one is set for every ending. */
export function toOutputs(
  { result, document, ending, pinnedManifests }: Answer,
  resultFile: string,
): Readonly<Record<OutputName, string>> {
  const [first] = result.images
  const pinned = result.images.flatMap((image) =>
    image.verdict === 'verified' && image.pinned ? [image.pinned] : [],
  )
  const images = ending.handOn ? fit(pinned) : { json: '[]', truncated: false }
  return {
    verdict: result.verdict,
    'failure-class': result.failure?.class ?? '',
    'failure-code': result.failure?.code ?? '',
    message: shorten(line(message(result)), longestMessage),
    image: first ? line(first.reference) : '',
    digest: ending.handOn ? (first?.digest ?? '') : '',
    images: images.json,
    result: fitDocument(document, images.truncated),
    'result-file': resultFile,
    'pinned-manifests': pinnedManifests ?? '',
  }
}

/** As many items of a list as fit. */
function fit(items: readonly string[]): { readonly json: string; readonly truncated: boolean } {
  let size = 2
  let count = 0
  for (const item of items) {
    size += Buffer.byteLength(JSON.stringify(item)) + 1
    if (size > outputLimit) break
    count++
  }
  return { json: JSON.stringify(items.slice(0, count)), truncated: count < items.length }
}

/** Of thousands of images the first hundreds tell that they do not fit. */
function mayFit({ images }: ResultDocument): boolean {
  let size = 0
  for (const image of images) {
    size += JSON.stringify(image).length
    if (size > outputLimit) return false
  }
  return true
}

/** The document, without findings and then without the last images where it is too large; it says so itself. */
function fitDocument(document: ResultDocument, truncated: boolean): string {
  const whole = mayFit(document)
    ? JSON.stringify(truncated ? { ...document, truncated } : document)
    : undefined
  if (whole !== undefined && Buffer.byteLength(whole) <= outputLimit) return whole
  const brief = document.images.map(({ reference, digest, pinned, verdict, failure }) => ({
    reference,
    digest,
    pinned,
    verdict,
    failure: failure && { ...failure, message: shorten(failure.message, 300) },
  }))
  const { schemaVersion, verified, verdict, failure, tool, startedAt, finishedAt } = document
  const head = {
    schemaVersion,
    truncated: true,
    verified,
    verdict,
    failure: failure && { ...failure, message: shorten(failure.message, longestMessage) },
    tool,
    startedAt,
    finishedAt,
  }
  for (let count = brief.length; count > 0; count = Math.floor(count / 2)) {
    const json = JSON.stringify({ ...head, images: brief.slice(0, count) })
    if (Buffer.byteLength(json) <= outputLimit) return json
  }
  return JSON.stringify({ ...head, images: [] })
}
