import { Lexer, Parser } from 'yaml'

/** What the parser keeps open for a level: some. */
const openForLevel = 4

/**
 * Whether a text nests deeper than so many levels, or may. The library nests as deep as a text does, on the stack, which
 * ends where it pleases; this only reads token by token.
 */
export function isNestedDeeper(text: string, levels: number): boolean {
  const parser = new Parser()
  for (const lexeme of new Lexer().lex(text)) {
    Array.from(parser.next(lexeme))
    if (parser.stack.length > levels * openForLevel) return true
  }
  return false
}
