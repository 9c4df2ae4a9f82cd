import { createHash } from 'node:crypto'
import type { CosignEvidence } from '../../../src/evidence/evidence.js'
import {
  certificateAnnotation,
  chainAnnotation,
  logEntryAnnotation,
  signatureAnnotation,
  timestampAnnotation,
} from '../../../src/evidence/simple-signing.js'
import { judgeCosign, judgeRecord, type Strictness } from '../../../src/gate/judge.js'
import { vouchedBy } from '../../../src/gate/vouched.js'
import { readPem } from '../../../src/keys/pem.js'
import { evaluateWitness } from '../../../src/policy/witness/evaluate.js'
import { profiles } from '../../../src/policy/witness/profile.js'
import { readEnvelope } from '../../../src/policy/witness/signed-envelope.js'
import { openPolicy } from '../../../src/policy/witness/signed-policy.js'
import type { Ask } from '../../../src/requirement/leaves.js'
import { all } from '../../../src/verdict/algebra.js'
import type { Finding } from '../../../src/verdict/finding.js'
import type { Signature } from '../../../src/verdict/result.js'
import { checkArtifactBundle } from '../../../src/verify/artifact-bundle.js'
import type { Vouching } from '../../../src/verify/keyless.js'
import type { PublicKey } from '../../../src/verify/public-key.js'
import { parseTrustedRoot } from '../../../src/verify/trust-material.js'
import { agreeable } from '../../policy/witness/made.js'
import type { EvidenceCase, Parts, Proof } from './evidence-case.js'

/** Answers what these parts prove where those of the case are asked for; undefined: they are not verified. */
export type Judge = (parts: Parts) => Promise<Proof | undefined>

type CaseOf<Kind extends EvidenceCase['kind']> = Extract<EvidenceCase, { kind: Kind }>

/** After all fixtures were made, and before any long-lived key of them ends. */
const now = new Date('2026-11-23T12:00:00Z')
const where = 'the place'

/** The question of a case, with its keys and roots read once. */
export function courtOf(one: EvidenceCase): Judge {
  switch (one.kind) {
    case 'simple-signing':
    case 'dsse-envelope':
    case 'sigstore-bundle':
      return cosignCourt(one)
    case 'artifact-bundle':
      return artifactCourt(one)
    case 's3lo-record':
      return recordCourt(one)
    case 'build-policy':
      return policyCourt(one)
  }
}

function cosignCourt(one: CaseOf<'simple-signing' | 'dsse-envelope' | 'sigstore-bundle'>): Judge {
  const key = one.key === undefined ? undefined : keyOf(one.key)
  const vouching = vouchingOf(one)
  const by =
    one.identity === undefined
      ? ({ kind: 'key', reference: 'the key' } as const)
      : ({ kind: 'identity', reference: 'the identity', identity: one.identity } as const)
  const ask: Ask =
    one.type === undefined
      ? { kind: 'signed', by, ...(one.annotations && { annotations: one.annotations }) }
      : { kind: 'attested', type: one.type, by }
  const matter: Strictness = {
    log: one.log,
    acceptUnbound: false,
    vouching: async () => Promise.resolve(vouching),
  }
  return async (parts) => {
    const evidence = evidenceOf(one.kind, parts)
    const judged = await judgeCosign(evidence, { ask, name: 'the signer', digest: one.digest }, key, matter)
    return judged.finding?.status === 'met' ? proofOf(judged.signature, one.digest) : undefined
  }
}

const annotationOf: Readonly<Record<string, string>> = {
  signature: signatureAnnotation,
  certificate: certificateAnnotation,
  chain: chainAnnotation,
  entry: logEntryAnnotation,
  timestamp: timestampAnnotation,
}

function evidenceOf(kind: CosignEvidence['format'], { evidence = '', ...others }: Parts): CosignEvidence {
  const bytes = bytesOf(evidence)
  if (kind === 'sigstore-bundle') return { format: kind, where, bytes }
  const annotations = Object.entries(others).map(([name, value]) => [
    annotationOf[name] ?? name,
    // As the manifest says it, which is JSON: what is no UTF-8 has become U+FFFD there.
    bytesOf(value).toString('utf8'),
  ])
  return {
    format: kind,
    where,
    bytes,
    annotations: Object.fromEntries(annotations) as Record<string, string>,
  }
}

function proofOf(signature: Signature | undefined, digest: string): Proof {
  if (signature?.verified !== true) throw new Error('what is met has no verified signature')
  const { payload, statement, identity, keyId, scheme, times = [] } = signature
  const { dockerReference, type, optional, envelope } = payload ?? {}
  const sealed = envelope === undefined ? {} : (JSON.parse(envelope) as Record<string, unknown>)
  const said = [dockerReference, type, optional, sealed['payload'], sealed['payloadType'], statement]
  return {
    content: JSON.stringify([digest, said]),
    signer: JSON.stringify([keyId, scheme, identity]),
    times: times.map(({ at, by }) => `${at} by ${by}`).sort(),
  }
}

function artifactCourt(one: CaseOf<'artifact-bundle'>): Judge {
  const key = one.key === undefined ? undefined : keyOf(one.key)
  const vouching = { ...vouchingOf(one), everyTime: true }
  const artifact = {
    digest: Buffer.from(one.digest.slice('sha256:'.length), 'hex'),
    ...(one.artifact !== undefined && { bytes: bytesOf(one.artifact) }),
  }
  return async ({ evidence = '' }) => {
    const needed = one.identity !== undefined || one.log === 'require' ? vouching : undefined
    const findings = await checkArtifactBundle(bytesOf(evidence), artifact, key, needed, one.log)
    if (all('bundle', findings).status !== 'met') return undefined
    const { identity, times = [] } = vouchedBy(findings)
    return {
      content: one.digest,
      signer: JSON.stringify([key?.id, identity]),
      times: times.map(({ at, by }) => `${at} by ${by}`).sort(),
    }
  }
}

function recordCourt(one: CaseOf<'s3lo-record'>): Judge {
  const key = keyOf(one.key)
  const ask: Ask = { kind: 'signed', by: { kind: 'key', reference: 'the key' } }
  return async ({ evidence = '' }) => {
    const { finding, signature } = await judgeRecord(
      { format: 's3lo-record', where, keyId: key.id, location: one.location, bytes: bytesOf(evidence) },
      { ask, name: 'the key', digest: one.digest },
      key,
      { acceptUnbound: false },
    )
    if (finding?.status !== 'met') return undefined
    // What the record claims of its time and its key is shown as claimed.
    return { content: one.digest, signer: JSON.stringify([signature?.keyId, signature?.scheme]), times: [] }
  }
}

function policyCourt(one: CaseOf<'build-policy'>): Judge {
  const trust = { keys: [keyOf(one.key)], roots: [], intermediates: [], authorities: [], signer: {} }
  const profile = profiles[one.profile]
  return async ({ policy = '', ...envelopes }) => {
    const opened = openPolicy({ bytes: bytesOf(policy), where: 'policy', trust, profile, now: now.getTime() })
    if (opened.kind === 'refused') return undefined
    const evaluated = await evaluateWitness({
      policy: opened.policy,
      envelopes: Object.entries(envelopes).map(([name, text]) => ({
        bytes: bytesOf(text),
        where: name,
        origin: 'given',
      })),
      subjects: one.subjects,
      profile,
      now: now.getTime(),
      // Signatures alone have to hold: no rule helps.
      ask: agreeable().ask,
    })
    if (evaluated.kind === 'wants' || evaluated.finding.status !== 'met') return undefined
    const passed = evaluated.passed.map(({ step, evidence }) => [step, sha256(evidence.envelope.payload)])
    return {
      content: JSON.stringify([payloadOf(policy), passed]),
      signer: JSON.stringify([opened.finding, evaluated.finding].flatMap(signersIn)),
      times: [],
    }
  }
}

/** Who signed what, by the parts of a tree of findings that are met. */
function signersIn({ status, message, facts, children = [] }: Finding): readonly unknown[] {
  if (status !== 'met') return []
  return children.length === 0 ? [[message, facts]] : children.flatMap(signersIn)
}

function payloadOf(policy: string): string {
  const envelope = readEnvelope(bytesOf(policy))
  return typeof envelope === 'string' ? envelope : sha256(envelope.payload)
}

function vouchingOf(
  one: CaseOf<'simple-signing' | 'dsse-envelope' | 'sigstore-bundle' | 'artifact-bundle'>,
): Vouching {
  const trust =
    one.root === undefined
      ? ({ code: 'trust-root-invalid', message: 'the case has none' } as const)
      : parseTrustedRoot(bytesOf(one.root), 'root')
  if (typeof trust === 'string') throw new Error(`${one.name}: ${trust}`)
  return {
    trust,
    now,
    sct: one.sct ?? 'require',
    signedTimestamps: one.stamped ?? false,
    ...(one.identity && { identity: one.identity }),
  }
}

export function keyOf(pem: string): PublicKey {
  const outcome = readPem(pem)
  if (outcome.kind !== 'key') throw new Error(`no usable key: ${outcome.kind}`)
  return outcome.key
}

/** Parts are bytes, one letter each: a change may leave no text. */
function bytesOf(part: string): Buffer {
  return Buffer.from(part, 'latin1')
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
