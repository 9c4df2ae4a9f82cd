import { stringify } from 'yaml'
import type { Result } from '../verdict/result.js'
import { type Counts, countOutcomes } from './policy-results.js'
import { type OpenReportResult, source, toOpenResults } from './open-results.js'

/** `openreports.io/v1alpha1`, with the members that Kyverno's CLI writes. */
export interface OpenReport {
  readonly apiVersion: 'openreports.io/v1alpha1'
  readonly kind: 'ClusterReport' | 'Report'
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly results: readonly OpenReportResult[]
  readonly source: string
  readonly summary: Counts
}

/**
 * What a run found as reports of OpenReports: of policies of the whole cluster and of what the inputs demand merged into
 * one, as Kyverno's CLI does, and one for each policy that is in a namespace (Kyverno's CLI calls its kind `PolicyReport`,
 * which the schema does not have). What only warns is not scored.
 *
 * @param seconds when the run ended, since 1970
 */
export function toOpenReports(result: Result, seconds: number): readonly OpenReport[] {
  const clustered: OpenReportResult[] = []
  const namespaced = new Map<string, OpenReportResult[]>()
  // A policy about builds is called by its file, which is in no namespace, whatever slashes it has.
  const files = new Set(result.policyFiles?.map(({ file }) => file))
  for (const one of toOpenResults(result, seconds)) {
    if (!one.policy.includes('/') || files.has(one.policy)) clustered.push(one)
    else namespaced.set(one.policy, [...(namespaced.get(one.policy) ?? []), one])
  }
  const reports = [...namespaced].map(([policy, results]): OpenReport => {
    const at = policy.indexOf('/')
    return toReport('Report', { name: policy.slice(at + 1), namespace: policy.slice(0, at) }, results)
  })
  return clustered.length > 0 || reports.length === 0
    ? [toReport('ClusterReport', { name: 'merged' }, clustered), ...reports]
    : reports
}

function toReport(
  kind: OpenReport['kind'],
  metadata: OpenReport['metadata'],
  results: readonly OpenReportResult[],
): OpenReport {
  return {
    apiVersion: 'openreports.io/v1alpha1',
    kind,
    metadata,
    results,
    source,
    summary: countOutcomes(results),
  }
}

/**
 * JSON where the file's name says so, several as a `List`; else YAML, several as documents. Either is for `kubectl`, which
 * reads YAML 1.1: a rule that is called `on` stays a text.
 */
export function openReportText(result: Result, file: string, seconds: number): string {
  const reports = toOpenReports(result, seconds)
  if (!file.toLowerCase().endsWith('.json'))
    return reports
      .map((report) => stringify(report, { version: '1.1', aliasDuplicateObjects: false, lineWidth: 0 }))
      .join('---\n')
  const [only, ...others] = reports
  const document = others.length === 0 ? only : { apiVersion: 'v1', kind: 'List', items: reports }
  return `${JSON.stringify(document, null, 2)}\n`
}
