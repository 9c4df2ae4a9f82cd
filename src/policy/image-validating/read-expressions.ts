import { type Fields, lineOf, listOf, openFields, refuse, textOf, within } from '../cluster-image/fields.js'
import { readImageGlob } from './glob.js'
import type { ImageMatch, NamedExpression, PlacedExpression, Validation } from './model.js'

/** Variables, images and conditions: each name once. */
export function readNamed(spec: Fields, list: string): readonly NamedExpression[] {
  const seen = new Set<string>()
  return listOf(spec, list).flatMap((item) => {
    const fields = openFields(spec.reading, item, ['name', 'expression'])
    if (fields === undefined) return []
    const name = textOf(fields, 'name')
    const expression = expressionOf(fields)
    if (name === undefined || expression === undefined) {
      refuse(fields, undefined, { message: 'expected "name" and "expression"' })
      return []
    }
    if (seen.has(name)) refuse(fields, 'name', { message: `"${name}" is in the list a second time` })
    seen.add(name)
    return [{ name, ...expression }]
  })
}

/** What the images must be like: exactly one of glob and expression. */
export function readImageMatches(spec: Fields): readonly ImageMatch[] {
  return listOf(spec, 'matchImageReferences').flatMap((item): readonly ImageMatch[] => {
    const fields = openFields(spec.reading, item, ['glob', 'expression'])
    if (fields === undefined) return []
    const text = textOf(fields, 'glob')
    const expression = expressionOf(fields)
    if ((text === undefined) === (expression === undefined)) {
      refuse(fields, undefined, {
        message: `expected exactly one of glob and expression, got ${text === undefined ? 'none' : 'both'}`,
      })
      return []
    }
    if (expression !== undefined) return [{ kind: 'expression', ...expression }]
    const glob = readImageGlob(text ?? '')
    if (typeof glob !== 'string') return [{ kind: 'glob', glob }]
    refuse(fields, 'glob', { message: `"${text ?? ''}" is no glob: ${glob}` })
    return []
  })
}

export function readValidations(spec: Fields): readonly Validation[] {
  return listOf(spec, 'validations').flatMap((item) => {
    const fields = openFields(spec.reading, item, ['expression', 'message', 'messageExpression', 'reason'])
    if (fields === undefined) return []
    const expression = expressionOf(fields)
    if (expression === undefined) {
      refuse(fields, undefined, { message: 'expected an expression in "expression"' })
      return []
    }
    const message = textOf(fields, 'message')
    const messageExpression = expressionOf(fields, 'messageExpression')
    return [
      {
        ...expression,
        ...(message !== undefined && { message }),
        ...(messageExpression && { messageExpression }),
      },
    ]
  })
}

function expressionOf(fields: Fields, name = 'expression'): PlacedExpression | undefined {
  const expression = textOf(fields, name)
  return expression === undefined
    ? undefined
    : { expression, field: within(fields.path, name), line: lineOf(fields, name) }
}
