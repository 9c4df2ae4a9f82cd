import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { families } from './harness/families.js'
import {
  addCells,
  type Cells,
  type Found,
  findCell,
  findUsual,
  hashOf,
  inTurns,
  isForCommand,
  keyOf,
  nothing,
  type Position,
  positionsOf,
} from './harness/matrix.js'
import { type Family, imageKinds, type Place } from './harness/place.js'
import { faultsOf, type Nowhere, openNowhere } from './harness/play.js'
import { exceptions } from './harness/rule.js'

// `npm test` plays a slice and holds it to the cells that are committed; `npm run faults` plays all and writes them.
const isFull = process.env['FAULTS'] === 'full'
const folder = process.env['FAULTS_FOUND']
/** Only cells whose place and fault are like this are played again. */
const only = process.env['FAULTS_ONLY'] === undefined ? undefined : new RegExp(process.env['FAULTS_ONLY'])
const sliceOf = 40
const atOnce = 4

const file = path.join(import.meta.dirname, 'data/cells.json')
const committed = (family: string): Cells => {
  const { families: all } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly families: readonly { readonly name: string; readonly cells: Cells }[]
  }
  return all.find(({ name }) => name === family)?.cells ?? {}
}

let nowhere: Nowhere
beforeAll(async () => void (nowhere = await openNowhere()))
afterAll(async () => nowhere.stop())

const shown = ({ at, text, wrong }: Found): string =>
  `${[at.place, at.fault, at.image, at.when].join(', ')}: ${text}${wrong === undefined ? '' : ` (${wrong})`}`

describe.each(families)('what goes wrong with $name', (family) => {
  it.runIf(isFull)('is never a rejection and never a pass', { timeout: 3_600_000 }, async () => {
    const opened = await family.open()
    try {
      const player = { family, opened, nowhere }
      const before = only === undefined ? {} : committed(family.name)
      const usual = only === undefined ? await findUsual(player, atOnce) : []
      let cells = addCells(usual, before)
      const positions = positionsOf(opened.places, isAskedIn(cells))
      const played = positions.filter(({ place, fault }) => only?.test(`${place}, ${fault}`) ?? true)
      const found: Found[] = [...usual]
      for (const phase of ['always', 'once'] as const) {
        const now: Found[] = []
        const all = played.filter(({ when }) => when === phase)
        const each = async (at: Position): Promise<void> => void now.push(await findCell(player, at, cells))
        // Those that wait cost nothing else.
        const isWaiting = ({ fault }: Position): boolean => /^(never|stops)/.test(fault)
        await Promise.all([
          inTurns(all.filter(isWaiting), atOnce, each),
          inTurns(
            all.filter((at) => !isWaiting(at)),
            atOnce,
            each,
          ),
        ])
        cells = addCells(now, cells)
        found.push(...now)
      }
      const wrong = found.filter((one) => one.wrong !== undefined).map(shown)
      if (folder !== undefined) write(folder, family, opened.places, cells, wrong)
      expect(wrong).toEqual([])
    } finally {
      await opened.stop()
    }
  })

  it.skipIf(isFull)('in a slice ends as it is written down', { timeout: 300_000 }, async () => {
    const opened = await family.open()
    try {
      const cells = committed(family.name)
      const positions = positionsOf(opened.places, isAskedIn(cells))
      // Every cell that there is, is written down.
      const texts = positions.map((at) => cells[at.place]?.[at.fault]?.[keyOf(at)])
      expect(positions.filter((_, index) => texts[index] === undefined)).toEqual([])
      const slice = positions.filter((at) => hashOf(family.name, at) % sliceOf === 0)
      const found: Found[] = []
      await inTurns(
        slice,
        atOnce,
        async (at) => void found.push(await findCell({ family, opened, nowhere }, at, cells)),
      )
      const other = found.filter(
        ({ at, text, wrong }) => wrong !== undefined || text !== cells[at.place]?.[at.fault]?.[keyOf(at)],
      )
      expect(other.map(shown)).toEqual([])
    } finally {
      await opened.stop()
    }
  })
})

/** Whether a place is asked for an image when all is well. */
function isAskedIn(cells: Cells): (at: Position) => boolean {
  return ({ place, image }) => cells[place]?.[nothing]?.[keyOf({ image, when: 'always' })] !== undefined
}

/** In the order of the matrix: cells end in any. */
function write(
  into: string,
  { name, title, about }: Family,
  places: readonly Place[],
  cells: Cells,
  wrong: readonly string[],
): void {
  const usual = places.flatMap((place) =>
    imageKinds.map((image): Position => ({ place: place.name, fault: nothing, image, when: 'always' })),
  )
  const positions = positionsOf(places, isAskedIn(cells))
  const textOf = (at: Position): string | undefined => cells[at.place]?.[at.fault]?.[keyOf(at)]
  const sorted = [...usual.filter(isAskedIn(cells)), ...positions].map((at) => ({
    at,
    text: textOf(at) ?? '',
  }))
  const rejections = positions.flatMap((at) => {
    const place = places.find((one) => one.name === at.place)
    const manner = place && faultsOf(place).find((one) => one.name === at.fault)?.manner
    const wasSo = textOf(at) === textOf({ ...at, fault: nothing, when: 'always' })
    return textOf(at)?.startsWith('rejected') === true && !wasSo && manner ? [manner] : []
  })
  const written = {
    order: families.findIndex((one) => one.name === name),
    name,
    title,
    about,
    places: places.map((place) => ({ name: place.name, kind: place.kind })),
    'by the command too': positions.filter((at) => isForCommand(name, at)).length,
    exceptions: Object.fromEntries(
      Object.keys(exceptions).map((one) => [one, rejections.filter((manner) => manner === one).length]),
    ),
    wrong: wrong.length,
    cells: addCells(sorted),
  }
  mkdirSync(into, { recursive: true })
  writeFileSync(
    path.join(into, `${name}.json`),
    JSON.stringify({ ...written, reasons: exceptions, shown: wrong }),
  )
}
