import { describe, expect, it } from 'vitest'
import { type Answer, ask, type Call } from '../../src/network/call.js'
import { openJournal } from '../../src/network/journal.js'
import { absent, failed, found } from '../../src/network/lookup.js'
import { codes, type UnknownCode } from '../../src/verdict/codes.js'

const newCall = (retries = 3, signal = new AbortController().signal): Call => ({
  signal,
  retries,
  journal: openJournal(),
})
/** A failure after which it may be asked again at once. */
const fails = (code: UnknownCode, retryAfterMs = 0): Answer<string> => ({
  ...failed(code, `it ended with ${code}`, 'registry'),
  retryAfterMs,
})

/** Answers one after the other, the last one again and again; `asked` counts. */
function answers(...list: readonly [Answer<string>, ...Answer<string>[]]): {
  readonly once: () => Promise<Answer<string>>
  readonly asked: () => number
} {
  let asked = 0
  const once = async (): Promise<Answer<string>> =>
    Promise.resolve(list[asked++] ?? list[list.length - 1] ?? list[0])
  return { once, asked: () => asked }
}

describe('a call', () => {
  it('that is answered is made once, also when the answer is no', async () => {
    for (const answer of [found('x'), absent('not there')]) {
      const { once, asked } = answers(answer)
      const call = newCall()
      expect(await ask('GET x', 'registry', call, once)).toEqual(answer)
      expect(asked()).toBe(1)
      expect(call.journal.attempts()).toEqual([])
    }
  })

  const unknown = (Object.keys(codes) as (keyof typeof codes)[]).filter(
    (code): code is UnknownCode => codes[code].class !== 'supply-chain',
  )
  const passing = ['unreachable', 'rate-limited', 'server-error', 'timeout']

  it.each(unknown.filter((code) => passing.includes(code)))(
    'that ends with %s is made again',
    async (code) => {
      const { once, asked } = answers(fails(code), fails(code), found('x'))
      const call = newCall()
      expect(await ask('GET x', 'registry', call, once)).toEqual(found('x'))
      expect(asked()).toBe(3)
      expect(call.journal.attempts()).toEqual([
        { call: 'GET x', attempt: 2, ended: `${code}: it ended with ${code}` },
        { call: 'GET x', attempt: 3, ended: `${code}: it ended with ${code}` },
      ])
    },
  )

  it.each(unknown.filter((code) => !passing.includes(code)))(
    'that ends with %s is not: it would again',
    async (code) => {
      const { once, asked } = answers(fails(code), found('x'))
      expect(await ask('GET x', 'registry', newCall(), once)).toMatchObject({
        kind: 'failed',
        problem: { code },
      })
      expect(asked()).toBe(1)
    },
  )

  it.each([0, 1, 3])('is made again %i times at most, and the last answer counts', async (retries) => {
    const { once, asked } = answers(fails('server-error'))
    const answer = await ask('GET x', 'registry', newCall(retries), once)
    expect(answer).toMatchObject({ kind: 'failed', problem: { code: 'server-error' } })
    expect(asked()).toBe(retries + 1)
  })

  it('is made again after a usual pause where nothing is asked for', async () => {
    const { once, asked } = answers(failed('unreachable', 'no way there'), found('x'))
    expect(await ask('GET x', 'registry', newCall(), once)).toEqual(found('x'))
    expect(asked()).toBe(2)
  })

  it('is not made again when the service asks for more patience than there is', async () => {
    for (const ms of [120_001, 999_999_000, Number.POSITIVE_INFINITY]) {
      const { once, asked } = answers(fails('rate-limited', ms), found('x'))
      const answer = await ask('GET x', 'registry', newCall(), once)
      expect(answer).toMatchObject({ kind: 'failed', problem: { code: 'rate-limited' } })
      expect(asked()).toBe(1)
    }
  })

  it('in which something throws hides nothing', async () => {
    const once = async (): Promise<Answer<string>> => Promise.reject(new Error('a defect'))
    await expect(ask('GET x', 'registry', newCall(), once)).rejects.toThrow('a defect')
  })
})

describe('when the time is over', () => {
  it('nothing is asked any more', async () => {
    const { once, asked } = answers(found('x'))
    expect(await ask('GET x', 'key', newCall(3, AbortSignal.abort()), once)).toEqual(
      failed('timeout', 'GET x: no answer within the time for this image', 'key'),
    )
    expect(asked()).toBe(0)
  })

  // Also the last attempt: whose fault it was must not depend on how many there were.
  it.each([0, 3])('a failure is that of the time, and what happened last is told: %i', async (retries) => {
    const ends = new AbortController()
    const once = async (): Promise<Answer<string>> => {
      ends.abort()
      return Promise.resolve(fails('unreachable'))
    }
    expect(await ask('GET x', 'registry', newCall(retries, ends.signal), once)).toEqual(
      failed(
        'timeout',
        'GET x: no answer within the time for this image; the last attempt ended with unreachable: it ended with unreachable',
        'registry',
      ),
    )
  })

  it('an answer that is there counts', async () => {
    const ends = new AbortController()
    const once = async (): Promise<Answer<string>> => {
      ends.abort()
      return Promise.resolve(found('x'))
    }
    expect(await ask('GET x', 'registry', newCall(3, ends.signal), once)).toEqual(found('x'))
  })

  it('a pause ends', async () => {
    const ends = new AbortController()
    const { once, asked } = answers(fails('rate-limited', 120_000), found('x'))
    const call = newCall(3, ends.signal)
    const answer = ask('GET x', 'registry', call, once)
    // Far enough that it pauses: the attempt to come has been written down.
    while (call.journal.attempts().length === 0) await new Promise((resolve) => setImmediate(resolve))
    ends.abort()
    expect(await answer).toMatchObject({ kind: 'failed', problem: { code: 'timeout', service: 'registry' } })
    expect(asked()).toBe(1)
  })
})
