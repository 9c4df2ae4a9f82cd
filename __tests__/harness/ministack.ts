import { createHash } from 'node:crypto'
import http from 'node:http'
import {
  CreateAliasCommand,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  GetPublicKeyCommand,
  KMSClient,
  SignCommand,
  type SigningAlgorithmSpec,
} from '@aws-sdk/client-kms'
import { type Certificate } from './certificate.js'
import { peerProgram, startPeer } from './peers.js'
import { digestOf, manifest, newKey, newRecord } from './store.js'
import { openWeb, type Web, type WebRequest } from './web.js'

export const kmsRegion = 'us-east-1'
const credentials = { accessKeyId: 'someone', secretAccessKey: 'something secret' }

/** A key as KMS knows it, and s3lo's id of its public half. */
export interface KmsKey {
  readonly keyId: string
  readonly arn: string
  readonly recordId: string
}

export interface Kms {
  readonly url: string
  readonly client: KMSClient
  readonly stop: () => Promise<void>
  /** What a run needs to ask this KMS, or another one at `url`. */
  readonly environment: (url?: string) => Readonly<Record<string, string>>
  /** Makes a key, and an alias for it where one is named. */
  readonly makeKey: (spec: CreateKeyCommandInput, alias?: string) => Promise<KmsKey>
  /** The objects of an image that KMS itself has signed; the record names its key by `reference`. */
  readonly sign: (
    key: KmsKey,
    algorithm: SigningAlgorithmSpec,
    place: { bucket: string; name: string; tag?: string; reference: string },
  ) => Promise<Record<string, string>>
}

/** Starts a stand-in of AWS KMS that makes keys and signs with them, on this machine only. */
export async function startKms(): Promise<Kms> {
  const peer = await startPeer(
    peerProgram('ministack'),
    () => [],
    (port) => ({
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      IOT_MTLS_ENABLED: '0',
      SERVICES: 'kms',
    }),
  )
  const client = new KMSClient({ endpoint: peer.url, region: kmsRegion, credentials })
  return {
    url: peer.url,
    client,
    stop: async () => {
      client.destroy()
      await peer.stop()
    },
    environment: (url = peer.url) => ({
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REGION: kmsRegion,
      AWS_ENDPOINT_URL_KMS: url,
    }),
    makeKey: async (spec, alias) => {
      const { KeyMetadata } = await client.send(new CreateKeyCommand(spec))
      const keyId = KeyMetadata?.KeyId ?? ''
      if (alias !== undefined) {
        await client.send(new CreateAliasCommand({ AliasName: `alias/${alias}`, TargetKeyId: keyId }))
      }
      return { keyId, arn: KeyMetadata?.Arn ?? '', recordId: await recordIdOf(client, keyId) }
    },
    sign: async (key, algorithm, { bucket, name, tag = 'v1', reference }) => {
      const location = `${bucket}/${name}:${tag}`
      const digest = digestOf(manifest)
      const Message = Buffer.from(`s3lo-signature-v2\n${location}\n${digest}\n`)
      const command = { KeyId: key.keyId, Message, MessageType: 'RAW', SigningAlgorithm: algorithm } as const
      const { Signature = new Uint8Array() } = await client.send(new SignCommand(command))
      const signature = Buffer.from(Signature).toString('base64')
      const record = newRecord({ ...newKey(), id: key.recordId }, location, digest, {
        signature,
        keyRef: reference,
      })
      const folder = `manifests/${name}/${tag}`
      return {
        [`${folder}/manifest.json`]: manifest,
        [`${folder}/signatures/${key.recordId}.json`]: record,
      }
    },
  }
}

/** Empty for a key that has no public half. */
async function recordIdOf(client: KMSClient, keyId: string): Promise<string> {
  try {
    const { PublicKey = new Uint8Array() } = await client.send(new GetPublicKeyCommand({ KeyId: keyId }))
    return createHash('sha256').update(PublicKey).digest('hex').slice(0, 16)
  } catch {
    return ''
  }
}

/** Stands before a KMS, writes down what is asked and hands it on. */
export async function recordCalls(target: string, certificate?: Certificate): Promise<Web> {
  return openWeb(async (request, response) => {
    const answer = await forward(target, request)
    response.writeHead(answer.status, { 'content-type': answer.type })
    response.end(answer.body)
  }, certificate)
}

interface Forwarded {
  readonly status: number
  readonly type: string
  readonly body: Buffer
}

async function forward(to: string, { method, target, headers, body }: WebRequest): Promise<Forwarded> {
  return new Promise((resolve, reject) => {
    const request = http.request(`${to}${target}`, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const type = response.headers['content-type'] ?? ''
        resolve({ status: response.statusCode ?? 502, type, body: Buffer.concat(chunks) })
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}
