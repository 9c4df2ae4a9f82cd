import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { der } from '../verify/der.js'
import {
  bodyOf,
  decades,
  ecdsaWithSha256,
  integer,
  type Issuer,
  nameOf,
  newIssuer,
  newSerial,
  octets,
  oid,
  sealBody,
  sequence,
  set,
  text,
  timeStamping,
  type Validity,
} from './forged-certificate.js'

const tokenInfo = oid('1.2.840.113549.1.9.16.1.4')
const signedData = oid('1.2.840.113549.1.7.2')
const contentType = oid('1.2.840.113549.1.9.3')
const messageDigest = oid('1.2.840.113549.1.9.4')
const sha256Algorithm = sequence(oid('2.16.840.1.101.3.4.2.1'))
const policy = oid('1.3.6.1.4.1.57264.2')

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

/** An authority that says when it saw something (RFC 3161). */
export interface TimestampAuthority {
  /** Its own certificate first. */
  readonly chain: readonly Uint8Array[]
  /** @returns DER of a response */
  readonly stamp: (over: Uint8Array, time: Date) => Buffer
}

export function newTimestampAuthority(
  common: string,
  {
    valid = decades,
    root = newIssuer(`${common} root`),
    extensions = [timeStamping],
  }: { valid?: Validity; root?: Issuer; extensions?: readonly Uint8Array[] } = {},
): TimestampAuthority {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const serial = newSerial()
  const subject = { name: nameOf(common), publicKey, valid, extensions, serial }
  const body = bodyOf(subject, root.name)

  const stamp = (over: Uint8Array, time: Date): Buffer => {
    const info = sequence(
      integer(1),
      policy,
      sequence(sha256Algorithm, octets(sha256(over))),
      newSerial(),
      text(0x18, `${time.toISOString().slice(0, 19).replace(/[-T:]/g, '')}Z`),
    )
    const attributes = [
      sequence(contentType, set(tokenInfo)),
      sequence(messageDigest, set(octets(sha256(info)))),
    ]
    // RFC 5652, 5.4: signed as the set that they are, whatever the tag they are sent under.
    const signature = sign('sha256', set(...attributes), privateKey)
    const signer = sequence(
      integer(1),
      sequence(root.name, serial),
      sha256Algorithm,
      der(0xa0, ...attributes),
      ecdsaWithSha256,
      octets(signature),
    )
    const content = sequence(tokenInfo, der(0xa0, octets(info)))
    const signed = sequence(integer(3), set(sha256Algorithm), content, set(signer))
    return Buffer.from(sequence(sequence(integer(0)), sequence(signedData, der(0xa0, signed))))
  }
  return { chain: [sealBody(body, root.privateKey), root.certificate], stamp }
}
