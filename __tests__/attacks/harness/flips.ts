import type { Judge } from './court.js'
import type { Parts, Proof } from './evidence-case.js'
import { without } from './swaps.js'

/** What a change of one byte led to, where it was not refused. */
export interface Survivor {
  readonly at: number
  /** The part with the change. */
  readonly text: string
  /**
   * `same`: content, signer and times are those of the untouched evidence; `less`: of its times some are missing, or
   * it proves what the other parts prove without this one.
   */
  readonly outcome: 'same' | 'less' | 'different'
  readonly proof: Proof
}

export interface Flipped {
  readonly tried: number
  readonly survivors: readonly Survivor[]
}

/**
 * Changes every byte of a part in turn, from an offset on in strides; the others stay.
 *
 * @param everyWay each byte in each way; else each in one of them, by turns
 */
export async function flip(
  parts: Parts,
  part: string,
  judge: Judge,
  {
    stride,
    start,
    everyWay,
  }: { readonly stride: number; readonly start: number; readonly everyWay: boolean },
): Promise<Flipped> {
  const before = await judge(parts)
  if (before === undefined) throw new Error('the evidence is not accepted as it is')
  const text = parts[part] ?? ''
  const others = await judge(without(parts, part))
  const survivors: Survivor[] = []
  let tried = 0
  for (let at = start; at < text.length; at += stride) {
    const ways = changesOf(text.charCodeAt(at), at)
    for (const changed of everyWay ? ways : ways.slice(at % ways.length).slice(0, 1)) {
      tried++
      const whole = `${text.slice(0, at)}${changed}${text.slice(at + 1)}`
      const proof = await judge({ ...parts, [part]: whole })
      if (proof) survivors.push({ at, text: whole, outcome: compare(before, proof, others), proof })
    }
  }
  return { tried, survivors }
}

/** The lowest bit, the highest bit (which leaves ASCII), and another byte that depends on the place alone. */
function changesOf(byte: number, at: number): readonly string[] {
  const other = (byte + 1 + ((Math.imul(at + 1, 2_654_435_761) >>> 24) % 255)) & 0xff
  return [...new Set([byte ^ 1, byte ^ 0x80, other])].map((one) => String.fromCharCode(one))
}

/** @param less what is proven with a part less, if anything */
export function compare(before: Proof, after: Proof, less?: Proof): Survivor['outcome'] {
  if (less && compare(less, after) === 'same' && compare(before, after) === 'different') return 'less'
  if (before.content !== after.content || before.signer !== after.signer) return 'different'
  if (after.times.some((time) => !before.times.includes(time))) return 'different'
  return after.times.length === before.times.length ? 'same' : 'less'
}

/** Positions as text: `3 5-9`. */
export function rangesOf(positions: Iterable<number>): string {
  const ranges: [number, number][] = []
  for (const at of [...new Set(positions)].sort((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last?.[1] === at - 1) last[1] = at
    else ranges.push([at, at])
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(' ')
}

export function positionsIn(ranges: string): ReadonlySet<number> {
  if (ranges === '') return new Set()
  return new Set(
    ranges.split(' ').flatMap((range) => {
      const [from = 0, to = from] = range.split('-').map(Number)
      return Array.from({ length: to - from + 1 }, (_, index) => from + index)
    }),
  )
}
