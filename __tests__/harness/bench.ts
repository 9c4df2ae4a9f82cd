import type { Clock } from '../../src/gate/clock.js'
import type { Bench } from '../../src/gate/bench.js'
import { openVoucher } from '../../src/gate/vouching.js'
import { openKeyring } from '../../src/gate/keyring.js'
import type { Call } from '../../src/network/call.js'
import { openJournal } from '../../src/network/journal.js'
import { absent, found, type Lookup } from '../../src/network/lookup.js'
import { compileInputs } from '../../src/policy/inputs.js'
import { asksOf } from '../../src/requirement/leaves.js'
import type { ObjectStore } from '../../src/stores/s3lo/objects.js'
import { openPlace } from '../../src/stores/s3lo/place.js'
import type { NonEmpty, Patience, Threshold } from '../../src/verdict/request.js'

/** A promise that nobody keeps: a service that never answers, and does not care for being stopped either. */
export const never = new Promise<never>(() => undefined)

/** Patience for tests in which nothing has to be waited for; the time limit is there to end a test that hangs. */
export const patient: Patience = { waitMs: 0, timeoutMs: 20_000, retries: 0, concurrency: 10 }

export interface TestClock extends Clock {
  /** Every pause that was asked for, in milliseconds. */
  readonly pauses: number[]
}

/** A clock that jumps instead of waiting; `during` happens while somebody sleeps for the n-th time, from 1. */
export function testClock(during: (pause: number) => void = () => undefined): TestClock {
  let now = Date.parse('2026-11-21T00:00:00Z')
  const pauses: number[] = []
  return {
    pauses,
    now: () => new Date(now),
    sleep: async (ms) => {
      pauses.push(ms)
      during(pauses.length)
      now += ms
      return Promise.resolve()
    },
  }
}

export interface MemoryStore extends ObjectStore {
  readonly objects: Map<string, string>
  /** The keys of all reads, in order. */
  readonly reads: string[]
}

/** Answers a read instead of the objects; undefined leaves it to them. */
export type Instead = (key: string, call: Call) => Promise<Lookup<Uint8Array> | undefined> | undefined

/** Objects in memory, laid out as s3lo does. */
export function memoryStore(
  objects: Readonly<Record<string, string>>,
  instead: Instead = () => undefined,
): MemoryStore {
  const held = new Map(Object.entries(objects))
  const reads: string[] = []
  const where = (key: string): string => `memory:${key}`
  const get = (key: string): Lookup<Uint8Array> => {
    const text = held.get(key)
    return text === undefined ? absent(`object not found: ${where(key)}`) : found(Buffer.from(text))
  }
  return {
    objects: held,
    reads,
    where,
    get: async (key, _limit, call) => {
      reads.push(key)
      return (await instead(key, call)) ?? get(key)
    },
    names: async (prefix, most) => {
      const below = [...held.keys()].filter((key) => key.startsWith(prefix))
      return Promise.resolve(
        found(
          below
            .map((key) => key.slice(prefix.length))
            .toSorted()
            .slice(0, most),
        ),
      )
    },
  }
}

interface BenchOptions {
  readonly keys: NonEmpty<string>
  readonly store: ObjectStore
  readonly require?: Threshold
  readonly patience?: Partial<Patience>
  readonly clock?: Clock
}

/** What an image is judged with: real keys, real checks, and a store in memory. */
export function benchFor({ keys, store, require = 'all', patience, clock }: BenchOptions): Bench {
  const given = { ...patient, ...patience }
  const call = { signal: new AbortController().signal, retries: given.retries, journal: openJournal() }
  const requirement = compileInputs({ signers: { keys, require } })
  return {
    requirement,
    asks: asksOf(requirement),
    log: 'require',
    acceptUnbound: false,
    vouching: openVoucher(undefined, 'require', clock ?? testClock(), call).load,
    platforms: 'index',
    thorough: false,
    keyring: openKeyring(keys, call),
    stores: async (reference) =>
      Promise.resolve(
        reference.kind === 's3lo'
          ? openPlace(reference, store)
          : { code: 'unsupported' as const, message: 'only s3lo here' },
      ),
    patience: given,
    clock: clock ?? testClock(),
  }
}
