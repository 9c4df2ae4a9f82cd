import { failureActionOf } from './action.js'
import { type EffectiveRule, effectiveRules, unknownControllers } from './autogen.js'
import { exceptionsFor, type Exempted } from './exceptions.js'
import type { KyvernoImage, UnreadableImage } from './image.js'
import { type Matched, matchResource } from './match.js'
import type {
  FailureAction,
  ImageVerification,
  KyvernoException,
  KyvernoPolicy,
  KyvernoRule,
  Note,
} from './model.js'
import { namespaceOf, type Resource, type Surroundings, titleOf } from './resource.js'
import { noteOf, notesOnResource, notesOnRule } from './unchecked.js'
import { type FindImages, type ResourceImage, type ViewedImage, viewImages } from './view.js'
import { matchesAny } from './wildcard.js'

/** An entry that must verify an image. All of an image's duties must be met: Kyverno stops at none. */
export interface Duty {
  readonly policy: KyvernoPolicy
  /** As it takes effect: a generated rule has its own name, and variables that point into the template. */
  readonly rule: KyvernoRule
  readonly entry: ImageVerification
  /** Exceptions that take the duty off if their conditions hold. */
  readonly exemptIf: readonly Exempted[]
  /** Why it is not known whether the rule is about the resource. */
  readonly unknown?: string
  /** applyRules One: rules that, if one of them was applied, leave this one out. */
  readonly unlessApplied: readonly string[]
  /** verifyDigest fails: the image has none and mutateDigest does not add it. */
  readonly missingDigest: boolean
}

/** An entry that leaves an image out, and is reported as skip. */
export interface Skip {
  readonly policy: KyvernoPolicy
  readonly rule: KyvernoRule
  readonly entry: ImageVerification
  /** `other-entry`: the image is none of this entry's, but one of the rule's. */
  readonly reason: 'skip-reference' | 'other-entry' | 'exception'
  /** The pattern or the exception. */
  readonly by: string
  /** A skipped image still must have a digest where verifyDigest says so. */
  readonly missingDigest: boolean
}

export interface ImageCoverage<Image extends ResourceImage> {
  readonly image: Image
  /** No policy can be asked about an unreadable one: it must not pass. */
  readonly reference: KyvernoImage | UnreadableImage
  readonly duties: readonly Duty[]
  readonly skips: readonly Skip[]
}

export interface RuleCoverage {
  readonly policy: KyvernoPolicy
  readonly rule: KyvernoRule
  readonly autogen?: EffectiveRule['autogen']
  readonly matched: Matched
  readonly failureAction: FailureAction
  readonly exempted: readonly Exempted[]
}

export interface Coverage<Image extends ResourceImage> {
  readonly images: readonly ImageCoverage<Image>[]
  /** Every verifyImages rule with what it says to the resource. */
  readonly rules: readonly RuleCoverage[]
  /** Mutate rules that are about the resource and may change which images run: not run here. */
  readonly mutating: readonly { readonly policy: KyvernoPolicy; readonly rule: KyvernoRule }[]
  readonly notes: readonly Note[]
}

interface Gathered<Image extends ResourceImage> {
  readonly viewed: ViewedImage<Image>
  readonly duties: Duty[]
  readonly skips: Skip[]
}

/**
 * Which rules and entries must verify which images of a resource, which leave them out, and what nobody looks at.
 * Preconditions and the conditions of exceptions are left to whoever can evaluate them.
 */
export function coverageOf<Image extends ResourceImage>(
  policies: readonly KyvernoPolicy[],
  exceptions: readonly KyvernoException[],
  resource: Resource,
  find: FindImages<Image>,
  surroundings: Surroundings,
): Coverage<Image> {
  const gathered = new Map<string, Gathered<Image>>()
  const of = (viewed: ViewedImage<Image>): Gathered<Image> => {
    const key = JSON.stringify([viewed.image.origin.path, viewed.image.text])
    const before = gathered.get(key)
    if (before !== undefined) return before
    const fresh = { viewed, duties: [], skips: [] }
    gathered.set(key, fresh)
    return fresh
  }
  // All images are listed, also those that no rule is about.
  const usual = viewImages({ imageExtractors: undefined }, resource, find)
  usual.images.forEach(of)

  const rules: RuleCoverage[] = []
  const mutating: { policy: KyvernoPolicy; rule: KyvernoRule }[] = []
  const notes: Note[] = []
  for (const policy of policies) {
    const unknown = unknownControllers(policy)
    if (unknown.length > 0)
      notes.push(
        noteOf(
          'unchecked',
          `policy ${policy.name}: its annotation asks for auto-gen for ${JSON.stringify(unknown.join(','))}, which Kyverno does not know`,
          policy.origin,
        ),
      )
    const { rules: effective, off } = effectiveRules(policy, resource.kind)
    const applied: string[] = []
    for (const { rule, autogen } of effective) {
      const matched = matchResource(policy, rule, resource, surroundings)
      if (rule.operation === 'mutate' && rule.touchesImages && matched.kind !== 'does-not-apply')
        mutating.push({ policy, rule })
      if (rule.operation !== 'verifyImages') continue
      const exempted =
        matched.kind === 'does-not-apply'
          ? []
          : exceptionsFor(exceptions, policy, rule.name, resource, surroundings)
      rules.push({
        policy,
        rule,
        ...(autogen && { autogen }),
        matched,
        failureAction: failureActionOf(policy, rule, namespaceOf(resource), surroundings),
        exempted,
      })
      if (matched.kind === 'does-not-apply') continue
      const view =
        rule.imageExtractors?.has(resource.kind) === true ? viewImages(rule, resource, find) : usual
      notes.push(...notesOnRule(policy, rule, resource, view))
      const before = policy.applyRules === 'One' ? [...applied] : []
      const duties = view.images
        .filter(({ seen }) => seen)
        .flatMap((viewed) => {
          const { duties, skips } = assign(policy, rule, viewed, exempted, matched, before)
          of(viewed).duties.push(...duties)
          of(viewed).skips.push(...skips)
          return duties
        })
      if (duties.length > 0) applied.push(rule.name)
    }
    if (off !== undefined) notes.push(...notesOnAutogen(policy, resource, usual.images, off))
  }
  const images = [...gathered.values()].map(({ viewed, duties, skips }) => ({
    image: viewed.image,
    reference: viewed.reference,
    duties,
    skips,
  }))
  notes.push(
    ...mutating.map(({ policy, rule }) =>
      noteOf(
        'not-evaluated',
        `rule ${policy.name}/${rule.name} may change the images of ${titleOf(resource)}, and is not run here`,
        rule.origin,
      ),
    ),
    ...notesOnResource(resource, images, rules, usual.unlisted),
  )
  return { images, rules, mutating, notes }
}

/** What the entries of a rule say to an image; nothing when it is none of the rule's. */
function assign<Image extends ResourceImage>(
  policy: KyvernoPolicy,
  rule: KyvernoRule,
  { reference }: ViewedImage<Image>,
  exempted: readonly Exempted[],
  matched: Matched,
  unlessApplied: readonly string[],
): { readonly duties: readonly Duty[]; readonly skips: readonly Skip[] } {
  const duties: Duty[] = []
  const skips: Skip[] = []
  if (reference.kind === 'unreadable') return { duties, skips }
  const own = rule.verifyImages.filter((entry) => matchesAny(entry.imageReferences, reference.matched))
  if (own.length === 0) return { duties, skips }
  const certain = exempted.find(
    ({ conditions, unknown }) => conditions === undefined && unknown === undefined,
  )
  for (const entry of rule.verifyImages) {
    const skip = (reason: Skip['reason'], by: string, missingDigest = false): void => {
      skips.push({ policy, rule, entry, reason, by, missingDigest })
    }
    const missingDigest = entry.verifyDigest && !entry.mutateDigest && reference.digest === undefined
    const skipped = entry.skipImageReferences.find((pattern) => matchesAny([pattern], reference.matched))
    if (certain !== undefined) skip('exception', certain.name)
    else if (!own.includes(entry)) skip('other-entry', own.map(({ path }) => path).join(', '))
    else if (skipped !== undefined) skip('skip-reference', skipped, missingDigest)
    else
      duties.push({
        policy,
        rule,
        entry,
        exemptIf: exempted,
        ...(matched.kind === 'unknown' && { unknown: matched.why }),
        unlessApplied,
        missingDigest,
      })
  }
  return { duties, skips }
}

/** A controller of pods that a policy for pods does not look at, with images that it would ask about. */
function notesOnAutogen<Image extends ResourceImage>(
  policy: KyvernoPolicy,
  resource: Resource,
  images: readonly ViewedImage<Image>[],
  off: string,
): readonly Note[] {
  if (policy.kind === 'Policy' && policy.namespace !== (resource.namespace ?? 'default')) return []
  const rule = policy.rules.find(
    ({ match, verifyImages }) =>
      match.filters.some(({ kinds }) => kinds.some((kind) => /(?:^|\/)Pod$/.test(kind))) &&
      images.some(
        ({ reference }) =>
          reference.kind === 'image' &&
          verifyImages.some((entry) => matchesAny(entry.imageReferences, reference.matched)),
      ),
  )
  if (rule === undefined) return []
  return [
    noteOf(
      'unchecked',
      `policy ${policy.name} is for pods and does not look at ${titleOf(resource)}, because ${off}`,
      rule.origin,
    ),
  ]
}
