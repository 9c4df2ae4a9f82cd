import zlib from 'node:zlib'
import { describe } from '../network/fault.js'
import type { Sink } from '../network/sink.js'

/** What unpacking one zstd frame (RFC 8878) came to. `trailing`: something follows the frame. */
export type Unpacked =
  { readonly kind: 'unpacked' | 'longer' | 'trailing' } | { readonly kind: 'broken'; readonly reason: string }

/** A frame may ask for a window of this many bytes, as a power of two: twice what the largest chunk of s3lo needs. */
const windowLog = 25

/** Node has zstd from 22.15 and 23.8 on. */
export function canUnpack(): boolean {
  return typeof (zlib as Partial<typeof zlib>).createZstdDecompress === 'function'
}

/**
 * Unpacks the first frame of a packed chunk, piece by piece, at most `limit` bytes. Node takes a frame that is cut short
 * for a whole one: only the digest of what came out tells.
 */
export async function unpackFrame(packed: Uint8Array, limit: number, sink: Sink): Promise<Unpacked> {
  const stream = zlib.createZstdDecompress({ params: { [zlib.constants.ZSTD_d_windowLogMax]: windowLog } })
  return new Promise((resolve) => {
    let size = 0
    stream.on('data', (piece: Buffer) => {
      size += piece.length
      if (size <= limit) {
        sink(piece)
        return
      }
      resolve({ kind: 'longer' })
      stream.destroy()
    })
    stream.on('error', (error) => resolve({ kind: 'broken', reason: describe(error) }))
    stream.on('end', () => resolve({ kind: stream.bytesWritten < packed.length ? 'trailing' : 'unpacked' }))
    stream.end(packed)
  })
}
