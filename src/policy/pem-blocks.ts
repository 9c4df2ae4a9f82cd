const begin = '-----BEGIN '
const end = '-----END '
const dashes = '-----'

/**
 * The blocks of PEM in a text whose labels end so, `PUBLIC KEY` say, in their order; what stands around them is left out.
 * Goes through the text once: a policy may be nothing but beginnings.
 */
export function pemBlocks(text: string, label: string): readonly string[] {
  const blocks: string[] = []
  for (let from = text.indexOf(begin); from >= 0;) {
    const named = text.indexOf(dashes, from + begin.length)
    const ends = named < 0 ? -1 : text.indexOf(end, named)
    const close = ends < 0 ? -1 : text.indexOf(dashes, ends + end.length)
    if (close < 0) break
    const past = close + dashes.length
    if (text.slice(from + begin.length, named).endsWith(label)) blocks.push(text.slice(from, past))
    from = text.indexOf(begin, past)
  }
  return blocks
}
