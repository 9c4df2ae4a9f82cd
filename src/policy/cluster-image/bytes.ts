import { refuse, textOf, type Fields } from './fields.js'

const base64 = /^[A-Za-z0-9+/]*={0,2}$/

/** A field of bytes, which Kubernetes writes as base64; line feeds in it are passed over. */
export function bytesOf(fields: Fields, name: string): Uint8Array | undefined {
  const text = textOf(fields, name)?.replaceAll(/[\r\n]/g, '')
  if (text === undefined) return undefined
  if (base64.test(text) && text.length % 4 === 0) return new Uint8Array(Buffer.from(text, 'base64'))
  refuse(fields, name, { message: 'expected base64, got other text' })
  return undefined
}
