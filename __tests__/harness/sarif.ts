import { gzipSync } from 'node:zlib'
import { expect } from 'vitest'

export interface Location {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string }
    readonly region: Readonly<Record<'startLine' | 'startColumn' | 'endLine' | 'endColumn', number>>
  }
  readonly logicalLocations?: readonly { readonly name: string; readonly kind: string }[]
}

export interface Notified {
  readonly level: string
  readonly message: { readonly text: string }
  readonly associatedRule?: { readonly id: string; readonly index: number }
}

export interface SarifRun {
  readonly tool: {
    readonly driver: {
      readonly name: string
      readonly version: string
      readonly semanticVersion: string
      readonly rules: readonly {
        readonly id: string
        readonly name: string
        readonly shortDescription: { readonly text: string }
        readonly fullDescription: { readonly text: string }
        readonly help: { readonly text: string; readonly markdown: string }
        readonly helpUri?: string
        readonly defaultConfiguration: { readonly level: string }
        readonly properties: {
          readonly tags: readonly string[]
          readonly precision: string
          readonly 'security-severity'?: string
        }
      }[]
    }
  }
  readonly automationDetails?: unknown
  readonly invocations: readonly [
    {
      readonly executionSuccessful: boolean
      readonly exitCode: number
      readonly startTimeUtc: string
      readonly endTimeUtc: string
      readonly toolExecutionNotifications: readonly Notified[]
      readonly toolConfigurationNotifications: readonly Notified[]
    },
  ]
  readonly results: readonly {
    readonly ruleId: string
    readonly ruleIndex: number
    readonly kind?: string
    readonly level: string
    readonly message: { readonly text: string }
    readonly locations: readonly [Location, ...Location[]]
    readonly relatedLocations?: readonly (Location & { readonly id: number; readonly message: object })[]
    readonly partialFingerprints: { readonly primaryLocationLineHash: string }
    readonly properties: Readonly<Record<string, unknown>>
  }[]
  readonly properties: Readonly<Record<string, unknown>>
}

/** What would move a cursor, hide text or turn its direction. */
const invisible = /[\p{Cc}\p{Cf}\u2028\u2029\ud800-\udfff]/u
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/

/**
 * Reads a SARIF log and holds it against what code scanning asks of one, as GitHub documents it ("SARIF support for code
 * scanning", "SARIF results exceed one or more limits"), and against our own rule that no text is more than text.
 */
export function readSarif(text: string): SarifRun {
  const log = JSON.parse(text) as { $schema: string; version: string; runs: readonly SarifRun[] }
  expect(log.$schema).toBe('https://json.schemastore.org/sarif-2.1.0.json')
  expect(log.version).toBe('2.1.0')
  expect(log.runs).toHaveLength(1)
  expect(gzipSync(text).length).toBeLessThan(10 * 1000 * 1000)
  const [run] = log.runs as [SarifRun]
  const { driver } = run.tool
  expect(driver.name).toBe('verify-image')
  expect(driver.semanticVersion).toMatch(/^\d+\.\d+\.\d+$/)
  // An upload fills them in, and only where there are none.
  expect(run).not.toHaveProperty('automationDetails')
  expect(new Set(driver.rules.map(({ id }) => id)).size).toBe(driver.rules.length)
  for (const rule of driver.rules) {
    expect(rule.name).toMatch(/^[A-Z][A-Za-z]{1,254}$/)
    for (const { text: said } of [rule.shortDescription, rule.fullDescription])
      expect([said.length > 0, said.length <= 1024]).toEqual([true, true])
    expect(rule.help.text).not.toBe('')
    expect(['error', 'warning', 'note']).toContain(rule.defaultConfiguration.level)
    const { tags, precision, 'security-severity': severity } = rule.properties
    expect(tags.length).toBeLessThanOrEqual(10)
    expect(['very-high', 'high', 'medium', 'low']).toContain(precision)
    if (severity !== undefined) {
      expect(severity).toMatch(/^\d\d?\.\d$/)
      expect([Number(severity) > 0, Number(severity) <= 10]).toEqual([true, true])
    }
    // What is no finding about the image is none of security either.
    expect(tags.includes('security')).toBe(severity !== undefined)
  }
  const [invocation] = run.invocations
  expect(run.invocations).toHaveLength(1)
  expect(typeof invocation.executionSuccessful).toBe('boolean')
  for (const at of [invocation.startTimeUtc, invocation.endTimeUtc]) expect(at).toMatch(time)
  for (const one of [
    ...invocation.toolExecutionNotifications,
    ...invocation.toolConfigurationNotifications,
  ]) {
    expect(['error', 'warning', 'note']).toContain(one.level)
    expectText(one.message.text)
    const { associatedRule: rule } = one
    if (rule) expect(driver.rules[rule.index]?.id).toBe(rule.id)
  }
  expect(run.results.length).toBeLessThanOrEqual(5000)
  const alerts = run.results.map((result) => {
    expect(driver.rules[result.ruleIndex]?.id).toBe(result.ruleId)
    // A kind that is not `fail` is passed over, and an alert is made all the same.
    expect(result).not.toHaveProperty('kind')
    expect(['error', 'warning']).toContain(result.level)
    expectText(result.message.text)
    expect(result.locations).toHaveLength(1)
    for (const place of [...result.locations, ...(result.relatedLocations ?? [])]) expectPlace(place)
    const { primaryLocationLineHash: hash } = result.partialFingerprints
    expect(hash).toMatch(/^[0-9a-f]{32}:\d+$/)
    return `${result.ruleId} ${result.locations[0].physicalLocation.artifactLocation.uri} ${hash}`
  })
  // Two results that are the same to code scanning are one alert: one of them would be gone.
  expect(new Set(alerts).size).toBe(alerts.length)
  expectVisible({ ...run, tool: undefined })
  return run
}

function expectText(text: string): void {
  expect(text.length).toBeGreaterThan(1)
  expect(text.length).toBeLessThanOrEqual(2010)
  expect(text).not.toContain('](')
}

function expectPlace({ physicalLocation: { artifactLocation, region } }: Location): void {
  const { uri } = artifactLocation
  // A URI with a scheme is refused, one with dots leads out of the repository.
  expect(uri).toMatch(/^[\w.~!*'()%-]+(?:\/[\w.~!*'()%-]+)*$/)
  const resolved = new URL(uri, 'https://top.example/repository/')
  expect(resolved.href).toBe(
    `https://top.example/repository/${uri.replaceAll("'", '%27')}`.replaceAll('%27', "'"),
  )
  expect(decodeURIComponent(uri)).not.toMatch(/(?:^|\/)\.\.?(?:\/|$)/)
  const { startLine, startColumn, endLine, endColumn } = region
  for (const number of [startLine, startColumn, endLine, endColumn])
    expect([Number.isSafeInteger(number), number >= 1]).toEqual([true, true])
  expect(endLine).toBe(startLine)
}

function expectVisible(value: unknown): void {
  if (typeof value === 'string') expect(invisible.test(value), JSON.stringify(value)).toBe(false)
  else if (typeof value === 'object' && value !== null)
    for (const one of Object.values(value)) expectVisible(one)
}
