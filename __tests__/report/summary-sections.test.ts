import { describe, expect, it } from 'vitest'
import { summaryLimit, toSummary } from '../../src/report/summary.js'
import { all } from '../../src/verdict/algebra.js'
import { endingOf } from '../../src/verdict/ending.js'
import { met, unmet } from '../../src/verdict/finding.js'
import type { ImageResult, Result } from '../../src/verdict/result.js'
import { open, yes } from '../harness/findings.js'
import { someDigest } from '../harness/results.js'
import {
  bundle,
  hostileTexts,
  keyId,
  record,
  registryImage,
  registryName,
  runOver,
  simpleSigning,
} from './results.js'

const summarise = (result: Result): string =>
  toSummary(result, endingOf(result, { mode: 'enforce', onInfrastructureError: 'fail' }))
const section = (page: string, title: string): string =>
  page.split(/^### /m).find((part) => part.startsWith(title)) ?? ''
const headings = (page: string): readonly string[] => page.match(/^#{2,3} .+$/gm) ?? []

const found = met('image-found', 'there')
const good = registryImage(all('image', [found, met('signed', 'signed by alice')]), {
  signatures: [simpleSigning],
})
const unsigned = unmet('signed', 'unsigned', 'expected a signature by alice, got none')
const named = (image: ImageResult, at: number): ImageResult => ({
  ...image,
  reference: `registry.example/app-${at}:v1`,
  pinned: `registry.example/app-${at}:v1@${someDigest}`,
})
const bad = registryImage(all('image', [found, unsigned]))

describe('the order of the summary', () => {
  it('of a verified image: verdict, what to deploy, who vouched, how we know', () => {
    expect(headings(summarise(runOver([good])))).toEqual([
      '## ✅ Verified',
      '### Deploy by digest',
      '### Who vouched for it',
      '### Images',
      '### How we know',
    ])
  })

  it('of several: what failed before what may be deployed', () => {
    expect(headings(summarise(runOver([named(good, 1), named(bad, 2)])))).toEqual([
      '## ❌ Rejected: supply chain',
      '### At a glance',
      '### What failed',
      '### Deploy by digest (the verified ones only)',
      '### Who vouched for it',
      '### Images',
      '### How we know',
    ])
  })
})

describe('who vouched for it', () => {
  it('is signer, kind, proven time and where the evidence lies', () => {
    const times = [{ at: '2026-11-20T10:00:00.000Z', by: 'log-entry' }] as const
    const page = summarise(runOver([{ ...good, signatures: [{ ...bundle, times }, record] }]))
    expect(section(page, 'Who vouched').split('\n').slice(2, 6)).toEqual([
      '| Signer | Evidence | Proven time | Where it lies |',
      '| --- | --- | --- | --- |',
      `| <code>keys/alice.pub</code><br><code>${keyId}</code> | sigstore bundle | 2026-11-20T10:00:00Z (transparency log) | <code>registry.example/team/app@sha256:efefefefefef…</code> |`,
      `| <code>keys/alice.pub</code><br><code>${keyId}</code> | s3lo record | none proven; it claims 2026-11-21T02:36:03Z | <code>s3://bucket/manifests/app/v1/signatures/${keyId}.json</code> |`,
    ])
  })

  it('says of each image what it came to: a signature alone verifies nothing', () => {
    const signed = { ...named(bad, 2), signatures: [simpleSigning] }
    const rows = section(summarise(runOver([named(good, 1), signed])), 'Who vouched')
    expect(rows).toContain('| <code>registry.example/app-1:v1</code><br>✅&nbsp;verified |')
    expect(rows).toContain('| <code>registry.example/app-2:v1</code><br>❌&nbsp;rejected |')
  })

  it('is not there where nobody did', () => {
    expect(summarise(runOver([bad]))).not.toContain('Who vouched')
  })
})

describe('how we know', () => {
  it('of one image is a picture that is open, and every check below it', () => {
    const known = section(summarise(runOver([bad])), 'How we know')
    expect(known).toMatch(/^How we know\n\n```mermaid\n[\s\S]+?\n```\n\n<details><summary>How we know: /)
    expect(known).toContain(
      'n2["❌ Signed #40;unsigned#41;<br>expected a signature by alice, got none"]:::unmet',
    )
  })

  it('of several is one picture for all that have the same, what failed first', () => {
    const images = [...Array.from({ length: 8 }, (_, at) => named(good, at)), named(bad, 8), named(bad, 9)]
    const known = section(summarise(runOver(images)), 'How we know')
    expect(known.match(/```mermaid/g)).toHaveLength(2)
    expect(known.match(/<summary>[^<]+/g)?.slice(0, 3)).toEqual([
      '<summary>How we know: registry.example/app-8:v1 and 1 more in the same way',
      '<summary>How we know: registry.example/app-0:v1 and 7 more in the same way',
      '<summary>How we know: registry.example/app-9:v1',
    ])
    expect(known.match(/<details>/g)).toHaveLength(10)
  })
})

describe('a fleet', () => {
  const kinds = [bad, registryImage(open, { digest: null, pinned: null })]
  const fleet = Array.from({ length: 200 }, (_, at) =>
    named(at % 10 === 0 ? (kinds[(at / 10) % 2] ?? bad) : good, at),
  )
  const page = summarise(runOver(fleet))

  it('is counted by verdict and code, with whose turn it is and what next', () => {
    expect(section(page, 'At a glance').split('\n').slice(4, 7)).toEqual([
      expect.stringMatching(
        /^\| 10 \| ❌&nbsp;rejected \| `unsigned` \| the owner of the image \| Sign the image/,
      ),
      expect.stringMatching(
        /^\| 10 \| ⚠️&nbsp;undetermined \| `timeout` \| the owner of the pipeline, then who runs the storage \| Run again/,
      ),
      '| 180 | ✅&nbsp;verified | – | nobody | – |',
    ])
  })

  it('says first what failed, those that failed in the same way together, and what next once', () => {
    const failed = section(page, 'What failed')
    expect(failed.match(/^- <code>/gm)).toHaveLength(20)
    expect(failed.match(/`(\w+)`/g)).toEqual([
      ...Array<string>(10).fill('`unsigned`'),
      ...Array<string>(10).fill('`timeout`'),
    ])
    expect(failed).not.toContain('**Next:**')
  })

  it('folds its table, bounded and with what is not in it', () => {
    expect(section(page, 'Images')).toContain(
      '<details><summary>100 of 200, what failed first</summary>\n\n| Verdict',
    )
    expect(section(page, 'Images')).toContain('… and 100 more in the result file')
    expect(section(page, 'How we know')).toContain('Of 20 images; the result file has the other 180.')
  })

  it('counts who vouched', () => {
    expect(section(page, 'Who vouched')).toContain('| 180 ✅&nbsp;verified | <code>keys/alice.pub</code>')
  })

  it('is a page of some dozens of kilobytes, and one of ten thousand not much more', () => {
    expect(Buffer.byteLength(page)).toBeLessThan(80_000)
    const more = summarise(runOver(Array.from({ length: 50 }, () => fleet).flat()))
    expect(Buffer.byteLength(more)).toBeLessThan(summaryLimit / 4)
    expect(more).not.toContain('This summary was cut')
  })
})

describe('hostile names in pictures and tables of who vouched', () => {
  it.each(hostileTexts)('%j ends no block and no row', (text) => {
    const write = (one: string): string => {
      const finding = all('image', [met(one, one), unmet('signed', 'unsigned', one)])
      const signature = { ...simpleSigning, where: one, keyRef: one, keyId: one }
      const images = [finding, yes].map((each) =>
        registryImage(each, { reference: one, signatures: [signature] }),
      )
      return summarise(runOver(images))
    }
    const [page, calm] = [write(text), write('calm')]
    expect(page.match(/^```.*$/gm)).toEqual(calm.match(/^```.*$/gm))
    expect(page.match(/^%%.*$/gm)).toEqual(calm.match(/^%%.*$/gm))
    expect(headings(page)).toEqual(headings(calm))
    const cells = (one: string): readonly number[] =>
      section(one, 'Who vouched')
        .split('\n')
        .map((row) => row.split('|').length)
    expect(cells(page)).toEqual(cells(calm))
  })
})

it('names an image in the sentence as text', () => {
  expect(summarise(runOver([{ ...good, reference: '**a**<b>' }]))).toContain(
    '&#42;&#42;a&#42;&#42;&#60;b&#62;: everything',
  )
  expect(summarise(runOver([good]))).toContain(
    `\n\n${registryName}: everything that was asked of it is proven.\n\n`,
  )
})
