/**
 * What an attestation says, as far as its predicate can be read. That the signer said it is proven; whether it is true
 * is not: every member is a claim. Texts are at most 300 characters long, times as they were written.
 */
export type StatementSummary = Provenance | BillOfMaterials | VulnerabilityScan | Vex | Unread

/** Where a build got its source from. */
export interface ProvenanceSource {
  /** As it was written, without user name and password. */
  readonly uri: string
  /**
   * What of it names the repository, fit for comparing: host and path (`github.com/o/r`), whatever the scheme, without
   * ref and `.git`. Undefined where the URI can be read in more than one way.
   */
  readonly repository?: string
  /** `refs/heads/main`, `refs/tags/v1`, or as short as it was written. */
  readonly ref?: string
  /** The commit: 40 or 64 hex digits. */
  readonly digest?: string
}

/** How an artifact came to be (SLSA provenance, slsa.dev/spec, versions 0.1, 0.2 and 1). */
export interface Provenance {
  readonly kind: 'provenance'
  readonly version: '0.1' | '0.2' | '1'
  /** The form of the parameters, a URI. */
  readonly buildType?: string
  /** The id of who ran the build and speaks for it, a URI. */
  readonly builder?: string
  readonly source?: ProvenanceSource
  /** The field that the source is from: `invocation.configSource`, `externalParameters.workflow`, `materials` and so on. */
  readonly sourceField?: string
  /** Of a build that was triggered by a tag: the ref of the branch that the event names beside it. */
  readonly baseRef?: string
  /** The file in the source that describes the build, such as `.github/workflows/release.yml` or `Dockerfile`. */
  readonly workflow?: string
  /** The id of this run of the build, often a URI. */
  readonly invocation?: string
  /** What buildkit was told by its client about the folder that was built. It checks nothing of that: never the source. */
  readonly workingCopy?: ProvenanceSource
  /** Two places in it name different sources: which ones. Nothing may be decided by it then. */
  readonly inconsistent?: string
}

/** SPDX 2 or CycloneDX. */
export interface BillOfMaterials {
  readonly kind: 'bill-of-materials'
  readonly format: 'SPDX' | 'CycloneDX'
  /** Of the format: `2.3`, `1.6`. */
  readonly version: string
  /** The document's own name, which only SPDX has. */
  readonly name?: string
  /** How many are listed, the thing itself left out. */
  readonly components: number
  /** What wrote it, with its version. */
  readonly tool?: string
  readonly createdAt?: string
  /** `unknown`: nothing tells, or two things tell otherwise. */
  readonly about: 'image' | 'source' | 'unknown'
  /** The name of the thing whose components are listed. */
  readonly subjectName?: string
}

export const severities = ['critical', 'high', 'medium', 'low', 'negligible', 'unknown'] as const

export type Severity = (typeof severities)[number]

/** cosign's `vuln` predicate and in-toto's vulns 0.1 and 0.2, which have the same frame. */
export interface VulnerabilityScan {
  readonly kind: 'vulnerability-scan'
  /** `trivy`, from the end of its URI or from the result. */
  readonly scanner?: string
  readonly scannerUri?: string
  readonly scannerVersion?: string
  readonly databaseVersion?: string
  readonly startedAt?: string
  readonly finishedAt?: string
  /** The form of the result; undefined: another one, of which nothing is counted. */
  readonly resultFormat?: 'trivy' | 'grype' | 'sarif' | 'in-toto'
  /** How many findings there are: the same vulnerability in two packages is two. */
  readonly findings?: Readonly<Record<Severity, number>>
}

export const vexStatuses = ['affected', 'under_investigation', 'fixed', 'not_affected', 'unknown'] as const

export type VexStatus = (typeof vexStatuses)[number]

/** Which vulnerabilities matter for a product (OpenVEX 0.2.0). */
export interface Vex {
  readonly kind: 'vex'
  readonly author?: string
  readonly createdAt?: string
  /** How many statements there are of each status. */
  readonly statements: Readonly<Record<VexStatus, number>>
}

/** A predicate that no reader understands. */
export interface Unread {
  readonly kind: 'unread'
  readonly reason: string
}
