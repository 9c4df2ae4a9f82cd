import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openCounts } from './counts.js'
import { extent, seed } from './extent.js'
import { bytes, texts, values } from './hostile.js'

/** Something that reads what anybody may have written, with a few things that it does read. */
export type Parser = { readonly name: string } & (
  | Reader<'texts', string, string>
  | Reader<'bytes', Uint8Array | string, Uint8Array>
  | Reader<'values', unknown, unknown>
)

/** The others are absent, so that it is plain what is read. */
type Reader<Form extends Forms, Sample, Input> = Readonly<Record<Form, readonly Sample[]>> &
  Readonly<Partial<Record<Exclude<Forms, Form>, undefined>>> & { readonly read: (input: Input) => unknown }
type Forms = 'texts' | 'bytes' | 'values'

const inSlice = 60
const inFull = 5000

/** Whatever comes: no parser throws, none answers the same question in two ways, and none changes what all objects have. */
export function attackByFuzz(set: string, parsers: readonly Parser[]): void {
  const count = openCounts('fuzz', set)
  const numRuns = extent(inSlice, inFull)

  describe.each(parsers)('$name', (parser) => {
    it('answers whatever comes, and twice the same', { timeout: 1_800_000 }, async () => {
      const read = parser.read as (input: unknown) => unknown
      let cases = 0
      await fc.assert(
        fc.asyncProperty(inputsOf(parser), async (input) => {
          cases++
          const first = await read(input)
          const second = await read(input)
          if (!isSame(first, second)) throw new Error('two answers to one question')
          if (Object.keys(Object.prototype).length > 0 || 'polluted' in {})
            throw new Error('all objects have a new member')
        }),
        { numRuns, seed, endOnFailure: true },
      )
      count({ parsers: 1, cases })
      expect(cases).toBe(numRuns)
    })
  })
}

/** A property of its own, counted with the others. */
export function property<Input>(
  count: ReturnType<typeof openCounts>,
  inputs: fc.Arbitrary<Input>,
  holds: (input: Input) => void,
): void {
  let cases = 0
  fc.assert(
    fc.property(inputs, (input) => {
      cases++
      holds(input)
    }),
    { numRuns: extent(inSlice * 5, inFull * 4), seed },
  )
  count({ properties: 1, cases })
}

function inputsOf({ texts: written, bytes: stored, values: given }: Parser): fc.Arbitrary<unknown> {
  if (written) return texts(written)
  if (given) return values(given)
  return bytes(stored.map((one) => (typeof one === 'string' ? Buffer.from(one, 'latin1') : one)))
}

/** Functions in an answer are made anew each time. */
function isSame(one: unknown, other: unknown): boolean {
  try {
    return isDeepStrictEqual(one, other) || JSON.stringify(one, plain) === JSON.stringify(other, plain)
  } catch {
    // Too deep to compare is no difference.
    return true
  }
}

function plain(_: string, value: unknown): unknown {
  if (value instanceof Map) return [...(value as Map<unknown, unknown>)]
  if (value instanceof Set) return [...(value as Set<unknown>)]
  return typeof value === 'bigint' ? String(value) : value
}
