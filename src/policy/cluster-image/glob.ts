/** A pattern of image names, taken apart. `'*'`: anything but a slash; `'**'`: anything. */
export interface Glob {
  readonly text: string
  readonly parts: readonly string[]
}

const allowed = /^[a-zA-Z0-9\-_:/*.@]+$/
const longest = 2048

/** What two patterns mean that would match nothing by themselves. */
const meant: Readonly<Record<string, string>> = {
  '*': 'index.docker.io/library/*',
  '*/*': 'index.docker.io/*/*',
}

/**
 * Reads a glob of a ClusterImagePolicy (policy-controller, pkg/apis/glob).
 *
 * @returns a text that says what is wrong
 */
export function readGlob(text: string): Glob | string {
  if (!allowed.test(text)) {
    return 'expected letters, digits and - _ : / * . @ only; ? and [ ] are no wildcards here'
  }
  if (text.length > longest) return `longer than ${longest} characters`
  const full = Object.hasOwn(meant, text) ? (meant[text] ?? text) : text
  // From left to right: three stars are `**` and `*`.
  return { text, parts: full.match(/\*\*|\*|[^*]+/g) ?? [] }
}

/**
 * Whether a glob matches a whole name. Time is at most the length of the name times that of the glob: every place in
 * the glob that could have been reached is kept, nothing is tried twice.
 */
export function matchesGlob({ parts }: Glob, name: string): boolean {
  let reached = new Uint8Array(name.length + 1)
  reached[0] = 1
  for (const part of parts) {
    const next = new Uint8Array(name.length + 1)
    if (part === '*' || part === '**') {
      let open = false
      for (let at = 0; at <= name.length; at++) {
        if (part === '*' && at > 0 && name[at - 1] === '/') open = false
        if (reached[at] === 1) open = true
        if (open) next[at] = 1
      }
    } else {
      for (let at = name.indexOf(part); at >= 0; at = name.indexOf(part, at + 1)) {
        if (reached[at] === 1) next[at + part.length] = 1
      }
    }
    reached = next
  }
  return reached[name.length] === 1
}
