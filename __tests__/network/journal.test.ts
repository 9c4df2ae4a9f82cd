import { describe, expect, it } from 'vitest'
import { openJournal } from '../../src/network/journal.js'
import type { Asked } from '../../src/verdict/result.js'

describe('a journal', () => {
  it('is empty at first', () => {
    expect(openJournal().calls()).toEqual([])
    expect(openJournal().attempts()).toEqual([])
  })

  it('counts calls by host, in the order of their names', () => {
    const journal = openJournal()
    for (const host of ['b.example', 'a.example:5000', 'b.example', 'constructor', '__proto__'])
      journal.contacted(host)
    expect(journal.calls()).toEqual([
      { host: '__proto__', count: 1 },
      { host: 'a.example:5000', count: 1 },
      { host: 'b.example', count: 2 },
      { host: 'constructor', count: 1 },
    ])
  })

  it('keeps every further attempt, in an order that does not depend on which came first', () => {
    const attempts = [
      { call: 'GET a', attempt: 2, ended: 'timeout: x' },
      { call: 'GET a', attempt: 3, ended: 'timeout: y' },
      { call: 'GET b', attempt: 2, ended: 'timeout: z' },
    ]
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      const journal = openJournal()
      for (const index of order) journal.retried(attempts[index]!)
      expect(journal.attempts()).toEqual(attempts)
    }
  })

  it('gives out what it holds by then, not what comes later', () => {
    const journal = openJournal()
    journal.contacted('a.example')
    const before = journal.calls()
    journal.contacted('a.example')
    expect(before).toEqual([{ host: 'a.example', count: 1 }])
  })
})

describe('the journal of a run', () => {
  it('has at once what those of its images have', () => {
    const run = openJournal()
    const [one, other] = [openJournal({ within: run }), openJournal({ within: run })]
    for (const host of ['a.example', 'a.example', 'b.example']) one.contacted(host)
    for (const host of ['c.example', 'a.example']) other.contacted(host)
    run.contacted('b.example')
    expect(run.calls()).toEqual([
      { host: 'a.example', count: 3 },
      { host: 'b.example', count: 2 },
      { host: 'c.example', count: 1 },
    ])
    expect(one.calls()).toHaveLength(2)
  })

  it('has no attempts of its images', () => {
    const run = openJournal()
    openJournal({ within: run }).retried({ call: 'GET x', attempt: 2, ended: 'timeout' })
    expect(run.attempts()).toEqual([])
  })
})

describe('a journal that somebody listens to', () => {
  it('tells of each request as it ends, and keeps none', () => {
    const heard: Asked[] = []
    const journal = openJournal({ listen: (asked) => heard.push(asked) })
    const first = journal.contacted('a.example', 'GET https://a.example/v2/')
    const second = journal.contacted('kubectl')
    expect(heard).toEqual([])
    second('exit 0')
    first('200')
    expect(heard).toEqual([
      { request: 'kubectl', ended: 'exit 0', ms: expect.any(Number) as number },
      { request: 'GET https://a.example/v2/', ended: '200', ms: expect.any(Number) as number },
    ])
    expect(heard.every(({ ms }) => ms >= 0)).toBe(true)
    openJournal({ within: journal }).contacted('b.example', 'GET https://b.example/')('404')
    expect(heard).toHaveLength(3)
    expect(heard[2]).toMatchObject({ request: 'GET https://b.example/', ended: '404' })
  })
})
