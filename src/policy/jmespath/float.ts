const decimal = /^[+-]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?$/
const infinite = /^([+-]?)inf(?:inity)?$/i

/** Go's strconv.ParseFloat, hexadecimal numbers aside: no spaces, and what is too large is no number. */
export function parseFloatText(text: string): number | undefined {
  if (text.length > 2000) return undefined
  const sign = infinite.exec(text)?.[1]
  if (sign !== undefined) return sign === '-' ? -Infinity : Infinity
  if (/^nan$/i.test(text)) return NaN
  if (!decimal.test(text) || /_(?!\d)|(?<!\d)_/.test(text)) return undefined
  const value = Number(text.replaceAll('_', ''))
  return Number.isFinite(value) ? value : undefined
}
