// A registry that lets each answer wait, and knows what was asked and what had to wait for what.
import http from 'node:http'

const indexType = 'application/vnd.oci.image.index.v1+json'

/** @param repositories as scripts/bench/signed-images.js makes them */
export async function openSlowRegistry(repositories) {
  let delay = 0
  let asked = []

  const server = http.createServer((request, response) => {
    const one = { line: `${request.method} ${request.url}`, from: performance.now(), to: Infinity }
    asked.push(one)
    response.on('finish', () => (one.to = performance.now()))
    const send = () => answer(request, response, repositories)
    if (delay === 0) send()
    else setTimeout(send, delay)
  })
  server.keepAliveTimeout = 60_000
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    host: `127.0.0.1:${server.address().port}`,
    /** Forgets what was asked; every answer waits this long from now on, in milliseconds. */
    start: (milliseconds) => {
      delay = milliseconds
      asked = []
    },
    /** The requests since `start`, and the longest row of them in which each began after the one before had ended. */
    seen: () => ({ requests: asked.map(({ line }) => line), chain: chainOf(asked) }),
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Only a delay tells what waits from what comes a little later by chance: without one the number means nothing. */
function chainOf(asked) {
  const depths = []
  for (const [index, { from }] of asked.entries()) {
    const before = asked.slice(0, index).map(({ to }, at) => (to <= from ? depths[at] : 0))
    depths.push(1 + Math.max(0, ...before))
  }
  return Math.max(0, ...depths)
}

function answer(request, response, repositories) {
  const send = (status, type, body, headers = {}) => {
    response.writeHead(status, { 'content-type': type, 'content-length': body.length, ...headers })
    response.end(request.method === 'HEAD' ? undefined : body)
  }
  if (request.url === '/v2/') {
    send(200, 'application/json', Buffer.from('{}'))
    return
  }
  const [, name, kind, reference] =
    /^\/v2\/([^/]+)\/(manifests|blobs|referrers)\/([^/?]+)/.exec(request.url) ?? []
  const repository = repositories.get(name)
  if (kind === 'manifests' && repository?.manifests.has(reference)) {
    const { bytes, mediaType, digest } = repository.manifests.get(reference)
    send(200, mediaType, bytes, { 'docker-content-digest': digest })
  } else if (kind === 'blobs' && repository?.blobs.has(reference)) {
    send(200, 'application/octet-stream', repository.blobs.get(reference))
  } else if (kind === 'referrers' && repository) {
    const manifests = repository.referrers.get(reference) ?? []
    const index = { schemaVersion: 2, mediaType: indexType, manifests }
    send(200, indexType, Buffer.from(JSON.stringify(index)))
  } else {
    const errors = [{ code: 'MANIFEST_UNKNOWN', message: 'unknown' }]
    send(404, 'application/json', Buffer.from(JSON.stringify({ errors })))
  }
}
