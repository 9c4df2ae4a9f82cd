import { sign } from 'node:crypto'
import { type Descriptor, type Holdings, indexType, manifestType } from './registry-answers.js'
import type { KeyPair } from './store.js'

const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json'
const statementType = 'application/vnd.in-toto+json'
export const signaturePredicate = 'https://sigstore.dev/cosign/sign/v1'

/** An image of one layer, which the name of its repository makes another than all others. @returns its digest */
export function putImage(holdings: Holdings, repository: string, tag = 'v1'): string {
  const config = { os: 'linux', architecture: 'amd64', rootfs: { type: 'layers', diff_ids: [] } }
  return holdings.putManifest(
    repository,
    {
      schemaVersion: 2,
      mediaType: manifestType,
      config: holdings.putBlob(
        repository,
        'application/vnd.oci.image.config.v1+json',
        JSON.stringify(config),
      ),
      layers: [
        holdings.putBlob(repository, 'application/vnd.oci.image.layer.v1.tar', `${repository}:${tag}`),
      ],
    },
    tag,
  )
}

/** Signs as cosign 1 and 2 do: simple signing under the tag `sha256-….sig`. */
export function signSimply(holdings: Holdings, repository: string, digest: string, key: KeyPair): void {
  const payload = JSON.stringify({
    critical: {
      identity: { 'docker-reference': repository },
      image: { 'docker-manifest-digest': digest },
      type: 'cosign container image signature',
    },
    optional: null,
  })
  const signature = sign('sha256', Buffer.from(payload), key.privateKey).toString('base64')
  const layer = {
    ...holdings.putBlob(repository, 'application/vnd.dev.cosign.simplesigning.v1+json', payload),
    annotations: { 'dev.cosignproject.cosign/signature': signature },
  }
  putTag(holdings, repository, `${digest.replace(':', '-')}.sig`, layer)
}

/** Attests as cosign 1 and 2 do: a DSSE envelope under the tag `sha256-….att`. */
export function attestSimply(
  holdings: Holdings,
  repository: string,
  digest: string,
  key: KeyPair,
  predicateType: string,
  predicate: object = {},
): void {
  const envelope = JSON.stringify(newEnvelope(digest, key, predicateType, predicate))
  const layer = {
    ...holdings.putBlob(repository, 'application/vnd.dsse.envelope.v1+json', envelope),
    annotations: { 'dev.cosignproject.cosign/signature': '', predicateType },
  }
  putTag(holdings, repository, `${digest.replace(':', '-')}.att`, layer)
}

/** Signs or attests as cosign 3 does: a bundle that refers to the image; under the fallback tag without the listing. */
export function signByBundle(
  holdings: Holdings,
  repository: string,
  digest: string,
  key: KeyPair,
  predicateType = signaturePredicate,
  predicate: object = {},
): void {
  const bundle = JSON.stringify(newBundle(digest, key, predicateType, predicate))
  const held = holdings.repository(repository)
  const manifest = {
    schemaVersion: 2,
    mediaType: manifestType,
    artifactType: bundleType,
    config: holdings.putBlob(repository, 'application/vnd.oci.empty.v1+json', '{}'),
    layers: [holdings.putBlob(repository, bundleType, bundle)],
    subject: { mediaType: manifestType, digest, size: held.manifests.get(digest)?.bytes.length },
    annotations: {
      'dev.sigstore.bundle.content': 'dsse-envelope',
      'dev.sigstore.bundle.predicateType': predicateType,
    },
  }
  const own = holdings.putManifest(repository, manifest)
  if (held.referrers) return
  const listed = { mediaType: manifestType, digest: own, size: JSON.stringify(manifest).length }
  const tag = digest.replace(':', '-')
  const before = held.manifests.get(held.tags.get(tag) ?? '')?.bytes.toString('utf8')
  const { manifests } = JSON.parse(before ?? '{"manifests":[]}') as { manifests: Descriptor[] }
  const index = { schemaVersion: 2, mediaType: indexType, manifests: [...manifests, listed] }
  holdings.putManifest(repository, index, tag)
}

/** A bundle by a key, without log or time. */
export function newBundle(
  digest: string,
  key: KeyPair,
  predicateType: string,
  predicate: object = {},
): object {
  return {
    mediaType: bundleType,
    verificationMaterial: { publicKey: { hint: key.id } },
    dsseEnvelope: newEnvelope(digest, key, predicateType, predicate),
  }
}

/** DSSE 1.0.2: type and payload are signed with their lengths. */
function newEnvelope(digest: string, key: KeyPair, predicateType: string, predicate: object = {}): object {
  const payload = Buffer.from(
    JSON.stringify({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ digest: { sha256: digest.replace('sha256:', '') } }],
      predicateType,
      predicate,
    }),
  )
  const head = `DSSEv1 ${statementType.length} ${statementType} ${payload.length} `
  const sig = sign('sha256', Buffer.concat([Buffer.from(head), payload]), key.privateKey)
  return {
    payload: payload.toString('base64'),
    payloadType: statementType,
    signatures: [{ sig: sig.toString('base64') }],
  }
}

/** Adds a layer to the manifest under a tag, as signing once more does. */
function putTag(holdings: Holdings, repository: string, tag: string, layer: object): void {
  const held = holdings.repository(repository)
  const before = held.manifests.get(held.tags.get(tag) ?? '')?.bytes.toString('utf8')
  const { layers } = JSON.parse(before ?? '{"layers":[]}') as { layers: object[] }
  const config = holdings.putBlob(repository, 'application/vnd.oci.image.config.v1+json', '{}')
  const manifest = { schemaVersion: 2, mediaType: manifestType, config, layers: [...layers, layer] }
  holdings.putManifest(repository, manifest, tag)
}
