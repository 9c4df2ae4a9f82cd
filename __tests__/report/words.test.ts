import { describe, expect, it } from 'vitest'
import { message, spared, title, turn } from '../../src/report/words.js'
import { failure } from '../../src/verdict/result.js'
import { no, open, yes } from '../harness/findings.js'
import { someDigest } from '../harness/results.js'
import { registryImage, registryName, runOver } from './results.js'

const outage = failure('timeout', 'no answer', 'storage')
const misspelt = failure('input-invalid', 'mode: expected enforce')
const unsigned = failure('unsigned', 'nobody signed')

describe('the title', () => {
  it.each([
    ['verified', null, 'Verified'],
    ['rejected', unsigned, 'Rejected: supply chain'],
    ['undetermined', outage, 'Undetermined: infrastructure'],
    ['undetermined', misspelt, 'Undetermined: configuration'],
  ] as const)('of %s (%o) is %s', (verdict, why, text) => {
    expect(title(verdict, why)).toBe(text)
  })

  it('tells the three verdicts and the kinds of failure apart', () => {
    const titles = [title('verified', null), title('rejected', unsigned)]
    titles.push(title('undetermined', outage), title('undetermined', misspelt))
    expect(new Set(titles).size).toBe(4)
  })
})

describe('whose turn it is', () => {
  it.each([
    [null, /^Nobody/],
    [unsigned, /^The owner of the image/],
    [outage, /^The owner of the pipeline: a service did not give what is needed/],
    [misspelt, /^The owner of the pipeline: this step is set up wrongly/],
  ] as const)('%o', (why, text) => {
    expect(turn(why)).toMatch(text)
  })

  it('only of a proven failure is it said that the image is wrong', () => {
    for (const why of [outage, misspelt]) expect(turn(why)).toContain('nothing is known about the image')
    expect(turn(unsigned)).not.toContain('nothing is known')
  })
})

describe('the sentence about the run', () => {
  const good = registryImage(yes)

  it('names the digest of the one image that is verified', () => {
    expect(message(runOver([good]))).toBe(`${registryName} is verified: ${someDigest}`)
  })

  it('counts several images that are verified', () => {
    expect(message(runOver([good, good, good]))).toBe('all 3 images are verified')
  })

  it('says of one image why, without its name', () => {
    expect(message(runOver([registryImage(no)]))).toBe('rejected: proven false')
  })

  it('names among several images the first that failed so', () => {
    const bad = registryImage(no, { reference: 'registry.example/bad:v1' })
    const late = registryImage(open, { reference: 'registry.example/late:v1' })
    expect(message(runOver([good, late, bad]))).toBe('rejected: registry.example/bad:v1: proven false')
    expect(message(runOver([good, late]))).toBe('undetermined: registry.example/late:v1: no answer')
  })

  it('names no image for what is no image’s failure', () => {
    const crashed = { verdict: 'undetermined', failure: failure('internal-error', 'stopped') } as const
    expect(message(runOver([good, good], crashed))).toBe('undetermined: stopped')
    expect(message(runOver([], crashed))).toBe('undetermined: stopped')
  })
})

describe('what a step that passes would have failed for', () => {
  const [good, bad, late] = [registryImage(yes), registryImage(no), registryImage(open)]
  const aside = registryImage(no, { allowed: true })

  it.each([
    [[bad], '1 of 1 image would have failed it: 1 rejected, 0 undetermined'],
    [[good, bad, late, late], '3 of 4 images would have failed it: 1 rejected, 2 undetermined'],
    [[good, aside, late], '1 of 3 images would have failed it: 0 rejected, 1 undetermined'],
    [[good], 'the run itself would have failed it'],
  ])('%#', (images, text) => {
    expect(spared(runOver(images))).toBe(text)
  })
})
