import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import {
  type Authority,
  authorityKey,
  bodyOf,
  decades,
  digitalSignature,
  named,
  newAuthority,
  pemOf,
  seal,
  timeStamping,
} from './issued-certificate.js'
import { audience } from './oidc-issuer.js'
import { type Peer, peerProgram, startPeer } from './peers.js'
import { temporaryFolder } from './run.js'
import { close, listen } from './s3.js'

/** What Fulcio takes an issuer's word for (fulcio, pkg/config). */
export interface AcceptedIssuer {
  readonly url: string
  readonly type: 'email' | 'github-workflow'
}

/** The real certificate authority; its certificates are valid for ten minutes. */
export async function startFulcio(
  signer: Authority,
  root: Authority,
  issuers: readonly AcceptedIssuer[],
  ctLogUrl: string,
): Promise<Peer> {
  const folder = temporaryFolder()
  const file = (name: string, content: string): string => {
    writeFileSync(path.join(folder, name), content)
    return path.join(folder, name)
  }
  const accepted = issuers.map(({ url, type }) => [url, { IssuerURL: url, ClientID: audience, Type: type }])
  const [grpc, metrics] = [await freePort(), await freePort()]
  const config = file('config.json', JSON.stringify({ OIDCIssuers: Object.fromEntries(accepted) as unknown }))
  const chain = file('chain.pem', pemOf(signer.certificate, root.certificate))
  const key = file('key.pem', signer.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  return startPeer(peerProgram('fulcio'), (port) => [
    'serve',
    '--host=127.0.0.1',
    '--grpc-host=127.0.0.1',
    `--port=${port}`,
    // One port for both would be possible, but this version panics there.
    `--grpc-port=${grpc}`,
    `--legacy-unix-domain-socket=${path.join(folder, 'grpc.sock')}`,
    `--metrics-port=${metrics}`,
    '--ca=fileca',
    '--fileca-watch=false',
    `--fileca-cert=${chain}`,
    `--fileca-key=${key}`,
    // Asked for, and of no use for a key that is not encrypted.
    '--fileca-key-passwd=none',
    `--config-path=${config}`,
    `--ct-log-url=${ctLogUrl}`,
  ])
}

export interface RekorV2 extends Peer {
  readonly publicKey: KeyObject
  /** By what entries name the log. */
  readonly id: Buffer
}

/** The name in the log's checkpoints; the trusted root knows the log by it. */
export const rekorV2Name = 'rekor2.keyless.example'

/** The real transparency log of the second generation, over a folder. */
export async function startRekorV2(): Promise<RekorV2> {
  const folder = temporaryFolder()
  const storage = path.join(folder, 'tiles')
  mkdirSync(storage)
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const key = path.join(folder, 'key.pem')
  writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const [grpc, metrics] = [await freePort(), await freePort()]
  const peer = await startPeer(peerProgram('rekor-tiles'), (port) => [
    'serve',
    '--http-address=127.0.0.1',
    '--grpc-address=127.0.0.1',
    `--http-port=${port}`,
    `--grpc-port=${grpc}`,
    `--http-metrics-port=${metrics}`,
    `--hostname=${rekorV2Name}`,
    `--storage-dir=${storage}`,
    `--signer-filepath=${key}`,
    // Entries wait for a checkpoint: often enough for one signer.
    '--checkpoint-interval=200ms',
    '--batch-max-age=50ms',
    '--log-level=error',
  ])
  // c2sp.org/signed-note: the key id, of which a checkpoint carries only the beginning.
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
  const id = createHash('sha256').update(`${rekorV2Name}\n\u0001`).update(raw).digest()
  return { ...peer, publicKey, id }
}

export interface TimestampServer extends Peer {
  /** Where it answers requests. */
  readonly endpoint: string
  /** The root comes last. */
  readonly chain: readonly Uint8Array[]
}

/** The real server listens there besides, whatever it is told, and ends where it cannot. */
const timestampMetrics = 2112
const longestWait = 60_000

/** The real timestamp authority, with a key of its own. */
export async function startTimestampServer(): Promise<TimestampServer> {
  const folder = temporaryFolder()
  const root = newAuthority('timestamp root')
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const extensions = [digitalSignature, timeStamping, authorityKey(root)]
  const subject = { name: named('timestamps'), spki, valid: decades, extensions }
  const chain = [seal(bodyOf(subject, root.name), root.privateKey), root.certificate]
  const [keyFile, chainFile] = [path.join(folder, 'key.pem'), path.join(folder, 'chain.pem')]
  writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  writeFileSync(chainFile, pemOf(...chain))
  await untilFree(timestampMetrics)
  const peer = await startPeer(peerProgram('timestamp-server'), (port) => [
    'serve',
    '--host=127.0.0.1',
    `--port=${port}`,
    '--timestamp-signer=file',
    `--file-signer-key-path=${keyFile}`,
    `--certificate-chain-path=${chainFile}`,
    // Other clocks are asked over the network.
    '--disable-ntp-monitoring',
  ])
  return { ...peer, endpoint: `${peer.url}/api/v1/timestamp`, chain }
}

async function freePort(): Promise<number> {
  const server = http.createServer()
  const port = await listen(server, 0)
  await close(server)
  return port
}

/** Another world on this machine may be signing. */
async function untilFree(port: number): Promise<void> {
  const end = Date.now() + longestWait
  for (;;) {
    const server = http.createServer()
    try {
      await listen(server, port)
      await close(server)
      return
    } catch (error) {
      if (Date.now() > end) throw error
      await delay(250)
    }
  }
}
