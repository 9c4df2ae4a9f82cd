import { createHash, createPublicKey, type KeyObject, X509Certificate as NodeCertificate } from 'node:crypto'
import type { TransparencyLogEntry } from '@sigstore/bundle'
import { RFC3161Timestamp, X509Certificate } from '@sigstore/core'
import { type SignedEntity, type TrustMaterial, Verifier } from '@sigstore/verify'
import { verifyCertificateChain } from '@sigstore/verify/dist/key/certificate.js'
import { verifierOf } from '../evidence/transparency.js'
import { isLogged } from './certificate-log.js'
import { codeSigning, whyNoPath } from './certificate-path.js'
import { type SignedForm, whyNotOfKind } from './entry-kinds.js'
import { authoritiesOf } from './timestamp-authority.js'

/** What was signed, as far as entries and timestamps speak of it. */
export interface Signed {
  readonly form: SignedForm
  readonly signature: Uint8Array
  /** The bytes that the signature is over: the payload, or the pre-authentication encoding of an envelope. */
  readonly message: Uint8Array
  /** SHA-256 of the message where its bytes are not there. */
  readonly digest?: Uint8Array
  /** The payload by itself; of an envelope without its encoding. */
  readonly payload: Uint8Array
  /** The bytes that a timestamp of the older format is over, where that is not the signature. */
  readonly stamped?: Uint8Array
}

/** The signer as an entry must name it: DER of a certificate or of a SubjectPublicKeyInfo. */
export type SignerDer = Uint8Array

const anyKey: SignedEntity['key'] = { $case: 'public-key', hint: '' }

/** How many are wanted is asked elsewhere: here each that is given has to verify. */
const asMany = { tlogThreshold: 0, timestampThreshold: 0, ctlogThreshold: 0 }

/** Checks one element and nothing else: each failure is a finding of its own. */
function check(
  trust: TrustMaterial,
  key: KeyObject,
  parts: Partial<Pick<SignedEntity, 'tlogEntries' | 'timestamps'>>,
  signed: Signed,
): void {
  const material: TrustMaterial = { ...trust, publicKey: () => ({ publicKey: key, validFor: () => true }) }
  const nothing = { tlogEntries: [], timestamps: [] }
  new Verifier(material, asMany).verify({
    signature: contentOf(signed),
    key: anyKey,
    ...nothing,
    ...parts,
  })
}

/** The signature itself is verified elsewhere, with every algorithm that real signers use. */
function contentOf({ signature, message, payload, digest: known }: Signed): SignedEntity['signature'] {
  const same = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0
  const digest = (bytes: Uint8Array, like: Uint8Array): Uint8Array =>
    createHash(like.length === 48 ? 'sha384' : like.length === 64 ? 'sha512' : 'sha256')
      .update(bytes)
      .digest()
  return {
    signature: Buffer.from(signature),
    compareSignature: (other) => same(other, signature),
    compareDigest: (other) => same(other, known ?? digest(payload, other)),
    compareSignedDigest: (other) => same(other, known ?? digest(message, other)),
    verifySignature: () => true,
  }
}

/**
 * Whether an entry of a log proves this signature by this signer: its promise or proof verifies with a log that is
 * trusted, and what it records are this signature, these bytes and this signer.
 *
 * @param stamped times that authorities proved for the signature: a log of the second generation proves none itself
 * @returns a text that says why not
 */
export function checkLogEntry(
  entry: TransparencyLogEntry,
  signed: Signed,
  signer: SignerDer,
  key: KeyObject,
  trust: TrustMaterial,
  stamped: readonly Date[],
): string | undefined {
  const otherKind = whyNotOfKind(entry, signed.form)
  if (otherKind !== undefined) return otherKind
  const { kind, version } = entry.kindVersion
  const named = verifierOf(entry)
  if (named === undefined) return `the entry (${kind} ${version}) names no signer`
  if (!sameSigner(named, signer)) return 'the entry is for another signer'
  const outOfTime = untimely(entry, trust, stamped)
  if (outOfTime !== undefined) return outOfTime
  return attempt(() => {
    if (kind === 'intoto' && version === '0.0.1') checkOldEntry(entry, signed, key, trust)
    else check(trust, key, { tlogEntries: [entry] }, signed)
    return undefined
  })
}

/** The library checks the time of a promise against the log's key, and that of a proof against nothing. */
function untimely(
  entry: TransparencyLogEntry,
  trust: TrustMaterial,
  stamped: readonly Date[],
): string | undefined {
  const logs = trust.tlogs.filter((log) => log.logID.equals(entry.logId.keyId))
  if (logs.length === 0) return 'the log of the entry is not trusted'
  // An entry that says no time was made when its signature was stamped, as far as anybody knows.
  const isTimeless = entry.integratedTime === '0' || entry.integratedTime === ''
  const times = isTimeless ? stamped : [dateOf(entry.integratedTime)]
  if (times.length === 0) return undefined
  const valid = logs.some(({ validFor: { start, end } }) =>
    times.some((time) => start <= time && time <= end),
  )
  return valid ? undefined : 'the key of the log was not valid when the entry was made'
}

/** intoto 0.0.1 records the hash of the whole envelope (rekor, pkg/types/intoto/v0.0.1); the library reads 0.0.2. */
function checkOldEntry(
  entry: TransparencyLogEntry,
  signed: Signed,
  key: KeyObject,
  trust: TrustMaterial,
): void {
  const body = JSON.parse(entry.canonicalizedBody.toString('utf8')) as {
    spec?: { content?: { hash?: { algorithm?: string; value?: string } } }
  }
  const { algorithm, value } = body.spec?.content?.hash ?? {}
  const got = createHash('sha256')
    .update(signed.stamped ?? signed.payload)
    .digest('hex')
  if (algorithm !== 'sha256' || value !== got) throw new Error('the entry is for another envelope')
  try {
    check(trust, key, { tlogEntries: [entry] }, signed)
  } catch (error) {
    // The promise or the proof was verified before the body was refused, which was compared above.
    if (!(error instanceof Error && error.message.startsWith('unsupported intoto version'))) throw error
  }
}

/** The library takes dates; this one is made of what was signed, not of the clock. */
function dateOf(seconds: string): Date {
  // eslint-disable-next-line no-restricted-globals
  return new Date(Number(seconds) * 1000)
}

/** The time that an entry proves: only a promise of the log covers it. */
export function timeOfEntry(entry: TransparencyLogEntry): Date | undefined {
  if (entry.inclusionPromise === undefined || !/^[1-9]\d*$/.test(entry.integratedTime)) return undefined
  return dateOf(entry.integratedTime)
}

/** The time that a timestamp proves for this signature, or why none. */
export function timeOfStamp(
  der: Uint8Array,
  signed: Signed,
  key: KeyObject,
  trust: TrustMaterial,
): Date | string {
  return attempt(() => {
    const timestamp = RFC3161Timestamp.parse(Buffer.from(der))
    const over = { ...signed, signature: signed.stamped ?? signed.signature }
    const timestampAuthorities = authoritiesOf(timestamp, trust.timestampAuthorities)
    if (typeof timestampAuthorities === 'string') return timestampAuthorities
    const asked = { ...trust, timestampAuthorities: [...timestampAuthorities] }
    check(asked, key, { timestamps: [{ $case: 'timestamp-authority', timestamp }] }, over)
    return timestamp.signingTime
  })
}

/**
 * Whether a certificate leads to a trusted authority at these times, was made to sign code, and is known to a log of
 * certificates. At one of them is enough where a further one is only more evidence: a signature that was there while
 * the certificate was valid is none the worse for being there later.
 *
 * @returns a text that says why not
 */
export function checkCertificate(
  der: Uint8Array,
  times: readonly Date[],
  demanded: 'some' | 'every',
  sct: 'require' | 'ignore',
  trust: TrustMaterial,
  /** Certificates that lay beside it: a path may lead over them, never end there. */
  // Stryker disable next-line ArrayDeclaration: what is no certificate leads nowhere
  chain: readonly Uint8Array[] = [],
): string | undefined {
  return attempt(() => {
    const certificate = X509Certificate.parse(Buffer.from(der))
    // Of a certificate that says no usage it is undefined, whatever its type says.
    const usages = new NodeCertificate(der).keyUsage as readonly string[] | undefined
    if (usages?.includes(codeSigning) !== true) throw new Error('the certificate is not for signing code')
    if (!namesOneAlgorithm(certificate))
      throw new Error('the certificate names two algorithms of its signature, one of them unsigned')
    if (times.length === 0)
      throw new Error('no time is proven at which the certificate could have been valid')
    // A certificate that is trusted itself has nobody above it.
    const [, issuer = certificate] = pathAt(certificate, times, demanded, trust, chain)
    if (sct === 'require' && !isLogged(certificate, issuer, trust.ctlogs))
      throw new Error('SCT verification failed: no trusted log of certificates knows the certificate')
    return undefined
  })
}

/** The algorithm is said twice, once where nobody signs it: both must be the same (RFC 5280, 4.1.1.2). */
function namesOneAlgorithm({ root, tbsCertificate }: X509Certificate): boolean {
  // Of version 3, as what says a usage must be: version, serial number, algorithm.
  const [signed, unsigned] = [tbsCertificate.subs[2], root.subs[1]]
  // Stryker disable next-line ConditionalExpression,LogicalOperator: a certificate that was read has both
  return signed !== undefined && unsigned !== undefined && signed.toDER().equals(unsigned.toDER())
}

function pathAt(
  certificate: X509Certificate,
  times: readonly Date[],
  demanded: 'some' | 'every',
  { certificateAuthorities }: TrustMaterial,
  chain: readonly Uint8Array[],
): readonly X509Certificate[] {
  const paths: X509Certificate[][] = []
  let failed: unknown
  for (const time of times) {
    try {
      const authorities = withChain(time, certificateAuthorities, chain)
      paths.push(pathTo(time, certificate, authorities))
    } catch (error) {
      failed ??= error
    }
  }
  const [path] = paths
  if (path === undefined || (demanded === 'every' && paths.length < times.length)) throw failed
  return path
}

/** A path to one of the authorities: it leads there, and each authority on it may issue what is below. */
function pathTo(
  time: Date,
  certificate: X509Certificate,
  authorities: TrustMaterial['certificateAuthorities'],
): X509Certificate[] {
  let flaw: string | undefined
  for (const authority of authorities) {
    const path = attemptPath(time, certificate, authority)
    if (path === undefined) continue
    const why = attempt(() => whyNoPath(path, codeSigning))
    if (why === undefined) return path
    flaw ??= why
  }
  if (flaw !== undefined) throw new Error(flaw)
  // None: the library says why.
  return verifyCertificateChain(time, certificate, authorities)
}

function attemptPath(
  time: Date,
  certificate: X509Certificate,
  authority: TrustMaterial['certificateAuthorities'][number],
): X509Certificate[] | undefined {
  try {
    return verifyCertificateChain(time, certificate, [authority])
  } catch {
    return undefined
  }
}

/**
 * Authorities together with what lay beside the certificate, as cosign does with its chain annotation; only of what
 * itself leads to the authority and may issue certificates.
 */
function withChain(
  time: Date,
  authorities: TrustMaterial['certificateAuthorities'],
  chain: readonly Uint8Array[],
): TrustMaterial['certificateAuthorities'] {
  return authorities.map((authority) => {
    let known = authority
    // From the root's side to the leaf's: each may rest on those before it.
    for (const der of chain.toReversed()) {
      try {
        const one = X509Certificate.parse(Buffer.from(der))
        if (!one.isCA || one.subject.equals(one.issuer)) continue
        verifyCertificateChain(time, one, [known])
        known = { ...known, certChain: [one, ...known.certChain] }
      } catch {
        // It leads nowhere, so nothing leads over it.
      }
    }
    return known
  })
}

/** Since when a certificate is valid: what it signed is no older. Undefined where it cannot be read. */
export function beginningOf(der: Uint8Array): Date | undefined {
  try {
    return X509Certificate.parse(Buffer.from(der)).notBefore
  } catch {
    return undefined
  }
}

function sameSigner(named: Uint8Array, signer: SignerDer): boolean {
  return Buffer.compare(named, signer) === 0 || sameKey(named, signer)
}

/** An entry for a key may spell it otherwise than the key file; a certificate is no key, and compared byte by byte. */
function sameKey(named: Uint8Array, signer: SignerDer): boolean {
  const spki = spkiOf(named)
  return spki !== undefined && spki === spkiOf(signer)
}

function spkiOf(der: Uint8Array): string | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' })
    return key.export({ format: 'der', type: 'spki' }).toString('hex')
  } catch {
    return undefined
  }
}

/** What it comes to, or a text that says why to nothing. */
function attempt<Answer>(run: () => Answer): Answer | string {
  try {
    return run()
  } catch (error) {
    // Stryker disable next-line ConditionalExpression: nothing else is thrown here; the compiler does not know
    if (!(error instanceof Error)) return String(error)
    return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
  }
}
