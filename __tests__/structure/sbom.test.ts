import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const text = readFileSync(path.join(root, 'sbom.cdx.json'), 'utf8')
const bill = JSON.parse(text) as {
  readonly specVersion: string
  readonly metadata: { readonly component: { readonly version: string } }
  readonly components: readonly {
    readonly purl: string
    readonly version: string
    readonly hashes?: readonly { readonly content: string }[]
    readonly licenses?: readonly object[]
  }[]
}
const purls = bill.components.map(({ purl }) => purl)
const notices = readFileSync(path.join(root, 'THIRD-PARTY-NOTICES.txt'), 'utf8')

/** As the notices name what is in the bundle: `name@version` on lines of its own. */
const noticed = [...notices.matchAll(/^((?:@[\w.-]+\/)?[\w./-]+)@(v?\d[\w.+-]*)$/gm)].map(
  ([, name = '', version = '']) =>
    /^v\d/.test(version) ? `pkg:golang/${name}@${version}` : `pkg:npm/${name.replace('@', '%40')}@${version}`,
)

describe('the bill of materials', () => {
  it('lists what the notices list, each once, and Go', () => {
    expect(noticed.length).toBeGreaterThan(100)
    expect(new Set(purls).size).toBe(purls.length)
    const others = purls.filter((purl) => !purl.startsWith('pkg:golang/std@'))
    expect(new Set(others)).toEqual(new Set(noticed))
    expect(purls.length - others.length).toBe(1)
  })

  it('names every package by its licence and, as it was locked, its hash', () => {
    for (const { purl, licenses, hashes } of bill.components.filter((one) =>
      one.purl.startsWith('pkg:npm/'),
    )) {
      expect(licenses, purl).toHaveLength(1)
      expect(hashes?.[0]?.content, purl).toMatch(/^[0-9a-f]{128}$/)
    }
  })

  it('is of this version, and says nothing that another build would not say', () => {
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      version: string
    }
    expect(bill.metadata.component.version).toBe(version)
    expect(text).not.toMatch(/timestamp|serialNumber/)
  })
})
