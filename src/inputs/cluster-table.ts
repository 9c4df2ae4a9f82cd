import type { InputEntry } from './entry.js'

/** Inputs about policies and manifests of clusters. */
export const clusterTable = [
  {
    name: 'manifests',
    default: '',
    list: true,
    description:
      'Kubernetes manifests whose images are judged: files or patterns such as deploy/**/*.yaml, one a line; - is standard input',
  },
  {
    name: 'policy',
    default: '',
    list: true,
    short: 'p',
    description:
      'Files or patterns of policies that images are held against: Kyverno (verifyImages with PolicyExceptions, ImageValidatingPolicy), sigstore ClusterImagePolicy (with TrustRoots), and signed build policies of cilock and witness (with policy-key), told apart by content',
  },
  {
    name: 'no-match-policy',
    default: '',
    description:
      'What becomes of an image that no policy covers: deny (undetermined), warn or allow (it does not count); left out: deny with a ClusterImagePolicy, allow with Kyverno',
  },
  {
    name: 'policy-values',
    default: '',
    description:
      "Values file of Kyverno's CLI: what stands for the variables and the labels of namespaces that only a cluster has",
  },
  {
    name: 'audit-warn',
    default: 'false',
    switch: true,
    description:
      'What a Kyverno policy in Audit finds is listed and does not count; else it counts like Enforce',
  },
  {
    name: 'pinned-manifests',
    default: '',
    description:
      'Folder that the manifests are written to with the digests of verified images: name:tag@sha256:…',
  },
  {
    name: 'policy-report',
    default: '',
    description:
      'File that what each policy, and each demand of the inputs, came to is written to as an OpenReports document, as Kyverno has it: JSON where its name ends in .json, else YAML',
  },
] as const satisfies readonly InputEntry[]
