import { describe, expect, it } from 'vitest'
import { all, any, atLeast } from '../../src/verdict/algebra.js'
import { codes } from '../../src/verdict/codes.js'
import { exempt, type Finding, met, unknown, unmet } from '../../src/verdict/finding.js'
import { decidingPart, failure, failureOf, verdictOf, verdictOfRun } from '../../src/verdict/result.js'
import { aside, no, open, yes } from '../harness/findings.js'
import { imageWith } from '../harness/results.js'

const keyInvalid = unknown('key-loaded', { code: 'key-invalid', message: 'no such key' })

describe('the verdict on one image', () => {
  it.each([
    ['met', yes, 'verified'],
    ['unmet', no, 'rejected'],
    ['unknown', open, 'undetermined'],
    ['exempt', aside, 'undetermined'],
  ] as const)('of a finding that is %s', (_, finding, verdict) => {
    expect(verdictOf(finding)).toBe(verdict)
    expect(failureOf(finding) === null).toBe(verdict === 'verified')
  })

  it('of what does not count is that nothing was verified', () => {
    expect(failureOf(aside)).toMatchObject({ class: 'configuration', code: 'nothing-to-verify' })
  })
})

describe('a failure', () => {
  it('has the class and the remedy of its code, and a service only where one was asked', () => {
    expect(failure('timeout', 'no answer', 'storage')).toEqual({
      class: 'infrastructure',
      code: 'timeout',
      service: 'storage',
      message: 'no answer',
      hint: codes.timeout.remedy,
    })
    expect(failure('unsigned', 'none')).not.toHaveProperty('service')
  })

  it('is told in the words of the deepest part that decided', () => {
    const tree = all('image', [met('image-found', 'there'), all('signed-by-all', [yes, all('signed', [no])])])
    expect(failureOf(tree)).toMatchObject({ code: 'unsigned', message: 'proven false' })
  })

  it('never takes the words of a part that did not decide', () => {
    // One key did not sign, the other could not be loaded: what holds this open is the key.
    const held = any('signed-by-any', [no, keyInvalid])
    expect(failureOf(held)).toMatchObject({ code: 'key-invalid', message: 'no such key' })
    const false_ = all('signed-by-all', [keyInvalid, no])
    expect(failureOf(false_)).toMatchObject({ code: 'unsigned', message: 'proven false' })
  })

  it('keeps the code of the whole where that is not the code of a part', () => {
    // Three demanded of two: that is what is wrong here, not the outage.
    const impossible = atLeast('count', 3, [yes, open])
    expect(failureOf(impossible)).toMatchObject({ class: 'configuration', code: 'nothing-to-verify' })
    const denied = unmet('rule', 'policy-denied', 'the rule says no', { children: [no] })
    expect(decidingPart(denied)).toBe(denied)
  })

  it.each<[string, Finding]>([
    ['all', all('all', [open, keyInvalid, yes])],
    ['any', any('any', [no, open, keyInvalid])],
    ['nested', all('all', [all('one', [open]), all('two', [keyInvalid])])],
  ])('carries the same code as the finding it is told for: %s', (_, finding) => {
    expect(finding.status).toBe('unknown')
    expect(failureOf(finding)?.code).toBe('code' in finding ? finding.code : '')
  })
})

describe('the verdict on a run', () => {
  it.each([
    ['all met', [yes, yes], 'verified', undefined],
    ['one unmet among met ones', [yes, no, yes], 'rejected', 'unsigned'],
    ['an unmet one after an outage', [open, no], 'rejected', 'unsigned'],
    ['an outage', [yes, open], 'undetermined', 'timeout'],
    ['a bad key after an outage', [open, keyInvalid], 'undetermined', 'key-invalid'],
    ['one that does not count', [yes, aside], 'undetermined', 'nothing-to-verify'],
    ['nothing that counts', [aside], 'undetermined', 'nothing-to-verify'],
    ['one that does not count beside an unmet one', [aside, no], 'rejected', 'unsigned'],
  ] as const)('with %s', (_, findings, verdict, code) => {
    const run = verdictOfRun(findings.map((finding) => imageWith(finding)))
    expect(run.verdict).toBe(verdict)
    expect(run.failure?.code).toBe(code)
  })

  it('without an image is undetermined, not verified', () => {
    expect(verdictOfRun([])).toMatchObject({
      verdict: 'undetermined',
      failure: { class: 'configuration', code: 'nothing-to-verify' },
    })
  })

  it('speaks with the first failure of the highest class', () => {
    const second = unmet('digest', 'digest-mismatch', 'another digest')
    const run = verdictOfRun([imageWith(open), imageWith(no), imageWith(second)])
    expect(run.failure).toMatchObject({ code: 'unsigned', message: 'proven false' })
  })

  it('says why an image does not count', () => {
    const run = verdictOfRun([imageWith(exempt('policy', 'skipped by the exception'))])
    expect(run.failure?.message).toBe('skipped by the exception')
  })

  it('without an image says so, and why where something is known', () => {
    expect(verdictOfRun([]).failure?.message).toBe('no image was given')
    const problem = { code: 'policy-invalid', message: 'no such rule' } as const
    for (const images of [[], [imageWith(yes)]]) {
      expect(verdictOfRun(images, [problem])).toMatchObject({
        verdict: 'undetermined',
        failure: { code: 'policy-invalid', message: 'no such rule' },
      })
    }
  })

  it('does not count an image that nothing has to cover, unless there is no other', () => {
    const allowed = { ...imageWith(aside), allowed: true } as const
    expect(verdictOfRun([allowed, imageWith(yes)])).toEqual({ verdict: 'verified', failure: null })
    expect(verdictOfRun([imageWith(no), allowed]).failure?.code).toBe('unsigned')
    expect(verdictOfRun([allowed, allowed]).failure?.code).toBe('nothing-to-verify')
  })
})

describe('the part that decided', () => {
  it('has the status and the code of the whole', () => {
    const timeout = unknown('slow', { code: 'timeout', service: 'registry', message: 'late' })
    const whole = unknown('whole', { code: 'timeout', message: 'open' }, { children: [keyInvalid, timeout] })
    expect(decidingPart(whole)).toBe(timeout)
    expect(failureOf(whole)).toMatchObject({ service: 'registry', message: 'late' })
    expect(failureOf(no)).not.toHaveProperty('service')
    expect(decidingPart(timeout)).toBe(timeout)
  })
})
