import { type Envelope, parseEnvelope } from './dsse.js'
import { field, type JsonObject, listField, objectField, readObject, textField } from './json.js'

/** What a bundle says of the key that signed; a hint is a claim. */
export type BundleSigner =
  | { readonly kind: 'key'; readonly hint: string }
  | { readonly kind: 'certificate' }
  | { readonly kind: 'none' }

/** A sigstore bundle (protobuf-specs, sigstore_bundle.proto) as far as a verification with a key needs it. */
export interface SigstoreBundle {
  readonly signer: BundleSigner
  /** How many entries of a transparency log it carries. */
  readonly logEntries: number
  /** Undefined: it signs a message, which no image is. */
  readonly envelope: Envelope | undefined
}

const mediaTypes = /^application\/vnd\.dev\.sigstore\.bundle(\+json;version=0\.[123]|\.v0\.3\+json)$/

/** Layers of this type hold bundles, whatever their version (cosign, pkg/oci/remote/signatures.go). */
export function isBundleType(mediaType: string): boolean {
  return mediaType.startsWith('application/vnd.dev.sigstore.bundle')
}

/** What a bundle says that it is, where that is no version that anybody has defined: the library reads any. */
export function oddVersion(object: JsonObject): string | undefined {
  const mediaType = textField(object, 'mediaType') ?? ''
  return mediaTypes.test(mediaType)
    ? undefined
    : `its media type is ${JSON.stringify(mediaType.slice(0, 200))}`
}

/** @returns a text that says what is wrong */
export function parseBundle(bytes: Uint8Array): SigstoreBundle | string {
  const object = readObject(bytes)
  if (object === undefined) return 'it is no JSON object'
  const odd = oddVersion(object)
  if (odd !== undefined) return odd
  const material = objectField(object, 'verificationMaterial')
  if (material === undefined) return 'it has no verification material'
  const key = objectField(material, 'publicKey')
  const certified = field(material, 'certificate') ?? field(material, 'x509CertificateChain')
  const sealed = objectField(object, 'dsseEnvelope')
  const envelope = sealed === undefined ? undefined : parseEnvelope(sealed)
  if (typeof envelope === 'string') return `its envelope is unreadable: ${envelope}`
  if (envelope === undefined && objectField(object, 'messageSignature') === undefined)
    return 'it holds no signature'
  return {
    signer:
      certified !== undefined
        ? { kind: 'certificate' }
        : key === undefined
          ? { kind: 'none' }
          : { kind: 'key', hint: textField(key, 'hint') ?? '' },
    logEntries: (listField(material, 'tlogEntries') ?? []).length,
    envelope,
  }
}
