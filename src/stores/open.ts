import type { Location } from '../evidence/s3lo-record.js'
import type { Problem } from '../verdict/finding.js'
import type { Reference } from '../reference/reference.js'
import type { GithubAccess, RegistryAccess } from '../verdict/request.js'
import type { Registries } from './registry/place.js'
import { openLayout } from './oci-layout/layout.js'
import { openFolder } from './s3lo/folder.js'
import type { S3 } from './s3lo/bucket.js'
import { openPlace } from './s3lo/place.js'
import type { Place } from './store.js'

export interface StoreSettings {
  /** URL of an S3-compatible service. */
  readonly endpoint?: string
  readonly registry?: RegistryAccess
  /** What s3lo's records were signed for, where that is not where the image lies. */
  readonly signedLocation?: Location
  /** GitHub's attestations are evidence too. */
  readonly github?: GithubAccess
}

/** https only, beside the image, with docker's configuration. */
const usualAccess: RegistryAccess = { allowHttp: 'none', allowInsecure: 'none', tagPrefix: '' }

/** Opens places for the references of one run; connections are shared. */
export type Stores = (reference: Reference) => Promise<Place | Problem>

export function openStores(settings: StoreSettings): Stores {
  const open = openOwn(settings)
  const { github } = settings
  if (github === undefined) return open
  const beside = import('./github/beside.js').then(({ openBeside }) => openBeside(github))
  return async (reference) => {
    const [place, add] = await Promise.all([open(reference), beside])
    if ('code' in add) return add
    return 'code' in place ? place : add(place)
  }
}

function openOwn(settings: StoreSettings): Stores {
  let s3: Promise<S3> | undefined
  let registries: Promise<Registries> | undefined
  return async (reference) => {
    switch (reference.kind) {
      case 'oci-layout':
        return openLayout(reference)
      case 'registry':
        registries ??= import('./registry/place.js').then(({ openRegistries }) =>
          openRegistries(settings.registry ?? usualAccess),
        )
        return (await registries)(reference)
      case 's3lo':
        break
    }
    switch (reference.scheme) {
      case 'local':
        if (settings.endpoint !== undefined) {
          return { code: 'input-invalid', message: '--endpoint is not supported with local:// references' }
        }
        return openPlace(reference, openFolder(reference.bucket), settings.signedLocation)
      case 's3':
        // The SDK is most of the program's weight: it is loaded for buckets only.
        s3 ??= import('./s3lo/bucket.js').then(({ openS3 }) => openS3(settings.endpoint))
        return openPlace(reference, (await s3).bucket(reference.bucket), settings.signedLocation)
      case 'gs':
      case 'az':
        return unsupported(reference, `images in ${reference.scheme}:// stores`)
    }
  }
}

function unsupported(reference: Reference, what: string): Problem {
  return { code: 'unsupported', message: `${reference.text}: ${what} cannot be verified by this version` }
}
