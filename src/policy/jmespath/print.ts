import { type JsonObject } from '../../evidence/json.js'
import type { Meter } from './meter.js'
import { Stop } from './stop.js'
import { compareText, isList, isMap, tooDeep, typeOf } from './value.js'

const escapes: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
}

/** A value as Go's encoding/json writes it: members sorted, `<`, `>` and `&` escaped. */
export function printJson(value: unknown, meter: Meter, depth = 0): string {
  if (depth > meter.depth) throw tooDeep(meter)
  meter.text(8)
  if (isList(value)) return `[${value.map((one) => printJson(one, meter, depth + 1)).join(',')}]`
  if (isMap(value)) {
    const members = sortedNames(value).map(
      (name) => `${quote(name, meter)}:${printJson(value[name], meter, depth + 1)}`,
    )
    return `{${members.join(',')}}`
  }
  if (typeof value === 'string') return quote(value, meter)
  const type = typeOf(value)
  if (type === 'expref') throw new Stop('type', 'expected a value, got an expression reference')
  if (type === 'number' && !Number.isFinite(value)) {
    throw new Stop('invalid-value', `${String(value)} cannot be written as JSON`)
  }
  return type === 'null' ? 'null' : Object.is(value, -0) ? '-0' : String(value)
}

function quote(text: string, meter: Meter): string {
  meter.text(text.length)
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, (sign) => escapes[sign] ?? sign)
}

/** A value as Go's fmt prints it with %v, which Kyverno compares the members of lists by. */
export function printPlain(value: unknown, meter: Meter, depth = 0): string {
  if (depth > meter.depth) throw tooDeep(meter)
  if (isList(value)) return `[${value.map((one) => printPlain(one, meter, depth + 1)).join(' ')}]`
  if (isMap(value)) {
    const members = sortedNames(value).map((name) => `${name}:${printPlain(value[name], meter, depth + 1)}`)
    return `map[${members.join(' ')}]`
  }
  const text =
    typeof value === 'string'
      ? value
      : typeof value === 'number'
        ? printNumber(value)
        : typeOf(value) === 'null'
          ? '<nil>'
          : String(value)
  meter.text(text.length)
  return text
}

/** Go's %v of a float64: an exponent (of two digits at least) below -4 and from 6 on, so that a million is 1e+06. */
export function printNumber(value: number): string {
  if (!Number.isFinite(value)) return value === Infinity ? '+Inf' : value === -Infinity ? '-Inf' : 'NaN'
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const exponent = Number(value.toExponential().split('e')[1])
  if (exponent >= -4 && exponent < 6) return printDecimal(value)
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')
}

/** A number without an exponent, however long. */
export function printDecimal(value: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e')
  const sign = mantissa.startsWith('-') || Object.is(value, -0) ? '-' : ''
  const digits = mantissa.replace(/[-.]/g, '')
  const point = Number(exponent) + 1
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  if (point >= digits.length) return sign + digits + '0'.repeat(point - digits.length)
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`
}

export function sortedNames(map: JsonObject): readonly string[] {
  return Object.keys(map).sort(compareText)
}
