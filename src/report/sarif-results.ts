import { createHash } from 'node:crypto'
import type { Code } from '../verdict/codes.js'
import { type Failure, type ImageResult, type PolicyResult, type Result } from '../verdict/result.js'
import { furtherReasons } from './build-reasons.js'
import { demandsOf } from './demands.js'
import { line, shorten } from './escape.js'
import { nearMissesOf } from './near-misses.js'
import { imagesWorstFirst } from './outcomes.js'
import { located, placeText, ruleText } from './place.js'
import {
  nameOfImage,
  type PhysicalLocation,
  placeOfImage,
  placeOfRun,
  placesIn,
  type Surroundings,
} from './sarif-places.js'
import { ruleIndexOf } from './sarif-rules.js'

/** GitHub shows the first 5,000 results of a run. */
const mostResults = 5000
const mostPlaces = 20
const mostRules = 10
const longestMessage = 2000
const longestName = 500

export interface SarifResult {
  readonly ruleId: Code
  readonly ruleIndex: number
  readonly level: 'error' | 'warning'
  readonly message: { readonly text: string }
  readonly locations: readonly [
    {
      readonly physicalLocation: PhysicalLocation
      readonly logicalLocations?: readonly [{ readonly name: string; readonly kind: 'resource' }]
    },
  ]
  readonly relatedLocations?: readonly {
    readonly id: number
    readonly physicalLocation: PhysicalLocation
    readonly message: { readonly text: string }
  }[]
  readonly partialFingerprints: { readonly primaryLocationLineHash: string }
  readonly properties: Readonly<Record<string, string | readonly string[]>>
}

/** A result, and what it is from run to run. */
interface Told extends Omit<SarifResult, 'partialFingerprints'> {
  /** Image, code and requirement: neither a digest, nor a time, nor a line. */
  readonly identity: readonly string[]
}

/**
 * What is not verified, the rejected first: one result for each image, and one for the run itself where what is wrong with
 * it is said of no image. The last one speaks for the rest where there are more than are shown.
 */
export function toSarifResults(result: Result, around: Surroundings): readonly SarifResult[] {
  const failed = imagesWorstFirst(result.images).filter(({ failure, allowed }) => failure && !allowed)
  const own = ofRun(result, failed, around)
  const room = mostResults - (own ? 1 : 0)
  const shown = failed.length > room ? failed.slice(0, room - 1) : failed
  const [first] = failed.slice(shown.length)
  const told = [
    ...shown.flatMap((image) => ofImage(image, result.policies ?? [], around)),
    ...(first ? ofRest(first, failed.length - shown.length, around) : []),
    ...(own ? [own] : []),
  ]
  const times = new Map<string, number>()
  return told.map(({ identity, ...one }) => {
    const hash = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32)
    // Two tags of one image may fail in the same way.
    const nth = (times.get(hash) ?? 0) + 1
    times.set(hash, nth)
    return { ...one, partialFingerprints: { primaryLocationLineHash: `${hash}:${nth}` } }
  })
}

function ofImage(
  image: ImageResult,
  policies: readonly PolicyResult[],
  around: Surroundings,
): readonly Told[] {
  const { reference, digest, verdict, failure, finding, origins = [] } = image
  if (!failure) return []
  const rules = policies.filter((row) => row.image === reference && isAgainst(row)).map(ruleText)
  const requirement = rules[0] ?? demandsOf(finding).find(isOpen)?.finding.check ?? finding.check
  const also = rules.slice(0, mostRules).map((rule) => `Rule: ${rule}`)
  const misses = nearMissesOf(finding).map((miss) => `Near miss: ${miss}`)
  const further = furtherReasons(image).map((reason) => `Also: ${reason}`)
  const name = reference === '' ? 'an empty reference' : shorten(line(reference), longestName)
  const elsewhere = placesIn(origins, around).slice(1, mostPlaces + 1)
  return [
    {
      ...common(failure, verdict === 'rejected'),
      message: said([
        `${name} ${saidOf(failure, verdict === 'rejected')}: ${failure.message}`,
        ...further,
        ...misses,
        ...also,
        `Next: ${failure.hint}`,
      ]),
      locations: [
        {
          physicalLocation: placeOfImage(image, around),
          logicalLocations: [{ name, kind: 'resource' }],
        },
      ],
      ...(elsewhere.length > 0 && {
        relatedLocations: elsewhere.map(({ origin, place }, id) => ({
          id,
          physicalLocation: place,
          message: said([placeText(origin)]),
        })),
      }),
      properties: {
        image: name,
        ...(digest !== null && { digest: line(digest) }),
        verdict,
        class: failure.class,
        ...(failure.service && { service: failure.service }),
        ...(rules.length > 0 && {
          rules: rules.slice(0, mostRules).map((rule) => shorten(line(rule), longestName)),
        }),
      },
      identity: [nameOfImage(reference), failure.code, requirement],
    },
  ]
}

/** What is wrong with the run itself: an input, a policy that cannot be read, a report that cannot be written. */
function ofRun(result: Result, failed: readonly ImageResult[], around: Surroundings): Told | undefined {
  const { failure, verdict } = result
  if (!failure) return undefined
  if (
    failed.some((image) => image.failure?.code === failure.code && image.failure.message === failure.message)
  )
    return undefined
  const isRejected = verdict === 'rejected'
  return {
    ...common(failure, isRejected),
    message: said([`The run ${saidOf(failure, isRejected)}: ${failure.message}`, `Next: ${failure.hint}`]),
    locations: [{ physicalLocation: placeOfRun(located(failure.message, result), around) }],
    properties: { verdict, class: failure.class, ...(failure.service && { service: failure.service }) },
    identity: ['', failure.code, 'run'],
  }
}

/** @param first the worst of them */
function ofRest({ failure, verdict }: ImageResult, count: number, around: Surroundings): readonly Told[] {
  if (!failure) return []
  return [
    {
      ...common(failure, verdict === 'rejected'),
      message: said([`${count} more images are not verified: the result file has all of them`]),
      locations: [{ physicalLocation: placeOfRun(undefined, around) }],
      properties: { verdict, class: failure.class },
      identity: ['', failure.code, 'rest'],
    },
  ]
}

function common({ code }: Failure, isRejected: boolean): Pick<SarifResult, 'ruleId' | 'ruleIndex' | 'level'> {
  return { ruleId: code, ruleIndex: ruleIndexOf(code), level: isRejected ? 'error' : 'warning' }
}

function saidOf({ code, class: kind }: Failure, isRejected: boolean): string {
  return isRejected ? `is rejected (${code})` : `could not be judged (${kind}, ${code})`
}

/** One line of plain text. A bracket that a parenthesis follows would begin a link, in SARIF as in markdown. */
export function said(sentences: readonly string[]): { readonly text: string } {
  const text = sentences.map((one) => shorten(line(one), longestMessage).replace(/[.\s]+$/, '')).join('. ')
  return { text: `${shorten(text.replaceAll('](', '] ('), longestMessage)}.` }
}

function isAgainst({ result }: PolicyResult): boolean {
  return result === 'fail' || result === 'error'
}

function isOpen({ finding: { status } }: ReturnType<typeof demandsOf>[number]): boolean {
  return status === 'unmet' || status === 'unknown'
}
