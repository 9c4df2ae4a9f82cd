import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { cruise, plantHouse } from '../harness/planted.js'

/** The rooms from top to bottom, written down here on their own: the rule has to agree, not to be repeated. */
const floors: readonly (readonly string[])[] = [
  ['action', 'cli'],
  ['run'],
  ['fleet'],
  ['report', 'inputs'],
  ['gate'],
  ['policy'],
  ['requirement'],
  ['stores', 'keys', 'trust', 'engine'],
  ['files'],
  ['network'],
  ['kubernetes'],
  ['verify'],
  ['evidence'],
  ['reference'],
  ['verdict'],
]
const rooms = floors.flat()
const pure = [
  'fleet',
  'report',
  'policy',
  'requirement',
  'kubernetes',
  'verify',
  'evidence',
  'reference',
  'verdict',
]
const networked = ['gate', 'stores', 'keys', 'trust', 'files']
const floorOf = (room: string): number => floors.findIndex((floor) => floor.includes(room))

function cruiseOver(files: Readonly<Record<string, string>>): readonly string[] {
  const house = plantHouse(files)
  try {
    return cruise(house)
  } finally {
    house.remove()
  }
}

/** One file a pair of rooms: `src/<from>/to-<to>.ts`, which imports the other room and nothing else. */
function importsBetween(wanted: (from: string, to: string) => boolean): Record<string, string> {
  const files: Record<string, string> = {}
  for (const from of rooms) {
    files[`src/${from}/noun.ts`] = `export const noun = '${from}'\n`
    for (const to of rooms.filter((other) => other !== from && wanted(from, other))) {
      files[`src/${from}/to-${to}.ts`] =
        `import { noun } from '../${to}/noun.js'\nexport const other = noun\n`
    }
  }
  // Something uses every noun, so that none is an orphan; the network is not for the entry either.
  files['src/main.ts'] = rooms
    .filter((room) => room !== 'network')
    .map((room, n) => `export { noun as n${n} } from './${room}/noun.js'\n`)
    .join('')
  return files
}

const maySee = (from: string, to: string): boolean =>
  floorOf(from) < floorOf(to) && (to !== 'network' || networked.includes(from))

describe('the rooms', () => {
  it('are all known to the arrows: none is outside the rule', () => {
    const src = path.resolve(import.meta.dirname, '../../src')
    const folders = readdirSync(src, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect(folders.length).toBeGreaterThan(10)
    for (const { name } of folders) expect(rooms).toContain(name)
  })
})

describe('an import', () => {
  it('of a room below is allowed, from every room', () => {
    expect(cruiseOver(importsBetween(maySee))).toEqual([])
  })

  it('of a room above or beside is found, for every pair of rooms', () => {
    const files = importsBetween((from, to) => floorOf(from) >= floorOf(to))
    const found = cruiseOver(files).filter((one) => one.includes('-looks-down'))
    const planted = rooms.flatMap((from) =>
      rooms
        .filter((to) => to !== from && floorOf(from) >= floorOf(to))
        .map((to) => `src/${from}/to-${to}.ts: ${from}-looks-down`),
    )
    expect(planted.length).toBeGreaterThan(100)
    expect(found).toEqual(planted.toSorted())
  })

  it.each([
    ['of a type', "import type { Noun } from '../gate/noun.js'\nexport type Other = Noun\n"],
    ['at run time', "export const other = async () => import('../gate/noun.js')\n"],
    ['by handing on', "export { noun } from '../gate/noun.js'\n"],
    ['of the entry itself', "export { noun } from '../main.js'\n"],
  ])('upward is found in every form: %s', (_, text) => {
    const found = cruiseOver({
      'src/gate/noun.ts': "export const noun = 'gate'\nexport type Noun = typeof noun\n",
      'src/main.ts': "export { noun } from './gate/noun.js'\n",
      'src/verdict/planted.ts': text,
    })
    expect(found).toEqual(['src/verdict/planted.ts: verdict-looks-down'])
  })

  it('of the network is found in every room that has no business there', () => {
    const files = importsBetween((from, to) => to === 'network' && floorOf(from) < floorOf(to))
    const strangers = rooms.filter((room) => floorOf(room) < floorOf('network') && !networked.includes(room))
    expect(cruiseOver(files)).toEqual(
      strangers.map((room) => `src/${room}/to-network.ts: network-serves-the-edges`).toSorted(),
    )
  })

  it('that leads round in a circle is found', () => {
    const found = cruiseOver({
      'src/gate/a.ts': "import { b } from './b.js'\nexport const a = () => b()\n",
      'src/gate/b.ts': "import { a } from './a.js'\nexport const b = (): unknown => a()\n",
    })
    expect(found).toEqual(['src/gate/a.ts: no-circles'])
  })

  it('of nothing, by nobody, is found: a file that no one uses', () => {
    expect(cruiseOver({ 'src/gate/left-over.ts': 'export const left = 1\n' })).toEqual([
      'src/gate/left-over.ts: no-orphans',
    ])
  })
})

describe('a pure room', () => {
  const outside = [
    'node:fs',
    'fs',
    'node:fs/promises',
    'node:http',
    'node:https',
    'node:net',
    'node:dns',
    'node:tls',
  ]
  const worldly = [
    ...outside,
    'node:process',
    'node:child_process',
    'node:timers/promises',
    'node:os',
    'node:worker_threads',
  ]
  const fileFor = (module: string): string => `${module.replaceAll(/\W/g, '-')}.ts`
  const importOf = (module: string): string => `import * as it from '${module}'\nexport const used = it\n`

  it.each(pure)('%s that reaches outside is found, whatever it reaches for', (room) => {
    const files = Object.fromEntries(
      worldly.map((module) => [`src/${room}/${fileFor(module)}`, importOf(module)]),
    )
    const wanted = Object.keys(files).map((file) => `${file}: pure-rooms-touch-nothing`)
    expect(cruiseOver(files)).toEqual(wanted.toSorted())
  })

  it('may compute: hashes, bytes and texts are no outside', () => {
    const files = Object.fromEntries(
      pure.flatMap((room) =>
        ['node:crypto', 'node:buffer', 'node:util'].map((module) => [
          `src/${room}/${fileFor(module)}`,
          importOf(module),
        ]),
      ),
    )
    expect(cruiseOver(files)).toEqual([])
  })

  it('may use libraries that compute, and no others', () => {
    const found = cruiseOver({
      'src/verify/client.ts': importOf('@aws-sdk/client-s3'),
      'src/evidence/core.ts': importOf('@actions/core'),
      'src/verify/curves.ts': importOf('@noble/curves/ed25519.js'),
    })
    expect(found).toEqual([
      'src/evidence/core.ts: pure-rooms-use-pure-libraries',
      'src/verify/client.ts: pure-rooms-use-pure-libraries',
    ])
  })

  it('is found also where it reaches outside at run time', () => {
    const text = "export const read = async () => import('node:fs/promises')\n"
    expect(cruiseOver({ 'src/verify/late.ts': text })).toEqual([
      'src/verify/late.ts: pure-rooms-touch-nothing',
    ])
  })
})
