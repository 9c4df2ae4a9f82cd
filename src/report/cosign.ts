import { parseReference } from '../reference/parse.js'
import type { RegistryReference } from '../reference/reference.js'
import type { ImageResult, Result, Signature } from '../verdict/result.js'
import { line } from './escape.js'
import { type Streams, toText } from './text.js'

/** What the run was asked, as far as cosign's lines speak of it. */
export interface CosignQuestion {
  readonly annotations: boolean
  readonly ignoresLog: boolean
  readonly attestations: boolean
  /** The signers are identities. */
  readonly keyless: boolean
}

/**
 * What `cosign verify` and `cosign verify-attestation` 3.1 print about the same image: the lines of the checks on
 * stderr, JSON on stdout. An image that is not verified is reported in the program's own words.
 */
export function toCosign(result: Result, question: CosignQuestion): Streams {
  const stdout: string[] = []
  const stderr: string[] = []
  if (question.ignoresLog) {
    const what = question.attestations ? 'attestation' : 'signature'
    stderr.push(
      `WARNING: Skipping tlog verification is an insecure practice that lacks transparency and auditability verification for the ${what}.`,
    )
  }
  for (const image of result.images) {
    if (image.verdict !== 'verified') continue
    const signatures = image.signatures.filter(({ verified, payload }) => verified && payload !== undefined)
    stderr.push(...header(image, signatures, question))
    if (question.attestations) stdout.push(...signatures.flatMap(({ payload }) => payload?.envelope ?? []))
    else stdout.push('', goJson(signatures.map((signature) => toSimpleSigning(signature, image))))
  }
  stderr.push(...toText(result).stderr)
  return { stdout, stderr }
}

function header(
  image: ImageResult,
  signatures: readonly Signature[],
  { annotations, ignoresLog, keyless }: CosignQuestion,
): readonly string[] {
  // cosign says so of bundles even when it was told to look at no entry.
  const log = !ignoresLog || signatures.some(({ format }) => format === 'sigstore-bundle')
  return [
    '',
    `Verification for ${line(titleOf(image))} --`,
    'The following checks were performed on each of these signatures:',
    ...(annotations ? ['  - The specified annotations were verified.'] : []),
    '  - The cosign claims were validated',
    ...(log ? ['  - Existence of the claims in the transparency log was verified offline'] : []),
    keyless
      ? '  - The code-signing certificate was verified using trusted certificate authority certificates'
      : '  - The signatures were verified against the specified public key',
  ]
}

function toSimpleSigning({ payload }: Signature, image: ImageResult): object {
  return {
    critical: {
      identity: { 'docker-reference': payload?.dockerReference ?? nameOf(image) },
      image: { 'docker-manifest-digest': image.digest },
      type: payload?.type ?? '',
    },
    optional: optionalOf(payload),
  }
}

/** The signed annotations, and beside them what cosign takes from certificate, log entry and timestamp. */
function optionalOf(payload: Signature['payload']): object | null {
  const { optional = null, certificate, logEntry, timestamp } = payload ?? {}
  if (certificate === undefined && logEntry === undefined && timestamp === undefined) return optional
  return {
    ...optional,
    ...certificate,
    ...(logEntry && { Bundle: logEntry }),
    ...(timestamp !== undefined &&
      timestamp !== '' && { RFC3161Timestamp: JSON.parse(timestamp) as unknown }),
  }
}

/** A layout is called by its folder, as `cosign verify --local-image` does. */
function titleOf(image: ImageResult): string {
  const reference = parseReference(image.reference)
  return reference.kind === 'oci-layout' ? reference.path : nameOf(image)
}

/** The whole name, as go-containerregistry writes it. */
function nameOf(image: ImageResult): string {
  const reference = parseReference(image.reference)
  return reference.kind === 'registry' ? fullName(reference) : image.reference
}

function fullName({ registry, repository, tag, digest }: RegistryReference): string {
  const host = registry === 'docker.io' ? 'index.docker.io' : registry
  return digest === undefined ? `${host}/${repository}:${String(tag)}` : `${host}/${repository}@${digest}`
}

const goEscapes = /[<>&\u2028\u2029]/g

/** JSON as Go's encoding/json writes it: members of maps in order of their bytes, and what HTML reads as escapes. */
function goJson(value: unknown): string {
  return ordered(value).replace(
    goEscapes,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Written member by member: an object of JavaScript puts names that are numbers first, whatever order it was made in. */
function ordered(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(ordered).join(',')}]`
  // A structure keeps the order of its members.
  if (typeof value !== 'object' || value === null || 'SignedEntryTimestamp' in value)
    return JSON.stringify(value)
  const members = Object.entries(value).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  return `{${members.map(([name, item]) => `${JSON.stringify(name)}:${ordered(item)}`).join(',')}}`
}
