import { createHash } from 'node:crypto'
import { readObject } from '../evidence/json.js'
import { failed, found, type Lookup } from '../network/lookup.js'
import type { Digest } from '../reference/reference.js'
import type { Resolved } from './store.js'

export function digestOf(bytes: Uint8Array): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

/**
 * Takes bytes as an image manifest or index. The digest is that of the raw bytes; a body that is no JSON object (a
 * login page, say) is an invalid answer of the store, not an image with a strange digest.
 */
export function takeManifest(bytes: Uint8Array, where: string): Lookup<Resolved> {
  if (!readObject(bytes)) {
    return failed(
      'response-invalid',
      `${where}: expected an image manifest, got something that is no JSON object`,
      'storage',
    )
  }
  return found({ digest: digestOf(bytes), manifest: bytes, where })
}
