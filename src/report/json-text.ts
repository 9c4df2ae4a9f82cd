import type { ResultDocument } from './document.js'

/**
 * The document as `JSON.stringify(document, null, 2)` writes it, in pieces: thousands of images would be one text of many
 * megabytes, and each copy of it as many more.
 */
export function* jsonPieces(document: ResultDocument): Generator<string> {
  let before = '{'
  for (const [name, value] of Object.entries(document) as [string, unknown][]) {
    if (value === undefined) continue
    yield `${before}\n  ${JSON.stringify(name)}: `
    before = ','
    if (Array.isArray(value) && value.length > 0) yield* listPieces(value)
    else yield indented(value, '  ')
  }
  yield '\n}\n'
}

function* listPieces(items: readonly unknown[]): Generator<string> {
  let before = '['
  for (const item of items) {
    yield `${before}\n    ${indented(item, '    ')}`
    before = ','
  }
  yield '\n  ]'
}

/** A line feed within a text is written `\n`: those that are there are between the parts. */
function indented(value: unknown, indent: string): string {
  const text = JSON.stringify(value, null, 2) as string | undefined
  return (text ?? 'null').replaceAll('\n', `\n${indent}`)
}

const pieceLength = 64 * 1024

/** Joins small pieces, so that each write is worth its while. */
export function* inBlocks(pieces: Iterable<string>): Generator<string> {
  let block: string[] = []
  let length = 0
  for (const piece of pieces) {
    block.push(piece)
    length += piece.length
    if (length < pieceLength) continue
    yield block.join('')
    block = []
    length = 0
  }
  if (length > 0) yield block.join('')
}
