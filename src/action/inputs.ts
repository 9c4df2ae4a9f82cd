import { type Given } from '../inputs/parse.js'
import { type InputName, inputTable } from '../inputs/table.js'
import { nearestName } from '../reference/nearest.js'
import type { Problem } from '../verdict/finding.js'

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the step's inputs; `getInput` is that of `@actions/core`. */
export function givenInputs(getInput: (name: string) => string): Given {
  const given = new Map<InputName, readonly string[]>()
  for (const { name } of inputTable) {
    const text = getInput(name)
    if (text !== '') given.set(name, [text])
  }
  return given
}

/**
 * Inputs that this version does not have. The runner only warns of them, but somebody who asked for a check that is
 * not made must not get a pass.
 */
export function unknownInputs(environment: Environment): readonly Problem[] {
  const known = new Set<string>(inputTable.map(({ name }) => name))
  return Object.entries(environment).flatMap(([variable, value = '']): readonly Problem[] => {
    const name = /^INPUT_(.+)$/.exec(variable)?.[1]?.toLowerCase()
    const text = value.trim()
    if (name === undefined || known.has(name) || text === '') return []
    const meant = nearestName(name, known)
    const hint = meant === undefined ? '' : `; did you mean ${meant}?`
    return [
      {
        code: 'input-invalid',
        message: `${name}: expected an input of this action, got an unknown name${hint}`,
      },
    ]
  })
}
