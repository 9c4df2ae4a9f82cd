import type { Descriptor } from '../../evidence/oci-manifest.js'
import type { Call } from '../../network/call.js'
import type { Lookup } from '../../network/lookup.js'
import type { ImageDigests } from '../../policy/witness/image.js'
import { isDigest } from '../../reference/reference.js'
import type { ImageStore, Resolved } from '../../stores/store.js'
import type { Service } from '../../verdict/codes.js'
import type { Problem } from '../../verdict/finding.js'
import type { Platforms } from '../../verdict/request.js'
import { readChild, readManifestOf } from '../child-manifest.js'
import { isAttestation, isPlatform } from '../subjects.js'

/** An index with more is no image that anybody builds. */
const mostPlatforms = 100

/** Where the digests of an image are read. */
export interface DigestSource {
  readonly images: ImageStore
  readonly service: Service
  /** Which platforms of an index are promoted; all of them with the index itself. */
  readonly platforms: Platforms
}

/** Every digest that somebody who built the image may have called it by: its own, its manifests', their configs'. */
export async function readImageDigests(
  resolved: Lookup<Resolved>,
  { images, service, platforms }: DigestSource,
  call: Call,
): Promise<ImageDigests | Problem> {
  if (resolved.kind !== 'found') return { code: 'not-found', service, message: 'the image was not found' }
  const { digest: signed } = resolved.value
  const manifest = await readManifestOf(images, resolved.value, service, call)
  if (manifest.kind !== 'found') return problemOf(manifest, service)
  const { config, manifests } = manifest.value
  if (manifests === undefined) {
    if (config === undefined) return unreadable(`${signed} names no configuration: it is no image`)
    return { signed, platforms: [{ manifest: signed, config: config.digest }] }
  }
  const meant = manifests.filter((one) => !isAttestation(one) && isMeant(one, platforms))
  if (meant.length === 0) return unreadable(`${signed} lists no image`)
  if (meant.length > mostPlatforms)
    return { code: 'limit-exceeded', service, message: `${signed}: more than ${mostPlatforms} platforms` }
  const read = await Promise.all(
    meant.map(async ({ digest }): Promise<ImageDigests['platforms'][number] | Problem> => {
      if (!isDigest(digest)) return unreadable(`only sha256 digests are read, got ${digest}`)
      const child = await readChild(images, digest, service, call)
      if (child.kind !== 'found') return problemOf(child, service)
      const own = child.value.config
      return own ? { manifest: digest, config: own.digest } : unreadable(`${digest} names no configuration`)
    }),
  )
  const problem = read.find((one) => 'code' in one)
  if (problem && 'code' in problem) return problem
  return { signed, index: signed, platforms: read.flatMap((one) => ('code' in one ? [] : [one])) }
}

function isMeant({ platform }: Descriptor, platforms: Platforms): boolean {
  if (typeof platforms === 'string' || platforms.includes('index')) return true
  return platform !== undefined && platforms.some((one) => isPlatform(one, platform))
}

function problemOf(lookup: Exclude<Lookup<unknown>, { kind: 'found' }>, service: Service): Problem {
  return lookup.kind === 'failed' ? lookup.problem : { code: 'not-found', service, message: lookup.message }
}

function unreadable(message: string): Problem {
  return { code: 'unsupported', message }
}
