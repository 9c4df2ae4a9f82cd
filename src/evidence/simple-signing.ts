import type { LogEntryClaim } from '../verdict/result.js'
import { field, isObject, objectField, readObject, textField } from './json.js'

/** Annotations of a layer that holds a payload (cosign, pkg/oci/static/options.go). */
export const signatureAnnotation = 'dev.cosignproject.cosign/signature'
export const certificateAnnotation = 'dev.sigstore.cosign/certificate'
export const chainAnnotation = 'dev.sigstore.cosign/chain'
export const logEntryAnnotation = 'dev.sigstore.cosign/bundle'
export const timestampAnnotation = 'dev.sigstore.cosign/rfc3161timestamp'

/** What cosign 1 and 2 sign (specs/SIGNATURE_SPEC.md): a statement about one digest. */
export interface SimpleSigning {
  /** The signed digest; empty when there is none. */
  readonly digest: string
  /** A claim about the place: never compared, by cosign neither. */
  readonly dockerReference: string
  readonly type: string
  /** The annotations of `sign -a`; null when there are none. */
  readonly optional: Readonly<Record<string, unknown>> | null
}

/** Reads the entry of a log that lies beside a signature; a claim. */
export function parseLogEntry(annotation: string | undefined): LogEntryClaim | undefined {
  const entry = annotation === undefined ? undefined : readObject(Buffer.from(annotation))
  const payload = objectField(entry, 'Payload')
  const promise = textField(entry, 'SignedEntryTimestamp')
  const [time, index] = [field(payload, 'integratedTime'), field(payload, 'logIndex')]
  if (promise === undefined || typeof time !== 'number' || typeof index !== 'number') return undefined
  return {
    SignedEntryTimestamp: promise,
    Payload: {
      body: field(payload, 'body'),
      integratedTime: time,
      logIndex: index,
      logID: textField(payload, 'logID') ?? '',
    },
  }
}

/**
 * Reads a payload whose signature has been verified.
 *
 * @returns undefined when the bytes are no such statement
 */
export function parseSimpleSigning(bytes: Uint8Array): SimpleSigning | undefined {
  const whole = readObject(bytes)
  const critical = objectField(whole, 'critical')
  if (critical === undefined) return undefined
  const optional = field(whole, 'optional')
  return {
    digest: textField(objectField(critical, 'image'), 'docker-manifest-digest') ?? '',
    dockerReference: textField(objectField(critical, 'identity'), 'docker-reference') ?? '',
    type: textField(critical, 'type') ?? '',
    optional: isObject(optional) ? optional : null,
  }
}
