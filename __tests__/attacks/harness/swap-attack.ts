import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { courtOf, type Judge } from './court.js'
import { openCounts } from './counts.js'
import type { EvidenceCase, Parts, Proof } from './evidence-case.js'
import { extent, numberOf } from './extent.js'
import { compare } from './flips.js'
import { type Piece, piecesOf, put, take, wholesale } from './swaps.js'
import { encodeOnce } from './swift-certificates.js'

/** Every so many swaps in a slice. */
const usualStride = 41

/** Evidence that gives pieces away; nobody's: they are taken away. */
interface Donor {
  readonly name: string
  readonly parts: Parts
}
const nobody: Donor = { name: 'nobody', parts: {} }

/**
 * Gives each case each piece, and each two pieces, of each other of its kind: what was one's own stays proven, and
 * nothing else is ever proven but what the other proves by itself.
 */
export function attackBySwaps(set: string, cases: readonly EvidenceCase[], sliceStride = usualStride): void {
  encodeOnce()
  const count = openCounts('swaps', set)
  const stride = extent(sliceStride, 1)

  describe.each(cases)('$kind: $name', (one) => {
    it('is proven by its own pieces alone', { timeout: 7_200_000 }, async () => {
      const judge = courtOf(one)
      const own = await judge(one.parts)
      if (own === undefined) throw new Error('the evidence is not accepted as it is')
      const wrong: string[] = []
      const given = new Set<string>()
      let turn = numberOf(one.name, stride)
      for (const donor of [
        nobody,
        ...cases.filter(({ kind, name }) => kind === one.kind && name !== one.name),
      ]) {
        for (const swap of swapsOf(piecesOf(one))) {
          if (turn++ % stride > 0) continue
          const parts = swapped(one.parts, donor.parts, swap)
          if (parts === undefined) {
            count({ 'without a difference': 1 })
            continue
          }
          // Who has none of a piece takes it away, as many another does: the same parts have the same answer.
          const id = idOf(parts)
          if (given.has(id)) {
            count({ 'given before': 1 })
            continue
          }
          given.add(id)
          const proof = await judge(parts)
          const outcome = proof === undefined ? 'refused' : compare(own, proof)
          const isDonors =
            proof !== undefined &&
            outcome === 'different' &&
            (await isHonest(one, donor.parts, swap, proof, judge))
          const isWrong = outcome === 'different' && !isDonors
          count({
            swaps: 1,
            refused: outcome === 'refused' ? 1 : 0,
            'without effect': outcome === 'same' ? 1 : 0,
            'a time less': outcome === 'less' ? 1 : 0,
            'proven by evidence left whole': isDonors ? 1 : 0,
            'passed for something else': isWrong ? 1 : 0,
          })
          if (isWrong) wrong.push(`${swap.join(' and ')} of ${donor.name}`)
        }
      }
      expect(wrong).toEqual([])
    })
  })
}

function idOf(parts: Parts): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64')
}

/** What lies beside an image may be about it, whoever laid it there: the proof is that of evidence left whole. */
async function isHonest(
  one: EvidenceCase,
  others: Parts,
  swap: readonly Piece[],
  proof: Proof,
  judge: Judge,
): Promise<boolean> {
  for (const parts of wholesale(one, others, swap)) {
    const honest = await judge(parts)
    if (honest && compare(honest, proof) !== 'different') return true
  }
  return false
}

/** Each piece alone, and each two that do not lie in one another. */
function* swapsOf(pieces: readonly Piece[]): Generator<readonly Piece[]> {
  for (const [index, one] of pieces.entries()) {
    yield [one]
    for (const other of pieces.slice(index + 1)) {
      const within = [one, other].sort((a, b) => a.length - b.length)
      if (!`${within[1] ?? ''}/`.startsWith(`${within[0] ?? ''}/`) && !other.startsWith(`${one}.`))
        yield [one, other]
    }
  }
}

/** @returns undefined where nothing changes, or not every piece of the swap */
function swapped(own: Parts, others: Parts, pieces: readonly Piece[]): Parts | undefined {
  let parts: Parts | undefined = own
  for (const piece of pieces) {
    const [mine, theirs] = [take(own, piece), take(others, piece)]
    if (JSON.stringify(mine) === JSON.stringify(theirs)) return undefined
    parts = put(parts, piece, theirs)
    if (parts === undefined) return undefined
  }
  return parts
}
