import { approximate, wholeNumber } from './decimal.js'
import { fromSeconds, inSeconds, parseDuration, printDuration } from './duration.js'
import type { FunctionTable } from './function-table.js'
import {
  addQuantities,
  divideQuantity,
  multiplyQuantity,
  parseQuantity,
  printQuantity,
  type Quantity,
} from './quantity.js'
import { printNumber } from './print.js'
import { parseVersion, parseVersionRange, zeroVersion } from './semver.js'
import { Stop } from './stop.js'
import { typeOf } from './value.js'

type Operand =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'quantity'; readonly value: Quantity }
  | { readonly kind: 'duration'; readonly value: bigint }

const anyTwo = [['any'], ['any']] as const

/** Kyverno's arithmetic on numbers, quantities and durations (pkg/engine/jmespath/arithmetic.go), and versions. */
export const arithmeticFunctions: FunctionTable = {
  add: { takes: anyTwo, run: ([one, other], { name }) => add(name, one, other, 1n) },
  subtract: { takes: anyTwo, run: ([one, other], { name }) => add(name, one, other, -1n) },
  sum: {
    takes: [['array']],
    run: ([list], { name, meter }) => {
      const [first, ...rest] = list as readonly unknown[]
      if (first === undefined)
        throw new Stop('invalid-value', 'sum() expected at least one element, got none')
      meter.step(rest.length * 16)
      return rest.reduce((sum: unknown, one) => add(name, sum, one, 1n), first)
    },
  },
  multiply: { takes: anyTwo, run: ([one, other], { name }) => multiply(name, one, other) },
  divide: { takes: anyTwo, run: ([one, other], { name }) => divide(name, one, other) },
  modulo: { takes: anyTwo, run: ([one, other], { name }) => modulo(name, one, other) },
  round: {
    takes: [['number'], ['number']],
    run: ([value, places]) => {
      const digits = places as number
      if (!Number.isSafeInteger(digits) || digits < 0)
        throw new Stop('invalid-value', `round() expected a whole number of places from 0 on, got ${digits}`)
      const shift = 10 ** digits
      const shifted = (value as number) * shift
      // Go rounds half away from zero; past the range of a float nothing is left to round.
      if (!Number.isFinite(shifted) || !Number.isFinite(shift)) return value
      return (Math.sign(shifted) * Math.round(Math.abs(shifted))) / shift
    },
  },
  semver_compare: {
    takes: [['string'], ['string']],
    run: ([version, range]) => {
      const test = parseVersionRange(range as string)
      if (test === undefined)
        throw new Stop(
          'invalid-value',
          `semver_compare() expected a range of versions, got ${JSON.stringify(range)}`,
        )
      return test(parseVersion(version as string) ?? zeroVersion)
    },
  },
}

/** A text is a quantity before it is a duration: `5m` is five thousandths, unless the other operand is a duration only. */
function operands(name: string, one: unknown, other: unknown): readonly [Operand, Operand] {
  const readings = [one, other].map((given) => {
    if (typeof given === 'number') return { number: given }
    if (typeof given !== 'string')
      throw new Stop('type', `${name}() expected numbers, quantities or durations, got ${typeOf(given)}`)
    const quantity = parseQuantity(given)
    const duration = parseDuration(given)
    if (quantity === undefined && duration === undefined) {
      throw new Stop(
        'invalid-value',
        `${name}() expected a number, a quantity or a duration, got ${JSON.stringify(given.slice(0, 200))}`,
      )
    }
    return { quantity, duration }
  })
  const isOfTime = readings.some(({ quantity, duration }) => duration !== undefined && quantity === undefined)
  const [left, right] = readings.map(({ number, quantity, duration }): Operand => {
    if (number !== undefined) return { kind: 'number', value: number }
    if (duration !== undefined && (isOfTime || quantity === undefined))
      return { kind: 'duration', value: duration }
    if (quantity !== undefined) return { kind: 'quantity', value: quantity }
    throw new Stop('type', `${name}() expected operands`)
  })
  if (left === undefined || right === undefined) throw new Stop('type', `${name}() expected two operands`)
  return [left, right]
}

function mismatch(name: string, one: Operand, other: Operand): Stop {
  return new Stop('type', `${name}() has no meaning for a ${one.kind} and a ${other.kind}`)
}

function finite(name: string, value: number): number {
  if (Number.isFinite(value)) return value
  throw new Stop('invalid-value', `${name}() gives no finite number`)
}

function duration(name: string, nanoseconds: bigint | undefined): string {
  if (nanoseconds === undefined || nanoseconds !== BigInt.asIntN(64, nanoseconds))
    throw new Stop('invalid-value', `${name}() gives a duration of more than 292 years`)
  return printDuration(nanoseconds)
}

/** A number as a factor of a quantity: through its text, as Kyverno does it. */
function factor(name: string, value: number): Quantity['amount'] {
  const read = parseQuantity(printNumber(value))
  if (read === undefined) throw new Stop('invalid-value', `${name}() expected a finite number, got ${value}`)
  return read.amount
}

function add(name: string, one: unknown, other: unknown, side: 1n | -1n): unknown {
  const [left, right] = operands(name, one, other)
  if (left.kind === 'number' && right.kind === 'number')
    return finite(name, left.value + Number(side) * right.value)
  if (left.kind === 'quantity' && right.kind === 'quantity')
    return printQuantity(addQuantities(left.value, right.value, side))
  if (left.kind === 'duration' && right.kind === 'duration')
    return duration(name, left.value + side * right.value)
  throw mismatch(name, left, right)
}

function multiply(name: string, one: unknown, other: unknown): unknown {
  const [left, right] = operands(name, one, other)
  if (left.kind === 'number' && right.kind === 'number') return finite(name, left.value * right.value)
  const scalar = left.kind === 'number' ? left : right
  const scaled = left.kind === 'number' ? right : left
  if (scalar.kind !== 'number') throw mismatch(name, left, right)
  if (scaled.kind === 'quantity')
    return printQuantity(multiplyQuantity(scaled.value, factor(name, scalar.value)))
  if (scaled.kind === 'duration') return duration(name, fromSeconds(inSeconds(scaled.value) * scalar.value))
  throw mismatch(name, left, right)
}

function divide(name: string, one: unknown, other: unknown): unknown {
  const [left, right] = operands(name, one, other)
  const isZero = right.kind === 'quantity' ? right.value.amount.unscaled === 0n : Number(right.value) === 0
  if (left.kind === 'number' && right.kind !== 'number') throw mismatch(name, left, right)
  if (right.kind !== 'number' && right.kind !== left.kind) throw mismatch(name, left, right)
  if (isZero) throw new Stop('invalid-value', `${name}() by zero`)
  if (left.kind === 'number') return finite(name, left.value / Number(right.value))
  if (left.kind === 'quantity') {
    return right.kind === 'quantity'
      ? finite(name, approximate(left.value.amount) / approximate(right.value.amount))
      : printQuantity(divideQuantity(left.value, factor(name, Number(right.value))))
  }
  return right.kind === 'duration'
    ? finite(name, inSeconds(left.value) / inSeconds(right.value))
    : duration(name, fromSeconds(inSeconds(left.value) / Number(right.value)))
}

function modulo(name: string, one: unknown, other: unknown): unknown {
  const [left, right] = operands(name, one, other)
  if (left.kind !== right.kind) throw mismatch(name, left, right)
  if (left.kind === 'duration' && right.kind === 'duration') {
    if (right.value === 0n) throw new Stop('invalid-value', `${name}() by zero`)
    return printDuration(left.value % right.value)
  }
  const dividend = whole(left)
  const divisor = whole(right)
  if (dividend === undefined || divisor === undefined)
    throw new Stop('invalid-value', `${name}() expected whole numbers`)
  if (divisor === 0n) throw new Stop('invalid-value', `${name}() by zero`)
  const rest = dividend % divisor
  return left.kind === 'quantity'
    ? printQuantity({ amount: { unscaled: rest, scale: 0 }, format: left.value.format })
    : Number(rest)
}

function whole(operand: Operand): bigint | undefined {
  if (operand.kind === 'quantity') return wholeNumber(operand.value.amount)
  return Number.isInteger(operand.value) ? BigInt(operand.value) : undefined
}
