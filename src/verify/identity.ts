import { X509Certificate } from '@sigstore/core'
import { RE2JS } from 're2js'
import {
  type CertificateClaim,
  certificateClaims,
  type IdentityDemand,
  longestPattern,
} from '../verdict/request.js'

/** What a certificate says of whom it was given to: signed by the authority. */
export interface Identity {
  /** Every subject alternative name, of whatever kind. */
  readonly subjects: readonly string[]
  readonly issuer: string
  /** Fulcio's extensions by the last part of their object identifier. */
  readonly extensions: ReadonlyMap<number, string>
}

const fulcio = '1.3.6.1.4.1.57264.1'
const alternativeNames = '2.5.29.17'
const fulcioOtherName = '1.3.6.1.4.1.57264.1.7'

/** The last part of the object identifier of each claim (fulcio, docs/oid-info.md). */
const numbers: Readonly<Record<CertificateClaim, number>> = {
  'github-workflow-trigger': 2,
  'github-workflow-sha': 3,
  'github-workflow-name': 4,
  'github-workflow-repository': 5,
  'github-workflow-ref': 6,
  'build-signer-uri': 9,
  'build-signer-digest': 10,
  'runner-environment': 11,
  'source-repository-uri': 12,
  'source-repository-digest': 13,
  'source-repository-ref': 14,
  'source-repository-identifier': 15,
  'source-repository-owner-uri': 16,
  'source-repository-owner-identifier': 17,
  'build-config-uri': 18,
  'build-trigger': 20,
  'source-repository-visibility': 22,
}

/** Reads a certificate that was verified. */
export function readIdentity(der: Uint8Array): Identity {
  const certificate = X509Certificate.parse(Buffer.from(der))
  const extensions = new Map<number, string>()
  for (const extension of certificate.extensions) {
    // Stryker disable next-line OptionalChaining,StringLiteral: no extension is empty in a certificate that was read
    const oid = extension.subs[0]?.toOID() ?? ''
    if (!oid.startsWith(`${fulcio}.`)) continue
    const number = Number(oid.slice(fulcio.length + 1))
    // Stryker disable next-line OptionalChaining: the same
    const value = extension.subs.at(-1)?.value ?? Buffer.alloc(0)
    // From 8 on the value is DER of a UTF8String.
    extensions.set(number, number < 8 ? value.toString('utf8') : derText(value))
  }
  return {
    subjects: subjectsOf(certificate),
    issuer: extensions.get(8) ?? extensions.get(1) ?? '',
    extensions,
  }
}

/** Of a certificate that nobody verified; undefined where it cannot be read, as whoever wrote it may have wanted. */
export function claimedIdentity(der: Uint8Array): Identity | undefined {
  try {
    return readIdentity(der)
  } catch {
    return undefined
  }
}

const claimNames: Readonly<Record<number, string>> = {
  2: 'githubWorkflowTrigger',
  3: 'githubWorkflowSha',
  4: 'githubWorkflowName',
  5: 'githubWorkflowRepository',
  6: 'githubWorkflowRef',
}

/** What cosign adds to a signature's annotations of its certificate (cosign, pkg/cosign/certextensions.go). */
export function cosignClaims(der: Uint8Array): Readonly<Record<string, string>> | undefined {
  const identity = claimedIdentity(der)
  if (identity === undefined) return undefined
  const { subjects, issuer, extensions } = identity
  const claims: Record<string, string> = { Subject: subjects[0] ?? '', Issuer: issuer }
  for (const [number, value] of extensions) {
    if (number > 6) continue
    claims[`${fulcio}.${String(number)}`] = value
    const name = claimNames[number]
    if (name !== undefined) claims[name] = value
  }
  return claims
}

function derText(value: Buffer): string {
  const long = value[1] === 0x81 ? 3 : value[1] === 0x82 ? 4 : 2
  return value[0] === 0x0c ? value.subarray(long).toString('utf8') : ''
}

/** General names (RFC 5280, 4.2.1.6): e-mail, DNS name, URI, IP address, and Fulcio's other name. */
function subjectsOf(certificate: X509Certificate): readonly string[] {
  const names = certificate.extension(alternativeNames)?.valueObj.subs[0]?.subs ?? []
  return names.flatMap((name) => {
    if (name.tag.isContextSpecific(1) || name.tag.isContextSpecific(2) || name.tag.isContextSpecific(6)) {
      return [name.value.toString('utf8')]
    }
    if (name.tag.isContextSpecific(7)) return [address(name.value)]
    const isOwn = name.tag.isContextSpecific(0) && name.subs[0]?.toOID() === fulcioOtherName
    return isOwn ? [name.subs[1]?.subs[0]?.value.toString('utf8') ?? ''] : []
  })
}

function address(bytes: Buffer): string {
  return bytes.length === 4 ? [...bytes].join('.') : bytes.toString('hex').replace(/(.{4})(?!$)/g, '$1:')
}

/** What part of a demand an identity does not meet: expected and got; undefined when it meets all. */
export function mismatch(identity: Identity, demand: IdentityDemand): string | undefined {
  const { subject, subjectRegexp, issuer, issuerRegexp } = demand
  if (subject !== undefined && !identity.subjects.includes(subject)) {
    return `expected the identity ${subject}, got ${list(identity.subjects)}`
  }
  if (subjectRegexp !== undefined && !identity.subjects.some((one) => matches(subjectRegexp, one))) {
    return `expected an identity like ${subjectRegexp}, got ${list(identity.subjects)}`
  }
  if (issuer !== undefined && identity.issuer !== issuer) {
    return `expected the issuer ${issuer}, got ${identity.issuer === '' ? 'none' : identity.issuer}`
  }
  if (issuerRegexp !== undefined && !matches(issuerRegexp, identity.issuer)) {
    return `expected an issuer like ${issuerRegexp}, got ${identity.issuer === '' ? 'none' : identity.issuer}`
  }
  for (const { number, pattern } of demand.extensions ?? []) {
    const got = identity.extensions.get(number) ?? ''
    if (!matches(pattern, got))
      return `expected extension ${fulcio}.${number} like ${pattern}, got ${got === '' ? 'none' : got}`
  }
  for (const claim of certificateClaims) {
    const wanted = demand.claims?.[claim]
    const got = identity.extensions.get(numbers[claim])
    if (wanted !== undefined && wanted !== got) {
      return `expected the ${claim.replaceAll('-', ' ')} ${wanted}, got ${got === undefined || got === '' ? 'none' : got}`
    }
  }
  return undefined
}

/** What an identity says of itself, by name, for reports. */
export function claimsOf({ extensions }: Identity): Readonly<Partial<Record<CertificateClaim, string>>> {
  return Object.fromEntries(
    certificateClaims.flatMap((claim) => {
      const said = extensions.get(numbers[claim])
      return said === undefined || said === '' ? [] : [[claim, said]]
    }),
  )
}

/** RE2, not anchored, as cosign's. */
function matches(pattern: string, text: string): boolean {
  return RE2JS.compile(pattern).matcher(text).find()
}

/** @returns a text that says what is wrong with a pattern */
export function patternProblem(pattern: string): string | undefined {
  if (pattern.length > longestPattern) return `it is longer than ${longestPattern} characters`
  try {
    RE2JS.compile(pattern)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ')
}
