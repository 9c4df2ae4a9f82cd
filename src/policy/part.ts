import type { Ask } from '../requirement/leaves.js'
import type { Requirement } from '../requirement/requirement.js'
import type { Finding, Problem } from '../verdict/finding.js'
import type { Signature } from '../verdict/result.js'
import type { EvidenceSource } from './witness/evidence.js'
import type { ImageDigests } from './witness/image.js'

/** What one rule of a policy demands of one image; reports list it by these names. */
export interface Part {
  readonly policy: string
  /** Empty where the policy has no rules with names. */
  readonly rule: string
  readonly requirement: Requirement
  /** Policies that are evaluated by themselves, which the requirement waits for. */
  readonly joints?: readonly Joint[]
}

/** What was found out about a question. */
export interface Fact {
  readonly finding: Finding
  /** Those that are verified. */
  readonly signatures: readonly Signature[]
}

/**
 * A policy that is evaluated by itself, once all that it needs was asked. It is never asked to guess: what is unknown it
 * gets as such, and answers unknown where it depends on it.
 */
export interface Joint {
  /** As in the requirement. */
  readonly id: string
  /** It asks about other images too: it waits until all were looked at. */
  readonly across?: true
  /** A fact where it looked for signatures itself. */
  readonly evaluate: (facts: Facts) => Promise<Finding | Fact>
}

export interface Facts {
  /** @param image as it was written; undefined: the image that the part is about */
  readonly of: (ask: Ask, image?: string) => Fact | undefined
  /** The digest that an image resolved to. */
  readonly digestOf: (image?: string) => string | undefined
  /** What a requirement comes to by itself. */
  readonly finding: (requirement: Requirement, image?: string) => Finding
  /** The configurations of the image by platform, `{config: {"linux/amd64": …}}`; undefined: they are not at hand. */
  readonly configs?: () => Promise<{ readonly config: Readonly<Record<string, unknown>> } | Problem>
  /** How the image was built, as far as anybody tells; undefined: nobody was asked to look. */
  readonly built?: BuildFacts
}

/** What was read, and what could not be. */
export interface Envelopes {
  readonly sources: readonly EvidenceSource[]
  readonly problems: readonly Problem[]
}

/** Where a policy about builds finds its evidence; asked when it is needed, each answer once. */
export interface BuildFacts {
  /** Undefined: there is no image, subjects alone are judged. */
  readonly digests?: () => Promise<ImageDigests | Problem>
  /** Envelopes that lie with the image: those that are likely about a build, or all. */
  readonly attached: (which: 'likely' | 'all') => Promise<Envelopes>
  /** Envelopes about these digests in a store of attestations; undefined: there is none to ask. */
  readonly search?: (digests: readonly string[]) => Promise<Envelopes>
  /** Waits a while for evidence to appear; false: nobody waits any longer. */
  readonly again: () => Promise<boolean>
}
