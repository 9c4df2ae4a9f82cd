// A loopback registry with images for pictures: signed and attested here with throw-away keys, one with the evidence of a
// workflow identity that the tests keep.
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'

const imageType = 'application/vnd.oci.image.manifest.v1+json'
const indexType = 'application/vnd.oci.image.index.v1+json'
const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json'
const statementType = 'application/vnd.in-toto+json'
const signaturePredicate = 'https://sigstore.dev/cosign/sign/v1'

const digestOf = (bytes) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

export function newKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { privateKey, pem: publicKey.export({ type: 'spki', format: 'pem' }) }
}

/** What a registry holds of one repository. */
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

function newEnvelope(digest, key, predicateType, predicate) {
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ digest: { sha256: digest.slice(7) } }],
    predicateType,
    predicate,
  }
  const payload = Buffer.from(JSON.stringify(statement))
  const head = Buffer.from(`DSSEv1 ${statementType.length} ${statementType} ${payload.length} `)
  const sig = sign('sha256', Buffer.concat([head, payload]), key.privateKey).toString('base64')
  return { payload: payload.toString('base64'), payloadType: statementType, signatures: [{ sig }] }
}

/** Lays a bundle beside an image, as cosign 3 does. */
function putBundle({ putBlob, putManifest, referrers, image }, predicateType, bundle) {
  const annotations = { 'dev.sigstore.bundle.predicateType': predicateType }
  const config = putBlob('{}', 'application/vnd.oci.empty.v1+json')
  const layers = [putBlob(JSON.stringify(bundle), bundleType)]
  const manifest = { schemaVersion: 2, mediaType: imageType, artifactType: bundleType, config, layers }
  const own = putManifest({ ...manifest, subject: image, annotations })
  const listed = referrers.get(image.digest) ?? []
  referrers.set(image.digest, [...listed, { ...own, artifactType: bundleType, annotations }])
}

/** Adds a layer under a tag, as cosign 1 and 2 do. */
function putLayer({ manifests, putBlob, putManifest }, tag, layer) {
  const before = manifests.get(tag)
  const layers = before === undefined ? [] : JSON.parse(before.bytes.toString('utf8')).layers
  const config = putBlob('{}', 'application/vnd.oci.image.config.v1+json')
  putManifest({ schemaVersion: 2, mediaType: imageType, config, layers: [...layers, layer] }, tag)
}

/** The first free port from one on: all of them have as many digits, and what is cut off in a report depends on that. */
async function listenFrom(server, port, last = port + 200) {
  try {
    await new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
  } catch (error) {
    if (error.code !== 'EADDRINUSE' || port === last) throw error
    server.removeAllListeners('error')
    await listenFrom(server, port + 1, last)
  }
}

export async function openRegistry(port) {
  const repositories = new Map()
  const faults = new Map()

  const server = http.createServer((request, response) => {
    const send = (status, type, body, headers = {}) => {
      response.writeHead(status, { 'content-type': type, 'content-length': body.length, ...headers })
      response.end(request.method === 'HEAD' ? undefined : body)
    }
    const [, name, kind, reference] =
      /^\/v2\/(.+)\/(manifests|blobs|referrers)\/([^/?]+)/.exec(request.url) ?? []
    const repository = repositories.get(name)
    const fault = faults.get(name)
    if (fault !== undefined && (kind === 'referrers' || fault === 403)) {
      const code = fault === 403 ? 'DENIED' : 'UNAVAILABLE'
      send(fault, 'application/json', Buffer.from(JSON.stringify({ errors: [{ code, message: 'no' }] })))
    } else if (kind === 'manifests' && repository?.manifests.has(reference)) {
      const { bytes, mediaType, digest } = repository.manifests.get(reference)
      send(200, mediaType, bytes, { 'docker-content-digest': digest })
    } else if (kind === 'blobs' && repository?.blobs.has(reference)) {
      send(200, 'application/octet-stream', repository.blobs.get(reference))
    } else if (kind === 'referrers' && repository) {
      const manifests = repository.referrers.get(reference) ?? []
      send(200, indexType, Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests })))
    } else {
      const errors = [
        { code: request.url === '/v2/' ? 'UNAUTHORIZED' : 'MANIFEST_UNKNOWN', message: 'unknown' },
      ]
      send(404, 'application/json', Buffer.from(JSON.stringify({ errors })))
    }
  })
  await listenFrom(server, port)

  /** @returns how evidence is laid beside it */
  const addImage = (name, manifest) => {
    const repository = newRepository()
    const config = { os: 'linux', architecture: 'amd64', name }
    const own = manifest ?? {
      schemaVersion: 2,
      mediaType: imageType,
      config: repository.putBlob(JSON.stringify(config), 'application/vnd.oci.image.config.v1+json'),
      layers: [],
    }
    const held = { ...repository, image: repository.putManifest(own, 'v1') }
    repositories.set(name, held)
    const { digest } = held.image
    const bundleOf = (key, type, predicate) => ({
      mediaType: bundleType,
      verificationMaterial: { publicKey: { hint: '' } },
      dsseEnvelope: newEnvelope(digest, key, type, predicate),
    })
    return {
      signBy: (key) => putBundle(held, signaturePredicate, bundleOf(key, signaturePredicate, {})),
      attestBy: (key, type, predicate) => putBundle(held, type, bundleOf(key, type, predicate)),
      putBundle: (bundle) => putBundle(held, signaturePredicate, bundle),
      signSimplyBy: (key) => {
        const payload = JSON.stringify({
          critical: {
            identity: { 'docker-reference': name },
            image: { 'docker-manifest-digest': digest },
            type: 'cosign container image signature',
          },
          optional: null,
        })
        const signature = sign('sha256', Buffer.from(payload), key.privateKey).toString('base64')
        const annotations = { 'dev.cosignproject.cosign/signature': signature }
        const type = 'application/vnd.dev.cosign.simplesigning.v1+json'
        putLayer(held, `${digest.replace(':', '-')}.sig`, held.putBlob(payload, type, annotations))
      },
      attestSimplyBy: (key, predicateType, predicate) => {
        const envelope = JSON.stringify(newEnvelope(digest, key, predicateType, predicate))
        const annotations = { 'dev.cosignproject.cosign/signature': '', predicateType }
        const type = 'application/vnd.dsse.envelope.v1+json'
        putLayer(held, `${digest.replace(':', '-')}.att`, held.putBlob(envelope, type, annotations))
      },
    }
  }
  return {
    host: `127.0.0.1:${server.address().port}`,
    addImage,
    /** Each answer about this repository's evidence has this status; 403: each answer at all. */
    fail: (name, status) => faults.set(name, status),
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

const keylessFolder = path.resolve(import.meta.dirname, '../../__tests__/data/keyless')

/** Evidence of a workflow identity, made by cosign, Fulcio and Rekor for the tests, and who vouches for it. */
export const keyless = {
  piece: JSON.parse(fs.readFileSync(path.join(keylessFolder, 'evidence.json'), 'utf8')).bundle,
  inputs: {
    'certificate-identity': 'https://github.com/team/app/.github/workflows/release.yml@refs/heads/main',
    'certificate-oidc-issuer': 'http://127.0.0.1:5720',
    'trusted-root': path.join(keylessFolder, 'root.json'),
  },
}
