import { describe, expect, it } from 'vitest'
import { compileInputs } from '../../src/policy/inputs.js'
import { evaluate } from '../../src/requirement/evaluate.js'
import type { Finding } from '../../src/verdict/finding.js'
import type { NonEmpty, Threshold } from '../../src/verdict/request.js'
import { aside, listsOf, no, open, yes } from '../harness/findings.js'

const digest = `sha256:${'ab'.repeat(32)}`
const otherDigest = `sha256:${'cd'.repeat(32)}`
const keys: NonEmpty<string> = ['a.pub', 'b.pub', 'c.pub']
type Signatures = Readonly<Record<string, Finding>>

/** What the inputs come to when these keys were asked for and this was found of each. */
function judge(
  found: Signatures,
  require: Threshold,
  more: { keys?: NonEmpty<string>; expectedDigest?: string } = {},
): Finding {
  const { keys: asked = Object.keys(found) as unknown as NonEmpty<string>, ...rest } = more
  const requirement = compileInputs({ signers: { keys: asked, require }, ...rest })
  return evaluate(requirement, {
    digest,
    signedBy: ({ by }) => found[by.reference] ?? open,
    attestedBy: () => open,
  })
}

/** All findings for the first `count` keys, as objects by key. */
function every(count: number): readonly Signatures[] {
  return listsOf([yes, no, open], count).map((list) =>
    Object.fromEntries(list.map((finding, index) => [keys[index] ?? '', finding])),
  )
}

const metOf = (found: Signatures): number => Object.values(found).filter((one) => one === yes).length
const openOf = (found: Signatures): number => Object.values(found).filter((one) => one === open).length

describe.each([1, 2, 3])('with %i keys', (count) => {
  const thresholds: readonly [Threshold, number][] = [
    ['all', count],
    ['any', 1],
    ...Array.from({ length: count }, (_, index): [number, number] => [index + 1, index + 1]),
  ]

  it.each(thresholds)('require: %s wants %i signatures', (require, need) => {
    for (const found of every(count)) {
      const wanted = metOf(found) >= need ? 'met' : metOf(found) + openOf(found) >= need ? 'unknown' : 'unmet'
      expect(judge(found, require).status, JSON.stringify(found)).toBe(wanted)
    }
  })
})

describe('one signature counts once', () => {
  it('when a key is named twice', () => {
    const found = { 'a.pub': yes, 'b.pub': no }
    expect(judge(found, 2, { keys: ['a.pub', 'a.pub', 'b.pub'] }).status).toBe('unmet')
    expect(judge(found, 1, { keys: ['a.pub', 'a.pub', 'b.pub'] }).status).toBe('met')
  })

  it('when two names turned out to be one key, of which one does not count', () => {
    expect(judge({ 'a.pub': yes, 'again.pub': aside, 'b.pub': no }, 2).status).toBe('unmet')
    expect(judge({ 'a.pub': yes, 'again.pub': aside }, 'all').status).toBe('met')
    // Two signers are demanded of one key: nobody could meet that.
    expect(judge({ 'a.pub': yes, 'again.pub': aside }, 2)).toMatchObject({
      status: 'unknown',
      code: 'nothing-to-verify',
    })
  })
})

describe('expected-digest', () => {
  it('is one more demand, beside the signatures', () => {
    const signed = { 'a.pub': yes }
    expect(judge(signed, 'all', { expectedDigest: digest }).status).toBe('met')
    expect(judge(signed, 'all', { expectedDigest: otherDigest })).toMatchObject({
      status: 'unmet',
      code: 'digest-mismatch',
    })
  })

  it('stands for no signature', () => {
    expect(judge({ 'a.pub': no }, 'any', { expectedDigest: digest })).toMatchObject({ code: 'unsigned' })
    expect(judge({ 'a.pub': open }, 'any', { expectedDigest: digest }).status).toBe('unknown')
  })

  it('rejects while a signature is still open: no signature could mend it', () => {
    expect(judge({ 'a.pub': open }, 'all', { expectedDigest: otherDigest }).status).toBe('unmet')
  })
})

describe('the names in the tree', () => {
  it.each([
    ['all', 'signed-by-all'],
    ['any', 'signed-by-any'],
    [2, 'signed-by-2'],
  ] as const)('say what require: %s asked', (require, name) => {
    expect(compileInputs({ signers: { keys, require } })).toMatchObject({ name })
  })
})
