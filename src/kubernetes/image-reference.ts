import { parseReference } from '../reference/parse.js'
import { type RegistryReference, type Unreadable, unreadable } from '../reference/reference.js'

/** An image of a manifest, and what to say of the way it is written. */
export interface ManifestReference {
  readonly reference: RegistryReference
  readonly warning?: string
}

/**
 * Reads an image as a kubelet does: from a registry only, and `latest` where it has neither tag nor digest. A place
 * of another kind (`oci-layout://…`) is refused: a manifest must not make the program read folders.
 */
export function readManifestReference(text: string): ManifestReference | Unreadable {
  const named = isBare(text) ? `${text}:latest` : text
  const reference = parseReference(named)
  if (reference.kind === 'unreadable') return unreadable(text, reference.reason)
  if (reference.kind !== 'registry')
    return unreadable(text, 'expected an image in a registry: Kubernetes pulls from nowhere else')
  if (named === text) return { reference }
  return { reference, warning: `${text} has no tag: latest is checked, as Kubernetes would pull` }
}

/** Whether neither tag nor digest is in a reference: a colon before a slash belongs to the registry. */
function isBare(text: string): boolean {
  return text !== '' && !text.includes('@') && !text.slice(text.lastIndexOf('/') + 1).includes(':')
}
