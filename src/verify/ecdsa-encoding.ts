/** An ECDSA signature as it is handed to the check, and the form it was found in. */
export type EcdsaSignature =
  { form: 'der'; der: Uint8Array } | { form: 'p1363'; der: Uint8Array } | { form: 'neither' }

/** Two coordinates of P-521: the longest IEEE P1363 signature. */
const longestP1363 = 132
const sequence = 0x30
const integer = 0x02

/**
 * Tells the two encodings apart as sigstore's verifier does: what starts with a DER sequence of two integers is
 * DER (and must then verify as strict DER), anything else is r and s in halves, if it can be. The halves need
 * not be as long as the curve's numbers. Source: sigstore 1.10, pkg/signature/ecdsa.go.
 */
export function readEcdsaSignature(bytes: Uint8Array): EcdsaSignature {
  if (startsWithDerPair(bytes)) return { form: 'der', der: bytes }
  if (bytes.length === 0 || bytes.length > longestP1363 || bytes.length % 2 !== 0) return { form: 'neither' }
  const half = bytes.length / 2
  return { form: 'p1363', der: writeDerPair(bytes.subarray(0, half), bytes.subarray(half)) }
}

/** Go's asn1.Unmarshal into two big integers: bytes after the sequence, and after s inside of it, are let pass. */
function startsWithDerPair(bytes: Uint8Array): boolean {
  const outer = readHeader(bytes, sequence)
  if (outer === undefined) return false
  const inner = bytes.subarray(outer.start, outer.end)
  const r = readInteger(inner)
  return r !== undefined && readInteger(inner.subarray(r)) !== undefined
}

/** The position after a minimally encoded integer, of either sign, at the start of the bytes. */
function readInteger(bytes: Uint8Array): number | undefined {
  const header = readHeader(bytes, integer)
  if (header === undefined || header.start === header.end) return undefined
  const first = bytes[header.start] ?? 0
  const second = bytes[header.start + 1] ?? 0
  const padded = (first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)
  return padded && header.end - header.start > 1 ? undefined : header.end
}

/** Tag and minimally encoded length (X.690, 10.1); the content must be there as a whole. */
function readHeader(bytes: Uint8Array, tag: number): { start: number; end: number } | undefined {
  const first = bytes[1]
  if (bytes[0] !== tag || first === undefined || first === 0x80) return undefined
  let start = 2
  let length = first
  if (first > 0x80) {
    start += first & 0x7f
    length = 0
    for (const byte of bytes.subarray(2, start)) {
      length = length * 256 + byte
      if (length === 0) return undefined
    }
    if (length < 0x80) return undefined
  }
  const end = start + length
  return end > bytes.length ? undefined : { start, end }
}

function writeDerPair(r: Uint8Array, s: Uint8Array): Uint8Array {
  const content = [...writeInteger(r), ...writeInteger(s)]
  return Uint8Array.from([sequence, ...writeLength(content.length), ...content])
}

function writeInteger(unsigned: Uint8Array): number[] {
  const start = unsigned.findIndex((byte) => byte !== 0)
  const digits = start < 0 ? [0] : [...unsigned.subarray(start)]
  if ((digits[0] ?? 0) >= 0x80) digits.unshift(0)
  return [integer, ...writeLength(digits.length), ...digits]
}

/** Lengths here stay below 256. */
function writeLength(length: number): number[] {
  return length < 0x80 ? [length] : [0x81, length]
}
