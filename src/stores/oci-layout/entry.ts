import type { Descriptor } from '../../evidence/oci-manifest.js'

const refName = 'org.opencontainers.image.ref.name'
/** What `cosign save` writes beside each manifest: whether it is the image or something about it. */
const cosignKind = 'kind'
const kinds = 'dev.cosignproject.cosign/'
const companionName = /^sha256-[0-9a-f]{64}(\.(sig|att|sbom))?$/

/** Whether an entry of `index.json` has this tag, by itself or behind the name of an image. */
export function isTagged({ annotations }: Descriptor, tag: string): boolean {
  const name = annotations[refName]
  return name !== undefined && (name === tag || name.endsWith(`:${tag}`))
}

export function hasKind({ annotations }: Descriptor, kind: 'sigs' | 'atts'): boolean {
  return annotations[cosignKind] === `${kinds}${kind}`
}

/** `cosign save` wrote it: one image or index, and what it calls `sigs` and `atts` is about that one. */
export function isSaved({ annotations }: Descriptor): boolean {
  const kind = annotations[cosignKind]
  return kind === `${kinds}image` || kind === `${kinds}imageIndex`
}

/** By what it is called it is about an image, and is none. */
export function isCompanion({ annotations }: Descriptor, tagPrefix: string): boolean {
  const kind = annotations[cosignKind] ?? ''
  if (/^(sigs|atts|sboms)$/.test(kind.startsWith(kinds) ? kind.slice(kinds.length) : '')) return true
  const tag = (annotations[refName] ?? '').split(':').at(-1) ?? ''
  return (
    companionName.test(tag) || (tag.startsWith(tagPrefix) && companionName.test(tag.slice(tagPrefix.length)))
  )
}

/** An entry that is listed twice is one. */
export function distinct(listed: readonly Descriptor[]): readonly Descriptor[] {
  return [...new Map(listed.map((descriptor) => [descriptor.digest, descriptor])).values()]
}
