import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { type Peer, peerProgram, startPeer } from './peers.js'
import { temporaryFolder } from './run.js'

export interface Registry extends Peer {
  /** `127.0.0.1:port`, as it stands in references. */
  readonly host: string
  /** The environment in which docker's configuration knows this registry; empty where it asks for no login. */
  readonly signedIn: Readonly<Record<string, string>>
  /** Whether it answers the referrers API. */
  readonly hasReferrers: boolean
  readonly get: (target: string) => Promise<string>
  /** Puts a manifest as it is; without a reference by its digest. @returns its digest */
  readonly putManifest: (repository: string, reference: string, manifest: object) => Promise<string>
  /** @returns a descriptor without a media type */
  readonly putBlob: (repository: string, bytes: string) => Promise<{ digest: string; size: number }>
  /** Puts an image of one layer. @returns its digest */
  readonly putImage: (repository: string, tag: string, platform?: Platform) => Promise<string>
  /** Where the file of a blob lies; for registries that keep files. */
  readonly fileOf: (digest: string) => string
}

export interface Platform {
  readonly os: string
  readonly architecture: string
}

export const login = { username: 'ci', password: 'registry-password' }
/** The line for `login` as htpasswd writes it. */
const htpasswd = 'ci:$2y$05$abcdefghijklmnopqrstuux7DVfxfgfXTmp/9Tsk6HzX2QQGjxePG\n'

/** ggcr's registry, which answers the referrers API. */
export async function startGgcr(guarded = false): Promise<Registry> {
  const asks = guarded ? ['-username', login.username, '-password', login.password] : []
  const peer = await startPeer(peerProgram('registry'), (port) => ['-port', String(port), ...asks])
  return openRegistry(peer, guarded, '')
}

/** Debian's registry, if it is installed: it has no referrers API. */
export const dockerRegistry = (process.env['PATH'] ?? '')
  .split(path.delimiter)
  .map((folder) => path.join(folder, 'docker-registry'))
  .find((file) => existsSync(file))
if (dockerRegistry === undefined) {
  console.warn(
    'skipped: docker-registry is not on the PATH (bash scripts/install-peers.sh as root on Debian)',
  )
}

export async function startDockerRegistry(guarded = false): Promise<Registry> {
  const folder = temporaryFolder()
  const data = path.join(folder, 'data')
  const users = path.join(folder, 'htpasswd')
  writeFileSync(users, htpasswd)
  const file = path.join(folder, 'config.json')
  const peer = await startPeer(dockerRegistry ?? 'docker-registry', (port) => {
    // JSON is YAML too.
    const config = {
      version: 0.1,
      log: { accesslog: { disabled: true }, level: 'error' },
      storage: { filesystem: { rootdirectory: data } },
      http: { addr: `127.0.0.1:${port}` },
      ...(guarded && { auth: { htpasswd: { realm: 'registry', path: users } } }),
    }
    writeFileSync(file, JSON.stringify(config))
    return ['serve', file]
  })
  return openRegistry(peer, guarded, data)
}

function openRegistry({ url, stop }: Peer, guarded: boolean, data: string): Registry {
  const host = url.replace('http://', '')
  const basic = Buffer.from(`${login.username}:${login.password}`).toString('base64')
  const send = async (method: string, target: string, type: string, body: string): Promise<Answer> =>
    request(method, new URL(target, url), body, {
      'content-type': type,
      ...(guarded && { authorization: `Basic ${basic}` }),
    })

  const putBlob: Registry['putBlob'] = async (repository, bytes) => {
    const digest = digestOf(bytes)
    const { location } = await send('POST', `/v2/${repository}/blobs/uploads/`, 'text/plain', '')
    const upload = new URL(location, url)
    upload.searchParams.set('digest', digest)
    await send('PUT', upload.href, 'application/octet-stream', bytes)
    return { digest, size: Buffer.byteLength(bytes) }
  }
  const putManifest: Registry['putManifest'] = async (repository, reference, manifest) => {
    const text = JSON.stringify(manifest)
    const type =
      (manifest as { mediaType?: string }).mediaType ?? 'application/vnd.oci.image.manifest.v1+json'
    const name = reference === '' ? digestOf(text) : reference
    await send('PUT', `/v2/${repository}/manifests/${name}`, type, text)
    return digestOf(text)
  }
  return {
    url,
    stop,
    host,
    hasReferrers: data === '',
    get: async (target) => (await send('GET', target, 'application/json', '')).body,
    signedIn: guarded ? { DOCKER_CONFIG: dockerConfig(host, basic) } : {},
    putBlob,
    putManifest,
    putImage: async (repository, tag, platform = { os: 'linux', architecture: 'amd64' }) => {
      // The name makes each image another one.
      const layer = await putBlob(repository, `${repository}:${tag}`)
      const config = await putBlob(repository, JSON.stringify(platform))
      return putManifest(repository, tag, {
        schemaVersion: 2,
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
        layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar', ...layer }],
      })
    },
    fileOf: (digest) => {
      const hex = digest.replace('sha256:', '')
      return path.join(data, 'docker/registry/v2/blobs/sha256', hex.slice(0, 2), hex, 'data')
    },
  }
}

/** @returns the folder of a docker configuration that knows one registry */
function dockerConfig(host: string, auth: string): string {
  const folder = path.join(temporaryFolder(), '.docker')
  mkdirSync(folder)
  writeFileSync(path.join(folder, 'config.json'), JSON.stringify({ auths: { [host]: { auth } } }))
  return folder
}

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}

interface Answer {
  readonly location: string
  readonly body: string
}

/** Throws when the registry refuses. */
async function request(
  method: string,
  url: URL,
  body: string,
  headers: http.OutgoingHttpHeaders,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = http.request(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const { statusCode = 0, headers: answered } = response
        const said = Buffer.concat(chunks).toString('utf8')
        if (statusCode < 300) resolve({ location: answered.location ?? '', body: said })
        else reject(new Error(`${method} ${url.pathname}: ${statusCode} ${said}`))
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
