import {
  decodeBase64,
  parseRecord,
  recordPayload,
  unboundPayload,
  type Location,
  type S3loRecord,
} from '../evidence/s3lo-record.js'
import { met, unmet, type Finding, type NearMiss } from '../verdict/finding.js'
import type { PublicKey } from './public-key.js'
import { verifySignature } from './signature.js'

export interface RecordInput {
  /** The record file as it was read. */
  readonly bytes: Uint8Array
  /** Where the image lies, as the reference said. */
  readonly location: Location
  /** The digest of the image's manifest bytes, `sha256:` and 64 hex. */
  readonly digest: string
  readonly key: PublicKey
  /** Where the record was found, for messages. */
  readonly where: string
  /** The key as it was asked for, for messages. */
  readonly keyRef: string
  /** Records of schema 1 count too: they say nothing of the place. */
  readonly acceptUnbound?: boolean
}

export interface RecordCheck {
  /** `record-found`, `digest-signed`, `signature-valid`, up to the first that is not met. */
  readonly findings: readonly Finding[]
  /** Claims, hostile until a report has escaped them; there as soon as the record could be read. */
  readonly record?: S3loRecord
  /** What the signature verified as. */
  readonly scheme?: string
}

const supportedVersion = 2
/** Longer texts of a record are cut where they are shown: a record may be a megabyte of one number. */
const longestShown = 1000
const wellFormedDigest = /^sha256:[0-9a-f]{64}$/

/**
 * Decides whether an s3lo record proves that the key signed this digest at this location. Steps, their order and
 * `peerReason` are those of `s3lo verify` 3.0 (pkg/image/verify.go); keyRef, keyID, algorithm and signedAt of the
 * record are neither signed nor looked at.
 */
export async function checkRecord(input: RecordInput): Promise<RecordCheck> {
  const parsed = parseRecord(input.bytes)
  if (parsed.kind === 'malformed') return { findings: [malformedRecord(input, clip(parsed.reason))] }
  const record = clipAll(parsed.record)
  const isUnbound = record.schemaVersion === 1 && input.acceptUnbound === true
  if (record.schemaVersion !== supportedVersion && !isUnbound) {
    return { record, findings: [unsupportedVersion(input, clip(parsed.schemaVersionText))] }
  }
  const found = met('record-found', `found a signature record at ${input.where}`, { facts: claims(record) })
  if (record.digest !== input.digest) {
    return { record, findings: [found, await changedManifest(input, record)] }
  }
  const signed = met('digest-signed', `the record at ${input.where} names the digest ${input.digest}`)
  const decoded = decodeBase64(record.signature)
  if ('illegalAt' in decoded) {
    return { record, findings: [found, signed, malformedEncoding(input, decoded.illegalAt)] }
  }
  // Never what the record says was signed: whoever wrote the record wrote that too.
  const payload = isUnbound ? unboundPayload(input.digest) : recordPayload(input.location, input.digest)
  const outcome = await verifySignature(input.key, payload, decoded)
  if (outcome.kind === 'invalid') {
    const finding = await invalidSignature(input, decoded, outcome.peerReason)
    return { record, findings: [found, signed, finding] }
  }
  const { scheme } = outcome
  const place = isUnbound ? 'any place (schema 1 binds none)' : spell(input.location)
  const valid = met(
    'signature-valid',
    `the signature by key ${nameKey(input)} is valid for ${place} with ${input.digest} (${scheme})`,
    { facts: { keyId: input.key.id, scheme, location: place, digest: input.digest } },
  )
  return { record, scheme, findings: [found, signed, valid] }
}

function clip(text: string): string {
  return text.length <= longestShown ? text : `${text.slice(0, longestShown)}…`
}

/** The signature itself is never cut: it is read, not shown. */
function clipAll(record: S3loRecord): S3loRecord {
  const { digest, keyRef, keyID, algorithm, signedAt } = record
  return {
    ...record,
    digest: clip(digest),
    keyRef: clip(keyRef),
    keyID: clip(keyID),
    algorithm: clip(algorithm),
    signedAt: clip(signedAt),
  }
}

function spell({ bucket, image, tag }: Location): string {
  return `${bucket}/${image}:${tag}`
}

function nameKey({ keyRef, key }: RecordInput): string {
  return `${keyRef} (${key.id})`
}

function claims(record: S3loRecord): Record<string, string> {
  const { digest, keyRef, keyID, algorithm, signedAt } = record
  return { digest, keyRef, keyID, algorithm, signedAt }
}

function malformedRecord({ where }: RecordInput, reason: string): Finding {
  return unmet(
    'record-found',
    'record-malformed',
    `expected an s3lo signature record of schema version ${supportedVersion} at ${where}, got something unreadable: ${reason}`,
    { peerReason: `malformed signature record: ${reason}` },
  )
}

function unsupportedVersion({ where }: RecordInput, version: string): Finding {
  return unmet(
    'record-found',
    'record-malformed',
    `expected a signature record of schema version ${supportedVersion} at ${where}, got version ${version}; sign the image again with s3lo 3`,
    {
      peerReason: `unsupported signature schema version ${version} (this build verifies version 2); re-sign the image`,
    },
  )
}

function malformedEncoding({ where }: RecordInput, illegalAt: number): Finding {
  return unmet(
    'signature-valid',
    'record-malformed',
    `expected a signature in padded standard base64 in the record at ${where}, got text that is none from byte ${illegalAt} on`,
    { peerReason: `malformed signature encoding: illegal base64 data at input byte ${illegalAt}` },
  )
}

async function changedManifest(input: RecordInput, record: S3loRecord): Promise<Finding> {
  return unmet(
    'digest-signed',
    'digest-mismatch',
    `expected a record that names the digest ${input.digest}, got ${record.digest === '' ? 'none' : record.digest} at ${input.where}`,
    {
      peerReason: `manifest changed: signed ${record.digest}, current ${input.digest}`,
      nearMisses: [await explainOtherDigest(input, record)],
    },
  )
}

/** A genuine record of another digest tells that the image was replaced; any other record tells nothing. */
async function explainOtherDigest(input: RecordInput, record: S3loRecord): Promise<NearMiss> {
  const signature = decodeBase64(record.signature)
  if (wellFormedDigest.test(record.digest) && !('illegalAt' in signature)) {
    const payload = recordPayload(input.location, record.digest)
    const outcome = await verifySignature(input.key, payload, signature)
    if (outcome.kind === 'valid') {
      const signer = `key ${nameKey(input)} really signed ${record.digest} for ${spell(input.location)}`
      return { message: `${signer}: the image was changed after it was signed` }
    }
  }
  return {
    message: `the record at ${input.where} is not signed by key ${nameKey(input)} for ${spell(input.location)}: it proves nothing`,
  }
}

async function invalidSignature(
  input: RecordInput,
  signature: Uint8Array,
  peerReason: string,
): Promise<Finding> {
  const expected = `expected a signature by key ${nameKey(input)} for ${spell(input.location)} with ${input.digest}`
  const nearMiss = await explainRespelling(input, signature)
  return unmet(
    'signature-valid',
    'signature-invalid',
    `${expected}, got one at ${input.where} that does not verify: made with another key, for another place, or forged`,
    { peerReason: `invalid signature: ${peerReason}`, ...(nearMiss && { nearMisses: [nearMiss] }) },
  )
}

/** Local roots are signed as they were typed, so `./store` and `store` differ: tried to explain, never to accept. */
async function explainRespelling(input: RecordInput, signature: Uint8Array): Promise<NearMiss | undefined> {
  const bucket = respellRoot(input.location.bucket)
  if (bucket === undefined) return undefined
  const location = { ...input.location, bucket }
  const outcome = await verifySignature(input.key, recordPayload(location, input.digest), signature)
  if (outcome.kind === 'invalid') return undefined
  return {
    message: `valid for ${spell(location)}, not for ${spell(input.location)}: the image was signed with the root spelled ${bucket}`,
  }
}

function respellRoot(bucket: string): string | undefined {
  if (bucket.startsWith('./')) return bucket.slice(2)
  return bucket.startsWith('/') || bucket.startsWith('../') ? undefined : `./${bucket}`
}
