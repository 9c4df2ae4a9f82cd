/** One DER element of the parts given, for making odd encodings in tests. */
export function der(tag: number, ...parts: Iterable<number>[]): Uint8Array {
  const content = parts.flatMap((part) => [...part])
  const size = content.length
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff]
  return Uint8Array.from([tag, ...length, ...content])
}
