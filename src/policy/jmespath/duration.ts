const nanoseconds: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['\u00b5s', 1_000n],
  ['\u03bcs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
])
const part = /(\d*)(?:\.(\d*))?(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/y
const longest = 1000
export const largestDuration = 2n ** 63n - 1n

/** Go's time.ParseDuration: `1h30m`, `-1.5s`, `0`; undefined for anything else. @returns nanoseconds */
export function parseDuration(text: string): bigint | undefined {
  if (text.length > longest) return undefined
  const bare = text.replace(/^[+-]/, '')
  if (bare === '0') return 0n
  let total = 0n
  let at = 0
  if (bare === '') return undefined
  while (at < bare.length) {
    part.lastIndex = at
    const [all, whole = '', fraction = '', unit = ''] = part.exec(bare) ?? []
    if (all === undefined || (whole === '' && fraction === '')) return undefined
    const size = nanoseconds.get(unit) ?? 0n
    total += BigInt(whole || '0') * size
    // Go multiplies the fraction in floating point and cuts; beyond 18 digits it reads no more of them.
    const digits = fraction.slice(0, 18)
    if (digits !== '') total += BigInt(Math.trunc(Number(digits) * (Number(size) / 10 ** digits.length)))
    at += all.length
  }
  const isNegative = text.startsWith('-')
  if (total > largestDuration + (isNegative ? 1n : 0n)) return undefined
  return isNegative ? -total : total
}

/** Go's Duration.String: `180h10m0s`, `1.5s`, `2ms`, `0s`. */
export function printDuration(duration: bigint): string {
  if (duration === 0n) return '0s'
  const sign = duration < 0n ? '-' : ''
  const size = duration < 0n ? -duration : duration
  if (size < 1_000n) return `${sign}${size}ns`
  if (size < 1_000_000n) return `${sign}${withFraction(size, 1_000n)}\u00b5s`
  if (size < 1_000_000_000n) return `${sign}${withFraction(size, 1_000_000n)}ms`
  const minutes = size / 60_000_000_000n
  const seconds = `${withFraction(size % 60_000_000_000n, 1_000_000_000n)}s`
  if (minutes === 0n) return sign + seconds
  const hours = minutes / 60n
  return hours === 0n ? `${sign}${minutes}m${seconds}` : `${sign}${hours}h${minutes % 60n}m${seconds}`
}

function withFraction(size: bigint, unit: bigint): string {
  const width = String(unit).length - 1
  const fraction = String(size % unit)
    .padStart(width, '0')
    .replace(/0+$/, '')
  return fraction === '' ? String(size / unit) : `${size / unit}.${fraction}`
}

/** Go's Duration.Seconds. */
export function inSeconds(duration: bigint): number {
  return Number(duration / 1_000_000_000n) + Number(duration % 1_000_000_000n) / 1e9
}

/** A number of seconds as a duration, cut to nanoseconds; undefined beyond what Go can hold (some 292 years). */
export function fromSeconds(seconds: number): bigint | undefined {
  const size = Math.trunc(seconds * 1e9)
  if (!Number.isFinite(size)) return undefined
  const duration = BigInt(size)
  return duration > largestDuration || duration < -largestDuration ? undefined : duration
}
