import { parseReference } from '../reference/parse.js'
import { displayName } from '../reference/reference.js'
import {
  decidingPart,
  type Failure,
  type ImageResult,
  type Result,
  type Signature,
} from '../verdict/result.js'
import { nearMissesOf } from './near-misses.js'
import { peerReason } from './document.js'
import { line, shorten } from './escape.js'
import { sentence } from './statements.js'

const longestText = 600

/** What goes to each stream, line by line. */
export interface Streams {
  readonly stdout: readonly string[]
  readonly stderr: readonly string[]
}

/**
 * The report for a terminal. Up to the first indented `Verdict:` it is what `s3lo verify` prints, on the same streams:
 * ✓ on stdout, ✗ and errors on stderr.
 */
export function toText(result: Result): Streams {
  const stdout: string[] = []
  const stderr: string[] = []
  for (const image of result.images) {
    if (image.verdict === 'verified') stdout.push(...verifiedLines(image))
    else stderr.push(...failedLines(image))
  }
  // A failure that is no image's: an input, nothing to verify.
  if (result.failure && !result.images.some((image) => image.failure)) {
    stderr.push(`Error: ${line(result.failure.message)}`, ...verdictLines('undetermined', result.failure))
  }
  if (result.images.length > 1) {
    const count = (verdict: Result['verdict']): number =>
      result.images.filter((image) => image.verdict === verdict).length
    const tally = `${count('verified')} verified, ${count('rejected')} rejected, ${count('undetermined')} undetermined`
    const target = result.verdict === 'verified' ? stdout : stderr
    target.push(`${result.verdict}: ${result.images.length} images, ${tally}`)
  }
  stderr.push(...result.warnings.map((warning) => `Warning: ${line(warning)}`))
  return { stdout, stderr }
}

function verifiedLines(image: ImageResult): readonly string[] {
  const signatures = image.signatures.filter((signature) => signature.verified)
  return [
    `✓ Verified ${line(displayName({ text: image.reference }))}`,
    `  Digest:  ${String(image.digest)}`,
    ...signatures.flatMap((signature) => [
      signature.format === 's3lo-record'
        ? `  Signed:  ${line(signature.claimed.signedAt ?? '')}`
        : `  Found:   ${line(signature.where)} (${signature.attests === undefined ? signature.format : `${signature.format}, ${line(signature.attests)}`})`,
      ...signerLines(signature),
      ...(signature.statement
        ? [`  Says:    ${line(shorten(sentence(signature.statement), longestText))}`]
        : []),
    ]),
    ...(image.finding.children ?? []).flatMap(({ check, message }) =>
      check === 'deep' ? [`  Read:    ${line(message)}`] : [],
    ),
  ]
}

function signerLines({ keyRef, identity, times = [] }: Signature): readonly string[] {
  const proven = times.map(
    ({ at, by }) => `  Time:    ${line(at)} (${by === 'timestamp' ? by : 'transparency log'})`,
  )
  if (identity === undefined) return [`  Key:     ${line(keyRef)}`, ...proven]
  return [`  Signer:  ${line(identity.subject)}`, `  Issuer:  ${line(identity.issuer)}`, ...proven]
}

function failedLines(image: ImageResult): readonly string[] {
  const misses = nearMissesOf(image.finding).map((miss) => `  Near miss: ${line(miss)}`)
  const verdict = image.failure ? verdictLines(image.verdict, image.failure) : []
  if (image.verdict === 'rejected') {
    const head = `✗ Verification FAILED for ${line(displayName({ text: image.reference }))}`
    return [head, `  ${line(peerReason(image) ?? '')}`, ...misses, ...verdict]
  }
  return [`Error: ${errorPrefix(image)}${line(image.failure?.message ?? '')}`, ...misses, ...verdict]
}

/** Where s3lo says at which step it stopped. */
function errorPrefix({ finding, reference }: ImageResult): string {
  const { kind } = parseReference(reference)
  if (finding.status !== 'unknown' || kind === 'registry' || kind === 'oci-layout') return ''
  switch (decidingPart(finding).check) {
    case 'image-found':
      return 'read manifest: '
    case 'record-read':
      return 'read signature: '
    case 'key-loaded':
      return 'load verification key: '
    case 'store-opened':
      return 'create storage client: '
    default:
      return ''
  }
}

function verdictLines(verdict: Result['verdict'], failure: Failure): readonly string[] {
  const service = failure.service === undefined ? '' : `, service ${failure.service}`
  return [`  Verdict: ${verdict} (${failure.class}, ${failure.code}${service})`, `  Next:    ${failure.hint}`]
}
