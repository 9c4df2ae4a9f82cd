/** Strings of JSON as Go's encoding/json decodes and compares them. */

const replacement = 0xfffd
const backslash = 0x5c

const simpleEscapes = new Map([
  [0x62, 0x08],
  [0x66, 0x0c],
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
])

/**
 * The text of the string token at `start` to `end`, quotes included, whose syntax has been checked. Each byte of
 * bad UTF-8 becomes one U+FFFD (TextDecoder would join some), each lone surrogate escape too.
 */
export function readString(bytes: Uint8Array, start: number, end: number): string {
  const last = end - 1
  let text = ''
  let at = start + 1
  while (at < last) {
    const rune = bytes[at] === backslash ? readEscape(bytes, at) : readRune(bytes, at)
    text += String.fromCodePoint(rune.point)
    at += rune.size
  }
  return text
}

interface Rune {
  readonly point: number
  /** Bytes read. */
  readonly size: number
}

function readEscape(bytes: Uint8Array, at: number): Rune {
  const letter = bytes[at + 1] ?? 0
  if (letter !== 0x75) return { point: simpleEscapes.get(letter) ?? letter, size: 2 }
  const unit = readUnit(bytes, at)
  if (unit === undefined || unit < 0xd800 || unit > 0xdfff) return { point: unit ?? replacement, size: 6 }
  const low = unit < 0xdc00 ? readUnit(bytes, at + 6) : undefined
  if (low === undefined || low < 0xdc00 || low > 0xdfff) return { point: replacement, size: 6 }
  return { point: 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00), size: 12 }
}

/** The UTF-16 unit of an escape of the form `\u1234`, if there is one; that it has its digits has been checked. */
function readUnit(bytes: Uint8Array, at: number): number | undefined {
  if (bytes[at] !== backslash || bytes[at + 1] !== 0x75) return undefined
  return Number.parseInt(String.fromCharCode(...bytes.subarray(at + 2, at + 6)), 16)
}

/**
 * Lead bytes of UTF-8 by length, with the range of the second byte (Unicode 16, table 3-7). The quote at the end of the
 * string continues none.
 */
function readRune(bytes: Uint8Array, at: number): Rune {
  const lead = bytes[at] ?? 0
  if (lead < 0x80) return { point: lead, size: 1 }
  const size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
  const bad: Rune = { point: replacement, size: 1 }
  if (lead < 0xc2 || lead > 0xf4) return bad
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  let point = lead & (0xff >> (size + 1))
  for (let index = 1; index < size; index += 1) {
    const byte = bytes[at + index] ?? 0
    if (byte < (index === 1 ? lowest : 0x80) || byte > (index === 1 ? highest : 0xbf)) return bad
    point = (point << 6) | (byte & 0x3f)
  }
  return { point, size }
}

/**
 * Folds a name so that two names fold alike when Go takes them for the same field, as far as names of ASCII
 * letters go: besides A to Z only U+017F (long s) and U+212A (Kelvin) fold to one. toLowerCase folds more.
 */
export function foldName(name: string): string {
  return name
    .replaceAll('\u017f', 's')
    .replaceAll('\u212a', 'k')
    .replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
}
