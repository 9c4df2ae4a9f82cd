/**
 * How much is attacked: `npm run attacks` does all of it; `npm test` a slice that is the same every time, so that it
 * stays quick and fails for everybody alike.
 */
export const isFull = process.env['ATTACKS'] === 'full'

/** All random choices begin here. */
export const seed = 20261121

/** One number for a slice, another for everything. */
export function extent(slice: number, full: number): number {
  return isFull ? full : slice
}

/** A number below `below` that depends on a text alone. */
export function numberOf(text: string, below: number): number {
  let hash = seed
  for (const letter of text) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0
  return hash % below
}
