import { daysIn, type Instant, instantOf } from './instant.js'

export const rfc3339 = '2006-01-02T15:04:05Z07:00'

const months = 'January February March April May June July August September October November December'.split(
  ' ',
)
const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')
const longest = 500

/** What a time is read into; a layout may name any part, in any order. */
interface Parts {
  year: number
  month: number
  day: number
  dayOfYear: number
  hour: number
  minute: number
  second: number
  nanoseconds: number
  half: 'am' | 'pm' | undefined
  offset: number
}

/** A piece of a layout: takes its part off the front of a text, or says that it is not there. */
type Reader = (text: string, parts: Parts) => string | undefined

const digits =
  (pattern: RegExp, put: (value: number, parts: Parts) => void): Reader =>
  (text, parts) => {
    const found = pattern.exec(text)?.[0]
    if (found === undefined) return undefined
    put(Number(found.trim()), parts)
    return text.slice(found.length)
  }

const name =
  (
    names: readonly string[],
    length: number | undefined,
    put: (index: number, parts: Parts) => void,
  ): Reader =>
  (text, parts) => {
    const index = names.findIndex((one) => {
      const wanted = one.slice(0, length)
      return text.slice(0, wanted.length).toLowerCase() === wanted.toLowerCase()
    })
    if (index < 0) return undefined
    put(index, parts)
    return text.slice((names[index] ?? '').slice(0, length).length)
  }

const offset =
  (pattern: RegExp, takesZulu: boolean): Reader =>
  (text, parts) => {
    if (takesZulu && text.startsWith('Z')) {
      parts.offset = 0
      return text.slice(1)
    }
    const [all, sign, hours = '0', minutes = '0', seconds = '0'] = pattern.exec(text) ?? []
    if (all === undefined || Number(hours) > 24 || Number(minutes) >= 60 || Number(seconds) >= 60)
      return undefined
    parts.offset = (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds))
    return text.slice(all.length)
  }

/** An abbreviation says nothing of the offset but for UTC and GMT+n: Go makes up a zone with the offset 0. */
const zoneName: Reader = (text, parts) => {
  const all = /^(?:UTC|GMT(?:[+-]\d{1,2})?|[A-Z]{3,5}|[+-]0*(?:2[0-3]|1?\d)(?!\d))/.exec(text)?.[0]
  if (all === undefined) return undefined
  parts.offset = all.startsWith('GMT') ? Number(all.slice(3) || '0') * 3600 : 0
  return text.slice(all.length)
}

const fraction = (count: number): Reader => {
  const pattern = new RegExp(`^[.,](\\d{${count}})`)
  return (text, parts) => {
    const [all, found = ''] = pattern.exec(text) ?? []
    if (all === undefined) return undefined
    parts.nanoseconds = Number(found.slice(0, 9).padEnd(9, '0'))
    return text.slice(all.length)
  }
}

const anyFraction: Reader = (text, parts) => {
  const [all = '', found = ''] = /^[.,](\d+)/.exec(text) ?? []
  if (all !== '') parts.nanoseconds = Number(found.slice(0, 9).padEnd(9, '0'))
  return text.slice(all.length)
}

const seconds =
  (pattern: RegExp): Reader =>
  (text, parts) =>
    digits(pattern, (value) => (parts.second = value))(text, parts)

/** The pieces of Go's layouts (time/format.go), the longer of two that begin alike first. */
const pieces: readonly (readonly [piece: string, reader: Reader])[] = [
  ['January', name(months, undefined, (index, parts) => (parts.month = index + 1))],
  ['Jan', name(months, 3, (index, parts) => (parts.month = index + 1))],
  ['Monday', name(days, undefined, () => undefined)],
  ['Mon', name(days, 3, () => undefined)],
  ['MST', zoneName],
  ['2006', digits(/^\d{4}/, (value, parts) => (parts.year = value))],
  ['__2', digits(/^ {0,2}\d{1,3}/, (value, parts) => (parts.dayOfYear = value))],
  ['002', digits(/^\d{3}/, (value, parts) => (parts.dayOfYear = value))],
  ['01', digits(/^\d{2}/, (value, parts) => (parts.month = value))],
  ['02', digits(/^\d{2}/, (value, parts) => (parts.day = value))],
  ['03', digits(/^\d{2}/, (value, parts) => (parts.hour = value))],
  ['04', digits(/^\d{2}/, (value, parts) => (parts.minute = value))],
  ['05', seconds(/^\d{2}/)],
  ['06', digits(/^\d{2}/, (value, parts) => (parts.year = value >= 69 ? 1900 + value : 2000 + value))],
  ['15', digits(/^\d{1,2}/, (value, parts) => (parts.hour = value))],
  ['_2', digits(/^ ?\d{1,2}/, (value, parts) => (parts.day = value))],
  ['PM', name(['AM', 'PM'], undefined, (index, parts) => (parts.half = index === 0 ? 'am' : 'pm'))],
  ['pm', name(['am', 'pm'], undefined, (index, parts) => (parts.half = index === 0 ? 'am' : 'pm'))],
  ['Z07:00:00', offset(/^([+-])(\d{2}):(\d{2}):(\d{2})/, true)],
  ['Z070000', offset(/^([+-])(\d{2})(\d{2})(\d{2})/, true)],
  ['Z07:00', offset(/^([+-])(\d{2}):(\d{2})/, true)],
  ['Z0700', offset(/^([+-])(\d{2})(\d{2})/, true)],
  ['Z07', offset(/^([+-])(\d{2})/, true)],
  ['-07:00:00', offset(/^([+-])(\d{2}):(\d{2}):(\d{2})/, false)],
  ['-070000', offset(/^([+-])(\d{2})(\d{2})(\d{2})/, false)],
  ['-07:00', offset(/^([+-])(\d{2}):(\d{2})/, false)],
  ['-0700', offset(/^([+-])(\d{2})(\d{2})/, false)],
  ['-07', offset(/^([+-])(\d{2})/, false)],
  ['1', digits(/^\d{1,2}/, (value, parts) => (parts.month = value))],
  ['2', digits(/^\d{1,2}/, (value, parts) => (parts.day = value))],
  ['3', digits(/^\d{1,2}/, (value, parts) => (parts.hour = value))],
  ['4', digits(/^\d{1,2}/, (value, parts) => (parts.minute = value))],
  ['5', seconds(/^\d{1,2}/)],
]

/** Go's time.Parse. @returns undefined for a text that is not of the layout, or no time there is */
export function parseTime(layout: string, text: string): Instant | undefined {
  if (layout.length > longest || text.length > longest) return undefined
  const parts: Parts = {
    year: 0,
    month: 1,
    day: 1,
    dayOfYear: 0,
    hour: 0,
    minute: 0,
    second: 0,
    nanoseconds: 0,
    half: undefined,
    offset: 0,
  }
  let rest = text
  let at = 0
  while (at < layout.length) {
    const fractionPiece = /^[.,](?:0+|9+)(?!\d)/.exec(layout.slice(at))?.[0]
    const found =
      fractionPiece !== undefined
        ? ([
            fractionPiece,
            fractionPiece.charAt(1) === '0' ? fraction(fractionPiece.length - 1) : anyFraction,
          ] as const)
        : pieces.find(([piece]) => startsPiece(layout, at, piece))
    if (found === undefined) {
      const sign = layout.charAt(at)
      // Spaces of a layout stand for any number of them.
      if (sign === ' ') rest = rest.replace(/^ +/, '')
      else if (rest.startsWith(sign)) rest = rest.slice(1)
      else return undefined
      at++
      continue
    }
    const [piece, reader] = found
    const after = reader(rest, parts)
    if (after === undefined) return undefined
    rest = after
    at += piece.length
    // A fraction behind the seconds is read though the layout has none.
    if ((piece === '05' || piece === '5') && !/^[.,][09]/.test(layout.slice(at)))
      rest = anyFraction(rest, parts) ?? rest
  }
  return rest === '' ? instantFrom(parts) : undefined
}

/** Go takes `Jan` for a month only where no small letter goes on with another word. */
function startsPiece(layout: string, at: number, piece: string): boolean {
  if (!layout.startsWith(piece, at)) return false
  return !['Jan', 'Mon'].includes(piece) || !/[a-z]/.test(layout.charAt(at + 3))
}

function instantFrom(parts: Parts): Instant | undefined {
  let { month, day, hour } = parts
  if (parts.half === 'pm' && hour < 12) hour += 12
  if (parts.half === 'am' && hour === 12) hour = 0
  if (parts.dayOfYear > 0) {
    day = parts.dayOfYear
    for (month = 1; month <= 12 && day > daysIn(parts.year, month); month++) day -= daysIn(parts.year, month)
  }
  if (month < 1 || month > 12 || day < 1 || day > daysIn(parts.year, month)) return undefined
  if (hour > 23 || parts.minute > 59 || parts.second > 59) return undefined
  const civil = { year: parts.year, month, day, hour, minute: parts.minute, second: parts.second }
  return instantOf(civil, parts.nanoseconds, parts.offset)
}
