import { bundleLimit, signatureLimit } from '../store.js'

/** What is read of an Archivista at most. */
export interface Limits {
  /** Digests in one search. */
  readonly digests: number
  /** Searches for one question; what is beyond them is not looked for, and that is said. */
  readonly searches: number
  /** Entries that a page is asked to have: the server may give fewer. */
  readonly page: number
  /** Pages of one search. */
  readonly pages: number
  /** Bytes of a page: an entry has some 100. */
  readonly answer: number
  /** Envelopes that are read for one question. */
  readonly envelopes: number
  /** Bytes of an envelope. */
  readonly envelope: number
  /** Bytes of all envelopes of one question; the one that goes beyond is still taken. */
  readonly question: number
  /** Bytes that are kept for other images of the run. */
  readonly kept: number
  /** Envelopes of one question that are read at the same time. */
  readonly atOnce: number
  /** Requests of the whole run at the same time: each may hold an envelope. */
  readonly requests: number
}

const mebibyte = 1024 * 1024

export const usualLimits: Limits = {
  digests: 100,
  searches: 100,
  page: 250,
  pages: 100,
  answer: mebibyte,
  envelopes: signatureLimit,
  envelope: bundleLimit,
  question: 512 * mebibyte,
  kept: 256 * mebibyte,
  atOnce: 4,
  requests: 6,
}
