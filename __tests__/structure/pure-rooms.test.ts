import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lint, plantHouse, type PlantedHouse } from '../harness/planted.js'

/** What a module can reach without an import: the arrows can't see it, so the lint rule has to. */
const reaches: Readonly<Record<string, string>> = {
  Date: 'export const now = (): number => Date.now()\n',
  process: "export const home = (): string | undefined => process.env['HOME']\n",
  setTimeout: 'export const later = (run: () => void): unknown => setTimeout(run, 1)\n',
  fetch: "export const get = async (): Promise<unknown> => fetch('https://x.example')\n",
  globalThis: 'export const now = (): number => globalThis.Date.now()\n',
  performance: 'export const now = (): number => performance.now()\n',
  WebSocket: "export const open = (): unknown => new WebSocket('wss://x.example')\n",
}
const pure = ['verdict', 'reference', 'evidence', 'verify', 'kubernetes', 'requirement', 'policy', 'report']
const worldly = ['gate', 'network', 'run']
const files = Object.fromEntries(
  [...pure, ...worldly].flatMap((room) => [
    ...Object.entries(reaches).map(([name, text]) => [`src/${room}/${name}.ts`, text]),
    [`src/${room}/deep/er/Date.ts`, reaches['Date'] ?? ''],
    // A name of one's own, and a member of that name, are not the global ones.
    [
      `src/${room}/own.ts`,
      'export const age = (given: { Date: number }, process: number): number => given.Date - process\n',
    ],
  ]),
) as Readonly<Record<string, string>>

let house: PlantedHouse
let found: readonly string[]

beforeAll(() => {
  house = plantHouse(files)
  found = lint(house)
}, 120_000)
afterAll(() => house.remove())

const restricted = (file: string, name: string): string =>
  `${file}: no-restricted-globals: Unexpected use of '${name}'. A pure room gets this as an argument.`

describe('the lint rule', () => {
  it.each(pure)('finds time, process, timers and network in %s, at any depth, and nothing else', (room) => {
    const wanted = Object.keys(reaches).map((name) => restricted(`src/${room}/${name}.ts`, name))
    expect(found.filter((one) => one.startsWith(`src/${room}/`))).toEqual(
      [...wanted, restricted(`src/${room}/deep/er/Date.ts`, 'Date')].toSorted(),
    )
  })

  it.each(worldly)('leaves time, process and timers to %s, but not the global fetch', (room) => {
    expect(found.filter((one) => one.startsWith(`src/${room}/`))).toEqual([
      restricted(`src/${room}/fetch.ts`, 'fetch'),
    ])
  })
})
