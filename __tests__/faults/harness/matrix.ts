import { createHash } from 'node:crypto'
import { cellText, readCell } from './outcome.js'
import { faultsOf, type Nowhere, play, type When } from './play.js'
import { type Family, imageKinds, type ImageKind, type OpenFamily, type Place } from './place.js'
import { type Exception, judge } from './rule.js'

/** What a cell is found by: one fault of one place, for one image, once or always. */
export interface Position {
  readonly place: string
  readonly fault: string
  readonly image: ImageKind
  readonly when: When
}

/** Cells by place, fault, and `signed always` and the like; the fault `nothing` is what they are held against. */
export type Cells = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>

export interface Found {
  readonly at: Position
  readonly text: string
  readonly exception?: Exception
  /** Why it is wrong. */
  readonly wrong?: string
  readonly bothFaces: boolean
}

export const nothing = 'nothing'

export function keyOf({ image, when }: Pick<Position, 'image' | 'when'>): string {
  return `${image} ${when}`
}

/** A number that a cell always has. */
export function hashOf(family: string, { place, fault, image, when }: Position): number {
  const name = [family, place, fault, image, when].join('\0')
  return createHash('sha256').update(name).digest().readUInt32BE(0)
}

/** One cell in so many is played by the command too. */
const commandEvery = 8

export function isForCommand(family: string, at: Position): boolean {
  return hashOf(family, at) % commandEvery === 0
}

export interface Player {
  readonly family: Family
  readonly opened: OpenFamily
  readonly nowhere: Nowhere
}

/** What every image comes to at every place when all is well. @returns by place; a place that is not asked has none */
export async function findUsual(player: Player, atOnce: number): Promise<readonly Found[]> {
  const { family, opened, nowhere } = player
  const all = opened.places.flatMap((place) => imageKinds.map((image) => ({ place, image })))
  const found: Found[] = []
  await inTurns(all, atOnce, async ({ place, image }) => {
    const at: Position = { place: place.name, fault: nothing, image, when: 'always' }
    const played = await play({ place, fault: undefined, image, when: 'always', bothFaces: false }, nowhere)
    if (typeof played === 'string') throw new Error(`${family.name}, ${place.name}: ${played}`)
    if (played.asked === 0) return
    const { outcome } = played
    const wanted = image === 'signed' ? 'verified' : 'rejected'
    const wrong = outcome.verdict === wanted ? {} : { wrong: `expected ${wanted}: ${outcome.message}` }
    found.push({ at, text: cellText(outcome), bothFaces: false, ...wrong })
  })
  const missing = opened.places.find(({ name }) => !found.some(({ at }) => at.place === name))
  if (missing) throw new Error(`${family.name}: nobody asks ${missing.name}`)
  return found
}

/** All positions of a family whose place is asked for that image. */
export function positionsOf(
  places: readonly Place[],
  isAsked: (at: Position) => boolean,
): readonly Position[] {
  return places.flatMap((place) =>
    faultsOf(place).flatMap(({ name: fault, stays }) =>
      imageKinds.flatMap((image) =>
        (['always', 'once'] as const)
          .filter((when) => when === 'always' || !stays)
          .map((when) => ({ place: place.name, fault, image, when }))
          .filter(isAsked),
      ),
    ),
  )
}

/** Plays a cell and judges it. @param known what is known of other cells */
export async function findCell(player: Player, at: Position, known: Cells): Promise<Found> {
  const { family, opened, nowhere } = player
  const place = opened.places.find(({ name }) => name === at.place)
  const fault = place && faultsOf(place).find(({ name }) => name === at.fault)
  const usual = known[at.place]?.[nothing]?.[keyOf({ image: at.image, when: 'always' })]
  if (!place || !fault || usual === undefined)
    throw new Error(`no such cell: ${Object.values(at).join(', ')}`)
  const bothFaces = isForCommand(family.name, at)
  const played = await play({ ...at, place, bothFaces }, nowhere)
  if (typeof played === 'string') return { at, text: 'reports that disagree', wrong: played, bothFaces }
  const { outcome, names } = played
  const stayed =
    at.when === 'once' ? known[at.place]?.[at.fault]?.[keyOf({ ...at, when: 'always' })] : undefined
  const judgement = judge(outcome, {
    manner: fault.manner,
    ...(fault.codes.length > 0 && { codes: fault.codes }),
    ...(fault.passes && { passes: true as const }),
    when: at.when,
    place,
    names,
    usual: readCell(usual),
    ...(stayed !== undefined && { stayed: readCell(stayed) }),
  })
  const text = cellText(outcome)
  // A fault that nobody meets proves nothing.
  if (played.played === 0) return { at, text, wrong: 'nothing went wrong: it was not asked', bothFaces }
  if (judgement.kind === 'wrong')
    return { at, text, wrong: `${judgement.why}: ${outcome.message}`, bothFaces }
  return { at, text, bothFaces, ...(judgement.exception && { exception: judgement.exception }) }
}

export function addCells(found: readonly Pick<Found, 'at' | 'text'>[], before: Cells = {}): Cells {
  const cells = structuredClone(before) as Record<string, Record<string, Record<string, string>>>
  for (const { at, text } of found) ((cells[at.place] ??= {})[at.fault] ??= {})[keyOf(at)] = text
  return cells
}

/** So many at the same time, in their order. */
export async function inTurns<One>(
  all: readonly One[],
  atOnce: number,
  each: (one: One) => Promise<void>,
): Promise<void> {
  const left = [...all]
  const lane = async (): Promise<void> => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await each(one)
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
}
