import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { parseEnvelope } from '../../src/evidence/dsse.js'
import { isObject, type JsonObject, readObject } from '../../src/evidence/json.js'
import { parseStatement, type Statement } from '../../src/evidence/statement.js'
import { sharedFolder } from '../harness/shared.js'

/** The statements in a folder of cases that others made; nothing, and it says so, where the folder is not there. */
export function statementsIn(name: string): readonly Statement[] {
  const folder = sharedFolder(name)
  if (folder === undefined) return []
  return readdirSync(folder)
    .map((one) => path.join(folder, one))
    .filter((one) => statSync(one).size < 1024 * 1024)
    .flatMap((one) => envelopesIn(readObject(readFileSync(one))))
    .flatMap((one) => {
      const envelope = parseEnvelope(one)
      const statement = typeof envelope === 'string' ? '' : parseStatement(envelope.payload)
      return typeof statement === 'string' ? [] : statement
    })
}

/** The file is an envelope, or a bundle with one. */
function envelopesIn(whole: JsonObject | undefined): readonly JsonObject[] {
  return [whole, whole?.['dsseEnvelope']].filter(isObject).filter(({ payload }) => payload !== undefined)
}

const long = 'x'.repeat(100_000)
const deep = JSON.parse('{"a":'.repeat(5000) + '1' + '}'.repeat(5000)) as unknown

/** Values that no reader expects, wherever they are put. */
export const oddValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  long,
  '\ud800',
  [],
  [null, 7, 'x', [], {}],
  {},
  { uri: 7, digest: [] },
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":1},"length":1e9}'),
  deep,
]

/** Every text in a value, and the length of its longest list. */
export function extentOf(value: unknown): { readonly longest: number; readonly most: number } {
  let longest = 0
  let most = 0
  const walk = (one: unknown): void => {
    if (typeof one === 'string') longest = Math.max(longest, one.length)
    if (Array.isArray(one)) most = Math.max(most, one.length)
    if (typeof one === 'object' && one !== null) Object.values(one).forEach(walk)
  }
  walk(value)
  return { longest, most }
}

/** Copies of a document in which one member, at any depth, is another value. */
export function* spoilt(document: object): Generator {
  for (const place of placesIn(document, [])) {
    for (const odd of oddValues) {
      const copy = structuredClone(document)
      const target = place
        .slice(0, -1)
        .reduce((node: unknown, step) => Reflect.get(node as object, step), copy)
      Reflect.set(target as object, place.at(-1) ?? '', odd)
      yield copy
    }
  }
}

function* placesIn(value: object, before: readonly string[]): Generator<readonly string[]> {
  for (const [name, item] of Object.entries(value) as [string, unknown][]) {
    yield [...before, name]
    if (typeof item === 'object' && item !== null) yield* placesIn(item, [...before, name])
  }
}
