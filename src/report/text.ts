import { parseReference } from '../reference/parse.js'
import { displayName } from '../reference/reference.js'
import {
  decidingPart,
  type Failure,
  type ImageResult,
  type PolicyResult,
  type Result,
  type Signature,
} from '../verdict/result.js'
import { bindingsOf, furtherReasons } from './build-reasons.js'
import { nearMissesOf } from './near-misses.js'
import { peerReason } from './document.js'
import { distinct } from './distinct.js'
import { line, shorten } from './escape.js'
import { placeText, resourceText, ruleText, whyNotChecked } from './place.js'
import { countOutcomes, countsText, worstFirst } from './policy-results.js'
import { sentence } from './statements.js'

const longestText = 600
const mostPlaces = 10
const mostRows = 200

/** What goes to each stream, line by line. */
export interface Streams {
  readonly stdout: readonly string[]
  readonly stderr: readonly string[]
}

/**
 * The report for a terminal. Up to the first indented `Verdict:` it is what `s3lo verify` prints, on the same streams:
 * ✓ on stdout, ✗ and errors on stderr. What policies and manifests add stands below that, and what nobody checked last,
 * where a terminal shows it.
 *
 * @param pinnedTo the folder that manifests with digests were written to
 */
export function toText(result: Result, pinnedTo?: string): Streams {
  const stdout: string[] = []
  const stderr: string[] = []
  const rows = result.policies ?? []
  for (const image of result.images) {
    if (image.verdict === 'verified') stdout.push(...verifiedLines(image, rows.length > 0))
    else stderr.push(...(image.allowed ? notCheckedLines(image, rows) : failedLines(image, rows.length > 0)))
  }
  // A failure that is no image's: an input, a policy that cannot be read, nothing to verify.
  if (result.failure && !isOfImage(result, result.failure)) {
    stderr.push(`Error: ${line(result.failure.message)}`, ...verdictLines('undetermined', result.failure))
  }
  const target = result.verdict === 'verified' ? stdout : stderr
  if (rows.length > 0) target.push(...policyLines(rows))
  if (result.images.length > 1) target.push(tallyLine(result))
  if (pinnedTo !== undefined && result.pinned) stdout.push(...pinnedLines(result.pinned, pinnedTo))
  stderr.push(...result.warnings.map((warning) => `Warning: ${line(warning)}`))
  return { stdout, stderr }
}

/** The run's failure is that of an image where one has it; then the image has said it. */
function isOfImage({ images }: Result, { code, message }: Failure): boolean {
  return images.some(
    ({ failure, allowed }) => allowed !== true && failure?.code === code && failure.message === message,
  )
}

function tallyLine({ verdict, images }: Result): string {
  const count = (one: Result['verdict']): number =>
    images.filter((image) => image.verdict === one && !image.allowed).length
  const unchecked = images.filter(({ allowed }) => allowed).length
  const tally = `${count('verified')} verified, ${count('rejected')} rejected, ${count('undetermined')} undetermined`
  return `${verdict}: ${images.length} images, ${tally}${unchecked === 0 ? '' : `, ${unchecked} not checked`}`
}

/** s3lo says the last part of the name; of images that policies or manifests name only the whole name says which. */
function nameOf({ reference, origins }: ImageResult, isWhole: boolean): string {
  return line(isWhole || origins ? reference : displayName({ text: reference }))
}

function placeLines({ origins = [] }: ImageResult): readonly string[] {
  const lines = origins.slice(0, mostPlaces).map((origin) => `  At:      ${line(placeText(origin))}`)
  return origins.length > mostPlaces
    ? [...lines, `  At:      … and ${origins.length - mostPlaces} more places`]
    : lines
}

function notCheckedLines(image: ImageResult, rows: readonly PolicyResult[]): readonly string[] {
  const why = shorten(whyNotChecked(image, rows), longestText)
  return [`– Not checked: ${nameOf(image, true)}`, `  ${line(why)}`, ...placeLines(image)]
}

function policyLines(rows: readonly PolicyResult[]): readonly string[] {
  const lines = worstFirst(rows)
    .slice(0, mostRows)
    .map(({ result, resource, image, message, ...rule }) => {
      const where = resource === undefined ? '' : ` ${resourceText(resource)}`
      const said = result === 'pass' ? '' : `: ${shorten(message, longestText)}`
      return `  ${result.padEnd(5)} ${line(`${ruleText(rule)}${where} ${image}${said}`)}`
    })
  const more = rows.length > mostRows ? [`  … and ${rows.length - mostRows} more in the result document`] : []
  return [`Policies: ${countsText(countOutcomes(rows))}`, ...lines, ...more]
}

function pinnedLines(pinned: NonNullable<Result['pinned']>, folder: string): readonly string[] {
  const lines = pinned.slice(0, mostRows).map(({ file, changed }) => `  ${line(file)}: ${digests(changed)}`)
  const more = pinned.length > mostRows ? [`  … and ${pinned.length - mostRows} more`] : []
  return [`Manifests with digests, in ${line(folder)}:`, ...lines, ...more]
}

/** How many digests were written into a manifest. */
export function digests(count: number): string {
  return count === 0 ? 'none written' : `${count} written`
}

function verifiedLines(image: ImageResult, isWhole: boolean): readonly string[] {
  const signatures = distinct(image.signatures.filter((signature) => signature.verified))
  return [
    `✓ Verified ${nameOf(image, isWhole)}`,
    `  Digest:  ${image.digest ?? whyNoDigest(image)}`,
    ...placeLines(image),
    ...signatures.flatMap((signature) => [
      signature.format === 's3lo-record'
        ? `  Signed:  ${line(signature.claimed.signedAt ?? '')}`
        : `  Found:   ${line(signature.where)} (${signature.attests === undefined ? signature.format : `${signature.format}, ${line(signature.attests)}`})`,
      ...signerLines(signature),
      ...(signature.statement
        ? [`  Says:    ${line(shorten(sentence(signature.statement), longestText))}`]
        : []),
    ]),
    ...bindingsOf(image).map((binding) => `  Built:   ${line(binding)}`),
    ...(image.finding.children ?? []).flatMap(({ check, message }) =>
      check === 'deep' ? [`  Read:    ${line(message)}`] : [],
    ),
  ]
}

function whyNoDigest({ finding }: ImageResult): string {
  return finding.check === 'subjects'
    ? 'none: no image was given, its digests alone were held against the policy'
    : 'none: a static policy admits it, nothing was looked at'
}

function signerLines({ keyRef, identity, times = [] }: Signature): readonly string[] {
  const proven = times.map(
    ({ at, by }) => `  Time:    ${line(at)} (${by === 'timestamp' ? by : 'transparency log'})`,
  )
  if (identity === undefined) return [`  Key:     ${line(keyRef)}`, ...proven]
  return [`  Signer:  ${line(identity.subject)}`, `  Issuer:  ${line(identity.issuer)}`, ...proven]
}

function failedLines(image: ImageResult, isWhole: boolean): readonly string[] {
  const misses = nearMissesOf(image.finding).map((miss) => `  Near miss: ${line(miss)}`)
  const further = furtherReasons(image).map((reason) => `  And:     ${line(shorten(reason, longestText))}`)
  const verdict = image.failure ? verdictLines(image.verdict, image.failure) : []
  if (image.verdict === 'rejected') {
    const head = `✗ Verification FAILED for ${nameOf(image, isWhole)}`
    return [
      head,
      `  ${line(peerReason(image) ?? '')}`,
      ...further,
      ...placeLines(image),
      ...misses,
      ...verdict,
    ]
  }
  const about = isWhole || image.origins ? `${nameOf(image, true)}: ` : ''
  const said = `Error: ${about}${errorPrefix(image)}${line(image.failure?.message ?? '')}`
  return [said, ...further, ...placeLines(image), ...misses, ...verdict]
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
