import { imagesOf } from '../kubernetes/images.js'
import { readManifestReference } from '../kubernetes/image-reference.js'
import { type ManifestProblem, parseManifest, type Resource } from '../kubernetes/manifest.js'
import type { ManifestImage } from '../kubernetes/place.js'
import { coverDocument, type CoveredImage, coverResource, type CoverSettings } from '../policy/cover.js'
import type { Part } from '../policy/part.js'
import type { PolicySet } from '../policy/policy-set.js'
import type { Origin, PolicyResult } from '../verdict/result.js'
import type { PlacedPart } from './target.js'

export interface Gathered {
  readonly parts: PlacedPart[]
  readonly origins: Origin[]
  /** Of each place where no policy demands anything, who has the last word there. */
  readonly uncovered: Uncovered[]
}

type Uncovered = CoveredImage['uncoveredBy'][number]

/** policy-controller refuses what it does not cover; a rule that leaves an image out on purpose covers it. */
function uncoveredAt({ parts, uncoveredBy }: Pick<CoveredImage, 'parts' | 'uncoveredBy'>): Uncovered[] {
  const strictest = (['deny', 'exempt', 'allow'] as const).find((by) => uncoveredBy.includes(by))
  return parts.length > 0 || strictest === undefined ? [] : [strictest]
}

export interface Gathering {
  readonly targets: Map<string, Gathered>
  readonly places: { image: ManifestImage; reference: string }[]
  readonly skipped: PolicyResult[]
  readonly warnings: string[]
  readonly problems: string[]
  readonly unsupported: string[]
}

export function newGathering(): Gathering {
  return { targets: new Map(), places: [], skipped: [], warnings: [], problems: [], unsupported: [] }
}

export function gatherResource(
  gathering: Gathering,
  resource: Resource,
  set: PolicySet | undefined,
  settings: CoverSettings | undefined,
): void {
  const found = imagesOf(resource)
  const title = `${resource.kind}/${resource.namespace ?? 'default'}/${resource.name ?? resource.generateName ?? ''}`
  for (const { kind, message, origin } of found.odd) {
    const said = `${origin.file}:${origin.line}: ${title}: ${message}`
    if (kind === 'unusable') gathering.problems.push(said)
    else gathering.warnings.push(said)
  }
  for (const { text, origin } of found.unlisted)
    gathering.warnings.push(
      `${origin.file}:${origin.line}: ${title}: ${JSON.stringify(text)} looks like an image that nobody checks here`,
    )
  const covered =
    set && settings
      ? coverResource(
          set,
          resource,
          (extractors) => imagesOf(resource, extractors, settings.extract),
          settings,
        )
      : {
          images: found.images.map((image) => ({ image, parts: [], skips: [], uncoveredBy: [] })),
          further: [],
          warnings: [],
          problems: [],
        }
  gathering.warnings.push(...covered.warnings)
  gathering.unsupported.push(...covered.problems)
  const name = {
    kind: resource.kind,
    namespace: resource.namespace ?? 'default',
    name: resource.name ?? resource.generateName ?? '',
  }
  for (const { text, parts } of covered.further)
    gatherFurther(gathering, text, parts, { file: resource.file, line: resource.line, resource: name })
  for (const { image, parts, skips, uncoveredBy } of covered.images) {
    const read = readManifestReference(image.text)
    const { origin } = image
    if ('kind' in read) {
      gathering.problems.push(
        `${origin.file}:${origin.line}: ${title}: ${JSON.stringify(image.text)} is no image: ${read.reason}`,
      )
      continue
    }
    if (read.warning !== undefined) gathering.warnings.push(`${origin.file}:${origin.line}: ${read.warning}`)
    const reference = read.reference.text
    gathering.places.push({ image, reference })
    const target = targetFor(gathering, reference)
    target.parts.push(...parts.map((part) => ({ ...part, resource: name })))
    target.origins.push({
      file: origin.file,
      line: origin.line,
      resource: name,
      ...(origin.container !== undefined && { container: origin.container }),
    })
    target.uncovered.push(...uncoveredAt({ parts, uncoveredBy }))
    gathering.skipped.push(
      ...skips.map(({ policy, rule, reason }) => ({
        policy,
        rule,
        resource: name,
        image: image.text,
        result: 'skip' as const,
        message: reason,
      })),
    )
  }
}

/** A document that is no resource may still be what a policy in CEL is about. */
export function gatherDocument(
  gathering: Gathering,
  { value, file, line }: Extract<ManifestProblem, { kind: 'no-resource' }>,
  set: PolicySet,
): boolean {
  const { further, warnings } = coverDocument(set, value)
  gathering.warnings.push(...warnings)
  for (const { text, parts } of further) gatherFurther(gathering, text, parts, { file, line })
  return further.length > 0
}

function gatherFurther(
  gathering: Gathering,
  text: string,
  parts: readonly Part[],
  {
    file,
    line,
    resource,
  }: { readonly file: string; readonly line: number; readonly resource?: PlacedPart['resource'] },
): void {
  const read = readManifestReference(text)
  if ('kind' in read) {
    gathering.problems.push(`${file}:${line}: ${JSON.stringify(text)} is no image: ${read.reason}`)
    return
  }
  const target = targetFor(gathering, read.reference.text)
  target.parts.push(...parts.map((part) => ({ ...part, ...(resource && { resource }) })))
  target.origins.push({ file, line, ...(resource && { resource }) })
}

/** An image that stands in no manifest is judged as the one container of a pod. */
export function gatherReference(
  gathering: Gathering,
  reference: string,
  set: PolicySet | undefined,
  settings: CoverSettings | undefined,
): void {
  const target = targetFor(gathering, reference)
  if (!set || !settings) return
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'image' },
    spec: { containers: [{ name: 'image', image: reference }] },
  }
  const [resource] = parseManifest('', JSON.stringify(pod)).resources
  if (!resource) return
  const covered = coverResource(
    set,
    resource,
    (extractors) => imagesOf(resource, extractors, settings.extract),
    settings,
  )
  gathering.warnings.push(...covered.warnings)
  gathering.unsupported.push(...covered.problems)
  for (const { parts, skips, uncoveredBy } of covered.images) {
    target.parts.push(...parts)
    target.uncovered.push(...uncoveredAt({ parts, uncoveredBy }))
    gathering.skipped.push(
      ...skips.map(({ policy, rule, reason }) => ({
        policy,
        rule,
        image: reference,
        result: 'skip' as const,
        message: reason,
      })),
    )
  }
}

function targetFor({ targets }: Gathering, reference: string): Gathered {
  const before = targets.get(reference)
  if (before) return before
  const fresh: Gathered = { parts: [], origins: [], uncovered: [] }
  targets.set(reference, fresh)
  return fresh
}
