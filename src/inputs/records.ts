import { parseReference } from '../reference/parse.js'
import type { RecordAccess } from '../verdict/request.js'
import type { Wrong } from './values.js'

/** Reads what s3lo's records may be otherwise than usual. */
export function readRecords(
  text: (name: 'signed-location') => string,
  acceptUnbound: boolean,
  images: readonly string[],
): RecordAccess | Wrong {
  const unbound = acceptUnbound ? { acceptUnbound } : {}
  const signed = text('signed-location')
  if (signed === '') return unbound
  const wrong = (expected: string, got: string): Wrong => ({ input: 'signed-location', expected, got })
  const [image = '', ...others] = images
  if (others.length > 0) return wrong('one image for it', `${images.length} images`)
  const reference = parseReference(image)
  if (reference.kind !== 's3lo') return wrong("an image in s3lo's layout for it", image)
  // A root of a folder is one path component, a bucket another thing: read as the image's own reference is.
  const location = parseReference(`${reference.scheme}://${signed}`)
  if (location.kind !== 's3lo' || location.digest !== undefined) return wrong('bucket/image:tag', signed)
  const { bucket, image: name, tag } = location
  return { ...unbound, signedLocation: { bucket, image: name, tag } }
}
