import { parseReference } from '../reference/parse.js'
import type { Code } from '../verdict/codes.js'
import type { Finding } from '../verdict/finding.js'
import { decidingPart, type ImageResult, type PolicyResult, type Result } from '../verdict/result.js'

/** A result as Kyverno has it, with what it is about. */
export interface KyvernoResult {
  readonly policy: string
  readonly rule: string
  readonly resource?: PolicyResult['resource']
  readonly result: PolicyResult['result']
  /** In Kyverno's words where it has some for the same. */
  readonly said: string
  /** In our words. */
  readonly message: string
  /** Undefined for what is said of all images of a rule and a resource. */
  readonly image?: string
  /** Undefined where it was not resolved. */
  readonly digest?: string
  /** Kyverno counts it as a failure; here nothing is known. */
  readonly isUnknown?: true
}

/**
 * The results of a run as Kyverno would count them: one for each rule, resource and image, and for `verifyImages` one
 * more for each rule and resource, whether all of it is verified. Kyverno leaves out the second one where a rule neither
 * requires an image nor verifies its digest, or where its pattern no longer matches once the digest is there.
 */
export function toKyvernoResults(result: Result): readonly KyvernoResult[] {
  return [...resultsOfRules(result), ...beside(result)]
}

/** What the rules say, and no more: nothing where there are none. */
export function resultsOfRules({ images, policies = [] }: Result): readonly KyvernoResult[] {
  const byReference = new Map(images.map((image) => [image.reference, image]))
  const verifying: KyvernoResult[] = []
  const groups = new Map<string, { rows: PolicyResult[]; isVerifyImages: boolean }>()
  for (const row of policies) {
    const image = byReference.get(row.image)
    const finding = image && findingOf(image.finding, row)
    const digest = image?.digest ?? undefined
    verifying.push({
      ...row,
      said: saidByKyverno(row, finding),
      ...(digest !== undefined && { digest }),
    })
    const id = JSON.stringify([row.resource, row.policy, row.rule])
    const group = groups.get(id) ?? { rows: [], isVerifyImages: false }
    group.rows.push(row)
    group.isVerifyImages ||= isOfVerifyImages(row, finding)
    groups.set(id, group)
  }
  const validating = [...groups.values()]
    .filter(({ isVerifyImages }) => isVerifyImages)
    .flatMap(({ rows }) => validation(rows, byReference))
  return [...verifying, ...validating]
}

/**
 * What keeps the run from being verified and no rule speaks of: a policy that cannot be read, an image that nothing
 * covers, or what the step's own inputs demand. Without it a list of passes would read as if all were well.
 */
export function beside({ images, policies = [], failure }: Result): readonly KyvernoResult[] {
  const spokenOf = new Set(policies.filter(({ result }) => result !== 'pass').map(({ image }) => image))
  const failed = images.flatMap((image): readonly KyvernoResult[] => {
    const { reference, allowed, verdict, digest, origins = [] } = image
    if (allowed === true || image.failure === null || spokenOf.has(reference)) return []
    const { message } = image.failure
    const resource = origins[0]?.resource
    return [
      {
        ...own,
        result: verdict === 'rejected' ? 'fail' : 'error',
        said: message,
        message,
        image: reference,
        ...(resource && { resource }),
        ...(digest !== null && { digest }),
      },
    ]
  })
  const isSaid = images.some(
    (image) =>
      image.failure?.message === failure?.message && (!image.allowed || spokenOf.has(image.reference)),
  )
  return failure === null || isSaid
    ? failed
    : [...failed, { ...own, result: 'error', said: failure.message, message: failure.message }]
}

/** What Kyverno's second look says of a rule and a resource. */
function validation(
  rows: readonly PolicyResult[],
  images: ReadonlyMap<string, ImageResult>,
): readonly KyvernoResult[] {
  const [first] = rows
  if (!first) return []
  const { policy, rule, resource } = first
  const about = { policy, rule, ...(resource && { resource }) }
  const skipped = rows.filter(({ result }) => result === 'skip').map(({ image }) => image)
  const names = skipped.length === 0 ? '' : `, skipped images: ${skipped.join(' ')}`
  const failed =
    rows.find(({ result }) => result === 'fail' || result === 'error') ??
    rows.find(({ result }) => result === 'warn')
  if (failed) {
    const digest = images.get(failed.image)?.digest ?? undefined
    const said =
      digest === undefined
        ? `missing digest for ${failed.image}`
        : `unverified image ${byDigest(failed.image, digest)}`
    const isUnknown = failed.result === 'error' && !rows.some(({ result }) => result === 'fail')
    return [
      {
        ...about,
        result: failed.result === 'warn' ? 'warn' : 'fail',
        said,
        message: isUnknown ? failed.message : said,
        ...(isUnknown && { isUnknown: true as const }),
      },
    ]
  }
  const isVerified = rows.some(({ result }) => result === 'pass')
  const said = `${isVerified ? 'image verified' : 'image skipped'}${names}`
  return [{ ...about, result: isVerified ? 'pass' : 'skip', said, message: said }]
}

/** Without its tag, as Kyverno writes an image that has a digest. */
function byDigest(image: string, digest: string): string {
  const reference = parseReference(image)
  return reference.kind === 'registry'
    ? `${reference.registry}/${reference.repository}@${digest}`
    : `${image}@${digest}`
}

const own = { policy: 'verify-image', rule: '' }

const deepestTree = 20

/** The part of an image's findings that is about a rule; policies call theirs by its name. */
function findingOf(finding: Finding, { policy, rule }: PolicyResult, depth = 0): Finding | undefined {
  if (finding.check === `${policy}/${rule}`) return finding
  if (depth > deepestTree) return undefined
  for (const child of finding.children ?? []) {
    const found = findingOf(child, { policy, rule } as PolicyResult, depth + 1)
    if (found) return found
  }
  return undefined
}

/** Only `verifyImages` has rules with names of their own; an older form has one that is called like its policy. */
function isOfVerifyImages({ policy, rule }: PolicyResult, finding: Finding | undefined): boolean {
  return finding !== undefined || (rule !== '' && rule !== policy)
}

function saidByKyverno({ result, image, message }: PolicyResult, finding: Finding | undefined): string {
  if (result === 'pass') return finding ? `verified image signatures for ${image}` : message
  if (result === 'skip' || finding === undefined) return message
  // A rule that only warns carries what it found as its child.
  const failed = finding.status === 'exempt' ? finding.children?.[0] : finding
  if (failed?.status === 'unknown') return `failed to verify image ${image}: ${decidingPart(failed).message}`
  if (failed?.status !== 'unmet') return message
  const path = pathOf(failed)
  return `failed to verify image ${image}: ${path === '' ? '' : `${path}: `}${reasonOf(failed)}`
}

/** `.attestors[0].entries[1]…`: the deepest place of the policy that failed. */
function pathOf(finding: Finding): string {
  let path = ''
  let part: Finding | undefined = finding
  for (let depth = 0; part !== undefined && depth <= deepestTree; depth++) {
    if (part.check.startsWith('.')) path = part.check
    const { status }: Finding = part
    part = part.children?.find((child) => child.status === status)
  }
  return path
}

const invalid = 'no matching signatures: invalid signature when validating ASN.1 encoded signature'

/** What Kyverno says where it says it in one way. */
const words: Partial<Record<Code, string>> = {
  unsigned: 'no signatures found',
  'signature-invalid': invalid,
  'key-mismatch': invalid,
  'attestation-missing': 'no matching attestations: ',
}

/** Kyverno's words, else our own. */
function reasonOf(finding: Finding & { readonly status: 'unmet' }): string {
  const part = decidingPart(finding)
  return words[part.code] ?? part.peerReason ?? part.message
}
