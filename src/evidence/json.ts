/** Untrusted JSON, read field by field: a field of another type is as good as absent. */
export type JsonObject = Readonly<Record<string, unknown>>

/** @returns undefined when the bytes are no JSON object in UTF-8 */
export function readObject(bytes: Uint8Array): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'),
    )
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object's own field: names come from outside, and `constructor` is one like any other. */
export function field(object: JsonObject | undefined, name: string): unknown {
  return object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined
}

export function textField(object: JsonObject | undefined, name: string): string | undefined {
  const value = field(object, name)
  return typeof value === 'string' ? value : undefined
}

export function objectField(object: JsonObject | undefined, name: string): JsonObject | undefined {
  const value = field(object, name)
  return isObject(value) ? value : undefined
}

export function listField(object: JsonObject | undefined, name: string): readonly unknown[] | undefined {
  const value = field(object, name)
  return Array.isArray(value) ? (value as readonly unknown[]) : undefined
}

/** The members of an object whose values are texts. */
export function texts(object: JsonObject | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(object ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
