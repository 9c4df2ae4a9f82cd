import { createHash, type KeyObject, sign, generateKeyPairSync } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** A manifest whose bytes are signed as they are. */
export const manifest = JSON.stringify({
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  config: {
    mediaType: 'application/vnd.oci.image.config.v1+json',
    digest: `sha256:${'a'.repeat(64)}`,
    size: 2,
  },
  layers: [],
})

export function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}

export interface KeyPair {
  readonly privateKey: KeyObject
  readonly publicPem: string
  /** s3lo's key id. */
  readonly id: string
}

export function newKey(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16)
  return { privateKey, publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(), id }
}

/** A record as `s3lo sign` writes it (schema 2). `location` is `<bucket>/<image>:<tag>` as typed. */
export function newRecord(key: KeyPair, location: string, digest: string, changes: object = {}): string {
  const payload = `s3lo-signature-v2\n${location}\n${digest}\n`
  return JSON.stringify({
    schemaVersion: 2,
    digest,
    keyRef: 'release.key',
    keyID: key.id,
    algorithm: 'ECDSA_SHA_256',
    signature: sign('sha256', Buffer.from(payload), key.privateKey).toString('base64'),
    signedAt: '2026-11-21T00:00:00Z',
    ...changes,
  })
}

/** Objects of a store as files: `{ 'manifests/app/v1/manifest.json': … }`. */
export function writeStore(root: string, objects: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [key, content] of Object.entries(objects)) {
    const file = path.join(root, key)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
}

/** The objects of one signed image. */
export function signedImage(key: KeyPair, bucket: string, name = 'app', tag = 'v1'): Record<string, string> {
  const folder = `manifests/${name}/${tag}`
  return {
    [`${folder}/manifest.json`]: manifest,
    [`${folder}/signatures/${key.id}.json`]: newRecord(key, `${bucket}/${name}:${tag}`, digestOf(manifest)),
  }
}
