import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { htmlReport } from '../../src/report/html/page.js'
import { toSummary } from '../../src/report/summary.js'
import { all as allOf, any } from '../../src/verdict/algebra.js'
import { endingOf, type Leniency } from '../../src/verdict/ending.js'
import type { Finding } from '../../src/verdict/finding.js'
import { failure, type ImageResult, type Result } from '../../src/verdict/result.js'
import { withProblem } from '../../src/run/reports.js'
import { aside, no, open, yes } from '../harness/findings.js'
import { all, readPage, rowsOf, sectionOf, textOf } from '../harness/html.js'
import { registryImage, runOver, simpleSigning } from './results.js'

const findings: readonly Finding[] = [
  ...[yes, no, open, aside],
  allOf('image', [yes, no]),
  allOf('image', [yes, open]),
  any('image', [yes, no, open]),
]

/** Runs of a few images of every kind, some with a failure of their own, under every leniency. */
const runs = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom(...findings), fc.boolean(), fc.boolean()), {
      minLength: 1,
      maxLength: 8,
    }),
    fc.constantFrom<Leniency['mode']>('enforce', 'audit'),
    fc.constantFrom<Leniency['onInfrastructureError']>('fail', 'warn'),
    fc.boolean(),
  )
  .map(([list, mode, onInfrastructureError, isUnwritten]) => {
    const images = list.map(([finding, isAllowed, isSigned], at): ImageResult =>
      registryImage(finding, {
        reference: `registry.example/app-${at}:v1`,
        digest: `sha256:${String(at).repeat(64)}`,
        pinned: `registry.example/app-${at}:v1@sha256:${String(at).repeat(64)}`,
        // Somebody may have signed what is rejected for another reason.
        signatures: isSigned ? [simpleSigning] : [],
        ...(isAllowed && finding === aside && { allowed: true as const }),
      }),
    )
    const decided = runOver(images)
    const result: Result = isUnwritten
      ? withProblem(decided, { code: 'output-unwritable', message: 'cannot write' })
      : decided
    const ending = endingOf(result, { mode, onInfrastructureError })
    return { result, ending: isUnwritten ? { ...ending, handOn: false } : ending }
  })

/** Whether nobody may be told to deploy it. */
const isBarred = ({ verdict, allowed }: ImageResult): boolean => verdict !== 'verified' || allowed === true

describe('what is shown as verified', () => {
  it('on the page is never an image that is not', () => {
    fc.assert(
      fc.property(runs, ({ result, ending }) => {
        const tool = { name: 'verify-image', version: '1', sha256: null }
        const text = [...htmlReport(result, ending, { inputs: {}, tool })].join('')
        const page = readPage(text)
        const title = textOf(all(page, 'h1')[0]!)
        expect(title === 'Verified').toBe(result.verdict === 'verified')
        for (const image of result.images.filter((one) => isBarred(one) || !ending.handOn))
          expect(text).not.toContain(`${image.reference}@sha256`)
        const badges = sectionOf(page, 'Images')
        const rows = badges === undefined ? [] : rowsOf(badges)
        expect(rows.filter(([, verdict]) => verdict?.startsWith('✓') === true).map(([name]) => name)).toEqual(
          result.images.length < 2
            ? []
            : result.images.filter((one) => !isBarred(one)).map(({ reference }) => reference),
        )
        const vouched = sectionOf(page, 'Who vouched for it')
        if (result.images.length > 1 && vouched)
          for (const [, image = ''] of rowsOf(vouched))
            for (const barred of result.images.filter(isBarred))
              if (image.startsWith(barred.reference)) expect(image).not.toContain('✓')
      }),
      { numRuns: 300 },
    )
  })

  it('in the summary is never an image that is not', () => {
    fc.assert(
      fc.property(runs, ({ result, ending }) => {
        const text = toSummary(result, ending)
        expect(text.startsWith('## ✅ Verified')).toBe(result.verdict === 'verified')
        for (const image of result.images.filter((one) => isBarred(one) || !ending.handOn))
          expect(text).not.toContain(`${image.reference}@sha256`)
        for (const line of text
          .split('\n')
          .filter((one) => one.startsWith('|') && one.includes('✅&nbsp;verified')))
          for (const { reference } of result.images.filter(isBarred)) expect(line).not.toContain(reference)
      }),
      { numRuns: 300 },
    )
  })

  it('is nothing of a run that is undetermined for a reason of its own', () => {
    const result = runOver([registryImage(yes)], {
      verdict: 'undetermined',
      failure: failure('output-unwritable', 'cannot write'),
    })
    const ending = { ...endingOf(result, { mode: 'enforce', onInfrastructureError: 'fail' }), handOn: false }
    const tool = { name: 'verify-image', version: '1', sha256: null }
    const page = readPage([...htmlReport(result, ending, { inputs: {}, tool })].join(''))
    expect(textOf(all(page, 'h1')[0]!)).toBe('Undetermined: configuration')
    expect(sectionOf(page, 'Deploy by digest')).toBeUndefined()
    expect(toSummary(result, ending)).not.toContain('Deploy by digest')
  })
})
