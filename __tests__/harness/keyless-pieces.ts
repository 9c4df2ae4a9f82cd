import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type Holdings, manifestType } from './registry-answers.js'

/** Where the trusted roots lie that go with the evidence: `root.json` is the right one. */
export const keylessFolder = path.resolve(import.meta.dirname, '../data/keyless')

/** An image and its evidence, made by cosign, Fulcio, Rekor and a timestamp authority, with throw-away keys. */
export interface KeylessPiece {
  readonly digest: string
  readonly manifest: object
  readonly bundle?: object
  /** Base64; with the annotations of its layer, of the older format. */
  readonly payload?: string
  readonly annotations?: Readonly<Record<string, string>>
}

/** `keyed` is signed with `k1.pub`, the others by the workflow `keylessSigner`. */
export const keylessPieces = JSON.parse(
  readFileSync(path.join(keylessFolder, 'evidence.json'), 'utf8'),
) as Readonly<Record<'legacy' | 'bundle' | 'rekor2' | 'keyed', KeylessPiece>>

export const keylessSigner = {
  'certificate-identity': 'https://github.com/team/app/.github/workflows/release.yml@refs/heads/main',
  'certificate-oidc-issuer': 'http://127.0.0.1:5720',
}

/** Lays an image with its evidence in a registry, under the tag `v1`. */
export function putKeyless(holdings: Holdings, repository: string, piece: KeylessPiece): void {
  const digest = holdings.putManifest(repository, piece.manifest, 'v1')
  if (digest !== piece.digest) throw new Error(`${repository}: ${digest} is not ${piece.digest}`)
  const config = holdings.putBlob(repository, 'application/vnd.oci.empty.v1+json', '{}')
  const base = { schemaVersion: 2, mediaType: manifestType, config }
  if (piece.bundle !== undefined) {
    const type = 'application/vnd.dev.sigstore.bundle.v0.3+json'
    const layers = [holdings.putBlob(repository, type, JSON.stringify(piece.bundle))]
    const subject = { mediaType: manifestType, digest, size: JSON.stringify(piece.manifest).length }
    holdings.putManifest(repository, { ...base, artifactType: type, layers, subject })
    return
  }
  const payload = Buffer.from(piece.payload ?? '', 'base64')
  const layer = holdings.putBlob(repository, 'application/vnd.dev.cosign.simplesigning.v1+json', payload)
  const layers = [{ ...layer, annotations: piece.annotations }]
  holdings.putManifest(repository, { ...base, layers }, `${digest.replace(':', '-')}.sig`)
}
