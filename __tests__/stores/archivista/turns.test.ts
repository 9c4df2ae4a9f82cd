import { describe, expect, it } from 'vitest'
import { found } from '../../../src/network/lookup.js'
import { openTurns } from '../../../src/stores/archivista/turns.js'
import { newCall } from '../../harness/call.js'

/** Something that runs until it is told to end. */
function job(): {
  readonly run: () => Promise<ReturnType<typeof found<number>>>
  end: () => void
  ran: boolean
} {
  let end = (): void => undefined
  const over = new Promise<void>((resolve) => (end = resolve))
  const it_ = {
    ran: false,
    run: async () => {
      it_.ran = true
      await over
      return found(1)
    },
    end: () => end(),
  }
  return it_
}

const settled = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('turns', () => {
  it('come in the order in which they were asked for', async () => {
    const turns = openTurns(2)
    const jobs = [job(), job(), job(), job()]
    const ends = jobs.map(async ({ run }) => turns(newCall(), run))
    const ran = (): readonly boolean[] => jobs.map((one) => one.ran)
    await settled()
    expect(ran()).toEqual([true, true, false, false])
    jobs[1]?.end()
    await settled()
    expect(ran()).toEqual([true, true, true, false])
    for (const one of jobs) one.end()
    expect(await Promise.all(ends)).toEqual(jobs.map(() => found(1)))
  })

  it('are given up by whoever has no more time, and lost by nobody', async () => {
    const turns = openTurns(1)
    const [first, second, third] = [job(), job(), job()]
    const ends = new AbortController()
    const answers = [
      turns(newCall(), first.run),
      turns(newCall({ signal: ends.signal }), second.run),
      turns(newCall(), third.run),
    ] as const
    ends.abort()
    expect(await answers[1]).toMatchObject({ kind: 'failed', problem: { code: 'timeout' } })
    first.end()
    await settled()
    expect([second.ran, third.ran]).toEqual([false, true])
    third.end()
    expect(await answers[2]).toEqual(found(1))
  })

  it('are handed on where the time ends in the moment in which the turn comes', async () => {
    for (const abortFirst of [true, false]) {
      const turns = openTurns(1)
      const [first, second, third] = [job(), job(), job()]
      const ends = new AbortController()
      const one = turns(newCall(), async () => {
        const answer = await first.run()
        if (abortFirst) ends.abort()
        return answer
      }).then(() => ends.abort())
      second.end()
      const two = turns(newCall({ signal: ends.signal }), second.run)
      const three = turns(newCall(), third.run)
      first.end()
      third.end()
      await Promise.all([one, two])
      expect(await three).toEqual(found(1))
    }
  })

  it('are handed on by what fails', async () => {
    const turns = openTurns(1)
    const failing = turns(newCall(), () => Promise.reject(new Error('a defect')))
    const next = turns(newCall(), () => Promise.resolve(found(1)))
    await expect(failing).rejects.toThrow('a defect')
    expect(await next).toEqual(found(1))
  })
})
