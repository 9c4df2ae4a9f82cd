import type { Cosign, Format } from './cosign.js'
import type { Registry } from './registries.js'

interface Part {
  digest: string
  size: number
  mediaType: string
}

/** A manifest as far as the tests change it. */
export interface Manifest {
  mediaType: string
  layers: Part[]
  manifests?: Part[]
}

/** What cosign laid beside an image, to be moved and changed. */
export interface LaidEvidence {
  /** The manifest that holds the signature of an image. */
  readonly read: (repository: string, digest: string, format: Format) => Promise<Manifest>
  /** Lays a manifest where the signature of an image is looked for, whatever it holds. */
  readonly lay: (repository: string, digest: string, format: Format, what: Manifest) => Promise<void>
}

export function openEvidence(registry: Registry, cosign: Cosign): LaidEvidence {
  const manifest = async (reference: string): Promise<Manifest> =>
    JSON.parse(await cosign.crane('manifest', `${registry.host}/${reference}`)) as Manifest
  return {
    read: async (repository, digest, format) => {
      const tag = digest.replace(':', '-')
      if (format === 'legacy') return manifest(`${repository}:${tag}.sig`)
      const listing = registry.hasReferrers
        ? (JSON.parse(await registry.get(`/v2/${repository}/referrers/${digest}`)) as Manifest)
        : await manifest(`${repository}:${tag}`)
      return manifest(`${repository}@${String(listing.manifests?.[0]?.digest)}`)
    },
    lay: async (repository, digest, format, what) => {
      const tag = digest.replace(':', '-')
      if (format === 'legacy') {
        await registry.putManifest(repository, `${tag}.sig`, what)
        return
      }
      const { length } = await cosign.crane('manifest', `${registry.host}/${repository}@${digest}`)
      const subject = { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest, size: length }
      const whole = { ...what, subject }
      const own = await registry.putManifest(repository, '', whole)
      if (registry.hasReferrers) return
      // What a client does for a registry that keeps no listing.
      const listed = { mediaType: whole.mediaType, digest: own, size: JSON.stringify(whole).length }
      const mediaType = 'application/vnd.oci.image.index.v1+json'
      await registry.putManifest(repository, tag, { schemaVersion: 2, mediaType, manifests: [listed] })
    },
  }
}

/** What is signed, with one character of the image's digest changed and its form kept. */
export function alterClaim(text: string, format: Format): string {
  const swap = (claim: string): string =>
    claim.replace(/("(?:docker-manifest-digest":"sha256:|sha256":"))./, '$1x')
  if (format === 'legacy') return swap(text)
  const bundle = JSON.parse(text) as { dsseEnvelope: { payload: string } }
  const payload = swap(Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString('utf8'))
  bundle.dsseEnvelope.payload = Buffer.from(payload).toString('base64')
  return JSON.stringify(bundle)
}
