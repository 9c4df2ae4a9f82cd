import { tokenPartAt } from './token.js'

/**
 * Where each letter of a part stands: the member of the JSON that it belongs to, or what kind of text it is in; in a
 * timestamp also which part of it.
 */
export function placesOf(text: string): readonly string[] {
  try {
    JSON.parse(text)
  } catch {
    return text.includes('-----BEGIN') ? placesInPem(text) : Array.from(text, () => 'text')
  }
  return placesInTokens(text, placesInJson(text))
}

function placesInPem(text: string): readonly string[] {
  const places = Array.from(text, () => 'around PEM')
  for (const { 0: block, index } of text.matchAll(/-----BEGIN [^-]+-----[^-]*-----END [^-]+-----/g)) {
    const body = index + block.indexOf('-----', 5) + 5
    const end = index + block.lastIndexOf('-----END')
    places.fill('armour of PEM', index, index + block.length).fill('PEM', body, end)
  }
  return places
}

/** Of well-formed JSON: `a.b[]` for a value, `a.b[] (name)` for its name, `(structure)` for what is between them. */
function placesInJson(text: string): readonly string[] {
  const places: string[] = []
  const mark = (place: string, to: number): void => {
    while (places.length < to) places.push(place)
  }
  const endOfString = (from: number): number => {
    let at = from + 1
    while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
    return at + 1
  }
  const space = (from: number): number => {
    let at = from
    while (/[\s,:]/.test(text.charAt(at))) at++
    mark('(structure)', at)
    return at
  }
  const value = (from: number, path: string): number => {
    const opening = text.charAt(from)
    if (opening === '"') {
      mark(path, endOfString(from))
      return places.length
    }
    if (opening !== '{' && opening !== '[') {
      mark(path, from + (/^[^\s,\]}]+/.exec(text.slice(from))?.[0].length ?? 1))
      return places.length
    }
    mark('(structure)', from + 1)
    for (let at = space(from + 1); ; at = space(at)) {
      if (text[at] === '}' || text[at] === ']') {
        mark('(structure)', at + 1)
        return at + 1
      }
      if (opening === '[') {
        at = value(at, `${path}[]`)
        continue
      }
      const end = endOfString(at)
      const name = JSON.parse(text.slice(at, end)) as string
      const member = path === '' ? name : `${path}.${name}`
      mark(`${member} (name)`, end)
      at = value(space(end), member)
    }
  }
  space(value(space(0), ''))
  return places
}

const token = /(signedTimestamp|SignedRFC3161Timestamp|timestamps\[\]\.data)$/

function placesInTokens(text: string, places: readonly string[]): readonly string[] {
  const within = [...places]
  for (let at = 0; at < text.length; at++) {
    const place = places[at] ?? ''
    if (!token.test(place)) continue
    const end = places.findIndex((one, index) => index > at && one !== place)
    const der = Buffer.from(text.slice(at + 1, end - 1), 'base64')
    for (let letter = at + 1; letter < end - 1; letter++) {
      // A letter belongs to two bytes, or to one.
      const bit = (letter - at - 1) * 6
      const [one = '', other = ''] = [bit, bit + 5].map((end) => tokenPartAt(der, Math.floor(end / 8)))
      within[letter] = `${place}: ${other === 'wrapping' ? other : one}`
    }
    at = end
  }
  return within
}
