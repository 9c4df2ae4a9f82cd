/** Characters that move the cursor, hide text or turn its direction: shown as escapes, never sent to a screen. */
const invisible = /[\p{Cc}\p{Cf}\u2028\u2029\ud800-\udfff]/gu

/**
 * One line for a terminal or a log. Line feeds, ANSI sequences and bidirectional controls show as escapes; so does
 * `##[`, which a runner obeys anywhere in a line.
 */
export function line(text: string): string {
  return text
    .replace(invisible, (character) => {
      const code = character.codePointAt(0) ?? 0
      if (character === '\n') return '\\n'
      if (character === '\r') return '\\r'
      if (character === '\t') return '\\t'
      return code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`
    })
    .replaceAll('##[', '#\\x23[')
    .replace(/^(\s*)::/, '$1\\x3a:')
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0')
}

/** What HTML and markdown read as markup; as entities they are only characters, in either. */
const markup = /[&<>"'`[\]*_~|\\#]/g
/** What GitHub makes a link of without being asked; also right after a digit. */
const autolink = /(https?|ftp):|www\./gi
/** An address of mail is linked even where its at sign is an entity: only a tag breaks it. A digest stays copyable. */
const atSign = /@(?!sha256:)/g
/** What begins a list, a heading or a block of code where it begins a line. */
const blockStart = /^(?:[-+= ]|\d+[.)](?= |$))/

/**
 * Text for a markdown page, between tags, in a paragraph or in a table cell, not in an attribute: one line in which
 * nothing is markup and nothing becomes a link.
 */
export function inert(text: string): string {
  return line(text)
    .replace(markup, entity)
    .replace(autolink, lastAsEntity)
    .replace(blockStart, lastAsEntity)
    .replace(atSign, '@<!-- -->')
}

function lastAsEntity(lead: string): string {
  return lead.slice(0, -1) + entity(lead.slice(-1))
}

function entity(character: string): string {
  return `&#${String(character.charCodeAt(0))};`
}

/** Shortens what would flood a report; says so. */
export function shorten(text: string, most: number): string {
  // Half of a pair is no character.
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

/** Whole, a digest would leave no room for the rest of a line. */
const digestHex = /\b([0-9a-f]{12})[0-9a-f]{52}\b/g

/** The first of each digest's digits, enough to recognise it; the whole one stands in the result file. */
export function brief(text: string): string {
  return text.replace(digestHex, '$1…')
}

const longestCode = 600

/** In a table cell and elsewhere: HTML's code element, because a code span of markdown can be broken out of. */
export function inCode(text: string): string {
  return `<code>${inert(shorten(text, longestCode))}</code>`
}
