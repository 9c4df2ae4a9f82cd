import { createHash, getFips, type Hash } from 'node:crypto'

/** The checksums in which stores say what they hold, in base64: for what changed on the way, not for what somebody changed. */
export interface Checksums {
  readonly crc32c: string
  /** Undefined where this machine may not compute MD5 (FIPS 140). */
  readonly md5: string | undefined
}

/** Adds up the bytes of an object as they come. */
export interface Summing {
  readonly add: (bytes: Uint8Array) => void
  readonly sums: () => Checksums
  /** Bytes that came. */
  readonly size: () => number
}

export function openSumming(): Summing {
  let crc = 0xffffffff
  let size = 0
  const md5: Hash | undefined = getFips() === 1 ? undefined : createHash('md5')
  return {
    add: (bytes) => {
      for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0)
      md5?.update(bytes)
      size += bytes.length
    },
    sums: () => {
      const sum = Buffer.alloc(4)
      sum.writeUInt32BE((crc ^ 0xffffffff) >>> 0)
      return { crc32c: sum.toString('base64'), md5: md5?.copy().digest('base64') }
    },
    size: () => size,
  }
}

/** CRC-32C, the one of Castagnoli (RFC 3720, appendix B.4), a byte at a time; `zlib` has another one. */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0x82f63b78 : rest >>> 1
  return rest
})
