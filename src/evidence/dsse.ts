import { isObject, type JsonObject, listField, readObject, textField } from './json.js'
import { decodeBase64 } from './s3lo-record.js'

/** A DSSE envelope (DSSE 1.0.2, envelope.md). */
export interface Envelope {
  readonly payloadType: string
  readonly payload: Uint8Array
  readonly signatures: readonly Uint8Array[]
}

/** The payload type of in-toto statements. */
export const inTotoType = 'application/vnd.in-toto+json'

/** @returns a text that says what is wrong */
export function parseEnvelope(source: Uint8Array | JsonObject): Envelope | string {
  const object = source instanceof Uint8Array ? readObject(source) : source
  if (object === undefined) return 'it is no JSON object'
  const payload = decode(textField(object, 'payload'))
  if (payload === undefined) return 'its payload is no base64'
  const signatures = (listField(object, 'signatures') ?? []).map((entry) =>
    decode(isObject(entry) ? textField(entry, 'sig') : undefined),
  )
  if (signatures.length === 0) return 'it holds no signature'
  if (!signatures.every((one) => one !== undefined)) return 'a signature in it is no base64'
  return { payloadType: textField(object, 'payloadType') ?? '', payload, signatures }
}

/** The bytes that are signed (DSSE 1.0.2, protocol.md): lengths in bytes, type and payload. */
export function preAuthEncoding({
  payloadType,
  payload,
}: Pick<Envelope, 'payloadType' | 'payload'>): Uint8Array {
  const length = Buffer.byteLength(payloadType)
  return Buffer.concat([Buffer.from(`DSSEv1 ${length} ${payloadType} ${payload.length} `), payload])
}

/** An envelope as the reference library writes it: one line of JSON, without key ids. */
export function writeEnvelope({ payloadType, payload, signatures }: Envelope): string {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
  return JSON.stringify({
    payload: base64(payload),
    payloadType,
    signatures: signatures.map((sig) => ({ sig: base64(sig) })),
  })
}

/** Both alphabets are in use (protocol.md leaves the choice); padding is demanded. */
function decode(text: string | undefined): Uint8Array | undefined {
  if (text === undefined || text === '') return undefined
  const decoded = decodeBase64(text.replaceAll('-', '+').replaceAll('_', '/'))
  return 'illegalAt' in decoded ? undefined : decoded
}
