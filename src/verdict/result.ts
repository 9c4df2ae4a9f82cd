import { type Code, classOf, codes, type FailureClass, type Service } from './codes.js'
import { type Finding, type Problem, type Unknown, unknown, type Unmet } from './finding.js'
import { leadingFailure } from './algebra.js'
import type { StatementSummary } from './statement-summary.js'

export type Verdict = 'verified' | 'rejected' | 'undetermined'

export interface Failure {
  readonly class: FailureClass
  readonly code: Code
  readonly service?: Service
  readonly message: string
  readonly hint: string
}

/** An entry of a transparency log as cosign 1 and 2 keep it, member for member. */
export interface LogEntryClaim {
  readonly SignedEntryTimestamp: string
  readonly Payload: {
    readonly body: unknown
    readonly integratedTime: number
    readonly logIndex: number
    readonly logID: string
  }
}

/** What a signature in cosign's formats says, once it has been verified. */
export interface Payload {
  /** A claim about the place, never compared; null in formats that have none. */
  readonly dockerReference: string | null
  /** The kind of statement, or the predicate type. */
  readonly type: string
  /** Signed annotations. */
  readonly optional: Readonly<Record<string, unknown>> | null
  /** What the certificate beside the signature says, in cosign's names; of the older format. */
  readonly certificate?: Readonly<Record<string, string>>
  /** The timestamp that lies beside the signature, as JSON; nothing in it is verified. */
  readonly timestamp?: string
  /** The log entry that lies beside the signature; nothing in it is verified. */
  readonly logEntry?: LogEntryClaim
  /** The DSSE envelope of an attestation, as JSON. */
  readonly envelope?: string
}

/** A signature or an attestation that was looked at. Times are claims unless said to be proven. */
export interface Signature {
  readonly format: 's3lo-record' | 'simple-signing' | 'dsse-envelope' | 'sigstore-bundle'
  /** Where it was found: a path or a URL without credentials. */
  readonly where: string
  readonly verified: boolean
  readonly keyRef: string
  readonly keyId: string
  /** The predicate type that was asked for; undefined for a signature. */
  readonly attests?: string
  /** The algorithm that verified it. */
  readonly scheme?: string
  /** Of the evidence as it was read, 64 hex digits; of collections about builds. */
  readonly sha256?: string
  /** Whom a trusted authority gave the certificate to, and what it says of the workflow; of keyless signatures. */
  readonly identity?: {
    readonly subject: string
    readonly issuer: string
    readonly claims: Readonly<Record<string, string>>
  }
  /** Times that are proven, ISO 8601: by a log's promise, or by a timestamp of an authority. */
  readonly times?: readonly { readonly at: string; readonly by: 'log-entry' | 'timestamp' }[]
  /** Written beside the signature by whoever wrote the record: not signed. */
  readonly claimed: { readonly signedAt?: string; readonly keyRef?: string }
  /** What was signed, in cosign's formats; only of what is verified. */
  readonly payload?: Payload
  /** What an attestation says, as claims of its signer; only of what is verified. */
  readonly statement?: StatementSummary
}

/** A request, once it has ended. */
export interface Asked {
  /** `GET https://host/path`: without user, password and query. */
  readonly request: string
  /** A status, or the code of what it failed with. */
  readonly ended: string
  readonly ms: number
}

/** One more try of a call, and what the try before it ended with. */
export interface Attempt {
  readonly call: string
  readonly attempt: number
  readonly ended: string
}

export interface ImageResult {
  /** As given. */
  readonly reference: string
  readonly digest: string | null
  /** `name:tag@sha256:…`; only what was verified is to be deployed by it. */
  readonly pinned: string | null
  readonly verdict: Verdict
  readonly failure: Failure | null
  readonly signatures: readonly Signature[]
  readonly finding: Finding
  readonly attempts: readonly Attempt[]
  /** Where it stands, of an image in manifests. */
  readonly origins?: readonly Origin[]
  /** No policy covers it, and that is allowed: it does not count. */
  readonly allowed?: true
}

export interface KeyResult {
  readonly reference: string
  readonly id: string
  readonly sha256: string
  readonly type: string
  /** Of a key that rotates: which of its versions. */
  readonly version?: string
}

/** The trusted root that identities and logs were held against. */
export interface TrustResult {
  /** Where it was read. */
  readonly name: string
  readonly sha256: string
  /** When the youngest of its parts began to hold: its age, whoever handed it out. ISO 8601, like the others. */
  readonly newestPart?: string
  /** When the repository that hands it out was asked last; undefined for a file. */
  readonly checkedAt?: string
  /** Until when what the repository said holds. */
  readonly expires?: string
}

/** Where an image stands that was found in a manifest. */
export interface Origin {
  readonly file: string
  readonly line: number
  /** Undefined in a document that is no resource. */
  readonly resource?: NonNullable<PolicyResult['resource']>
  readonly container?: string
}

/** What a rule of a policy says to one image. */
export interface PolicyResult {
  readonly policy: string
  /** Empty where the policy has no rules with names. */
  readonly rule: string
  readonly resource?: { readonly kind: string; readonly namespace: string; readonly name: string }
  readonly image: string
  readonly result: 'pass' | 'fail' | 'warn' | 'error' | 'skip'
  readonly message: string
}

/** A file with a policy that the run read. */
export interface PolicyFile {
  readonly file: string
  readonly language: string
  readonly sha256: string
}

/** A manifest as it comes out: the same text with digests. */
export interface PinnedManifest {
  readonly file: string
  readonly text: string
  readonly changed: number
}

/** A host that was contacted and how often. */
export interface Calls {
  readonly host: string
  readonly count: number
}

export interface Result {
  readonly verdict: Verdict
  readonly failure: Failure | null
  readonly images: readonly ImageResult[]
  readonly keys: readonly KeyResult[]
  /** Undefined where none was needed or none could be read. */
  readonly trust?: TrustResult
  readonly policyFiles?: readonly PolicyFile[]
  readonly policies?: readonly PolicyResult[]
  /** Manifests with the digests of verified images written in, by the names of their files. */
  readonly pinned?: readonly PinnedManifest[]
  readonly calls: readonly Calls[]
  /** Further attempts for what all images share: keys, trust, policies. Those of an image are its own. */
  readonly attempts?: readonly Attempt[]
  readonly warnings: readonly string[]
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly finishedAt: string
}

export function verdictOf(finding: Finding): Verdict {
  switch (finding.status) {
    case 'met':
      return 'verified'
    case 'unmet':
      return 'rejected'
    case 'unknown':
    case 'exempt':
      return 'undetermined'
  }
}

/** The failure that a finding carries, in the words of the deepest part that decided it; null when met. */
export function failureOf(finding: Finding): Failure | null {
  if (finding.status === 'met') return null
  if (finding.status === 'exempt') return failure('nothing-to-verify', finding.message)
  const cause = decidingPart(finding)
  return failure(cause.code, cause.message, cause.status === 'unknown' ? cause.service : undefined)
}

export function failure(code: Code, message: string, service?: Service): Failure {
  return { class: classOf(code), code, message, hint: codes[code].remedy, ...(service && { service }) }
}

/** Goes down to the part whose code the whole carries. */
export function decidingPart(finding: Unmet | Unknown): Unmet | Unknown {
  // A code is of what is proven false or of what is unknown, never of both: it says the status too.
  const same = (finding.children ?? []).filter((child) => child.code === finding.code)
  const lead = leadingFailure(same)
  return lead ? decidingPart(lead) : finding
}

/** One verdict for several images: rejected if any is, verified only if all are. */
export function verdictOfRun(
  images: readonly ImageResult[],
  problems: readonly Problem[] = [],
): Pick<Result, 'verdict' | 'failure'> {
  if (images.length === 0 && problems.length === 0) {
    return { verdict: 'undetermined', failure: failure('nothing-to-verify', 'no image was given') }
  }
  // Where nothing covers any image, nothing was verified.
  const counted = images.every(({ allowed }) => allowed) ? images : images.filter(({ allowed }) => !allowed)
  // What is wrong with the policies explains why nothing could be held against them.
  const lead = leadingFailure([
    ...problems.map((problem) => unknown('run', problem)),
    ...counted.map(({ finding }) => counting(finding)),
  ])
  if (!lead) return { verdict: 'verified', failure: null }
  return { verdict: verdictOf(lead), failure: failureOf(lead) }
}

/** An image cannot be left out of the count: one that nothing was demanded of is not verified. */
function counting(finding: Finding): Finding {
  if (finding.status !== 'exempt') return finding
  return unknown(finding.check, { code: 'nothing-to-verify', message: finding.message })
}
