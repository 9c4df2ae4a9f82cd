/** A list with at least one item: a Request without an image or a signer does not type-check. */
export type NonEmpty<Item> = readonly [Item, ...Item[]]

/**
 * What a certificate says of a workflow that signed, beside identity and issuer, as Fulcio names it (fulcio,
 * docs/oid-info.md); the first five are the older names of GitHub's.
 */
export const certificateClaims = [
  'github-workflow-trigger',
  'github-workflow-sha',
  'github-workflow-name',
  'github-workflow-repository',
  'github-workflow-ref',
  'build-signer-uri',
  'build-signer-digest',
  'runner-environment',
  'source-repository-uri',
  'source-repository-digest',
  'source-repository-ref',
  'source-repository-identifier',
  'source-repository-owner-uri',
  'source-repository-owner-identifier',
  'build-config-uri',
  'build-trigger',
  'source-repository-visibility',
] as const
export type CertificateClaim = (typeof certificateClaims)[number]

/** Whoever writes a policy writes its patterns: the program of a long one takes all memory there is. */
export const longestPattern = 10_000

/** A keyless signer: what its certificate must say. At least a subject and an issuer are demanded, each in some form. */
export interface IdentityDemand {
  readonly subject?: string
  /** RE2, not anchored. */
  readonly subjectRegexp?: string
  readonly issuer?: string
  readonly issuerRegexp?: string
  /** Other things that the certificate must say, exactly. */
  readonly claims?: Readonly<Partial<Record<CertificateClaim, string>>>
  /** Fulcio's extensions by the last part of their object identifier, each like a pattern in RE2. */
  readonly extensions?: readonly { readonly number: number; readonly pattern: string }[]
}

/** How many of the signers must have signed. */
export type Threshold = 'all' | 'any' | number

/** Who must have signed. `keys` are key references or inline PEM, as given. */
export type Signers = { readonly require: Threshold } & (
  | { readonly keys: NonEmpty<string>; readonly identities?: readonly IdentityDemand[] }
  | { readonly keys: readonly []; readonly identities: NonEmpty<IdentityDemand> }
)

/** What SLSA provenance must say, in the terms of slsa-verifier. */
export interface ProvenanceDemand {
  /** `github.com/owner/repository`, or a URL of it. */
  readonly sourceUri?: string
  readonly sourceBranch?: string
  readonly sourceTag?: string
  /** With `@ref`: that one; without: of any ref. */
  readonly builderId?: string
}

/** What the signers must have made; the usual is a signature. */
export interface Demand {
  /** Annotations that a signature must carry. */
  readonly annotations?: Readonly<Record<string, string>>
  /** Predicate types that must be attested instead of a signature. */
  readonly attestationTypes?: readonly string[]
  /** What the provenance among them must say; without a type of provenance, one is demanded. */
  readonly provenance?: ProvenanceDemand
  /** Files in Rego or CUE that every attestation among them must satisfy. */
  readonly policies?: NonEmpty<string>
  /** A signature too, beside the attestations. */
  readonly requireSignature?: boolean
}

/** A file, or what would stand in one; the name is for reports. */
export type FileOrText = string | { readonly name: string; readonly text: string }

/** With what and how strictly identities, logs and times are checked. */
export interface TrustDemand {
  /** A trusted root. */
  readonly root?: FileOrText
  /** URL of the TUF repository that hands out the trusted root where none is given; undefined: the public instance's. */
  readonly tufMirror?: string
  /** The first root of that repository. */
  readonly tufRoot?: FileOrText
  /** Certificates in PEM: authorities instead of those of the trusted root. */
  readonly caRoots?: FileOrText
  readonly caIntermediates?: FileOrText
  /** The embedded root of the public instance; no call but to the image's own store. */
  readonly offline?: boolean
  /** How long ago a signature may have been made, by proven times only; undefined: at any time. */
  readonly maxAgeMs?: number
  /** Whether a log of certificates must know the certificate. */
  readonly sct: 'require' | 'ignore'
  /** Whether a timestamp by an authority is demanded. */
  readonly signedTimestamps: boolean
}

/** Whether an entry in a transparency log is demanded of evidence in cosign's formats. */
export type LogDemand = 'require' | 'ignore'

/** Which manifests of an index must be signed: itself, itself and every platform, or those that are named. */
export type Platforms = 'index' | 'all' | readonly string[]

/** Hosts that something is allowed for: all registries that are named as references, or a list. */
export type Hosts = 'none' | 'all' | readonly string[]

/** How registries are spoken with. */
export interface RegistryAccess {
  /** For the one registry that all references share. */
  readonly login?: { readonly username: string; readonly password: string }
  /** docker's configuration or Kubernetes' pull secrets, as a file or as text, instead of docker's own. */
  readonly config?: string
  /** File with certificate authorities in PEM. */
  readonly cacert?: string
  readonly allowHttp: Hosts
  readonly allowInsecure: Hosts
  /** `registry/repository` where signatures lie instead of beside the image. */
  readonly signatureRepository?: string
  /** What stands before the tags of signatures and attestations. */
  readonly tagPrefix: string
}

/** What of s3lo's records is looked at otherwise than usual. */
export interface RecordAccess {
  /** `bucket/image:tag` that was signed, where the image was copied since; undefined: where it lies. */
  readonly signedLocation?: { readonly bucket: string; readonly image: string; readonly tag: string }
  /** Records of schema 1, which sign the digest alone, count too. */
  readonly acceptUnbound?: boolean
}

/** Where GitHub keeps attestations, beside those that lie with the image. */
export interface GithubAccess {
  /** `owner/name`; undefined: the repository whose workflow this is. */
  readonly repository?: string
  /** Undefined: as anybody, for what is public. */
  readonly token?: string
}

/** Policies of clusters that images are held against. */
export interface PolicyDemand {
  /** Files, or patterns of files. */
  readonly files: NonEmpty<string>
  /** What becomes of an image that no policy covers; undefined: as the system has it whose policies they are. */
  readonly noMatch?: 'deny' | 'warn' | 'allow'
  /** File with what Kyverno's policies know of a cluster: variables, labels of namespaces. */
  readonly values?: string
  /** Kyverno's Audit lists what fails and does not count it. */
  readonly auditWarns: boolean
}

/** Who must have signed a build policy by certificate; what is undefined was not given. */
export interface PolicySignerDemand {
  readonly commonName?: string
  readonly dnsNames?: readonly string[]
  readonly emails?: readonly string[]
  readonly organizations?: readonly string[]
  readonly uris?: readonly string[]
  /** Fulcio's claims by the name of the field in Go; `Issuer` has a default in cilock, and an empty one is none. */
  readonly extensions?: ReadonlyMap<string, string>
}

/** Signed policies about how an image was built (cilock, witness): they stand among the files of the policies. */
export interface BuildDemand {
  /** As which of the two tools they are read and judged. */
  readonly profile: 'cilock' | 'witness'
  /** cilock's hardening only warns. */
  readonly lenient?: true
  /** Key references that a policy may be signed with. */
  readonly keys: readonly string[]
  /** Files with certificates, or PEM. */
  readonly caRoots: readonly string[]
  readonly caIntermediates: readonly string[]
  /** Certificates of authorities for timestamps. */
  readonly timestampAuthorities: readonly string[]
  readonly signer: PolicySignerDemand
  /** Files, or patterns of files, with envelopes. */
  readonly attestations: readonly string[]
  /** Further digests to begin with, beside those of the image. */
  readonly subjects: readonly string[]
  /** A store of attestations; headers are secret and go to it alone. */
  readonly archivista?: { readonly url: string; readonly headers: Readonly<Record<string, string>> }
}

/** A fleet that several runs share: references as they are resolved. */
export interface Share {
  readonly own: readonly string[]
  /** Those of all runs. */
  readonly planned: readonly string[]
}

/** How patient a run is; milliseconds and counts. */
export interface Patience {
  /** Time that evidence may take to appear after the image was found. */
  readonly waitMs: number
  /** Time for an image beyond `waitMs`. */
  readonly timeoutMs: number
  /** Further attempts after a failure that may pass. */
  readonly retries: number
  /** Images judged at the same time. */
  readonly concurrency: number
}

/** What the gate is asked: the same for both faces, complete. */
export type Request = Targets & Demands & Settings

/** What is judged: images, manifests that name them, both, or digests alone. */
export type Targets =
  | { readonly images: NonEmpty<string>; readonly manifests?: readonly string[] }
  | { readonly images: readonly []; readonly manifests: NonEmpty<string> }
  /** No image: digests alone are held against build policies. */
  | { readonly images: readonly []; readonly manifests?: undefined; readonly subjects: NonEmpty<string> }

/** Who must have signed, or policies that say so, or both. */
export type Demands =
  | { readonly signers: Signers; readonly policies?: PolicyDemand }
  | { readonly signers?: undefined; readonly policies: PolicyDemand }

interface Settings {
  /** The digest that the (one) image must have beside everything else. */
  readonly expectedDigest?: string
  /** URL of an S3-compatible service. */
  readonly endpoint?: string
  /** Undefined: a signature. */
  readonly demand?: Demand
  /** Undefined: an entry is demanded, as in cosign. */
  readonly log?: LogDemand
  /** How identities and logs are checked. */
  readonly trust?: TrustDemand
  /** Undefined: the index itself. */
  readonly platforms?: Platforms
  /** Whether everything that a pull would read is held against the signed manifest. */
  readonly deep?: boolean
  /** A tag is resolved once more at the end, to tell whether it moved meanwhile. */
  readonly recheckTag?: boolean
  /** What of the images above this run judges; undefined: all of them. */
  readonly share?: Share
  /** All evidence is read even when the first piece settles it, for reports that list it. */
  readonly thorough?: boolean
  /** Undefined: schema 2, signed for where the image lies. */
  readonly records?: RecordAccess
  /** Undefined: docker's configuration, https. */
  readonly registry?: RegistryAccess
  /** Undefined: GitHub is not asked. */
  readonly github?: GithubAccess
  /** Undefined: as cilock, with no key that a build policy may be signed with. */
  readonly build?: BuildDemand
  readonly patience: Patience
}
