import { parseDuration, printDuration } from './duration.js'
import type { FunctionTable } from './function-table.js'
import {
  addDuration,
  between,
  civilOf,
  fromMilliseconds,
  type Instant,
  printInstant,
  truncate,
  weekdayOf,
} from './instant.js'
import { Stop } from './stop.js'
import { parseTime, rfc3339 } from './time-layout.js'

const oneText = [['string']] as const
const twoTexts = [['string'], ['string']] as const
const threeTexts = [['string'], ['string'], ['string']] as const

/**
 * Kyverno's functions on time (pkg/engine/jmespath/time.go). The present is what the caller says it is; time_now
 * shows it in UTC, as a Kyverno whose container has no time zone does.
 */
export const timeFunctions: FunctionTable = {
  time_since: {
    takes: threeTexts,
    run: ([layout, from, to], { name, now }) => {
      const form = layout === '' ? rfc3339 : (layout as string)
      const end = to === '' ? fromMilliseconds(now) : time(name, to, form)
      return printDuration(between(time(name, from, form), end))
    },
  },
  time_now: { takes: [], run: (_, { now }) => printInstant(fromMilliseconds(now)) },
  time_now_utc: { takes: [], run: (_, { now }) => printInstant(fromMilliseconds(now)) },
  time_add: {
    takes: twoTexts,
    run: ([at, by], { name }) => printInstant(addDuration(time(name, at), duration(name, by))),
  },
  time_parse: {
    takes: twoTexts,
    run: ([layout, text], { name }) => {
      if (!/^[+-]?\d{1,18}$/.test(layout as string)) return printInstant(time(name, text, layout as string))
      // A layout that is a number stands for seconds since 1970.
      if (!/^[+-]?\d{1,12}$/.test(text as string))
        throw new Stop('invalid-value', `${name}() expected seconds since 1970, got ${quoted(text)}`)
      return printInstant({ seconds: Number(text), nanoseconds: 0, offset: 0 })
    },
  },
  time_to_cron: {
    takes: oneText,
    run: ([at], { name }) => {
      const instant = time(name, at)
      const { minute, hour, day, month } = civilOf(instant)
      return [minute, hour, day, month, weekdayOf(instant)].join(' ')
    },
  },
  time_utc: { takes: oneText, run: ([at], { name }) => printInstant({ ...time(name, at), offset: 0 }) },
  time_diff: {
    takes: twoTexts,
    run: ([from, to], { name }) => printDuration(between(time(name, from), time(name, to))),
  },
  time_before: {
    takes: twoTexts,
    run: ([one, other], { name }) => between(time(name, one), time(name, other)) > 0n,
  },
  time_after: {
    takes: twoTexts,
    run: ([one, other], { name }) => between(time(name, one), time(name, other)) < 0n,
  },
  time_between: {
    takes: threeTexts,
    run: ([at, start, end], { name }) => {
      const instant = time(name, at)
      return between(time(name, start), instant) > 0n && between(instant, time(name, end)) > 0n
    },
  },
  time_truncate: {
    takes: twoTexts,
    run: ([at, by], { name }) => printInstant(truncate(time(name, at), duration(name, by))),
  },
}

function time(name: string, text: unknown, layout = rfc3339): Instant {
  const read = parseTime(layout, text as string)
  if (read !== undefined) return read
  const form = layout === rfc3339 ? 'RFC 3339' : `the form ${quoted(layout)}`
  throw new Stop('invalid-value', `${name}() expected a time of ${form}, got ${quoted(text)}`)
}

function duration(name: string, text: unknown): bigint {
  const read = parseDuration(text as string)
  if (read !== undefined) return read
  throw new Stop('invalid-value', `${name}() expected a duration such as 1h30m, got ${quoted(text)}`)
}

function quoted(text: unknown): string {
  return JSON.stringify(String(text).slice(0, 200))
}
