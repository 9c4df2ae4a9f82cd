import type { Given } from '../../src/inputs/parse.js'
import type { InputName } from '../../src/inputs/table.js'

/** Inputs as a face would give them; a list is a flag that was repeated. */
export function given(inputs: Partial<Record<InputName, string | readonly string[]>>): Given {
  const entries = Object.entries(inputs) as [InputName, string | readonly string[]][]
  return new Map(entries.map(([name, value]) => [name, typeof value === 'string' ? [value] : value]))
}
