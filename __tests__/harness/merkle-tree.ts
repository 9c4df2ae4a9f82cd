import { createHash } from 'node:crypto'

/** RFC 6962, 2.1: leaves and nodes are hashed apart. */
export function leafHash(entry: Uint8Array): Buffer {
  return hash(0, entry)
}

export function rootHash(leaves: readonly Buffer[]): Buffer {
  const [first, ...others] = leaves
  if (!first) throw new Error('a tree without leaves has no use here')
  if (others.length === 0) return first
  const split = splitOf(leaves.length)
  return hash(1, rootHash(leaves.slice(0, split)), rootHash(leaves.slice(split)))
}

/** RFC 6962, 2.1.1: the hashes beside the way from a leaf to the root, from below. */
export function pathTo(index: number, leaves: readonly Buffer[]): readonly Buffer[] {
  if (leaves.length === 1) return []
  const split = splitOf(leaves.length)
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)]
  return index < split
    ? [...pathTo(index, left), rootHash(right)]
    : [...pathTo(index - split, right), rootHash(left)]
}

/** The largest power of two below a number of leaves. */
function splitOf(count: number): number {
  return 2 ** Math.floor(Math.log2(count - 1))
}

function hash(prefix: number, ...parts: readonly Uint8Array[]): Buffer {
  return parts
    .reduce((all, part) => all.update(part), createHash('sha256').update(Buffer.from([prefix])))
    .digest()
}
