import { buildTable } from './build-table.js'
import type { InputEntry } from './entry.js'
import { fleetTable } from './fleet-table.js'
import { identityTable } from './identity-table.js'
import { clusterTable } from './cluster-table.js'
import { trustTable } from './trust-table.js'

/** The contract: `action.yml`, the flags, the help and `docs/inputs.md` all say what stands here, and a test holds them to it. */
export const inputTable = [
  {
    name: 'image',
    default: '',
    list: true,
    description:
      'Images to verify, one a line: registry/name:tag, s3://bucket/name:tag (also gs:// and az://), local://store/name:tag or oci-layout://dir[:tag], each also with @sha256:… (as a command: arguments); with no other source of images those that earlier steps named in GITHUB_ARTIFACTS',
  },
  ...fleetTable,
  {
    name: 'key',
    default: '',
    list: true,
    description:
      'Public keys that must have signed, one a line: a PEM file, inline PEM, env://NAME, https://…, awskms:///…, gcpkms://…, azurekms://…, hashivault://…, openbao://…, k8s://namespace/secret, gitlab://project, or a cosign.key with COSIGN_PASSWORD',
  },
  ...identityTable,
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
    name: 'source-uri',
    default: '',
    description:
      'The repository that SLSA provenance must name as the source, such as github.com/owner/repository',
  },
  { name: 'source-branch', default: '', description: 'The branch that SLSA provenance must name' },
  { name: 'source-tag', default: '', description: 'The tag that SLSA provenance must name' },
  {
    name: 'builder-id',
    default: '',
    description: 'The builder that SLSA provenance must name; without @ref, of any ref',
  },
  {
    name: 'require-signature',
    default: 'false',
    switch: true,
    description: 'With attestation-type: a signature is demanded too',
  },
  {
    name: 'attestation-policy',
    default: '',
    list: true,
    description:
      'Files in Rego (data.signature.allow must be true) or CUE, one a line, that every attestation of attestation-type must satisfy',
  },
  {
    name: 'platforms',
    default: 'index',
    list: true,
    description:
      'Which manifests of an index must be signed: index (itself), all (itself and every platform), or platforms such as linux/amd64',
  },
  {
    name: 'deep',
    default: 'false',
    switch: true,
    description:
      'Reads what a pull would read (manifests of an index, configurations, layers, recipes, chunks) and holds it against the signed digest',
  },
  ...trustTable,
  ...clusterTable,
  ...buildTable,
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
    name: 'registry-config',
    default: '',
    secret: true,
    description:
      "docker's config.json or a Kubernetes Secret of type kubernetes.io/dockerconfigjson, as a file or as its text, instead of docker's own configuration",
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
    name: 'signed-location',
    default: '',
    description:
      'bucket/image:tag that an s3lo record was signed for, where the image was copied since (for one image); else where it lies',
  },
  {
    name: 'insecure-accept-unbound-records',
    default: 'false',
    switch: true,
    description:
      's3lo records of schema 1 count too: they sign the digest alone, so anybody can copy them to any place',
  },
  {
    name: 'github-attestations',
    default: '',
    description:
      'owner/repository whose attestations GitHub keeps, as further evidence; with github-token alone it is the one of this workflow',
  },
  {
    name: 'github-token',
    default: '',
    secret: true,
    description:
      'Token that may read them (attestations: read); what is public needs none. Sent to GITHUB_API_URL only',
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
  {
    name: 'recheck-tag',
    default: 'false',
    switch: true,
    description: 'The tag is resolved once more at the end, and a warning says whether it moved meanwhile',
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
    name: 'html-report',
    default: '',
    description:
      'File that a report for people is written to: one HTML page that loads nothing and runs nothing, such as verify-report.html',
  },
  {
    name: 'sarif-report',
    default: '',
    description:
      'File that what is not verified is written to as SARIF 2.1.0, for code scanning: an error for each rejected image, a warning for each of which nothing is known, such as verify-image.sarif',
  },
  {
    name: 'summary',
    default: 'true',
    commandDefault: 'false',
    switch: true,
    description: 'Whether the job summary is written',
  },
  {
    name: 'install',
    default: 'false',
    description:
      'Puts the command verify-image on the path of later steps; with nothing else given, that is all the step does',
  },
] as const satisfies readonly InputEntry[]

export type InputName = (typeof inputTable)[number]['name']
