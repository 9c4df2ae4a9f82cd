import { type Descriptor, parseManifest } from '../../evidence/oci-manifest.js'
import type { Call } from '../../network/call.js'
import type { Reply } from '../../network/exchange.js'
import { absent, failed, found, type Lookup } from '../../network/lookup.js'
import type { Digest } from '../../reference/reference.js'
import { nextPage } from '../next-page.js'
import { signatureLimit } from '../store.js'
import { indexType, isPage, type Repository, typeOf } from './client.js'

/** What a registry lists as referring to a digest. */
export interface Referrers {
  readonly listed: readonly Descriptor[]
  /**
   * `api`: it knows the listing. `none`: it has no such listing and says so. `odd`: it answered something that is no
   * listing, which may hide one.
   */
  readonly from: 'api' | 'none' | 'odd'
}

const mostPages = 100

/**
 * Lists the referrers of a digest (OCI distribution 1.1, listing referrers), all pages. 404, 400, 406 and another type
 * of answer mean that there is no such listing, as in go-containerregistry.
 */
export async function listReferrers(
  repository: Repository,
  digest: Digest,
  call: Call,
): Promise<Lookup<Referrers>> {
  const listed: Descriptor[] = []
  let path = `/v2/${repository.path}/referrers/${digest}`
  for (let pages = 0; pages < mostPages; pages++) {
    const reply = await repository.page(path, call)
    if (reply.kind !== 'found') return reply
    const { status, headers, body } = reply.value
    if (status !== 200)
      return pages === 0
        ? found({ listed, from: standsBefore(reply.value) ? 'odd' : 'none' })
        : broken(repository, `page ${pages + 1}: ${status}`)
    const manifests = typeOf(reply.value) === indexType ? parseManifest(body)?.manifests : undefined
    if (manifests === undefined) {
      return pages === 0
        ? found({ listed, from: 'odd' })
        : broken(repository, `page ${pages + 1} is no index`)
    }
    listed.push(...manifests)
    if (listed.length > signatureLimit) {
      return failed(
        'limit-exceeded',
        `${repository.name}@${digest}: more than ${signatureLimit} referrers`,
        'registry',
      )
    }
    const next = nextPage(headers['link'], new URL(`http://${repository.host}${path}`))
    if (next === undefined) return found({ listed, from: 'api' })
    if (next?.pathname.startsWith('/v2/') !== true) return broken(repository, 'the next page lies elsewhere')
    path = `${next.pathname}${next.search}`
  }
  return failed(
    'limit-exceeded',
    `${repository.name}@${digest}: more than ${mostPages} pages of referrers`,
    'registry',
  )
}

/**
 * A page for people that came from the registry's own address hides what the registry says. One from another host does
 * not: GitHub's registry has no listing and sends on to a page of GitHub that is not there.
 */
function standsBefore(reply: Reply): boolean {
  return isPage(reply) && reply.elsewhere === undefined
}

/** The listing under the tag that clients keep where the registry keeps none (OCI distribution 1.1, referrers tag). */
export async function listFallback(
  repository: Repository,
  digest: Digest,
  call: Call,
): Promise<Lookup<readonly Descriptor[]>> {
  const tag = digest.replace(':', '-')
  const manifest = await repository.manifest(tag, call)
  if (manifest.kind !== 'found') return manifest
  const listed = parseManifest(manifest.value.bytes)?.manifests
  if (listed === undefined) return absent(`${repository.name}:${tag}: no index`)
  if (listed.length > signatureLimit) {
    return failed(
      'limit-exceeded',
      `${repository.name}:${tag}: more than ${signatureLimit} referrers`,
      'registry',
    )
  }
  return found(listed)
}

function broken(repository: Repository, message: string): Lookup<never> {
  return failed('response-invalid', `referrers of ${repository.name}: ${message}`, 'registry')
}
