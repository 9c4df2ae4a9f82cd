import { describe, expect, it } from 'vitest'
import type { Evidence } from '../../src/evidence/evidence.js'
import { newLatch } from '../../src/gate/latch.js'
import { search, type Searched } from '../../src/gate/search.js'
import { absent, failed, found } from '../../src/network/lookup.js'
import type { Channel, Offer, Reading } from '../../src/stores/store.js'
import type { Problem } from '../../src/verdict/finding.js'
import { never } from '../harness/bench.js'

const outage: Problem = { code: 'unreachable', service: 'registry', message: 'no way there' }
const piece = (where: string): Evidence => ({ format: 'sigstore-bundle', where, bytes: new Uint8Array() })
const nothing: Reading = { evidence: [], problems: [] }

/** Names of what was read, in the order in which the reads began. */
let reads: string[] = []

/** An offer with one piece of this name; `until` holds its reading back. */
function offer(name: string, rank: Offer['rank'] = 1, until?: Promise<unknown>): Offer {
  return {
    rank,
    read: async () => {
      reads.push(name)
      await until
      return { evidence: [piece(name)], problems: [] }
    },
  }
}

const listed = (...offers: readonly Offer[]): Channel => Promise.resolve(found(offers))

/** Searches for the piece named `good`; what comes out are the names of what was judged. */
async function seek(
  channels: readonly Channel[],
  { thorough = false, judge = async (name: string): Promise<string> => Promise.resolve(name) } = {},
): Promise<Searched<string>> {
  reads = []
  return search({
    channels,
    judge: async ({ where }) => judge(where),
    settles: (name) => name.startsWith('good'),
    thorough,
  })
}

describe('the pieces of one place', () => {
  it('are read in the order of their ranks and listed in the order in which they lie', async () => {
    const channel = listed(offer('hardly', 3), offer('perhaps', 2), offer('likely', 1), offer('also', 1))
    const { judged } = await seek([channel])
    expect(reads).toEqual(['likely', 'also', 'perhaps', 'hardly'])
    expect(judged).toEqual(['hardly', 'perhaps', 'likely', 'also'])
  })

  it('that are hardly what is wanted are left alone once the question is settled', async () => {
    const { judged } = await seek([listed(offer('hardly', 3), offer('good', 1))])
    expect(reads).toEqual(['good'])
    expect(judged).toEqual(['good'])
  })

  it('that are hardly what is wanted are read when nothing else settles it', async () => {
    const { judged } = await seek([listed(offer('good', 3), offer('bad', 1))])
    expect(reads).toEqual(['bad', 'good'])
    expect(judged).toEqual(['good', 'bad'])
  })

  it('are read ten at a time, and no more of them after the one that settles', async () => {
    const offers = Array.from({ length: 25 }, (_, index) => offer(index === 11 ? 'good' : `bad ${index}`))
    await seek([listed(...offers)])
    expect(reads).toHaveLength(20)
    expect(reads).toContain('good')
  })

  it('are all read at the same time within such a batch', async () => {
    const second = newLatch()
    const first = offer('first', 1, second.whenOpen)
    const opens: Offer = {
      rank: 1,
      read: async () => {
        second.open()
        return Promise.resolve({ evidence: [piece('second')], problems: [] })
      },
    }
    const { judged } = await seek([listed(first, opens)])
    expect(judged).toEqual(['first', 'second'])
  })

  it('are listed in their order even where there are more than ten of them', async () => {
    const names = Array.from({ length: 120 }, (_, index) => `bad ${index}`)
    const { judged } = await seek([listed(...names.map((name) => offer(name)))])
    expect(judged).toEqual(names)
  })

  it('are listed in their order whichever arrives first', async () => {
    const last = newLatch()
    const offers = [offer('a', 1, last.whenOpen), offer('b', 1, last.whenOpen), offer('c', 1)]
    const judge = async (name: string): Promise<string> => {
      if (name === 'c') last.open()
      return Promise.resolve(name)
    }
    const { judged } = await seek([listed(...offers), listed(offer('d'))], { judge })
    expect(judged).toEqual(['a', 'b', 'c', 'd'])
  })
})

describe('what cannot be read', () => {
  it('is kept beside what can, in order', async () => {
    const broken: Offer = {
      rank: 1,
      read: async () =>
        Promise.resolve({ evidence: [piece('half')], problems: [outage, { ...outage, code: 'denied' }] }),
    }
    const { judged, problems } = await seek([
      Promise.resolve(failed('timeout', 'no answer', 'registry')),
      listed(offer('bad'), broken),
    ])
    expect(judged).toEqual(['bad', 'half'])
    expect(problems.map(({ code }) => code)).toEqual(['timeout', 'unreachable', 'denied'])
  })

  it('hides nothing that settles the question', async () => {
    const { judged, problems } = await seek([
      Promise.resolve(failed('unreachable', 'no way there')),
      listed(offer('good')),
    ])
    expect(judged).toEqual(['good'])
    expect(problems).toHaveLength(1)
  })

  it('is nothing where the place itself says that there is none', async () => {
    expect(await seek([Promise.resolve(absent('no such tag')), listed()])).toEqual({
      judged: [],
      problems: [],
    })
    expect(await seek([])).toEqual({ judged: [], problems: [] })
  })

  it('is no reason to go on without a word: a defect comes out', async () => {
    const defect: Offer = { rank: 1, read: async () => Promise.reject(new Error('a defect')) }
    await expect(seek([listed(defect)])).rejects.toThrow('a defect')
    const judge = async (): Promise<string> => Promise.reject(new Error('another defect'))
    await expect(seek([listed(offer('bad'))], { judge })).rejects.toThrow('another defect')
  })
})

describe('a place that hangs', () => {
  it('does not keep a proof back', async () => {
    const hanging = [never, listed(offer('hangs', 1, never)), listed(offer('hangs', 3, never))]
    const answers = await Promise.all(hanging.map(async (one) => seek([one, listed(offer('good'))])))
    expect(answers.map(({ judged }) => judged)).toEqual([['good'], ['good'], ['good']])
  })

  it('does not keep unlikely evidence of another place back for ever', async () => {
    const { judged } = await seek([never, listed(offer('good', 3))])
    expect(judged).toEqual(['good'])
  })

  it('keeps an answer open that nothing settles', async () => {
    const hanging = newLatch()
    let ended = false
    const asked = seek([hanging.whenOpen.then(() => found([offer('late')])), listed(offer('bad'))])
    const end = asked.then((result) => {
      ended = true
      return result
    })
    // All that can happen without the place that hangs has happened by then.
    await new Promise((resolve) => setImmediate(resolve))
    expect(ended).toBe(false)
    hanging.open()
    expect((await end).judged).toEqual(['late', 'bad'])
  })

  it('in an unlikely piece does not hold back a likely one that comes late', async () => {
    const late = newLatch()
    const unlikely: Offer = {
      rank: 3,
      read: async () => {
        late.open()
        return never
      },
    }
    const { judged } = await seek([listed(unlikely), late.whenOpen.then(() => found([offer('good')]))])
    expect(judged).toEqual(['good'])
  })
})

describe('unlikely evidence', () => {
  it('is not read before all likely evidence has been, while that is still on its way', async () => {
    const order: string[] = []
    const judge = async (name: string): Promise<string> => {
      order.push(name)
      return Promise.resolve(name)
    }
    const slow = newLatch()
    setImmediate(() => slow.open())
    await seek([listed(offer('hardly', 3)), listed(offer('likely', 1, slow.whenOpen))], { judge })
    expect(order).toEqual(['likely', 'hardly'])
  })
})

describe('a thorough search', () => {
  it('reads everything, also after the question is settled', async () => {
    const more = Array.from({ length: 12 }, (_, index) => offer(`bad ${index}`))
    const { judged } = await seek(
      [listed(offer('good'), ...more, offer('hardly', 3)), listed(offer('other', 2))],
      {
        thorough: true,
      },
    )
    expect(judged).toHaveLength(15)
    expect(judged.slice(0, 2)).toEqual(['good', 'bad 0'])
    expect(judged.slice(-2)).toEqual(['hardly', 'other'])
  })

  it('waits for every place', async () => {
    const late = newLatch()
    const asked = seek([late.whenOpen.then(() => found([offer('late')])), listed(offer('good'))], {
      thorough: true,
    })
    setImmediate(() => late.open())
    expect((await asked).judged).toEqual(['late', 'good'])
  })

  it('keeps every problem', async () => {
    const broken: Offer = { rank: 3, read: async () => Promise.resolve({ ...nothing, problems: [outage] }) }
    const { problems } = await seek([listed(offer('good'), broken)], { thorough: true })
    expect(problems).toEqual([outage])
  })
})
