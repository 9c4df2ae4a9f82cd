import type { Location } from '../evidence/s3lo-record.js'
import type { Problem } from '../verdict/finding.js'
import type { Reference } from '../reference/reference.js'
import type { GithubAccess, RegistryAccess } from '../verdict/request.js'
import type { Registries } from './registry/place.js'
import type { AzureBlobs } from './s3lo/azure-blob.js'
import type { S3 } from './s3lo/bucket.js'
import { openFolder } from './s3lo/folder.js'
import type { Gcs } from './s3lo/gcs.js'
import type { ObjectStore } from './s3lo/objects.js'
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
  let gcs: Promise<Gcs | Problem> | undefined
  let azure: Promise<AzureBlobs | Problem> | undefined
  let registries: Promise<Registries> | undefined
  return async (reference) => {
    switch (reference.kind) {
      case 'oci-layout':
        return import('./oci-layout/layout.js').then(({ openLayout }) =>
          openLayout(reference, settings.registry?.tagPrefix),
        )
      case 'registry':
        registries ??= import('./registry/place.js').then(({ openRegistries }) =>
          openRegistries(settings.registry ?? usualAccess),
        )
        return (await registries)(reference)
      case 's3lo':
        break
    }
    const { scheme, bucket } = reference
    if (settings.endpoint !== undefined && scheme !== 's3') {
      return { code: 'input-invalid', message: `--endpoint is not supported with ${scheme}:// references` }
    }
    const place = (objects: ObjectStore | Problem): Place | Problem =>
      'code' in objects ? objects : openPlace(reference, objects, settings.signedLocation)
    switch (scheme) {
      case 'local':
        return place(openFolder(bucket))
      case 's3':
        // The SDK is most of the program's weight: it is loaded for buckets only.
        s3 ??= import('./s3lo/bucket.js').then(({ openS3 }) => openS3(settings.endpoint))
        return place((await s3).bucket(bucket))
      case 'gs': {
        gcs ??= import('./s3lo/gcs.js').then(({ openGcs }) => openGcs())
        const cloud = await gcs
        return 'code' in cloud ? cloud : place(cloud.bucket(bucket))
      }
      case 'az': {
        azure ??= import('./s3lo/azure-blob.js').then(({ openAzureBlobs }) => openAzureBlobs())
        const cloud = await azure
        return 'code' in cloud ? cloud : place(cloud.container(bucket))
      }
    }
  }
}
