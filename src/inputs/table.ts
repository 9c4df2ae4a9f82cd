/** An input of the action, which is a flag of the command by the same name. */
export interface InputEntry {
  readonly name: string
  /** What it is when not given. */
  readonly default: string
  /** One or more items, one a line; as a flag it may be repeated. */
  readonly list?: true
  /** The flag alone means true. */
  readonly switch?: true
  /** One letter for the flag, where cosign has it. */
  readonly short?: string
  /** Never shown. */
  readonly secret?: true
  /** Only the action has it by default: the command writes files when asked. */
  readonly commandDefault?: string
  readonly description: string
}

/** The contract: `action.yml`, the flags, the help and `docs/inputs.md` all say what stands here, and a test holds them to it. */
export const inputTable = [
  {
    name: 'image',
    default: '',
    list: true,
    description:
      'Images to verify, one a line: registry/name:tag, s3://bucket/name:tag, local://store/name:tag or oci-layout://dir[:tag], each also with @sha256:… (as a command: arguments)',
  },
  {
    name: 'key',
    default: '',
    list: true,
    description:
      'Public keys that must have signed, one a line: a PEM file, inline PEM, env://NAME, https://…, awskms:///…, or a cosign.key with COSIGN_PASSWORD',
  },
  {
    name: 'certificate-identity',
    default: '',
    list: true,
    description:
      'Keyless signers, one a line: the identity in the certificate, such as a workflow or an e-mail address',
  },
  {
    name: 'certificate-identity-regexp',
    default: '',
    list: true,
    description: 'Keyless signers by pattern, one a line: RE2, met anywhere unless anchored with ^ and $',
  },
  {
    name: 'certificate-oidc-issuer',
    default: '',
    description: 'Who vouched for the identity, such as https://token.actions.githubusercontent.com',
  },
  {
    name: 'certificate-oidc-issuer-regexp',
    default: '',
    description: 'The same by pattern; with both, both must hold',
  },
  {
    name: 'certificate-github-workflow-trigger',
    default: '',
    description: 'The event that started the workflow that signed',
  },
  {
    name: 'certificate-github-workflow-sha',
    default: '',
    description: 'The commit that the workflow ran on that signed',
  },
  {
    name: 'certificate-github-workflow-name',
    default: '',
    description: 'The name of the workflow that signed',
  },
  {
    name: 'certificate-github-workflow-repository',
    default: '',
    description: 'The repository of the workflow that signed',
  },
  {
    name: 'certificate-github-workflow-ref',
    default: '',
    description: 'The ref that the workflow ran on that signed',
  },
  {
    name: 'require',
    default: 'all',
    description: 'How many of the keys must have signed: all, any, or a number',
  },
  {
    name: 'expected-digest',
    default: '',
    description: 'The digest that the image must have besides: sha256:… (for one image)',
  },
  {
    name: 'annotations',
    default: '',
    list: true,
    short: 'a',
    description: 'Annotations that each signature must carry, one a line: name=value',
  },
  {
    name: 'attestation-type',
    default: '',
    list: true,
    description:
      'Types that the signers must have attested instead of a signature, one a line: a predicate type or slsaprovenance, slsaprovenance1, spdx, spdxjson, cyclonedx, link, vuln, openvex, custom',
  },
  {
    name: 'require-signature',
    default: 'false',
    switch: true,
    description: 'With attestation-type: a signature is demanded too',
  },
  {
    name: 'platforms',
    default: 'index',
    list: true,
    description:
      'Which manifests of an index must be signed: index (itself), all (itself and every platform), or platforms such as linux/amd64',
  },
  {
    name: 'insecure-ignore-tlog',
    default: 'false',
    switch: true,
    description:
      "No entry in a transparency log is demanded of signatures in cosign's formats (s3lo records have none)",
  },
  {
    name: 'insecure-ignore-sct',
    default: 'false',
    switch: true,
    description: 'No log of certificates has to know the certificate of a keyless signer',
  },
  {
    name: 'use-signed-timestamps',
    default: 'false',
    switch: true,
    description: 'A timestamp by a trusted authority is demanded of keyless signatures',
  },
  {
    name: 'trusted-root',
    default: '',
    description:
      'File with the authorities and logs to trust (trusted_root.json); needed for keyless signers and log entries',
  },
  {
    name: 'offline',
    default: 'false',
    switch: true,
    description:
      'No call but to the store of the image: without trusted-root the root that came with the program is trusted',
  },
  {
    name: 'ca-roots',
    default: '',
    description:
      'File with certificates (PEM) that keyless certificates must lead to, instead of those of the trusted root',
  },
  {
    name: 'ca-intermediates',
    default: '',
    description: 'File with certificates (PEM) between those and ca-roots',
  },
  {
    name: 'registry-username',
    default: '',
    description: "User for the one registry that all references share; else docker's configuration",
  },
  {
    name: 'registry-password',
    default: '',
    secret: true,
    description: 'Password or token for registry-username',
  },
  {
    name: 'registry-cacert',
    default: '',
    description: 'File with certificate authorities of registries, in PEM',
  },
  {
    name: 'allow-http-registry',
    default: 'false',
    switch: true,
    description: 'Plain http: true for the registries named, or a list of hosts (this machine may always)',
  },
  {
    name: 'allow-insecure-registry',
    default: 'false',
    switch: true,
    description: 'Unchecked certificates: true for the registries named, or a list of hosts',
  },
  {
    name: 'signature-repository',
    default: '',
    description: 'registry/repository where signatures lie instead of beside the image (COSIGN_REPOSITORY)',
  },
  {
    name: 'attachment-tag-prefix',
    default: '',
    description: 'What stands before the tags of signatures and attestations',
  },
  {
    name: 'endpoint',
    default: '',
    description: 'URL of an S3-compatible service (MinIO, R2, Ceph); bucket names then go into the path',
  },
  {
    name: 'mode',
    default: 'enforce',
    description: 'enforce, or audit: the verdict is reported, but only configuration failures fail the step',
  },
  {
    name: 'on-infrastructure-error',
    default: 'fail',
    description:
      'fail, or warn: an outage after the image was found does not fail the step; digest and images stay empty (this is fail-open)',
  },
  { name: 'wait', default: '0s', description: 'How long evidence may take to appear, such as 90s or 5m' },
  { name: 'timeout', default: '5m', description: 'Time for each image beyond wait' },
  { name: 'retries', default: '3', description: 'Further attempts after a failure that may pass, 0 to 20' },
  { name: 'concurrency', default: '10', description: 'Images judged at the same time, 1 to 100' },
  {
    name: 'result-file',
    default: 'verify-result.json',
    commandDefault: '',
    description: 'File that the result document is written to',
  },
  {
    name: 'summary',
    default: 'true',
    commandDefault: 'false',
    switch: true,
    description: 'Whether the job summary is written',
  },
] as const satisfies readonly InputEntry[]

export type InputName = (typeof inputTable)[number]['name']

/** Names that the contract keeps for what later versions can do: given today they must not be passed over. */
export const reservedInputs: ReadonlySet<string> = new Set(
  `manifests attestation-policy policy no-match-policy audit-warn policy-key policy-ca-roots policy-profile attestations
  subjects archivista-url pinned-manifests`.split(/\s+/),
)
