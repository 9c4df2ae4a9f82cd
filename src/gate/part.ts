import { createHash } from 'node:crypto'
import type { Descriptor } from '../evidence/oci-manifest.js'
import type { Call } from '../network/call.js'
import type { Lookup } from '../network/lookup.js'
import type { OpenSink } from '../network/sink.js'
import { type Digest, isDigest } from '../reference/reference.js'
import { type ImageStore, manifestLimit, type Part, type Streamed } from '../stores/store.js'
import type { Service } from '../verdict/codes.js'
import { type Finding, type Problem, unknown, unmet } from '../verdict/finding.js'
import type { Turns } from './turns.js'

/** Most bytes of a configuration or a layer. */
export const blobLimit = 16 * 1024 ** 3

/** Parts that could not be read, and parts that are wrong: after so many no further one is read. */
const mostUnread = 10
const mostWrong = 100

/** Where parts are read, and how. */
export interface Reader {
  readonly images: ImageStore
  readonly service: Service
  readonly turns: Turns
  readonly call: Call
  readonly troubles: Troubles
}

/** What went wrong so far: a store that is down is not asked ten thousand times. */
export interface Troubles {
  /** Counts a finding. @returns it */
  readonly note: <Found extends Finding>(finding: Found) => Found
  readonly isEnough: () => boolean
}

export function openTroubles(): Troubles {
  let [unread, wrong] = [0, 0]
  return {
    note: (finding) => {
      if (finding.status === 'unknown') unread++
      else wrong++
      return finding
    },
    isEnough: () => unread >= mostUnread || wrong >= mostWrong,
  }
}

/** A part with what the manifest that lists it says of it. */
export interface Listed extends Part {
  readonly descriptor: Descriptor
}

/** What became of a part: right, with its bytes where they were wanted; or what is to be said of it. */
export type PartRead =
  | { readonly kind: 'right'; readonly size: number; readonly bytes: Uint8Array }
  | { readonly kind: 'missing' | 'failed'; readonly finding: Finding }
  /** Enough went wrong before it. */
  | { readonly kind: 'skipped' }

/** A body that was measured as it came. */
interface Measured {
  readonly digest: Digest
  readonly size: number
  /** The first bytes, as many as were to be kept. */
  readonly bytes: Uint8Array
}

/** What a manifest lists, as a part that can be read. */
export function listPart(kind: Part['kind'], descriptor: Descriptor, service: Service): Listed | Finding {
  const { digest, mediaType, urls, size } = descriptor
  const refuse = (message: string): Finding =>
    unknown(kind, { code: 'unsupported', message: `${kind} ${digest}: ${message}` })
  if (!isDigest(digest)) return refuse('only sha256 digests are read')
  if (urls !== undefined || /\bnondistributable\b|\bforeign\b/.test(mediaType)) {
    return refuse(
      'it may be had from elsewhere than this store (urls, or a layer that is not distributed): not read',
    )
  }
  const limit = kind === 'manifest' ? manifestLimit : blobLimit
  if (size !== undefined && size > limit) {
    const message = `${kind} ${digest}: ${size} bytes, more than ${limit}`
    return unknown(kind, { code: 'limit-exceeded', service, message })
  }
  return { kind, digest, descriptor }
}

/**
 * Reads a part and compares it with what the signed manifest says of it: content that the store has and that is another
 * is proven wrong; what could not be read is not.
 *
 * @param keep most bytes that are handed back
 */
export async function readPart(part: Listed, keep: number, reader: Reader): Promise<PartRead> {
  const { kind, digest, descriptor } = part
  const { images, service, turns, call, troubles } = reader
  const { stream } = images
  if (stream === undefined) {
    const message = `${kind} ${digest}: parts of images in this kind of store are not read by this version`
    return { kind: 'failed', finding: unknown(kind, { code: 'unsupported', message }) }
  }
  const limit = descriptor.size ?? (kind === 'manifest' ? manifestLimit : blobLimit)
  const measurement = await turns(async () =>
    troubles.isEnough()
      ? undefined
      : measure(keep, async (open) => stream({ kind, digest }, limit, open, call)),
  )
  if (measurement === undefined) return { kind: 'skipped' }
  const { answer, measured } = measurement
  if (answer.kind === 'absent') {
    const message = `${kind} ${digest}: expected it in the store, but ${answer.message}`
    return { kind: 'missing', finding: unmet(kind, 'digest-mismatch', message) }
  }
  if (answer.kind === 'failed') return { kind: 'failed', finding: unread(kind, digest, answer.problem) }
  const { where, whole } = answer.value
  if (!whole && descriptor.size === undefined) {
    const message = `${kind} ${where}: larger than ${limit} bytes`
    return { kind: 'failed', finding: unknown(kind, { code: 'limit-exceeded', service, message }) }
  }
  const got = measured()
  if (whole && got.digest === digest && got.size === (descriptor.size ?? got.size)) {
    return { kind: 'right', size: got.size, bytes: got.bytes }
  }
  const size = descriptor.size === undefined ? '' : ` (${descriptor.size} bytes)`
  const found = whole ? `${got.digest} (${got.size} bytes)` : `more than ${limit} bytes`
  const finding = unmet(
    kind,
    'digest-mismatch',
    `${kind} ${where}: expected ${digest}${size}, got ${found}`,
    {
      facts: { where, expected: digest, ...(whole && { got: got.digest }) },
    },
  )
  return { kind: 'failed', finding }
}

/** What could not be read, by the name of what it is about. */
export function unread(kind: string, name: string, problem: Problem): Finding {
  return unknown(kind, { ...problem, message: `${kind} ${name}: ${problem.message}` })
}

/** Measures a body as it comes; of an attempt that failed nothing is left. */
export async function measure(
  keep: number,
  read: (open: OpenSink) => Promise<Lookup<Streamed>>,
): Promise<{ readonly answer: Lookup<Streamed>; readonly measured: () => Measured }> {
  let hash = createHash('sha256')
  let size = 0
  let kept: Uint8Array[] = []
  const open: OpenSink = () => {
    hash = createHash('sha256')
    size = 0
    kept = []
    return (bytes) => {
      hash.update(bytes)
      // Copied: whoever reads may use its buffer again.
      if (size < keep) kept.push(Uint8Array.prototype.slice.call(bytes, 0, keep - size))
      size += bytes.length
    }
  }
  const answer = await read(open)
  const measured = (): Measured => ({
    digest: `sha256:${hash.digest('hex')}`,
    size,
    bytes: Buffer.concat(kept),
  })
  return { answer, measured }
}
