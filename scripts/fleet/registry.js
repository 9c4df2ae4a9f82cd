// A loopback registry with as many signed images as are wanted, each in cosign's bundle format by the one key. Started as
// a process of its own (fork), so that what it needs is not counted as the program's. Images are made when they are asked
// for, and forgotten: `<team>/app-<n>:v1`, a hundred to a team.
import { createHash, createPrivateKey, sign } from 'node:crypto'
import http from 'node:http'

const imageType = 'application/vnd.oci.image.manifest.v1+json'
const indexType = 'application/vnd.oci.image.index.v1+json'
const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json'
const payloadType = 'application/vnd.in-toto+json'
const predicateType = 'https://sigstore.dev/cosign/sign/v1'

const privateKey = createPrivateKey(process.argv[2])
/** Milliseconds that each answer waits. */
let delay = Number(process.argv[3] ?? 0)
const digestOf = (bytes) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
const descriptor = (mediaType, bytes) => ({ mediaType, digest: digestOf(bytes), size: bytes.length })

/** From when to when each request took, since it was asked for last. */
let spans = []
let bytes = 0
const made = new Map()

function imageOf(name) {
  const known = made.get(name)
  if (known) return known
  const image = makeImage(name)
  made.set(name, image)
  // A handful of calls of one image come close together.
  if (made.size > 2000) made.delete(made.keys().next().value)
  return image
}

function makeImage(name) {
  const config = Buffer.from(JSON.stringify({ name }))
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: imageType,
      config: descriptor('application/vnd.oci.image.config.v1+json', config),
      layers: [],
    }),
  )
  const subject = descriptor(imageType, manifest)
  const statement = Buffer.from(
    JSON.stringify({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ digest: { sha256: subject.digest.slice(7) }, annotations: {} }],
      predicateType,
      predicate: {},
    }),
  )
  const head = Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${statement.length} `)
  const bundle = Buffer.from(
    JSON.stringify({
      mediaType: bundleType,
      verificationMaterial: { publicKey: { hint: '' } },
      dsseEnvelope: {
        payload: statement.toString('base64'),
        payloadType,
        signatures: [
          { sig: sign('sha256', Buffer.concat([head, statement]), privateKey).toString('base64') },
        ],
      },
    }),
  )
  const annotations = { 'dev.sigstore.bundle.predicateType': predicateType }
  const referrer = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: imageType,
      artifactType: bundleType,
      config: descriptor('application/vnd.oci.empty.v1+json', Buffer.from('{}')),
      layers: [descriptor(bundleType, bundle)],
      subject,
      annotations,
    }),
  )
  const listed = { ...descriptor(imageType, referrer), artifactType: bundleType, annotations }
  return {
    manifests: new Map([
      ['v1', manifest],
      [subject.digest, manifest],
      [listed.digest, referrer],
    ]),
    blobs: new Map([
      [digestOf(config), config],
      [digestOf(bundle), bundle],
    ]),
    referrers: new Map([[subject.digest, { schemaVersion: 2, mediaType: indexType, manifests: [listed] }]]),
  }
}

/** The longest row of requests in which each began after the one before had ended. */
function chainOf(all) {
  const ends = [...all].sort((a, b) => a.to - b.to)
  let [before, ended, longest] = [0, 0, 0]
  for (const span of [...all].sort((a, b) => a.from - b.from)) {
    for (; ended < ends.length && ends[ended].to <= span.from; ended++)
      before = Math.max(before, ends[ended].depth)
    span.depth = before + 1
    longest = Math.max(longest, span.depth)
  }
  return longest
}

const server = http.createServer((request, response) => {
  const span = { from: performance.now(), to: Infinity }
  spans.push(span)
  response.on('finish', () => (span.to = performance.now()))
  const send = (status, type, body, headers = {}) => {
    const end = () => {
      response.writeHead(status, { 'content-type': type, 'content-length': body.length, ...headers })
      response.end(request.method === 'HEAD' ? undefined : body)
    }
    if (request.method !== 'HEAD') bytes += body.length
    if (delay === 0) end()
    else setTimeout(end, delay)
  }
  if (request.url === '/v2/') {
    send(200, 'application/json', Buffer.from('{}'))
    return
  }
  const [, name, kind, reference] =
    /^\/v2\/(.+)\/(manifests|blobs|referrers)\/([^/?]+)/.exec(request.url) ?? []
  // What lies at `unsigned/…` has no evidence.
  const image = name === undefined ? undefined : imageOf(name)
  if (kind === 'manifests' && image.manifests.has(reference)) {
    const bytes = image.manifests.get(reference)
    send(200, imageType, bytes, { 'docker-content-digest': digestOf(bytes) })
  } else if (kind === 'blobs' && image.blobs.has(reference)) {
    send(200, 'application/octet-stream', image.blobs.get(reference))
  } else if (kind === 'referrers') {
    const none = { schemaVersion: 2, mediaType: indexType, manifests: [] }
    const index = name.startsWith('unsigned/') ? none : (image.referrers.get(reference) ?? none)
    send(200, indexType, Buffer.from(JSON.stringify(index)))
  } else {
    const errors = [{ code: 'MANIFEST_UNKNOWN', message: 'unknown' }]
    send(404, 'application/json', Buffer.from(JSON.stringify({ errors })))
  }
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
process.on('message', (message) => {
  process.send({ requests: spans.length, bytes, chain: chainOf(spans) })
  spans = []
  bytes = 0
  delay = message.delay ?? delay
})
process.on('disconnect', () => process.exit(0))
