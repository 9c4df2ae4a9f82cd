import type { CosignEvidence, S3loEvidence } from '../evidence/evidence.js'
import { predicateTypeOf } from '../evidence/statement.js'
import type { Ask } from '../requirement/leaves.js'
import { all } from '../verdict/algebra.js'
import type { Finding } from '../verdict/finding.js'
import type { LogDemand } from '../verdict/request.js'
import type { Signature } from '../verdict/result.js'
import type { Vouching } from '../verify/keyless.js'
import type { PublicKey } from '../verify/public-key.js'
import { ageless } from '../verify/freshness.js'
import { checkRecord } from '../verify/record.js'
import { vouchedBy } from './vouched.js'

/** How strictly evidence is judged. */
export interface Strictness {
  readonly log: LogDemand
  /** s3lo records of schema 1 count too. */
  readonly acceptUnbound: boolean
  /** How long ago a signature may have been made, by proven times only. */
  readonly maxAgeMs?: number
  /** What identities and logs are checked with; loaded when it is asked for first. */
  readonly vouching: () => Promise<Vouching>
}

/** What became of one piece of evidence. */
export interface Judged {
  /** Undefined: evidence of something else, `unrelated` says of what. */
  readonly finding?: Finding
  readonly unrelated?: string
  /** Everything else holds, and this is what the policy says. */
  readonly ruled?: Finding
  readonly signature?: Signature
}

/** The question, and the image that it is about. */
export interface Named {
  readonly ask: Ask
  readonly name: string
  readonly digest: string
}

/** What an s3lo record comes to. */
export async function judgeRecord(
  evidence: S3loEvidence,
  { ask, name, digest }: Named,
  key: PublicKey,
  { acceptUnbound, maxAgeMs }: Pick<Strictness, 'acceptUnbound' | 'maxAgeMs'>,
): Promise<Judged> {
  if (ask.kind === 'attested') return { unrelated: 'an s3lo record' }
  const { bytes, location, where, keyId } = evidence
  const check = await checkRecord({
    bytes,
    location,
    digest,
    key,
    where,
    keyRef: name,
    acceptUnbound,
  })
  // Nothing proves when a record was made: it only says so.
  const age = maxAgeMs === undefined ? [] : [ageless(maxAgeMs, where)]
  const finding = all(ask.kind, [...check.findings, ...age])
  const { signedAt, keyRef } = check.record ?? {}
  const claimed = { ...(signedAt !== undefined && { signedAt }), ...(keyRef !== undefined && { keyRef }) }
  const { scheme } = check
  const verified = finding.status === 'met'
  return {
    finding,
    signature: {
      format: 's3lo-record',
      where,
      verified,
      keyRef: name,
      keyId,
      ...(scheme && { scheme }),
      claimed,
    },
  }
}

/** What evidence in a format of cosign comes to. */
export async function judgeCosign(
  evidence: CosignEvidence,
  { ask, name, digest }: Named,
  key: PublicKey | undefined,
  matter: Strictness,
): Promise<Judged> {
  const { formats } = ask.manner ?? {}
  if (formats && !formats.includes(evidence.format)) return { unrelated: `evidence as ${evidence.format}` }
  // Only images in registries need it: the others start without.
  const { checkCosign, checkKeyless } = await import('../verify/cosign.js')
  const demand = {
    keyRef: name,
    digest,
    log: matter.log,
    annotations: ask.kind === 'signed' ? (ask.annotations ?? {}) : {},
    ...(ask.kind === 'attested' && { predicateType: predicateTypeOf(ask.type) }),
    ...(ask.kind === 'attested' && ask.provenance && { provenance: ask.provenance }),
    ...(ask.kind === 'attested' && ask.rule && { rule: ask.rule }),
  }
  const needed = matter.log === 'require' || ask.by.kind === 'identity' || matter.maxAgeMs !== undefined
  const vouching = needed ? await matter.vouching() : undefined
  const check =
    key === undefined && vouching
      ? await checkKeyless(evidence, {
          ...demand,
          vouching: { ...vouching, ...(ask.by.kind === 'identity' && { identity: ask.by.identity }) },
        })
      : key === undefined
        ? undefined
        : await checkCosign(evidence, { ...demand, key, ...(vouching && { vouching }) })
  if (check === undefined) return { unrelated: 'nothing that can be checked' }
  if (check.kind === 'unrelated') return { unrelated: check.what }
  const { ruled } = check
  const finding = all(ask.kind, [...check.findings, ...(ruled ? [ruled] : [])])
  const { format, where } = evidence
  const { scheme, payload, statement } = check
  const verified = finding.status === 'met'
  return {
    finding,
    ...(ruled && { ruled }),
    signature: {
      format,
      where,
      verified,
      keyRef: name,
      keyId: key?.id ?? '',
      ...(ask.kind === 'attested' && { attests: predicateTypeOf(ask.type) }),
      ...(scheme !== undefined && { scheme }),
      ...vouchedBy(check.findings),
      claimed: {},
      ...(verified && payload && { payload }),
      ...(verified && statement && { statement }),
    },
  }
}
