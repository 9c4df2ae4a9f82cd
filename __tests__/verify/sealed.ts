import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { inTotoType, preAuthEncoding } from '../../src/evidence/dsse.js'
import { signaturePredicate } from '../../src/evidence/statement.js'
import type { CosignCheck, CosignDemand } from '../../src/verify/demand.js'
import { type PublicKey, publicKeyFromSpki } from '../../src/verify/public-key.js'

/** A key that signs as cosign does with a key of its kind. */
export interface Signer {
  readonly key: PublicKey
  readonly pair: { readonly publicKey: KeyObject; readonly privateKey: KeyObject }
  readonly sign: (message: Uint8Array) => Uint8Array
}

export const someDigest = `sha256:${'ab'.repeat(32)}`
export const otherDigest = `sha256:${'cd'.repeat(32)}`

export function signerOf(pair: Signer['pair'], hash: string | null): Signer {
  const read = publicKeyFromSpki(pair.publicKey.export({ format: 'der', type: 'spki' }))
  if (read.kind === 'refused') throw new Error(read.reason)
  return { key: read.key, pair, sign: (message) => sign(hash, message, pair.privateKey) }
}

export function newSigner(): Signer {
  return signerOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }), 'sha256')
}

/** One key of every kind that may sign, with what its signatures are called. */
export const everyKind: readonly (readonly [string, Signer])[] = [
  ['ecdsa-sha256', newSigner()],
  ['ecdsa-sha384', signerOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }), 'sha384')],
  ['ecdsa-sha512', signerOf(generateKeyPairSync('ec', { namedCurve: 'P-521' }), 'sha512')],
  ['rsa-pkcs1-sha256', signerOf(generateKeyPairSync('rsa', { modulusLength: 2048 }), 'sha256')],
  ['ed25519', signerOf(generateKeyPairSync('ed25519'), null)],
]

export function demandOf(signer: Signer, changes: Partial<CosignDemand> = {}): CosignDemand {
  return {
    key: signer.key,
    keyRef: 'release.pub',
    digest: someDigest,
    annotations: {},
    log: 'ignore',
    ...changes,
  }
}

/** What cosign 1 and 2 sign, with the changes given in `optional` and `image`. */
export function simplePayload(digest: unknown = someDigest, optional: unknown = null): string {
  return JSON.stringify({
    critical: {
      identity: { 'docker-reference': 'registry.example/app' },
      image: { 'docker-manifest-digest': digest },
      type: 'cosign container image signature',
    },
    optional,
  })
}

/** What cosign 3 signs of an image. */
export function signatureStatement(changes: object = {}): object {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ digest: { sha256: someDigest.slice(7) } }],
    predicateType: signaturePredicate,
    predicate: {},
    ...changes,
  }
}

export interface SealedEnvelope {
  readonly payload: string
  readonly payloadType: string
  readonly signatures: readonly { readonly sig: string }[]
}

/** A DSSE envelope with one signature of each signer. */
export function seal(
  statement: object | string,
  signers: readonly Signer[],
  payloadType = inTotoType,
): SealedEnvelope {
  const payload = Buffer.from(typeof statement === 'string' ? statement : JSON.stringify(statement))
  const encoded = preAuthEncoding({ payloadType, payload })
  return {
    payload: payload.toString('base64'),
    payloadType,
    signatures: signers.map((signer) => ({ sig: Buffer.from(signer.sign(encoded)).toString('base64') })),
  }
}

export function bundleOf(envelope: object, material: object = { publicKey: { hint: 'any' } }): object {
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: material,
    dsseEnvelope: envelope,
  }
}

export function toBytes(value: object | string): Uint8Array {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
}

/** `met`, or the code of the first finding that is not: what a check came to, in one word. */
export function outcome(check: CosignCheck): string {
  if (check.kind === 'unrelated') return 'unrelated'
  const bad = check.findings.find(({ status }) => status !== 'met' && status !== 'exempt')
  if (bad === undefined) return check.findings.length > 0 ? 'met' : 'nothing'
  return bad.status === 'unmet' || bad.status === 'unknown' ? bad.code : bad.status
}

/** Every way to change one byte of these, one bit at a time in turn. */
export function* singleByteChanges(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at++) {
    const changed = Uint8Array.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
    yield changed
  }
}
