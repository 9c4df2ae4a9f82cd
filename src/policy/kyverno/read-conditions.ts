import { fieldsOf, isThere, type Place, readList, required } from '../fields.js'

/**
 * Checks the shape of conditions, not what they say: a list of `{key, operator, value, message}` (the old form), one
 * block `{any, all}`, or a list of blocks. Misspelt fields would otherwise be conditions that always hold.
 */
export function checkConditions(place: Place, form: 'list-or-block' | 'blocks' | 'block'): void {
  if (!isThere(place)) return
  if (form === 'block' || (form === 'list-or-block' && place.node?.kind === 'map')) {
    checkBlock(place)
    return
  }
  for (const item of readList(place)) {
    const isBlock =
      form === 'blocks' ||
      (item.node?.kind === 'map' && (item.node.entries.has('any') || item.node.entries.has('all')))
    if (isBlock) checkBlock(item)
    else checkCondition(item)
  }
}

function checkBlock(place: Place): void {
  const at = fieldsOf(place, ['any', 'all'])
  for (const name of ['any', 'all'] as const) readList(at(name)).forEach(checkCondition)
}

function checkCondition(place: Place): void {
  const at = fieldsOf(place, ['key', 'operator', 'value', 'message'])
  required(at('operator'))
}
