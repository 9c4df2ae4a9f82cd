/** The words that are no text for Kubernetes: YAML 1.1's, as go-yaml v2 reads them (its resolve.go). */
const words: ReadonlyMap<string, boolean | null> = new Map([
  ...listed('y Y yes Yes YES true True TRUE on On ON', true),
  ...listed('n N no No NO false False FALSE off Off OFF', false),
  ...listed('~ null Null NULL', null),
  ['', null],
])
const integer = /^[-+]?(?:0x[0-9a-f]+|0o?[0-7]+|0b[01]+|0|[1-9][0-9]*)$/i
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:e[-+]?[0-9]+)?$/i
const noNumber = /^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/

function listed<T>(text: string, value: T): readonly (readonly [string, T])[] {
  return text.split(' ').map((word) => [word, value])
}

/**
 * The value of a scalar written without quotes, as Kubernetes' tools read it (sigs.k8s.io/yaml on go-yaml v2): `n`
 * and `on` are booleans, `010` is eight, `1_000` a number, and a date is a text.
 *
 * @returns undefined for what JSON cannot hold: infinity and `.nan`
 */
export function readPlainScalar(text: string): string | number | boolean | null | undefined {
  const word = words.get(text)
  if (word !== undefined) return word
  if (noNumber.test(text)) return undefined
  if (!/^[-+.0-9]/.test(text)) return text
  const digits = text.replaceAll('_', '')
  const value = integer.test(digits) ? readInteger(digits) : float.test(digits) ? Number(digits) : text
  return value === Infinity || value === -Infinity ? text : value
}

function readInteger(digits: string): number {
  const negative = digits.startsWith('-')
  const bare = digits.replace(/^[-+]/, '').toLowerCase()
  const octal = /^0[0-7]/.test(bare) ? `0o${bare.slice(1)}` : bare
  return negative ? -Number(octal) : Number(octal)
}
