/** What an unquoted word of YAML means. */
export type Scalar =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'flag'; readonly flag: boolean }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'nothing' }

const nothing = /^(?:~|null|Null|NULL|)$/
const yes = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/
const no = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/
const decimal = /^[-+]?[0-9][0-9_]*$/
const based = /^([-+]?)0([box])([0-9a-fA-F_]+)$/
const fraction = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
const bases = new Map([
  ['b', { radix: 2, digits: /^[01]+$/ }],
  ['o', { radix: 8, digits: /^[0-7]+$/ }],
  ['x', { radix: 16, digits: /^[0-9a-fA-F]+$/ }],
])
const special = new Map([
  ['.nan', NaN],
  ['.inf', Infinity],
  ['+.inf', Infinity],
  ['-.inf', -Infinity],
])
const longest = 64

/**
 * Reads an unquoted word as Kubernetes' own reader does (sigs.k8s.io/yaml: YAML 1.1, so `n` and `on` are no texts),
 * which is how a policy is read where it is enforced.
 */
export function readPlain(word: string): Scalar {
  if (word.length > longest) return { kind: 'text', text: word }
  if (nothing.test(word)) return { kind: 'nothing' }
  if (yes.test(word)) return { kind: 'flag', flag: true }
  if (no.test(word)) return { kind: 'flag', flag: false }
  const number = readNumber(word)
  return number === undefined ? { kind: 'text', text: word } : { kind: 'number', number }
}

function readNumber(word: string): number | undefined {
  const named = special.get(word.toLowerCase())
  if (named !== undefined) return named
  const [, sign, letter = '', rest = ''] = based.exec(word) ?? []
  const base = bases.get(letter)
  const digits = rest.replaceAll('_', '')
  if (base) {
    if (!base.digits.test(digits)) return undefined
    return parseInt(digits, base.radix) * (sign === '-' ? -1 : 1)
  }
  if (decimal.test(word)) {
    const bare = word.replaceAll('_', '')
    const octal = /^[-+]?0[0-7]+$/.test(bare)
    return octal ? parseInt(bare, 8) : Number(bare)
  }
  return fraction.test(word) ? Number(word) : undefined
}
