import type { Evidence } from '../evidence/evidence.js'
import type { Channel, Offer } from '../stores/store.js'
import type { Problem } from '../verdict/finding.js'
import { type Latch, newLatch } from './latch.js'

/** What a search came to: what became of each piece that was read, in their order, and what could not be read. */
export interface Searched<Judged> {
  readonly judged: readonly Judged[]
  readonly problems: readonly Problem[]
}

/** Unlikely evidence may be large: it is left alone this long while likely evidence is still on its way. */
const unlikelyMs = 2000
/** Once the question is settled, likely evidence that is just arriving is still taken, so that reports do not race. */
const settleMs = 1000
/** Pieces of one channel that are read at the same time: each may be as large as the limit. */
const batch = 10

interface Search<Judged> {
  readonly channels: readonly Channel[]
  /** What a piece comes to. */
  readonly judge: (evidence: Evidence) => Promise<Judged>
  /** Whether nothing more has to be read. */
  readonly settles: (judged: Judged) => boolean
  /** Reads all there is, for reports that list it. */
  readonly thorough: boolean
}

/**
 * Reads evidence channel by channel, the likely pieces first, until one of them settles the question or all is read.
 * Channels do not wait for each other, so one that hangs delays no other for long.
 */
export async function search<Judged>({
  channels,
  judge,
  settles,
  thorough,
}: Search<Judged>): Promise<Searched<Judged>> {
  const judged = new Map<string, Judged>()
  const problems = new Map<string, Problem>()
  const settled = newLatch()
  const likely = channels.map(() => newLatch())

  const readOne = async ({ read }: Offer, place: string): Promise<void> => {
    const reading = await read()
    for (const [index, problem] of reading.problems.entries())
      problems.set(`${place}.${order(index)}`, problem)
    for (const [index, evidence] of reading.evidence.entries()) {
      const one = await judge(evidence)
      judged.set(`${place}.${order(index)}`, one)
      if (settles(one)) settled.open()
    }
  }

  const readRanks = async (
    offers: readonly Offer[],
    ranks: readonly Offer['rank'][],
    place: string,
  ): Promise<void> => {
    const chosen = ranks.flatMap((rank) => [...offers.entries()].filter(([, offer]) => offer.rank === rank))
    for (let at = 0; at < chosen.length; at += batch) {
      if (settled.isOpen() && !thorough) return
      const some = chosen.slice(at, at + batch)
      await Promise.all(some.map(async ([index, offer]) => readOne(offer, `${place}.${order(index)}`)))
    }
  }

  const readChannel = async (channel: Channel, own: Latch, place: string): Promise<void> => {
    const offers = await channel
    if (offers.kind === 'failed') problems.set(place, offers.problem)
    const listed = offers.kind === 'found' ? offers.value : []
    await readRanks(listed, [1, 2], place)
    own.open()
    if (!listed.some(({ rank }) => rank === 3)) return
    await Promise.race([whenAll(likely), settled.whenOpen, pause(unlikelyMs)])
    await readRanks(listed, [3], place)
  }

  const all = Promise.all(
    channels.map(async (channel, index) => readChannel(channel, likely[index] ?? settled, order(index))),
  )
  const enough = settled.whenOpen.then(async () => Promise.race([whenAll(likely), pause(settleMs)]))
  await (thorough ? all : Promise.race([all, enough]))
  return { judged: inOrder(judged), problems: inOrder(problems) }
}

async function whenAll(latches: readonly Latch[]): Promise<unknown> {
  return Promise.all(latches.map(({ whenOpen }) => whenOpen))
}

/** A number as a text that sorts like it. */
function order(index: number): string {
  return String(index).padStart(6, '0')
}

function inOrder<Value>(values: ReadonlyMap<string, Value>): readonly Value[] {
  return [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value)
}

async function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref())
}
