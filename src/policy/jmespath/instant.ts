/** A point of time and the offset it is shown with: Go's time.Time, without the clock that eslint keeps out of here. */
export interface Instant {
  /** Whole seconds since 1970 in UTC. */
  readonly seconds: number
  readonly nanoseconds: number
  /** Seconds east of UTC. */
  readonly offset: number
}

export interface Civil {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

const daySeconds = 86_400

/** Days since 1970 of a date of the Gregorian calendar, after and before its beginning. */
export function daysOf(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return (
    era * 146_097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    719_468
  )
}

export function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** The date and time that a clock at the instant's offset shows. */
export function civilOf({ seconds, offset }: Instant): Civil {
  const local = seconds + offset
  const days = Math.floor(local / daySeconds)
  const rest = local - days * daySeconds
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
    hour: Math.floor(rest / 3600),
    minute: Math.floor((rest % 3600) / 60),
    second: rest % 60,
  }
}

export function instantOf(civil: Civil, nanoseconds: number, offset: number): Instant {
  const days = daysOf(civil.year, civil.month, civil.day)
  return {
    seconds: days * daySeconds + civil.hour * 3600 + civil.minute * 60 + civil.second - offset,
    nanoseconds,
    offset,
  }
}

/** Sunday is 0. */
export function weekdayOf(instant: Instant): number {
  const days = Math.floor((instant.seconds + instant.offset) / daySeconds)
  return (((days + 4) % 7) + 7) % 7
}

const nanosecondsOf = ({ seconds, nanoseconds }: Instant): bigint =>
  BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds)

function fromNanoseconds(total: bigint, offset: number): Instant {
  const rest = ((total % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n
  return { seconds: Number((total - rest) / 1_000_000_000n), nanoseconds: Number(rest), offset }
}

export function fromMilliseconds(milliseconds: number): Instant {
  return fromNanoseconds(BigInt(Math.trunc(milliseconds)) * 1_000_000n, 0)
}

export function addDuration(instant: Instant, duration: bigint): Instant {
  return fromNanoseconds(nanosecondsOf(instant) + duration, instant.offset)
}

/** From one to the other, in nanoseconds; at the ends of what Go can hold it stays there. */
export function between(from: Instant, to: Instant): bigint {
  const largest = 2n ** 63n - 1n
  const difference = nanosecondsOf(to) - nanosecondsOf(from)
  return difference > largest ? largest : difference < -largest - 1n ? -largest - 1n : difference
}

/** Down to a multiple of the duration, counted from the year 1, as Go's Time.Truncate. */
export function truncate(instant: Instant, duration: bigint): Instant {
  if (duration <= 0n) return instant
  const zero = BigInt(daysOf(1, 1, 1) * daySeconds) * 1_000_000_000n
  const since = nanosecondsOf(instant) - zero
  const rest = ((since % duration) + duration) % duration
  return fromNanoseconds(zero + since - rest, instant.offset)
}

/** RFC 3339 without a fraction, as Go's Format(time.RFC3339). */
export function printInstant(instant: Instant): string {
  const { year, month, day, hour, minute, second } = civilOf(instant)
  const two = (value: number): string => String(value).padStart(2, '0')
  const years = year < 0 ? `-${String(-year).padStart(4, '0')}` : String(year).padStart(4, '0')
  const size = Math.floor(Math.abs(instant.offset) / 60)
  const zone =
    instant.offset === 0
      ? 'Z'
      : `${instant.offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
  return `${years}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${zone}`
}
