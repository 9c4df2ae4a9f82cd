import { describe, expect, it } from 'vitest'
import { countOnce } from '../../src/gate/count-once.js'
import type { Answered } from '../../src/gate/signer.js'
import { type Ask, askId } from '../../src/requirement/leaves.js'
import { met, type Problem, unmet } from '../../src/verdict/finding.js'
import type { Signature } from '../../src/verdict/result.js'

const ask = (reference: string): Ask => ({
  kind: 'signed',
  apart: true,
  by: { kind: 'identity', reference, identity: {} },
})
const signature = (where: string): Signature => ({
  format: 'sigstore-bundle',
  where,
  verified: true,
  keyRef: 'who',
  keyId: '',
  claimed: {},
})
const by = (...places: readonly string[]): Answered => ({
  finding: met('signed', 'yes'),
  signatures: places.map(signature),
})
const lost: Problem = { code: 'timeout', service: 'registry', message: 'no answer' }

/** The signers that are left without a signature, with what is said of each. */
function left(answers: Readonly<Record<string, Answered>>): Readonly<Record<string, string>> {
  const asks = Object.keys(answers).map(ask)
  const changed = countOnce(asks, (one) => answers[one.by.reference])
  return Object.fromEntries(
    asks.flatMap((one) => {
      const finding = changed.get(askId(one))
      return finding === undefined ? [] : [[one.by.reference, finding.status]]
    }),
  )
}

describe('one signature', () => {
  it('counts for the first of two identities that both describe it', () => {
    expect(left({ a: by('1'), b: by('1') })).toEqual({ b: 'unmet' })
  })

  it('is left to the signer who has no other, whatever the order', () => {
    expect(left({ a: by('1', '2'), b: by('1') })).toEqual({})
    expect(left({ a: by('1'), b: by('1', '2') })).toEqual({})
    expect(left({ a: by('1', '2'), b: by('2', '3'), c: by('1') })).toEqual({})
  })

  it('is not enough for three where there are two', () => {
    expect(left({ a: by('1', '2'), b: by('1', '2'), c: by('1', '2') })).toEqual({ c: 'unmet' })
  })

  it('that is missed may be among what could not be read: then nothing is proven false', () => {
    expect(left({ a: by('1'), b: { ...by('1'), unread: lost } })).toEqual({ b: 'unknown' })
  })

  it('does not concern signers who have none', () => {
    const none: Answered = { finding: unmet('signed', 'unsigned', 'no'), signatures: [] }
    expect(left({ a: by('1'), b: none })).toEqual({})
  })
})
