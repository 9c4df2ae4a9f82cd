import { startReading, type Reading } from './fields.js'
import type { ClusterImagePolicy } from './model.js'
import { nearestName } from '../../reference/nearest.js'
import type { PolicyNote } from '../problem.js'
import type { Secrets } from './read-key.js'
import { readClusterImagePolicy } from './read-policy.js'
import { readSecret } from './read-secret.js'
import { readTrustRoot } from './read-trust-root.js'
import type { TrustRoot } from './trust-root.js'
import { type Located, topText } from '../located.js'

const group = 'policy.sigstore.dev'

/** What a policy file says. With a problem in it nothing is given: the peer refuses the file as a whole. */
export interface PolicyFile {
  readonly policies: readonly ClusterImagePolicy[]
  readonly trustRoots: readonly TrustRoot[]
  /** Documents that are of another system; policy-controller refuses a file that holds one. */
  readonly others: readonly OtherDocument[]
  readonly problems: readonly PolicyNote[]
  readonly warnings: readonly PolicyNote[]
}

export interface OtherDocument {
  readonly apiVersion: string
  readonly kind: string
  readonly line: number
}

/**
 * Reads the documents of a file of ClusterImagePolicies and TrustRoots, and of the Secrets that they name. A Secret beside none of the
 * two belongs to somebody else.
 */
export function readClusterImageFile(file: string, nodes: readonly Located[]): PolicyFile {
  const reading = startReading(file)
  const documents = nodes.map((node) => ({ node, ...headOf(node) }))
  const isOurs = documents.some(({ apiVersion }) => isOfGroup(apiVersion))
  const isSecret = ({ apiVersion, kind }: Head): boolean => isOurs && apiVersion === 'v1' && kind === 'Secret'
  const secrets = readSecrets(
    reading,
    documents.filter(isSecret).map(({ node }) => node),
  )
  const policies: ClusterImagePolicy[] = []
  const trustRoots: TrustRoot[] = []
  const others: OtherDocument[] = []
  for (const document of documents) {
    const { apiVersion, kind, node } = document
    if (isSecret(document)) continue
    if (!isOfGroup(apiVersion)) {
      others.push({ apiVersion, kind, line: node.line })
      continue
    }
    const version = apiVersion.slice(group.length + 1)
    if (kind === 'ClusterImagePolicy' && (version === 'v1alpha1' || version === 'v1beta1')) {
      const policy = readClusterImagePolicy(reading, node, version, secrets)
      if (policy) policies.push(policy)
    } else if (kind === 'TrustRoot' && version === 'v1alpha1') {
      const root = readTrustRoot(reading, node)
      if (root) trustRoots.push(root)
    } else refuseType(reading, document)
  }
  const { problems, warnings } = reading
  if (problems.length > 0) return { policies: [], trustRoots: [], others, problems, warnings }
  return { policies, trustRoots, others, problems, warnings }
}

type Head = Pick<OtherDocument, 'apiVersion' | 'kind'>

function headOf(node: Located): Head {
  return { apiVersion: topText(node, 'apiVersion') ?? '', kind: topText(node, 'kind') ?? '' }
}

function isOfGroup(apiVersion: string): boolean {
  return apiVersion === group || apiVersion.startsWith(`${group}/`)
}

function refuseType(reading: Reading, { apiVersion, kind, node }: Head & { node: Located }): void {
  const nearest = nearestName(kind, ['ClusterImagePolicy', 'TrustRoot'])
  reading.problems.push({
    file: reading.file,
    line: node.line,
    field: 'kind',
    message: `expected a ClusterImagePolicy of ${group}/v1alpha1 or v1beta1, or a TrustRoot of ${group}/v1alpha1, got ${kind === '' ? 'no kind' : kind} of ${apiVersion}`,
    ...(nearest !== undefined && nearest !== kind && { nearest }),
    peerReason: `unknown type: ${apiVersion}, Kind=${kind}`,
  })
}

function readSecrets(reading: Reading, nodes: readonly Located[]): Secrets {
  const secrets = new Map<string, { readonly pem: string } | { readonly problem: string }>()
  for (const node of nodes) {
    const secret = readSecret(reading, node)
    if (secret === undefined) continue
    const twice = secrets.has(secret.name)
    secrets.set(
      secret.name,
      twice ? { problem: `two Secrets in this file are called "${secret.name}"` } : secret.content,
    )
  }
  return secrets
}
