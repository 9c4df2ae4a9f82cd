import { type JsonObject } from '../../evidence/json.js'
import type { FunctionTable } from './function-table.js'
import { sortedNames } from './print.js'
import { scalarText } from './scalar-text.js'
import { Stop } from './stop.js'
import { areEqual, isList, isMap, typeOf } from './value.js'

/** Functions on objects: the standard ones, and Kyverno's label_match, lookup, items and object_from_lists. */
export const objectFunctions: FunctionTable = {
  keys: { takes: [['object']], run: ([map]) => Object.keys(map as JsonObject) },
  values: { takes: [['object']], run: ([map]) => Object.values(map as JsonObject) },
  merge: {
    takes: [['object']],
    isVariadic: true,
    run: (given, { meter }) => {
      const entries = (given as readonly JsonObject[]).flatMap((one) => Object.entries(one))
      meter.step(entries.length)
      return Object.fromEntries(entries)
    },
  },
  label_match: {
    takes: [['object'], ['object']],
    run: ([wanted, labels], { meter }) =>
      Object.entries(wanted as JsonObject).every(
        ([name, value]) =>
          Object.hasOwn(labels as JsonObject, name) && areEqual(value, (labels as JsonObject)[name], meter),
      ),
  },
  lookup: {
    takes: [
      ['object', 'array'],
      ['string', 'number'],
    ],
    run: ([from, key]) => {
      if (isMap(from)) {
        if (typeof key !== 'string')
          throw new Stop('type', `lookup() in an object expected string as argument 2, got ${typeOf(key)}`)
        return Object.hasOwn(from, key) ? from[key] : null
      }
      if (typeof key !== 'number')
        throw new Stop('type', `lookup() in an array expected number as argument 2, got ${typeOf(key)}`)
      if (!Number.isSafeInteger(key))
        throw new Stop('invalid-value', `lookup() expected an integer number, got ${key}`)
      return key < 0 ? null : ((from as readonly unknown[])[key] ?? null)
    },
  },
  items: {
    takes: [['object', 'array'], ['string'], ['string']],
    run: ([from, keyName, valueName], { meter }) => {
      const pair = (key: unknown, value: unknown): unknown => {
        meter.step(2)
        return Object.fromEntries([
          [keyName as string, key],
          [valueName as string, value],
        ])
      }
      if (isList(from)) return from.map((value, index) => pair(index, value))
      return sortedNames(from as JsonObject).map((name) => pair(name, (from as JsonObject)[name]))
    },
  },
  object_from_lists: {
    takes: [['array'], ['array']],
    run: ([keys, values], { meter, name }) =>
      Object.fromEntries(
        (keys as readonly unknown[]).map((key, index) => {
          meter.step()
          const text = scalarText(key)
          if (text === undefined)
            throw new Stop('type', `${name}() expected strings as keys, got ${typeOf(key)}`)
          return [text, (values as readonly unknown[])[index] ?? null]
        }),
      ),
  },
}
