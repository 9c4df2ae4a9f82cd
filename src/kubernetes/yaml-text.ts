import { Composer, type Document, Lexer, Parser } from 'yaml'
import { type Limits, manifestLimits } from './limits.js'
import type { Fault, Node, Names } from './node.js'
import { type Budget, readTree } from './yaml-tree.js'

/** A document that was read, or what is wrong with it. */
export type ReadDocument = { readonly root: Node } | { readonly faults: readonly Fault[] }

/**
 * Controls, and what only some readers take for the end of a line (go-yaml: CR alone, NEL, LS, PS): a comment of the
 * one would be a key of the other.
 */
const disputed = /[^\P{Cc}\t\n\r]|\r(?!\n)|[\u2028\u2029\uFEFF]/gu

/**
 * The documents of a YAML text, empty ones left out. The library nests as deep as the text does, on the stack, so
 * that depth is watched token by token before it composes anything.
 *
 * @param names gathers where the names of each mapping stand
 * @returns a fault for a text that cannot be told into documents
 */
export function readYaml(
  text: string,
  limits: Limits = manifestLimits,
  names?: Names,
): readonly ReadDocument[] | Fault {
  disputed.lastIndex = text.startsWith('\uFEFF') ? 1 : 0
  const odd = disputed.exec(text)
  if (odd) {
    const code = (odd[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    return { offset: odd.index, message: `expected text, got the character U+${code}` }
  }
  try {
    return readDocuments(text, limits, names)
  } catch (error) {
    return { offset: 0, message: `expected YAML, got what its parser gives up on: ${String(error)}` }
  }
}

/** Each document is read as soon as it is composed: what the library makes of one takes many times the room of its text. */
function readDocuments(
  text: string,
  limits: Limits,
  names: Names | undefined,
): readonly ReadDocument[] | Fault {
  // Keys are compared in readTree: the library compares each with each.
  const composer = new Composer({
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  })
  const parser = new Parser()
  const budget: Budget = { nodes: limits.nodes, limits }
  const documents: ReadDocument[] = []
  let composed = 0
  const take = (some: Iterable<Document.Parsed>): void => {
    for (const one of some) {
      composed++
      documents.push(...readDocument(one, text, budget, names))
    }
  }
  let lexemes = 0
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) take(composer.next(token))
    if (++lexemes > limits.lexemes)
      return {
        offset: parser.offset,
        message: `expected at most ${limits.lexemes} words and marks, got more`,
      }
    if (parser.stack.length > limits.levels)
      return { offset: parser.offset, message: `expected at most ${limits.levels} levels, got more` }
    if (composed > limits.documents)
      return { offset: parser.offset, message: `expected at most ${limits.documents} documents, got more` }
  }
  for (const token of parser.end()) take(composer.next(token))
  take(composer.end(true, text.length))
  return documents
}

function readDocument(
  document: Document.Parsed,
  text: string,
  budget: Budget,
  names: Names | undefined,
): readonly ReadDocument[] {
  const [error] = document.errors
  if (error) return [{ faults: [{ offset: error.pos[0], message: `expected YAML, got: ${error.message}` }] }]
  const read = readTree(document, text, budget, names)
  if (!('kind' in read)) return [{ faults: read }]
  return read.kind === 'scalar' && read.value === null ? [] : [{ root: read }]
}
