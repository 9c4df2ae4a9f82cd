/** Untrusted JSON, read field by field: a field of another type is as good as absent. */
export type JsonObject = Readonly<Record<string, unknown>>

/** @returns undefined when the bytes are no JSON object in UTF-8 */
export function readObject(bytes: Uint8Array): JsonObject | undefined {
  if (isTooDeep(bytes)) return undefined
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

/** Deeper than anybody nests; V8 takes minutes over megabytes of brackets, and nothing can stop it meanwhile. */
const deepest = 1000

function isTooDeep(bytes: Uint8Array): boolean {
  let depth = 0
  let isText = false
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (isText) {
      if (byte === 0x5c) at++
      else if (byte === 0x22) isText = false
    } else if (byte === 0x22) isText = true
    else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > deepest) return true
    } else if (byte === 0x5d || byte === 0x7d) depth--
  }
  return false
}
