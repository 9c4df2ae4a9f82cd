import type { Finding, Problem } from '../verdict/finding.js'
import type { IdentityDemand, ProvenanceDemand } from '../verdict/request.js'
import type { UnmetCode } from '../verdict/codes.js'
import type { StatementRule } from '../verify/statement-rule.js'
import type { Manner } from './manner.js'

/** Who must have signed: one key, named as the user named it, or one identity. */
export type Signer =
  | { readonly kind: 'key'; readonly reference: string }
  | { readonly kind: 'identity'; readonly reference: string; readonly identity: IdentityDemand }

/** `warn`: evaluated and listed, but it does not count. */
export type Enforcement = 'enforce' | 'warn'

/** What must hold of an image. Every policy language compiles to this, and nothing else decides. */
export type Requirement =
  | {
      readonly kind: 'all'
      readonly name: string
      readonly of: readonly Requirement[]
      readonly enforcement?: Enforcement
    }
  | {
      readonly kind: 'any'
      readonly name: string
      readonly of: readonly Requirement[]
      /** The parts are types of one thing, and a rule is over every statement of it: a part that is denied decides. */
      readonly over?: 'every'
      readonly enforcement?: Enforcement
    }
  | {
      readonly kind: 'atLeast'
      readonly name: string
      readonly count: number
      readonly of: readonly Requirement[]
      readonly enforcement?: Enforcement
    }
  | {
      readonly kind: 'signed'
      readonly by: Signer
      /** Annotations that the signature must carry. */
      readonly annotations?: Readonly<Record<string, string>>
      readonly manner?: Manner
      /** Of the questions that say so each needs a signature of its own: one signature counts for one signer. */
      readonly apart?: true
      readonly enforcement?: Enforcement
    }
  /** Some statement of this type by this signer is about the image, and those that are say what the rule wants. */
  | {
      readonly kind: 'attested'
      /** A predicate type, or cosign's short name of one. */
      readonly type: string
      readonly by: Signer
      /** What it must say, being provenance. */
      readonly provenance?: ProvenanceDemand
      readonly rule?: StatementRule
      readonly manner?: Manner
      readonly apart?: true
      readonly enforcement?: Enforcement
    }
  /** The image has this digest. */
  | { readonly kind: 'digest'; readonly expected: string; readonly enforcement?: Enforcement }
  /** A static rule: the answer does not depend on the image. */
  | {
      readonly kind: 'decide'
      readonly name: string
      readonly verdict: 'met' | UnmetCode
      readonly message: string
      readonly enforcement?: Enforcement
    }
  /** It does not count, so nothing of it is enforced. */
  | {
      readonly kind: 'exempt'
      readonly name: string
      readonly reason: string
      readonly enforcement?: undefined
    }
  /** What a policy demands and nobody here can find out. */
  | {
      readonly kind: 'open'
      readonly name: string
      readonly problem: Problem
      readonly enforcement?: Enforcement
    }
  /** What no tree says: a function over the findings of its needs. */
  | {
      readonly kind: 'program'
      readonly name: string
      readonly needs: readonly Requirement[]
      readonly run: (answer: (index: number) => boolean) => boolean
      readonly denied: string
      readonly enforcement?: Enforcement
    }
  /** What a policy says that is evaluated by itself, over this image or several, once all that it needs was asked. */
  | {
      readonly kind: 'joint'
      readonly name: string
      readonly id: string
      readonly needs: readonly Requirement[]
      readonly enforcement?: Enforcement
    }

/** What is known so far; asked by the evaluator for its leaves. */
export interface Known {
  readonly digest: string
  /** What a policy came to that is evaluated by itself; undefined: not yet. */
  readonly joint?: (id: string) => Finding | undefined
  readonly signedBy: (leaf: Extract<Requirement, { kind: 'signed' }>) => Finding
  readonly attestedBy: (leaf: Extract<Requirement, { kind: 'attested' }>) => Finding
}

/** Thrown out of a program by a need that is unknown; the evaluator turns it into the finding of the program. */
export class OpenQuestion extends Error {
  override readonly name = 'OpenQuestion'
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.message)
    this.problem = problem
  }
}
