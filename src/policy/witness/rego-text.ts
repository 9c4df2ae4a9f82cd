/** A module of Rego in a policy. */
export interface RegoModule {
  readonly name: string
  readonly text: string
  /** `data.a.b`; undefined where no package can be read. */
  readonly reference: string | undefined
}

const packageClause =
  /^\s*package\s+([A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*|\["[^"\\\n]*"\])*)\s*(?:[\n;]|$)/

export function readModule(name: string, text: string): RegoModule {
  const [, clause] = packageClause.exec(withoutText(text, false)) ?? []
  return { name, text, reference: clause === undefined ? undefined : `data.${clause}` }
}

/** Whether a rule named deny can be in a module: without one nothing is ever denied. */
export function hasDeny({ text }: RegoModule): boolean {
  return /(?:^|[^.\w])deny(?!\w)/.test(withoutText(text, true))
}

/** The fields of the input that a module reads by name. */
export function inputFields({ text }: RegoModule): ReadonlySet<string> {
  const found = withoutText(text, true).matchAll(/(?:^|[^.\w])input\.([A-Za-z_]\w*)/g)
  return new Set([...found].flatMap(([, name]) => name ?? []))
}

/** Without comments, and with strings emptied where they are in the way. */
function withoutText(text: string, emptyStrings: boolean): string {
  let out = ''
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at)
    if (char === '#') {
      const end = text.indexOf('\n', at)
      if (end < 0) break
      at = end - 1
    } else if (char === '"' || char === '`') {
      const end = endOf(text, at, char)
      out += emptyStrings ? '""' : text.slice(at, end)
      at = end - 1
    } else out += char
  }
  return out
}

function endOf(text: string, start: number, quote: string): number {
  for (let at = start + 1; at < text.length; at++) {
    if (quote === '"' && text.charAt(at) === '\\') at++
    else if (text.charAt(at) === quote) return at + 1
  }
  return text.length
}
