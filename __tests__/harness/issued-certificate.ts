import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { der } from '../verify/der.js'

/** A certificate that signs others. */
export interface Authority {
  readonly privateKey: KeyObject
  /** DER of its SubjectPublicKeyInfo. */
  readonly spki: Buffer
  readonly certificate: Buffer
  /** DER of its name. */
  readonly name: Uint8Array
}

export interface Window {
  readonly start: Date
  readonly end?: Date
}

/** Of what has to outlive the tests. */
export const decades = { start: new Date('2020-01-01T00:00:00Z'), end: new Date('2049-01-01T00:00:00Z') }

export interface Subject {
  /** DER of the name; a certificate that names its subject elsewhere has an empty one. */
  readonly name: Uint8Array
  readonly spki: Buffer
  readonly valid: Required<Window>
  /** As `extension` writes them. */
  readonly extensions: readonly Uint8Array[]
  readonly serial?: Uint8Array
}

export function newSerial(): Uint8Array {
  return der(0x02, [1], randomBytes(8))
}

const sequence = (...parts: Uint8Array[]): Uint8Array => der(0x30, ...parts)
const octets = (content: Uint8Array): Uint8Array => der(0x04, content)
export const text = (tag: number, content: string): Uint8Array => der(tag, Buffer.from(content))

function oid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number)
  const base128 = (value: number): number[] =>
    value < 128 ? [value] : [...base128(value >> 7).map((byte) => byte | 128), value & 127]
  return der(0x06, [first * 40 + second, ...others.flatMap(base128)])
}

export function extension(id: string, value: Uint8Array, critical = false): Uint8Array {
  return sequence(oid(id), ...(critical ? [der(0x01, [0xff])] : []), octets(value))
}

const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'))

/** Extended key usage (RFC 5280, 4.2.1.12). */
export const codeSigning = extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.3')))
export const timeStamping = extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.8')), true)
export const digitalSignature = extension('2.5.29.15', der(0x03, [7, 0x80]), true)
const certificateSigning = extension('2.5.29.15', der(0x03, [1, 0x06]), true)
const mayIssue = extension('2.5.29.19', sequence(der(0x01, [0xff])), true)

function keyId(spki: Buffer): Uint8Array {
  return createHash('sha1').update(spki).digest()
}
export const subjectKey = (spki: Buffer): Uint8Array => extension('2.5.29.14', octets(keyId(spki)))
export const authorityKey = ({ spki }: Authority): Uint8Array =>
  extension('2.5.29.35', sequence(der(0x80, keyId(spki))))

/** @returns a name of one part, the common one */
export function named(common: string): Uint8Array {
  return sequence(der(0x31, sequence(oid('2.5.4.3'), text(0x0c, common))))
}
export const nameless = sequence()

/** UTCTime: enough until 2049. */
function instant(time: Date): Uint8Array {
  return text(0x17, `${time.toISOString().slice(2, 19).replace(/[-T:]/g, '')}Z`)
}

/** What an authority signs of a certificate (RFC 5280, 4.1): the TBSCertificate. */
export function bodyOf(subject: Subject, issuer: Uint8Array): Uint8Array {
  const { name, spki, valid, extensions, serial = newSerial() } = subject
  return sequence(
    der(0xa0, der(0x02, [2])),
    serial,
    ecdsaWithSha256,
    issuer,
    sequence(instant(valid.start), instant(valid.end)),
    name,
    spki,
    der(0xa3, sequence(...extensions)),
  )
}

export function seal(body: Uint8Array, privateKey: KeyObject): Buffer {
  const signature = sign('sha256', body, privateKey)
  return Buffer.from(sequence(body, ecdsaWithSha256, der(0x03, [0], signature)))
}

/** A new authority for code signing, its own root if nobody stands above it. */
export function newAuthority(common: string, above?: Authority): Authority {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const name = named(common)
  const own = { privateKey, spki, certificate: Buffer.alloc(0), name }
  const issuer = above ?? own
  // Fulcio asks the purpose of an authority that is no root.
  const extensions = [
    mayIssue,
    certificateSigning,
    ...(above ? [codeSigning] : []),
    subjectKey(spki),
    authorityKey(issuer),
  ]
  const body = bodyOf({ name, spki, valid: decades, extensions }, issuer.name)
  return { ...own, certificate: seal(body, issuer.privateKey) }
}

export function pemOf(...certificates: readonly Uint8Array[]): string {
  return certificates
    .map((one) => Buffer.from(one).toString('base64').replace(/.{64}/g, '$&\n').trimEnd())
    .map((lines) => `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`)
    .join('')
}
