import type { Answer, Question } from '../engine/question.js'
import type { Evaluate } from '../kubernetes/extractor.js'
import { readManifestReference } from '../kubernetes/image-reference.js'
import type { ResourceImages } from '../kubernetes/images.js'
import type { Resource } from '../kubernetes/manifest.js'
import type { ManifestImage } from '../kubernetes/place.js'
import { compileClusterImagePolicy } from './cluster-image/compile.js'
import type { Gunzip } from './cluster-image/mirror.js'
import { coverageOf as coverageByClusterImage } from './cluster-image/coverage.js'
import { coverByExpressions } from './image-validating/joint-policy.js'
import { compileDuty } from './kyverno/compile.js'
import { coverageOf as coverageByKyverno } from './kyverno/coverage.js'
import type { ImageExtractor } from './kyverno/model.js'
import type { Surroundings } from './kyverno/resource.js'
import { type Data, imageData, type Outside } from './kyverno/variables.js'
import type { Part } from './part.js'
import { noteText, type PolicySet } from './policy-set.js'

/** Finds the images of a resource; given extractors take the place of the usual places of their kinds. */
export type FindImages = (
  extractors: ReadonlyMap<string, readonly ImageExtractor[]> | undefined,
) => ResourceImages

export interface CoverSettings {
  readonly ask: (question: Question) => Promise<Answer>
  readonly gunzip: Gunzip
  readonly outside: Outside
  /** What the expressions of image extractors make of texts. */
  readonly extract: Evaluate
  readonly surroundings: Surroundings
  /** Kyverno's Audit only warns. */
  readonly auditWarns: boolean
}

export interface CoveredImage {
  readonly image: ManifestImage
  readonly parts: readonly Part[]
  /** Rules that leave it out, and why. */
  readonly skips: readonly { readonly policy: string; readonly rule: string; readonly reason: string }[]
  /**
   * Policies that decide for images that none of them covers: policy-controller says no, Kyverno lets them be; `exempt`:
   * a rule is about the image, and leaves it out.
   */
  readonly uncoveredBy: readonly ('deny' | 'allow' | 'exempt')[]
}

export interface CoveredResource {
  readonly images: readonly CoveredImage[]
  /** Images that only a policy finds in it. */
  readonly further: readonly { readonly text: string; readonly parts: readonly Part[] }[]
  readonly warnings: readonly string[]
  /** What keeps the images of the resource from being known. */
  readonly problems: readonly string[]
}

/** What the policies demand of the images of one resource. */
export function coverResource(
  set: PolicySet,
  resource: Resource,
  find: FindImages,
  settings: CoverSettings,
): CoveredResource {
  const warnings: string[] = []
  const problems: string[] = []
  const covered = new Map<
    string,
    {
      image: ManifestImage
      parts: Part[]
      skips: CoveredImage['skips'][number][]
      by: CoveredImage['uncoveredBy'][number][]
    }
  >()
  const of = (image: ManifestImage): NonNullable<ReturnType<typeof covered.get>> => {
    const key = JSON.stringify([image.origin.path, image.text])
    const before = covered.get(key)
    if (before) return before
    const fresh = { image, parts: [], skips: [], by: [] }
    covered.set(key, fresh)
    return fresh
  }
  find(undefined).images.forEach(of)
  if (set.kyverno.length > 0) coverByKyverno(set, resource, find, settings, of, warnings, problems)
  const further = coverWithExpressions(set, resource, covered, warnings, problems)
  if (set.clusterImage.length > 0)
    for (const one of [...covered.values()]) coverByClusterImage(set, resource, settings, one, warnings)
  return {
    images: [...covered.values()].map(({ image, parts, skips, by }) => ({
      image,
      parts,
      skips,
      uncoveredBy: by,
    })),
    further,
    warnings,
    problems,
  }
}

interface Gathered {
  image: ManifestImage
  parts: Part[]
  skips: CoveredImage['skips'][number][]
  by: CoveredImage['uncoveredBy'][number][]
}

function coverByClusterImage(
  { clusterImage, trustRoots }: PolicySet,
  resource: Resource | undefined,
  { ask, gunzip }: CoverSettings,
  { image, parts, by }: Gathered,
  warnings: string[],
): void {
  const labels = new Map(Object.entries(resource?.labels ?? {}))
  const found = coverageByClusterImage(
    clusterImage,
    { written: image.text },
    resource && { apiVersion: resource.apiVersion, kind: resource.kind, labels },
  )
  if (found.kind === 'unreadable') {
    by.push('deny')
    return
  }
  warnings.push(...found.warnings)
  if (found.kind === 'uncovered') {
    by.push('deny')
    return
  }
  for (const { policy } of found.policies)
    parts.push(compileClusterImagePolicy(policy, { trustRoots, ask, gunzip, ...(resource && { resource }) }))
}

/** @returns the images that only the policies know of */
function coverWithExpressions(
  { imageValidating, expressionExceptions }: PolicySet,
  resource: Resource,
  covered: ReadonlyMap<string, Gathered>,
  warnings: string[],
  problems: string[],
): CoveredResource['further'] {
  if (imageValidating.length === 0) return []
  const lists = new Map<string, string[]>(
    ['containers', 'initContainers', 'ephemeralContainers'].map((name) => [name, []]),
  )
  for (const { image } of covered.values()) {
    const { list } = image.origin
    if (/^(?:init|ephemeral)?[cC]ontainers$/.test(list))
      lists.set(list, [...(lists.get(list) ?? []), image.text])
  }
  const { apiVersion, kind, name, generateName, namespace, labels, value } = resource
  const found = coverByExpressions(
    imageValidating,
    expressionExceptions,
    {
      resource: {
        apiVersion,
        kind,
        name: name ?? generateName ?? '',
        namespace: namespace ?? 'default',
        labels: new Map(Object.entries(labels)),
        object: value,
      },
    },
    lists,
    nameOfImage,
  )
  warnings.push(...found.warnings)
  problems.push(...found.problems)
  const known = new Set<string>()
  for (const one of covered.values()) {
    const parts = found.parts.get(one.image.text)
    known.add(one.image.text)
    if (parts) one.parts.push(...parts)
    else {
      one.by.push('allow')
      one.skips.push(...found.none.map(({ policy, reason }) => ({ policy, rule: policy, reason })))
    }
  }
  return [...found.parts].filter(([text]) => !known.has(text)).map(([text, parts]) => ({ text, parts }))
}

/** What policies in CEL demand of a JSON document that is no resource. */
export function coverDocument(
  { imageValidating, expressionExceptions }: PolicySet,
  json: unknown,
): Pick<CoveredResource, 'further' | 'warnings'> {
  const own = imageValidating.filter(({ mode }) => mode === 'JSON')
  if (own.length === 0) return { further: [], warnings: [] }
  const found = coverByExpressions(own, expressionExceptions, { json }, new Map(), nameOfImage)
  return { further: [...found.parts].map(([text, parts]) => ({ text, parts })), warnings: found.warnings }
}

/** As an image is resolved that is written so. */
function nameOfImage(text: string): string {
  const read = readManifestReference(text)
  return 'kind' in read ? text : read.reference.text
}

function coverByKyverno(
  { kyverno, exceptions }: PolicySet,
  resource: Resource,
  find: FindImages,
  { outside, surroundings, auditWarns }: CoverSettings,
  of: (image: ManifestImage) => Gathered,
  warnings: string[],
  problems: string[],
): void {
  const found = coverageByKyverno(kyverno, exceptions, resource, find, surroundings)
  warnings.push(...found.notes.filter(({ loud }) => loud).map(noteText))
  for (const { policy, rule } of found.mutating)
    problems.push(
      `rule ${policy.name}/${rule.name} may change which images run (${rule.origin.file}:${rule.origin.line}): mutate rules are not run here; give the manifests as they come out of it, and the policy without it`,
    )
  const images = imagesData(found.images)
  for (const { image, reference, duties, skips } of found.images) {
    const own = of(image)
    own.skips.push(
      ...skips.map(({ policy, rule, reason, by }) => ({
        policy: policy.name,
        rule: rule.name,
        reason:
          reason === 'exception'
            ? `rule is skipped due to policy exception ${by}`
            : `skipping image reference (${by})`,
      })),
    )
    for (const { policy, rule, missingDigest } of skips)
      if (missingDigest)
        own.parts.push({
          policy: policy.name,
          rule: rule.name,
          requirement: {
            kind: 'decide',
            name: 'verifyDigest',
            verdict: 'policy-denied',
            message: `missing digest for ${image.text}`,
          },
        })
    if (reference.kind === 'unreadable') continue
    const applied = new Set<string>()
    for (const duty of duties) {
      if (duty.unlessApplied.some((name) => applied.has(name))) {
        own.skips.push({
          policy: duty.policy.name,
          rule: duty.rule.name,
          reason: 'applyRules is One, and another rule was applied',
        })
        continue
      }
      const action = found.rules.find(({ rule }) => rule === duty.rule)?.failureAction
      const warns = !duty.policy.scored || (auditWarns && action === 'Audit')
      const part = compileDuty(duty, reference, resource, images, outside, warns)
      if (part.skipped === undefined) {
        applied.add(duty.rule.name)
        own.parts.push(part)
      } else own.skips.push({ policy: part.policy, rule: part.rule, reason: part.skipped })
    }
    if (own.parts.length === 0) own.by.push(own.skips.length > 0 ? 'exempt' : 'allow')
  }
}

function imagesData(images: ReturnType<typeof coverageByKyverno<ManifestImage>>['images']): Data {
  const lists = new Map<string, [string, unknown][]>()
  for (const { image, reference } of images) {
    const { list, container } = image.origin
    if (reference.kind === 'unreadable' || container === undefined) continue
    lists.set(list, [...(lists.get(list) ?? []), [container, imageData(reference)]])
  }
  return Object.fromEntries([...lists].map(([list, entries]) => [list, Object.fromEntries(entries)]))
}
