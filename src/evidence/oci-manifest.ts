import { field, isObject, listField, objectField, readObject, textField, texts } from './json.js'

/** A descriptor of the OCI image specification 1.1 (descriptor.md), as far as it is looked at. */
export interface Descriptor {
  readonly digest: string
  readonly mediaType: string
  /** Bytes; undefined when it says none that can be. */
  readonly size?: number
  readonly artifactType?: string
  readonly annotations: Readonly<Record<string, string>>
  /** Other places where the content may be had from; of layers that are not to be distributed. */
  readonly urls?: readonly string[]
  /** `os/architecture[/variant]`; of entries of an index. */
  readonly platform?: string
}

/** A manifest or an index (manifest.md, image-index.md; docker's schema 2 has the same fields). */
export interface ParsedManifest {
  readonly mediaType?: string
  readonly artifactType?: string
  readonly config?: Descriptor
  readonly layers: readonly Descriptor[]
  /** The entries of an index; undefined for a manifest. */
  readonly manifests?: readonly Descriptor[]
  readonly subject?: Descriptor
  readonly annotations: Readonly<Record<string, string>>
}

/** @returns undefined when the bytes are no JSON object, or a list in it holds what is no descriptor */
export function parseManifest(bytes: Uint8Array): ParsedManifest | undefined {
  const object = readObject(bytes)
  if (object === undefined) return undefined
  const layers = descriptors(listField(object, 'layers') ?? [])
  const listed = listField(object, 'manifests')
  const manifests = listed === undefined ? undefined : descriptors(listed)
  if (layers === undefined || (listed !== undefined && manifests === undefined)) return undefined
  const config = descriptor(objectField(object, 'config'))
  const subject = descriptor(objectField(object, 'subject'))
  const mediaType = textField(object, 'mediaType')
  const artifactType = textField(object, 'artifactType')
  return {
    layers,
    annotations: texts(objectField(object, 'annotations')),
    ...(mediaType !== undefined && { mediaType }),
    ...(artifactType !== undefined && { artifactType }),
    ...(config && { config }),
    ...(manifests && { manifests }),
    ...(subject && { subject }),
  }
}

function descriptors(list: readonly unknown[]): readonly Descriptor[] | undefined {
  const read = list.map(descriptor)
  return read.every((one) => one !== undefined) ? read : undefined
}

function descriptor(value: unknown): Descriptor | undefined {
  if (!isObject(value)) return undefined
  const digest = textField(value, 'digest')
  if (digest === undefined) return undefined
  const size = field(value, 'size')
  const urls = listField(value, 'urls')?.filter((url) => typeof url === 'string') ?? []
  const artifactType = textField(value, 'artifactType')
  const platform = objectField(value, 'platform')
  const parts = ['os', 'architecture', 'variant'].map((name) => textField(platform, name) ?? '')
  const named = parts.filter((part) => part !== '').join('/')
  return {
    digest,
    mediaType: textField(value, 'mediaType') ?? '',
    annotations: texts(objectField(value, 'annotations')),
    ...(typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 && { size }),
    ...(artifactType !== undefined && { artifactType }),
    ...(urls.length > 0 && { urls }),
    ...(named !== '' && { platform: named }),
  }
}
