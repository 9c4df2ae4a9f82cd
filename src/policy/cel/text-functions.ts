import { RE2JS } from 're2js'
import { LimitExceeded, longestList, longestText } from './budget.js'
import { CelError, type CelFunction } from './functions.js'

const longestPattern = 2000

/** Patterns are RE2 and not anchored, as in cel-go; the engine's own `matches` has neither of its properties. */
function compile(pattern: string): RE2JS {
  if (pattern.length > longestPattern)
    throw new LimitExceeded(`a pattern is longer than ${longestPattern} characters`)
  try {
    return RE2JS.compile(pattern)
  } catch (error) {
    throw new CelError(`error parsing regexp: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function matches(text: string, pattern: string): boolean {
  return compile(pattern).matcher(text).find()
}

function find(text: string, pattern: string): string {
  const matcher = compile(pattern).matcher(text)
  return matcher.find() ? (matcher.group() ?? '') : ''
}

function findAll(text: string, pattern: string, most = -1n): readonly string[] {
  const matcher = compile(pattern).matcher(text)
  const found: string[] = []
  while ((most < 0n || found.length < Number(most)) && matcher.find()) {
    found.push(matcher.group() ?? '')
    if (found.length > longestList)
      throw new LimitExceeded(`a pattern is found more than ${longestList} times`)
  }
  return found
}

const lettersOf = (text: string): string[] => Array.from(text)

/** Places in a text count code points, as in cel-go. */
function substring(text: string, start: bigint, end?: bigint): string {
  const letters = lettersOf(text)
  const to = end ?? BigInt(letters.length)
  if (start < 0n || start > to || to > BigInt(letters.length)) {
    throw new CelError(`index out of range: ${start}`)
  }
  return letters.slice(Number(start), Number(to)).join('')
}

function charAt(text: string, at: bigint): string {
  const letters = lettersOf(text)
  if (at < 0n || at > BigInt(letters.length)) throw new CelError(`index out of range: ${at}`)
  return letters[Number(at)] ?? ''
}

function indexOf(text: string, part: string, from = 0n): bigint {
  if (from < 0n || from > BigInt(text.length)) throw new CelError(`index out of range: ${from}`)
  const start = from === 0n ? 0 : lettersOf(text).slice(0, Number(from)).join('').length
  return place(text, text.indexOf(part, start))
}

function lastIndexOf(text: string, part: string): bigint {
  return place(text, text.lastIndexOf(part))
}

function place(text: string, at: number): bigint {
  return at < 0 ? -1n : BigInt(lettersOf(text.slice(0, at)).length)
}

function replace(text: string, from: string, to: string, most = -1n): string {
  const parts = from === '' ? ['', ...lettersOf(text), ''] : text.split(from)
  const count = most < 0n ? parts.length - 1 : Math.min(Number(most), parts.length - 1)
  if (text.length + count * to.length > longestText) tooLong()
  const head = parts.slice(0, count + 1).join(to)
  const tail = parts.slice(count + 1)
  return tail.length === 0 ? head : [head, ...tail].join(from)
}

function split(text: string, by: string, most = -1n): readonly string[] {
  if (most === 0n) return []
  const parts = by === '' ? lettersOf(text) : text.split(by)
  const count = Number(most)
  if (most < 0n || parts.length <= count) return parts
  return [...parts.slice(0, count - 1), parts.slice(count - 1).join(by)]
}

function join(texts: readonly unknown[], by = ''): string {
  let length = 0
  for (const text of texts) {
    if (typeof text !== 'string') throw new CelError('join: expected a list of texts')
    length += text.length + by.length
    if (length > longestText) tooLong()
  }
  return texts.join(by)
}

/** `%s`, `%d`, `%f` with digits, `%x`, `%X`, `%o`, `%b` and `%%` (cel-go, ext.Strings). */
function format(pattern: string, values: readonly unknown[]): string {
  let next = 0
  const text = pattern.replaceAll(
    /%(?:\.(\d{1,2}))?([a-zA-Z%]?)/g,
    (whole, digits: string | undefined, verb: string) => {
      if (verb === '%') return '%'
      if (next >= values.length) throw new CelError(`index ${next} out of range`)
      const value = values[next++]
      switch (verb) {
        case 's':
          return show(value)
        case 'd':
          if (typeof value === 'bigint') return String(value)
          throw new CelError('decimal clause can only be used on integers')
        case 'f':
          if (typeof value === 'number' || typeof value === 'bigint')
            return Number(value).toFixed(Number(digits ?? 6))
          throw new CelError('fixed-point clause can only be used on doubles')
        case 'x':
        case 'X':
        case 'o':
        case 'b': {
          if (typeof value !== 'bigint') throw new CelError(`%${verb} can only be used on integers here`)
          const written = value.toString(verb === 'o' ? 8 : verb === 'b' ? 2 : 16)
          return verb === 'X' ? written.toUpperCase() : written
        }
        default:
          throw new CelError(`unrecognized formatting clause "${whole}"`)
      }
    },
  )
  if (text.length > longestText) tooLong()
  return text
}

function show(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`
  if (value instanceof Map) {
    return `{${[...(value as Map<string, unknown>)].map(([name, one]) => `${name}: ${show(one)}`).join(', ')}}`
  }
  if (typeof value === 'string' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value)
  if (typeof value === 'number') return String(value)
  if (value === null) return 'null'
  throw new CelError('%s cannot show this value')
}

function tooLong(): never {
  throw new LimitExceeded(`the expression builds a text of more than ${longestText} characters`)
}

const lower = (text: string): string => text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())
const upper = (text: string): string => text.replaceAll(/[a-z]+/g, (letters) => letters.toUpperCase())

/** Functions on texts: cel-go's own, its string extensions, and Kubernetes' regular expressions. */
export const textFunctions: readonly CelFunction[] = [
  { signature: 'matches(string, string): bool', run: matches },
  { signature: 'string.matches(string): bool', run: matches },
  { signature: 'string.find(string): string', run: find },
  { signature: 'string.findAll(string): list<string>', run: findAll },
  { signature: 'string.findAll(string, int): list<string>', run: findAll },
  { signature: 'string.lowerAscii(): string', run: lower },
  { signature: 'string.upperAscii(): string', run: upper },
  { signature: 'string.substring(int): string', run: substring },
  { signature: 'string.substring(int, int): string', run: substring },
  { signature: 'string.charAt(int): string', run: charAt },
  { signature: 'string.indexOf(string): int', run: indexOf },
  { signature: 'string.indexOf(string, int): int', run: indexOf },
  { signature: 'string.lastIndexOf(string): int', run: lastIndexOf },
  { signature: 'string.replace(string, string): string', run: replace },
  { signature: 'string.replace(string, string, int): string', run: replace },
  { signature: 'string.split(string): list<string>', run: split },
  { signature: 'string.split(string, int): list<string>', run: split },
  { signature: 'string.reverse(): string', run: (text: string) => lettersOf(text).reverse().join('') },
  { signature: 'string.format(list): string', run: format },
  { signature: 'list.join(): string', run: join },
  { signature: 'list.join(string): string', run: join },
]
