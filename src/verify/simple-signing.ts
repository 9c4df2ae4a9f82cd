import type { SimpleSigningEvidence } from '../evidence/evidence.js'
import { decodeBase64 } from '../evidence/s3lo-record.js'
import {
  certificateAnnotation,
  logEntryAnnotation,
  parseLogEntry,
  parseSimpleSigning,
  signatureAnnotation,
  timestampAnnotation,
} from '../evidence/simple-signing.js'
import { type Finding, met, unmet } from '../verdict/finding.js'
import type { Payload } from '../verdict/result.js'
import {
  certificateMismatch,
  checkAnnotations,
  checkVouching,
  type CosignCheck,
  type CosignDemand,
  failed,
  field,
  notBy,
  shown,
  valid,
} from './demand.js'
import { verifySignature } from './signature.js'

/** cosign 3.1, pkg/cosign/verify.go, verifyInternal: signature, then digest, then annotations. */
export async function checkSimpleSigning(
  evidence: SimpleSigningEvidence,
  demand: CosignDemand,
): Promise<CosignCheck> {
  const { where, bytes, annotations } = evidence
  const written = field(annotations, signatureAnnotation)
  const signature = written === undefined ? undefined : decodeBase64(written)
  if (signature === undefined || 'illegalAt' in signature) {
    return failed('signature-invalid', `expected a signature in base64 at ${where}, got none`)
  }
  const foreign = certificateMismatch(field(annotations, certificateAnnotation), demand, where)
  if (foreign) return { kind: 'checked', findings: [foreign] }
  const outcome = await verifySignature(demand.key, bytes, signature)
  if (outcome.kind === 'invalid') return failed('signature-invalid', notBy(where, demand), outcome.peerReason)
  const findings: Finding[] = [valid(where, demand, outcome.scheme)]

  const statement = parseSimpleSigning(bytes)
  if (!statement) {
    findings.push(unmet('digest-signed', 'record-malformed', `what is signed at ${where} names no image`))
    return { kind: 'checked', findings, scheme: outcome.scheme }
  }
  const { digest, optional } = statement
  findings.push(
    digest === demand.digest
      ? met('digest-signed', `the signature at ${where} is for ${digest}`)
      : unmet(
          'digest-signed',
          'digest-mismatch',
          `expected a signature for ${demand.digest}, got one for ${digest === '' ? 'no digest' : shown(digest)} at ${where}`,
          { peerReason: `invalid or missing digest in claim: ${shown(digest)}` },
        ),
    ...checkAnnotations(optional ?? {}, demand, where),
    ...(await checkVouching(
      evidence,
      { form: 'payload', signature, message: bytes, payload: bytes },
      field(annotations, logEntryAnnotation) !== undefined,
      demand,
    )),
  )
  const logEntry = parseLogEntry(field(annotations, logEntryAnnotation))
  const timestamp = field(annotations, timestampAnnotation)
  const payload: Payload = {
    dockerReference: statement.dockerReference,
    type: statement.type,
    optional: statement.optional,
    ...(logEntry && { logEntry }),
    ...(await describeCertificate(field(annotations, certificateAnnotation))),
    ...(timestamp !== undefined && { timestamp }),
  }
  return { kind: 'checked', findings, scheme: outcome.scheme, payload }
}

/** Only reports that list it need it. */
async function describeCertificate(pem: string | undefined): Promise<Pick<Payload, 'certificate'>> {
  if (pem === undefined) return {}
  const [{ companionsOfAnnotations }, { cosignClaims }] = await Promise.all([
    import('../evidence/transparency.js'),
    import('./identity.js'),
  ])
  const der = companionsOfAnnotations({ certificate: pem }).certificate
  const certificate = der === undefined ? undefined : cosignClaims(der)
  return certificate === undefined ? {} : { certificate }
}
