import { describe, expect, it } from 'vitest'
import { nearMissesOf } from '../../src/report/near-misses.js'
import { exempt, type Finding, met, unknown, unmet } from '../../src/verdict/finding.js'

const of = (...texts: readonly string[]): { nearMisses: { message: string }[] } => ({
  nearMisses: texts.map((message) => ({ message })),
})
const outage = { code: 'timeout', message: 'no answer' } as const
const bob = unmet('by-bob', 'unsigned', 'not bob', of('carol signed'))
const late = unknown('late', outage, of('dave may have'))

describe('near misses', () => {
  it.each<[string, Finding, readonly string[]]>([
    ['of what is unmet', bob, ['carol signed']],
    ['of what is unknown', late, ['dave may have']],
    ['of what does not count', exempt('aside', 'skipped', of('erin signed')), ['erin signed']],
    ['of what has none', unmet('none', 'unsigned', 'none'), []],
    ['of what has an empty list', unmet('none', 'unsigned', 'none', of()), []],
  ])('%s', (_, finding, texts) => {
    expect(nearMissesOf(finding)).toEqual(texts)
  })

  it('are never told of what is met: they would cast doubt on a proof', () => {
    expect(nearMissesOf(met('yes', 'proven', of('carol signed')))).toEqual([])
    expect(nearMissesOf(met('any', 'proven', { children: [bob, late] }))).toEqual([])
  })

  it('are those of the whole tree, the upper ones first, without what is met in it', () => {
    const proven = met('by-alice', 'proven', { ...of('not said'), children: [bob] })
    const inner = unmet('inner', 'unsigned', 'x', { ...of('inner'), children: [late] })
    const tree = unmet('all', 'unsigned', 'x', { ...of('outer'), children: [inner, proven, bob] })
    expect(nearMissesOf(tree)).toEqual(['outer', 'inner', 'dave may have', 'carol signed'])
  })

  it('are told once, however often they were found', () => {
    const tree = unmet('all', 'unsigned', 'x', {
      ...of('carol signed', 'carol signed'),
      children: [bob, bob],
    })
    expect(nearMissesOf(tree)).toEqual(['carol signed'])
  })
})
