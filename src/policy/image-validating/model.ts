import type { HashAlgorithm, Identity } from '../cluster-image/model.js'
import type { ImageGlob } from './glob.js'
import type { MatchConstraints } from './match-constraints.js'

/** Kyverno's ImageValidatingPolicy (policies.kyverno.io, v1, v1beta1, v1alpha1), defaults filled in. */
export interface ImageValidatingPolicy {
  readonly kind: 'ImageValidatingPolicy' | 'NamespacedImageValidatingPolicy'
  readonly version: 'v1' | 'v1beta1' | 'v1alpha1'
  readonly name: string
  /** Of a NamespacedImageValidatingPolicy; it is for resources of this namespace. */
  readonly namespace?: string
  readonly file: string
  readonly line: number
  readonly mode: 'Kubernetes' | 'JSON'
  readonly matchConstraints?: MatchConstraints
  readonly matchConditions: readonly NamedExpression[]
  readonly variables: readonly NamedExpression[]
  readonly validationActions: readonly ('Deny' | 'Audit' | 'Warn')[]
  readonly failurePolicy: 'Fail' | 'Ignore'
  readonly mutateDigest: boolean
  readonly verifyDigest: boolean
  readonly required: boolean
  /** Any of them; none: every image. */
  readonly matchImageReferences: readonly ImageMatch[]
  /** More places of images than Kubernetes knows, by name. */
  readonly images: readonly NamedExpression[]
  readonly attestors: readonly Attestor[]
  readonly attestations: readonly Attestation[]
  readonly validations: readonly Validation[]
  /** Controllers that the policy is also for, by plural; undefined: all of them. */
  readonly autogen?: readonly string[]
  readonly credentials?: {
    readonly allowInsecureRegistry: boolean
    readonly providers: readonly string[]
    readonly secrets: readonly string[]
  }
}

/** A CEL expression, and where it stands. */
export interface PlacedExpression {
  readonly expression: string
  readonly field: string
  readonly line: number
}

export interface NamedExpression extends PlacedExpression {
  readonly name: string
}

export type ImageMatch =
  { readonly kind: 'glob'; readonly glob: ImageGlob } | ({ readonly kind: 'expression' } & PlacedExpression)

export interface Validation extends PlacedExpression {
  readonly message?: string
  readonly messageExpression?: PlacedExpression
}

/** A text, or an expression that gives it; `resolveAttestor` leaves texts only. */
export type Text =
  { readonly kind: 'text'; readonly text: string } | ({ readonly kind: 'expression' } & PlacedExpression)

export type Attestor =
  | { readonly kind: 'cosign'; readonly name: string; readonly line: number; readonly cosign: CosignAttestor }
  | {
      readonly kind: 'notary'
      readonly name: string
      readonly line: number
      readonly certs?: Text
      readonly tsaCerts?: Text
    }

export interface CosignAttestor {
  readonly by:
    | { readonly kind: 'key'; readonly key: Text; readonly hashAlgorithm: HashAlgorithm }
    | { readonly kind: 'kms'; readonly reference: string; readonly hashAlgorithm: HashAlgorithm }
    /** Any identity; none at all: anybody. Compared letter by letter, expressions are RE2 and not anchored. */
    | {
        readonly kind: 'keyless'
        readonly identities: readonly Partial<Identity>[]
        readonly roots?: string
        readonly additionalExtensions: ReadonlyMap<string, string>
      }
    | { readonly kind: 'certificate'; readonly cert?: Text; readonly certChain?: Text }
  readonly source?: {
    readonly repository?: string
    readonly tagPrefix?: string
    readonly pullSecrets: readonly string[]
  }
  readonly ctlog: {
    readonly url?: string
    readonly rekorPubKey?: string
    readonly ctLogPubKey?: string
    readonly tsaCertChain?: string
    readonly insecureIgnoreTlog: boolean
    readonly insecureIgnoreSct: boolean
  }
  readonly tuf?: { readonly path?: string; readonly data?: string; readonly mirror?: string }
  readonly trustedRoot?: Text
  readonly annotations: ReadonlyMap<string, string>
}

export interface Attestation {
  readonly name: string
  readonly kind: 'intoto' | 'referrer'
  readonly type: string
}
