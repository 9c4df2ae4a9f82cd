import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { der } from '../verify/der.js'

/** Whoever signs certificates: an authority, or somebody who only calls himself one. */
export interface Issuer {
  readonly name: Uint8Array
  readonly privateKey: KeyObject
  readonly certificate: Uint8Array
}

export interface Validity {
  readonly from: Date
  readonly to: Date
}

/** Of what outlives the tests. */
export const decades: Validity = {
  from: new Date('2020-01-01T00:00:00Z'),
  to: new Date('2049-01-01T00:00:00Z'),
}

export const sequence = (...parts: Uint8Array[]): Uint8Array => der(0x30, ...parts)
export const set = (...parts: Uint8Array[]): Uint8Array => der(0x31, ...parts)
export const octets = (content: Uint8Array): Uint8Array => der(0x04, content)
export const integer = (value: number): Uint8Array => der(0x02, [value])
export const text = (tag: number, content: string): Uint8Array => der(tag, Buffer.from(content))

export function oid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number)
  const base128 = (value: number): number[] =>
    value < 128 ? [value] : [...base128(value >> 7).map((byte) => byte | 128), value & 127]
  return der(0x06, [first * 40 + second, ...others.flatMap(base128)])
}

export function extension(id: string, value: Uint8Array, critical = false): Uint8Array {
  return sequence(oid(id), ...(critical ? [der(0x01, [0xff])] : []), octets(value))
}

/** Extended key usage (RFC 5280, 4.2.1.12): purposes by the last part of their identifier. */
export function usages(purposes: readonly number[], critical = false): Uint8Array {
  return extension('2.5.29.37', sequence(...purposes.map((one) => oid(`1.3.6.1.5.5.7.3.${one}`))), critical)
}

export const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'))
export const codeSigning = usages([3])
/** As RFC 3161, 2.3, has it: critical, and nothing else. */
export const timeStamping = usages([8], true)
/** Any extended key usage (RFC 5280, 4.2.1.12). */
export const anyUsage = extension('2.5.29.37', sequence(oid('2.5.29.37.0')))
export const mayNotIssue = extension('2.5.29.19', sequence())
export const mayIssue = extension('2.5.29.19', sequence(der(0x01, [0xff])))

export function nameOf(common: string): Uint8Array {
  return sequence(set(sequence(oid('2.5.4.3'), text(0x0c, common))))
}

/** UTCTime: enough until 2049. */
function instant(time: Date): Uint8Array {
  return text(0x17, `${time.toISOString().slice(2, 19).replace(/[-T:]/g, '')}Z`)
}

export interface Subject {
  readonly name: Uint8Array
  readonly publicKey: KeyObject
  readonly valid: Validity
  readonly extensions: readonly Uint8Array[]
  /** DER of a whole number. */
  readonly serial?: Uint8Array
}

export const newSerial = (): Uint8Array => der(0x02, [1], randomBytes(8))

/** What is signed of a certificate (RFC 5280, 4.1). */
export function bodyOf(
  { name, publicKey, valid, extensions, serial = newSerial() }: Subject,
  issuer: Uint8Array,
): Uint8Array {
  return sequence(
    der(0xa0, integer(2)),
    serial,
    ecdsaWithSha256,
    issuer,
    sequence(instant(valid.from), instant(valid.to)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  )
}

export function sealBody(body: Uint8Array, privateKey: KeyObject): Uint8Array {
  return sequence(body, ecdsaWithSha256, der(0x03, [0], sign('sha256', body, privateKey)))
}

/** A new issuer, its own root if nobody stands above it. */
export function newIssuer(
  common: string,
  {
    above,
    valid = decades,
    extensions = [mayIssue],
  }: { readonly above?: Issuer; readonly valid?: Validity; readonly extensions?: readonly Uint8Array[] } = {},
): Issuer {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = nameOf(common)
  const body = bodyOf({ name, publicKey, valid, extensions }, above?.name ?? name)
  return { name, privateKey, certificate: sealBody(body, above?.privateKey ?? privateKey) }
}

export function spkiOf(key: KeyObject): Buffer {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key
  return publicKey.export({ type: 'spki', format: 'der' })
}

/** PEM of one block. */
export function pemOf(label: 'CERTIFICATE' | 'PUBLIC KEY', bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}
