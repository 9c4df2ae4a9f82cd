import { describe, expect, it } from 'vitest'
import { readBillOfMaterials } from '../../src/evidence/bill-of-materials.js'
import { readObject, textField } from '../../src/evidence/json.js'
import { readVulnerabilityScan } from '../../src/evidence/vulnerability-scan.js'
import { extentOf } from './attested.js'

// Apart from the other tests of these readers: each mutant would be held against megabytes.

describe('bytes from outside', () => {
  it('of ten megabytes are read', () => {
    const object = readObject(Buffer.from(`{"a":"${'x'.repeat(10_000_000)}"}`))
    expect(textField(object, 'a')).toHaveLength(10_000_000)
  })
})

describe('a bill of materials', () => {
  it('may be a text of sixteen megabytes and no longer', () => {
    const start = '{"spdxVersion":"SPDX-2.3"'
    const text = (length: number): string => `${start}${' '.repeat(length - start.length - 1)}}`
    expect(readBillOfMaterials(text(16 * 1024 * 1024))).toMatchObject({ version: '2.3' })
    expect(readBillOfMaterials(text(16 * 1024 * 1024 + 1))).toBeUndefined()
  })

  it('may have a million components, of which the last one tells', () => {
    const components: object[] = Array.from({ length: 1_000_000 }, () => ({ purl: 'pkg:npm/a' }))
    components[999_999] = { purl: 'pkg:rpm/a' }
    const bill = readBillOfMaterials({ bomFormat: 'CycloneDX', components })
    expect(bill).toMatchObject({ components: 1_000_000, about: 'image', version: '' })
    expect(extentOf(bill).most).toBe(0)
    const packages = Array.from({ length: 1_000_000 }, (_, at) => ({ SPDXID: `SPDXRef-${at}` }))
    const relationships = packages.map(({ SPDXID }) => ({
      spdxElementId: 'SPDXRef-DOCUMENT',
      relatedSpdxElement: SPDXID,
      relationshipType: 'DESCRIBES',
    }))
    // A document describes one thing; of more than a thousand the rest are components.
    const read = readBillOfMaterials({ spdxVersion: 'SPDX-2.3', packages, relationships })
    expect(read?.components).toBe(999_000)
  })
})

describe('a scan', () => {
  const none = { critical: 0, high: 0, medium: 0, low: 0, negligible: 0, unknown: 0 }
  const findings = (result: unknown): object | undefined =>
    readVulnerabilityScan({ scanner: { result } })?.findings

  it('may have a million findings, all of which count', () => {
    const Vulnerabilities = Array.from({ length: 1_000_000 }, () => ({ Severity: 'LOW' }))
    expect(findings({ Results: [{ Vulnerabilities }] })).toEqual({ ...none, low: 1_000_000 })
  })

  it('may name one rule with many tags very often: it is read once', () => {
    const rules = [
      { id: 'a', properties: { tags: Array.from({ length: 100_000 }, () => 'x').concat('HIGH') } },
    ]
    const results = Array.from({ length: 100_000 }, () => ({ ruleIndex: 0 }))
    expect(findings({ runs: [{ tool: { driver: { rules } }, results }] })).toEqual({ ...none, high: 100_000 })
  })
})
