import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { courtOf } from './court.js'
import { openCounts } from './counts.js'
import type { EvidenceCase } from './evidence-case.js'
import { extent, isFull, numberOf } from './extent.js'
import { flip, positionsIn, rangesOf, type Survivor } from './flips.js'
import { reasonOf, unjudged } from './judged-positions.js'
import { dataFolder } from './own-cases.js'
import { placesOf } from './place.js'
import { encodeOnce } from './swift-certificates.js'

/** Positions of one part at which a change may leave the verdict as it is, and why. */
interface Free {
  readonly place: string
  readonly outcome: Survivor['outcome']
  readonly at: string
  readonly why: string
}

/** By case and part; committed, so that a new one is a change that somebody looks at. */
type Positions = Record<string, Record<string, readonly Free[]>>

/** Every so many bytes in a slice, and of the fixtures beside the project no more than so many of a text. */
const sliceStride = 67
const slicePositions = 12
const isWriting = process.env['ATTACKS_WRITE'] === 'positions'

/**
 * Changes each byte of each part of each case: nothing may then be verified but where somebody judged that it may, and
 * there with the same content by the same signer at the same times. Of evidence in this project each such position is
 * on a list; of the fixtures beside it the places are (`judged-positions.ts`).
 *
 * @param everyWay false: of a million bytes each is changed in one of the three ways, by turns, where all is attacked
 */
export function attackByFlips(set: string, targets: readonly Target[], { everyWay = true } = {}): void {
  encodeOnce()
  const file = path.join(dataFolder, 'positions', `${set}.json`)
  const listed = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Positions) : undefined
  const found: Positions = {}
  const count = openCounts('flips', set)
  const strideOf = (text: string): number => {
    const most = listed ? text.length : slicePositions
    return extent(Math.max(sliceStride, Math.ceil(text.length / most)), 1)
  }

  describe.each(targets)('$one.name: $part', ({ one, part }) => {
    it(
      'has no byte that can be changed unnoticed but those on the list',
      { timeout: 7_200_000 },
      async () => {
        const text = one.parts[part] ?? ''
        const stride = strideOf(text)
        const start = numberOf(`${one.name} ${part}`, stride)
        const { tried, survivors } = await flip(one.parts, part, courtOf(one), {
          stride,
          start,
          everyWay: everyWay || !isFull,
        })
        const free = freeOf({ one, part }, survivors)
        count({
          blobs: 1,
          positions: Math.max(0, Math.ceil((text.length - start) / stride)),
          changes: tried,
          refused: tried - survivors.length,
          'without effect': survivors.filter(({ outcome }) => outcome === 'same').length,
          'a time less': survivors.filter(({ outcome }) => outcome === 'less').length,
          'passed for something else': survivors.filter(({ outcome }) => outcome === 'different').length,
        })
        ;(found[one.name] ??= {})[part] = free
        expect(survivors.flatMap(({ at, outcome }) => (outcome === 'different' ? at : []))).toEqual([])
        expect(free.filter(({ why }) => why === unjudged)).toEqual([])
        if (listed === undefined || isWriting) return
        const known = listed[one.name]?.[part] ?? []
        for (const { outcome, at, place } of free) {
          const allowed = positionsIn(
            known
              .filter((line) => line.outcome === outcome)
              .map((line) => line.at)
              .join(' '),
          )
          const unlisted = [...positionsIn(at)].filter((position) => !allowed.has(position))
          expect(rangesOf(unlisted), `${outcome} at ${place}: not on the list`).toBe('')
        }
        if (isFull) expect(inOrder(free)).toEqual(inOrder(known))
      },
    )
  })

  afterAll(() => {
    if (!isWriting || !isFull) return
    const some = Object.entries(found).map(([name, parts]) => [
      name,
      Object.fromEntries(Object.entries(parts).filter(([, free]) => free.length > 0)),
    ])
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, `${JSON.stringify(Object.fromEntries(some), null, 2)}\n`)
  })
}

/** A part of a case, which is changed while the others stay. */
export interface Target {
  readonly one: EvidenceCase
  readonly part: string
}

export function everyPart(cases: readonly EvidenceCase[]): readonly Target[] {
  return cases.flatMap((one) => Object.keys(one.parts).map((part) => ({ one, part })))
}

/** Each text once, whatever number of cases it is in: with the strictest question. */
export function everyText(cases: readonly EvidenceCase[]): readonly Target[] {
  const strictness = (one: EvidenceCase): number =>
    'log' in one ? (one.log === 'require' ? 2 : 0) + (one.stamped === true ? 1 : 0) : 0
  const strictest = [...cases].sort((a, b) => strictness(b) - strictness(a))
  const targets = everyPart(strictest).map((target) => {
    return [`${target.one.kind} ${target.one.parts[target.part] ?? ''}`, target] as const
  })
  return [...new Map(targets.toReversed()).values()].toReversed()
}

function inOrder(lines: readonly Free[]): readonly string[] {
  return lines.map((line) => JSON.stringify([line.place, line.outcome, line.at, line.why])).sort()
}

function freeOf({ one, part }: Target, survivors: readonly Survivor[]): readonly Free[] {
  const text = one.parts[part] ?? ''
  const places = placesOf(text)
  const lines = new Map<string, { readonly line: Omit<Free, 'at'>; readonly positions: number[] }>()
  for (const { at, outcome, text: changed } of survivors) {
    if (outcome === 'different') continue
    const place = places[at] ?? ''
    const why = reasonOf({ one, part, text, changed, at, place, outcome })
    const id = JSON.stringify([outcome, place, why])
    const known = lines.get(id)
    if (known) known.positions.push(at)
    else lines.set(id, { line: { place, outcome, why }, positions: [at] })
  }
  return [...lines.values()].map(({ line, positions }) => ({ ...line, at: rangesOf(positions) }))
}
