/**
 * The JSON syntax of Go's encoding/json (version 1, go1.26), with its error texts. JSON.parse is no substitute:
 * its messages differ, it decodes bad UTF-8 before looking, and it hides duplicate members.
 */
export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'bool' | 'null'

/** A value as the bytes from `start` up to, not including, `end`. */
export interface JsonValue {
  readonly kind: JsonKind
  readonly start: number
  readonly end: number
}

export interface JsonMember {
  readonly key: JsonValue
  readonly value: JsonValue
}

export type ScannedJson =
  { kind: 'invalid'; reason: string } | { kind: 'valid'; value: JsonValue; members: readonly JsonMember[] }

/** As many open brackets as Go allows (scanner.go, maxNestingDepth). */
const maximumDepth = 10_000

const unexpectedEnd = 'unexpected end of JSON input'
const space = 0x20
const quote = 0x22
const backslash = 0x5c
const openBrace = 0x7b
const openBracket = 0x5b
const closers = new Map([
  [openBrace, 0x7d],
  [openBracket, 0x5d],
])

type State = 'value' | 'first-value' | 'key' | 'first-key' | 'colon' | 'next' | 'done'

/** The position after a token, or Go's message about it. */
type Scanned = number | string

/**
 * Checks the syntax of the whole input and finds the members of an outermost object, in order, duplicates
 * included. One pass, no recursion, so neither size nor nesting of hostile input matters.
 */
export function scanJson(bytes: Uint8Array): ScannedJson {
  const open: { bracket: number; start: number }[] = []
  const members: JsonMember[] = []
  let whole: JsonValue | undefined
  let key: JsonValue | undefined
  let state: State = 'value'
  let at = 0

  const finish = (value: JsonValue): State => {
    at = value.end
    if (open.length === 0) {
      whole = value
      return 'done'
    }
    if (open.length === 1 && key !== undefined) members.push({ key, value })
    return 'next'
  }

  for (;;) {
    while (isSpace(bytes[at])) at += 1
    const byte = bytes[at]
    if (byte === undefined) {
      return whole === undefined ? invalid(unexpectedEnd) : { kind: 'valid', value: whole, members }
    }
    const innermost = open.at(-1)

    if ((state === 'first-value' || state === 'first-key' || state === 'next') && innermost !== undefined) {
      if (byte === closers.get(innermost.bracket)) {
        open.pop()
        const kind = innermost.bracket === openBrace ? 'object' : 'array'
        state = finish({ kind, start: innermost.start, end: at + 1 })
        continue
      }
    }

    switch (state) {
      case 'first-value':
      case 'value': {
        if (byte === openBrace || byte === openBracket) {
          if (open.length === maximumDepth) return invalid(unexpected(byte, 'exceeded max depth'))
          open.push({ bracket: byte, start: at })
          state = byte === openBrace ? 'first-key' : 'first-value'
          at += 1
          break
        }
        const kind = scalarKind(byte)
        if (kind === undefined) return invalid(unexpected(byte, 'looking for beginning of value'))
        const end = scanScalar(bytes, at, kind)
        if (typeof end === 'string') return invalid(end)
        state = finish({ kind, start: at, end })
        break
      }
      case 'first-key':
      case 'key': {
        if (byte !== quote) return invalid(unexpected(byte, 'looking for beginning of object key string'))
        const end = scanString(bytes, at)
        if (typeof end === 'string') return invalid(end)
        if (open.length === 1) key = { kind: 'string', start: at, end }
        state = 'colon'
        at = end
        break
      }
      case 'colon':
        if (byte !== 0x3a) return invalid(unexpected(byte, 'after object key'))
        state = 'value'
        at += 1
        break
      case 'next': {
        const inObject = innermost?.bracket === openBrace
        if (byte !== 0x2c) {
          return invalid(unexpected(byte, inObject ? 'after object key:value pair' : 'after array element'))
        }
        state = inObject ? 'key' : 'value'
        at += 1
        break
      }
      case 'done':
        return invalid(unexpected(byte, 'after top-level value'))
    }
  }
}

function invalid(reason: string): ScannedJson {
  return { kind: 'invalid', reason }
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}

function isHex(byte: number): boolean {
  return isDigit(byte) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66)
}

function scalarKind(first: number): JsonKind | undefined {
  if (first === quote) return 'string'
  if (first === 0x2d || isDigit(first)) return 'number'
  if (first === 0x74 || first === 0x66) return 'bool'
  return first === 0x6e ? 'null' : undefined
}

function scanScalar(bytes: Uint8Array, start: number, kind: JsonKind): Scanned {
  if (kind === 'string') return scanString(bytes, start)
  if (kind === 'number') return scanNumber(bytes, start)
  if (kind === 'null') return scanWord(bytes, start, 'null')
  return scanWord(bytes, start, bytes[start] === 0x74 ? 'true' : 'false')
}

/** Inside a token Go meets the end of the input as if it were a space (scanner.go, eof). */
function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? space
}

function scanWord(bytes: Uint8Array, start: number, word: string): Scanned {
  for (let index = 1; index < word.length; index += 1) {
    const byte = byteAt(bytes, start + index)
    if (byte !== word.charCodeAt(index)) {
      return unexpected(byte, `in literal ${word} (expecting '${word.charAt(index)}')`)
    }
  }
  return start + word.length
}

function scanNumber(bytes: Uint8Array, start: number): Scanned {
  let at = start
  const skipDigits = (): void => {
    while (isDigit(byteAt(bytes, at))) at += 1
  }
  if (byteAt(bytes, at) === 0x2d) at += 1
  if (!isDigit(byteAt(bytes, at))) return unexpected(byteAt(bytes, at), 'in numeric literal')
  if (byteAt(bytes, at) === 0x30) at += 1
  else skipDigits()
  if (byteAt(bytes, at) === 0x2e) {
    at += 1
    if (!isDigit(byteAt(bytes, at))) {
      return unexpected(byteAt(bytes, at), 'after decimal point in numeric literal')
    }
    skipDigits()
  }
  if ((byteAt(bytes, at) | 0x20) === 0x65) {
    at += 1
    if (byteAt(bytes, at) === 0x2b || byteAt(bytes, at) === 0x2d) at += 1
    if (!isDigit(byteAt(bytes, at))) return unexpected(byteAt(bytes, at), 'in exponent of numeric literal')
    skipDigits()
  }
  return at
}

function scanString(bytes: Uint8Array, start: number): Scanned {
  let at = start + 1
  for (;;) {
    const byte = bytes[at]
    if (byte === undefined) return unexpectedEnd
    if (byte === quote) return at + 1
    if (byte < space) return unexpected(byte, 'in string literal')
    at += 1
    if (byte !== backslash) continue
    const escape = byteAt(bytes, at)
    at += 1
    if ('"\\/bfnrt'.includes(String.fromCharCode(escape))) continue
    if (escape !== 0x75) return unexpected(escape, 'in string escape code')
    for (const end = at + 4; at < end; at += 1) {
      if (!isHex(byteAt(bytes, at))) {
        return unexpected(byteAt(bytes, at), 'in \\u hexadecimal character escape')
      }
    }
  }
}

const namedEscapes = new Map([
  [0x07, '\\a'],
  [0x08, '\\b'],
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0b, '\\v'],
  [0x0c, '\\f'],
  [0x0d, '\\r'],
  [0x27, "\\'"],
  [0x5c, '\\\\'],
])

/** Go names the byte as the Latin-1 character of that number, even in the middle of UTF-8 (scanner.go, quoteChar). */
function unexpected(byte: number, context: string): string {
  return `invalid character '${quoteByte(byte)}' ${context}`
}

function quoteByte(byte: number): string {
  const named = namedEscapes.get(byte)
  if (named !== undefined) return named
  const hex = byte.toString(16).padStart(2, '0')
  if (byte < space || byte === 0x7f) return `\\x${hex}`
  if ((byte >= 0x80 && byte <= 0xa0) || byte === 0xad) return `\\u00${hex}`
  return String.fromCharCode(byte)
}
