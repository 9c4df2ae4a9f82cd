/** An exact decimal number: `unscaled` times ten to the power of minus `scale` (Go's inf.Dec). */
export interface Decimal {
  readonly unscaled: bigint
  readonly scale: number
}

export function powerOfTen(exponent: number): bigint {
  return 10n ** BigInt(exponent)
}

/** Both on the larger scale. */
function aligned(one: Decimal, other: Decimal): readonly [bigint, bigint, number] {
  const scale = Math.max(one.scale, other.scale)
  const raise = ({ unscaled, scale: own }: Decimal): bigint => unscaled * powerOfTen(scale - own)
  return [raise(one), raise(other), scale]
}

export function addDecimals(one: Decimal, other: Decimal): Decimal {
  const [left, right, scale] = aligned(one, other)
  return { unscaled: left + right, scale }
}

export function multiplyDecimals(one: Decimal, other: Decimal): Decimal {
  return { unscaled: one.unscaled * other.unscaled, scale: one.scale + other.scale }
}

/** Cut, not rounded, at the given scale. */
export function divideDecimals(one: Decimal, other: Decimal, scale: number): Decimal {
  const shift = scale - one.scale + other.scale
  const unscaled =
    shift >= 0
      ? (one.unscaled * powerOfTen(shift)) / other.unscaled
      : one.unscaled / (other.unscaled * powerOfTen(-shift))
  return { unscaled, scale }
}

export function compareDecimals(one: Decimal, other: Decimal): -1 | 0 | 1 {
  const [left, right] = aligned(one, other)
  return left === right ? 0 : left < right ? -1 : 1
}

/** Away from zero, to at most `scale` digits behind the point. */
export function roundUp(value: Decimal, scale: number): Decimal {
  if (value.scale <= scale) return { unscaled: value.unscaled * powerOfTen(scale - value.scale), scale }
  const divisor = powerOfTen(value.scale - scale)
  const rest = value.unscaled % divisor
  const step = rest === 0n ? 0n : rest > 0n ? 1n : -1n
  return { unscaled: value.unscaled / divisor + step, scale }
}

/** The value where it is a whole number. */
export function wholeNumber({ unscaled, scale }: Decimal): bigint | undefined {
  if (scale <= 0) return unscaled * powerOfTen(-scale)
  const divisor = powerOfTen(scale)
  return unscaled % divisor === 0n ? unscaled / divisor : undefined
}

export function approximate({ unscaled, scale }: Decimal): number {
  return scale === 0 ? Number(unscaled) : Number(unscaled) * Number(`1e${-scale}`)
}
