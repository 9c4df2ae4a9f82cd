import { RE2JS } from 're2js'
import type { Meter } from './meter.js'
import { Stop } from './stop.js'

/** A longer pattern is nobody's work; its program would be large. */
const longestPattern = 2000

function compile(pattern: string, text: string, meter: Meter): RE2JS {
  if (pattern.length > longestPattern)
    throw new Stop('limit-exceeded', `a pattern of more than ${longestPattern} characters`)
  // RE2 is linear in the text, with the pattern as the factor.
  meter.text(pattern.length * 16)
  meter.step(Math.ceil((text.length * (1 + pattern.length)) / 16))
  try {
    return RE2JS.compile(pattern)
  } catch (error) {
    throw new Stop(
      'invalid-value',
      `expected an RE2 pattern, got ${JSON.stringify(pattern)}: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

/** Go's regexp.Match: anywhere in the text. */
export function searchPattern(pattern: string, text: string, meter: Meter): boolean {
  return compile(pattern, text, meter).matcher(text).find()
}

export function replaceLiterally(pattern: string, text: string, fresh: string, meter: Meter): string {
  return replaceEach(pattern, text, meter, () => fresh)
}

/** Go's Regexp.ReplaceAll: `$1`, `$name` (as long as it goes) and `${name}` are groups, `$$` is a dollar. */
export function expandMatches(pattern: string, text: string, template: string, meter: Meter): string {
  return replaceEach(pattern, text, meter, (group) => {
    meter.step(1 + template.length)
    return template.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (_, braced?: string, bare?: string) => {
      const name = braced ?? bare
      return name === undefined ? '$' : group(name)
    })
  })
}

function replaceEach(
  pattern: string,
  text: string,
  meter: Meter,
  replacement: (group: (name: string) => string) => string,
): string {
  const compiled = compile(pattern, text, meter)
  const matcher = compiled.matcher(text)
  const names = compiled.namedGroups()
  const parts: string[] = []
  let done = 0
  let lastEnd = -1
  while (matcher.find()) {
    const start = matcher.start()
    const end = matcher.end()
    // Go takes no empty match right behind another match.
    if (start === end && start === lastEnd) continue
    const fresh = replacement((name) => {
      const index = /^\d+$/.test(name) ? Number(name) : Object.hasOwn(names, name) ? (names[name] ?? -1) : -1
      return index < 0 || index > matcher.groupCount() ? '' : (matcher.group(index) ?? '')
    })
    meter.text(start - done + fresh.length)
    parts.push(text.slice(done, start), fresh)
    done = end
    lastEnd = end
  }
  parts.push(text.slice(done))
  return parts.join('')
}
