/** As deep as JSON in a policy or an evidence is nested; JSON.parse itself has no bound that can be relied on. */
const deepest = 500

export type ParsedText =
  | { readonly kind: 'parsed'; readonly value: unknown }
  | { readonly kind: 'wrong'; readonly message: string; readonly isLimit?: boolean }

/** JSON.parse with a bound on nesting and an answer instead of an exception. */
export function parseJson(text: string): ParsedText {
  if (nesting(text) > deepest)
    return { kind: 'wrong', message: `nested deeper than ${deepest}`, isLimit: true }
  try {
    return { kind: 'parsed', value: JSON.parse(text) as unknown }
  } catch (error) {
    return { kind: 'wrong', message: error instanceof Error ? error.message : String(error) }
  }
}

/** The deepest nesting of brackets outside strings; for what is no JSON any number will do. */
function nesting(text: string): number {
  let depth = 0
  let most = 0
  let isText = false
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (isText) {
      if (sign === 0x5c) at++
      else if (sign === 0x22) isText = false
    } else if (sign === 0x22) isText = true
    else if (sign === 0x5b || sign === 0x7b) most = Math.max(most, ++depth)
    else if (sign === 0x5d || sign === 0x7d) depth--
  }
  return most
}
