import { createHash, X509Certificate as NodeCertificate } from 'node:crypto'
import { X509Certificate } from '@sigstore/core'
import { anyUsage, unknownCritical } from '../../verify/certificate-path.js'
import type { Moment } from './go-time.js'

type Part = X509Certificate['root']

/** A certificate with what constraints look at. */
export interface Certificate {
  readonly der: Buffer
  readonly node: NodeCertificate
  /** SHA-256 over the PEM of its key: the id of whoever signs with it. */
  readonly keyId: string
  readonly subject: Buffer
  readonly issuer: Buffer
  readonly notBefore: Moment
  readonly notAfter: Moment
  readonly isAuthority: boolean
  readonly pathLength: number | undefined
  /** Object identifiers of the extended key usage; undefined: there is none, so any. */
  readonly usages: readonly string[] | undefined
  /** What makes it unusable in a chain; undefined for most. */
  readonly flaw: string | undefined
  readonly commonName: string
  readonly organizations: readonly string[]
  readonly dnsNames: readonly string[]
  readonly emails: readonly string[]
  readonly uris: readonly string[]
  /** Fulcio's claims by the name of the field in Go, `SourceRepositoryURI`. */
  readonly claims: ReadonlyMap<string, string>
  readonly policies: readonly string[]
}

/** Fields of Fulcio's extensions by the last part of their object identifier (fulcio, pkg/certificate/extensions.go). */
export const claimNames: ReadonlyMap<number, string> = new Map([
  [1, 'Issuer'],
  [2, 'GithubWorkflowTrigger'],
  [3, 'GithubWorkflowSHA'],
  [4, 'GithubWorkflowName'],
  [5, 'GithubWorkflowRepository'],
  [6, 'GithubWorkflowRef'],
  [8, 'Issuer'],
  [9, 'BuildSignerURI'],
  [10, 'BuildSignerDigest'],
  [11, 'RunnerEnvironment'],
  [12, 'SourceRepositoryURI'],
  [13, 'SourceRepositoryDigest'],
  [14, 'SourceRepositoryRef'],
  [15, 'SourceRepositoryIdentifier'],
  [16, 'SourceRepositoryOwnerURI'],
  [17, 'SourceRepositoryOwnerIdentifier'],
  [18, 'BuildConfigURI'],
  [19, 'BuildConfigDigest'],
  [20, 'BuildTrigger'],
  [21, 'RunInvocationURI'],
  [22, 'SourceRepositoryVisibilityAtSigning'],
])

const fulcio = '1.3.6.1.4.1.57264.1.'
const certificateBlock = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]{1,100000})-----END CERTIFICATE-----/g
const mostCertificates = 100

/** The certificates of a PEM text, in order; a text that says what is wrong when one cannot be read. */
export function readCertificates(pem: Uint8Array): readonly Certificate[] | string {
  const blocks = [...Buffer.from(pem).toString('latin1').matchAll(certificateBlock)]
  if (blocks.length === 0) return 'expected certificates in PEM, got none'
  if (blocks.length > mostCertificates) return `expected at most ${mostCertificates} certificates`
  const certificates: Certificate[] = []
  for (const [, body = ''] of blocks) {
    const one = readCertificate(Buffer.from(body, 'base64'))
    if (typeof one === 'string') return one
    certificates.push(one)
  }
  return certificates
}

/** @returns a text that says what is wrong */
export function readCertificate(der: Buffer): Certificate | string {
  try {
    return describe(der)
  } catch (error) {
    return `expected a certificate: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** The id of a key in both tools: SHA-256 over its PEM, 64 hex digits. */
export function keyIdOf(key: NodeCertificate['publicKey']): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'pem' }))
    .digest('hex')
}

const nameConstraints = '2.5.29.30'
/** MD5 and SHA-1, which Go refuses. */
const weak = new Set(['1.2.840.113549.1.1.4', '1.2.840.113549.1.1.5', '1.2.840.10045.4.1'])

function describe(der: Buffer): Certificate {
  const node = new NodeCertificate(der)
  const parsed = X509Certificate.parse(Buffer.from(node.raw))
  const names = alternativeNames(parsed)
  const subject = attributes(parsed.tbsCertificate)
  const basic = parsed.extBasicConstraints
  const isAuthority = basic?.isCA === true && (parsed.extKeyUsage?.keyCertSign ?? true)
  const pathLength = isAuthority ? basic.pathLenConstraint : undefined
  return {
    der: Buffer.from(node.raw),
    node,
    keyId: keyIdOf(node.publicKey),
    subject: parsed.subject,
    issuer: parsed.issuer,
    notBefore: parsed.notBefore.getTime(),
    notAfter: parsed.notAfter.getTime(),
    isAuthority,
    pathLength: pathLength === undefined ? undefined : Number(pathLength),
    // Undefined in fact when the extension is not there, whatever the types say.
    usages: (node as { readonly keyUsage?: readonly string[] }).keyUsage,
    flaw: flawOf(parsed),
    commonName: subject.findLast(({ type }) => type === '2.5.4.3')?.value ?? '',
    organizations: subject.filter(({ type }) => type === '2.5.4.10').map(({ value }) => value),
    ...names,
    claims: claimsOf(parsed),
    policies: (parsed.extension('2.5.29.32')?.valueObj.subs[0]?.subs ?? []).map(
      (policy) => policy.subs[0]?.toOID() ?? '',
    ),
  }
}

function flawOf(parsed: X509Certificate): string | undefined {
  if (weak.has(parsed.root.subs[1]?.subs[0]?.toOID() ?? '')) return 'it is signed with MD5 or SHA-1'
  if (parsed.extension(nameConstraints)) return 'it has name constraints, which are not supported'
  const critical = unknownCritical(parsed)
  return critical === undefined ? undefined : `it has the critical extension ${critical}, which is not known`
}

/** The attributes of the subject (RFC 5280, 4.1.2.6): the sixth part of what is signed, after the version. */
function attributes(tbs: Part): readonly { readonly type: string; readonly value: string }[] {
  const offset = tbs.subs[0]?.tag.isContextSpecific(0) === true ? 1 : 0
  return (tbs.subs[4 + offset]?.subs ?? []).flatMap((set) =>
    set.subs.map((attribute) => ({
      type: attribute.subs[0]?.toOID() ?? '',
      value: stringOf(attribute.subs[1]),
    })),
  )
}

const utf16 = 0x1e
const latin = new Set([0x14])

function stringOf(part: Part | undefined): string {
  if (part === undefined) return ''
  if (part.tag.number === utf16) return Buffer.from(part.value).swap16().toString('utf16le')
  return part.value.toString(latin.has(part.tag.number) ? 'latin1' : 'utf8')
}

function alternativeNames(parsed: X509Certificate): Pick<Certificate, 'dnsNames' | 'emails' | 'uris'> {
  const parts = parsed.extension('2.5.29.17')?.valueObj.subs[0]?.subs ?? []
  const of = (tag: number): readonly string[] =>
    parts.filter((part) => part.tag.isContextSpecific(tag)).map((part) => part.value.toString('utf8'))
  return { emails: of(1), dnsNames: of(2), uris: of(6) }
}

function claimsOf(parsed: X509Certificate): ReadonlyMap<string, string> {
  const claims = new Map<string, string>()
  for (const extension of parsed.extensions) {
    const oid = extension.subs[0]?.toOID() ?? ''
    const number = oid.startsWith(fulcio) ? Number(oid.slice(fulcio.length)) : 0
    const name = claimNames.get(number)
    const value = extension.subs.at(-1)
    if (name === undefined || value === undefined) continue
    // From 8 on the value is DER of a UTF8String; of two issuers the later one counts, as in Fulcio's own reader.
    claims.set(name, number < 8 ? value.value.toString('utf8') : stringOf(value.subs[0]))
  }
  return claims
}

const longestPath = 10
/** As many as Go's crypto/x509 tries. */
const mostChecks = 100

/**
 * The anchors that a certificate leads to, at a time, as Go's x509.Verify finds chains: any certificate of the anchors
 * ends one, self-signed or not, and each certificate on it must be valid then, the anchor included.
 *
 * @param usage that each certificate on the way allows; undefined: any
 * @returns a text that says why there is none
 */
export function anchorsOf(
  leaf: Certificate,
  intermediates: readonly Certificate[],
  anchors: readonly Certificate[],
  at: Moment,
  usage: string | undefined,
): readonly Certificate[] | string {
  const budget = { checks: mostChecks }
  const reached = new Set<Certificate>()
  let why = 'no chain to a trusted root'
  const usable = (one: Certificate): string | undefined => {
    if (one.flaw !== undefined) return one.flaw
    if (at < one.notBefore || at > one.notAfter) return 'it has expired or is not yet valid'
    const allows =
      one.usages === undefined ||
      usage === undefined ||
      one.usages.some((each) => each === usage || each === anyUsage)
    return allows ? undefined : 'it is not for this usage'
  }
  const walk = (path: readonly Certificate[]): void => {
    const last = path.at(-1)
    if (last === undefined || path.length > longestPath || budget.checks <= 0) return
    const candidates = [
      ...anchors.map((one) => ({ one, isAnchor: true })),
      ...intermediates.map((one) => ({ one, isAnchor: false })),
    ]
    for (const { one, isAnchor } of candidates) {
      if (path.some(({ der }) => der.equals(one.der)) || !one.subject.equals(last.issuer)) continue
      if (!one.isAuthority || (one.pathLength !== undefined && one.pathLength < path.length - 1)) continue
      const unusable = usable(one)
      if (unusable !== undefined) {
        why = unusable
        continue
      }
      if (--budget.checks < 0) return
      if (!isSignedBy(last, one)) continue
      if (isAnchor) reached.add(one)
      else walk([...path, one])
    }
  }
  const unusable = usable(leaf)
  if (unusable !== undefined) return unusable
  const same = anchors.find(({ der }) => der.equals(leaf.der))
  if (same) reached.add(same)
  walk([leaf])
  return reached.size > 0 ? [...reached] : why
}

function isSignedBy(one: Certificate, issuer: Certificate): boolean {
  try {
    return one.node.verify(issuer.node.publicKey)
  } catch {
    return false
  }
}
