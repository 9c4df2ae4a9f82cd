import { createHash, createPublicKey, randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { peerProgram, startPeer } from './peers.js'
import { temporaryFolder } from './run.js'
import { digestOf, manifest, newKey, newRecord } from './store.js'

export const transitTypes = [
  'ecdsa-p256',
  'ecdsa-p384',
  'ecdsa-p521',
  'ed25519',
  'rsa-2048',
  'rsa-3072',
  'rsa-4096',
] as const
export type TransitType = (typeof transitTypes)[number]

const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/keys.md'), 'utf8')
const policyOfPage = /^```hcl\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? ''

/** The policy of docs/keys.md as it stands there, for a key of another name: what a token of the step needs. */
export function leastPolicy(key: string): string {
  return policyOfPage.replace('transit/keys/release"', `transit/keys/${key}"`)
}

export interface OpenBao {
  readonly url: string
  readonly rootToken: string
  /** Where `bao login` would leave the root token, as the dev server does. */
  readonly home: string
  readonly stop: () => Promise<void>
  /** Asks the API as root; throws for an answer that is none of 2xx. @returns `data` of the answer */
  readonly call: (method: string, target: string, body?: object) => Promise<Readonly<Record<string, unknown>>>
  readonly makeKey: (name: string, type: string, options?: object) => Promise<void>
  readonly rotate: (name: string) => Promise<void>
  /** @returns s3lo's ids of the public halves, by version */
  readonly keyIds: (name: string) => Promise<Readonly<Record<string, string>>>
  /** A token that may do what a policy says. */
  readonly tokenFor: (policy: string) => Promise<string>
  /** The objects of an image that the engine signed with the latest version of a key, as `s3lo sign` asks for it. */
  readonly sign: (
    key: string,
    place: { bucket: string; name: string; tag?: string; reference: string },
  ) => Promise<Record<string, string>>
}

/** Starts a real OpenBao in memory (`openbao server -dev`), on this machine only, with the transit engine on. */
export async function startOpenBao(): Promise<OpenBao> {
  const rootToken = `root-${randomUUID()}`
  const home = temporaryFolder()
  const peer = await startPeer(
    peerProgram('openbao'),
    (port) => ['server', '-dev', `-dev-root-token-id=${rootToken}`, `-dev-listen-address=127.0.0.1:${port}`],
    () => ({ HOME: home }),
  )
  const send = async (method: string, target: string, body?: object): Promise<Answer> =>
    request(method, `${peer.url}/v1/${target}`, rootToken, body)
  const must = async (method: string, target: string, body?: object): Promise<Answer['document']> => {
    const { status, document } = await send(method, target, body)
    if (status >= 300) throw new Error(`${method} ${target}: ${status} ${JSON.stringify(document)}`)
    return document
  }
  const call: OpenBao['call'] = async (method, target, body) => (await must(method, target, body)).data ?? {}
  // It listens before it is ready, and writes its token last.
  for (let tries = 0; tries < 200; tries++) {
    if ((await send('GET', 'sys/health')).status === 200 && existsSync(path.join(home, '.vault-token'))) break
    await delay(50)
  }
  await call('POST', 'sys/mounts/transit', { type: 'transit' })

  const entriesOf = async (
    name: string,
  ): Promise<{ type: string; latest: string; keys: Record<string, string> }> => {
    const data = (await call('GET', `transit/keys/${name}`)) as {
      type: string
      latest_version: number
      keys: Record<string, { public_key: string }>
    }
    const keys = Object.entries(data.keys).map(([version, entry]) => [
      version,
      idOf(data.type, entry.public_key),
    ])
    return {
      type: data.type,
      latest: String(data.latest_version),
      keys: Object.fromEntries(keys) as Record<string, string>,
    }
  }

  return {
    url: peer.url,
    rootToken,
    home,
    stop: peer.stop,
    call,
    makeKey: async (name, type, options = {}) => {
      await call('POST', `transit/keys/${name}`, { type, ...options })
    },
    rotate: async (name) => {
      await call('POST', `transit/keys/${name}/rotate`)
    },
    keyIds: async (name) => (await entriesOf(name)).keys,
    tokenFor: async (policy) => {
      const name = `policy-${randomUUID()}`
      await call('PUT', `sys/policies/acl/${name}`, { policy })
      const body = { policies: [name], no_default_policy: true }
      return (await must('POST', 'auth/token/create', body)).auth?.client_token ?? ''
    },
    sign: async (key, { bucket, name, tag = 'v1', reference }) => {
      const { type, latest, keys } = await entriesOf(key)
      const digest = digestOf(manifest)
      const message = `s3lo-signature-v2\n${bucket}/${name}:${tag}\n${digest}\n`
      const { signature } = await call('POST', `transit/sign/${key}/sha2-256`, {
        input: createHash('sha256').update(message).digest('base64'),
        prehashed: type !== 'ed25519',
        signature_algorithm: 'pkcs1v15',
      })
      const id = keys[latest] ?? ''
      const record = newRecord({ ...newKey(), id }, `${bucket}/${name}:${tag}`, digest, {
        signature: String(signature).replace(/^vault:v\d+:/, ''),
        keyRef: reference,
      })
      const folder = `manifests/${name}/${tag}`
      return { [`${folder}/manifest.json`]: manifest, [`${folder}/signatures/${id}.json`]: record }
    },
  }
}

interface Answer {
  readonly status: number
  readonly document: {
    readonly data?: Readonly<Record<string, unknown>> | null
    readonly auth?: { readonly client_token: string } | null
  }
}

async function request(method: string, url: string, token: string, body?: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { 'x-vault-token': token }
    const sent = http.request(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        const document = (text === '' ? {} : JSON.parse(text)) as Answer['document']
        resolve({ status: response.statusCode ?? 0, document })
      })
    })
    sent.on('error', reject)
    sent.end(body && JSON.stringify(body))
  })
}

/** The token that the dev server left in its home folder. */
export function keptToken({ home }: OpenBao): string {
  return readFileSync(path.join(home, '.vault-token'), 'utf8').trim()
}

function idOf(type: string, text: string): string {
  const key =
    type === 'ed25519'
      ? createPublicKey({
          key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(text, 'base64').toString('base64url') },
          format: 'jwk',
        })
      : createPublicKey(text)
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16)
}
