import { describe, expect, it } from 'vitest'
import { groupOutcomes, imagesWorstFirst, outcomesText } from '../../src/report/outcomes.js'
import { groupVouchers, timesText, vouchersOf } from '../../src/report/vouching.js'
import { alsoTurn, headline, party } from '../../src/report/words.js'
import { unknown } from '../../src/verdict/finding.js'
import { failure, type ImageResult } from '../../src/verdict/result.js'
import { aside, no, open, yes } from '../harness/findings.js'
import { attestation, record, registryImage, registryName, runOver, simpleSigning } from './results.js'

const good = registryImage(yes, { signatures: [simpleSigning, simpleSigning] })
const bad = registryImage(no)
const lost = registryImage(open)
const wrong = registryImage(unknown('key-loaded', { code: 'key-invalid', message: 'no key' }))
const left = registryImage(aside, { allowed: true })
const images: readonly ImageResult[] = [good, lost, left, bad, wrong, good, lost]

describe('images by what they came to', () => {
  it('are counted, the worst first', () => {
    expect(outcomesText(images)).toBe('7 images: 1 rejected, 3 undetermined, 1 not checked, 2 verified')
    expect(imagesWorstFirst(images)).toEqual([bad, lost, wrong, lost, left, good, good])
    expect(imagesWorstFirst(images)).toHaveLength(images.length)
  })

  it('are grouped by code, and of one verdict the most come first', () => {
    expect(
      groupOutcomes(images).map((group) => [group.outcome, group.failure?.code, group.images.length]),
    ).toEqual([
      ['rejected', 'unsigned', 1],
      ['undetermined', 'timeout', 2],
      ['undetermined', 'key-invalid', 1],
      ['not-checked', undefined, 1],
      ['verified', undefined, 2],
    ])
  })
})

describe('whose turn it is', () => {
  it.each([
    [null, 'nobody'],
    [failure('unsigned', ''), 'the owner of the image'],
    [failure('key-invalid', '', 'key'), 'the owner of the pipeline'],
    [failure('timeout', '', 'registry'), 'the owner of the pipeline, then who runs the registry'],
    [failure('internal-error', '', 'engine'), 'the owner of the pipeline'],
    [failure('timeout', ''), 'the owner of the pipeline'],
  ] as const)('of %o is that of %s', (one, words) => {
    expect(party(one)).toBe(words)
  })

  it('is said of others too, where images failed in other ways', () => {
    expect(alsoTurn(runOver(images))).toBe(
      ' Also: the owner of the pipeline, then who runs the storage (2 images); the owner of the pipeline (1 image).',
    )
    expect(alsoTurn(runOver([bad, bad, left, good]))).toBe('')
  })
})

describe('the verdict in a sentence', () => {
  it.each([
    [runOver([good]), `${registryName}: everything that was asked of it is proven.`],
    [runOver([bad]), `${registryName}: No signature by the demanded signer is there.`],
    [runOver([lost]), `${registryName}: The service did not answer in time.`],
    [runOver([left]), `${registryName}: nothing is demanded of it, so nothing was checked.`],
    [
      runOver([registryImage(yes, { digest: null, pinned: null })]),
      `${registryName}: a static policy admits it, and nothing was looked at.`,
    ],
    [runOver([good, bad]), '2 images: 1 rejected, 1 verified.'],
    [runOver([], { verdict: 'undetermined', failure: failure('input-invalid', 'key: none') }), 'key: none'],
    [
      runOver([good, good], {
        verdict: 'undetermined',
        failure: failure('output-unwritable', 'cannot write'),
      }),
      '2 images: 2 verified; and cannot write.',
    ],
    [
      runOver([good], { verdict: 'undetermined', failure: failure('output-unwritable', 'cannot write') }),
      `${registryName}: cannot write`,
    ],
  ])('%#: %s', (result, words) => {
    expect(headline(result)).toBe(words)
  })
})

describe('who vouched', () => {
  it('is said once of each signature that was verified', () => {
    expect(vouchersOf(good)).toHaveLength(1)
    expect(vouchersOf({ ...good, signatures: [{ ...simpleSigning, verified: false }] })).toEqual([])
    expect(vouchersOf({ ...good, signatures: [attestation] })[0]?.kind).toBe(
      'attestation slsaprovenance1 (DSSE envelope)',
    )
  })

  it('is an identity with who vouches for it, where there is one', () => {
    const identity = { subject: 'https://github.com/o/r', issuer: 'https://issuer.example', claims: {} }
    expect(vouchersOf({ ...good, signatures: [{ ...simpleSigning, identity }] })[0]).toMatchObject({
      signer: 'https://github.com/o/r',
      signerDetail: 'by https://issuer.example',
    })
  })

  it('tells proven times from claims', () => {
    const times = [{ at: '2026-11-20T10:00:00.000Z', by: 'timestamp' }] as const
    expect(vouchersOf({ ...good, signatures: [{ ...record, times }] }).map(timesText)).toEqual([
      ['2026-11-20T10:00:00Z (timestamp)'],
    ])
    expect(vouchersOf({ ...good, signatures: [record] }).map(timesText)).toEqual([
      ['none proven; it claims 2026-11-21T02:36:03Z'],
    ])
    expect(timesText({ times: [] })).toEqual(['none proven'])
  })

  it('is counted over many images, apart by what they came to', () => {
    const signed = (at: string): ImageResult => ({
      ...good,
      signatures: [{ ...simpleSigning, times: [{ at, by: 'log-entry' }] }],
    })
    const list = [
      signed('2026-11-03'),
      signed('2026-11-01'),
      signed('2026-11-02'),
      { ...bad, signatures: [simpleSigning] },
    ]
    expect(groupVouchers(list)).toMatchObject([
      {
        outcome: 'verified',
        images: 3,
        times: ['2026-11-01 (transparency log)', '2026-11-03 (transparency log)'],
      },
      { outcome: 'rejected', images: 1, times: [] },
    ])
  })
})
