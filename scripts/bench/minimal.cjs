// The least that Node can do to verify signed images: no checks beside the cryptography, no errors, no report. Ten images
// at a time. `node minimal.cjs HOST KEY-FILE (REPOSITORY:TAG | REPOSITORY@DIGEST)… | @LIST`. CommonJS, because
// `import 'node:http'` starts later.
const { createHash, verify } = require('node:crypto')
const { readFileSync } = require('node:fs')
const http = require('node:http')

const [host, keyFile, ...given] = process.argv.slice(2)
const images = given.flatMap((one) =>
  one.startsWith('@') ? readFileSync(one.slice(1), 'utf8').trim().split('\n') : one,
)
const agent = new http.Agent({ keepAlive: true, maxSockets: 20 })
const key = readFileSync(keyFile, 'utf8')

function openRepository(repository) {
  return (target, method = 'GET') =>
    new Promise((resolve, reject) => {
      const url = `http://${host}/v2/${repository}/${target}`
      http
        .request(url, { agent, method }, (response) => {
          const chunks = []
          response.on('data', (chunk) => chunks.push(chunk))
          response.on('end', () => resolve(response.statusCode === 200 ? Buffer.concat(chunks) : undefined))
        })
        .on('error', reject)
        .end()
    })
}

async function main() {
  const queue = images.values()
  const work = async () => {
    for (const image of queue) if (!(await isSigned(image))) process.exitCode = 1
  }
  await Promise.all(Array.from({ length: 10 }, work))
  agent.destroy()
}

async function isSigned(name) {
  const [, repository, reference] = /^(.+?)[:@](.+)$/.exec(name)
  const ask = openRepository(repository)
  const byDigest = reference.startsWith('sha256:')
  const image = byDigest ? ask(`manifests/${reference}`, 'HEAD') : await ask(`manifests/${reference}`)
  const digest = byDigest ? reference : `sha256:${createHash('sha256').update(image).digest('hex')}`
  const [legacy, listing] = await Promise.all([
    ask(`manifests/${digest.replace(':', '-')}.sig`),
    ask(`referrers/${digest}`),
    image,
  ])
  return legacy ? verifyLegacy(ask, JSON.parse(legacy), digest) : verifyBundle(ask, listing, digest)
}

async function verifyLegacy(ask, { layers }, digest) {
  const [layer] = layers
  const payload = await ask(`blobs/${layer.digest}`)
  const signature = Buffer.from(layer.annotations['dev.cosignproject.cosign/signature'], 'base64')
  return (
    verify('sha256', payload, key, signature) &&
    JSON.parse(payload).critical.image['docker-manifest-digest'] === digest
  )
}

async function verifyBundle(ask, listing, digest) {
  const listed = JSON.parse(listing).manifests.find(
    ({ annotations }) =>
      annotations?.['dev.sigstore.bundle.predicateType'] === 'https://sigstore.dev/cosign/sign/v1',
  )
  const { layers } = JSON.parse(await ask(`manifests/${listed.digest}`))
  const { dsseEnvelope } = JSON.parse(await ask(`blobs/${layers[0].digest}`))
  const { payload, payloadType, signatures } = dsseEnvelope
  const statement = Buffer.from(payload, 'base64')
  const head = Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${statement.length} `)
  return (
    verify('sha256', Buffer.concat([head, statement]), key, Buffer.from(signatures[0].sig, 'base64')) &&
    `sha256:${JSON.parse(statement).subject[0].digest.sha256}` === digest
  )
}

void main()
