import {
  certificateAnnotation,
  logEntryAnnotation,
  signatureAnnotation,
  timestampAnnotation,
} from '../../src/evidence/simple-signing.js'
import { preAuthEncoding } from '../../src/evidence/dsse.js'
import { type SealedEnvelope, type Signer, simplePayload } from '../verify/sealed.js'
import { pemOf, spkiOf } from './forged-certificate.js'
import type { Certified } from './forged-instance.js'
import type { BundledEntry, Logged } from './forged-log.js'
import { type Holdings, manifestType } from './registry-answers.js'

/** What lies beside a signature in the older format; each part may be somebody else's. */
export interface Beside {
  readonly certificate?: string
  readonly chain?: string
  readonly entry?: string
  readonly timestamp?: Uint8Array
}

/** What lies beside a signature in a bundle. */
export interface Material {
  readonly certificate?: Uint8Array
  readonly entries?: readonly BundledEntry[]
  readonly timestamps?: readonly Uint8Array[]
  /** For what no builder here makes. */
  readonly changes?: object
}

const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json'
const payloadType = 'application/vnd.dev.cosign.simplesigning.v1+json'
const envelopeType = 'application/vnd.dsse.envelope.v1+json'

/** What is signed in the older format: a payload about a digest, and who made it. */
export interface SimplySigned {
  readonly payload: string
  readonly logged: Logged
}

/** How an entry of a log names a signer. */
export function verifierOf(signer: Signer | Certified): string {
  return 'pem' in signer ? signer.pem : pemOf('PUBLIC KEY', spkiOf(signer.pair.publicKey))
}

export function simplySigned(
  signer: Signer | Certified,
  digest: string,
  optional: unknown = null,
): SimplySigned {
  const payload = simplePayload(digest, optional)
  const message = Buffer.from(payload)
  return { payload, logged: { message, signature: signer.sign(message), verifier: verifierOf(signer) } }
}

/** The same of an envelope with one signature. */
export function loggedEnvelope(signer: Signer | Certified, envelope: SealedEnvelope): Logged {
  const payload = Buffer.from(envelope.payload, 'base64')
  const message = preAuthEncoding({ payload, payloadType: envelope.payloadType })
  const signature = Buffer.from(envelope.signatures.at(-1)?.sig ?? '', 'base64')
  return { message, signature, verifier: verifierOf(signer), envelope }
}

function annotationsOf({ certificate, chain, entry, timestamp }: Beside): Record<string, string> {
  return {
    ...(certificate !== undefined && { [certificateAnnotation]: certificate }),
    ...(chain !== undefined && { 'dev.sigstore.cosign/chain': chain }),
    ...(entry !== undefined && { [logEntryAnnotation]: entry }),
    ...(timestamp && {
      [timestampAnnotation]: JSON.stringify({
        SignedRFC3161Timestamp: Buffer.from(timestamp).toString('base64'),
      }),
    }),
  }
}

/** Lays a signature where cosign 1 and 2 do. */
export function laySignature(
  holdings: Holdings,
  repository: string,
  digest: string,
  { payload, logged }: SimplySigned,
  beside: Beside = {},
): void {
  const annotations = {
    [signatureAnnotation]: Buffer.from(logged.signature).toString('base64'),
    ...annotationsOf(beside),
  }
  const layer = { ...holdings.putBlob(repository, payloadType, payload), annotations }
  layLayers(holdings, repository, `${digest.replace(':', '-')}.sig`, [layer])
}

/** Lays an attestation where cosign 1 and 2 do. */
export function layEnvelope(
  holdings: Holdings,
  repository: string,
  digest: string,
  envelope: object | string,
  beside: Beside = {},
  hint?: string,
): void {
  const text = typeof envelope === 'string' ? envelope : JSON.stringify(envelope)
  const annotations = {
    [signatureAnnotation]: '',
    ...(hint !== undefined && { predicateType: hint }),
    ...annotationsOf(beside),
  }
  const layer = { ...holdings.putBlob(repository, envelopeType, text), annotations }
  layLayers(holdings, repository, `${digest.replace(':', '-')}.att`, [layer])
}

/** Adds layers to the manifest under a tag. */
export function layLayers(
  holdings: Holdings,
  repository: string,
  tag: string,
  layers: readonly object[],
): void {
  const held = holdings.repository(repository)
  const before = held.manifests.get(held.tags.get(tag) ?? '')?.bytes.toString('utf8') ?? '{"layers":[]}'
  const { layers: old } = JSON.parse(before) as { layers: object[] }
  const config = holdings.putBlob(repository, 'application/vnd.oci.image.config.v1+json', '{}')
  holdings.putManifest(
    repository,
    { schemaVersion: 2, mediaType: manifestType, config, layers: [...old, ...layers] },
    tag,
  )
}

/** A bundle around an envelope. */
export function bundleWith(envelope: object, material: Material = {}): object {
  const { certificate, entries, timestamps, changes } = material
  const stamps = timestamps?.map((one) => ({ signedTimestamp: Buffer.from(one).toString('base64') }))
  return {
    mediaType: bundleType,
    verificationMaterial: {
      ...(certificate
        ? { certificate: { rawBytes: Buffer.from(certificate).toString('base64') } }
        : { publicKey: { hint: '' } }),
      ...(entries && { tlogEntries: entries }),
      ...(stamps && { timestampVerificationData: { rfc3161Timestamps: stamps } }),
    },
    dsseEnvelope: envelope,
    ...changes,
  }
}

/** Lays a bundle as a referrer of the image, where cosign 3 does. */
export function layBundle(
  holdings: Holdings,
  repository: string,
  digest: string,
  bundle: object | string,
  hint?: string,
): void {
  const text = typeof bundle === 'string' ? bundle : JSON.stringify(bundle)
  layReferrer(holdings, repository, digest, bundleType, text, hint)
}

/** Lays anything as a referrer. */
export function layReferrer(
  holdings: Holdings,
  repository: string,
  digest: string,
  type: string,
  content: string,
  hint?: string,
): void {
  holdings.putManifest(repository, {
    schemaVersion: 2,
    mediaType: manifestType,
    artifactType: type,
    config: holdings.putBlob(repository, 'application/vnd.oci.empty.v1+json', '{}'),
    layers: [holdings.putBlob(repository, type, content)],
    subject: {
      mediaType: manifestType,
      digest,
      size: holdings.repository(repository).manifests.get(digest)?.bytes.length,
    },
    ...(hint !== undefined && { annotations: { 'dev.sigstore.bundle.predicateType': hint } }),
  })
}
