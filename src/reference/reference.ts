/** `sha256:` and 64 lower-case hex digits. */
export type Digest = `sha256:${string}`

/**
 * An image in a store with s3lo's layout. `bucket` is kept as typed, because it is part of the bytes that s3lo signs;
 * for `local` it is a folder of one path component (`store`, `./store`, `../store`, `/store`).
 */
export interface S3loReference {
  readonly kind: 's3lo'
  readonly scheme: 's3' | 'gs' | 'az' | 'local'
  readonly bucket: string
  readonly image: string
  readonly tag: string
  readonly digest?: Digest
  readonly text: string
}

/** An image in an OCI image layout; without tag and digest the layout must hold exactly one image. */
export interface LayoutReference {
  readonly kind: 'oci-layout'
  readonly path: string
  readonly tag?: string
  readonly digest?: Digest
  readonly text: string
}

/** An image in a registry, with docker's defaults filled in; with both tag and digest the digest decides. */
export interface RegistryReference {
  readonly kind: 'registry'
  readonly registry: string
  readonly repository: string
  readonly tag?: string
  readonly digest?: Digest
  readonly text: string
}

export type Reference = S3loReference | LayoutReference | RegistryReference

/** A reference that cannot be read, and why. */
export interface Unreadable {
  readonly kind: 'unreadable'
  readonly text: string
  readonly reason: string
}

export function unreadable(text: string, reason: string): Unreadable {
  return { kind: 'unreadable', text, reason }
}

const digestPattern = /^sha256:[0-9a-f]{64}$/

export function isDigest(text: string): text is Digest {
  return digestPattern.test(text)
}

/** The short name that s3lo prints: what follows the last slash. */
export function displayName(reference: { readonly text: string }): string {
  return reference.text.slice(reference.text.lastIndexOf('/') + 1)
}

/** The reference with the digest that was resolved, ready to be deployed: `name:tag@sha256:…`. */
export function pin(reference: Reference, digest: Digest): string {
  const at = reference.digest === undefined ? -1 : reference.text.lastIndexOf('@')
  const name = at < 0 ? reference.text : reference.text.slice(0, at)
  return `${name}@${digest}`
}
