import type { FunctionTable } from './function-table.js'
import { imageName } from './image-name.js'
import { cleanPath } from './path.js'
import { printJson } from './print.js'
import { expandMatches, replaceLiterally, searchPattern } from './regex.js'
import { parseFloatText } from './float.js'
import { scalarText } from './scalar-text.js'
import { Stop } from './stop.js'
import type { Meter } from './meter.js'
import { compareText, isMap } from './value.js'
import { matchesWildcard } from './wildcard.js'

const textOrNumber = ['string', 'number'] as const

/** Functions on texts: the standard ones and Kyverno's (pkg/engine/jmespath/functions.go; Go's strings package). */
export const textFunctions: FunctionTable = {
  starts_with: {
    takes: [['string'], ['string']],
    run: ([text, start]) => (text as string).startsWith(start as string),
  },
  ends_with: {
    takes: [['string'], ['string']],
    run: ([text, end]) => (text as string).endsWith(end as string),
  },
  join: {
    takes: [['string'], ['texts']],
    run: ([glue, list], { meter }) => {
      const texts = list as readonly string[]
      meter.text(texts.reduce((sum, one) => sum + one.length + (glue as string).length, 0))
      return texts.join(glue as string)
    },
  },
  to_string: {
    takes: [['any']],
    run: ([one], { meter }) => (typeof one === 'string' ? one : printJson(one, meter)),
  },
  to_number: {
    takes: [['any']],
    run: ([one]) =>
      typeof one === 'number' ? one : typeof one === 'string' ? (parseFloatText(one) ?? null) : null,
  },
  // In Kyverno the result is a Go int, which no other number of an expression is equal to; here it is a number.
  compare: {
    takes: [['string'], ['string']],
    run: ([one, other], { meter }) => {
      meter.text((one as string).length)
      return compareText(one as string, other as string)
    },
  },
  equal_fold: {
    takes: [['string'], ['string']],
    run: ([one, other], { meter }) => eachCase(one, meter, fold) === eachCase(other, meter, fold),
  },
  to_upper: {
    takes: [['string']],
    run: ([text], { meter }) => eachCase(text, meter, (one) => one.toUpperCase()),
  },
  to_lower: {
    takes: [['string']],
    run: ([text], { meter }) => eachCase(text, meter, (one) => one.toLowerCase()),
  },
  replace: {
    takes: [['string'], ['string'], ['string'], ['number']],
    run: ([text, old, fresh, count], { meter }) =>
      replace(text, old, fresh, Math.trunc(count as number), meter),
  },
  replace_all: {
    takes: [['string'], ['string'], ['string']],
    run: ([text, old, fresh], { meter }) => replace(text, old, fresh, -1, meter),
  },
  trim: {
    takes: [['string'], ['string']],
    run: ([text, cutset], { meter }) => {
      meter.text((text as string).length)
      const characters = Array.from(text as string)
      const cut = new Set(cutset as string)
      let start = 0
      let end = characters.length
      while (start < end && cut.has(characters[start] ?? '')) start++
      while (end > start && cut.has(characters[end - 1] ?? '')) end--
      return characters.slice(start, end).join('')
    },
  },
  trim_prefix: {
    takes: [['string'], ['string']],
    run: ([text, prefix]) =>
      (text as string).startsWith(prefix as string)
        ? (text as string).slice((prefix as string).length)
        : text,
  },
  split: {
    takes: [['string'], ['string']],
    run: ([text, mark], { meter }) => {
      meter.text((text as string).length)
      return mark === '' ? Array.from(text as string) : (text as string).split(mark as string)
    },
  },
  truncate: {
    takes: [['string'], ['number']],
    run: ([text, length], { meter }) => {
      meter.text((text as string).length)
      return Array.from(text as string)
        .slice(0, Math.max(0, Math.trunc(length as number)))
        .join('')
    },
  },
  to_boolean: {
    takes: [['string']],
    run: ([text]) => {
      const lower = (text as string).toLowerCase()
      if (lower !== 'true' && lower !== 'false')
        throw new Stop('invalid-value', `to_boolean() expected true or false, got ${JSON.stringify(text)}`)
      return lower === 'true'
    },
  },
  regex_match: {
    takes: [['string'], textOrNumber],
    run: ([pattern, text], { meter }) => searchPattern(pattern as string, scalarText(text) ?? '', meter),
  },
  regex_replace_all: {
    takes: [['string'], textOrNumber, textOrNumber],
    run: ([pattern, text, fresh], { meter }) =>
      expandMatches(pattern as string, scalarText(text) ?? '', scalarText(fresh) ?? '', meter),
  },
  regex_replace_all_literal: {
    takes: [['string'], textOrNumber, textOrNumber],
    run: ([pattern, text, fresh], { meter }) =>
      replaceLiterally(pattern as string, scalarText(text) ?? '', scalarText(fresh) ?? '', meter),
  },
  pattern_match: {
    takes: [['string'], textOrNumber],
    run: ([pattern, text], { meter }) => matchesWildcard(pattern as string, scalarText(text) ?? '', meter),
  },
  path_canonicalize: {
    takes: [['string']],
    run: ([path], { meter }) => {
      meter.text((path as string).length)
      return cleanPath(path as string)
    },
  },
  image_normalize: {
    takes: [['string']],
    run: ([image]) => {
      const name = imageName(image as string)
      if (isMap(name)) throw new Stop('invalid-value', `image_normalize() ${name.wrong}`)
      return name
    },
  },
}

/** Go maps each character to one character; JavaScript makes two of some (ß), which are left alone. */
function eachCase(text: unknown, meter: Meter, change: (character: string) => string): string {
  meter.text((text as string).length)
  return Array.from(text as string, (one) => {
    const changed = change(one)
    return Array.from(changed).length === 1 ? changed : one
  }).join('')
}

function fold(character: string): string {
  return character.toUpperCase().toLowerCase()
}

/** strings.Replace: an empty `old` stands before each character and at the end; a negative count is no bound. */
function replace(text: unknown, old: unknown, fresh: unknown, count: number, meter: Meter): string {
  const from = text as string
  const marks = old === '' ? Array.from(from) : from.split(old as string)
  const most = old === '' ? marks.length + 1 : marks.length - 1
  const done = count < 0 ? most : Math.min(count, most)
  meter.text(from.length + done * (fresh as string).length)
  if (old === '') {
    const parts = marks.map((one, index) => (index < done ? `${fresh as string}${one}` : one))
    return parts.join('') + (done > marks.length ? (fresh as string) : '')
  }
  return (
    marks.slice(0, done + 1).join(fresh as string) +
    marks
      .slice(done + 1)
      .map((one) => `${old as string}${one}`)
      .join('')
  )
}
