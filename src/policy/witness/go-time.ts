/** A moment as milliseconds since 1970, as the gate's clock counts. */
export type Moment = number

const form = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))$/
const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Go's zero time, which a policy without `expires` expired at. */
export const zeroTime: Moment = momentOf(1, 1, 1)

/** @returns undefined when the text is no strict RFC 3339, as Go's time.Time reads it from JSON */
export function parseMoment(text: string): Moment | undefined {
  const parts = form.exec(text)
  if (!parts) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number)
  const leap = month === 2 && isLeap(year) ? 1 : 0
  if (month < 1 || month > 12 || day < 1 || day > (monthDays[month - 1] ?? 0) + leap) return undefined
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const [, , , , , , , fraction = '', sign, zoneHour = '0', zoneMinute = '0'] = parts
  if (Number(zoneHour) > 23 || Number(zoneMinute) > 59) return undefined
  const zone = (Number(zoneHour) * 60 + Number(zoneMinute)) * 60_000 * (sign === '-' ? -1 : 1)
  const thousandths = Number(fraction.padEnd(3, '0').slice(0, 3))
  return momentOf(year, month, day) + ((hour * 60 + minute) * 60 + second) * 1000 + thousandths - zone
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** Midnight of a day in the Gregorian calendar; days are counted from March, so that the leap day comes last. */
function momentOf(year: number, month: number, day: number): Moment {
  const shifted = month > 2 ? year : year - 1
  const era = Math.floor(shifted / 400)
  const ofEra = shifted - era * 400
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const days =
    era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468
  return days * 86_400_000
}

/** As Go prints a time in UTC by default: `2024-01-01 00:00:00 +0000 UTC`. */
export function goTime(moment: Moment): string {
  const text = rfc3339(moment)
  return `${text.slice(0, 10)} ${text.slice(11, -1)} +0000 UTC`
}

/** `2024-01-01T00:00:00Z`; a fraction only where there is one. */
export function rfc3339(moment: Moment): string {
  const days = Math.floor(moment / 86_400_000)
  const rest = moment - days * 86_400_000
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const ofEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * ofYear + 2) / 153)
  const day = ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  const thousandths = rest % 1000
  const fraction = thousandths === 0 ? '' : `.${String(thousandths).padStart(3, '0')}`
  const clock = [rest / 3_600_000, (rest / 60_000) % 60, (rest / 1000) % 60].map(two).join(':')
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${clock}${fraction}Z`
}

const units: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['\u00b5s', 1e-3],
  ['\u03bcs', 1e-3],
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
])
const durationForm = /^[+-]?(?:0|(?:\d{1,18}(?:\.\d{0,18})?|\.\d{1,18})(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+$/
const durationPart = /(\d+\.?\d*|\.\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/g
const longestDuration = 100

/** A duration as Go writes it, `720h` or `1h30m`, in milliseconds; undefined when the text is none. */
export function parseDuration(text: string): number | undefined {
  if (text.length > longestDuration || !durationForm.test(text)) return undefined
  let sum = 0
  for (const [, amount = '0', unit = ''] of text.matchAll(durationPart)) {
    sum += Number(amount) * (units.get(unit) ?? 0)
  }
  return text.startsWith('-') ? -sum : sum
}
