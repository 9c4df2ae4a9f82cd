import { createHash } from 'node:crypto'

/** A file of a tree of products or materials. */
export interface Leaf {
  readonly path: string
  /** SHA-256, hex digits. */
  readonly digest: string
}

/**
 * How the leaves of a tree are made: of the digest alone (cilock from 3.0.8), or of the path and the digest (before).
 * The version of the type is the same; cilock 4.1 itself refuses the older ones.
 */
export type LeafEncoding = 'digest' | 'path-and-digest'

const mostLeaves = 1 << 20
const sha256Hex = /^[0-9a-f]{64}$/

/**
 * The encoding under which leaves come to a root (RFC 6962, 2.1).
 *
 * @returns a text that says why there is none
 */
export function encodingOf(
  leaves: readonly Leaf[],
  root: string,
): { readonly encoding: LeafEncoding } | string {
  if (leaves.length > mostLeaves) return `${leaves.length} leaves are more than ${mostLeaves}`
  if (new Set(leaves.map(({ path }) => path)).size < leaves.length) return 'a path is there twice'
  const bad = leaves.find(({ digest }) => !sha256Hex.test(digest))
  if (bad) return `the digest of ${bad.path} is no SHA-256`
  const got = rootOf(leaves, 'digest')
  if (got === root) return { encoding: 'digest' }
  if (leaves.length > 0 && rootOf(leaves, 'path-and-digest') === root) return { encoding: 'path-and-digest' }
  return `leaves reconstruct to root ${got} but signed merkleRoot is ${root}`
}

export function rootOf(leaves: readonly Leaf[], encoding: LeafEncoding): string {
  const digestOf = ({ digest }: Leaf): Buffer => Buffer.from(digest, 'hex')
  if (encoding === 'path-and-digest') {
    const sorted = [...leaves].sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)))
    return fold(sorted.map((leaf) => sha256(Buffer.from(leaf.path), zero, digestOf(leaf)))).toString('hex')
  }
  const digests = [...new Set(leaves.map(({ digest }) => digest))].sort()
  return fold(digests.map((digest) => sha256(Buffer.from(digest, 'hex')))).toString('hex')
}

const zero = Buffer.of(0)
const one = Buffer.of(1)

/** Largest power of two below the count to the left (RFC 6962): the same as pairing neighbours level by level. */
function fold(values: readonly Buffer[]): Buffer {
  if (values.length === 0) return sha256()
  let level = values.map((value) => sha256(zero, value))
  while (level.length > 1) {
    const next: Buffer[] = []
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = [level[at], level[at + 1]]
      if (left !== undefined) next.push(right === undefined ? left : sha256(one, left, right))
    }
    level = next
  }
  return level[0] ?? sha256()
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
