import { readFileSync } from 'node:fs'
import path from 'node:path'
import { evaluateWitness, type EvaluationRequest } from '../../../src/policy/witness/evaluate.js'
import type { EvidenceSource } from '../../../src/policy/witness/evidence.js'
import { type ProfileName, profiles, withoutHardening } from '../../../src/policy/witness/profile.js'
import type { Ask } from '../../../src/policy/witness/rules.js'
import { openPolicy, type PolicySigner, type PolicyTrust } from '../../../src/policy/witness/signed-policy.js'
import type { Finding } from '../../../src/verdict/finding.js'
import { type PublicKey, publicKeyFromSpki } from '../../../src/verify/public-key.js'
import { sharedFolder } from '../../harness/shared.js'

const folder = sharedFolder('fixtures/cilock')
export const isThere = folder !== undefined
/** When the fixtures were made, and a little. */
export const now = 1_795_300_000_000

export interface PeerAnswer {
  readonly verdict: 'pass' | 'fail'
  readonly reasons?: readonly string[]
}

export interface PeerCase {
  readonly id: string
  readonly title: string
  readonly policy: string
  readonly policyPublicKey?: string
  readonly attestations: readonly string[]
  readonly subjects: readonly string[]
  readonly flags?: readonly string[]
  readonly expected: Readonly<Record<string, PeerAnswer>>
}

export function peerCases(): readonly PeerCase[] {
  return (JSON.parse(read('index.json').toString('utf8')) as { readonly cases: readonly PeerCase[] }).cases
}

export function read(file: string): Buffer {
  return readFileSync(path.join(folder ?? '', file))
}

export function keyOf(file: string): PublicKey {
  const body = read(file)
    .toString('utf8')
    .replace(/-----[^-]+-----|\s/g, '')
  const key = publicKeyFromSpki(Buffer.from(body, 'base64'))
  if (key.kind !== 'key') throw new Error(key.reason)
  return key.key
}

export function trustOf(key: string | undefined, flags: readonly string[] = []): PolicyTrust {
  const valueOf = (name: string): string | undefined => {
    const at = flags.indexOf(`--policy-${name}`)
    return at < 0 ? undefined : flags[at + 1]
  }
  const files = (name: string): readonly { name: string; bytes: Uint8Array }[] => {
    const file = valueOf(name)
    return file === undefined ? [] : [{ name: file, bytes: read(file) }]
  }
  const list = (name: string): readonly string[] | undefined => valueOf(name)?.split(',')
  const issuer = valueOf('fulcio-oidc-issuer')
  const signer: PolicySigner = {
    commonName: valueOf('commonname'),
    dnsNames: list('dns-names'),
    emails: list('emails'),
    organizations: list('organizations'),
    uris: list('uris'),
    extensions: issuer === undefined ? undefined : new Map([['Issuer', issuer]]),
  }
  return {
    keys: key === undefined ? [] : [keyOf(key)],
    roots: files('ca-roots'),
    intermediates: files('ca-intermediates'),
    authorities: files('timestamp-servers'),
    signer,
  }
}

export function sourcesOf(files: readonly string[]): readonly EvidenceSource[] {
  return files.map((file) => ({ bytes: read(file), where: file, origin: 'given' }))
}

export interface Outcome {
  readonly finding: Finding
  readonly reasons: readonly string[]
  readonly passed: readonly { readonly step: string }[]
  readonly warnings: readonly string[]
}

export type CaseInputs = Pick<PeerCase, 'policy' | 'attestations' | 'subjects'> &
  Partial<Pick<PeerCase, 'policyPublicKey' | 'flags'>>

/** A whole verification, as the gate does one. */
export async function verify(
  one: CaseInputs,
  profileName: ProfileName,
  ask: Ask,
  more: Partial<EvaluationRequest> & { readonly policyBytes?: Uint8Array } = {},
): Promise<Outcome> {
  const lenient = one.flags?.includes('--policy-hardening=warn') === true
  const profile = lenient ? withoutHardening(profiles[profileName]) : profiles[profileName]
  const { policyBytes, ...rest } = more
  const opened = openPolicy({
    bytes: policyBytes ?? read(one.policy),
    where: one.policy,
    trust: trustOf(one.policyPublicKey, one.flags),
    profile,
    now: more.now ?? now,
  })
  const warnings = opened.warnings.map(({ message }) => message)
  if (opened.kind === 'refused') {
    const reason = opened.finding.peerReason
    return { finding: opened.finding, reasons: reason === undefined ? [] : [reason], passed: [], warnings }
  }
  const evaluation = await evaluateWitness({
    policy: opened.policy,
    envelopes: sourcesOf(one.attestations),
    subjects: one.subjects,
    profile,
    now,
    ask,
    ...rest,
  })
  if (evaluation.kind === 'wants') throw new Error(`wants ${evaluation.digests.join(' ')}`)
  const { finding, reasons, passed } = evaluation
  return { finding, reasons, passed, warnings }
}
