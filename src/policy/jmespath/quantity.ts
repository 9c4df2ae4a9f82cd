import {
  addDecimals,
  compareDecimals,
  type Decimal,
  divideDecimals,
  multiplyDecimals,
  powerOfTen,
  roundUp,
  wholeNumber,
} from './decimal.js'

export type QuantityFormat = 'decimal' | 'binary' | 'exponent'

/** A quantity of Kubernetes, such as 100m, 1.5Gi or 12e6 (apimachinery, pkg/api/resource). */
export interface Quantity {
  readonly amount: Decimal
  readonly format: QuantityFormat
}

const shape = /^([+-]?)(\d*)(?:\.(\d*))?((?:[eEinumkKMGTP]*[+-]?\d*))$/
const decimalSuffixes: ReadonlyMap<string, number> = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
])
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
const longest = 1000
const largestExponent = 10_000
const largestInteger = 2n ** 63n - 1n

/**
 * @returns undefined for what is no quantity. A suffix without a digit (`M`) is none, other than in Kubernetes, which
 *   reads it as zero: as the key of a condition, two such texts would be equal whatever they are
 */
export function parseQuantity(text: string): Quantity | undefined {
  if (text.length > longest) return undefined
  const [, sign = '', whole = '', fraction = '', suffix = ''] = shape.exec(text) ?? []
  if (whole === '' && fraction === '') return undefined
  const digits = whole.replace(/^0+/, '') || '0'
  const unscaled = BigInt(`${sign === '-' ? '-' : ''}${digits}${fraction}`)
  const binary = binarySuffixes.indexOf(suffix)
  if (suffix !== '' && binary > 0) return binaryQuantity(unscaled, digits, fraction, binary)
  const exponent = decimalSuffixes.get(suffix) ?? exponentOf(suffix)
  if (exponent === undefined) return undefined
  const format = decimalSuffixes.has(suffix) ? 'decimal' : 'exponent'
  const amount = { unscaled, scale: fraction.length - exponent }
  const isShort = digits.length + fraction.length <= 18 && amount.scale <= 9
  return { amount: isShort || unscaled === 0n ? amount : roundUp(amount, 9), format }
}

function exponentOf(suffix: string): number | undefined {
  if (!/^[eE][+-]?\d+$/.test(suffix)) return undefined
  const exponent = Number(suffix.slice(1))
  return Math.abs(exponent) <= largestExponent ? exponent : undefined
}

function binaryQuantity(unscaled: bigint, digits: string, fraction: string, power: number): Quantity {
  const exact = { unscaled: unscaled * 1024n ** BigInt(power), scale: fraction.length }
  const magnitude = exact.unscaled < 0n ? -exact.unscaled : exact.unscaled
  const precision = 15 - digits.length - Math.trunc(power * 3) - 1
  if (fraction === '' && precision >= 0 && magnitude <= largestInteger)
    return { amount: exact, format: 'binary' }
  const rounded = exact.unscaled === 0n ? exact : roundUp(exact, 9)
  const cap: Decimal = { unscaled: unscaled < 0n ? -largestInteger : largestInteger, scale: 0 }
  const one: Decimal = { unscaled: unscaled < 0n ? -1n : 1n, scale: 0 }
  const side = unscaled < 0n ? -1 : 1
  const amount = compareDecimals(rounded, cap) * side > 0 ? cap : rounded
  const isBelowOne = amount.unscaled !== 0n && compareDecimals(amount, one) * side < 0
  return { amount, format: isBelowOne ? 'decimal' : 'binary' }
}

export function compareQuantities(one: Quantity, other: Quantity): -1 | 0 | 1 {
  return compareDecimals(one.amount, other.amount)
}

export function addQuantities(one: Quantity, other: Quantity, side: 1n | -1n): Quantity {
  const added = { unscaled: other.amount.unscaled * side, scale: other.amount.scale }
  return {
    amount: addDecimals(one.amount, added),
    format: one.amount.unscaled === 0n ? other.format : one.format,
  }
}

export function multiplyQuantity(one: Quantity, factor: Decimal): Quantity {
  return { amount: multiplyDecimals(one.amount, factor), format: one.format }
}

/** Cut at the finer scale of the two as they were written. */
export function divideQuantity(one: Quantity, divisor: Decimal): Quantity {
  const scale = Math.max(one.amount.scale, divisor.scale)
  return { amount: divideDecimals(one.amount, divisor, scale), format: one.format }
}

/** The canonical text: no fraction, the largest suffix that needs none. */
export function printQuantity({ amount, format }: Quantity): string {
  if (amount.unscaled === 0n) return '0'
  if (format === 'binary') {
    const whole = wholeNumber(amount)
    if (whole !== undefined && (whole <= -1024n || whole >= 1024n)) return printBinary(whole)
  }
  let { unscaled } = amount
  let exponent = -amount.scale
  while (unscaled % 10n === 0n) {
    unscaled /= 10n
    exponent++
  }
  const most = format === 'exponent' ? exponent : Math.min(exponent, 18)
  const shown = Math.floor(most / 3) * 3
  const number = String(unscaled * powerOfTen(exponent - shown))
  if (shown === 0) return number
  const suffix =
    format === 'exponent' ? undefined : [...decimalSuffixes].find(([, power]) => power === shown)?.[0]
  return `${number}${suffix ?? `e${shown}`}`
}

function printBinary(whole: bigint): string {
  let rest = whole
  let power = 0
  while (rest % 1024n === 0n && power < binarySuffixes.length - 1) {
    rest /= 1024n
    power++
  }
  return `${rest}${binarySuffixes[power] ?? ''}`
}
