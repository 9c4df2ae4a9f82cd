import type { InputEntry } from './entry.js'

/** Inputs about signed policies of cilock and witness: how an image was built. */
export const buildTable = [
  {
    name: 'policy-key',
    default: '',
    list: true,
    short: 'k',
    also: 'publickey',
    description:
      'Keys that a signed build policy (cilock, witness) among policy may be signed with, one a line or comma-separated: as for key',
  },
  {
    name: 'policy-ca-roots',
    default: '',
    list: true,
    description: 'Files with certificate authorities that a signed build policy may be signed under',
  },
  {
    name: 'policy-ca-intermediates',
    default: '',
    list: true,
    description: 'Files with intermediate certificates for policy-ca-roots',
  },
  {
    name: 'policy-timestamp-servers',
    default: '',
    list: true,
    description:
      'Files with certificates of timestamp authorities, for a policy that is signed by certificate',
  },
  {
    name: 'policy-commonname',
    default: '',
    description: "Common name that the certificate of a policy's signer must have",
  },
  {
    name: 'policy-dns-names',
    default: '',
    list: true,
    description: "DNS names that the certificate of a policy's signer must have",
  },
  {
    name: 'policy-emails',
    default: '',
    list: true,
    description: "Email addresses that the certificate of a policy's signer must have",
  },
  {
    name: 'policy-organizations',
    default: '',
    list: true,
    description: "Organizations that the certificate of a policy's signer must have",
  },
  {
    name: 'policy-uris',
    default: '',
    list: true,
    description: "URIs that the certificate of a policy's signer must have",
  },
  {
    name: 'policy-fulcio-oidc-issuer',
    default: '',
    description:
      "Issuer in the certificate of a policy's signer; left out: GitHub Actions in the profile cilock; none: any",
  },
  {
    name: 'policy-fulcio-build-trigger',
    default: '',
    description: "Build trigger in the certificate of a policy's signer",
  },
  {
    name: 'policy-fulcio-source-repository-digest',
    default: '',
    description: "Commit in the certificate of a policy's signer",
  },
  {
    name: 'policy-fulcio-source-repository-identifier',
    default: '',
    description: "Number of the repository in the certificate of a policy's signer",
  },
  {
    name: 'policy-fulcio-source-repository-ref',
    default: '',
    description: "Branch or tag in the certificate of a policy's signer",
  },
  {
    name: 'policy-fulcio-source-repository-uri',
    default: '',
    description: "Repository in the certificate of a policy's signer",
  },
  {
    name: 'policy-fulcio-build-config-uri',
    default: '',
    description: "Workflow in the certificate of a policy's signer",
  },
  {
    name: 'policy-fulcio-run-invocation-uri',
    default: '',
    description: "Run in the certificate of a policy's signer",
  },
  {
    name: 'policy-fulcio-runner-environment',
    default: '',
    description: "Kind of runner in the certificate of a policy's signer",
  },
  {
    name: 'policy-profile',
    default: 'cilock',
    description: 'How a signed build policy is judged: cilock (as cilock 4.1) or witness (as witness 0.11)',
  },
  {
    name: 'policy-hardening',
    default: 'enforce',
    description: "enforce, or warn: what cilock's own hardening refuses in a build policy only warns",
  },
  {
    name: 'attestations',
    default: '',
    list: true,
    description:
      'Attestations of a build, one a line or comma-separated: files or patterns of envelopes, .jsonl, or cilock bundles (.tar.gz); those beside the image in its registry are read without being named',
  },
  {
    name: 'subjects',
    default: '',
    list: true,
    short: 's',
    description:
      "Further digests that a build policy's search begins with, such as sha256:…; without an image they alone are held against it",
  },
  {
    name: 'archivista-url',
    default: '',
    also: 'archivista-server',
    description: 'Archivista server that attestations of a build are searched in, by digest',
  },
  {
    name: 'archivista-headers',
    default: '',
    list: true,
    secret: true,
    description: 'Headers for that server, one a line: Name: value',
  },
  {
    name: 'vsa-outfile',
    default: '',
    description:
      'File that a SLSA verification summary of each image is written to, one a line, to be attached to it; not when undetermined',
  },
] as const satisfies readonly InputEntry[]
