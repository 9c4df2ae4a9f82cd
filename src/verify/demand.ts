import type { UnmetCode } from '../verdict/codes.js'
import { exempt, type Finding, met, unknown, unmet } from '../verdict/finding.js'
import type { ProvenanceDemand } from '../verdict/request.js'
import type { Payload } from '../verdict/result.js'
import type { StatementSummary } from '../verdict/statement-summary.js'
import { certificateKey } from './certificate.js'
import type { CosignEvidence } from '../evidence/evidence.js'
import { companionsOf } from './companions.js'
import type { Vouching } from './keyless.js'
import type { StatementRule } from './statement-rule.js'
import type { PublicKey } from './public-key.js'
import type { Signed } from './sigstore.js'

/** What a piece of evidence is held against. */
export interface CosignDemand {
  readonly key: PublicKey
  /** The key as it was asked for, for messages. */
  readonly keyRef: string
  /** The digest of the image, `sha256:` and 64 hex. */
  readonly digest: string
  /** Annotations that the signature must carry. */
  readonly annotations: Readonly<Record<string, string>>
  /** The predicate type of an attestation; undefined: a signature is asked for. */
  readonly predicateType?: string
  /** What an attestation must say, being provenance. */
  readonly provenance?: ProvenanceDemand
  /** What an attestation must say by a policy. */
  readonly rule?: StatementRule
  /** The certificate beside the evidence, of a keyless signer. */
  readonly certificate?: Uint8Array
  /** Whether an entry in a transparency log is demanded. */
  readonly log: 'require' | 'ignore'
  /** How logs, times, certificates and identities are checked; undefined: they cannot be. */
  readonly vouching?: Vouching
}

export interface Checked {
  readonly kind: 'checked'
  readonly findings: readonly Finding[]
  readonly scheme?: string
  /** What was signed; only where the signature verified. */
  readonly payload?: Payload
  /** What the rule says of it; only where everything else holds. */
  readonly ruled?: Finding
  /** What an attestation says; only where the signature verified. */
  readonly statement?: StatementSummary
}

export type CosignCheck =
  | Checked
  /** Evidence of something else than was asked for: an attestation where a signature is. */
  | { readonly kind: 'unrelated'; readonly what: string }

export function certificateMismatch(
  pem: string | undefined,
  demand: CosignDemand,
  where: string,
): Finding | undefined {
  if (pem === undefined || pem === '') return undefined
  const found = certificateKey(pem)
  if (found === demand.key.sha256) return undefined
  return unmet(
    'signature-valid',
    'key-mismatch',
    `expected a signature by key ${name(demand)} at ${where}, got one by a certificate for ${found === undefined ? 'an unreadable key' : `key ${found.slice(0, 16)}`}`,
    { peerReason: 'both public key and certificate were provided but did not match' },
  )
}

export function checkAnnotations(
  carried: Readonly<Record<string, unknown>>,
  { annotations }: CosignDemand,
  where: string,
): readonly Finding[] {
  return Object.entries(annotations).map(([key, wanted]) => {
    const got = Object.hasOwn(carried, key) ? carried[key] : undefined
    const check = 'annotation'
    if (got === wanted) return met(check, `${key}=${wanted} is signed at ${where}`)
    const what = got === undefined ? 'none of that name' : describeValue(got)
    return unmet(
      check,
      'annotation-mismatch',
      `expected the annotation ${key}=${wanted} at ${where}, got ${what}`,
      { peerReason: 'missing or incorrect annotation' },
    )
  })
}

/** Only what is flat is quoted: a value nested deeply enough cannot be written out again. */
function describeValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' && value !== null ? 'an object' : shown(JSON.stringify(value))
}

/** What is demanded beyond the signature: an entry of a log, a proven time, a certificate, an identity. */
export async function checkVouching(
  evidence: CosignEvidence,
  signed: Signed,
  hasLogEntry: boolean,
  { log, vouching, key }: CosignDemand,
): Promise<readonly Finding[]> {
  const { where } = evidence
  if (log === 'ignore' && vouching?.identity === undefined && vouching?.maxAgeMs === undefined)
    return [exempt('log-entry', `no entry of a transparency log is asked for (${where})`)]
  if (vouching === undefined) return checkLog(hasLogEntry, where)
  const companions = await companionsOf(evidence)
  if (typeof companions === 'string') {
    return [
      unmet(
        'log-entry',
        'log-entry-invalid',
        `expected a whole bundle at ${where}, got one that is none: ${companions}`,
      ),
    ]
  }
  const { vouch } = await import('./keyless.js')
  return vouch(companions, signed, key, vouching, log, where)
}

function checkLog(hasEntry: boolean, where: string): readonly Finding[] {
  if (!hasEntry) {
    return [
      unmet(
        'log-entry',
        'log-entry-missing',
        `expected an entry of a transparency log with the signature at ${where}, got none`,
      ),
    ]
  }
  const message = `the entry of a transparency log at ${where} cannot be verified without a trusted root; with a key, insecure-ignore-tlog waives it`
  return [unknown('log-entry', { code: 'unsupported', message })]
}

const longestShown = 300

export function field(annotations: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(annotations, key) ? annotations[key] : undefined
}

export function shown(text: string): string {
  return text.length <= longestShown ? text : `${text.slice(0, longestShown)}…`
}

export function name({ keyRef, key, vouching }: CosignDemand): string {
  // Whose the certificate is has still to be proven.
  return vouching?.identity === undefined ? `${keyRef} (${key.id})` : `of its certificate (${key.id})`
}

export function invalidCode({ predicateType }: Pick<CosignDemand, 'predicateType'>): UnmetCode {
  return predicateType === undefined ? 'signature-invalid' : 'attestation-invalid'
}

export function notBy(where: string, demand: CosignDemand): string {
  return `expected a signature by key ${name(demand)} at ${where}, got one that this key does not verify: another key made it, or it was changed`
}

export function valid(where: string, demand: CosignDemand, scheme: string): Finding {
  return met('signature-valid', `the signature at ${where} is by key ${name(demand)} (${scheme})`, {
    facts: { keyId: demand.key.id, scheme },
  })
}

export function failed(code: UnmetCode, message: string, peerReason?: string): Checked {
  return {
    kind: 'checked',
    findings: [unmet('signature-valid', code, message, peerReason === undefined ? {} : { peerReason })],
  }
}
