import type { Evidence } from '../../evidence/evidence.js'
import { type Location, recordName } from '../../evidence/s3lo-record.js'
import type { Call } from '../../network/call.js'
import { failed, found, type Lookup } from '../../network/lookup.js'
import type { S3loReference } from '../../reference/reference.js'
import { isHexDigest } from '../../evidence/recipe.js'
import { takeManifest } from '../manifest.js'
import {
  type ChunkedLayers,
  type EvidenceSource,
  type ImageStore,
  manifestLimit,
  type Offer,
  type Place,
  recipeLimit,
  recordLimit,
  type Resolved,
  signatureLimit,
} from '../store.js'
import { type ObjectStore, streamObject } from './objects.js'

/**
 * Opens an image in s3lo's layout: `manifests/<image>/<tag>/manifest.json` and `…/signatures/<keyid>.json`.
 *
 * @param signedLocation what the records have to be signed for; undefined: where the image lies
 */
export function openPlace(reference: S3loReference, objects: ObjectStore, signedLocation?: Location): Place {
  const { bucket, image, tag } = reference
  const location = signedLocation ?? { bucket, image, tag }
  const folder = `manifests/${image}/${tag}/`

  const resolve = async (call: Call): Promise<Lookup<Resolved>> => {
    const key = `${folder}manifest.json`
    const answer = await objects.get(key, manifestLimit, call)
    return answer.kind === 'found' ? takeManifest(answer.value, objects.where(key)) : answer
  }

  const find = async (keyId: string, call: Call): Promise<Lookup<Evidence>> => {
    const name = `${keyId}.json`
    if (!recordName.test(name)) return failed('internal-error', `"${keyId}" is no key id`, 'storage')
    const key = `${folder}signatures/${name}`
    const answer = await objects.get(key, recordLimit, call)
    if (answer.kind !== 'found') return answer
    return found({ format: 's3lo-record', where: objects.where(key), keyId, location, bytes: answer.value })
  }

  // The id of a key is all a record's name needs: it is read beside the manifest, not after it.
  const look: EvidenceSource['look'] =
    (_image, call) =>
    ({ keyId }) => [find(keyId, call).then(asChannel)]

  const list = async (
    _image: Promise<Lookup<Resolved>>,
    most: number,
    call: Call,
  ): Promise<Lookup<readonly Evidence[]>> => {
    const names = await objects.names(`${folder}signatures/`, signatureLimit, call)
    if (names.kind !== 'found') return names
    // Other names are no signatures: an image `app/v1` with the tag `signatures` lies in the same folder.
    const keyIds = names.value.filter((name) => recordName.test(name)).map((name) => name.slice(0, 16))
    const evidence: Evidence[] = []
    for (const keyId of keyIds.slice(0, most)) {
      const one = await find(keyId, call)
      if (one.kind === 'failed') return one
      if (one.kind === 'found') evidence.push(one.value)
    }
    return found(evidence)
  }

  const images: ImageStore = { resolve, stream: streamOf(objects), chunked: chunkedLayersOf(objects) }
  return { images, evidence: { look, list, byKey: true } }
}

/** Configurations, whole layers and the manifests of an index lie beside each other. */
function streamOf(objects: ObjectStore): NonNullable<ImageStore['stream']> {
  return async ({ digest }, limit, open, call) => {
    const key = `blobs/${digest.replace(':', '/')}`
    const whole = await streamObject(objects, key, limit, open, call)
    return whole.kind === 'found' ? found({ where: objects.where(key), whole: whole.value }) : whole
  }
}

/** Chunked layers: `recipes/sha256/<hex>` by the layer's digest, `chunks/sha256/<hex>` by that of the content. */
function chunkedLayersOf(objects: ObjectStore): ChunkedLayers {
  return {
    recipe: async (layer, call) => {
      const key = `recipes/${layer.replace(':', '/')}`
      const answer = await objects.get(key, recipeLimit, call)
      return answer.kind === 'found' ? found({ bytes: answer.value, where: objects.where(key) }) : answer
    },
    chunk: async (name, limit, open, call) => {
      if (!isHexDigest(name)) return failed('internal-error', 'no name of a chunk', 'storage')
      const key = `chunks/sha256/${name}`
      const whole = await streamObject(objects, key, limit, open, call)
      return whole.kind === 'found' ? found({ where: objects.where(key), whole: whole.value }) : whole
    },
  }
}

/** What was read already, as the one offer of its place. */
function asChannel(evidence: Lookup<Evidence>): Lookup<readonly Offer[]> {
  if (evidence.kind !== 'found') return evidence
  const reading = { evidence: [evidence.value], problems: [] }
  return found([{ rank: 1, read: async () => Promise.resolve(reading) }])
}
