import { createHash } from 'node:crypto'
import { preAuthEncoding } from '../../evidence/dsse.js'
import { bytesOf, isNull, itemsOf, jsonProblem, structOf, textOf } from './json-text.js'

/** A signature of a DSSE envelope with what witness adds to it. */
export interface EnvelopeSignature {
  readonly signature: Uint8Array
  /** PEM of the signer's certificate; absent for a key. */
  readonly certificate?: Uint8Array
  /** PEM, one certificate each. */
  readonly intermediates: readonly Uint8Array[]
  /** DER of RFC 3161 tokens over the signature. */
  readonly tokens: readonly Uint8Array[]
}

/** A DSSE envelope as go-witness reads it (dsse/dsse.go); `keyid` is never used to match, so it is not kept. */
export interface SignedEnvelope {
  readonly payloadType: string
  readonly payload: Uint8Array
  readonly signatures: readonly EnvelopeSignature[]
  /** The bytes that are signed. */
  readonly message: Uint8Array
  /** SHA-256 over everything that counts: the same envelope, however its JSON is laid out. */
  readonly id: string
}

const mostSignatures = 100
const mostBeside = 20

/**
 * Stricter than DSSE where Go is: standard base64 with padding, nothing after the value.
 *
 * @returns a text that says what is wrong
 */
export function readEnvelope(bytes: Uint8Array): SignedEnvelope | string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
  const problem = jsonProblem(text)
  if (problem !== undefined) return problem
  const fields = structOf(text)
  if (typeof fields === 'string') return fields
  const payload = bytesOf(fields.get('payload'))
  if (payload === undefined) return 'its payload is no standard base64 with padding'
  if (payload.length === 0) return 'its payload is empty: it is no DSSE envelope'
  const payloadType = textOf(fields.get('payloadtype'))
  if (payloadType === undefined) return 'its payloadType is no text'
  const signatures = readSignatures(fields.get('signatures'))
  if (typeof signatures === 'string') return signatures
  const message = preAuthEncoding({ payloadType, payload })
  const hash = createHash('sha256').update(message)
  for (const one of signatures) {
    for (const part of [one.signature, one.certificate ?? [], ...one.intermediates, ...one.tokens]) {
      hash.update(`,${part.length},`).update(Uint8Array.from(part))
    }
    hash.update(`;${one.intermediates.length},${one.tokens.length}`)
  }
  return { payloadType, payload, signatures, message, id: hash.digest('hex') }
}

function readSignatures(json: string | undefined): readonly EnvelopeSignature[] | string {
  if (json === undefined || isNull(json)) return []
  const items = itemsOf(json)
  if (items === undefined) return 'its signatures are no list'
  if (items.length > mostSignatures) return `it has ${items.length} signatures, more than ${mostSignatures}`
  const signatures: EnvelopeSignature[] = []
  for (const item of items) {
    const one = readSignature(item)
    if (typeof one === 'string') return `a signature in it cannot be read: ${one}`
    signatures.push(one)
  }
  return signatures
}

function readSignature(json: string): EnvelopeSignature | string {
  const fields = structOf(json)
  if (typeof fields === 'string') return fields
  const signature = bytesOf(fields.get('sig'))
  const certificate = bytesOf(fields.get('certificate'))
  const intermediates = listOf(fields.get('intermediates'), bytesOf)
  const tokens = listOf(fields.get('timestamps'), (item) => {
    const stamp = structOf(item)
    return typeof stamp === 'string' ? undefined : bytesOf(stamp.get('data'))
  })
  if (signature === undefined || certificate === undefined || !intermediates || !tokens) {
    return 'expected standard base64 with padding in sig, certificate, intermediates and timestamps'
  }
  return { signature, ...(certificate.length > 0 && { certificate }), intermediates, tokens }
}

function listOf(
  json: string | undefined,
  read: (item: string) => Buffer | undefined,
): readonly Buffer[] | undefined {
  if (json === undefined || isNull(json)) return []
  const values = itemsOf(json)?.map(read)
  if (values === undefined || values.length > mostBeside) return undefined
  return values.every((one) => one !== undefined) ? values : undefined
}
