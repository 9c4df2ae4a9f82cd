import { createHash, verify } from 'node:crypto'
import { X509Certificate } from '@sigstore/core'
import { timeStamping } from '../../verify/certificate-path.js'
import { anchorsOf, type Certificate, readCertificate } from './certificate.js'
import { type Moment, parseMoment } from './go-time.js'
import type { Profile } from './profile.js'

type Part = X509Certificate['root']

/** An authority for timestamps as a policy names it: its certificates are one pool of anchors. */
export interface StampAuthority {
  readonly anchors: readonly Certificate[]
}

const signedData = '1.2.840.113549.1.7.2'
const stampInfo = '1.2.840.113549.1.9.16.1.4'
const contentType = '1.2.840.113549.1.9.3'
const messageDigest = '1.2.840.113549.1.9.4'

const hashes: ReadonlyMap<string, string> = new Map([
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
])

/** What a signature algorithm hashes with; undefined: with the digest algorithm that stands beside it. */
const schemes: ReadonlyMap<string, string | undefined> = new Map([
  ['1.2.840.113549.1.1.1', undefined],
  ['1.2.840.113549.1.1.11', 'sha256'],
  ['1.2.840.113549.1.1.12', 'sha384'],
  ['1.2.840.113549.1.1.13', 'sha512'],
  ['1.2.840.10045.2.1', undefined],
  ['1.2.840.10045.4.3.2', 'sha256'],
  ['1.2.840.10045.4.3.3', 'sha384'],
  ['1.2.840.10045.4.3.4', 'sha512'],
])

/**
 * The time that a token proves for bytes: a bare TimeStampToken (RFC 3161, CMS of RFC 5652) with its signer's
 * certificate inside, whose chain is judged at that time.
 *
 * @returns a text that says why none
 */
export function timeOfToken(
  der: Uint8Array,
  stamped: Uint8Array,
  { anchors }: StampAuthority,
  profile: Profile,
): Moment | string {
  try {
    return readToken(der, stamped, anchors, profile)
  } catch (error) {
    return `it is no timestamp: ${error instanceof Error ? error.message : String(error)}`
  }
}

function readToken(
  der: Uint8Array,
  stamped: Uint8Array,
  anchors: readonly Certificate[],
  profile: Profile,
): Moment | string {
  // The library's reader of DER comes with its certificates.
  const token = X509Certificate.parse(Buffer.from(der)).root
  if (token.subs[0]?.toOID() !== signedData) return 'it is no signed data'
  const data = token.subs[1]?.subs[0]
  const wrapped = data?.subs[2]
  const content = wrapped?.subs[1]?.subs[0]
  const signers = data?.subs.at(-1)
  const signer = signers?.subs[0]
  if (!data || !content || !signers || !signer || wrapped.subs[0]?.toOID() !== stampInfo)
    return 'it has no content'
  if (signers.subs.length !== 1) return `expected one signer, got ${signers.subs.length}`
  const info = content.subs[0]
  if (!info) return 'it has no content'

  const [, , imprint] = info.subs
  const imprintHash = hashes.get(imprint?.subs[0]?.subs[0]?.toOID() ?? '')
  if (imprintHash === undefined) return 'its imprint is of an unknown hash'
  if (profile.stampHash === 'sha256' && imprintHash !== 'sha256') return `its imprint is of ${imprintHash}`
  if (!imprint?.subs[1]?.value.equals(createHash(imprintHash).update(stamped).digest())) {
    return 'it is for another signature'
  }

  const certificates = (data.subs.find((part) => part.tag.isContextSpecific(0))?.subs ?? []).flatMap(
    (part) => {
      const one = readCertificate(raw(part, 0x30))
      return typeof one === 'string' ? [] : [one]
    },
  )
  const [issuer, serial] = signer.subs[1]?.subs ?? []
  const leaf = certificates.find(
    (one) => issuer?.value.equals(one.issuer) === true && serial !== undefined && sameSerial(one, serial),
  )
  if (!leaf) return 'it does not carry the certificate of its signer'
  const wrong = signatureProblem(signer, content.value, leaf)
  if (wrong !== undefined) return wrong

  const at = momentOf(info.subs[4]?.value.toString('latin1') ?? '')
  if (at === undefined) return 'its time cannot be read'
  if (profile.stampUsage === 'sole' && !(leaf.usages?.length === 1 && leaf.usages[0] === timeStamping)) {
    return 'its certificate is not for timestamps alone'
  }
  const usage = profile.stampUsage === 'sole' ? timeStamping : undefined
  const found = anchorsOf(leaf, certificates, anchors, at, usage)
  return typeof found === 'string' ? found : at
}

function sameSerial({ node }: Certificate, serial: Part): boolean {
  const plain = (hex: string): string => hex.toLowerCase().replace(/^0+(?=.)/, '')
  return plain(node.serialNumber) === plain(serial.value.toString('hex'))
}

function signatureProblem(signer: Part, content: Buffer, leaf: Certificate): string | undefined {
  const digest = hashes.get(signer.subs[2]?.subs[0]?.toOID() ?? '')
  const attributes = signer.subs[3]
  if (digest === undefined || attributes?.tag.isContextSpecific(0) !== true)
    return 'its signature is of an unknown form'
  const valueOf = (oid: string): Part | undefined =>
    attributes.subs.find((part) => part.subs[0]?.toOID() === oid)?.subs[1]?.subs[0]
  if (valueOf(contentType)?.toOID() !== stampInfo) return 'its signature is for other content'
  if (valueOf(messageDigest)?.value.equals(createHash(digest).update(content).digest()) !== true) {
    return 'its signature is for other content'
  }
  const scheme = signer.subs[4]?.subs[0]?.toOID() ?? ''
  if (!schemes.has(scheme)) return `its signature is of the unknown scheme ${scheme}`
  const signature = signer.subs[5]?.value ?? Buffer.alloc(0)
  // Signed as a SET, though written with a tag of its own (RFC 5652, 5.4).
  const good = verify(schemes.get(scheme) ?? digest, raw(attributes, 0x31), leaf.node.publicKey, signature)
  return good ? undefined : 'its signature does not verify'
}

/** The bytes of a part as they were written, under this tag. */
function raw(part: Part, tag: number): Buffer {
  const { length } = part.value
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return Buffer.concat([
    Buffer.from(length < 128 ? [tag, length] : [tag, 0x80 | bytes.length, ...bytes]),
    part.value,
  ])
}

function momentOf(text: string): Moment | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{1,9})?Z$/.exec(text)
  if (!parts) return undefined
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', fraction = ''] = parts
  return parseMoment(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}Z`)
}
