import { describe, expect, it } from 'vitest'
import { type Ask, askId, asksOf } from '../../src/requirement/leaves.js'
import type { Requirement } from '../../src/requirement/requirement.js'

const by = (reference: string): { kind: 'key'; reference: string } => ({ kind: 'key', reference })
const signed = (reference: string, annotations?: Record<string, string>): Ask => ({
  kind: 'signed',
  by: by(reference),
  ...(annotations && { annotations }),
})
const attested = (reference: string, type: string): Ask => ({ kind: 'attested', by: by(reference), type })
const all = (...of: readonly Requirement[]): Requirement => ({ kind: 'all', name: 'all', of })

describe('the questions of a requirement', () => {
  it('are its leaves, however deep, in their order', () => {
    const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map((name) => signed(name)) as [Ask, Ask, Ask, Ask, Ask]
    const requirement = all(
      a,
      { kind: 'any', name: 'any', of: [b, all(c)] },
      { kind: 'atLeast', name: 'one', count: 1, of: [d] },
      { kind: 'program', name: 'program', needs: [e, attested('a', 'spdx')], run: () => true, denied: 'no' },
      { kind: 'joint', name: 'joint', id: '1', needs: [signed('f')] },
    )
    expect(asksOf(requirement)).toEqual([a, b, c, d, e, attested('a', 'spdx'), signed('f')])
  })

  it('are asked once, where they stand first', () => {
    const requirement = all(
      signed('a'),
      { kind: 'any', name: 'any', of: [signed('b'), signed('a')] },
      signed('b'),
    )
    expect(asksOf(requirement)).toEqual([signed('a'), signed('b')])
  })

  it('are none where nothing has to be found out', () => {
    const requirement = all(
      { kind: 'digest', expected: 'sha256:00' },
      { kind: 'decide', name: 'static', verdict: 'met', message: 'yes' },
      { kind: 'exempt', name: 'exception', reason: 'until May' },
      { kind: 'open', name: 'open', problem: { code: 'unsupported', message: 'why' } },
    )
    expect(asksOf(requirement)).toEqual([])
  })

  it('are asked although they only warn: the report shows what they come to', () => {
    const soft = { ...signed('a'), enforcement: 'warn' } as const
    expect(asksOf(all(soft))).toEqual([soft])
  })
})

describe('two questions', () => {
  const different: readonly Ask[] = [
    signed('a'),
    signed('b'),
    signed('a', { team: 'x' }),
    signed('a', { team: 'y' }),
    signed('a', { team: 'x', stage: 'prod' }),
    attested('a', 'spdx'),
    attested('a', 'vuln'),
    attested('b', 'spdx'),
    attested('a', '[]'),
    signed('a","[]'),
  ]

  it('have two answers when anything about them differs', () => {
    expect(new Set(different.map(askId)).size).toBe(different.length)
    expect(asksOf(all(...different))).toHaveLength(different.length)
  })

  it('have one answer when they are the same', () => {
    for (const ask of different) expect(askId(structuredClone(ask))).toBe(askId(ask))
    expect(askId(signed('a', {}))).toBe(askId(signed('a')))
  })
})
