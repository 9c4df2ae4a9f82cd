/** sigstore policy-controller's TrustRoot, v1alpha1: whom authorities trust that name it in `trustRootRef`. */
export interface TrustRoot {
  readonly kind: 'TrustRoot'
  readonly name: string
  readonly file: string
  readonly line: number
  readonly source: TrustSource
}

export type TrustSource =
  /** A TUF repository elsewhere; `root` is the `root.json` it starts from. */
  | {
      readonly kind: 'remote'
      readonly mirror: string
      readonly root: Uint8Array
      readonly targets: TargetNames
    }
  /** A whole TUF repository: gzip of a tar, to be opened with `readMirror`. */
  | {
      readonly kind: 'repository'
      readonly mirrorFs: Uint8Array
      readonly root: Uint8Array
      readonly targets: TargetNames
    }
  | { readonly kind: 'sigstoreKeys'; readonly keys: SigstoreKeys }

export interface TargetNames {
  /** The folder of the targets in the repository. */
  readonly folder: string
  /** The target that is the trusted root. */
  readonly trustedRoot: string
}

export interface SigstoreKeys {
  readonly certificateAuthorities: readonly CertificateAuthority[]
  readonly timestampAuthorities: readonly CertificateAuthority[]
  readonly tLogs: readonly TransparencyLog[]
  readonly ctLogs: readonly TransparencyLog[]
}

export interface CertificateAuthority {
  readonly organization: string
  readonly commonName: string
  readonly uri: string
  /** DER, from the leaf's side to the root. */
  readonly certificates: readonly Uint8Array[]
}

export interface TransparencyLog {
  readonly baseUrl: string
  /** As protobuf-specs names it. */
  readonly hashAlgorithm: 'SHA2_256' | 'SHA2_384' | 'SHA2_512'
  /** DER of the SubjectPublicKeyInfo. */
  readonly spki: Uint8Array
  readonly keyDetails: string
}
