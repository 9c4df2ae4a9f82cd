import { describe, expect, it } from 'vitest'
import { openTurns } from '../../src/gate/turns.js'

const later = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('turns', () => {
  it('are so many at the same time, in the order in which they were asked for', async () => {
    const turns = openTurns(3)
    const started: number[] = []
    let [now, most] = [0, 0]
    const run = async (at: number): Promise<number> =>
      turns(async () => {
        started.push(at)
        most = Math.max(most, ++now)
        await later()
        now--
        return at
      })
    const all = Array.from({ length: 20 }, (_, at) => at)
    expect(await Promise.all(all.map(run))).toEqual(all)
    expect(started).toEqual(all)
    expect(most).toBe(3)
  })

  it('go on after one that failed', async () => {
    const turns = openTurns(1)
    const failing = turns(async () => Promise.reject(new Error('no')))
    const next = turns(async () => Promise.resolve('next'))
    await expect(failing).rejects.toThrow('no')
    expect(await next).toBe('next')
    expect(await turns(async () => Promise.resolve('and on'))).toBe('and on')
  })

  it('are handed on: nobody who asks in between comes first, or besides', async () => {
    const turns = openTurns(1)
    const order: string[] = []
    let now = 0
    const run = async (name: string): Promise<void> =>
      turns(async () => {
        expect(++now).toBe(1)
        order.push(name)
        await later()
        now--
      })
    const first = run('first').then(async () => run('late'))
    await Promise.all([first, run('second'), run('third')])
    expect(order).toEqual(['first', 'second', 'third', 'late'])
  })
})
