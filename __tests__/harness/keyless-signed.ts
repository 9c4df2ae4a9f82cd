import type { Format } from './cosign.js'
import type { KeylessWorld, Signing } from './keyless-world.js'
import type { Manifest } from './laid-evidence.js'

/** An image in the registry of a keyless world. */
export interface KeylessImage {
  readonly repository: string
  readonly digest: string
  /** With its digest. */
  readonly reference: string
}

/** The ways of signing that are used in earnest. */
export const kinds = {
  'a bundle in Rekor 1': { format: 'bundle', log: 'v1' },
  'a bundle in Rekor 1 with a timestamp': { format: 'bundle', log: 'v1', timestamp: true },
  'a bundle in Rekor 2 with a timestamp': { format: 'bundle', log: 'v2', timestamp: true },
  'the older format with a promise': { format: 'legacy', log: 'v1' },
  'the older format with a promise and a timestamp': { format: 'legacy', log: 'v1', timestamp: true },
} as const satisfies Readonly<Record<string, Omit<Signing, 'by'>>>
export type Kind = keyof typeof kinds
export const kindNames = Object.keys(kinds) as readonly Kind[]

/** What lies beside a signature, in either format, to be changed. */
export interface Companions {
  /** `verificationMaterial` of a bundle. */
  readonly material: Material
  /** Annotations of a layer. */
  annotations: Record<string, string>
}

export interface Material {
  certificate?: unknown
  tlogEntries: LogEntry[]
  timestampVerificationData?: object
}

export interface LogEntry {
  integratedTime?: string
  inclusionPromise?: unknown
  inclusionProof?: unknown
  canonicalizedBody: string
}

/** The annotations of the older format that vouch for a signature. */
export const annotation = {
  entry: 'dev.sigstore.cosign/bundle',
  timestamp: 'dev.sigstore.cosign/rfc3161timestamp',
  certificate: 'dev.sigstore.cosign/certificate',
} as const

interface Layer {
  digest: string
  size: number
  mediaType: string
  annotations?: Record<string, string>
}

function imageAt(world: KeylessWorld, repository: string, digest: string): KeylessImage {
  return { repository, digest, reference: `${world.registry.host}/${repository}@${digest}` }
}

export async function newImage(world: KeylessWorld, repository: string): Promise<KeylessImage> {
  return imageAt(world, repository, await world.registry.putImage(repository, 'v1'))
}

export async function signImage(
  world: KeylessWorld,
  repository: string,
  signing: Signing,
): Promise<KeylessImage> {
  const image = await newImage(world, repository)
  await world.sign(image.reference, signing)
  return image
}

/** The companions of what was signed, in a copy. */
export async function companionsOf(
  world: KeylessWorld,
  image: KeylessImage,
  format: Format,
): Promise<Companions> {
  const { layer, text } = await readEvidence(world, image, format)
  const material =
    format === 'bundle'
      ? (JSON.parse(text) as { verificationMaterial: Material }).verificationMaterial
      : { tlogEntries: [] }
  return { material, annotations: { ...layer.annotations } }
}

/** The same image in a repository of its own, with the same signature and other companions. */
export async function withCompanions(
  world: KeylessWorld,
  image: KeylessImage,
  format: Format,
  repository: string,
  change: (companions: Companions) => void,
): Promise<KeylessImage> {
  const { registry, cosign, evidence } = world
  await cosign.crane('copy', image.reference, `${registry.host}/${repository}:v1`)
  const { manifest, layer, text } = await readEvidence(world, image, format)
  const companions = await companionsOf(world, image, format)
  change(companions)
  const { material, annotations } = companions
  const changed =
    format === 'bundle'
      ? JSON.stringify({ ...(JSON.parse(text) as object), verificationMaterial: material })
      : text
  const blob = await registry.putBlob(repository, changed)
  const layers = [{ ...layer, ...blob, ...(format === 'legacy' && { annotations }) }]
  await evidence.lay(repository, image.digest, format, { ...manifest, layers })
  return imageAt(world, repository, image.digest)
}

async function readEvidence(
  { registry, evidence }: KeylessWorld,
  { repository, digest }: KeylessImage,
  format: Format,
): Promise<{ manifest: Manifest; layer: Layer; text: string }> {
  const manifest = await evidence.read(repository, digest, format)
  const layer: Layer | undefined = manifest.layers[0]
  if (!layer) throw new Error(`nothing was signed in ${repository}`)
  return { manifest, layer, text: await registry.get(`/v2/${repository}/blobs/${layer.digest}`) }
}
