import type { Glob } from './glob.js'
import type { LabelSelector } from './label-selector.js'

/** sigstore policy-controller's ClusterImagePolicy, v1alpha1 and v1beta1 (their fields are the same), defaults filled in. */
export interface ClusterImagePolicy {
  readonly kind: 'ClusterImagePolicy'
  readonly version: 'v1alpha1' | 'v1beta1'
  readonly name: string
  readonly file: string
  readonly line: number
  readonly images: readonly Glob[]
  /** `warn`: a failure is listed and does not count. */
  readonly mode: 'enforce' | 'warn'
  /** Resources that the policy is for, any of them; empty: all. */
  readonly match: readonly ResourceMatch[]
  /** Any of them must pass. */
  readonly authorities: readonly Authority[]
  /** Evaluated over the authorities that passed, once one did. */
  readonly policy?: TopPolicy
}

/** All of it must hold. */
export interface ResourceMatch {
  readonly group: string
  /** Of the resource's API, or `*`. */
  readonly version: string
  /** The plural in lower case: `deployments`. */
  readonly resource: string
  readonly selector?: LabelSelector
}

export type Authority = KeyAuthority | KeylessAuthority | StaticAuthority

interface Common {
  /** `authority-<index>` when the policy names none. */
  readonly name: string
  readonly line: number
}

/** What both authorities that verify something have. */
interface Verifying extends Common {
  /** With any of these only they are verified, never the image's own signature. */
  readonly attestations: readonly AttestationDemand[]
  readonly source?: SignatureSource
  /** The transparency log, when the policy names one. */
  readonly ctlog?: LogDemand
  readonly timestamp?: { readonly trustRootRef: string }
  /** What the policy asks for; nothing: as it is found. */
  readonly signatureFormat?: 'legacy' | 'bundle'
  /** Whether a log entry must be there, by policy-controller's rules for the fields above. */
  readonly log: 'required' | 'ignored'
}

export interface KeyAuthority extends Verifying {
  readonly kind: 'key'
  readonly key: KeyReference
  readonly hashAlgorithm: HashAlgorithm
}

export type HashAlgorithm = 'sha224' | 'sha256' | 'sha384' | 'sha512'

export interface KeylessAuthority extends Verifying {
  readonly kind: 'keyless'
  /** Any of them; at least one. */
  readonly identities: readonly Identity[]
  /** Fulcio's address; a name, nothing is fetched from it. Absent with `caCert`. */
  readonly url?: string
  readonly caCert?: KeyReference
  readonly trustRootRef?: string
  readonly insecureIgnoreSct: boolean
}

/** One form of the issuer and one of the subject; regular expressions are RE2, not anchored. */
export interface Identity {
  readonly issuer?: string
  readonly issuerRegExp?: string
  readonly subject?: string
  readonly subjectRegExp?: string
}

export interface StaticAuthority extends Common {
  readonly kind: 'static'
  readonly action: 'pass' | 'fail'
  readonly message?: string
}

export type KeyReference =
  /** PEM as it stands in the policy; its first block counts. */
  | { readonly kind: 'data'; readonly pem: string }
  | { readonly kind: 'kms'; readonly reference: string }
  /** `pem` when a Secret of this name is in the policy files; else the key cannot be had outside a cluster. */
  | { readonly kind: 'secret'; readonly name: string; readonly namespace: string; readonly pem?: string }

export interface SignatureSource {
  /** A repository, or only a registry; absent: where the image is. */
  readonly oci?: string
  readonly tagPrefix?: string
  /** Names of Secrets in a cluster; here the credentials of the step serve. */
  readonly pullSecrets: readonly string[]
}

export interface LogDemand {
  readonly url?: string
  readonly trustRootRef?: string
}

export interface AttestationDemand {
  readonly name: string
  /** As written: a type, or one of cosign's short names. */
  readonly predicateType: string
  readonly policy?: EvaluatedPolicy
  readonly line: number
}

/** A policy in CUE or Rego. */
export interface EvaluatedPolicy {
  readonly type: 'cue' | 'rego'
  readonly source: PolicySource
  readonly line: number
}

export type PolicySource =
  | { readonly kind: 'data'; readonly text: string }
  | { readonly kind: 'remote'; readonly url: string; readonly sha256: string }
  | { readonly kind: 'configMap'; readonly name: string; readonly namespace?: string; readonly key: string }

/** What is put into the input beside `authorityMatches`. */
export interface TopPolicy extends EvaluatedPolicy {
  readonly fetchConfigFile: boolean
  readonly includeSpec: boolean
  readonly includeObjectMeta: boolean
  readonly includeTypeMeta: boolean
}
