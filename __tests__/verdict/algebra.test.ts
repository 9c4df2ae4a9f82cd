import { describe, expect, it } from 'vitest'
import { all, any, atLeast, leadingFailure } from '../../src/verdict/algebra.js'
import { type Finding, unknown, unmet } from '../../src/verdict/finding.js'
import { aside, completions, listsOf, no, open, yes } from '../harness/findings.js'

const lengths = [1, 2, 3, 4, 5]
const lists = lengths.flatMap((length) => listsOf([yes, no, open], length))
const keyInvalid = unknown('key', { code: 'key-invalid', message: 'no key' })
const mismatch = unmet('digest', 'digest-mismatch', 'another digest')

/** What a count of met children says once nothing is unknown any more: two values only. */
function decide(children: readonly Finding[], need: number): 'met' | 'unmet' {
  return children.filter((child) => child === yes).length >= need ? 'met' : 'unmet'
}

/** Kleene's value by its meaning, not by counting: the one that holds however the unknowns come out. */
function valueThatHolds(children: readonly Finding[], need: number): Finding['status'] {
  const outcomes = new Set(completions(children).map((completed) => decide(completed, need)))
  const [only, other] = outcomes
  return only !== undefined && other === undefined ? only : 'unknown'
}

const spell = (children: readonly Finding[]): string => children.map(({ check }) => check).join(' ')

describe('every list of up to five children', () => {
  it('has, for every count demanded of it, the value that holds however the unknowns come out', () => {
    expect(lists).toHaveLength(3 + 9 + 27 + 81 + 243)
    for (const children of lists) {
      for (let need = 1; need <= children.length; need++) {
        expect(atLeast('count', need, children).status, `${String(need)} of ${spell(children)}`).toBe(
          valueThatHolds(children, need),
        )
      }
    }
  })

  it('makes `all` a demand for each and `any` a demand for one', () => {
    for (const children of lists) {
      expect(all('all', children).status, spell(children)).toBe(valueThatHolds(children, children.length))
      expect(any('any', children).status, spell(children)).toBe(valueThatHolds(children, 1))
    }
  })

  it('keeps what is decided when an unknown child is answered', () => {
    for (const children of lists) {
      for (let need = 1; need <= children.length; need++) {
        const before = atLeast('count', need, children).status
        if (before === 'unknown') continue
        for (const completed of completions(children)) {
          expect(atLeast('count', need, completed).status, `${String(need)} of ${spell(children)}`).toBe(
            before,
          )
        }
      }
    }
  })

  it('has the same value in whatever order they come', () => {
    for (const children of lists) {
      const orders = children.map((_, at) => [...children.slice(at), ...children.slice(0, at)])
      for (const order of [...orders, children.toReversed()]) {
        for (let need = 1; need <= children.length; need++) {
          expect(atLeast('count', need, order).status).toBe(atLeast('count', need, children).status)
        }
      }
    }
  })

  it('does not count what is exempt, wherever it stands, and keeps it in the list', () => {
    for (const children of lists.filter(({ length }) => length <= 3)) {
      for (let at = 0; at <= children.length; at++) {
        const listed = [...children.slice(0, at), aside, ...children.slice(at)]
        expect(all('all', listed).status, spell(listed)).toBe(all('all', children).status)
        expect(any('any', listed).status, spell(listed)).toBe(any('any', children).status)
        expect(all('all', listed).children).toEqual(listed)
      }
    }
  })
})

describe('a demand that nothing can prove', () => {
  const nothing = {
    status: 'unknown',
    code: 'nothing-to-verify',
    message: 'nothing that counts is demanded here; nothing was proven',
  }

  it.each([
    ['no child', []],
    ['exempt children only', [aside, aside]],
  ])('is unknown, never a vacuous pass: %s', (_, children) => {
    expect(all('all', children)).toMatchObject(nothing)
    expect(any('any', children)).toMatchObject(nothing)
    expect(atLeast('count', 1, children)).toEqual({ ...nothing, check: 'count', children })
  })

  it.each([0, -1])('is unknown when %i children would be enough', (need) => {
    expect(atLeast('count', need, [yes, yes])).toMatchObject(nothing)
    expect(atLeast('count', need, [no])).toMatchObject(nothing)
  })

  it('is unknown when more children are demanded than there are, as long as none is false', () => {
    expect(atLeast('count', 3, [yes, yes])).toMatchObject(nothing)
    expect(atLeast('count', 3, [yes, open])).toMatchObject(nothing)
    expect(atLeast('count', 3, [yes, aside, yes])).toMatchObject(nothing)
    expect(atLeast('count', 3, [yes, no])).toMatchObject({ status: 'unmet', code: 'unsigned' })
    expect(atLeast('count', 3, [open, no])).toMatchObject({ status: 'unmet', code: 'unsigned' })
  })
})

describe('the failure that a whole carries', () => {
  it('is that of the child that decided it', () => {
    expect(all('all', [open, mismatch, no])).toMatchObject({ status: 'unmet', code: 'digest-mismatch' })
    expect(any('any', [no, open, keyInvalid])).toMatchObject({ status: 'unknown', code: 'key-invalid' })
  })

  it('is not that of a false child while an unknown one holds the whole open', () => {
    expect(any('any', [no, open])).toMatchObject({ status: 'unknown', code: 'timeout', service: 'storage' })
  })

  it('names the service that did not answer, and none where no service was asked', () => {
    expect(all('all', [keyInvalid])).not.toHaveProperty('service')
    expect(all('all', [yes, open])).toHaveProperty('service', 'storage')
  })

  it('says how many of how many are proven', () => {
    expect(atLeast('count', 2, [yes, no, open, aside]).message).toBe('1 of 3 proven, 2 needed')
  })
})

describe('the failure that speaks for several findings', () => {
  it('is the highest class: what is proven, then what the pipeline can mend, then what is down', () => {
    expect(leadingFailure([open, keyInvalid, no])).toBe(no)
    expect(leadingFailure([yes, open, aside, keyInvalid])).toBe(keyInvalid)
    expect(leadingFailure([yes, open])).toBe(open)
  })

  it('is the first of its class', () => {
    expect(leadingFailure([mismatch, no])).toBe(mismatch)
    expect(leadingFailure([no, mismatch])).toBe(no)
  })

  it('is none where nothing failed', () => {
    const nothing: readonly Finding[] = []
    expect(leadingFailure(nothing)).toBeUndefined()
    expect(leadingFailure([yes, aside])).toBeUndefined()
  })
})

describe('one of several that all fail', () => {
  const missing = unmet('a', 'attestation-missing', 'none')
  const refused = unmet('b', 'policy-denied', 'there, and refused')

  it('is explained by what is there, in input order', () => {
    expect(any('one', [missing, refused])).toMatchObject({ code: 'policy-denied' })
    expect(any('one', [missing, missing])).toMatchObject({ code: 'attestation-missing' })
    expect(all('both', [missing, refused])).toMatchObject({ code: 'attestation-missing' })
    expect(any('one', [unmet('a', 'unsigned', 'none'), refused])).toMatchObject({ code: 'unsigned' })
  })

  it('is proven false although another is proven, where two are needed and the others are not there', () => {
    const two = atLeast('two', 2, [yes, missing, missing])
    expect(two).toMatchObject({ status: 'unmet', code: 'attestation-missing' })
    expect(atLeast('two', 2, [yes, missing, refused])).toMatchObject({ code: 'policy-denied' })
  })
})
