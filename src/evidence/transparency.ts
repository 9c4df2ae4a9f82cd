import type { TransparencyLogEntry } from '@sigstore/bundle'
import { bundleFromJSON } from '@sigstore/bundle'
import { isObject, type JsonObject, objectField, readObject, textField } from './json.js'
import { oddVersion } from './sigstore-bundle.js'
import type { LogEntryClaim } from '../verdict/result.js'

/** What lies beside a signature and may prove who made it and when: nothing of it is verified yet. */
export interface Companions {
  /** DER of the certificate that the signature was made with. */
  readonly certificate?: Uint8Array
  /** DER of certificates between it and a root, as whoever signed wrote them: they have to be verified too. */
  readonly chain?: readonly Uint8Array[]
  readonly logEntries: readonly TransparencyLogEntry[]
  /** DER of RFC 3161 responses. */
  readonly timestamps: readonly Uint8Array[]
}

/** Most entries and timestamps that are looked at (sigstore-go, pkg/verify). */
const most = 32

/**
 * The companions in a sigstore bundle, held to the rules of its version (protobuf-specs, sigstore_bundle.proto).
 *
 * @returns a text that says what is wrong
 */
export function companionsOfBundle(bytes: Uint8Array): Companions | string {
  const object = readObject(bytes)
  if (object === undefined) return 'it is no JSON object'
  const odd = oddVersion(object)
  if (odd !== undefined) return odd
  try {
    const { verificationMaterial } = bundleFromJSON(object)
    const { content, tlogEntries, timestampVerificationData } = verificationMaterial
    const certificate =
      content.$case === 'certificate'
        ? content.certificate.rawBytes
        : content.$case === 'x509CertificateChain'
          ? content.x509CertificateChain.certificates[0]?.rawBytes
          : undefined
    const timestamps = (timestampVerificationData?.rfc3161Timestamps ?? []).map((one) => one.signedTimestamp)
    if (tlogEntries.length > most) return `it carries ${tlogEntries.length} log entries, more than ${most}`
    if (timestamps.length > most) return `it carries ${timestamps.length} timestamps, more than ${most}`
    return { logEntries: tlogEntries, timestamps, ...(certificate && { certificate }) }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const pemBlock = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g

/** The companions that cosign 1 and 2 keep as annotations of a layer (pkg/oci/static/options.go). */
export function companionsOfAnnotations(annotations: {
  readonly certificate?: string
  readonly chain?: string
  readonly logEntry?: LogEntryClaim
  readonly timestamp?: string
}): Companions {
  const { certificate, chain = '', logEntry, timestamp } = annotations
  const between = (chain.match(pemBlock) ?? []).slice(0, most).flatMap((block) => derOf(block) ?? [])
  const der = certificate === undefined ? undefined : derOf(certificate)
  const entry = logEntry === undefined ? undefined : toLogEntry(logEntry)
  const response =
    timestamp === undefined
      ? undefined
      : textField(readObject(Buffer.from(timestamp)), 'SignedRFC3161Timestamp')
  return {
    ...(der && { certificate: der }),
    ...(between.length > 0 && { chain: between }),
    logEntries: entry ? [entry] : [],
    timestamps: response === undefined ? [] : [Buffer.from(response, 'base64')],
  }
}

/** The first certificate of a PEM text. */
function derOf(pem: string): Uint8Array | undefined {
  const block = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/.exec(pem)
  return block ? Buffer.from(String(block[1]), 'base64') : undefined
}

/** An entry with a promise and without a proof: all that the older format has. */
function toLogEntry({ SignedEntryTimestamp, Payload }: LogEntryClaim): TransparencyLogEntry | undefined {
  if (typeof Payload.body !== 'string' || !/^[0-9a-f]{64}$/.test(Payload.logID)) return undefined
  const body = Buffer.from(Payload.body, 'base64')
  const { kind, apiVersion } = kindOf(readObject(body))
  return {
    logIndex: String(Payload.logIndex),
    logId: { keyId: Buffer.from(Payload.logID, 'hex') },
    kindVersion: { kind, version: apiVersion },
    integratedTime: String(Payload.integratedTime),
    inclusionPromise: { signedEntryTimestamp: Buffer.from(SignedEntryTimestamp, 'base64') },
    inclusionProof: undefined,
    canonicalizedBody: body,
  }
}

function kindOf(body: JsonObject | undefined): { kind: string; apiVersion: string } {
  return { kind: textField(body, 'kind') ?? '', apiVersion: textField(body, 'apiVersion') ?? '' }
}

/** The key or certificate that an entry was made for: PEM, or DER in newer entries (rekor, pkg/types). */
export function verifierOf(entry: TransparencyLogEntry): Uint8Array | undefined {
  const body = readObject(entry.canonicalizedBody)
  const spec = objectField(body, 'spec')
  const { kind, version } = entry.kindVersion
  const pem = (text: string | undefined): Uint8Array | undefined =>
    text === undefined ? undefined : derOfAny(Buffer.from(text, 'base64').toString('utf8'))
  switch (`${kind} ${version}`) {
    case 'hashedrekord 0.0.1':
      return pem(textField(objectField(objectField(spec, 'signature'), 'publicKey'), 'content'))
    case 'dsse 0.0.1':
      return pem(textField(first(spec, 'signatures'), 'verifier'))
    case 'intoto 0.0.2':
      return pem(
        textField(first(objectField(objectField(spec, 'content'), 'envelope'), 'signatures'), 'publicKey'),
      )
    case 'intoto 0.0.1':
      return pem(textField(spec, 'publicKey'))
    case 'hashedrekord 0.0.2': {
      const verifier = objectField(
        objectField(objectField(spec, 'hashedRekordV002'), 'signature'),
        'verifier',
      )
      const raw =
        textField(objectField(verifier, 'x509Certificate'), 'rawBytes') ??
        textField(objectField(verifier, 'publicKey'), 'rawBytes')
      return raw === undefined ? undefined : Buffer.from(raw, 'base64')
    }
    default:
      return undefined
  }
}

function first(object: JsonObject | undefined, name: string): JsonObject | undefined {
  const list = object?.[name]
  const one: unknown = Array.isArray(list) && list.length === 1 ? list[0] : undefined
  return isObject(one) ? one : undefined
}

function derOfAny(pem: string): Uint8Array | undefined {
  const block = /-----BEGIN [A-Z ]+-----([A-Za-z0-9+/=\s]+)-----END [A-Z ]+-----/.exec(pem)
  return block ? Buffer.from(String(block[1]), 'base64') : undefined
}
