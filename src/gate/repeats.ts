import type { NonEmpty } from '../verdict/request.js'

const mostNamed = 5

/** References that were given more than once are judged once, and that is said. */
export function withoutRepeats<Images extends readonly string[]>(
  images: Images,
): { readonly images: Images; readonly warnings: readonly string[] } {
  const once = new Set(images)
  if (once.size === images.length) return { images, warnings: [] }
  const seen = new Set<string>()
  const repeated = new Set(images.filter((image) => seen.size === seen.add(image).size))
  const names = [...repeated].slice(0, mostNamed).join(', ')
  const more = repeated.size > mostNamed ? ` and ${repeated.size - mostNamed} more` : ''
  const warnings = [`image: given more than once and judged once: ${names}${more}`]
  // A set of at least one is no empty list either.
  return { images: [...once] as readonly string[] as Images & NonEmpty<string>, warnings }
}
