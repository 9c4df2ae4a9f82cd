// Images signed the two ways of cosign's, made with node:crypto so that the bench needs no signer.
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

const imageType = 'application/vnd.oci.image.manifest.v1+json'
const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json'
const payloadType = 'application/vnd.in-toto+json'
export const signaturePredicate = 'https://sigstore.dev/cosign/sign/v1'
const sbomPredicate = 'https://cyclonedx.org/bom'

const digestOf = (bytes) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

/** What a registry holds of one repository: manifests by tag and digest, blobs by digest, referrers by digest. */
function newRepository() {
  const manifests = new Map()
  const blobs = new Map()
  const referrers = new Map()
  const putBlob = (content, mediaType, annotations) => {
    const bytes = Buffer.from(content)
    const digest = digestOf(bytes)
    blobs.set(digest, bytes)
    return { mediaType, digest, size: bytes.length, ...(annotations && { annotations }) }
  }
  const putManifest = (manifest, tag) => {
    const bytes = Buffer.from(JSON.stringify(manifest))
    const held = { bytes, mediaType: imageType, digest: digestOf(bytes) }
    manifests.set(held.digest, held)
    if (tag !== undefined) manifests.set(tag, held)
    return { mediaType: imageType, digest: held.digest, size: bytes.length }
  }
  return { manifests, blobs, referrers, putBlob, putManifest }
}

/**
 * @param sbomBytes size of an attested SBOM beside the signature
 * @param unrelated how many small SBOMs that are no bundles
 * @returns repositories by name, the digest of each image, and the public key in PEM
 */
export function makeImages(sbomBytes, unrelated) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const signed = (bytes) => sign('sha256', bytes, privateKey).toString('base64')

  const withImage = (name) => {
    const repository = newRepository()
    const config = repository.putBlob(`{"name":"${name}"}`, 'application/vnd.oci.image.config.v1+json')
    const image = repository.putManifest({ schemaVersion: 2, mediaType: imageType, config, layers: [] }, 'v1')
    return { ...repository, image }
  }

  const addLegacy = ({ putBlob, putManifest, image }) => {
    const payload = JSON.stringify({
      critical: {
        identity: { 'docker-reference': 'registry.example/app' },
        image: { 'docker-manifest-digest': image.digest },
        type: 'cosign container image signature',
      },
      optional: null,
    })
    const layer = putBlob(payload, 'application/vnd.dev.cosign.simplesigning.v1+json', {
      'dev.cosignproject.cosign/signature': signed(Buffer.from(payload)),
    })
    const config = putBlob('{}', 'application/vnd.oci.image.config.v1+json')
    const manifest = { schemaVersion: 2, mediaType: imageType, config, layers: [layer] }
    putManifest(manifest, `${image.digest.replace(':', '-')}.sig`)
  }

  const addBundle = ({ putBlob, putManifest, referrers, image }, predicateType, predicate) => {
    const statement = Buffer.from(
      JSON.stringify({
        _type: 'https://in-toto.io/Statement/v1',
        subject: [{ digest: { sha256: image.digest.slice(7) }, annotations: {} }],
        predicateType,
        predicate,
      }),
    )
    const head = Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${statement.length} `)
    const envelope = {
      payload: statement.toString('base64'),
      payloadType,
      signatures: [{ sig: signed(Buffer.concat([head, statement])) }],
    }
    const bundle = { mediaType: bundleType, verificationMaterial: { publicKey: { hint: '' } } }
    const layer = putBlob(JSON.stringify({ ...bundle, dsseEnvelope: envelope }), bundleType)
    const annotations = { 'dev.sigstore.bundle.predicateType': predicateType }
    const config = putBlob('{}', 'application/vnd.oci.empty.v1+json')
    const manifest = { schemaVersion: 2, mediaType: imageType, artifactType: bundleType, config }
    const own = putManifest({ ...manifest, layers: [layer], subject: image, annotations })
    const listed = referrers.get(image.digest) ?? []
    referrers.set(image.digest, [...listed, { ...own, artifactType: bundleType, annotations }])
  }

  const addPlain = ({ putBlob, putManifest, referrers, image }, content) => {
    const artifactType = 'application/spdx+json'
    const config = putBlob('{}', 'application/vnd.oci.empty.v1+json')
    const manifest = { schemaVersion: 2, mediaType: imageType, artifactType, config }
    const own = putManifest({ ...manifest, layers: [putBlob(content, artifactType)], subject: image })
    const listed = referrers.get(image.digest) ?? []
    referrers.set(image.digest, [...listed, { ...own, artifactType }])
  }

  const legacy = withImage('legacy')
  addLegacy(legacy)
  const bundle = withImage('bundle')
  addBundle(bundle, signaturePredicate, {})
  const heavy = withImage('heavy')
  addBundle(heavy, sbomPredicate, sbomOf(sbomBytes))
  addBundle(heavy, signaturePredicate, {})
  const keylessBundle = withKeyless('bundle')
  const keylessLegacy = withKeyless('legacy')
  const crowded = withImage('crowded')
  for (let at = 0; at < unrelated; at++) addPlain(crowded, `{"spdxVersion":"SPDX-2.3","name":"${at}"}`)
  addBundle(crowded, signaturePredicate, {})

  return {
    repositories: new Map([
      ...Object.entries({ legacy, bundle, heavy, crowded }),
      ['keyless-bundle', keylessBundle],
      ['keyless-legacy', keylessLegacy],
    ]),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }),
  }
}

const keylessFolder = path.resolve(import.meta.dirname, '../../__tests__/data/keyless')

/** Who signed what `withKeyless` lays, and who vouches for it. */
export const keylessFlags = [
  '--certificate-identity=https://github.com/team/app/.github/workflows/release.yml@refs/heads/main',
  '--certificate-oidc-issuer=http://127.0.0.1:5720',
  `--trusted-root=${path.join(keylessFolder, 'root.json')}`,
]

/** An image with evidence of the tests: made by cosign, Fulcio and Rekor with throw-away keys. */
function withKeyless(name) {
  const piece = JSON.parse(fs.readFileSync(path.join(keylessFolder, 'evidence.json'), 'utf8'))[name]
  const repository = newRepository()
  const { putBlob, putManifest, referrers } = repository
  const image = putManifest(piece.manifest, 'v1')
  const config = putBlob('{}', 'application/vnd.oci.empty.v1+json')
  const base = { schemaVersion: 2, mediaType: imageType, config }
  if (piece.bundle === undefined) {
    const payload = Buffer.from(piece.payload, 'base64')
    const layer = putBlob(payload, 'application/vnd.dev.cosign.simplesigning.v1+json', piece.annotations)
    putManifest({ ...base, layers: [layer] }, `${image.digest.replace(':', '-')}.sig`)
  } else {
    const annotations = { 'dev.sigstore.bundle.predicateType': signaturePredicate }
    const layers = [putBlob(JSON.stringify(piece.bundle), bundleType)]
    const own = putManifest({ ...base, artifactType: bundleType, layers, subject: image, annotations })
    referrers.set(image.digest, [{ ...own, artifactType: bundleType, annotations }])
  }
  return { ...repository, image }
}

/** An SBOM of about this size once it stands in a bundle, which writes three bytes as four. */
function sbomOf(bytes) {
  const component = (index) => ({
    type: 'library',
    name: `component-${index}`,
    version: `1.${index}.0`,
    purl: `pkg:generic/component-${index}@1.${index}.0`,
    hashes: [{ alg: 'SHA-256', content: digestOf(String(index)).slice(7) }],
  })
  const each = JSON.stringify(component(10_000)).length
  const components = Array.from({ length: Math.ceil((bytes * 0.75) / each) }, (_, index) => component(index))
  return { bomFormat: 'CycloneDX', specVersion: '1.6', components }
}
