import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redact } from '../../../src/report/redaction.js'
import { inCode, inert, line, shorten } from '../../../src/report/escape.js'
import { openCounts } from '../harness/counts.js'
import { property } from '../harness/fuzz-attack.js'
import { texts } from '../harness/hostile.js'

/** Text that wants to be more than text. */
const hostile = texts([
  '::error file=a,line=1::x',
  '  ::add-mask::x\n::set-output name=a::b',
  '##[group]x ##[error]y',
  '[x](javascript:alert(1)) ![x](https://a.example/?q)',
  '<img src=x onerror=alert(1)><script>x</script> <!-- --> &lt;b&gt;',
  '| a | b |\n|---|---|\n# x\n- [ ] y\n1. z\n```js\nx\n```\n~~a~~ **b** _c_ `d`',
  'https://evil.example www.evil.example ftp://x me@evil.example @team #1 GH-1 a/b#1 :smile:',
  '\u001b[31mred\u001b]8;;https://x\u0007y \u202e\u2066\u200b\ufeff\u0085\u2028',
  '1) a\n2. b\n+ c\n= d\n    e',
])
const anything = fc.oneof(
  hostile,
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme' }),
)
const halfCharacter = /[\ud800-\udfff]/u
const count = openCounts('fuzz', 'report')

/** What a browser makes of entities and comments. */
function shown(html: string): string {
  return html.replaceAll('<!-- -->', '').replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
}

describe('a line for a terminal or a log', () => {
  it('moves no cursor, hides nothing and begins no command', () => {
    property(count, anything, (text) => {
      const escaped = line(text)
      expect(escaped).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u)
      expect(escaped).not.toMatch(halfCharacter)
      expect(escaped).not.toMatch(/##\[|^\s*::/)
    })
  })

  it('is as it is where it is written again', () => {
    property(count, anything, (text) => expect(line(line(text))).toBe(line(text)))
  })
})

describe('text for a page', () => {
  it('holds no markup, no link and no mention', () => {
    property(count, anything, (text) => {
      const bare = inert(text)
        .replaceAll('<!-- -->', '')
        .replace(/&#\d+;/g, ' ')
      expect(bare).not.toMatch(/[&<>"'`[\]*_~|\\#\r\n]/)
      expect(bare).not.toMatch(/(https?|ftp):|www\./i)
      expect(inert(text)).not.toMatch(/@(?!<!-- -->|sha256:)/)
      expect(inert(text)).not.toMatch(/^(?:[-+= ]|\d+[.)](?: |$))/)
    })
  })

  it('shows what a line shows', () => {
    property(count, anything, (text) => expect(shown(inert(text))).toBe(line(text)))
  })

  it('stays within its element of code', () => {
    property(count, anything, (text) => {
      expect(inCode(text)).toMatch(/^<code>[^<>]*(?:<!-- -->[^<>]*)*<\/code>$/)
    })
  })
})

describe('a text that was cut', () => {
  it('is no longer than it may be, and no half character', () => {
    property(
      count,
      fc.tuple(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 50 })),
      ([text, most]) => {
        const cut = shorten(text, most)
        expect(cut.length).toBeLessThanOrEqual(most)
        expect(cut).not.toMatch(halfCharacter)
      },
    )
  })
})

describe('a report that was redacted', () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9+/=_.-]{8,40}$/)
  it('holds no secret, whatever it was in', () => {
    property(count, fc.tuple(secret, anything, anything), ([word, before, after]) => {
      const report = redact({ a: [`${before}${word}${after}`], b: { c: word } }, [word])
      expect(JSON.stringify(report)).not.toContain(JSON.stringify(word).slice(1, -1))
    })
  })
})
