import { classOf, codes } from '../verdict/codes.js'
import { decidingPart, type ImageResult, type PolicyResult, type Result } from '../verdict/result.js'
import { checkWords } from './check-words.js'
import { answerTo, type Demand, demandsOf } from './demands.js'
import { distinct } from './distinct.js'
import { beside, type KyvernoResult, resultsOfRules } from './kyverno-results.js'

/** A result with the members that Kyverno's CLI writes. */
export interface OpenReportResult {
  readonly message: string
  readonly policy: string
  readonly properties: Readonly<Record<string, string>>
  readonly resources?: readonly { readonly kind: string; readonly name: string; readonly namespace: string }[]
  readonly result: PolicyResult['result']
  readonly rule?: string
  readonly scored: boolean
  readonly source: string
  readonly timestamp: { readonly nanos: 0; readonly seconds: number }
}

export const source = 'verify-image'
/** What the inputs of the run demand, as the policy that they are. */
const ownPolicy = 'verify-image'
/** Most workloads that a result names: one image may stand in thousands. */
const mostResources = 100

/**
 * What each rule says of each image, then what the inputs demand of each, one by one, and last what is wrong with the run:
 * a report is never a list of passes where the run is not verified.
 *
 * @param seconds when the run ended, since 1970
 */
export function toOpenResults(result: Result, seconds: number): readonly OpenReportResult[] {
  const own = result.images.flatMap((image) => ofInputs(image, seconds))
  const told = new Set(own.flatMap((one) => (isGood(one) ? [] : [one.properties['image']])))
  const untold = beside(result).filter(({ image }) => image === undefined || !told.has(image))
  const rules = resultsOfRules(result).map((one) => ofRule(one, seconds))
  return [...rules, ...own, ...untold.map((one) => ofRule(one, seconds))]
}

function isGood({ result }: OpenReportResult): boolean {
  return result === 'pass' || result === 'skip'
}

function ofRule(one: KyvernoResult, seconds: number): OpenReportResult {
  const { policy, rule, resource, message, image, digest, isUnknown } = one
  // An outage is no failure of the image, whatever it is to Kyverno.
  const result = isUnknown ? 'error' : one.result
  return {
    message,
    policy,
    properties: { ...(image !== undefined && { image }), ...(digest !== undefined && { digest }) },
    ...(resource && {
      resources: [{ kind: resource.kind, name: resource.name, namespace: resource.namespace }],
    }),
    result,
    ...(rule !== '' && { rule }),
    scored: result !== 'warn',
    source,
    timestamp: { nanos: 0, seconds },
  }
}

/** An image that nothing is demanded of has no results: it is not checked. */
function ofInputs(image: ImageResult, seconds: number): readonly OpenReportResult[] {
  const { finding, allowed, origins = [] } = image
  if (allowed) return []
  const resources = distinct(origins.flatMap(({ resource }) => resource ?? []))
    .slice(0, mostResources)
    .map(({ kind, namespace, name }) => ({ kind, name, namespace }))
  return demandsOf(finding).map((demand) => ({
    message: answerTo(demand),
    policy: ownPolicy,
    properties: propertiesOf(demand, image),
    ...(resources.length > 0 && { resources }),
    result: outcomes[demand.finding.status],
    rule: demand.finding.check,
    scored: true,
    source,
    timestamp: { nanos: 0, seconds },
  }))
}

const outcomes = { met: 'pass', unmet: 'fail', unknown: 'error', exempt: 'skip' } as const

function propertiesOf(
  { finding, platform }: Demand,
  { reference, digest }: ImageResult,
): OpenReportResult['properties'] {
  const about = {
    image: reference,
    ...(digest !== null && { digest }),
    ...(platform !== undefined && { platform }),
    asked: checkWords(finding.check),
  }
  if (finding.status !== 'unmet' && finding.status !== 'unknown') return about
  const cause = decidingPart(finding)
  return {
    ...about,
    class: classOf(cause.code),
    code: cause.code,
    ...(cause.status === 'unknown' && cause.service && { service: cause.service }),
    next: codes[cause.code].remedy,
  }
}
