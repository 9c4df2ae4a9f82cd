import { LimitExceeded } from './budget.js'

/**
 * A value of CEL. Whole numbers are int, others double. Objects are maps: a name such as `constructor` in a manifest
 * is then one like any other.
 */
export type CelValue =
  | null
  | boolean
  | string
  | number
  | bigint
  | Uint8Array
  | readonly CelValue[]
  | ReadonlyMap<string, CelValue>
  | object

const deepest = 200

/** The same as JSON says it, for CEL. Throws LimitExceeded for what is nested deeper than anybody nests. */
export function celValue(json: unknown, depth = 0): CelValue {
  if (depth > deepest) throw new LimitExceeded(`a value is nested deeper than ${deepest} levels`)
  switch (typeof json) {
    case 'string':
    case 'boolean':
    case 'bigint':
      return json
    case 'number':
      return Number.isSafeInteger(json) ? BigInt(json) : json
    case 'object':
      if (json === null) return null
      if (Array.isArray(json)) return json.map((item) => celValue(item, depth + 1))
      if (json instanceof Map) {
        return new Map(
          [...(json as Map<unknown, unknown>)].map(([name, value]) => [
            String(name),
            celValue(value, depth + 1),
          ]),
        )
      }
      return new Map(Object.entries(json).map(([name, value]) => [name, celValue(value, depth + 1)]))
    case 'function':
    case 'symbol':
    case 'undefined':
      return null
  }
}

/**
 * An object whose fields are computed when they are first asked for.
 *
 * @param read may throw: what it throws is what using the field throws
 */
export function lazyObject(
  names: Iterable<string>,
  read: (name: string) => CelValue,
): ReadonlyMap<string, CelValue> {
  // The engine knows maps by their constructor, so a map it stays.
  const object = new Map<string, CelValue>([...names].map((name) => [name, null]))
  object.get = (name) => (object.has(name) ? read(name) : undefined)
  return object
}
