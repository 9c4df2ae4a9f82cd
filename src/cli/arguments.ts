/** Arguments as they were typed, before anything is known about their meaning. */
export interface Arguments {
  /** Everything that is no flag, in order. */
  readonly words: readonly string[]
  /** Flags by name, each with the values it was given. */
  readonly flags: ReadonlyMap<string, readonly string[]>
  /** The first word that cannot be read; what else could be is in words and flags all the same. */
  readonly misuse?: Misuse
}

export interface FlagSpec {
  readonly name: string
  readonly short?: string
  /** Another name for it. */
  readonly also?: string
  /** Takes no value of its own; `--name=false` is possible. */
  readonly switch?: true
}

/** What of a command line cannot be read. */
export interface Misuse {
  readonly message: string
  /** The flag that nobody knows. */
  readonly unknown?: string
}

/** Reads `--flag value`, `--flag=value`, `-o value`, switches, and `--` before words that look like flags. */
export function readArguments(argv: readonly string[], specs: readonly FlagSpec[]): Arguments {
  const words: string[] = []
  const flags = new Map<string, string[]>()
  let misuse: Misuse | undefined
  const queue = [...argv]
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (word === '--') {
      words.push(...queue)
      break
    }
    const parts = /^--([^=]+)(?:=([\s\S]*))?$/.exec(word) ?? /^-([a-zA-Z])(?:=?([\s\S]+))?$/.exec(word)
    if (!parts) {
      words.push(word)
      continue
    }
    const name = String(parts[1])
    const spec = specs.find((one) =>
      word.startsWith('--') ? one.name === name || one.also === name : one.short === name,
    )
    if (!spec) {
      const dashes = word.startsWith('--') ? '--' : '-'
      misuse ??= { message: `unknown flag: ${dashes}${name}`, unknown: name }
      continue
    }
    const value = parts[2] ?? (spec.switch ? 'true' : queue.shift())
    if (value === undefined) misuse ??= { message: `flag needs an argument: --${spec.name}` }
    else flags.set(spec.name, [...(flags.get(spec.name) ?? []), value])
  }
  return { words, flags, ...(misuse && { misuse }) }
}
