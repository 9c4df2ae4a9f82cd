import { type Located, topText } from '../located.js'

/** What a document is to Kyverno's verifyImages. */
export type Detected = 'policy' | 'exception' | 'other-kyverno' | 'unknown-kind' | 'list' | 'none'

const group = 'kyverno.io/'

export const policyKinds = ['ClusterPolicy', 'Policy', 'PolicyException'] as const
const otherKinds = new Set([
  'CleanupPolicy',
  'ClusterCleanupPolicy',
  'GlobalContextEntry',
  'UpdateRequest',
  'GenerateRequest',
  'AdmissionReport',
  'ClusterAdmissionReport',
  'BackgroundScanReport',
  'ClusterBackgroundScanReport',
])

/** Tells Kyverno's documents by apiVersion and kind; their version is checked when they are read. */
export function detect(document: Located): Detected {
  const apiVersion = topText(document, 'apiVersion')
  const kind = topText(document, 'kind')
  if (kind === 'List' && apiVersion === 'v1') return 'list'
  if (!apiVersion?.startsWith(group)) return 'none'
  if (kind === 'ClusterPolicy' || kind === 'Policy') return 'policy'
  if (kind === 'PolicyException') return 'exception'
  if (kind === 'ClusterPolicyList' || kind === 'PolicyList' || kind === 'PolicyExceptionList') return 'list'
  return kind !== undefined && otherKinds.has(kind) ? 'other-kyverno' : 'unknown-kind'
}

/** The items of a list of documents. */
export function itemsOf(document: Located): readonly Located[] {
  const items = document.kind === 'map' ? document.entries.get('items')?.value : undefined
  return items?.kind === 'list' ? items.items : []
}
