/** A value that cannot be used: what was expected, to be put after the name of the input. */
export interface Refused {
  readonly expected: string
}

/** An input that cannot be used, by name. */
export type Wrong = Refused & { readonly input: string; readonly got: string }

export function isRefused(value: unknown): value is Refused {
  return typeof value === 'object' && value !== null && 'expected' in value
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }
const longestDuration = 24 * 3_600_000

/** Reads a duration as Go writes it (`90s`, `1h30m`, `500ms`); a bare `0` too. At most a day, in milliseconds. */
export function readDuration(text: string): number | Refused {
  const refused = { expected: 'a duration such as 90s, 5m or 1h30m, at most 24h' }
  if (text === '0') return 0
  if (!/^(?:\d{1,9}(?:\.\d{1,9})?(?:ms|s|m|h))+$/.test(text)) return refused
  let sum = 0
  for (const [, count, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
    sum += Number(count) * (units[String(unit)] ?? Number.NaN)
  }
  return sum <= longestDuration ? Math.round(sum) : refused
}

const longestAge = 3650 * 24 * 3_600_000

/** Reads an age: a duration as above, or whole hours or days (`720h`, `30d`); at most ten years, in milliseconds, above 0. */
export function readAge(text: string): number | Refused {
  const [, count, unit] = /^(\d{1,5})([hd])$/.exec(text) ?? []
  const age = count === undefined ? readDuration(text) : Number(count) * 3_600_000 * (unit === 'd' ? 24 : 1)
  const isAge = !isRefused(age) && age > 0 && age <= longestAge
  return isAge ? age : { expected: 'an age such as 12h or 30d' }
}

export function readWhole(text: string, least: number, most: number): number | Refused {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  return value >= least && value <= most ? value : { expected: `a whole number from ${least} to ${most}` }
}

export function readChoice<Choice extends string>(
  text: string,
  choices: readonly Choice[],
): Choice | Refused {
  return choices.find((choice) => choice === text) ?? { expected: choices.join(' or ') }
}

/** Booleans as YAML 1.2 core schema writes them, as `@actions/core` takes them. */
export function readSwitch(text: string): boolean | Refused {
  if (/^(true|True|TRUE)$/.test(text)) return true
  if (/^(false|False|FALSE)$/.test(text)) return false
  return { expected: 'true or false' }
}

const pemBlock = /-----BEGIN [^\n]*-----[\s\S]*?-----END [^\n]*-----|[^\r\n]+/g

/** One item a line; a PEM block is one item. Blank lines and the space around items don't count. */
export function readList(text: string): readonly string[] {
  const items = text.match(pemBlock) ?? []
  return items.map((item) => item.trim()).filter((item) => item !== '')
}
