import { describe, expect, it } from 'vitest'
import { sentence } from '../../src/report/statements.js'
import { toSummary } from '../../src/report/summary.js'
import { toText } from '../../src/report/text.js'
import { endingOf } from '../../src/verdict/ending.js'
import type { Result, Signature } from '../../src/verdict/result.js'
import type { Provenance, StatementSummary, VulnerabilityScan } from '../../src/verdict/statement-summary.js'
import { no, yes } from '../harness/findings.js'
import { imageWith } from '../harness/results.js'
import {
  attestation,
  hostileTexts,
  record,
  registryImage,
  runOver,
  simpleSigning,
  statements,
} from './results.js'

const summarise = (result: Result): string =>
  toSummary(result, endingOf(result, { mode: 'enforce', onInfrastructureError: 'fail' }))
const attested = (statement: StatementSummary, changes: Partial<Signature> = {}): Signature => ({
  ...attestation,
  statement,
  ...changes,
})
const all = statements.map((statement) => attested(statement))

/** The rows under "What was attested", without head and rule. */
function rowsOf(page: string): readonly string[] {
  const section = page.split('### ').find((part) => part.startsWith('What was attested')) ?? ''
  return section
    .split('\n')
    .filter((row) => row.startsWith('| '))
    .slice(2)
}

describe('a sentence about an attestation', () => {
  const provenance: Provenance = {
    kind: 'provenance',
    version: '0.2',
    builder: 'https://b.example',
    source: {
      uri: 'git+https://github.com/o/r@refs/tags/v1',
      repository: 'github.com/o/r',
      ref: 'refs/tags/v1',
    },
  }
  const scan: VulnerabilityScan = { kind: 'vulnerability-scan' }
  const zero = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0, unknown: 0 }

  it.each<[StatementSummary, string]>([
    [
      provenance,
      'SLSA provenance 0.2: built from github.com/o/r at refs/tags/v1 by builder https://b.example',
    ],
    [
      { ...provenance, inconsistent: 'a names the ref x, b y' },
      'SLSA provenance 0.2 that contradicts itself (a names the ref x, b y): built from github.com/o/r at refs/tags/v1 by builder https://b.example',
    ],
    [
      {
        kind: 'provenance',
        version: '1',
        workingCopy: { uri: 'x', repository: 'h.example/r', digest: 'ab'.repeat(20) },
      },
      "SLSA provenance 1: built from a folder, by its client's word a copy of h.example/r (abababababab) by a builder that it does not name",
    ],
    [
      { kind: 'provenance', version: '1', builder: 'b', source: { uri: 'odd@main', ref: 'main' } },
      'SLSA provenance 1: built from odd@main by builder b',
    ],
    [
      { kind: 'provenance', version: '1', builder: 'b' },
      'SLSA provenance 1: built from a source that it does not name by builder b',
    ],
    [statements[1]!, 'CycloneDX 1.5 SBOM of the image, 143 components, by syft 1.2'],
    [
      { kind: 'bill-of-materials', format: 'SPDX', version: '2.3', components: 1, about: 'source' },
      'SPDX 2.3 SBOM of the source, 1 component',
    ],
    [
      { kind: 'bill-of-materials', format: 'SPDX', version: '2.3', components: 0, about: 'unknown' },
      'SPDX 2.3 SBOM of image or source, which is unclear, 0 components',
    ],
    [
      statements[2]!,
      'Scan by trivy 0.50.0: 2 critical, 5 high, 1 of unknown severity, finished at 2026-11-01T10:05:00Z',
    ],
    [{ ...scan, scanner: 'grype', findings: zero }, 'Scan by grype: nothing found'],
    [scan, 'Scan by a scanner that it does not name: its result is in a form that is not counted'],
    [statements[3]!, 'OpenVEX by Alice: 1 under investigation, 2 not affected'],
    [statements[4]!, 'not read: there is no reader for this type'],
  ])('%o', (statement, said) => {
    expect(sentence(statement)).toBe(said)
  })
})

describe('the summary', () => {
  it('has a row for each verified attestation: type, by whom, what they say', () => {
    const page = summarise(runOver([registryImage(yes, { signatures: [simpleSigning, ...all] })]))
    const rows = rowsOf(page)
    expect(rows).toHaveLength(statements.length)
    expect(rows[1]).toBe(
      '| <code>slsaprovenance1</code> | <code>keys/alice.pub</code> (<code>3b78a1c2d4e5f607</code>) | CycloneDX 1.5 SBOM of the image, 143 components, by syft 1.2 |',
    )
    expect(page).toContain('What they say is their claim: it was read, and not checked.')
    expect(page.indexOf('### Images')).toBeLessThan(page.indexOf('### What was attested'))
    expect(page.indexOf('### What was attested')).toBeLessThan(page.indexOf('<details>'))
  })

  it('names the image in each row where there are several', () => {
    const one = registryImage(yes, { signatures: [all[1]!] })
    const rows = rowsOf(summarise(runOver([one, { ...one, reference: 'registry.example/other:v2' }])))
    expect(rows.map((row) => row.slice(0, 60))).toEqual([
      expect.stringMatching(/^\| <code>registry\.example\/team\/app:v1<\/code> \| <code>slsa/),
      expect.stringMatching(/^\| <code>registry\.example\/other:v2<\/code> \| <code>slsa/),
    ])
  })

  it('names an identity that attested', () => {
    const identity = { subject: 'https://github.com/o/r/x.yml', issuer: 'https://issuer.example', claims: {} }
    const page = summarise(
      runOver([registryImage(yes, { signatures: [attested(statements[1]!, { identity })] })]),
    )
    expect(rowsOf(page)[0]).toContain('github.com/o/r/x.yml</code> (<code>https&#58;//issuer.example</code>)')
  })

  it('says it of a rejected image too, as somebody did attest it, and nothing of what is not verified', () => {
    const unverified = attested(statements[2]!, { verified: false })
    const page = summarise(runOver([registryImage(no, { signatures: [all[1]!, unverified] })]))
    expect(rowsOf(page)).toHaveLength(1)
    const without = [unverified, attestation, simpleSigning, { ...record, statement: statements[1]! }]
    expect(summarise(runOver([registryImage(no, { signatures: without })]))).not.toContain('attested')
  })

  it('is bounded: fifty rows, and how many more there are', () => {
    const long: StatementSummary = { kind: 'unread', reason: '\u2028'.repeat(5000) }
    const images = Array.from({ length: 1000 }, () => registryImage(yes, { signatures: [attested(long)] }))
    const page = summarise(runOver(images))
    expect(rowsOf(page)).toHaveLength(50)
    expect(page).toContain('… and 950 more in the result file')
    expect(page).toContain('### What was attested')
  })
})

describe('the text', () => {
  it('says in a line below each attestation what it says', () => {
    const { stdout, stderr } = toText(
      runOver([registryImage(yes, { signatures: [simpleSigning, all[1]!, all[2]!] })]),
    )
    expect(stdout.map((one) => one.slice(0, 11).trimEnd())).toEqual([
      '✓ Verified',
      '  Digest:',
      '  Found:',
      '  Key:',
      '  Found:',
      '  Key:',
      '  Says:',
      '  Found:',
      '  Key:',
      '  Says:',
    ])
    expect(stdout[6]).toBe('  Says:    CycloneDX 1.5 SBOM of the image, 143 components, by syft 1.2')
    expect(stderr).toEqual([])
  })

  it('of an s3lo image is what it was', () => {
    expect(toText(runOver([{ ...imageWith(yes), signatures: [record] }])).stdout).toHaveLength(4)
  })
})

describe('hostile statements', () => {
  /** The same texts in every member. */
  const everywhere = (text: string): readonly Signature[] =>
    statements.map((statement) => {
      const changed = Object.entries(statement).map(([name, value]: [string, unknown]) => {
        if (name === 'kind' || name === 'about') return [name, value]
        if (typeof value === 'string') return [name, text]
        return name === 'source'
          ? [name, { uri: text, repository: text, ref: text, digest: text }]
          : [name, value]
      })
      return attested(Object.fromEntries(changed) as StatementSummary)
    })
  const own = /<\/?(code|pre|details|summary|ul|li|b|p)>|<br>|<!-- -->/g

  it.each(hostileTexts)('%j are no markup, no row, no line and no command', (text) => {
    const result = runOver([registryImage(yes, { signatures: everywhere(text) })])
    const page = summarise(result)
    const calm = summarise(runOver([registryImage(yes, { signatures: everywhere('calm') })]))
    expect(page.replace(own, '')).not.toMatch(/[<>](?! )|https?:|ftp:|www\.|\]\(/i)
    expect(page.split('\n')).toHaveLength(calm.split('\n').length)
    expect(page).not.toMatch(/##\[|^\s*::/m)
    expect(rowsOf(page).map((row) => row.split('|').length)).toEqual(statements.map(() => 5))
    for (const one of toText(result).stdout)
      expect(one).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]|##\[|^\s*::/u)
  })
})
