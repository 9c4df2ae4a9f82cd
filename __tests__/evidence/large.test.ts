import { describe, expect, it } from 'vitest'
import { readBillOfMaterials } from '../../src/evidence/bill-of-materials.js'
import { parseEnvelope } from '../../src/evidence/dsse.js'
import { readObject, textField } from '../../src/evidence/json.js'
import { readProvenance } from '../../src/evidence/provenance.js'
import { parseBundle } from '../../src/evidence/sigstore-bundle.js'
import { parseSimpleSigning } from '../../src/evidence/simple-signing.js'
import { parseStatement } from '../../src/evidence/statement.js'
import { readVulnerabilityScan } from '../../src/evidence/vulnerability-scan.js'
import { extentOf } from './attested.js'

// Apart from the other tests of these readers: each mutant would be held against megabytes.

const bytesOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))

describe('bytes from outside', () => {
  it('of ten megabytes are read', () => {
    const object = readObject(Buffer.from(`{"a":"${'x'.repeat(10_000_000)}"}`))
    expect(textField(object, 'a')).toHaveLength(10_000_000)
  })

  it('of ten megabytes are read as an envelope, and as one in a bundle', () => {
    const payload = Buffer.alloc(7_500_000, 1).toString('base64')
    const dsseEnvelope = { payload, payloadType: 'any', signatures: [{ sig: 'AAEC' }] }
    const envelope = parseEnvelope(bytesOf(dsseEnvelope))
    expect(typeof envelope === 'string' ? envelope : envelope.payload.length).toBe(7_500_000)
    const bundle = parseBundle(
      bytesOf({
        mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
        verificationMaterial: { publicKey: { hint: 'key-1' }, tlogEntries: [] },
        dsseEnvelope,
      }),
    )
    expect(typeof bundle === 'string' ? bundle : bundle.envelope?.payload.length).toBe(7_500_000)
  })

  it('of ten megabytes are read as a payload and as a statement', () => {
    const a = 'x'.repeat(10_000_000)
    const critical = { image: { 'docker-manifest-digest': 'sha256:ab' } }
    expect(parseSimpleSigning(bytesOf({ critical, optional: { a } }))).toMatchObject({ digest: 'sha256:ab' })
    const subject = [{ digest: { sha256: 'ab' } }]
    expect(parseStatement(bytesOf({ subject, predicate: { a } }))).toMatchObject({ subjects: subject })
  })
})

describe('provenance', () => {
  it('may have a million materials and a URI of a million characters', () => {
    const commit = 'd37a7f740ee7404914456f24dcd90e865a0509e8'
    const uri = `git+https://github.com/${'o/'.repeat(500_000)}r`
    const material = { uri, digest: { sha1: commit } }
    const read = readProvenance('https://slsa.dev/provenance/v0.2', {
      builder: { id: 'https://example.com/builder' },
      buildType: 'https://example.com/build',
      invocation: { configSource: material },
      materials: Array.from({ length: 1_000_000 }, () => material),
    })
    expect(read).toMatchObject({ source: { uri: `${uri.slice(0, 299)}…`, digest: commit } })
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
