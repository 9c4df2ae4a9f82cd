import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type http from 'node:http'
import { openWeb, type WebRequest } from './web.js'

/** What a version of the repository says; times are ISO 8601. */
export interface Publication {
  readonly trustedRoot: Uint8Array
  /** Until when the timestamp holds; a week from now unless said. */
  readonly timestampExpires?: string
  /** Signs everything but the root with keys that nobody trusts. */
  readonly forged?: true
}

export interface TufRepository {
  /** `http://127.0.0.1:port` */
  readonly url: string
  /** The first root, as it is handed to users. */
  readonly root: string
  readonly requests: readonly WebRequest[]
  /** What it serves, by path. */
  readonly files: ReadonlyMap<string, Buffer>
  /** A new version of everything but the root. */
  readonly publish: (what: Publication) => void
  /** A new root, with new keys for everything else; what was published before has to be published again. */
  readonly rotate: () => void
  /** What becomes of requests instead of their answers; undefined: nothing. */
  fault: ((request: WebRequest, response: http.ServerResponse) => boolean) | undefined
  readonly stop: () => Promise<void>
}

interface Keys {
  readonly root: KeyPair
  readonly online: KeyPair
}

interface KeyPair {
  readonly id: string
  readonly json: object
  readonly privateKey: KeyObject
}

const week = 7 * 24 * 3_600_000

/** A repository of The Update Framework on loopback, as real as its signatures: root, timestamp, snapshot, targets. */
export async function openTufRepository(): Promise<TufRepository> {
  const files = new Map<string, Buffer>()
  const rootKey = newKey()
  let keys: Keys = { root: rootKey, online: newKey() }
  let rootVersion = 1
  let version = 0
  const addRoot = (): void => {
    const role = ({ id }: KeyPair): object => ({ keyids: [id], threshold: 1 })
    const signed = {
      ...common('root', rootVersion, soon(52 * week)),
      consistent_snapshot: true,
      keys: { [keys.root.id]: keys.root.json, [keys.online.id]: keys.online.json },
      roles: {
        root: role(keys.root),
        timestamp: role(keys.online),
        snapshot: role(keys.online),
        targets: role(keys.online),
      },
    }
    files.set(`/${rootVersion}.root.json`, seal(signed, keys.root))
  }
  addRoot()

  const web = await openWeb((request, response) => {
    if (repository.fault?.(request, response) === true) return
    const file = files.get(request.target)
    response.writeHead(file === undefined ? 404 : 200).end(file)
  })
  const repository: TufRepository = {
    url: web.url,
    root: files.get('/1.root.json')?.toString('utf8') ?? '',
    requests: web.requests,
    files,
    fault: undefined,
    rotate: () => {
      keys = { root: keys.root, online: newKey() }
      rootVersion++
      addRoot()
    },
    publish: ({ trustedRoot, timestampExpires = soon(week), forged }) => {
      version++
      const by = forged ? newKey() : keys.online
      const hash = createHash('sha256').update(trustedRoot).digest('hex')
      files.set(`/targets/${hash}.trusted_root.json`, Buffer.from(trustedRoot))
      const target = { length: trustedRoot.length, hashes: { sha256: hash } }
      const put = (name: string, file: string, body: object, expires = soon(week)): void =>
        void files.set(file, seal({ ...common(name, version, expires), ...body }, by))
      put('targets', `/${version}.targets.json`, { targets: { 'trusted_root.json': target } })
      put('snapshot', `/${version}.snapshot.json`, { meta: { 'targets.json': { version } } })
      put('timestamp', '/timestamp.json', { meta: { 'snapshot.json': { version } } }, timestampExpires)
    },
    stop: web.stop,
  }
  return repository
}

/** So many milliseconds from now, as TUF writes times: whole seconds. */
export function soon(ms: number): string {
  return new Date(Date.now() + ms).toISOString().replace(/\.\d+Z$/, 'Z')
}

function common(type: string, version: number, expires: string): object {
  return { _type: type, spec_version: '1.0.31', version, expires }
}

function newKey(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('hex')
  const json = { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: raw } }
  return { id: createHash('sha256').update(canonical(json)).digest('hex'), json, privateKey }
}

function seal(signed: object, { id, privateKey }: KeyPair): Buffer {
  const sig = sign(null, Buffer.from(canonical(signed)), privateKey).toString('hex')
  return Buffer.from(JSON.stringify({ signatures: [{ keyid: id, sig }], signed }))
}

/** Canonical JSON, enough for texts without escapes. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`
}
