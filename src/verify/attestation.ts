import { type Envelope, inTotoType, parseEnvelope, preAuthEncoding, writeEnvelope } from '../evidence/dsse.js'
import type { BundleEvidence, EnvelopeEvidence } from '../evidence/evidence.js'
import { certificateAnnotation, logEntryAnnotation } from '../evidence/simple-signing.js'
import { type BundleSigner, parseBundle, type SigstoreBundle } from '../evidence/sigstore-bundle.js'
import { parseStatement, signaturePredicate, type Statement, subjectOf } from '../evidence/statement.js'
import { type Finding, met, unknown, unmet } from '../verdict/finding.js'
import type { Payload } from '../verdict/result.js'
import type { StatementSummary } from '../verdict/statement-summary.js'
import {
  certificateMismatch,
  checkAnnotations,
  type Checked,
  checkVouching,
  type CosignCheck,
  type CosignDemand,
  failed,
  field,
  invalidCode,
  name,
  notBy,
  shown,
  valid,
} from './demand.js'
import { checkProvenance } from './provenance.js'
import type { Signed } from './sigstore.js'
import { verifySignature } from './signature.js'

/** Most signatures of one envelope that are tried. */
const mostSignatures = 100

export async function checkBundle(evidence: BundleEvidence, demand: CosignDemand): Promise<CosignCheck> {
  const { where, bytes } = evidence
  const bundle = parseBundle(bytes)
  const code = invalidCode(demand)
  if (typeof bundle === 'string') {
    return failed(code, `expected a sigstore bundle at ${where}, got something unreadable: ${bundle}`)
  }
  if (bundle.envelope === undefined) {
    return failed(code, `expected a DSSE envelope in the bundle at ${where}, got the signature of a message`)
  }
  const statement = parseStatement(bundle.envelope.payload)
  const other = unrelated(statement, demand)
  if (other) return other
  const foreign = foreignSigner(bundle, demand, where)
  if (foreign) return { kind: 'checked', findings: [foreign] }
  if (bundle.envelope.signatures.length !== 1) {
    return failed(
      code,
      `expected one signature in the bundle at ${where}, got ${bundle.envelope.signatures.length}`,
    )
  }
  const check = await checkStatement(bundle.envelope, statement, evidence, demand, bundle.logEntries > 0)
  return withHint(check, bundle.signer, demand, where)
}

export async function checkEnvelope(evidence: EnvelopeEvidence, demand: CosignDemand): Promise<CosignCheck> {
  const { where, bytes, annotations } = evidence
  const envelope = parseEnvelope(bytes)
  if (typeof envelope === 'string') {
    return failed(
      invalidCode(demand),
      `expected a DSSE envelope at ${where}, got something unreadable: ${envelope}`,
    )
  }
  const statement = parseStatement(envelope.payload)
  const other = unrelated(statement, demand)
  if (other) return other
  const foreign = certificateMismatch(field(annotations, certificateAnnotation), demand, where)
  if (foreign) return { kind: 'checked', findings: [foreign] }
  return checkStatement(
    envelope,
    statement,
    evidence,
    demand,
    field(annotations, logEntryAnnotation) !== undefined,
  )
}

/** DSSE 1.0.2, protocol.md: one of the signatures must verify over type and payload. */
async function checkStatement(
  envelope: Envelope,
  statement: Statement | string,
  evidence: BundleEvidence | EnvelopeEvidence,
  demand: CosignDemand,
  hasLogEntry: boolean,
): Promise<Checked> {
  const { where } = evidence
  const code = invalidCode(demand)
  if (envelope.payloadType !== inTotoType) {
    return failed(code, `expected an in-toto statement at ${where}, got ${shown(envelope.payloadType)}`)
  }
  const encoded = preAuthEncoding(envelope)
  let scheme: string | undefined
  let by: Uint8Array = new Uint8Array()
  let reason = ''
  for (const signature of envelope.signatures.slice(0, mostSignatures)) {
    const outcome = await verifySignature(demand.key, encoded, signature)
    if (outcome.kind === 'valid') {
      scheme = outcome.scheme
      by = signature
      break
    }
    reason = outcome.peerReason
  }
  if (scheme === undefined && envelope.signatures.length > mostSignatures) {
    const message = `${where}: ${envelope.signatures.length} signatures in one envelope, more than ${mostSignatures} are not tried`
    return { kind: 'checked', findings: [unknown('signature-valid', { code: 'limit-exceeded', message })] }
  }
  if (scheme === undefined) return failed(code, notBy(where, demand), reason)
  const findings: Finding[] = [valid(where, demand, scheme)]
  if (typeof statement === 'string') {
    findings.push(unmet('digest-signed', code, `expected an in-toto statement at ${where}, but ${statement}`))
    return { kind: 'checked', findings, scheme }
  }
  const isBundled = evidence.format === 'sigstore-bundle'
  const signed: Signed = {
    form: isBundled ? 'bundled envelope' : 'envelope',
    signature: by,
    message: encoded,
    payload: envelope.payload,
    // Of the older format the whole envelope is stamped and logged.
    ...(!isBundled && { stamped: evidence.bytes }),
  }
  const vouched = await checkVouching(evidence, signed, hasLogEntry, demand)
  const judged = judgeStatement(statement, envelope, where, demand, vouched, findings)
  const ruled = await applyRule(judged.findings, envelope.payload, statement, demand, where)
  return {
    ...judged,
    scheme,
    ...(ruled && { ruled }),
    ...(demand.predicateType !== undefined && { statement: await summarise(statement) }),
  }
}

/** What is not proven is shown to no policy. */
async function applyRule(
  findings: readonly Finding[],
  payload: Uint8Array,
  { predicateType }: Statement,
  { rule }: CosignDemand,
  where: string,
): Promise<Finding | undefined> {
  if (!rule || findings.some(({ status }) => status === 'unmet' || status === 'unknown')) return undefined
  return rule.judge({ payload, predicateType, where })
}

/** Of the statement as it was parsed once: a bill of materials may be large. */
async function summarise({ predicateType, predicate }: Statement): Promise<StatementSummary> {
  // Only attestations need the readers: signatures start without.
  const { readPredicate } = await import('../evidence/predicate.js')
  return readPredicate(predicateType, predicate)
}

function judgeStatement(
  statement: Statement,
  envelope: Envelope,
  where: string,
  demand: CosignDemand,
  vouched: readonly Finding[],
  findings: Finding[],
): Checked {
  const subject = subjectOf(statement, demand.digest)
  findings.push(
    subject
      ? met('digest-signed', `the statement at ${where} is about ${demand.digest}`)
      : unmet(
          'digest-signed',
          'digest-mismatch',
          `expected a statement about ${demand.digest} at ${where}, got one about ${aboutWhat(statement)}`,
          { peerReason: 'no matching subject digest found' },
        ),
  )
  if (demand.predicateType !== undefined)
    findings.push(checkPredicate(statement, demand.predicateType, where))
  if (demand.provenance !== undefined)
    findings.push(...checkProvenance(statement, demand.provenance, demand.certificate, where))
  findings.push(...checkAnnotations(subject?.annotations ?? {}, demand, where), ...vouched)
  const payload: Payload = {
    dockerReference: null,
    type: statement.predicateType,
    optional: subject?.annotations ?? {},
    ...(demand.predicateType !== undefined && { envelope: writeEnvelope(envelope) }),
  }
  return { kind: 'checked', findings, payload }
}

/** Statements of another type were passed over before: see `unrelated`. */
function checkPredicate(statement: Statement, wanted: string, where: string): Finding {
  if (statement.predicate === undefined) {
    // cosign writes SPDX text as a string and then cannot read it: nothing can be checked in it.
    return unmet(
      'predicate-type',
      'attestation-invalid',
      `expected a predicate that is an object at ${where}, got something else`,
    )
  }
  return met('predicate-type', `the statement at ${where} is of type ${wanted}`)
}

/** What a statement calls itself, before it is verified: enough to pass it over, never to believe it. */
function unrelated(statement: Statement | string, { predicateType }: CosignDemand): CosignCheck | undefined {
  if (typeof statement === 'string') return undefined
  const type = statement.predicateType
  if (predicateType === undefined && type !== signaturePredicate) {
    return { kind: 'unrelated', what: `an attestation of type ${shown(type)}` }
  }
  if (predicateType !== undefined && type !== predicateType) {
    return {
      kind: 'unrelated',
      what: type === signaturePredicate ? 'a signature' : `an attestation of type ${shown(type)}`,
    }
  }
  return undefined
}

/** A bundle may say which key made it: it explains why another does not verify it, and decides nothing. */
function withHint(check: Checked, signer: BundleSigner, demand: CosignDemand, where: string): Checked {
  const [first, ...others] = check.findings
  if (first?.status !== 'unmet' || signer.kind !== 'key') return check
  const hinted = Buffer.from(signer.hint, 'base64').toString('hex')
  if (!/^[0-9a-f]{64}$/.test(hinted) || hinted === demand.key.sha256) return check
  const message = `the bundle at ${where} claims a signature by key ${hinted.slice(0, 16)}; you asked for ${demand.key.id}`
  return { ...check, findings: [{ ...first, nearMisses: [{ message }] }, ...others] }
}

function foreignSigner({ signer }: SigstoreBundle, demand: CosignDemand, where: string): Finding | undefined {
  if (demand.vouching?.identity !== undefined || signer.kind !== 'certificate') return undefined
  return unmet(
    'signature-valid',
    'key-mismatch',
    `expected a signature by key ${name(demand)} at ${where}, got one by a certificate`,
    { peerReason: 'expected key signature, not certificate' },
  )
}

function aboutWhat({ subjects }: Statement): string {
  if (subjects.length === 0) return 'no subject'
  const first = subjects[0]?.digest['sha256']
  const more = subjects.length > 1 ? ` and ${subjects.length - 1} more` : ''
  return shown(`${first === undefined ? 'a subject without a SHA-256 digest' : `sha256:${first}`}${more}`)
}
