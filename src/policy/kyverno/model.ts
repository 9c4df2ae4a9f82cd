/** JSON that another part evaluates: conditions, context entries, subjects. */
export type Raw = unknown

export interface Origin {
  readonly file: string
  readonly line: number
}

export type NoteKind =
  /** Written in an old form; how it was read. */
  | 'old-form'
  /** Part of the policy that is not evaluated here. */
  | 'not-evaluated'
  /** Kyverno would leave something unchecked and say nothing. */
  | 'unchecked'
  /** Something that decides is not known outside a cluster. */
  | 'not-known'

/** What a reader of the verdict should know; a loud one belongs in front of everybody. */
export interface Note {
  readonly kind: NoteKind
  readonly loud: boolean
  readonly message: string
  readonly origin?: Origin
}

export type FailureAction = 'Audit' | 'Enforce'

export interface FailureActionOverride {
  readonly action: FailureAction
  readonly namespaces: readonly string[]
  readonly namespaceSelector?: LabelSelector
}

/** A ClusterPolicy or Policy of kyverno.io. */
export interface KyvernoPolicy {
  readonly kind: 'ClusterPolicy' | 'Policy'
  readonly name: string
  /** Of a Policy; `default` where it names none. */
  readonly namespace?: string
  readonly origin: Origin
  readonly annotations: ReadonlyMap<string, string>
  /** All rules in order: those that verify no image decide about auto-gen too. */
  readonly rules: readonly KyvernoRule[]
  readonly applyRules: 'All' | 'One'
  readonly failureAction: FailureAction
  readonly failureActionOverrides: readonly FailureActionOverride[]
  readonly failurePolicy: 'Fail' | 'Ignore'
  readonly timeoutSeconds?: number
  /** False when the annotation policies.kyverno.io/scored says so: a failure is a warning then. */
  readonly scored: boolean
  readonly notes: readonly Note[]
}

export interface KyvernoRule {
  readonly name: string
  readonly path: string
  readonly origin: Origin
  readonly operation: 'verifyImages' | 'mutate' | 'validate' | 'generate'
  readonly match: MatchBlock
  readonly exclude: MatchBlock | undefined
  readonly preconditions: Raw
  readonly context: readonly Raw[]
  /** By kind; undefined when the rule has none. */
  readonly imageExtractors: ReadonlyMap<string, readonly ImageExtractor[]> | undefined
  readonly verifyImages: readonly ImageVerification[]
  /** What a mutate, validate or generate rule says. */
  readonly body: Raw
  /** Whether a mutate rule may change which images run. */
  readonly touchesImages: boolean
}

/** `any`, `all`, or the old form with its one filter directly in the block. */
export interface MatchBlock {
  readonly form: 'any' | 'all' | 'direct'
  readonly filters: readonly ResourceFilter[]
}

export interface ResourceFilter {
  readonly kinds: readonly string[]
  /** `name` and `names`; both are never given. */
  readonly names: readonly string[]
  readonly namespaces: readonly string[]
  readonly annotations: ReadonlyMap<string, string> | undefined
  readonly selector: LabelSelector | undefined
  readonly namespaceSelector: LabelSelector | undefined
  readonly operations: readonly string[]
  readonly roles: readonly string[]
  readonly clusterRoles: readonly string[]
  readonly subjects: readonly Raw[]
}

export interface LabelSelector {
  readonly matchLabels: ReadonlyMap<string, string>
  readonly matchExpressions: readonly LabelExpression[]
}

export interface LabelExpression {
  readonly key: string
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'
  readonly values: readonly string[]
}

/** Where the images of a kind are: `path` is slash-separated, `*` stands for every item. */
export interface ImageExtractor {
  readonly path: string
  readonly value?: string
  readonly key?: string
  /** `images.<name>` in the variables. */
  readonly name: string
  readonly jmesPath?: string
}

/** One item of `verifyImages`, the forms before Kyverno 1.7 translated. */
export interface ImageVerification {
  readonly index: number
  readonly path: string
  readonly origin: Origin
  readonly type: 'Cosign' | 'SigstoreBundle' | 'Notary'
  readonly imageReferences: readonly string[]
  readonly skipImageReferences: readonly string[]
  /** All sets must be met. */
  readonly attestors: readonly AttestorSet[]
  readonly attestations: readonly Attestation[]
  /** For attestors that name none of their own. */
  readonly annotations: ReadonlyMap<string, string>
  readonly repository?: string
  readonly mutateDigest: boolean
  readonly verifyDigest: boolean
  readonly required: boolean
  readonly useCache: boolean
  readonly cosignOCI11: boolean
  readonly imageRegistryCredentials?: RegistryCredentials
  readonly failureAction?: FailureAction
  /** `validate.deny.conditions` over named attestations. */
  readonly validate?: { readonly message?: string; readonly deny: Raw }
}

export interface RegistryCredentials {
  readonly allowInsecureRegistry: boolean
  readonly providers: readonly string[]
  readonly secrets: readonly string[]
}

export interface AttestorSet {
  /** As it is said in messages: `.attestors[0]`. */
  readonly path: string
  /** Undefined: all entries. */
  readonly count: number | undefined
  readonly entries: readonly Attestor[]
}

interface AnyAttestor {
  readonly path: string
  readonly annotations: ReadonlyMap<string, string>
  readonly repository?: string
  readonly signatureAlgorithm: SignatureAlgorithm
}

export type SignatureAlgorithm = 'sha224' | 'sha256' | 'sha384' | 'sha512'

export interface Rekor {
  readonly url: string
  readonly pubkey?: string
  readonly ignoreTlog: boolean
}

export interface CtLog {
  readonly ignoreSCT: boolean
  readonly pubkey?: string
  readonly tsaCertChain?: string
}

interface Logs {
  readonly rekor?: Rekor
  readonly ctlog?: CtLog
}

export type Attestor = AnyAttestor &
  (
    | ({
        readonly kind: 'keys'
        /** PEM of one or more keys, k8s:// or the URI of a KMS; may hold variables. */
        readonly publicKeys?: string
        readonly kms?: string
        readonly secret?: { readonly name: string; readonly namespace: string }
      } & Logs)
    | ({ readonly kind: 'certificates'; readonly cert?: string; readonly certChain?: string } & Logs)
    | ({
        readonly kind: 'keyless'
        readonly issuer?: string
        readonly issuerRegExp?: string
        readonly subject?: string
        readonly subjectRegExp?: string
        readonly roots?: string
        readonly additionalExtensions: ReadonlyMap<string, string>
      } & Logs)
    | { readonly kind: 'nested'; readonly attestor: AttestorSet }
  )

export interface Attestation {
  readonly path: string
  readonly type: string
  /** Names the predicate for `validate.deny`. */
  readonly name?: string
  readonly attestors: readonly AttestorSet[]
  /** All blocks must hold for every statement of the type. */
  readonly conditions: readonly Raw[]
}

/** A PolicyException of kyverno.io. */
export interface KyvernoException {
  readonly name: string
  readonly namespace?: string
  readonly origin: Origin
  readonly match: MatchBlock
  readonly conditions: Raw
  readonly exceptions: readonly { readonly policyName: string; readonly ruleNames: readonly string[] }[]
}
