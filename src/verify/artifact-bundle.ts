import { createHash } from 'node:crypto'
import { bundleFromJSON } from '@sigstore/bundle'
import { inTotoType, preAuthEncoding } from '../evidence/dsse.js'
import { readObject } from '../evidence/json.js'
import { parseStatement, subjectOf } from '../evidence/statement.js'
import { companionsOfBundle } from '../evidence/transparency.js'
import { exempt, type Finding, met, unknown, unmet } from '../verdict/finding.js'
import { verifyDigestSignature } from './digest-signature.js'
import { type Vouching, vouch } from './keyless.js'
import { type PublicKey, publicKeyFromCertificate } from './public-key.js'
import { verifySignature } from './signature.js'
import type { Signed } from './sigstore.js'

/** A file by its bytes, or by its digest alone. */
export interface Artifact {
  /** SHA-256, 32 bytes. */
  readonly digest: Uint8Array
  readonly bytes?: Uint8Array
}

/**
 * Decides whether a sigstore bundle proves that a signer signed an artifact: a message signature over it, or a DSSE
 * envelope with a statement about it.
 *
 * @param key the signer's key; undefined: `vouching` names an identity
 * @param vouching undefined: a key is all that is asked for
 */
export async function checkArtifactBundle(
  bytes: Uint8Array,
  artifact: Artifact,
  key: PublicKey | undefined,
  vouching: Vouching | undefined,
  log: 'require' | 'ignore',
): Promise<readonly Finding[]> {
  const where = 'the bundle'
  const refuse = (message: string): readonly Finding[] => [unmet('bundle-read', 'signature-invalid', message)]
  const companions = companionsOfBundle(bytes)
  if (typeof companions === 'string')
    return refuse(`expected a sigstore bundle, got one that is none: ${companions}`)
  if (key !== undefined && companions.certificate !== undefined) {
    return [unmet('signer', 'key-mismatch', 'expected a signature by a key, got one by a certificate')]
  }
  const signer = key ?? keyOf(companions.certificate)
  if (typeof signer === 'string') return [unmet('signer', 'key-mismatch', signer)]
  const signed = readSigned(bytes, artifact)
  if (typeof signed === 'string') return refuse(signed)
  const outcome =
    signed.digest !== undefined && artifact.bytes === undefined
      ? await verifyDigestSignature(signer, signed.digest, signed.signature)
      : await verifySignature(signer, signed.message, signed.signature)
  if (outcome.kind === 'unclear') {
    return [unknown('signature-valid', { code: 'unsupported', message: outcome.reason })]
  }
  if (outcome.kind === 'invalid') {
    const message = `expected a signature over the artifact, got one that its key does not verify: ${outcome.peerReason}`
    return [unmet('signature-valid', 'signature-invalid', message)]
  }
  return [
    met('signature-valid', `the signature is valid (${outcome.scheme})`),
    signed.about,
    ...(vouching === undefined
      ? [exempt('log-entry', 'no entry of a transparency log is asked for')]
      : vouch(companions, signed, signer, vouching, log, where)),
  ]
}

function keyOf(certificate: Uint8Array | undefined): PublicKey | string {
  if (certificate === undefined) return 'expected a certificate in the bundle, got none'
  const outcome = publicKeyFromCertificate(certificate)
  return outcome.kind === 'key' ? outcome.key : `the certificate is for no usable key: ${outcome.reason}`
}

/** What was signed, and whether it is the artifact. */
function readSigned(
  bytes: Uint8Array,
  { digest, bytes: whole }: Artifact,
): (Signed & { about: Finding }) | string {
  const { content } = bundleFromJSON(readObject(bytes))
  if (content.$case === 'messageSignature') {
    const { signature, messageDigest } = content.messageSignature
    // A digest by another hash is no word about a SHA-256: the signature decides, or nobody.
    const comparable = whole !== undefined || messageDigest.digest.length === digest.length
    const own = whole === undefined ? digest : hashLike(messageDigest.digest, whole)
    if (comparable && Buffer.compare(own, messageDigest.digest) !== 0)
      return 'expected a signature of this artifact, got one of another digest'
    const message = whole ?? new Uint8Array()
    const about = met('digest-signed', 'the signature is over the artifact')
    return {
      form: 'bundled message',
      signature,
      message,
      payload: message,
      about,
      ...(whole === undefined && { digest }),
    }
  }
  const { payload, payloadType, signatures } = content.dsseEnvelope
  const [signature] = signatures
  if (payloadType !== inTotoType || signature === undefined)
    return 'expected an in-toto statement in the bundle, got something else'
  const statement = parseStatement(payload)
  if (typeof statement === 'string') return `expected an in-toto statement in the bundle, but ${statement}`
  const hex = Buffer.from(digest).toString('hex')
  const about = subjectOf(statement, `sha256:${hex}`)
    ? met('digest-signed', 'the statement is about the artifact')
    : unmet(
        'digest-signed',
        'digest-mismatch',
        `expected a statement about sha256:${hex}, got one about something else`,
      )
  const message = preAuthEncoding({ payload, payloadType })
  return { form: 'bundled envelope', signature: signature.sig, message, payload, about }
}

function hashLike(digest: Uint8Array, bytes: Uint8Array): Uint8Array {
  const name = digest.length === 64 ? 'sha512' : digest.length === 48 ? 'sha384' : 'sha256'
  return createHash(name).update(bytes).digest()
}
