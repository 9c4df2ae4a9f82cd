/** Where text is shown, as far as its look depends on it. */
export interface Screen {
  readonly isTTY?: boolean
  readonly columns?: number
}

/** A narrower terminal breaks lines by itself: there is no room for an indent. */
const narrowest = 40
const marks: Readonly<Record<string, string>> = {
  dim: '2',
  red: '31',
  green: '32',
  yellow: '33',
}

/** How a line begins, and its look: the whole line, or only what matched. */
const looks: readonly (readonly [RegExp, keyof typeof marks, 'line' | 'match'])[] = [
  [/^✓ /, 'green', 'line'],
  [/^✗ /, 'red', 'line'],
  [/^– /, 'dim', 'line'],
  [/^(?:Error|Warning): /, 'yellow', 'line'],
  [/^verified: /, 'green', 'line'],
  [/^rejected: /, 'red', 'line'],
  [/^undetermined: /, 'yellow', 'line'],
  [/^ {2}pass {2}/, 'green', 'match'],
  [/^ {2}fail {2}/, 'red', 'match'],
  [/^ {2}(?:warn {2}|error )/, 'yellow', 'match'],
  [/^ {2}skip {2}/, 'dim', 'match'],
  [/^ {2}Verdict: rejected/, 'red', 'line'],
  [/^ {2}Verdict: undetermined/, 'yellow', 'line'],
  [/^ {2}(?:Near miss|[A-Z][a-z]+): +/, 'dim', 'match'],
]

/**
 * Lines of a report as a screen shows them: broken at spaces, below where their text begins, and with colours unless
 * `NO_COLOR` is set (no-color.org) or the terminal is a dumb one. What is no terminal gets them as they are. Colours
 * only repeat what the words say.
 */
export function forScreen(
  lines: readonly string[],
  { isTTY, columns = 80 }: Screen,
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  if (isTTY !== true) return lines
  const isPlain = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb'
  return lines.flatMap((line) => {
    const broken = wrap(line, columns)
    return isPlain ? broken : paint(broken)
  })
}

export function wrap(line: string, columns: number): readonly string[] {
  if (columns < narrowest || line.length <= columns) return [line]
  const lead = /^ *(?:Near miss: +|[A-Z][a-z]+: +|(?:pass|fail|warn|error|skip) +)?/.exec(line)?.[0] ?? ''
  const indent = ' '.repeat(lead.trim() === '' ? lead.length + 2 : Math.min(lead.length, narrowest / 2))
  const text = line.slice(lead.length)
  const [first = '', ...others] = breakLines(text, columns - lead.length, columns - indent.length)
  return [`${lead}${first}`, ...others.map((one) => `${indent}${one}`)]
}

/**
 * Words are not broken: a digest or a reference is copied whole.
 *
 * @param width columns of the first line
 * @param later of the others
 */
export function breakLines(text: string, width: number, later = width): readonly string[] {
  const lines: string[] = []
  let current: string | undefined
  for (const word of text.split(' ')) {
    const longer = current === undefined ? word : `${current} ${word}`
    if (current !== undefined && longer.length > (lines.length === 0 ? width : later)) {
      lines.push(current)
      current = word
    } else current = longer
  }
  return [...lines, current ?? '']
}

/** The lines that one line was broken into. */
function paint(lines: readonly string[]): readonly string[] {
  const [first = '', ...others] = lines
  for (const [pattern, look, extent] of looks) {
    const match = pattern.exec(first)?.[0]
    if (match === undefined) continue
    const mark = (text: string): string => `\x1b[${String(marks[look])}m${text}\x1b[0m`
    return extent === 'line' ? lines.map(mark) : [`${mark(match)}${first.slice(match.length)}`, ...others]
  }
  return lines
}
