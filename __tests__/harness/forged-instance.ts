import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { der } from '../verify/der.js'
import { type Signer, signerOf } from '../verify/sealed.js'
import {
  bodyOf,
  codeSigning,
  decades,
  extension,
  type Issuer,
  newIssuer,
  octets,
  pemOf,
  sealBody,
  sequence,
  spkiOf,
  text,
  type Validity,
} from './forged-certificate.js'
import { type ForgedLog, newLog } from './forged-log.js'
import { newTimestampAuthority, type TimestampAuthority } from './forged-timestamp.js'

/** A signer with a certificate. */
export interface Certified extends Signer {
  readonly certificate: Uint8Array
  readonly pem: string
}

/** What a certificate is to say. */
export interface Claims {
  /** General names (RFC 5280, 4.2.1.6) by their tag: 0x81 e-mail, 0x82 DNS, 0x86 URI; undefined: no such extension. */
  readonly names?: readonly (readonly [number, string | Uint8Array])[]
  /** In Fulcio's older extension and in the newer one; a list: other than usual, or in one of them alone. */
  readonly issuer?: string | readonly [older: string | undefined, newer: string | undefined]
  readonly valid?: Validity
  readonly by?: Issuer
  readonly usage?: Uint8Array
  /** Further extensions of Fulcio's, by the last part of their identifier: below 8 bare, from there on DER. */
  readonly said?: Readonly<Record<number, string>>
  /** Further extensions as they are. */
  readonly more?: readonly Uint8Array[]
  /** Which log knows it: a promise by somebody else, one for another certificate, one in no known algorithm, or none. */
  readonly sct?: PromiseKind | 'none' | readonly PromiseKind[]
}

type PromiseKind = 'own' | 'stranger' | 'misplaced' | 'odd'

/** A whole instance of sigstore whose keys the tests hold. */
export interface Instance {
  readonly root: Issuer
  readonly intermediate: Issuer
  readonly log: ForgedLog
  /** Of the second generation: it proves no time. */
  readonly newerLog: ForgedLog
  readonly timestamps: TimestampAuthority
  readonly certify: (claims?: Claims) => Certified
  /** `trusted_root.json`. */
  readonly trustedRoot: (changes?: Changes) => string
}

export interface Changes {
  readonly chain?: readonly Uint8Array[]
  readonly timestamps?: readonly TimestampAuthority[]
  readonly logValid?: { readonly start?: string; readonly end?: string }
}

export const workflow = 'https://github.com/team/app/.github/workflows/release.yml@refs/heads/main'
export const oidcIssuer = 'https://issuer.example'
/** Certificates live for minutes; these are long over. */
export const signedAt = new Date('2026-03-01T12:05:00Z')
export const minutes: Validity = {
  from: new Date('2026-03-01T12:00:00Z'),
  to: new Date('2026-03-01T12:10:00Z'),
}

export function newInstance(name: string): Instance {
  const root = newIssuer(`${name} root`)
  const intermediate = newIssuer(`${name} intermediate`, { above: root })
  const certificates = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const log = newLog(`rekor.${name}`, 1)
  const newerLog = newLog(`rekor2.${name}`, 2)
  const timestamps = newTimestampAuthority(`${name} timestamps`)

  const certify = (claims: Claims = {}): Certified => {
    const { names = [[0x86, workflow]], issuer = oidcIssuer, valid = minutes, by = intermediate } = claims
    const { usage = codeSigning, sct = 'own', said = {}, more = [] } = claims
    const [older, newer] = typeof issuer === 'string' ? [issuer, issuer] : issuer
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const extensions = [
      usage,
      ...(names.length === 0
        ? []
        : [extension(san, sequence(...names.map(([tag, one]) => der(tag, Buffer.from(one)))))]),
      ...(older === undefined ? [] : [extension(`${fulcio}.1`, Buffer.from(older))]),
      ...(newer === undefined ? [] : [extension(`${fulcio}.8`, text(0x0c, newer))]),
      ...Object.entries(said).map(([number, value]) =>
        extension(`${fulcio}.${number}`, Number(number) < 8 ? Buffer.from(value) : text(0x0c, value)),
      ),
      ...more,
    ]
    const subject = { name: sequence(), publicKey: pair.publicKey, valid, extensions }
    const body = bodyOf(subject, by.name)
    const promised = (kind: PromiseKind): Buffer => {
      const log = kind === 'stranger' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : certificates
      const over = kind === 'misplaced' ? bodyOf(subject, by.name) : body
      return promiseOf(over, spkiOf(by.privateKey), log, kind === 'odd' ? [9, 9] : [4, 3])
    }
    // Whoever logs it does so before the promise is in it, so the serial number must stay.
    const kinds = typeof sct === 'string' ? [sct] : sct
    const list = kinds.flatMap((kind) => (kind === 'none' ? [] : sized(promised(kind), 2)))
    const whole =
      list.length === 0
        ? body
        : withExtension(body, extensions, extension(promises, octets(sized(Buffer.concat(list), 2))))
    const certificate = sealBody(whole, by.privateKey)
    return { ...signerOf(pair, 'sha256'), certificate, pem: pemOf('CERTIFICATE', certificate) }
  }

  const trustedRoot = (changes: Changes = {}): string => {
    const { chain = [intermediate.certificate, root.certificate], logValid = usual } = changes
    const authorities = changes.timestamps ?? [timestamps]
    return JSON.stringify({
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
      tlogs: [logOf(log, logValid), logOf(newerLog, logValid)],
      certificateAuthorities: [authorityOf(chain)],
      ctlogs: [
        logOf({ ...certificates, id: idOf(certificates.publicKey), baseUrl: `https://ct.${name}` }, usual),
      ],
      timestampAuthorities: authorities.map((one) => authorityOf(one.chain)),
    })
  }
  return { root, intermediate, log, newerLog, timestamps, certify, trustedRoot }
}

const fulcio = '1.3.6.1.4.1.57264.1'
const san = '2.5.29.17'
const promises = '1.3.6.1.4.1.11129.2.4.2'
const usual = { start: decades.from.toISOString() }

function idOf(publicKey: KeyObject): Buffer {
  return createHash('sha256').update(spkiOf(publicKey)).digest()
}

/** The same body with one more extension at its end. */
function withExtension(body: Uint8Array, extensions: readonly Uint8Array[], more: Uint8Array): Uint8Array {
  const before = der(0xa3, sequence(...extensions))
  const header = body[1] === 0x82 ? 4 : 3
  const fields = body.subarray(header, body.length - before.length)
  return sequence(fields, der(0xa3, sequence(...extensions, more)))
}

const number = (value: number, bytes: number): Buffer =>
  Buffer.from(value.toString(16).padStart(bytes * 2, '0'), 'hex')
const sized = (bytes: Uint8Array, length: number): Buffer =>
  Buffer.concat([number(bytes.length, length), bytes])

/** The promise of a log of certificates (RFC 6962, 3.2), as it stands in the list that certificates carry. */
function promiseOf(
  body: Uint8Array,
  issuerSpki: Buffer,
  { privateKey, publicKey }: { readonly privateKey: KeyObject; readonly publicKey: KeyObject },
  algorithm: readonly number[],
): Buffer {
  const time = number(signedAt.getTime(), 8)
  const issuer = createHash('sha256').update(issuerSpki).digest()
  const over = Buffer.concat([Buffer.from([0, 0]), time, number(1, 2), issuer, sized(body, 3), number(0, 2)])
  const signature = sized(sign('sha256', over, privateKey), 2)
  return Buffer.concat([
    Buffer.from([0]),
    idOf(publicKey),
    time,
    number(0, 2),
    Buffer.from(algorithm),
    signature,
  ])
}

function logOf(
  {
    publicKey,
    id,
    baseUrl,
  }: { readonly publicKey: KeyObject; readonly id: Buffer; readonly baseUrl: string },
  validFor: { readonly start?: string; readonly end?: string },
): object {
  const keyDetails = publicKey.asymmetricKeyType === 'ed25519' ? 'PKIX_ED25519' : 'PKIX_ECDSA_P256_SHA_256'
  return {
    baseUrl,
    hashAlgorithm: 'SHA2_256',
    publicKey: { rawBytes: spkiOf(publicKey).toString('base64'), keyDetails, validFor },
    logId: { keyId: id.toString('base64') },
  }
}

function authorityOf(chain: readonly Uint8Array[]): object {
  const certificates = chain.map((one) => ({ rawBytes: Buffer.from(one).toString('base64') }))
  return { uri: 'https://authority.example', certChain: { certificates }, validFor: usual }
}
