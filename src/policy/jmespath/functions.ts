import { arithmeticFunctions } from './arithmetic-functions.js'
import { encodingFunctions } from './encoding-functions.js'
import type { ArgumentType, FunctionDefinition } from './function-table.js'
import { listFunctions } from './list-functions.js'
import { objectFunctions } from './object-functions.js'
import { Stop } from './stop.js'
import { textFunctions } from './text-functions.js'
import { timeFunctions } from './time-functions.js'
import { isList, typeOf } from './value.js'

const table = new Map<string, FunctionDefinition>(
  [
    listFunctions,
    objectFunctions,
    textFunctions,
    arithmeticFunctions,
    encodingFunctions,
    timeFunctions,
  ].flatMap((one) => Object.entries(one)),
)

/** Functions of Kyverno that an answer which is the same for the same input cannot have, or that are not written yet. */
const unsupported = new Map([
  ['random', 'it gives another answer each time'],
  ['x509_decode', 'certificates are not decoded in expressions here'],
])

/** The names of all functions there are, for documentation. */
export const functionNames: readonly string[] = [...table.keys()].sort()

export function functionNamed(
  name: string,
):
  | { readonly kind: 'function'; readonly definition: FunctionDefinition }
  | { readonly kind: 'unknown-function' | 'unsupported-function'; readonly message: string } {
  const definition = table.get(name)
  if (definition !== undefined) return { kind: 'function', definition }
  const reason = unsupported.get(name)
  if (reason !== undefined)
    return { kind: 'unsupported-function', message: `${name}() is not supported: ${reason}` }
  return { kind: 'unknown-function', message: `there is no function ${name}()` }
}

/** @throws {@link Stop} with the code `type`, naming function and argument */
export function checkArguments(
  name: string,
  { takes, isVariadic = false }: FunctionDefinition,
  given: readonly unknown[],
): void {
  if (given.length < takes.length || (given.length > takes.length && !isVariadic)) {
    const wanted = `${isVariadic ? 'at least ' : ''}${takes.length} argument${takes.length === 1 ? '' : 's'}`
    throw new Stop('type', `${name}() expected ${wanted}, got ${given.length}`)
  }
  given.forEach((argument, index) => {
    const types = takes[Math.min(index, takes.length - 1)] ?? []
    if (types.some((type) => isOf(type, argument))) return
    throw new Stop(
      'type',
      `${name}() expected ${types.join(' or ')} as argument ${index + 1}, got ${describe(argument)}`,
    )
  })
}

function isOf(type: ArgumentType, value: unknown): boolean {
  const got = typeOf(value)
  if (type === 'any') return got !== 'expref'
  if (type === 'numbers') return isList(value) && value.every((one) => typeOf(one) === 'number')
  if (type === 'texts') return isList(value) && value.every((one) => typeOf(one) === 'string')
  return type === got
}

function describe(value: unknown): string {
  if (!isList(value)) return typeOf(value)
  const types = new Set(value.map(typeOf))
  return types.size === 0 ? 'an empty array' : `an array of ${[...types].join(', ')}`
}
