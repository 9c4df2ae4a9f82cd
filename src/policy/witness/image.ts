import { attestorOf } from './attestation-types.js'
import type { Attestation } from './collection.js'
import { membersOf, structOf, textOf } from './json-text.js'

/** The digests of an image in its registry, each `sha256:…`. */
export interface ImageDigests {
  /** What the reference resolved to: what cosign signed. */
  readonly signed: string
  readonly index?: string
  /** The platforms that are promoted; of an image without an index the one. */
  readonly platforms: readonly { readonly manifest: string; readonly config: string }[]
}

/** A digest by which an attestation names an image. */
export interface Binding {
  readonly attestor: 'oci' | 'docker'
  /** `imageid` is the config of one image; `imagedigest` its manifest or index. */
  readonly field: 'imageid' | 'imagedigest'
  readonly digest: string
}

/** Seeds of a search: every digest that an attestor may have recorded of the image, bare hex digits. */
export function seedsOf({ signed, index, platforms }: ImageDigests): readonly string[] {
  const all = [signed, index ?? signed, ...platforms.flatMap(({ manifest, config }) => [manifest, config])]
  return [...new Set(all.map((digest) => digest.replace(/^sha256:/, '')))]
}

const hex = /^[0-9a-f]{64}$/

/**
 * How an attestation is bound to an image: by the digest of its config in oci, or of its manifest or index in docker.
 * Tags, layers, base images, the tar and docker's own manifest.json name other things.
 */
export function bindingsOf({ type, json }: Attestation): readonly Binding[] {
  const attestor = attestorOf(type)
  const fields = structOf(json)
  if (typeof fields === 'string') return []
  if (attestor === 'oci/v0.1') {
    const digest = sha256Of(fields.get('imageid'))
    return digest === undefined ? [] : [{ attestor: 'oci', field: 'imageid', digest }]
  }
  if (attestor !== 'docker/v0.1') return []
  return (membersOf(fields.get('products') ?? 'null') ?? []).flatMap(({ text }) => {
    const product = structOf(text)
    const digest = typeof product === 'string' ? undefined : sha256Of(product.get('imagedigest'))
    return digest === undefined ? [] : [{ attestor: 'docker', field: 'imagedigest', digest } as const]
  })
}

/** `sha256:…` of a set of digests. */
export function sha256Of(json: string | undefined): string | undefined {
  const value = membersOf(json ?? 'null')?.findLast(({ name }) => name === 'sha256')
  const text = value === undefined ? undefined : textOf(value.text)
  return text !== undefined && hex.test(text) ? `sha256:${text}` : undefined
}

/** For a tar among the products that no oci attestation is about. */
export const ociTarHint =
  'the oci attestor reads tars of `type=docker`, with manifest.json at the root, and none of `type=oci`'
