import { describe, expect, it } from 'vitest'
import { inert, line, shorten } from '../../src/report/escape.js'
import { hostileTexts } from './results.js'

/** What a browser shows of a text that holds entities and comments. */
function shown(html: string): string {
  return html.replaceAll('<!-- -->', '').replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
}

const commands = /##\[|^\s*::/

describe('a line for a terminal or a log', () => {
  it.each([
    ['a line feed', 'a\nb', 'a\\nb'],
    ['a carriage return', 'a\rb', 'a\\rb'],
    ['a tab', 'a\tb', 'a\\tb'],
    ['an escape sequence', '\u001b[31m', '\\x1b[31m'],
    ['a NUL', 'a\0b', 'a\\x00b'],
    ['a delete', '\u007f', '\\x7f'],
    ['a control character of C1', '\u009b31m', '\\x9b31m'],
    ['the next line of C1', 'a\u0085b', 'a\\x85b'],
    ['the line separator', 'a\u2028b', 'a\\u2028b'],
    ['the paragraph separator', 'a\u2029b', 'a\\u2029b'],
    ['a bidirectional override', '\u202egnp\u202c', '\\u202egnp\\u202c'],
    ['a bidirectional isolate', '\u2066a\u2069', '\\u2066a\\u2069'],
    ['a zero width space', 'a\u200bb', 'a\\u200bb'],
    ['a zero width joiner', 'a\u200db', 'a\\u200db'],
    ['a byte order mark', '\ufeffa', '\\ufeffa'],
    ['a soft hyphen', 'a\u00adb', 'a\\xadb'],
    ['a tag of another plane', 'a\u{e0041}b', 'a\\ue0041b'],
    ['the first half of a pair', 'a\ud83d', 'a\\ud83d'],
    ['the second half of a pair', '\ude00a', '\\ude00a'],
  ])('shows %s as an escape', (_, text, escaped) => {
    expect(line(text)).toBe(escaped)
  })

  it('escapes every control character there is', () => {
    const controls = [...Array(0x20).keys(), ...Array.from({ length: 0x21 }, (_, at) => 0x7f + at)]
    for (const code of controls) {
      expect(line(String.fromCharCode(code)), code.toString(16)).toMatch(/^\\(x[0-9a-f]{2}|[nrt])$/)
    }
  })

  it.each(['', 'registry.example/app:v1@sha256:ab', 'ünïcödé 文字 😀', 'a::b', 'a ## b [c]', '#[x]'])(
    'leaves %j as it is',
    (text) => {
      expect(line(text)).toBe(text)
    },
  )

  it.each([
    ['::error::x', '\\x3a:error::x'],
    ['  ::error::x', '  \\x3a:error::x'],
    ['\u00a0::error::x', '\u00a0\\x3a:error::x'],
    ['\n::error::x', '\\n::error::x'],
    ['a ##[error]x', 'a #\\x23[error]x'],
    ['##[a]##[b]', '#\\x23[a]#\\x23[b]'],
    ['####[a]', '###\\x23[a]'],
    // What is taken away must not make a command of what is around it.
    ['#\u200b#[a]', '#\\u200b#[a]'],
    [':\u200b:a::', ':\\u200b:a::'],
  ])('%j is no command of a runner', (text, escaped) => {
    expect(line(text)).toBe(escaped)
    expect(line(text)).not.toMatch(commands)
  })
})

describe('text on a page', () => {
  it('holds no character of markup, whichever is put in', () => {
    for (let code = 0x20; code < 0x7f; code++) {
      const character = String.fromCharCode(code)
      const page = inert(`a${character}b`)
      expect(shown(page)).toBe(`a${character}b`)
      const isMarkup = '&<>"\'`[]*_~|\\#'.includes(character)
      expect(page.includes(`a${character}b`), character).toBe(!isMarkup && character !== '@')
    }
  })

  it.each(hostileTexts)('%j is text: it reads the same and does nothing', (text) => {
    const page = inert(text)
    expect(shown(page)).toBe(line(text))
    expect(page.replaceAll('<!-- -->', '').replace(/&#\d+;/g, '')).not.toMatch(/[&<>"'`[\]*_~|\\#\n\r]/)
    expect(page).not.toMatch(/https?:|ftp:|www\.|@(?!<|sha256:)/i)
    expect(page).not.toMatch(/^([-+= ]|\d+[.)]( |$))/)
    expect(page).not.toMatch(commands)
  })

  it.each([
    ['https://evil.example', 'https&#58;//evil.example'],
    ['HTTP://evil.example', 'HTTP&#58;//evil.example'],
    ['ftp://evil.example', 'ftp&#58;//evil.example'],
    ['see www.evil.example', 'see www&#46;evil.example'],
    // GitHub's markdown looks back over letters only: a digit before a scheme hides nothing.
    ['1https://evil.example', '1https&#58;//evil.example'],
    ['xhttps://evil.example', 'xhttps&#58;//evil.example'],
    ['_https://evil.example', '&#95;https&#58;//evil.example'],
    ['someone@evil.example', 'someone@<!-- -->evil.example'],
    ['mailto:someone@evil.example', 'mailto:someone@<!-- -->evil.example'],
    ['@everyone', '@<!-- -->everyone'],
  ])('%s becomes no link', (text, page) => {
    expect(inert(text)).toBe(page)
  })

  it('keeps a digest whole, for whoever searches or copies it', () => {
    const pinned = `registry.example/app:v1@sha256:${'ab'.repeat(32)}`
    expect(inert(pinned)).toBe(pinned)
  })

  it.each([
    ['- a', '&#45; a'],
    ['+ a', '&#43; a'],
    ['===', '&#61;=='],
    ['1. a', '1&#46; a'],
    ['12) a', '12&#41; a'],
    ['    a', '&#32;   a'],
    ['127.0.0.1:5000/a', '127.0.0.1:5000/a'],
  ])('%j begins no list, no heading and no block of code', (text, page) => {
    expect(inert(text)).toBe(page)
  })
})

describe('what is shortened', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['', 3, ''],
    ['ab', 1, '…'],
  ])('%j to %i is %j', (text, most, short) => {
    expect(shorten(text, most)).toBe(short)
  })

  it('is never longer than asked for, and says that it is not whole', () => {
    for (const most of [1, 2, 10, 600]) {
      const short = shorten('x'.repeat(10_000), most)
      expect(short).toHaveLength(most)
      expect(short.endsWith('…')).toBe(true)
    }
  })

  it('is cut between characters, not within one', () => {
    const short = shorten('😀😀😀', 4)
    expect(short).toBe('😀…')
    expect(shorten('a😀😀', 4)).toBe('a😀…')
    expect(line(short)).toBe(short)
  })
})
