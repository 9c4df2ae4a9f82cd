import { severities, type Severity, type VulnerabilityScan } from '../verdict/statement-summary.js'
import { claim, known, objects } from './claim.js'
import { isObject, type JsonObject, listField, objectField, field, textField } from './json.js'
import { severityOf, severityOfWord, worstOf } from './severity.js'

/** The result of a scan in a form that is understood. */
export interface ScanResult {
  readonly resultFormat: NonNullable<VulnerabilityScan['resultFormat']>
  readonly findings: Readonly<Record<Severity, number>>
  /** As the result names it. */
  readonly scanner?: string
}

/**
 * Counts the findings of a result; every entry of a list is one, whatever it holds: an odd one is not left out. Where
 * something else stands in place of a list, nothing is counted: it could hide findings.
 */
export function readScanResult(result: unknown): ScanResult | undefined {
  if (Array.isArray(result)) return { resultFormat: 'in-toto', findings: count(result, inTotoSeverity) }
  if (!isObject(result)) return undefined
  return sarif(result) ?? grype(result) ?? trivy(result)
}

/** in-toto vulns: 0.2 has id and severity in the entry, 0.1 in its `vulnerability`; a list of ratings by method. */
function inTotoSeverity(entry: unknown): Severity {
  if (!isObject(entry)) return 'unknown'
  const vulnerability = objectField(entry, 'vulnerability') ?? entry
  return worstOf(objects(vulnerability, 'severity').map((rating) => severityOf(field(rating, 'score'))))
}

/** `trivy image --format json`: vulnerabilities by target; without findings a target or all of them may be absent. */
function trivy(result: JsonObject): ScanResult | undefined {
  const isReport = field(result, 'SchemaVersion') !== undefined && field(result, 'ArtifactName') !== undefined
  const targets = isReport ? listOrNone(result, 'Results') : listField(result, 'Results')
  if (targets === undefined) return undefined
  const all = none()
  for (const target of targets) {
    if (!isObject(target)) return undefined
    const entries = listOrNone(target, 'Vulnerabilities')
    if (entries === undefined) return undefined
    tally(all, entries, (one) => (isObject(one) ? severityOf(field(one, 'Severity')) : 'unknown'))
  }
  return { resultFormat: 'trivy', findings: all, scanner: 'trivy' }
}

/** `grype -o json`: a match is a vulnerability in a package. */
function grype(result: JsonObject): ScanResult | undefined {
  const matches = listField(result, 'matches')
  if (matches === undefined) return undefined
  const findings = count(matches, (match) =>
    isObject(match) ? severityOf(field(objectField(match, 'vulnerability'), 'severity')) : 'unknown',
  )
  return { resultFormat: 'grype', findings, scanner: 'grype' }
}

/**
 * SARIF 2.1.0. Scanners give the severity with the rule: `security-severity` (a score, as GitHub reads it), or a word
 * among its tags (trivy). The level of a result is none: an error may be high or critical.
 */
function sarif(result: JsonObject): ScanResult | undefined {
  const runs = listField(result, 'runs')
  if (runs === undefined) return undefined
  const all = none()
  let scanner: string | undefined
  for (const run of runs) {
    if (!isObject(run)) return undefined
    const results = listOrNone(run, 'results')
    if (results === undefined) return undefined
    const driver = objectField(objectField(run, 'tool'), 'driver')
    scanner ??= claim(driver, 'name')
    const severity = ruleSeverities(driver)
    tally(all, results, (one) => (isObject(one) ? severity(one) : 'unknown'))
  }
  return known({ resultFormat: 'sarif' as const, findings: all, scanner })
}

/** What the rule of a result says: the one that it names, or else the one at its index. Each rule is read once. */
function ruleSeverities(driver: JsonObject | undefined): (result: JsonObject) => Severity {
  const byIndex = new Map<unknown, Severity>()
  const byId = new Map<unknown, Severity>()
  for (const [at, rule] of (listField(driver, 'rules') ?? []).entries()) {
    if (!isObject(rule)) continue
    const severity = ruleSeverity(rule)
    byIndex.set(at, severity)
    const id = textField(rule, 'id')
    if (id !== undefined) byId.set(id, severity)
  }
  return (result) => {
    const id = textField(result, 'ruleId') ?? textField(objectField(result, 'rule'), 'id')
    return byId.get(id) ?? byIndex.get(field(result, 'ruleIndex')) ?? 'unknown'
  }
}

/** A tag that is a number is no score. */
function ruleSeverity(rule: JsonObject): Severity {
  const properties = objectField(rule, 'properties')
  const score = severityOf(field(properties, 'security-severity'))
  return score === 'unknown' ? worstOf((listField(properties, 'tags') ?? []).map(severityOfWord)) : score
}

/** A list that may be absent where it would be empty; undefined where something else is in its place. */
function listOrNone(object: JsonObject, name: string): readonly unknown[] | undefined {
  const value = field(object, name)
  return value === undefined || value === null ? [] : listField(object, name)
}

function none(): Record<Severity, number> {
  return Object.fromEntries(severities.map((name) => [name, 0])) as Record<Severity, number>
}

function count(
  entries: readonly unknown[],
  severity: (entry: unknown) => Severity,
): Record<Severity, number> {
  const all = none()
  tally(all, entries, severity)
  return all
}

function tally(
  all: Record<Severity, number>,
  entries: readonly unknown[],
  severity: (entry: unknown) => Severity,
): void {
  for (const entry of entries) all[severity(entry)]++
}
