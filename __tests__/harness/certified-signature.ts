import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { der } from '../verify/der.js'
import {
  type Authority,
  authorityKey,
  bodyOf,
  codeSigning,
  decades,
  digitalSignature,
  extension,
  nameless,
  pemOf,
  seal,
  subjectKey,
  text,
} from './issued-certificate.js'
import { type Holdings, manifestType } from './registry-answers.js'

/** A key with a certificate that says whose it is, as Fulcio writes it; no log knows it. */
export interface CertifiedKey {
  readonly privateKey: KeyObject
  readonly certificate: string
  readonly publicPem: string
}

/** @param identity a mail address */
export function certifiedKey(identity: string, issuer: string, authority: Authority): CertifiedKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const extensions = [
    digitalSignature,
    codeSigning,
    subjectKey(spki),
    authorityKey(authority),
    extension('2.5.29.17', der(0x30, text(0x81, identity)), true),
    extension('1.3.6.1.4.1.57264.1.1', Buffer.from(issuer)),
    extension('1.3.6.1.4.1.57264.1.8', text(0x0c, issuer)),
  ]
  const body = bodyOf({ name: nameless, spki, valid: decades, extensions }, authority.name)
  return {
    privateKey,
    certificate: pemOf(seal(body, authority.privateKey)),
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}

/** Signs as cosign 1 and 2 do with a certificate, its chain beside it. */
export function signCertified(
  holdings: Holdings,
  repository: string,
  digest: string,
  { privateKey, certificate }: CertifiedKey,
  chain: string,
): void {
  const payload = JSON.stringify({
    critical: {
      identity: { 'docker-reference': repository },
      image: { 'docker-manifest-digest': digest },
      type: 'cosign container image signature',
    },
    optional: null,
  })
  const layer = {
    ...holdings.putBlob(repository, 'application/vnd.dev.cosign.simplesigning.v1+json', payload),
    annotations: {
      'dev.cosignproject.cosign/signature': sign('sha256', Buffer.from(payload), privateKey).toString(
        'base64',
      ),
      'dev.sigstore.cosign/certificate': certificate,
      'dev.sigstore.cosign/chain': chain,
    },
  }
  const config = holdings.putBlob(repository, 'application/vnd.oci.image.config.v1+json', '{}')
  const manifest = { schemaVersion: 2, mediaType: manifestType, config, layers: [layer] }
  holdings.putManifest(repository, manifest, `${digest.replace(':', '-')}.sig`)
}

/** Puts what lies under a tag of evidence of one image under that of another, byte for byte. */
export function copyEvidence(
  holdings: Holdings,
  from: { readonly repository: string; readonly digest: string },
  to: { readonly repository: string; readonly digest: string },
  ending: 'sig' | 'att',
  change: (manifest: string) => string = (text) => text,
): void {
  const source = holdings.repository(from.repository)
  const target = holdings.repository(to.repository)
  for (const [digest, bytes] of source.blobs) target.blobs.set(digest, bytes)
  const held = source.manifests.get(source.tags.get(`${from.digest.replace(':', '-')}.${ending}`) ?? '')
  const manifest = JSON.parse(change(held?.bytes.toString('utf8') ?? '{}')) as object
  holdings.putManifest(to.repository, manifest, `${to.digest.replace(':', '-')}.${ending}`)
}

/** Another letter of Base64 in the middle of a signature. */
export function flipSignature(manifest: string): string {
  return manifest.replace(
    /("dev\.cosignproject\.cosign\/signature":"[^"]{40})([^"])/,
    (_, head: string, letter: string) => `${head}${letter === 'A' ? 'B' : 'A'}`,
  )
}
